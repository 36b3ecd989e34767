"""Recognises files this program wrote itself: editions and settings are not read as articles."""

from __future__ import annotations

import os
import re

from briefing.sources.beneath import file_in, folder_in

#: Settings, the lock, the store and what its database puts beside it.
_NAMES = re.compile(r"briefing\.toml|\.briefing\.lock|briefing\.sqlite(?:-\w+|\.\w+)?")
_ISSUE = "briefing.json"
_OUTPUTS = ("briefing.", "email.")  # how the files beside an issue file begin
_DRAFT, _SHEET = "draft.json", "edition.md"
_DIGESTS = "digests"
_ARCHIVE = frozenset({"index.html", "feed.xml", "search"})  # beside the folders of editions
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OPENING = re.compile(rb'\s*\{\s*"schema"\s*:\s*\d')  # of an issue file; a JSON Feed has no such key


def is_own(folder: int, name: str) -> bool:
    """Return whether a file is a settings file, the store, or part of an edition or the archive.

    Only the names that are written count, and only beside an issue file: an article that lies there is still read.

    Args:
        folder: The handle of its folder.
        name: Its name there.
    """
    if _NAMES.fullmatch(name):
        return True
    if name in _ARCHIVE:
        return _holds_editions(folder)
    if name in (_DRAFT, _SHEET):
        return _holds_issue(folder, _DRAFT)
    return (name == _DIGESTS or name.startswith(_OUTPUTS)) and _holds_issue(folder)


def _holds_editions(folder: int) -> bool:
    try:
        with os.scandir(folder) as listing:
            return any(_DAY.fullmatch(entry.name) and _is_edition(folder, entry.name) for entry in listing)
    except OSError:
        return False


def _is_edition(folder: int, name: str) -> bool:
    try:
        with folder_in(folder, name) as edition:
            return _holds_issue(edition)
    except OSError:  # a file, or a link
        return False


def _holds_issue(folder: int, name: str = _ISSUE) -> bool:
    try:
        handle = file_in(folder, name)
    except OSError:
        return False
    try:
        return bool(_OPENING.match(os.read(handle, 200)))
    except OSError:  # a folder
        return False
    finally:
        os.close(handle)
