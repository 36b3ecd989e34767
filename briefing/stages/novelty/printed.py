"""What earlier editions printed: every sentence with its item, and whether today's say the same."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.model import CitedSentence, Edition, PrintedSentence, Receipt
from briefing.stages.novelty.wording import SAME, Wording, bare
from briefing.text.languages import Language


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed sentence, and where it stood."""

    sentence: PrintedSentence
    theme: str  # slug of its section; empty when it stood under none


def printed_in(edition: Edition) -> Iterator[Printed]:
    """Yield every sentence that an edition prints as new, in the order of the page; one printed twice comes twice."""
    homes = {
        n: (story.number, section.theme)
        for section in edition.sections
        for story in section.stories
        for n in story.sources
    }
    for cited, item, theme in _placed(edition, homes):
        if cited.before is None:
            yield Printed(as_printed(edition, cited, item), theme)


def as_printed(edition: Edition, cited: CitedSentence, item: int) -> PrintedSentence:
    """Return a sentence of an edition as a later one speaks of it."""
    source = edition.source(cited.source)
    return PrintedSentence(cited.text, cited.receipt, edition.day, item, source.outlet, source.title, source.url)


def _placed(edition: Edition, homes: dict[int, tuple[int, str]]) -> Iterator[tuple[CitedSentence, int, str]]:
    for section in edition.sections:
        for story in section.stories:
            printed = [*story.summary, *(s for view in story.views for s in view.summary)]
            yield from ((s, story.number, section.theme) for s in printed)
        for passage in section.passages:
            yield from ((s, passage.story, section.theme) for s in passage.sentences)
    for account in edition.accounts:
        yield from ((f.sentence, *homes.get(f.sentence.source, (0, ""))) for f in account.figures)
    yield from ((said.sentence, said.story, said.theme) for said in edition.statements)
    for source in edition.sources:
        yield from ((s, *homes.get(source.number, (0, ""))) for s in source.summary)
    yield from ((c.new, *homes.get(c.source, (0, c.theme))) for c in edition.corrections if c.new)


class PrintedIndex:
    """Finds the printed sentence that says what another says, among all of some editions, oldest first."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._printed = [printed for edition in editions for printed in _distinct(printed_in(edition))]
        self._exact = {bare(printed.sentence.text): place for place, printed in enumerate(self._printed)}
        self._read: dict[str, _Readings] = {}  # by the language they are read in

    def find(self, text: str, language: Language) -> Printed | None:
        """Return what was printed that says the same, the latest of several; None for what is new."""
        exact = self._exact.get(bare(text))
        if exact is not None:
            return self._printed[exact]
        if language.code not in self._read:
            self._read[language.code] = _Readings.of([p.sentence.text for p in self._printed], language)
        place = self._read[language.code].last_that_says(Wording.of(text, language))
        return None if place is None else self._printed[place]


@dataclass(frozen=True, slots=True)
class _Readings:
    """Printed sentences read as sentences of one language; articles do not always say which theirs is."""

    wordings: tuple[Wording, ...]
    holders: Mapping[str, Sequence[int]]  # stem → places, rising

    @classmethod
    def of(cls, texts: Iterable[str], language: Language) -> _Readings:
        wordings = tuple(Wording.of(text, language) for text in texts)
        holders: dict[str, list[int]] = defaultdict(list)
        for place, wording in enumerate(wordings):
            for stem in wording.stems:
                holders[stem].append(place)
        return cls(wordings, holders)

    def last_that_says(self, wording: Wording) -> int | None:
        """Return the last place that says the same.

        What says the same has at least `SAME` of the sentence's stems, so it has one of the rarest that are too many
        to be all missing.
        """
        lists = sorted((self.holders.get(stem, ()) for stem in wording.stems), key=len)
        may_lack = len(lists) - math.ceil(SAME * len(lists))
        places = {place for holders in lists[: may_lack + 1] for place in holders}
        return max((n for n in places if wording.adds_nothing_to(self.wordings[n])), default=None)


def _distinct(printed: Iterable[Printed]) -> Iterable[Printed]:
    """Return the sentences of one edition, each as it is printed first."""
    found: dict[Receipt, Printed] = {}
    for one in printed:
        found.setdefault(one.sentence.receipt, one)
    return found.values()
