"""A cache of outputs and proofs, by all that they depend on: publish, proof and sending make each of them once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.model import Edition, Mailing
from briefing.system.cache import Cache, fingerprint

if TYPE_CHECKING:
    from briefing.outputs.job import Job

#: Libraries of which another release may write an output otherwise.
_LIBRARIES = (
    "css-inline", "fonttools", "jinja2", "lxml", "markupsafe", "pillow", "pydyf", "python-docx", "resvg_py",
    "tinycss2", "tinyhtml5", "weasyprint",
)  # fmt: skip


class Renderings:
    """What was made of editions, in memory and, with a cache, for the next commands too.

    Args:
        cache: The user's own; None to keep it for this process alone.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache
        self._made: dict[bytes, bytes] = {}

    def find(self, key: bytes) -> bytes | None:
        """Return what was made under a key already."""
        if key not in self._made and self._cache is not None:
            self._made.update(self._cache.find([key]))
        return self._made.get(key)

    def keep(self, key: bytes, made: bytes) -> None:
        """Store what was made."""
        if key not in self._made:
            self._made[key] = made
            if self._cache is not None:
                self._cache.keep(key, made)

    def key(self, *parts: bytes) -> bytes:
        """Return a hash of parts, of the program and of the libraries it renders with."""
        lengths = b"".join(len(part).to_bytes(8, "big") for part in parts)
        return blake2b(lengths + b"".join(parts), digest_size=32, key=self._program).digest()

    def key_of(self, job: Job, name: str) -> bytes:
        """Return the key of an output: a hash of its edition and of the desk's own templates.

        Whom the mails name as their sender, and where the page is on the web, is in no PDF.
        """
        edition, imprint = job.edition, job.edition.imprint
        if name == "pdf" and (imprint.mailing, imprint.web_address) != (Mailing(), ""):
            edition = replace(edition, imprint=replace(imprint, mailing=Mailing(), web_address=""))
        issue = job.made("json") if edition is job.edition else _issue(edition)
        return self.key(name.encode(), issue, _templates(job.templates))

    @cached_property
    def _program(self) -> bytes:
        libraries = "\0".join(f"{name} {_version(name)}" for name in _LIBRARIES)
        return blake2b(fingerprint() + libraries.encode(), digest_size=32).digest()


def _issue(edition: Edition) -> bytes:
    from briefing.outputs.issue import issue_bytes

    return issue_bytes(edition)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _templates(folder: Path | None) -> bytes:
    """Return a hash of the desk's own templates."""
    digest = blake2b(digest_size=32)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()) if folder else ():
        digest.update(f"{path}\0".encode("utf-8", "surrogateescape") + blake2b(path.read_bytes()).digest())
    return digest.digest()
