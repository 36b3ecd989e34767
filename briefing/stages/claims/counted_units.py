"""The units of a language: what its figures count, with currencies and bounds; read once from the data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.text.languages import Language
from briefing.text.package_data import data_toml, has_data


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One thing that is counted."""

    name: str  # as printed: "people under arms", "dead"
    nouns: re.Pattern[str] | None  # right after the number and its adjectives
    after: re.Pattern[str] | None  # 'N people were killed'
    before: re.Pattern[str] | None  # 'killed N people'
    things: re.Pattern[str]  # after the number where the verb stands before it
    least: float = 0.0
    has_matter: bool = False  # counts of something: 'tons of grain'


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The numbers and units of a language."""

    number: re.Pattern[str]  # with groups sign, digits, scale, word, share, coin
    scales: Mapping[str, float]
    words: Mapping[str, float]
    currencies: Mapping[str, str]
    bounds: tuple[tuple[str, str], ...]  # (words before the number, "least", "most" or "about"), longest first
    units: tuple[Unit, ...]
    counted: frozenset[str]  # words of all units: a sentence with none of them and no sign has no figure
    signs: re.Pattern[str]
    near: frozenset[str]
    anybody: frozenset[str]  # nouns of dead and wounded that say nothing of who they are
    victims: frozenset[str]  # all such nouns
    common: frozenset[str]  # stems beside every figure of dead and wounded


@cache
def units_of(language: Language) -> Units | None:
    """Return what figures count in a language; None where no data file says it."""
    if not has_data("languages", language.code, "figures.toml"):
        return None
    data = data_toml("languages", language.code, "figures.toml")
    words = _which(data)
    bounds = [(phrase, kind) for kind, listed in data["bounds"].items() for phrase in _listed(listed)]
    return Units(
        number=_number_pattern(data),
        scales=data["numbers"],
        words=data["words"],
        currencies=data["currencies"],
        bounds=tuple(sorted(bounds, key=lambda row: (-len(row[0]), row))),
        units=tuple(_unit(name, row, words) for name, row in data["units"].items()),
        counted=frozenset(
            word
            for row in data["units"].values()
            for part in ("nouns", "after", "before")
            for phrase in _listed(row.get(part, ""))
            for word in phrase.split()[-1:]
        )
        | frozenset(coin for coin in data["currencies"] if coin.isalpha())
        | {"cent", "percent"},
        signs=re.compile(
            "[%" + re.escape("".join(c for c in data["currencies"] if not c.isalpha() and len(c) == 1)) + "]"
        ),
        near=frozenset(_listed(data["where"]["near"])),
        anybody=frozenset(_listed(data["victims"]["anybody"])),
        victims=frozenset(_listed(data["victims"]["anybody"]) + _listed(data["victims"]["named"])),
        common=frozenset(_listed(data["victims"]["common"])),
    )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _number_pattern(data: Mapping[str, Any]) -> re.Pattern[str]:
    signs = _any_of([sign for sign in data["currencies"] if not sign.isalpha()])
    coins = _any_of([coin for coin in data["currencies"] if coin.isalpha()])
    return re.compile(
        rf"(?<![\w.,/$€£-])(?P<sign>{signs})?\s?"
        rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[\s-]?(?P<scale>{_any_of(list(data['numbers']))})\b)?"
        rf"|\b(?P<word>{_any_of(list(data['words']))})\b(?:\s(?P<wordscale>{_any_of(list(data['numbers']))})\b)?)"
        rf"(?:(?P<share>\s?%|\sper\s?cent\b)|(?![\w%])(?!,\s?\d)(?:\s(?P<coin>{coins})\b)?)",
        re.IGNORECASE,
    )


def _which(data: Mapping[str, Any]) -> str:
    """Return the pattern of up to three words that say which: 'Russian', 'heavily armed', 'metric'."""
    never = _any_of([*data["between"]["never"].split(), *data["words"], *data["numbers"]])
    return rf"(?P<which>(?:\s(?!(?:{never}|\d[\w.]*)\b)[\w’'-]+){{0,3}}?)"


def _unit(name: str, row: Mapping[str, Any], which: str) -> Unit:
    things = _any_of(_listed(row.get("things", "")))
    nouns = _any_of(_listed(row.get("nouns", "")))
    after = _any_of(_listed(row.get("after", "")))
    before = _any_of(_listed(row.get("before", "")))
    return Unit(
        name=name,
        nouns=re.compile(rf"{which}\s(?P<noun>{nouns})\b(?:\sof\s(?P<matter>\w+))?", re.IGNORECASE) if nouns else None,
        after=re.compile(rf"{which}(?:\s(?P<noun>{things}|troops|soldiers|servicemen))?\s(?:{after})\b", re.IGNORECASE)
        if after
        else None,
        before=re.compile(rf"\b(?:{before})\s$", re.IGNORECASE) if before else None,
        things=re.compile(rf"(?:\s[\w’'-]+){{0,2}}?\s(?:{things}|troops|soldiers|servicemen)\b"),
        least=float(row.get("least", 0)),
        has_matter=bool(row.get("of", False)),
    )
