"""Reads the package's data files: the only module that opens anything below `briefing/data`."""

from __future__ import annotations

import gzip
import json
import tomllib
from importlib import resources
from typing import Any

_FOLDER = resources.files("briefing") / "data"


def has_data(*parts: str) -> bool:
    """Return whether the package ships a file at that place below its data folder."""
    return _FOLDER.joinpath(*parts).is_file()


def data_folders(*parts: str) -> tuple[str, ...]:
    """Return the names of the folders at a place below the data folder, sorted."""
    return tuple(sorted(entry.name for entry in _FOLDER.joinpath(*parts).iterdir() if entry.is_dir()))


def data_text(*parts: str) -> str:
    """Return a data file as text (UTF-8), unpacked where its name ends in ``.gz``."""
    content = _FOLDER.joinpath(*parts).read_bytes()
    return (gzip.decompress(content) if parts[-1].endswith(".gz") else content).decode("utf-8")


def data_toml(*parts: str) -> dict[str, Any]:
    """Return the tables of a TOML data file."""
    return tomllib.loads(data_text(*parts))


def data_json(*parts: str) -> Any:
    """Return the value of a JSON data file, packed or not."""
    return json.loads(data_text(*parts))
