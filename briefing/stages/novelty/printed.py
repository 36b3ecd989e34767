"""An index of the sentences that earlier editions printed, searched by wording."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.model import CitedSentence, Edition, PrintedSentence, Receipt, Source
from briefing.stages.novelty.wording import SAME, Wording
from briefing.text.languages import Language
from briefing.text.numerals import normalised


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed sentence, and where it stood."""

    sentence: PrintedSentence
    theme: str  # slug of its section; empty when it stood under none


def printed_in(edition: Edition) -> Iterator[Printed]:
    """Yield every sentence that an edition prints as new, in the order of the page; one printed twice comes twice."""
    listed = edition.by_article
    for cited, item, theme in _placed(edition):
        if cited.before is None:
            yield Printed(as_printed(listed[cited.article_id], edition.day, cited, item), theme)


def as_printed(source: Source, day: date, cited: CitedSentence, item: int) -> PrintedSentence:
    """Return a sentence that the edition of a day printed from a source as a later edition speaks of it."""
    return PrintedSentence(cited.text, cited.receipt, day, item, source.outlet, source.title, source.url)


def _placed(edition: Edition) -> Iterator[tuple[CitedSentence, int, str]]:
    """Yield every sentence of key points, sections, boxes, statements, shorts and corrections with item and theme.

    What stands under no item is of the item that has its article, if any.
    """
    homes = {
        key: (s.number, section.theme) for section in edition.sections for s in section.stories for key in s.sources
    }
    for place, cited in edition.walk():
        match place:
            case ("key_points", int(n), *_):
                point = edition.key_points[n]
                if cited.receipt.of == "body":  # a headline stands over its item
                    yield cited, point.story, point.theme
            case ("sections", int(n), "stories", int(i), *_):
                yield cited, edition.sections[n].stories[i].number, edition.sections[n].theme
            case ("sections", int(n), "passages", int(i), *_):
                yield cited, edition.sections[n].passages[i].story, edition.sections[n].theme
            case ("statements", int(n), *_):
                yield cited, edition.statements[n].story, edition.statements[n].theme
            case ("corrections", int(n), *_):
                correction = edition.corrections[n]
                yield cited, *homes.get(correction.article_id, (0, correction.theme))
            case _:
                yield cited, *homes.get(cited.article_id, (0, ""))


class PrintedIndex:
    """An index over the printed sentences of some editions, oldest first, that finds those of the same meaning."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._printed = [printed for edition in editions for printed in _distinct(printed_in(edition))]
        self._read: dict[str, _Readings] = {}  # by the language they are read in

    def find(self, text: str, language: Language) -> Printed | None:
        """Return the latest printed sentence that says the same; None for a new one."""
        if language.code not in self._read:
            self._read[language.code] = _Readings.of([p.sentence.text for p in self._printed], language)
        readings = self._read[language.code]
        place = readings.exact.get(normalised(text, language))
        if place is None:
            place = readings.last_that_says(Wording.of(text, language))
        return None if place is None else self._printed[place]


@dataclass(frozen=True, slots=True)
class _Readings:
    """Printed sentences tokenised as one language; articles do not always state theirs."""

    wordings: tuple[Wording, ...]
    holders: Mapping[str, Sequence[int]]  # stem → places, rising
    exact: Mapping[str, int]  # letters and numbers → the latest place

    @classmethod
    def of(cls, texts: Sequence[str], language: Language) -> _Readings:
        wordings = tuple(Wording.of(text, language) for text in texts)
        holders: dict[str, list[int]] = defaultdict(list)
        for place, wording in enumerate(wordings):
            for stem in wording.stems:
                holders[stem].append(place)
        return cls(wordings, holders, {normalised(text, language): place for place, text in enumerate(texts)})

    def last_that_says(self, wording: Wording) -> int | None:
        """Return the place of the latest sentence that says the same.

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
