"""Merges the names of speakers across articles: each speaker under one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from briefing.model import Statement, Story
from briefing.text import aliases

Said = tuple[Statement, Story]
GIVEN = 3  # first letters of a given name: 'Sergei' and 'Sergey' are one, 'Joe' and 'Jill' are two


def under_one_name(said: Sequence[Said]) -> tuple[Said, ...]:
    """Return statements with `person` set where the speaker has another name elsewhere among them.

    'Putin', 'Mr. Putin' and 'President Putin' are 'Vladimir Putin' when nobody else of that surname speaks;
    'Sergey Lavrov' is 'Sergei Lavrov' where that spelling is the more frequent. Bodies keep their names.
    """
    full = _full_names(s for s, _ in said)
    return tuple((replace(s, person=_listed(s, full)), story) for s, story in said)


def _listed(said: Statement, full: Mapping[str, str]) -> str:
    """Return the name a speaker is listed under, empty when it is his or her own."""
    words = _name(said.speaker)
    name = full.get(aliases.surname(said.speaker), "") if len(words) == 1 or said.role else ""
    return "" if name == said.speaker else name


def _full_names(said: Iterable[Statement]) -> Mapping[str, str]:
    """Return by surname the full name of the one person who has it; only who has an office is surely a person."""
    spelled: dict[str, Counter[str]] = {}
    for statement in said:
        if statement.role and len(_name(statement.speaker)) > 1:
            spelled.setdefault(aliases.surname(statement.speaker), Counter())[statement.speaker] += 1
    return {
        surname: min(found, key=lambda name: (-found[name], name))
        for surname, found in spelled.items()
        if len({name[:GIVEN].lower() for name in found}) == 1
    }


def _name(speaker: str) -> list[str]:
    """Return the words of a name without 'Mr.' before it."""
    words = speaker.split()
    return words[1:] if words[0].endswith(".") else words
