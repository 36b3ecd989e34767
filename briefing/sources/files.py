"""Walks paths and opens the regular files under them; nothing else is ever opened."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.errors import ArticleError, SourceError
from briefing.model import Note
from briefing.sources.opened import Opened, shown_name
from briefing.sources.own_files import is_own

MAX_BYTES = 20 * 1024 * 1024  # of one file, as `fstat` states them before anything is read

#: Files and folders that editors and systems leave behind; their content is no article.
_LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file name under a PATH, with the reason when it must not be read."""

    path: str  # the ledger's key
    place: str  # where the system finds it
    note: Note | None = None  # E_ or W_: it is not read
    own: bool = False  # this program wrote it, or is set up with it: no input

    @property
    def suffix(self) -> str:
        """Return the file name extension, lower case, with its dot."""
        return os.path.splitext(self.place)[1].lower()


def find(
    paths: Sequence[Path | str],
    suffixes: frozenset[str],
    *,
    leave_out: Sequence[Path | str] = (),
    on_skipped: Callable[[str], None] | None = None,
) -> tuple[FoundFile, ...]:
    """Return every file under the PATHs, in the order given and then by name, and what was skipped.

    Args:
        paths: Files and folders. A folder is walked to its last level; links found in it are never followed.
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
    try:
        status = os.stat(path)
    except OSError as error:
        if os.path.islink(path):
            yield _linked(os.path.basename(path), path)
            return
        raise _missing(path, error) from error
    if stat.S_ISDIR(status.st_mode):
        yield from _Walk(os.path.realpath(path), suffixes, others).below(path, "")
        return
    name = os.path.basename(path) or path
    if os.path.realpath(path) in others or is_own(os.path.dirname(path), name):
        yield FoundFile(name, path, own=True)
    elif os.path.islink(path):
        linked = _linked(name, path)
        # A link given by name is the desk's own choice; it is still held to its folder.
        yield FoundFile(name, os.path.realpath(path)) if linked.note and linked.note.code[0] == "W" else linked
    else:
        yield FoundFile(name, path)


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


@dataclass(frozen=True, slots=True)
class _Walk:
    """A recursive walk of a folder, level by level."""

    root: str  # without links
    suffixes: frozenset[str]
    others: frozenset[str]  # paths without links that are no input

    def below(self, folder: str, prefix: str) -> Iterator[FoundFile]:
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield FoundFile(prefix.rstrip("/") or ".", folder, _unreadable(prefix.rstrip("/") or ".", error))
            return
        for entry in entries:
            if os.path.join(self.root, prefix + entry.name) in self.others or is_own(folder, entry.name):
                yield FoundFile(prefix + entry.name, entry.path, own=True)
            else:
                yield from self._entry(entry, prefix + entry.name)

    def _entry(self, entry: os.DirEntry[str], path: str) -> Iterator[FoundFile]:
        if _is_left_behind(entry.name):
            message = f"{shown_name(path)} was passed over: hidden, or left behind by an editor or system."
            yield FoundFile(path, entry.path, Note("W_SKIPPED", message))
        elif entry.is_symlink():
            yield _linked(path, entry.path)
        elif entry.is_dir(follow_symlinks=False):
            if os.path.splitext(entry.name)[1].lower() in self.suffixes:
                shown = shown_name(path)
                message = f"{shown} is a folder with the name of a file; what is in it is read under its own name."
                yield FoundFile(path, entry.path, Note("E_NOT_REGULAR", message))
            yield from self.below(entry.path, path + "/")
        else:
            yield FoundFile(path, entry.path)


def _is_left_behind(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~") or name.lower() in _LEFT_BEHIND


def _linked(path: str, place: str) -> FoundFile:
    """Return a symbolic link with the reason why it is not followed.

    What it leads to inside the folder is read there, under its own name; what lies outside is nobody's article.
    """
    return FoundFile(path, place, _link_note(shown_name(path), place))


def _link_note(shown: str, place: str) -> Note:
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


def read_bytes(found: FoundFile) -> Opened:
    """Return the bytes of a file that was found.

    Raises:
        ArticleError: It is no regular file, is too large, or may not be read.
    """
    shown = shown_name(found.path)
    try:
        # Not following, not waiting: a pipe or device that took the file's place must not hold the build.
        handle = os.open(found.place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except OSError as error:
        note = _unreadable(found.path, error)
        raise ArticleError(note.message, code=note.code) from error
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError(f"{shown} is not a regular file; remove it or save its text.", code="E_NOT_REGULAR")
        if status.st_size > MAX_BYTES:
            raise ArticleError(
                f"{shown} has {status.st_size / 1048576:,.0f} MiB; an input may have {MAX_BYTES // 1048576} MiB.",
                "Split it into one file per article.",
                code="E_TOO_LARGE",
            )
        blob = file.read(MAX_BYTES + 1)
    if len(blob) > MAX_BYTES:
        raise ArticleError(f"{shown} grew while it was read.", "Build again when it is complete.", code="E_TOO_LARGE")
    return Opened(found.path, found.suffix, blob)


def _unreadable(path: str, error: OSError) -> Note:
    shown = shown_name(path)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Note("E_PERMISSION", f"{shown} may not be read; allow it with chmod +r, or build as its owner.")
    if error.errno in {errno.ENXIO, errno.ENODEV}:
        return Note("E_NOT_REGULAR", f"{shown} is not a regular file; remove it or save its text.")
    if error.errno == errno.ELOOP:
        return Note("E_SYMLINK_LOOP", f"{shown} became a link while the folder was read; build again.")
    if error.errno == errno.ENOENT:
        return Note("E_NOT_FOUND", f"{shown} vanished while the folder was read; build again.")
    return Note("E_IO", f"{shown} could not be read: {os.strerror(error.errno or 0)}; check the disk and build again.")
