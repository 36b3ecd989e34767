"""Counts a text's words once for all themes: those of the subjects of news, and the themes' own."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from briefing.model import Theme
from briefing.stages.themes.subjects import Standing, Subjects, standing_of, subjects_of
from briefing.stages.themes.word_forms import GAP, TERM_PART, WordForms
from briefing.text.terms import stems
from briefing.text.word_counts import Background, StemRarity, stem_rarity

TITLE, LEAD, REST = 3.0, 1.5, 1.0  # how often a word counts by where it stands
SATURATION = 3.0  # t times the same word is worth 4t/(t+3): the second less than the first, all together less than four
PART_WEIGHT = 0.5  # of one word of a phrase, beside a term of one word
PRIOR = 5.0  # worth of the words of no theme every text is taken to have: few words show little
RAREST, RARE = 7.0, 6.0  # rarity beyond which a word is not rarer; rarity of a word that is worth 1
USUAL = 180  # words of a text; in a longer one more words of any theme turn up
MOST = 5.0  # of the evidence, and of the different words, that count


class _Word(NamedTuple):
    """A word some theme or subject knows."""

    share: float  # what it adds to each of its subjects
    subjects: tuple[int, ...]
    owners: tuple[tuple[int, float], ...]  # themes whose terms hold it, and what it is worth to each
    learnt: tuple[tuple[int, float], ...]  # themes that learnt it, and its weight × its rarity


class Topic(NamedTuple):
    """How far a text is about one theme, in parts."""

    subjects: float = 0.0  # share of its subjects among the subjects of the text's words, 0.0 to 1.0
    lead: float = 0.0  # the same of title and lead alone
    evidence: float = 0.0  # worth of the theme's own words, 0.0 to 5.0
    different: float = 0.0  # how many of them there are, 0.0 to 5.0
    lone: float = 0.0  # 1.0 where that is one or none
    learnt: float = 0.0  # log odds of what was learnt from examples


_NONE = Topic()


@dataclass(frozen=True, slots=True)
class Topics:
    """What a text's words say, of all themes at once."""

    profile: Mapping[int, float]  # subject → worth of its words
    lead: Mapping[int, float]
    evidence: Mapping[int, float] = field(default_factory=dict)  # theme → worth of its own words
    different: Mapping[int, int] = field(default_factory=dict)
    learnt: Mapping[int, float] = field(default_factory=dict)
    words: Mapping[int, float] = field(default_factory=dict)  # number of a word → how often it counts
    length: int = 0  # of the text, in runs of characters between white space
    worth: tuple[float, float] = (0.0, 0.0)  # of all subjects' words in the profile, and in that of the lead

    @property
    def long(self) -> float:
        """How much more of any theme a text has only for being long."""
        return math.sqrt(max(1.0, self.length / USUAL))

    def topic(self, theme: int, subjects: Iterable[int]) -> Topic:
        """Return what they say of one theme."""
        return Topic(
            subjects=_share(self.profile, self.worth[0], subjects),
            lead=_share(self.lead, self.worth[1], subjects),
            evidence=min(MOST, self.evidence.get(theme, 0.0) / self.long),
            different=min(MOST, self.different.get(theme, 0) / self.long),
            lone=float(self.different.get(theme, 0) < 2),
            learnt=self.learnt.get(theme, 0.0),
        )


def _share(profile: Mapping[int, float], worth: float, subjects: Iterable[int]) -> float:
    return sum([profile.get(n, 0.0) for n in subjects]) / (worth + PRIOR)


