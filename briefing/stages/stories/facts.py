"""The facts an article names early on: names, figures and day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.model import Article
from briefing.stages.stories.columns import first_event
from briefing.stages.stories.days import event_named
from briefing.stages.stories.evidence import Evidence, EvidenceReader
from briefing.text.aliases import Names
from briefing.text.languages import Language

#: Characters of an article that names and figures are looked for in: what it says further down is seldom the event.
REACH = 1500

_POSSESSIVE = re.compile(r"[’']s\b")
# A run of capitalised words inside a sentence: its first word can be anything. The pattern begins with what is
# quickly looked for.
_NAME = re.compile(r" (?<=[\w,] )([A-Z][\w’'-]+(?:\s(?:of|de|bin|al)?\s?[A-Z][\w’'-]+){0,3})")
_FIGURE = re.compile(
    r"(\d[\d.,]*\d?(?:\s(?:percent|per cent|[mb]illion|trillion|dollars|euros|tons|tonnes|miles)|[%KMkm]\b)?)"
)
_CURRENCIES = "$€£"


@dataclass(frozen=True, slots=True)
class Facts:
    """The names, figures and day of an article's beginning."""

    event: tuple[date, str] | None  # the day of its event and the words that name it
    named: Mapping[str, str]  # what a name means, its spellings one → as first printed
    counted: Mapping[str, str]  # what a figure means → as first printed
    evidence: Evidence  # by which it is not what a like article reports


#: The day of an article's event and the words that name it, and the evidence.
EventAndEvidence = tuple[tuple[date, str] | None, Evidence]


class FactReader:
    """Extracts the facts of articles in one language.

    Args:
        language: Of the articles.
        names: Their spellings.
    """

    def __init__(self, language: Language, names: Names) -> None:
        self._language, self._names = language, names
        self._evidence = EvidenceReader(language, names)
        self._meant: dict[str, str] = {}  # names as printed → as compared; news repeats them

    def read(self, article: Article) -> Facts:
        """Return the facts of an article."""
        event, evidence = self.event_and_evidence(article)
        return Facts(event, *self.named_and_counted(article), evidence)

    def event_and_evidence(self, article: Article) -> EventAndEvidence:
        """Return the day of an article's first event, with the words that name it, and what tells it from others."""
        first = first_event(article, self._language)
        return event_named(first, self._language), self._evidence.read(first)

    def named_and_counted(self, article: Article) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return the names and the figures of an article: what they mean → as first printed."""
        text = f"{article.title}\n{article.text[:REACH]}"
        named = _different((found[1], self._named(found[1])) for found in _NAME.finditer(text))
        return named, _different((printed, _counted(printed)) for printed in _figures(text))

    def _named(self, printed: str) -> str:
        if printed not in self._meant:
            words = self._names.canonical(_POSSESSIVE.sub("", printed.lower()).split())
            # A weekday or month is no name: which day it means is said where the event's is known.
            kept = [word for word in words if word not in self._language.stop_words]
            days = self._language.weekdays.keys() | self._language.months.keys()
            self._meant[printed] = "" if days.issuperset(kept) else " ".join(kept)
        return self._meant[printed]


class EventFacts(dict[str, EventAndEvidence]):
    """Article key → day and evidence of its event, read when it is first asked for.

    Args:
        articles: Of one language, of different ids or equal texts.
        reader: Theirs.
        known: Article key → its facts, where they are known.
    """

    def __init__(self, articles: Sequence[Article], reader: FactReader, known: Mapping[str, Facts]) -> None:
        super().__init__((key, (facts.event, facts.evidence)) for key, facts in known.items())
        self._articles = {article.key: article for article in articles}
        self._reader = reader

    def __missing__(self, key: str) -> EventAndEvidence:
        found = self[key] = self._reader.event_and_evidence(self._articles[key])
        return found


def _counted(printed: str) -> str:
    """Return a figure's meaning, or nothing for what is no news: a year, a number below ten."""
    key = printed.lower().replace(",", "").rstrip(".")
    return "" if re.fullmatch(r"\d|(?:19|20)\d\d", key) else key


def _figures(text: str) -> Iterator[str]:
    for found in _FIGURE.finditer(text):
        before = text[found.start() - 1 : found.start()] if found.start() else ""
        yield (before if before in _CURRENCIES else "") + found[1]


def _different(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what is printed (first of a row) by what it means, as first printed; what means nothing is left out."""
    found: dict[str, str] = {}
    for printed, key in rows:
        if key and key not in found:
            found[key] = printed.rstrip(".,").removesuffix("’s").removesuffix("'s")
    return found
