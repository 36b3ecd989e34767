"""What the proof refuses of an edition in the editor's hands, with the acts that take it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.build.desk.results import DeskFinding
from briefing.model import Edition
from briefing.model.acts import Act, span_of, story_key
from briefing.model.walk import Place
from briefing.stages.proof import Finding
from briefing.stages.proof.sentences import place_name
from briefing.stages.sheet import spans_of
from briefing.stages.sheet.lines import articles_of, at_place
from briefing.stages.sheet.unproved import places_of


def with_drops(edition: Edition, findings: Iterable[Finding]) -> tuple[DeskFinding, ...]:
    """Return findings on an edition, each with the acts that drop what it is about."""
    places: dict[str, list[Place]] = {}
    for place, _ in edition.walk():
        places.setdefault(place_name(edition, place), []).append(place)
    return tuple(
        DeskFinding(one.place, one.problem, tuple(dict.fromkeys(_drops(edition, one.place, places))))
        for one in findings
    )


def _drops(edition: Edition, name: str, places: dict[str, list[Place]]) -> Iterator[Act]:
    for place in (*places.get(name, ()), *places_of(edition, name)):
        act = _drop(edition, place)
        if act:
            yield act


def _drop(edition: Edition, place: Place) -> Act | None:
    """Return the act that drops what stands at a place of an edition."""
    spans = spans_of(edition)

    def line(at: tuple[str, int], row: int) -> Act:
        return replace(at_place(edition, at), kind="drop", spans=(spans[at][row],))

    match place:
        case ("sections", int(n), "stories", int(i), "summary", int(row)):
            return line(("item", edition.sections[n].stories[i].number), row)
        case ("sections", int(n), "stories", int(i), *_):
            return Act("drop", story=story_key(edition.sections[n].stories[i]))
        case ("sections", int(n), "passages", int(i), *rest):
            passages = edition.sections[n].passages
            first = sum(len(passage.sentences) for passage in passages[:i])
            return line(("passages", n), first + (int(rest[1]) if len(rest) > 1 else 0))
        case ("accounts", int(n), "figures", int(row), *_):
            return line(("account", n + 1), row)
        case ("accounts", int(n)):
            return Act("drop", "accounts", story=articles_of(edition.accounts[n]), text=edition.accounts[n].about)
        case ("statements", int(row), *_):
            return line(("#statements", 0), row)
        case ("corrections", int(row), *_):
            return line(("#corrections", 0), row)
        case ("quiet", int(row), *_):
            return line(("#quiet", 0), row)
        case ("sources", int(n), "summary", int(row)):
            return line(("#short", 0), sum(len(source.summary) for source in edition.sources[:n]) + row)
        case ("key_points", int(row), *_):
            return Act("no point", "points", spans=(span_of(edition.key_points[row].sentence.receipt),))
    return None
