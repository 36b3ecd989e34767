"""Names what was cut: in full while it is little, by its number where it is much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import shorten

from briefing.model import Edition
from briefing.model.edition import WITHOUT_LISTS
from briefing.stages.edition.cuttable import Cuttable

_NAMED = 6  # articles and passages of one cut that are named one by one; more are counted
_SPEAKERS = 12
_HEADLINES = 12  # items cut altogether; those left out of the list stand in the ledger like all others
_TITLE = 80  # code points


def names_of(edition: Edition, units: Sequence[Cuttable]) -> Iterator[str]:
    """Yield the names of what was cut, those of one kind that were cut one after the other in one name.

    What was cut of an item before the whole item was cut has no name of its own.

    Args:
        edition: The edition before the cut.
        units: What was cut, in the order of cutting.
    """
    gone = {(unit.section, unit.index) for unit in units if unit.kind == "story"}
    named = [unit for unit in units if unit.kind != "sentence" or (unit.section, unit.index) not in gone]
    for (kind, at), several in groupby(named, lambda unit: (unit.kind, unit.sentence)):
        group = sorted(several, key=lambda unit: (unit.section, unit.index))
        if kind == "story":
            yield from _items(edition, group)
        elif kind == "passage":
            yield from _passages(edition, group)
        elif kind == "sentence":
            numbers = [edition.sections[unit.section].stories[unit.index].number for unit in group]
            items = _item(edition, group[0]) if len(group) == 1 else f"items {_runs(numbers)}"
            yield f"sentence {at + 1} of {items}" if at else f"the text of {items}"
        elif kind == "statement":
            yield _said(edition, group)
        elif kind == "short":
            yield _counted(
                "in short: ", "articles in short", [_short(edition.sources[unit.index].title) for unit in group]
            )
        elif kind == "lists":
            yield WITHOUT_LISTS
        elif kind == "account":
            yield f"differing accounts of {'; '.join(edition.accounts[unit.index].about for unit in group)}"
        elif kind == "quiet":
            yield _counted(
                "gone quiet: ", "stories gone quiet", [_short(edition.quiet[u.index].headline) for u in group]
            )
        else:
            yield f"key points {_runs([unit.index + 1 for unit in group])}"


def _items(edition: Edition, units: Sequence[Cuttable]) -> Iterator[str]:
    yield from (_item(edition, unit) for unit in units[:_HEADLINES])
    if len(units) > _HEADLINES:
        yield f"{len(units) - _HEADLINES} more items"


def _passages(edition: Edition, units: Sequence[Cuttable]) -> Iterator[str]:
    for section, several in groupby(units, lambda unit: edition.sections[unit.section]):
        titles = [_short(edition.source(section.passages[unit.index].article_id).title) for unit in several]
        yield _counted(f"on {section.name}, from ", f"passages on {section.name}", titles)


def _said(edition: Edition, units: Sequence[Cuttable]) -> str:
    speakers = list(dict.fromkeys(edition.statements[unit.index].name for unit in units))
    return f"{len(units)} statements" if len(speakers) > _SPEAKERS else f"what was said by {', '.join(speakers)}"


def _counted(before: str, noun: str, names: Sequence[str]) -> str:
    distinct = dict.fromkeys(names)
    return f"{len(names)} {noun}" if len(distinct) > _NAMED else before + "; ".join(distinct)


def _short(title: str) -> str:
    return shorten(title, _TITLE, placeholder="…")


def _item(edition: Edition, unit: Cuttable) -> str:
    story = edition.sections[unit.section].stories[unit.index]
    return f"item {story.number}: {_short(story.headline)}"


def _runs(numbers: Sequence[int]) -> str:
    """Return ascending numbers with runs of three or more drawn together: "1, 2, 4–9"."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs)
