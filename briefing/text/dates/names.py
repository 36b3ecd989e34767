"""Names of months, days and zones in any language, as dates are stated in feeds, mail and pages."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from briefing.text.languages import LANGUAGES, language
from briefing.text.package_data import data_toml


@dataclass(frozen=True, slots=True, eq=False)
class DateNames:
    """What the words of a stated date mean; all forms in lower case, with and without their accents."""

    months: dict[str, int]  # 1 to 12
    meaningless: frozenset[str]  # weekdays, "at", "Uhr"
    ordinals: frozenset[str]  # what may follow a number: "st", "º"
    zones: dict[str, tzinfo]
    shared: frozenset[str]  # names of several zones


@cache
def date_names() -> DateNames:
    """Return the names of every language with a data file and of ``data/dates.toml``."""
    data = data_toml("dates.toml")
    meanings: dict[str, set[int]] = defaultdict(set)
    weekdays = set(data["weekdays"].split())
    for number, forms in enumerate(data["months"], 1):
        for form in forms.split():
            meanings[form].add(number)
    for code in LANGUAGES:
        words = language(code)
        for form, number in words.months.items():
            meanings[form.rstrip(".")].add(number)
        weekdays |= {form.rstrip(".") for form in words.weekdays}
    months = {form: next(iter(numbers)) for form, numbers in meanings.items() if len(numbers) == 1}
    zones: dict[str, tzinfo] = {name: timezone(timedelta(hours=hours)) for name, hours in data["zones"].items()}
    zones |= {name: ZoneInfo(place) for name, place in data["places"].items()}
    plain = weekdays | set(data["fillers"].split())
    return DateNames(
        months={unaccented(form): number for form, number in months.items()} | months,
        meaningless=frozenset(plain | set(map(unaccented, plain))),
        ordinals=frozenset(data["ordinals"].split()),
        zones=zones,
        shared=frozenset(data["shared_zones"]["names"].split()),
    )


def unaccented(word: str) -> str:
    """Return a word without the marks on its Latin letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
