"""Why two articles belong together, in words a reader can check: the names, figures and days both have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from briefing.languages import Language
from briefing.model import Article, Link
from briefing.names import Names
from briefing.stories.background import background

MOST = (4, 3)  # names and figures printed for one link
#: Characters of an article that reasons are looked for in: what they agree on further down is seldom the event.
REACH = 1500

_POSSESSIVE = re.compile(r"[’']s\b")
# A run of capitalised words inside a sentence: its first word can be anything. The pattern begins with what is
# quickly looked for.
_NAME = re.compile(r" (?<=[\w,] )([A-Z][\w’'-]+(?:\s(?:of|de|bin|al)?\s?[A-Z][\w’'-]+){0,3})")
_FIGURE = re.compile(
    r"(\d[\d.,]*\d?(?:\s(?:percent|per cent|[mb]illion|trillion|dollars|euros|tons|tonnes|miles)|[%KMkm]\b)?)"
)
_CURRENCIES = "$€£"


class Reasons:
    """Finds what two articles of one language share; reads each article once.

    Args:
        language: Of the articles.
        names: Their spellings.
        events: Article id → the day of the event its opening names, and its words.
    """

    def __init__(self, language: Language, names: Names, events: Mapping[str, tuple[date, str]]) -> None:
        self._language, self._names, self._events = language, names, events
        self._rarity = background(language.code).rarity
        self._read: dict[str, tuple[Mapping[str, str], ...]] = {}
        self._rarities: dict[str, float] = {}
        self._meant: dict[str, str] = {}  # names as printed → as compared; news repeats them

    def link(self, a: Article, b: Article, similarity: float) -> Link:
        """Return the link between two articles, with what they share as the first one prints it."""
        ours, others = self._events.get(a.id), self._events.get(b.id)
        day, words = ours if ours and others and ours[0] == others[0] else (None, "")
        shared: list[str] = []
        for mine, theirs, most in zip(self._facts(a), self._facts(b), MOST, strict=True):
            both = mine.keys() & theirs.keys()
            rarest = sorted(both, key=self._rarest_first) if len(both) > 1 else both
            shared += [mine[key] for key in islice(_whole(rarest), most)]
        return Link(a.id, b.id, round(similarity, 3), tuple(dict.fromkeys(shared)), day, words)

    def _rarest_first(self, key: str) -> tuple[float, str]:
        if key not in self._rarities:
            self._rarities[key] = -sum(self._rarity(word) for word in key.split())
        return self._rarities[key], key

    def _facts(self, article: Article) -> tuple[Mapping[str, str], ...]:
        """Return the names and figures of an article: what they mean → as first printed."""
        if article.id not in self._read:
            text = f"{article.title}\n{article.body[:REACH]}"
            named = _different((found[1], self._named(found[1])) for found in _NAME.finditer(text))
            counted = _different((printed, _counted(printed)) for printed in _figures(text))
            self._read[article.id] = named, counted
        return self._read[article.id]

    def _named(self, printed: str) -> str:
        if printed not in self._meant:
            words = self._names.canonical(_POSSESSIVE.sub("", printed.lower()).split())
            # A weekday or month is no name: which day it means is said where the event's is known.
            kept = [word for word in words if word not in self._language.stop_words]
            days = self._language.weekdays.keys() | self._language.months.keys()
            self._meant[printed] = "" if days.issuperset(kept) else " ".join(kept)
        return self._meant[printed]


def _whole(keys: Collection[str]) -> Iterator[str]:
    """Yield keys but those whose words another one has: Blinken beside Antony Blinken."""
    longer = [set(key.split()) for key in keys if " " in key]
    return (
        key
        for key in keys
        if not any(words.issuperset(key.split()) and len(words) > key.count(" ") + 1 for words in longer)
    )


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
