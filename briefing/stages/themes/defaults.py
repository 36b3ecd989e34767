"""The default themes, read from their data files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from briefing.model import Theme, ThemeWords
from briefing.text.languages import LANGUAGES
from briefing.text.package_data import data_text, has_data

SLUGS = ("diplomacy", "arms-shipments", "sanctions")  # in the order they are printed


def theme_of(table: Mapping[str, Any]) -> Theme:
    """Return the theme of one ``[[themes]]`` table as TOML gives it, unchecked: settings check a user's own."""
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    plain["pairs"] = tuple((left, right) for left, right in table.get("pairs", ()))
    plain["groups"] = tuple((name, tuple(terms)) for name, terms in table.get("groups", {}).items())
    plain["words"] = tuple(_words_of(code, row) for code, row in table.get("words", {}).items())
    for key in ("weights", "learnt"):
        plain[key] = tuple((term, float(factor)) for term, factor in table.get(key, {}).items())
    return Theme(**plain)


def _words_of(code: str, table: Mapping[str, Any]) -> ThemeWords:
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    plain["pairs"] = tuple((left, right) for left, right in table.get("pairs", ()))
    return ThemeWords(code, **plain)


def _read(slug: str) -> str:
    return data_text("themes", f"{slug}.toml")


def _default(slug: str) -> str:
    """Return the text of a default theme, its terms in other languages below."""
    words = (_in_language(slug, code) for code in LANGUAGES if has_data("languages", code, "themes.toml"))
    return "\n".join((_read(slug), *words))


def _in_language(slug: str, code: str) -> str:
    """Return a theme's table of a language's file as a table of the theme."""
    parts = re.split(r"(?m)^\[([\w-]+)\]\n", data_text("languages", code, "themes.toml"))
    return f"[themes.words.{code}]\n{dict(zip(parts[1::2], parts[2::2], strict=True))[slug].strip()}\n"


def _tables(text: str) -> list[tuple[str, str]]:
    """Return the slug and the text of every theme in a file."""
    parts = [f"[[themes]]{part}" for part in text.split("[[themes]]")[1:]]
    return [(tomllib.loads(part)["themes"][0]["slug"], part.rstrip("\n") + "\n") for part in parts]


def shipped_texts() -> dict[str, str]:
    """Return every theme that comes with the program as a settings file holds it, by slug: the defaults first."""
    return {**{slug: _default(slug) for slug in SLUGS}, **dict(_tables(_read("ready")))}


def shipped_themes() -> tuple[Theme, ...]:
    """Return every theme that comes with the program, the defaults first."""
    return tuple(theme_of(tomllib.loads(text)["themes"][0]) for text in shipped_texts().values())


#: The default themes as a user's settings file holds them.
DEFAULT_THEMES_TEXT = "\n".join(_default(slug) for slug in SLUGS)
#: The default themes, in the order they are printed.
DEFAULT_THEMES: tuple[Theme, ...] = tuple(theme_of(table) for table in tomllib.loads(DEFAULT_THEMES_TEXT)["themes"])
