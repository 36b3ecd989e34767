"""The default themes, read from their data files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from briefing.model import Theme
from briefing.text.package_data import data_text

SLUGS = ("diplomacy", "arms-shipments", "sanctions")  # in the order they are printed


def theme_of(table: Mapping[str, Any]) -> Theme:
    """Return the theme of one ``[[themes]]`` table as TOML gives it, unchecked: settings check a user's own."""
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    plain["pairs"] = tuple((left, right) for left, right in table.get("pairs", ()))
    plain["groups"] = tuple((name, tuple(terms)) for name, terms in table.get("groups", {}).items())
    for key in ("weights", "learnt"):
        plain[key] = tuple((term, float(factor)) for term, factor in table.get(key, {}).items())
    return Theme(**plain)


def _read(slug: str) -> str:
    return data_text("themes", f"{slug}.toml")


def _tables(text: str) -> list[tuple[str, str]]:
    """Return the slug and the text of every theme in a file."""
    parts = [f"[[themes]]{part}" for part in text.split("[[themes]]")[1:]]
    return [(tomllib.loads(part)["themes"][0]["slug"], part.rstrip("\n") + "\n") for part in parts]


def shipped_texts() -> dict[str, str]:
    """Return every theme that comes with the program as a settings file holds it, by slug: the defaults first."""
    return {**{slug: _read(slug) for slug in SLUGS}, **dict(_tables(_read("ready")))}


def shipped_themes() -> tuple[Theme, ...]:
    """Return every theme that comes with the program, the defaults first."""
    return tuple(theme_of(tomllib.loads(text)["themes"][0]) for text in shipped_texts().values())


#: The default themes as a user's settings file holds them.
DEFAULT_THEMES_TEXT = "\n".join(_read(slug) for slug in SLUGS)
#: The default themes, in the order they are printed.
DEFAULT_THEMES: tuple[Theme, ...] = tuple(theme_of(table) for table in tomllib.loads(DEFAULT_THEMES_TEXT)["themes"])
