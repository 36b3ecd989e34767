"""Identifies the program itself: its release, and a hash of its code, data and templates."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from briefing.version import VERSION

_SHOWN = 12  # hex digits


@cache
def program_version() -> str:
    """Return the version of this very program: "0.1.0+1f2e3d4c5b6a", the release and the beginning of `code_hash`."""
    return f"{VERSION}+{code_hash().hex()[:_SHOWN]}"


@cache
def code_hash() -> bytes:
    """Return a hash of the program's code, data and templates, 32 bytes: the same on every machine."""
    digest = sha256()
    for name, path in sorted(_files()):
        digest.update(f"{name}\0".encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.digest()


def _files() -> Iterator[tuple[str, Path]]:
    """Yield each file of the package with its name; templates lie inside an installed package, else beside it."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package, package.parent / "templates"):
        if folder == package or not (package / "templates").is_dir():
            for path in folder.rglob("*"):
                if path.is_file() and "__pycache__" not in path.parts:
                    yield path.relative_to(package if folder == package else package.parent).as_posix(), path
