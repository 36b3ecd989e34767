"""Loads the subjects of news with their words, and finds which of them a theme of plain words stands for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.model import Theme
from briefing.stages.themes.word_forms import WORD, plain_form
from briefing.text.languages import Language
from briefing.text.package_data import data_toml, has_data
from briefing.text.terms import stems

# What makes a theme stand for a subject: chosen on half of user_themes.dev under five users' words, where they give
# each theme the subjects a reader would; neighbouring values (.15 to .25, .5 to .75) change F1 by less than .01.
LEAST_SHARE = 0.2  # of the theme's terms that lie in a subject
LEAST_TERMS = 1.4  # of them, a term whose word k subjects share counting 1/√k: two, one of which may be shared
FAMILY_SHARE = 0.6  # of the terms that lie in the subjects of one label together, no more than this in one of them
NAMED_SHARE = 0.3  # of the terms that must agree with the label a theme is named after

_AND = re.compile(r"\s*(?:,|/|&|\band\b)\s*")


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """The subjects of a language, known by number."""

    names: tuple[str, ...] = ()
    labels: Mapping[str, tuple[int, ...]] = None  # type: ignore[assignment]  # label, lower case → subjects it covers
    words: Mapping[str, tuple[int, ...]] = None  # type: ignore[assignment]  # stem, or word as printed if it has a capital


@dataclass(frozen=True, slots=True)
class Standing:
    """The subjects a theme stands for."""

    subjects: tuple[int, ...] = ()  # ascending
    named: bool = False  # after a label: it is about all that its subjects are about, its own words in the text or not


@cache
def subjects_of(language: Language) -> Subjects:
    """Return the subjects of a language; none where it has no data file."""
    if not has_data("languages", language.code, "subjects.toml"):
        return Subjects((), {}, {})
    tables = data_toml("languages", language.code, "subjects.toml")["subjects"]
    labels: dict[str, tuple[int, ...]] = {}
    words: dict[str, tuple[int, ...]] = {}
    for number, table in enumerate(tables):
        for label in table["labels"]:
            labels[label] = (*labels.get(label, ()), number)
        for word in table["words"].split():
            key = subject_key(word, language)
            if number not in words.get(key, ()):
                words[key] = (*words.get(key, ()), number)
    return Subjects(tuple(table["name"] for table in tables), labels, words)


def subject_key(word: str, language: Language) -> str:
    """Return what a word is known by: itself if it has a capital, else its stem."""
    return word if word != word.lower() else stems([word], language)[0]


def plain_words(theme: Theme) -> tuple[str, ...]:
    """Return what a user typed without more thought: the plain terms, or strong ones that nothing else goes with."""
    return theme.terms if theme.terms or theme.actors or theme.pairs else theme.strong


def standing_of(theme: Theme, language: Language) -> Standing:
    """Return the subjects a theme stands for: its label's, if its terms agree, and those its terms belong to."""
    known, words = subjects_of(language), plain_words(theme)
    if not words or not known.names:
        return Standing()
    held = [frozenset(_held(term, known, language)) for term in words]
    own = _own(held)
    labelled = _labelled(theme.name, held, known)
    return Standing(tuple(sorted(own | (labelled or _family(held, known)))), bool(labelled))


def _held(term: str, known: Subjects, language: Language) -> Iterator[int]:
    """Yield the subjects that a term's words belong to."""
    for printed in WORD.findall(term):
        word = plain_form(printed)
        if word.lower() not in language.stop_words:
            yield from known.words.get(word, ())
            yield from known.words.get(stems([word.lower()], language)[0], ())


def _own(held: Sequence[frozenset[int]]) -> frozenset[int]:
    weights: Counter[int] = Counter()
    for subjects in held:
        for number in subjects:
            weights[number] += len(subjects) ** -0.5
    return frozenset(n for n, w in weights.items() if w >= LEAST_TERMS and w >= LEAST_SHARE * len(held))


def _labelled(name: str, held: Sequence[frozenset[int]], known: Subjects) -> frozenset[int]:
    """Return the subjects of the labels a name is made of: "Crime and courts" of two; a compound is no label."""
    covered = frozenset(n for part in _AND.split(name.lower()) for n in known.labels.get(part.strip(), ()))
    agree = sum(not covered.isdisjoint(subjects) for subjects in held)
    return covered if agree >= NAMED_SHARE * len(held) else frozenset()


def _family(held: Sequence[frozenset[int]], known: Subjects) -> frozenset[int]:
    """Return the subjects of the label whose subjects the terms lie scattered over: police, court, murder, theft."""
    counts = Counter(number for subjects in held for number in subjects)
    best: tuple[int, int, str] | None = None
    for label, numbers in known.labels.items():
        inside = sum(not subjects.isdisjoint(numbers) for subjects in held)
        met = [counts[n] for n in numbers if counts[n]]
        if len(met) > 1 and inside >= FAMILY_SHARE * len(held) >= max(met):
            best = max(best or (0, 0, ""), (inside, -len(numbers), label))
    return frozenset(known.labels[best[2]]) if best else frozenset()
