"""Files written whole or not at all, and only inside the folder of the edition."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from briefing.errors import OutputError


def write_file(folder: Path, name: str, content: bytes) -> Path:
    """Write ``folder/name`` so that a reader sees the old file or the new one, never a part, and return its path.

    Raises:
        OutputError: The name leads out of the folder, or the file cannot be written.
    """
    path = _inside(folder, name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Choose a folder you may write to with --out, and check that the disk is not full.",
            code="E_NOT_WRITABLE",
        ) from error
    return path


def _inside(folder: Path, name: str) -> Path:
    root = folder.resolve()
    path = (root / name).resolve()
    if path == root or not path.is_relative_to(root):
        raise OutputError(f"The file name {name!r} leads out of {folder}.", "Use slugs of a-z, 0-9 and hyphens.")
    return folder / name


def _replace(path: Path, content: bytes) -> None:
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, 0o666 & ~_umask())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _umask() -> int:
    # Reading the mask means setting it; mkstemp's 0600 would otherwise keep a served folder unreadable.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
