"""Loads and validates `briefing.toml`; every mistake is reported with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from briefing.errors import SettingsError
from briefing.settings.mistakes import locate, mistake_of, quoted, refusal, twins
from briefing.settings.notices import notices_of
from briefing.settings.sections import Settings, ThemeSection
from briefing.settings.toml_errors import explain
from briefing.settings.values import LEAST_CONTRAST, contrast_on_white, is_address, nearest_readable
from briefing.text.package_data import data_text
from briefing.text.printable import one_line

__all__ = [
    "DEFAULT_NAME",
    "LARGEST_FILE",
    "LEAST_CONTRAST",
    "Settings",
    "ThemeSection",
    "contrast_on_white",
    "default_file",
    "is_address",
    "locate",
    "nearest_readable",
    "read_settings",
]

LARGEST_FILE = 1_000_000  # bytes; a settings file is a few kilobytes
DEFAULT_NAME = "briefing.toml"

# The parser's time grows with the square of a dotted key's parts: 24 s for 100,000.
_DEEP_KEY = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){50}")


def read_settings(
    path: Path | None = None,
    *,
    methods: Collection[str] | None = None,
    formats: Collection[str] | None = None,
    default_themes: Collection[str] = (),
) -> Settings:
    """Return the settings of a file; of `./briefing.toml` if it is there and no path is given, else the defaults.

    Args:
        path: The file; None for the default place.
        methods: Names a ranking method may have; None accepts any.
        formats: Names an output may have; None accepts any.
        default_themes: Slugs of the themes that apply where the file has none.

    Raises:
        SettingsError: The file cannot be read, or says something it may not; names file, line and key.
    """
    if path is None:
        path = Path(DEFAULT_NAME)
        if not path.exists():
            return Settings()
    path = Path(path)
    text = _text_of(path)
    data = _parsed(path, text)
    mistakes = [*twins(text, data)]
    ours = [name for name in ("folder", "notices") if data.pop(name, None) is not None]
    mistakes += [(locate(text, (name,)), f"{name} is not a setting.") for name in ours]
    try:
        read = Settings.model_validate(data, context={"methods": methods, "formats": formats})
    except ValidationError as error:
        raise refusal(path, text, [*mistakes, *(mistake_of(text, e) for e in error.errors())]) from error
    if mistakes:
        raise refusal(path, text, mistakes)
    read = read.model_copy(update={"folder": path.resolve().parent})
    if read.brand.logo and not (read.folder / read.brand.logo).is_file():
        raise refusal(path, text, [(locate(text, ("brand", "logo")), f"brand.logo: {read.brand.logo} is not a file.")])
    return read.model_copy(update={"notices": notices_of(read, text, path, default_themes)})


def default_file(themes: str) -> str:
    """Return a commented `briefing.toml` with every setting at its default, followed by the text of ``themes``."""
    return data_text("briefing.toml") + themes


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise SettingsError(f"{path} does not exist.", "Run `briefing init` to write one.", code="E_CONFIG") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.", code="E_CONFIG") from error
    if len(data) > LARGEST_FILE:
        raise SettingsError(f"{path} is too large for a settings file.", code="E_CONFIG")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text.", "Save it as UTF-8.", code="E_CONFIG") from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise SettingsError(f"{path}:{line} is nested too deeply.", "Fix that line.", code="E_CONFIG")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError alone: a number of more digits than Python reads
        found = explain(text, error)
        message = f"{path}:{found.line}: {one_line(found.cause)}.{quoted(text, found.line)}"
        raise SettingsError(message, one_line(found.hint), code="E_CONFIG") from error
