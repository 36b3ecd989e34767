"""The words by which a language announces what is to come; read once from its data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefing.text.dates import speaks_of_future
from briefing.text.languages import Language
from briefing.text.package_data import data_toml, has_data

_FILE = "announcements.toml"
_NOTHING = re.compile(r"(?!)")
_BEFORE = 80  # code points before a day in which a verb says what goes on


@dataclass(frozen=True, slots=True, eq=False)
class Announcing:
    """How a language's sentences and headlines announce; patterns that match nothing where it has no data."""

    language: Language
    sentence: re.Pattern[str] = _NOTHING
    under_way: re.Pattern[str] = _NOTHING
    headline: re.Pattern[str] = _NOTHING
    in_a_month: re.Pattern[str] = _NOTHING
    headline_verb: tuple[str, str] = ("", "")  # what a headline leaves out, as it stands and in full
    periods: tuple[str, ...] = ()  # words before "week" and the like: a span, over with its last day

    def announces(self, text: str) -> bool:
        """Return whether a sentence announces something."""
        return self.sentence.search(text) is not None

    def heads(self, title: str) -> bool:
        """Return whether a headline announces something without a verb of the future: 'Brand and Kresh to meet'."""
        return self.headline.search(title) is not None

    def in_full(self, title: str) -> str:
        """Return a headline with the verb it leaves out."""
        short, full = self.headline_verb
        return title.replace(short, full, 1) if short else title

    def comes(self, text: str, start: int, end: int) -> bool:
        """Return whether a sentence speaks of a day, its article's own too, as to come or going on."""
        ahead = speaks_of_future(text, start, end, self.language)
        return ahead or self.under_way.search(text[max(0, start - _BEFORE) : start]) is not None

    def is_a_day(self, text: str, start: int) -> bool:
        """Return whether a date named at a place is one day: "next week" stands for its first."""
        return not (self.periods and text[start:].lower().startswith(self.periods))

    def months(self, text: str) -> Iterator[int]:
        """Yield the months for which a text announces something, 1 to 12: 'will meet in March'."""
        for found in self.in_a_month.finditer(text):
            if speaks_of_future(text, found.start(1), found.end(1), self.language):
                yield self.language.months[found[1].lower()]


@cache
def announcing_in(language: Language) -> Announcing:
    """Return how a language announces; of one without data only the days it names tell."""
    if not has_data("languages", language.code, _FILE):
        return Announcing(language)
    data = data_toml("languages", language.code, _FILE)
    leads, names = "|".join(data["month_leads"].split()), _month_names(language, data["capital_months"])
    return Announcing(
        language,
        sentence=_pattern(data["sentence"]),
        under_way=_pattern(data.get("under_way", "")),
        headline=_pattern(data.get("headline", "")),
        in_a_month=re.compile(rf"\b(?:{leads}) ({names})\b(?! \d{{4}})"),
        headline_verb=tuple(data.get("headline_verb", ("", ""))),
        periods=tuple(f"{word} " for word in data.get("periods", "").split()),
    )


def _pattern(lines: str) -> re.Pattern[str]:
    """Return the pattern that its lines are, one after the other."""
    joined = "".join(line.strip("\n") for line in lines.splitlines())
    return re.compile(joined) if joined else _NOTHING


def _month_names(language: Language, capital: bool) -> str:
    """Return the written-out names of months, which are no other words where they have capitals."""
    longest: dict[int, str] = {}
    for form, number in language.months.items():
        longest[number] = max(longest.get(number, ""), form, key=len)
    names = {form for form, number in language.months.items() if len(form) > 4 or form == longest[number]}
    return "|".join(sorted((name.capitalize() if capital else name for name in names), key=lambda n: (-len(n), n)))
