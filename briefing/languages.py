"""One data file per language → `Language`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Language:
    """What a language's data file says: every rule of ours that depends on a language reads it here."""

    code: str  # ISO 639-1
    name: str  # English name, as sumy and the stemmers call it
    stop_words: frozenset[str]  # lower case


@cache
def language(code: str) -> Language:
    """Return the language of an ISO 639-1 code.

    Raises:
        SettingsError: No data file has that code.
    """
    path = resources.files("briefing") / "data" / "languages" / f"{code}.toml"
    if not path.is_file():
        raise SettingsError(f"No language has the code {code!r}.", "Use one of en, de, fr, es, uk, ru.")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Language(code=code, name=data["name"], stop_words=frozenset(data["stop_words"].split()))