class TopicReader:
    """The words of some themes and of all subjects, in one language."""

    def __init__(self, themes: Sequence[Theme], forms: WordForms, counts: Background | None = None) -> None:
        language = forms.language
        self.standings: tuple[Standing, ...] = tuple(standing_of(theme, language) for theme in themes)
        #: Themes that read whole texts: those with plain terms, with subjects or with something learnt.
        self.themes = frozenset(
            n for n, theme in enumerate(themes) if theme.terms or theme.learnt or self.standings[n].subjects
        )
        #: Themes that a text may be about without a word of their own.
        self.wordless = frozenset(
            n
            for n, theme in enumerate(themes)
            if (theme.terms or not (theme.strong or theme.weak or theme.pairs))
            and (theme.learnt or self.standings[n].named)
        )
        known = subjects_of(language) if any(s.subjects for s in self.standings) else Subjects((), {}, {})
        self._names = known.names
        self._words = _Vocabulary(themes, known, forms, stem_rarity(language, counts))

    def numbers(self, forms: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the words that any of a token's forms is."""
        return self._words.numbers(forms)

    def read(
        self, title: Sequence[int], lead: Iterable[Sequence[int]], rest: Iterable[Sequence[int]], length: int
    ) -> Topics:
        """Return what the words of a text say, given by their numbers.

        Args:
            title: Words of the title.
            lead: Words of each sentence of the lead.
            rest: Words of each other sentence.
            length: How many words the text has, known or not.
        """
        head, opening, body = (
            Counter(words) for words in (title, chain.from_iterable(lead), chain.from_iterable(rest))
        )
        total: dict[int, float] = {}
        for weight, counts in ((TITLE, head), (LEAD, opening), (REST, body)):
            for number, times in counts.items():
                total[number] = total.get(number, 0.0) + weight * times
        first = {n: 2.0 * head.get(n, 0) + opening.get(n, 0) for n in (*head, *opening)} if self._names else {}
        return self._words.topics(total, first, length)

    def share(self, words: Sequence[int], theme: int) -> float:
        """Return the share of a theme's subjects among those of one sentence's words, 0.0 to 1.0."""
        profile = self._words.profile(Counter(words))
        worth = sum(profile.values())
        return sum([profile.get(n, 0.0) for n in self.standings[theme].subjects]) / worth if worth else 0.0

    def leads(self, words: Sequence[int], theme: int) -> bool:
        """Return whether the subject that most of a sentence's words are of is one of a theme's; True without any."""
        profile, subjects = self._words.profile(Counter(words)), self.standings[theme].subjects
        if not profile or not subjects:
            return True
        return max(profile.values()) <= max(profile.get(n, 0.0) for n in subjects)

    def is_foreign(self, word: str, theme: int) -> bool:
        """Return whether a theme stands for subjects and a word is of none of them."""
        subjects = self.standings[theme].subjects
        return bool(subjects) and frozenset(subjects).isdisjoint(self._words.of(self._words.number_of(word)))

    def has_more(self, words: Sequence[int], phrase: str, theme: int) -> bool:
        """Return whether words of a sentence, besides those of a phrase, are of a theme's subjects, if it has any."""
        subjects = frozenset(self.standings[theme].subjects)
        own = frozenset(self._words.number_of(word) for word in phrase.split())
        return not subjects or any(n not in own and not subjects.isdisjoint(self._words.of(n)) for n in words)

    def subject_names(self, theme: int) -> tuple[str, ...]:
        """Return the names of the subjects a theme stands for."""
        return tuple(self._names[n] for n in sorted(self.standings[theme].subjects))

    def learnt_words(self, topics: Topics, theme: int) -> tuple[tuple[str, float], ...]:
        """Return the words of a text that a theme learnt, with what each adds to its log odds, strongest first."""
        return self._words.learnt_words(topics, theme)


class _Vocabulary:
    """Every word form that matters, with its number."""

    def __init__(self, themes: Sequence[Theme], known: Subjects, forms: WordForms, rarity: StemRarity) -> None:
        self._forms, self._language, self._known, self._rarity = forms, forms.language, known, rarity
        owners: dict[str, dict[int, float]] = {}
        for number, theme in enumerate(themes):
            for form, worth in self._owned(theme):
                held = owners.setdefault(form, {})
                held[number] = max(worth, held.get(number, 0.0))
        learnt: dict[str, list[tuple[int, float]]] = {}
        for number, theme in enumerate(themes):
            for stem, weight in theme.learnt:
                learnt.setdefault(stem, []).append((number, weight))
        self.biases = dict(learnt.pop("", ()))
        self._printed = sorted({*owners, *learnt, *known.words})
        self._numbers = {form: n for n, form in enumerate(self._printed)}
        self._entries = [self._entry(form, owners.get(form, {}), learnt.get(form, ())) for form in self._printed]

    def _owned(self, theme: Theme) -> Iterator[tuple[str, float]]:
        """Yield the word forms of a theme's terms and what each is worth."""
        for term in theme.terms:
            parts = [part for part in TERM_PART.findall(term) if part != "*"]
            content = [p for p in parts if p.strip("=*").lower() not in self._language.stop_words] or parts
            for part in content:
                if self._forms.learn(part) != GAP:
                    form = self._forms.form(part)
                    yield form, (1.0 if len(parts) == 1 else PART_WEIGHT) * self._worth(form)

    def _worth(self, form: str) -> float:
        """Return what a word form is worth by its rarity; one of an ending left open is taken for rare."""
        if form.endswith("*"):
            return 1.0
        (stem,) = stems([form.lstrip("=^").lower()], self._language)
        return min(self._rarity(stem), RAREST) / RARE

    def _entry(self, form: str, owners: Mapping[int, float], learnt: Sequence[tuple[int, float]]) -> _Word:
        subjects = self._known.words.get(form, ())
        worth = self._worth(form)
        return _Word(
            share=math.sqrt(worth) / math.sqrt(len(subjects)) if subjects else 0.0,
            subjects=subjects,
            owners=tuple(owners.items()),
            learnt=tuple((number, weight * worth) for number, weight in learnt),
        )

    def number_of(self, word: str) -> int:
        """Return the number of a word as a term has it, -1 for one that does not matter."""
        return self._numbers.get(self._forms.form(word), -1)

    def of(self, number: int) -> tuple[int, ...]:
        """Return the subjects of a word."""
        return self._entries[number].subjects if number >= 0 else ()

    def numbers(self, forms: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the words that any of a token's forms is."""
        return tuple([self._numbers[form] for form in forms if form in self._numbers])

    def profile(self, counts: Mapping[int, float]) -> dict[int, float]:
        """Return the worth of the words of each subject."""
        profile: dict[int, float] = {}
        for number, times in counts.items():
            word = self._entries[number]
            for subject in word.subjects:
                profile[subject] = profile.get(subject, 0.0) + word.share * _saturated(times)
        return profile

    def topics(self, total: Mapping[int, float], first: Mapping[int, float], length: int) -> Topics:
        """Return what counted words say, of the whole text and of its title and lead."""
        evidence: dict[int, float] = {}
        different: dict[int, int] = {}
        learnt: dict[int, float] = dict(self.biases)
        long = math.sqrt(max(1, length))
        for number, times in total.items():
            word = self._entries[number]
            for theme, worth in word.owners:
                evidence[theme] = evidence.get(theme, 0.0) + worth * _saturated(times)
                different[theme] = different.get(theme, 0) + 1
            for theme, weight in word.learnt:
                learnt[theme] = learnt.get(theme, 0.0) + weight * (1.0 + math.log(times)) / long
        profile, lead = self.profile(total), self.profile(first)
        worths = (sum(profile.values()), sum(lead.values()))
        return Topics(profile, lead, evidence, different, learnt, total, length, worths)

    def learnt_words(self, topics: Topics, theme: int) -> tuple[tuple[str, float], ...]:
        """Return the words a theme learnt among those of a text, with what each adds, strongest first."""
        rows = [
            (self._printed[number], round(weight * tone(times, topics.length), 2))
            for number, times in topics.words.items()
            for owner, weight in self._entries[number].learnt
            if owner == theme
        ]
        return tuple(sorted(rows, key=lambda row: (-abs(row[1]), row[0])))


def tone(times: float, length: int) -> float:
    """Return how much a word sets the tone of a text: more the oftener it is there, less the longer the text."""
    return (1.0 + math.log(times)) / math.sqrt(max(1, length))


def _saturated(times: float) -> float:
    return times * (1.0 + SATURATION) / (times + SATURATION)
