"""The labels of the page, and its dates, in the language of the edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from briefing.errors import SettingsError
from briefing.model import PAGE_LANGUAGES
from briefing.text.package_data import data_toml


def _one_other(n: int) -> int:
    return 0 if n == 1 else 1


def _zero_one_other(n: int) -> int:
    return 0 if n in (0, 1) else 1


def _one_few_many(n: int) -> int:
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


# The plural rules of Unicode CLDR for whole numbers, as far as our languages need them.
_PLURALS: dict[str, Callable[[int], int]] = {
    "one-other": _one_other,
    "zero-one-other": _zero_one_other,
    "one-few-many": _one_few_many,
}


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of one language."""

    code: str  # ISO 639-1
    phrases: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]
    plural_rule: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]  # Monday first
    languages: Mapping[str, str]  # code → name, "unknown" too
    patterns: Mapping[str, str]  # of dates: full, long, short, tiny, moment, span, first_day, decimal
    themes: Mapping[str, Mapping[str, str]]  # slug of a shipped theme → its name and description
    issue: Mapping[str, str]  # templates of what the issue file says in English
    codes: Mapping[str, str]  # code → what it means for an input; empty in English, where the messages say it

    def say(self, key: str, **names: object) -> str:
        """Return a label with its placeholders filled in; an unknown key is a bug and raises KeyError."""
        return self.phrases[key].format(**names)

    def count(self, key: str, n: int, **values: object) -> str:
        """Return a number with its noun, such as "12 articles"; ``values`` fill what else the phrase holds."""
        return self.plurals[key][_PLURALS[self.plural_rule](n)].format(n=n, **values)

    def language(self, code: str) -> str:
        """Return the name of a language; its code where it has no name here, "" is an unknown one."""
        return self.languages.get(code or "unknown", code)

    def day(self, day: date, style: str = "long") -> str:
        """Return a day in words; style "full" has the weekday, "short" and "tiny" the short month, "tiny" no year."""
        months = self.months if style in ("full", "long") else self.months_short
        return self.patterns[style].format(
            weekday=self.weekdays[day.weekday()],
            day=self.patterns["first_day"] if day.day == 1 else day.day,
            month=months[day.month - 1],
            year=day.year,
        )

    def moment(self, day: date, hour: int, minute: int) -> str:
        """Return a day in words with the time, hours 0 to 23."""
        return self.patterns["moment"].format(date=self.day(day), time=f"{hour:02}:{minute:02}")

    def span(self, first: date, last: date) -> str:
        """Return two days in words, or one when they are the same."""
        if first == last:
            return self.day(first)
        return self.patterns["span"].format(first=self.day(first), last=self.day(last))


@cache
def words(code: str) -> Words:
    """Return the labels of a language.

    Raises:
        SettingsError: There are none in that language.
    """
    if code not in PAGE_LANGUAGES:
        raise SettingsError(
            f"The page has no words in the language {code!r}.", f"Use one of {', '.join(PAGE_LANGUAGES)}."
        )
    data = data_toml("labels", f"{code}.toml")
    dates, plurals = data["dates"], data["plurals"]
    return Words(
        code=code,
        phrases=data["say"],
        plurals={key: tuple(forms) for key, forms in plurals.items() if key != "rule"},
        plural_rule=plurals["rule"],
        months=tuple(dates["months"]),
        months_short=tuple(dates["months_short"]),
        weekdays=tuple(dates["weekdays"]),
        languages=data["languages"],
        patterns={key: value for key, value in dates.items() if isinstance(value, str)},
        themes=data["themes"],
        issue=data["issue"],
        codes=data.get("codes", {}),
    )


@cache
def desk_words(code: str) -> Words:
    """Return the labels of the desk in a language, beside those of the page.

    Raises:
        SettingsError: There are none in that language.
    """
    page, data = words(code), data_toml("desk", f"{code}.toml")
    plurals = {key: tuple(forms) for key, forms in data["plurals"].items()}
    return replace(page, phrases={**page.phrases, **data["say"]}, plurals={**page.plurals, **plurals})
