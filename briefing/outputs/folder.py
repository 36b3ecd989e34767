"""Replaces the folder of an edition atomically: a reader, or a crash, finds the old edition or the new one."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.errors import OutputError
from briefing.outputs.files import permitted, sync_folder, unwritable, write_file
from briefing.system.signals import unbroken

_PART, _OLD = ".part", ".old"
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD
#: What a system without an exchange of names says.
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


def replace_folder(
    out: Path, name: str, files: Sequence[tuple[str, bytes]], *, stays: Callable[[str], bool]
) -> list[Path]:
    """Make ``out/name`` hold the new files and those kept of the old, in one step; return the files' paths.

    Nobody else may write to ``out`` meanwhile (`briefing.system.locking.held`). What an earlier, killed
    call left behind is removed first.

    Args:
        out: The folder of all editions; made when it is not there.
        name: Of the edition's folder.
        files: (path below the folder, content).
        stays: Whether a file of the old folder, by its path below it, is kept.

    Raises:
        OutputError: The folder is a link, a name leads out of it, or something cannot be written; the old folder is
            then as it was.
    """
    final = out / name
    if final.is_symlink():
        raise OutputError(f"{final} is a link.", "Remove it, or choose another folder with --out.")
    try:
        with unbroken() as pause:
            _replace(final, files, stays, pause)
    except OSError as error:
        raise unwritable(final, error, sum(len(content) for _, content in files)) from error
    return [final / path for path, _ in files]


def _replace(
    final: Path, files: Sequence[tuple[str, bytes]], stays: Callable[[str], bool], pause: Callable[[], None]
) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    _clear(final.parent, final.name)
    stage = Path(tempfile.mkdtemp(dir=final.parent, prefix=f".{final.name}.", suffix=_PART))
    try:
        for path, content in files:
            write_file(stage, path, content, shown=final / path)
            pause()
        _carry_over(final, stage, {path for path, _ in files}, stays)
        os.chmod(stage, permitted(0o777))
        for folder in (stage, *(path for path in stage.rglob("*") if path.is_dir() and not path.is_symlink())):
            sync_folder(folder)
        pause()
        _switch(stage, final)
    finally:
        shutil.rmtree(stage, ignore_errors=True)  # the old edition, or what was made of the new one


def _clear(out: Path, name: str) -> None:
    """Undo or finish what a killed call left behind."""
    old = out / f".{name}{_OLD}"
    if old.exists() and not (out / name).exists():
        os.rename(old, out / name)
    shutil.rmtree(old, ignore_errors=True)
    for part in out.glob(f".{name}.*{_PART}"):
        shutil.rmtree(part, ignore_errors=True)


def _carry_over(final: Path, stage: Path, written: set[str], stays: Callable[[str], bool]) -> None:
    """Hard-link the old files that stay into the new folder; symbolic links stay links."""
    for path in sorted(final.rglob("*")) if final.is_dir() else ():
        below = path.relative_to(final)
        if (path.is_dir() and not path.is_symlink()) or below.as_posix() in written or not stays(below.as_posix()):
            continue
        target = stage / below
        if os.path.lexists(target):  # a link that lay where a folder of outputs lies now
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target, follow_symlinks=False)
        except OSError:  # a file system without hard links
            shutil.copy2(path, target, follow_symlinks=False)


def _switch(stage: Path, final: Path) -> None:
    if not final.exists():
        os.rename(stage, final)
    elif not _exchanged(stage, final):
        # Killed between these two, the next call renames the old folder back.
        old = final.with_name(f".{final.name}{_OLD}")
        os.rename(final, old)
        os.rename(stage, final)
        shutil.rmtree(old, ignore_errors=True)
    sync_folder(final.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names atomically; return False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code))
