"""Walks the PATHs given and returns what is below them; links are named, never followed.

Folders are held by handles while they are walked, and each file is reached from its PATH by handles again: whatever is
put in a folder's place meanwhile, no link is followed in any part.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from heapq import nsmallest
from pathlib import Path

from briefing.errors import SourceError
from briefing.model import Note
from briefing.sources.beneath import Root, folder_in, listed, root_of
from briefing.sources.files import FoundFile, unreadable
from briefing.sources.opened import shown_name
from briefing.sources.own_files import is_own

MAX_DEPTH = 100  # levels of folders below a PATH; each holds a handle while it is walked
MAX_FILES = 100_000  # files and folders below a PATH

#: Files and folders that editors and systems leave behind; their content is no article.
_LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def find(
    paths: Sequence[Path | str],
    suffixes: frozenset[str],
    *,
    leave_out: Sequence[Path | str] = (),
    on_skipped: Callable[[str], None] | None = None,
) -> tuple[FoundFile, ...]:
    """Return every file under the PATHs, in the order given and then by name, and what was skipped.

    Args:
        paths: Files and folders. A folder is walked `MAX_DEPTH` levels deep and up to `MAX_FILES` names; links found
            in it are never followed.
        suffixes: Endings of the files that are read: a folder with such a name is mentioned.
        leave_out: Files and folders below the PATHs that are no input, such as the one editions are written to.
        on_skipped: Called with the key of each of these, and of all else that is this program's own.

    Raises:
        SourceError: A PATH does not exist or cannot be looked at.
    """
    others = frozenset(os.path.realpath(path) for path in leave_out)
    groups = [tuple(_under(os.fspath(path), suffixes, others)) for path in dict.fromkeys(paths)]
    if on_skipped:
        for path in dict.fromkeys(found.path for group in groups for found in group if found.own):
            on_skipped(path)
    groups = [tuple(found for found in group if not found.own) for group in groups]
    return tuple(found for group in _distinct(groups, paths) for found in group)


def _under(path: str, suffixes: frozenset[str], others: frozenset[str]) -> Iterator[FoundFile]:
    folder, name = os.path.dirname(path) or ".", os.path.basename(path)
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            yield from _Walk(root_of(path), suffixes, others).files()
            return
        root = root_of(folder)
    except OSError as error:
        if os.path.islink(path):
            yield FoundFile(name, root_of(folder), name, _link_note(shown_name(name), path))
            return
        raise _missing(path, error) from error
    if os.path.realpath(path) in others or _is_own_in(root, name):
        yield FoundFile(name, root, name, own=True)
    elif os.path.islink(path):
        note = _link_note(shown_name(name), path)
        # A link given by name is the desk's own choice; it is still held to its folder.
        inside = note.code.startswith("W")
        below = os.path.relpath(os.path.realpath(path), root.place) if inside else name
        yield FoundFile(name, root, below, None if inside else note)
    else:
        yield FoundFile(name, root, name)


def _is_own_in(root: Root, name: str) -> bool:
    try:
        with listed(root) as folder:
            return is_own(folder, name)
    except OSError:  # its folder may not be listed: no edition of ours
        return False


def _missing(path: str, error: OSError) -> SourceError:
    shown = shown_name(path)
    if error.errno == errno.EACCES:
        return SourceError(
            f"{shown} cannot be read: permission denied.", f"Allow it with chmod +r {shown}.", code="E_PERMISSION"
        )
    return SourceError(
        f"There is no file or folder {shown}.",
        "Check the spelling, or list what is there with ls.",
        code="E_NOT_FOUND",
    )


class _Walk:
    """A recursive walk of a folder, held by handles.

    Args:
        root: The folder.
        suffixes: Endings of the files that are read.
        others: Paths without links that are no input.
    """

    def __init__(self, root: Root, suffixes: frozenset[str], others: frozenset[str]) -> None:
        self.root = root
        self.suffixes = suffixes
        self.others = others
        self.left = MAX_FILES

    def files(self) -> Iterator[FoundFile]:
        """Yield what is below the root; of more than `MAX_FILES`, the first by name and one that says so."""
        try:
            with listed(self.root) as handle:
                yield from self._below(handle, "", 1)
        except OSError as error:
            yield self._found(".", unreadable(".", error))

    def _found(self, path: str, note: Note | None = None, *, own: bool = False) -> FoundFile:
        return FoundFile(path, self.root, path, note, own)

    def _below(self, handle: int, prefix: str, depth: int) -> Iterator[FoundFile]:
        with os.scandir(handle) as listing:
            entries = nsmallest(self.left + 1, listing, key=lambda entry: os.fsencode(entry.name))
        for entry in entries:
            path = prefix + entry.name
            if self.left <= 0:
                if self.left == 0:
                    yield self._found(path, _too_many(path))
                self.left = -1
                return
            self.left -= 1
            if os.path.join(self.root.place, path) in self.others or is_own(handle, entry.name):
                yield self._found(path, own=True)
            else:
                yield from self._entry(handle, entry, path, depth)

    def _entry(self, handle: int, entry: os.DirEntry[str], path: str, depth: int) -> Iterator[FoundFile]:
        if _is_left_behind(entry.name):
            message = f"{shown_name(path)} was passed over: hidden, or left behind by an editor or system."
            yield self._found(path, Note("W_SKIPPED", message))
        elif entry.is_symlink():
            yield self._found(path, _link_note(shown_name(path), os.path.join(self.root.place, path)))
        elif entry.is_dir(follow_symlinks=False):
            if os.path.splitext(entry.name)[1].lower() in self.suffixes:
                shown = shown_name(path)
                message = f"{shown} is a folder with the name of a file; what is in it is read under its own name."
                yield self._found(path, Note("E_NOT_REGULAR", message))
            yield from self._folder(handle, entry.name, path, depth)
        else:
            yield self._found(path)

    def _folder(self, handle: int, name: str, path: str, depth: int) -> Iterator[FoundFile]:
        if depth >= MAX_DEPTH:
            message = (
                f"{shown_name(path)} lies more than {MAX_DEPTH} folders deep and was not read; give that folder itself."
            )
            yield self._found(path, Note("E_LIMIT", message))
            return
        try:
            with folder_in(handle, name) as inner:
                yield from self._below(inner, path + "/", depth + 1)
        except OSError as error:
            yield self._found(path, unreadable(path, error))


def _too_many(path: str) -> Note:
    why = f"a PATH may hold {MAX_FILES:,} files and folders; give its folders one by one."
    return Note("E_LIMIT", f"{shown_name(path)} and all that follows by name was not read: {why}")


def _is_left_behind(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~") or name.lower() in _LEFT_BEHIND


def _link_note(shown: str, place: str) -> Note:
    """Return the reason why a symbolic link is not followed.

    What it leads to inside the folder is read there, under its own name; what lies outside is nobody's article.
    """
    try:
        target = os.path.realpath(place, strict=True)
        status = os.stat(target)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return Note("E_SYMLINK_LOOP", f"{shown} is a link that leads back to itself; remove it.")
        if error.errno == errno.EACCES:
            return Note("E_PERMISSION", f"{shown} is a link to something that may not be read; remove it.")
        return Note("E_NOT_FOUND", f"{shown} is a link to a file that is not there; remove it, or put the file back.")
    if stat.S_ISDIR(status.st_mode):
        return Note(
            "W_SYMLINK_SKIPPED", f"{shown} is a link to a folder and was not followed; give that folder itself."
        )
    home = os.path.join(os.path.realpath(os.path.dirname(place) or "."), "")
    if not target.startswith(home):
        return Note("E_OUTSIDE_ROOT", f"{shown} is a link that leads out of its folder; copy the file there instead.")
    return Note("W_SYMLINK_SKIPPED", f"{shown} is a link to a file that is read under its own name.")


def _distinct(groups: list[tuple[FoundFile, ...]], paths: Sequence[Path | str]) -> list[tuple[FoundFile, ...]]:
    """Return the groups with unique keys: clashing PATHs get their own name as a prefix."""
    given = [os.fspath(path) for path in dict.fromkeys(paths)]
    for fronts in ([os.path.basename(os.path.abspath(path)) for path in given], [path.strip("/") for path in given]):
        clashing = _clashing(groups)
        if not clashing:
            break
        groups = [
            tuple(replace(f, path=f"{front}/{f.path}") for f in group) if n in clashing else group
            for n, (group, front) in enumerate(zip(groups, fronts, strict=True))
        ]
    return groups


def _clashing(groups: list[tuple[FoundFile, ...]]) -> set[int]:
    counts = Counter(found.path for group in groups for found in group)
    return {n for n, group in enumerate(groups) if any(counts[found.path] > 1 for found in group)}
