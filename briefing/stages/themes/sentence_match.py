"""Matches one sentence with one theme: which terms it holds and what it scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from briefing.model import Theme
from briefing.stages.themes.lexicon import (
    AGAINST,
    EXCLUDED,
    LEFT,
    PART,
    RIGHT,
    STRONG,
    TERM,
    WEAK,
    FoundTerm,
    Lexicon,
)
from briefing.text import aliases

WEAK_WEIGHT = 0.2  # of one weak term; two in a sentence are worth two fifths of a strong one
WEAK_MOST = 0.6  # all weak terms of a sentence together
NEAR = 8  # words between the two sides of a pair within which it counts in full
FAR_FACTOR = 0.6  # of a pair farther apart
GATE = (1.0, 0.6, 0.3)  # factor when no, one, two or more of the actors asked for are missing
AGAINST_FACTOR = 0.5


class TermMatch(NamedTuple):
    """A term, or both of a pair, and what it adds to its sentence."""

    term: str
    weight: float
    weak: bool = False
    plain: bool = False  # one of the theme's plain terms, or a word of one: evidence, never proof


class SentenceMatch(NamedTuple):
    """What a sentence is worth for a theme, and why."""

    value: float  # 0.0 to 1.0: min(1, sum of the hits) × actors' factor × against's factor
    hits: tuple[TermMatch, ...]  # best first
    actors: tuple[str, ...] = ()  # keys of the states and bodies named, when the theme asks for any
    actors_factor: float = 1.0
    against: tuple[str, ...] = ()  # terms that halved it
    excluded: tuple[str, ...] = ()  # phrases taken out
    evidence: float = 0.0  # 0.0 to 1.0: min(1, sum of the plain terms) × the same factors


NOTHING = SentenceMatch(0.0, ())


class SentenceMatches:
    """What one sentence is worth for each theme it speaks of, by the theme's number; nothing for any other.

    A theme is read when it is first asked for: of a hundred themes most have one common word in a sentence.
    """

    __slots__ = ("_actors", "_known", "_text", "_themes", "found", "words")

    def __init__(self, text: str, found: Iterable[FoundTerm], words: tuple[int, ...], themes: Sequence[Theme]) -> None:
        self.words = words  # numbers of the words that subjects or themes know
        self._text, self._themes = text, themes
        self._actors: tuple[str, ...] | None = None
        self._known: dict[int, SentenceMatch] = {}
        self.found: dict[int, list[FoundTerm]] = {}  # theme → its terms here, read or not
        for f in found:
            rows = self.found.get(f.term.theme)
            if rows is None:
                self.found[f.term.theme] = [f]
            else:
                rows.append(f)

    def __iter__(self) -> Iterator[int]:
        """Yield the numbers of the themes that have more here than one side of a pair."""
        return (theme for theme, rows in self.found.items() if _may_count(rows))

    def __contains__(self, theme: object) -> bool:
        return theme in self.found

    def __getitem__(self, theme: int) -> SentenceMatch:
        if theme not in self.found:
            return NOTHING
        known = self._known.get(theme)
        if known is None:
            known = self._known[theme] = self._read(theme)
        return known

    def evidence_at_most(self, theme: int) -> float:
        """Return more than the plain terms of a theme can be worth here, at little cost."""
        return sum([f.term.weight for f in self.found.get(theme, ()) if f.term.role in (TERM, PART)])

    def _read(self, theme: int) -> SentenceMatch:
        rows, owner = self.found[theme], self._themes[theme]
        if not _may_count(rows):
            return NOTHING
        kept, excluded = _without_excluded(rows)
        hits = _hits(kept)
        if owner.actors and self._actors is None and _asks_for_actors(hits):
            self._actors = aliases.actors(self._text)
        return _reading(owner, hits, kept, excluded, self._actors or ()) if hits or excluded else NOTHING


#: Sentences whose readings are kept: an article is read for its themes, its passages and the theme that leads it.
KEPT = 2_048


@lru_cache(maxsize=KEPT)
def read(text: str, lexicon: Lexicon) -> SentenceMatches:
    """Return the readings of the themes of the lexicon that a sentence speaks of."""
    return SentenceMatches(text, *lexicon.find(text), lexicon.themes)


def _may_count(rows: Sequence[FoundTerm]) -> bool:
    """Return whether there is more than sides of pairs without their other side, which is most often all there is."""
    if len(rows) == 1:
        return rows[0].term.role in (STRONG, WEAK, EXCLUDED, TERM, PART)
    roles = {f.term.role for f in rows}
    return not roles.isdisjoint((STRONG, WEAK, EXCLUDED, TERM, PART)) or (LEFT in roles and RIGHT in roles)


def _asks_for_actors(hits: Sequence[TermMatch]) -> bool:
    """Return whether actors matter: a weak term alone is worth too little to look for them."""
    return len(hits) > 1 or (len(hits) == 1 and not hits[0].weak)


def _reading(
    theme: Theme,
    hits: tuple[TermMatch, ...],
    kept: Sequence[FoundTerm],
    excluded: tuple[str, ...],
    actors: tuple[str, ...],
) -> SentenceMatch:
    against = tuple(dict.fromkeys(f.term.text for f in kept if f.term.role == AGAINST))
    gate = GATE[min(max(0, theme.actors - len(actors)), len(GATE) - 1)] if _asks_for_actors(hits) else 1.0
    factor = gate * (AGAINST_FACTOR if against else 1.0)
    value, evidence = (_worth_of(hits, plain=plain) * factor for plain in (False, True))
    return SentenceMatch(value, hits, actors if theme.actors else (), gate, against, excluded, evidence)


def _worth_of(hits: Sequence[TermMatch], *, plain: bool) -> float:
    return max(0.0, min(1.0, sum(h.weight for h in hits if h.plain is plain)))


def _without_excluded(rows: Sequence[FoundTerm]) -> tuple[Sequence[FoundTerm], tuple[str, ...]]:
    out = [f for f in rows if f.term.role == EXCLUDED]
    if not out:
        return rows, ()
    kept = [f for f in rows if f.term.role != EXCLUDED and not any(_overlap(f, e) for e in out)]
    return kept, tuple(dict.fromkeys(e.term.text for e in out))


def _overlap(a: FoundTerm, b: FoundTerm) -> bool:
    return a.start < b.end and b.start < a.end


def _hits(kept: Sequence[FoundTerm]) -> tuple[TermMatch, ...]:
    """Return what counts: each term once, a term inside a longer one not at all, each pair once."""
    roles: dict[int, list[FoundTerm]] = {}
    for f in kept:
        roles.setdefault(f.term.role, []).append(f)
    strong = _once(roles.get(STRONG, ()))
    weak = [f for f in _once(roles.get(WEAK, ())) if not any(_overlap(f, s) for s in strong)]
    scale = min(WEAK_WEIGHT, WEAK_MOST / len(weak)) if weak else 0.0
    hits = [TermMatch(f.term.text, f.term.weight) for f in strong]
    hits += [TermMatch(f.term.text, scale * f.term.weight, weak=True) for f in weak]
    if LEFT in roles and RIGHT in roles:
        hits += _pairs(roles[LEFT], roles[RIGHT])
    if TERM in roles or PART in roles:
        hits += _plain(roles.get(TERM, ()), roles.get(PART, ()))
    return tuple(sorted(hits, key=lambda h: (-h.weight, h.term)) if len(hits) > 1 else hits)


def _plain(terms: Sequence[FoundTerm], parts: Sequence[FoundTerm]) -> Iterator[TermMatch]:
    whole = _once(terms)
    rest = [f for f in parts if not any(_overlap(f, w) for w in whole)]
    words = {f.term.words: f for f in reversed(rest)}  # two phrases may share a word
    for f in (*whole, *sorted(words.values(), key=lambda f: f.start)):
        yield TermMatch(f.term.text, f.term.weight, weak=f.term.role == PART, plain=True)


def _once(found: Sequence[FoundTerm]) -> Sequence[FoundTerm]:
    if len(found) < 2:
        return found
    taken: list[FoundTerm] = []
    for f in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if not any(f.term.text == t.term.text or _overlap(f, t) for t in taken):
            taken.append(f)
    return taken


def _pairs(left: Sequence[FoundTerm], right: Sequence[FoundTerm]) -> Iterator[TermMatch]:
    for pair in sorted({f.term.pair for f in left} & {f.term.pair for f in right}):
        couples = (
            (_worth(a, b), a.term.text, b.term.text)
            for a in left
            if a.term.pair == pair
            for b in right
            if b.term.pair == pair and not _overlap(a, b)
        )
        worth, one, other = max(couples, default=(0.0, "", ""))
        if worth:
            yield TermMatch(f"{one} + {other}", worth)


def _worth(a: FoundTerm, b: FoundTerm) -> float:
    between = b.start - a.end if a.end <= b.start else a.start - b.end
    return a.term.weight * b.term.weight * (1.0 if between <= NEAR else FAR_FACTOR)
