"""The distance in time of two articles: by publication, and by the day of the event they report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate, compress, count

import numpy as np

from briefing.model import Article
from briefing.stages.stories.likeness import OPENING_WORDS
from briefing.stages.stories.ragged import Floats, Indices, Truths
from briefing.text.dates import dates_in
from briefing.text.languages import Language
from briefing.text.package_data import data_toml, has_data

#: Days before its publication in which an article's event is looked for: an older date is background.
LATELY = 14
#: Different event days part two articles by at most this: a text names days that are not its event's.
EVENT_DAYS_APART = 4
#: Factors of pairs whose openings name the same day of the event, days one, two, and more apart. Of what was published
#: on one day, the day before counts more: one report names the day of the event, another that of a statement on it.
#: Tuned with the next two on half of the weeks of the labelled pairs (docs/stories.md has the other half).
EVENT_DAY = np.array((1.4, 0.4, 0.3, 0.2))
DAY_BEFORE = 0.65
#: Days of publication after the first that are .61 as near, where both name the day.
FOLLOWING_DAYS = 2.0
#: Factor on one day where one names none, and the days after which it is .61 of that.
UNNAMED, UNNAMED_DAYS = 0.85, 1.1
#: What is told a day later is a next step more often than the same: each day's exponent, and the days that count.
LATER, MOST_LATER = 0.6, 4
#: Least factor where the one names the day the other was published on, and that one none.
OWN_DAY = 0.6
#: Characters the first `OPENING_WORDS` words are looked for in: no run of words is longer.
_REACH = 8 * OPENING_WORDS
#: Characters around a day's name that decide which day is meant.
_AROUND = 100
_MEMORY = 100_000  # runs remembered; a day of news has fewer


def event_named(article: Article, language: Language) -> tuple[date, str] | None:
    """Return the first day an article's title or opening names that is not to come and not long past, and its words."""
    if article.published is None:
        return None
    published = article.published.date()
    words = [*article.title.split(), *article.text[:_REACH].split(maxsplit=OPENING_WORDS)[:OPENING_WORDS]]
    hinted = list(compress(count(), map(_hinting(language).__getitem__, words)))
    text = " ".join(words) if hinted else ""
    ends = list(accumulate(map(len, words))) if hinted else []
    for start, end in _windows([(ends[n] + n - len(words[n]), ends[n] + n) for n in hinted]):
        for a, b, day in dates_in(text[start:end], published, language):
            said, is_late = text[start + a : start + b], 0 <= (published - day).days <= LATELY
            if is_late and not is_span(said, language) and not _is_earlier(text[: start + a], language.code):
                return day, said
    return None


def _is_earlier(before: str, code: str) -> bool:
    """Return whether the text before a day's name says that what it dates came before the event."""
    earlier = _pluperfect(code)
    return earlier is not None and earlier.search(before[-_AROUND:]) is not None


@cache
def _pluperfect(code: str) -> re.Pattern[str] | None:
    """Return what stands before a day in the pluperfect: "had come to the capital on"."""
    if not has_data("languages", code, "evidence.toml"):
        return None
    words = data_toml("languages", code, "evidence.toml")
    had, forms, finite = ("|".join(words[key].split()) for key in ("pluperfect", "participles", "finite"))
    between = rf"(?:(?!\b(?:{finite})\b)[^.!?]){{0,60}}"
    return re.compile(rf"\b(?:{had})\s(?:[a-z]{{2,12}}\s)?(?:[a-z]{{2,12}}ed|{forms})\b{between}$")


def is_span(words: str, language: Language) -> bool:
    """Return whether words such as "last week" name more than a day: that is when background was, not the event."""
    return words.rpartition(" ")[2].lower() in language.periods


def _windows(hints: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that may name a day; searching all of it would cost more than the rest of a run."""
    end = 0
    for first, last in hints:
        if last > end:
            start, end = max(end, first - _AROUND), last + _AROUND
            yield start, end


class _Hinting(dict[str, bool]):
    """A cached test: may this run of characters belong to the name of a day."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        words = {*language.weekdays, *language.months, *language.day_words, *language.day_hints}
        forms = sorted({form for w in words for form in (w, w.capitalize())}, key=lambda w: (-len(w), w))
        self._hint = re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b|\d{{4}}-\d\d-\d\d")

    def __missing__(self, run: str) -> bool:
        if len(self) > _MEMORY:
            self.clear()
        hints = self[run] = self._hint.search(run) is not None
        return hints


@cache
def _hinting(language: Language) -> _Hinting:
    return _Hinting(language)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of articles as numbers, NaN where they are not known."""

    published: Floats
    events: Floats
    named: Mapping[str, tuple[date, str]]  # article key → the day of its event and the words that name it

    @classmethod
    def of(
        cls,
        articles: Sequence[Article],
        language: Language,
        known: Mapping[str, date],
        read: Mapping[str, tuple[date, str] | None] | None = None,
    ) -> Days:
        """Return the days of articles.

        Args:
            articles: Of one language.
            language: Which.
            known: Article key → day of its event, where that is known better than from its text.
            read: Article key → what `event_named` found in it; the other articles are read.
        """
        events = {a.key: read[a.key] if read and a.key in read else event_named(a, language) for a in articles}
        named = {key: found for key, found in events.items() if found}
        days = [known.get(a.key) or named.get(a.key, (None,))[0] for a in articles]
        return cls(
            published=np.array([a.published.toordinal() if a.published else np.nan for a in articles], float),
            events=np.array([day.toordinal() if day else np.nan for day in days], float),
            named=named,
        )

    def one_event(self, a: Indices, b: Indices) -> Floats:
        """Return the factors for pairs by how likely they report one event: more than 1.0 when both name its day.

        Where both openings name a day that says more than the days of publication, of which one may follow the other.
        """
        published = np.nan_to_num(np.abs(self.published[a] - self.published[b]))
        events = np.abs(self.events[a] - self.events[b])
        named = EVENT_DAY[np.minimum(np.nan_to_num(events), len(EVENT_DAY) - 1).astype(np.int64)]
        named = np.where((events == 1) & (published == 0), DAY_BEFORE, named)
        named = named * _decay(np.maximum(published - 1, 0), FOLLOWING_DAYS)
        found = np.where(np.isnan(events), UNNAMED * _decay(published, UNNAMED_DAYS), named)
        found = found * np.exp(-LATER * np.minimum(published, MOST_LATER))
        found = np.where(self._of_that_day(a, b), np.maximum(found, OWN_DAY), found)
        return np.where(np.isnan(self.published[a] + self.published[b]), 1.0, found)

    def _of_that_day(self, a: Indices, b: Indices) -> Truths:
        """Return whether of two articles of different days one names the day the other was published on, and that
        one names none: a report that names no day is of its own."""
        days = np.where(np.isnan(self.events), self.published, self.events)
        one_names = np.isnan(self.events[a]) != np.isnan(self.events[b])
        return np.asarray(one_names & (days[a] == days[b]) & (self.published[a] != self.published[b]))

    def published_apart(self, ones: Sequence[int], others: Sequence[int], days: float) -> Floats:
        """Return the factors of some articles (rows) with others (columns) by their days of publication."""
        apart = np.abs(self.published[list(ones)][:, None] - self.published[list(others)])
        return _decay(np.nan_to_num(apart), days)


def _decay(apart: Floats, days: float) -> Floats:
    return np.asarray(np.exp(-((apart / days) ** 2) / 2))
