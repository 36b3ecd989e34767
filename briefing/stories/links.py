"""Why two articles belong together, in words a reader can check: the names, figures and days both have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from briefing.languages import Language
from briefing.model import Article, Link
from briefing.names import Names
from briefing.stories.background import background
from briefing.stories.days import event_named

MOST = (4, 3, 1)  # names, figures and days printed for one link
#: Characters of an article that reasons are looked for in: what they agree on further down is seldom the event.
REACH = 1500

_POSSESSIVE = re.compile(r"[’']s\b")
# A run of capitalised words inside a sentence: its first word can be anything.
_NAME = re.compile(r"(?<=[\w,] )[A-Z][\w’'-]+(?:\s(?:of|de|bin|al)?\s?[A-Z][\w’'-]+){0,3}")
_FIGURE = re.compile(
    r"[$€£]?\d[\d.,]*\d?(?:\s(?:percent|per cent|[mb]illion|trillion|dollars|euros|tons|tonnes|miles)|[%KMkm]\b)?"
)


class Reasons:
    """Finds what two articles of one language share; reads each article once."""

    def __init__(self, language: Language, names: Names) -> None:
        self._language, self._names = language, names
        self._rarity = background(language.code).rarity
        self._read: dict[str, tuple[Mapping[str, str], ...]] = {}

    def link(self, a: Article, b: Article, similarity: float) -> Link:
        """Return the link between two articles, with what they share as the first one prints it."""
        shared: list[str] = []
        for mine, theirs, most in zip(self._facts(a), self._facts(b), MOST, strict=True):
            both = _whole(sorted(mine.keys() & theirs.keys(), key=self._rarest_first))
            shared += [mine[key] for key in both[:most]]
        return Link(a.id, b.id, round(similarity, 3), tuple(dict.fromkeys(shared)))

    def _rarest_first(self, key: str) -> tuple[float, str]:
        return -sum(self._rarity(word) for word in key.split()), key

    def _facts(self, article: Article) -> tuple[Mapping[str, str], ...]:
        """Return the names, figures and days of an article: what they mean → as first printed."""
        if article.id not in self._read:
            text = f"{article.title}\n{article.body[:REACH]}"
            event = event_named(article, self._language)
            days = {event[0].isoformat(): event[1]} if event else {}
            self._read[article.id] = _printed(_NAME, text, self._named), _printed(_FIGURE, text, _counted), days
        return self._read[article.id]

    def _named(self, printed: str) -> str:
        words = self._names.canonical(_POSSESSIVE.sub("", printed.lower()).split())
        return " ".join(word for word in words if word not in self._language.stop_words)


def _whole(keys: list[str]) -> list[str]:
    """Return keys without those whose words another one has: Blinken beside Antony Blinken."""
    words = {key: set(key.split()) for key in keys}
    return [key for key in keys if not any(words[key] < words[other] for other in keys)]


def _counted(printed: str) -> str:
    """Return a figure's meaning, or nothing for what is no news: a year, a number below ten."""
    key = printed.lower().replace(",", "").rstrip(".")
    return "" if re.fullmatch(r"\d|(?:19|20)\d\d", key) else key


def _printed(pattern: re.Pattern[str], text: str, meaning: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in pattern.finditer(text):
        key = meaning(match[0])
        if key:
            found.setdefault(key, match[0].rstrip(".,").removesuffix("’s").removesuffix("'s"))
    return found
