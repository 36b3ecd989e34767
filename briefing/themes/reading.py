"""One sentence read for one theme: which terms it holds and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing import names
from briefing.model import Theme
from briefing.themes.lexicon import AGAINST, EXCLUDED, LEFT, RIGHT, STRONG, WEAK, Found, Lexicon

WEAK_WEIGHT = 0.2  # of one weak term; two in a sentence are worth two fifths of a strong one
WEAK_MOST = 0.6  # all weak terms of a sentence together
NEAR = 8  # words between the two sides of a pair within which it counts in full
FAR_FACTOR = 0.6  # of a pair farther apart
GATE = (1.0, 0.6, 0.3)  # factor when no, one, two or more of the actors asked for are missing
AGAINST_FACTOR = 0.5


@dataclass(frozen=True, slots=True)
class Hit:
    """A term, or both of a pair, and what it adds to its sentence."""

    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence is worth for a theme, and why."""

    value: float  # 0.0 to 1.0: min(1, sum of the hits) × actors' factor × against's factor
    hits: tuple[Hit, ...]  # best first
    actors: tuple[str, ...] = ()  # keys of the states and bodies named, when the theme asks for any
    actors_factor: float = 1.0
    against: tuple[str, ...] = ()  # terms that halved it
    excluded: tuple[str, ...] = ()  # phrases taken out


NOTHING = Reading(0.0, ())


def read(text: str, lexicon: Lexicon) -> tuple[Reading, ...]:
    """Return one reading per theme of the lexicon, in its order."""
    found = lexicon.find(text)
    if not found:
        return (NOTHING,) * len(lexicon.themes)
    by_theme: list[list[Found]] = [[] for _ in lexicon.themes]
    for f in found:
        by_theme[f.term.theme].append(f)
    actors: tuple[str, ...] | None = None
    readings = []
    for theme, rows in zip(lexicon.themes, by_theme, strict=True):
        kept, excluded = _without_excluded(rows)
        hits = _hits(kept)
        if hits and theme.actors and actors is None:
            actors = names.actors(text)
        readings.append(_reading(theme, hits, kept, excluded, actors or ()) if hits or excluded else NOTHING)
    return tuple(readings)


def _reading(
    theme: Theme, hits: tuple[Hit, ...], kept: Sequence[Found], excluded: tuple[str, ...], actors: tuple[str, ...]
) -> Reading:
    against = tuple(dict.fromkeys(f.term.text for f in kept if f.term.role == AGAINST))
    gate = GATE[min(max(0, theme.actors - len(actors)), len(GATE) - 1)]
    value = min(1.0, sum(h.weight for h in hits)) * gate * (AGAINST_FACTOR if against else 1.0)
    return Reading(value, hits, actors if theme.actors else (), gate, against, excluded)


def _without_excluded(rows: Sequence[Found]) -> tuple[list[Found], tuple[str, ...]]:
    out = [f for f in rows if f.term.role == EXCLUDED]
    if not out:
        return list(rows), ()
    kept = [f for f in rows if f.term.role != EXCLUDED and not any(f.start < e.end and e.start < f.end for e in out)]
    return kept, tuple(dict.fromkeys(e.term.text for e in out))


def _hits(kept: Sequence[Found]) -> tuple[Hit, ...]:
    """Return what counts: each term once, a term inside a longer one not at all, each pair once."""
    strong = _once(kept, STRONG)
    weak = [f for f in _once(kept, WEAK) if not any(f.start < s.end and s.start < f.end for s in strong)]
    scale = WEAK_WEIGHT * min(1.0, WEAK_MOST / (WEAK_WEIGHT * len(weak))) if weak else 0.0
    hits = [Hit(f.term.text, f.term.weight) for f in strong]
    hits += [Hit(f.term.text, scale * f.term.weight) for f in weak]
    hits += _pairs(kept)
    return tuple(sorted(hits, key=lambda h: (-h.weight, h.term)))


def _once(kept: Sequence[Found], role: int) -> list[Found]:
    taken: list[Found] = []
    seen: set[str] = set()
    for f in sorted((f for f in kept if f.term.role == role), key=lambda f: (f.start - f.end, f.start)):
        if f.term.text not in seen and not any(f.start < t.end and t.start < f.end for t in taken):
            seen.add(f.term.text)
            taken.append(f)
    return taken


def _pairs(kept: Sequence[Found]) -> Iterator[Hit]:
    left = [f for f in kept if f.term.role == LEFT]
    right = [f for f in kept if f.term.role == RIGHT] if left else []
    for pair in sorted({f.term.pair for f in left} & {f.term.pair for f in right}):
        couples = (
            (_worth(a, b), a.term.text, b.term.text)
            for a in left
            for b in right
            if a.term.pair == b.term.pair == pair and (a.end <= b.start or b.end <= a.start)
        )
        best = max(couples, key=lambda c: (c[0], c[1:]), default=None)
        if best:
            yield Hit(f"{best[1]} + {best[2]}", best[0])


def _worth(a: Found, b: Found) -> float:
    between = b.start - a.end if a.end <= b.start else a.start - b.end
    return a.term.weight * b.term.weight * (1.0 if between <= NEAR else FAR_FACTOR)
