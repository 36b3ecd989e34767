"""How far apart in time two articles are: by their publication, and by the day of the event they report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from briefing.languages import Language
from briefing.model import Article
from briefing.stories.likeness import OPENING_WORDS, Floats
from briefing.stories.texts import Indices
from briefing.when import dates_in

#: Days before its publication in which an article's event is looked for: an older date is background.
LATELY = 14
#: Different event days part two articles by at most this: a text names days that are not its event's.
EVENT_DAYS_APART = 4
#: Characters the first `OPENING_WORDS` words are looked for in: no run of words is longer.
_REACH = 8 * OPENING_WORDS
#: Characters around a day's name that decide which day is meant.
_AROUND = 100
_RELATIVE = "today tonight yesterday morning afternoon evening overnight ago week"


def event_named(article: Article, language: Language) -> tuple[date, str] | None:
    """Return the first day an article's title or opening names that is not to come and not long past, and its words."""
    if article.published is None:
        return None
    published = article.published.date()
    opening = article.body[:_REACH].split(maxsplit=OPENING_WORDS)[:OPENING_WORDS]
    text = f"{article.title}\n{' '.join(opening)}"
    for start, end in _windows(text, language):
        for a, b, day in dates_in(text[start:end], published, language):
            if 0 <= (published - day).days <= LATELY:
                return day, text[start + a : start + b]
    return None


def _windows(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that may name a day; reading all of it for dates costs more than the rest of a run."""
    end = 0
    for found in _hints(language).finditer(text):
        if found.end() > end:
            start, end = max(end, found.start() - _AROUND), found.end() + _AROUND
            yield start, end


@cache
def _hints(language: Language) -> re.Pattern[str]:
    words = {*language.weekdays, *language.months, *_RELATIVE.split()}
    forms = sorted({form for w in words for form in (w, w.capitalize())}, key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b|\d{{4}}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of articles as numbers, NaN where they are not known."""

    published: Floats
    events: Floats

    @classmethod
    def of(cls, articles: Sequence[Article], language: Language, known: Mapping[str, date]) -> Days:
        """Return the days of articles; ``known`` gives the event's by article id, the text the others'."""
        events = [known.get(a.id) or _event_day(a, language) for a in articles]
        return cls(
            published=np.array([a.published.toordinal() if a.published else np.nan for a in articles], float),
            events=np.array([day.toordinal() if day else np.nan for day in events], float),
        )

    def nearness(self, a: Indices, b: Indices, days: float) -> Floats:
        """Return the factors for pairs, 1.0 on one day, .61 at ``days`` apart; 1.0 where one is undated."""
        published = np.abs(self.published[a] - self.published[b])
        events = np.minimum(np.abs(self.events[a] - self.events[b]), EVENT_DAYS_APART)
        apart = np.where(np.isnan(published), 0.0, np.fmax(published, events))
        return np.asarray(np.exp(-((apart / days) ** 2) / 2))


def _event_day(article: Article, language: Language) -> date | None:
    found = event_named(article, language)
    return found[0] if found else None
