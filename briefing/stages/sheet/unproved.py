"""Removes from an edition what its proof refuses, so that the rest can be printed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from briefing.model import CitedSentence, Cut, Edition
from briefing.model.digest import counted
from briefing.model.numbering import cited_only
from briefing.model.walk import Place
from briefing.stages.sheet.applying import points_printed, relisted, without_items

UNPROVED = "Left out: it could not be proved."
_NAMED = re.compile(r"(item|source|correction|gone quiet|statement|differing accounts|key point) (\d+)")


def without_unproved(edition: Edition, named: Collection[str], sentences: Collection[Place]) -> Edition | None:
    """Return the edition without what findings are about; None when they are about nothing that can be left out.

    Args:
        edition: The edition, whole.
        named: What the findings call the places: "item 3", "source 2", "correction 1".
        sentences: The places, as `Edition.walk` gives them, of the sentences that findings are about.
    """
    gone = {*sentences, *(place for name in named for place in places_of(edition, name))}
    if not gone:
        return None
    pruned = _pruned(edition, (), gone)
    rid = without_items(pruned, edition)
    kept = cited_only(replace(rid, key_points=points_printed(rid, rid.key_points)))
    cuts = (Cut(what, "could not be proved") for what in dict.fromkeys(_cut(edition, gone)))
    return counted(replace(kept, ledger=relisted(kept, UNPROVED), cuts=(*edition.cuts, *cuts)))


def places_of(edition: Edition, name: str) -> Iterator[Place]:
    """Yield the places that the name of a finding stands for."""
    found = _NAMED.match(name)
    if not found:
        return
    kind, number = found[1], int(found[2])
    whole = found.end() == len(name) or name[found.end() :].startswith((" in short", ", known before"))
    index = {"correction": "corrections", "gone quiet": "quiet", "statement": "statements", "key point": "key_points"}
    if kind in index and whole:
        yield (index[kind], number - 1)
    elif kind == "differing accounts" and whole:
        yield ("accounts", number - 1)
    elif kind == "item" and whole:
        yield from _item(edition, number)
    elif kind == "source" and found.end() == len(name):
        yield from _of_source(edition, number)


def _item(edition: Edition, number: int) -> Iterator[Place]:
    for n, section in enumerate(edition.sections):
        for i, story in enumerate(section.stories):
            if story.number == number:
                yield ("sections", n, "stories", i)


def _of_source(edition: Edition, number: int) -> Iterator[Place]:
    """Yield all that is printed of a source: its items, and its sentences elsewhere."""
    keys = {source.article_id for source in edition.sources if source.number == number}
    for story in edition.stories:
        if keys.intersection(story.sources):
            yield from _item(edition, story.number)
    yield from (place for place, cited in edition.walk() if cited.article_id in keys)
    yield from (("corrections", n) for n, c in enumerate(edition.corrections) if c.article_id in keys)


def _pruned(value: Any, place: Place, gone: Collection[Place]) -> Any:
    """Return a part of an edition without what stands at some places; None when nothing is left of it."""
    if place in gone:
        return None
    if isinstance(value, tuple):
        parts = (_pruned(part, (*place, n), gone) for n, part in enumerate(value))
        return tuple(part for part in parts if part is not None)
    if isinstance(value, CitedSentence) or not is_dataclass(value) or not any(g[: len(place)] == place for g in gone):
        return value
    left = {field.name: _pruned(getattr(value, field.name), (*place, field.name), gone) for field in fields(value)}
    if any(was is not None and left[name] is None for name, was in _own(value)):
        return None  # the sentence it is made of
    if any(name in ("sentences", "figures") and was and not left[name] for name, was in _own(value)):
        return None  # a passage of no sentence, a box of no figure
    return replace(value, **left)  # type: ignore[type-var]


def _own(value: Any) -> Iterator[tuple[str, Any]]:
    return ((field.name, getattr(value, field.name)) for field in fields(value))


def _cut(edition: Edition, gone: Collection[Place]) -> Iterator[str]:
    """Yield the names of what is left out, as the page calls them."""
    for place in sorted(gone, key=lambda p: tuple(map(str, p))):
        match place:
            case ("sections", int(n), "stories", int(i)):
                yield f"the item “{edition.sections[n].stories[i].headline}”"
            case ("sections", int(n), "stories", int(i), "summary", int(at)):
                yield f"sentence {at + 1} of “{edition.sections[n].stories[i].headline}”"
            case ("sections", int(n), "passages", *_):
                yield f"a sentence on {edition.sections[n].name}"
            case ("corrections", int(n), *_):
                yield f"the correction of “{edition.corrections[n].old.title}”"
            case ("accounts", int(n), *_):
                yield f"a figure of the accounts that differ on {edition.accounts[n].about}"
            case ("statements", int(n), *_):
                yield f"what {edition.statements[n].speaker} said"
            case ("key_points", int(n), *_):
                yield f"key point {n + 1}"
