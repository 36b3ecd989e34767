"""A cache of drawn PDFs, by all that a PDF is made of: publish, proof and sending draw each of them once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.model import Mailing
from briefing.system.cache import Cache, fingerprint

if TYPE_CHECKING:
    from briefing.outputs.job import Job

_ENGINE = ("weasyprint", "pydyf", "fonttools", "tinycss2")


class Drawings:
    """The PDFs that were drawn, in memory and, with a cache, for the next commands too.

    Args:
        cache: The user's own; None to keep them for this process alone.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache
        self._made: dict[bytes, bytes] = {}

    def find(self, job: Job) -> bytes | None:
        """Return the PDF of an edition if it was drawn already."""
        key = self._key(job)
        if key not in self._made and self._cache is not None:
            self._made.update(self._cache.find([key]))
        return self._made.get(key)

    def keep(self, job: Job, pdf: bytes) -> None:
        """Store the PDF of an edition."""
        key = self._key(job)
        if key not in self._made:
            self._made[key] = pdf
            if self._cache is not None:
                self._cache.keep(key, pdf)

    def _key(self, job: Job) -> bytes:
        """Return a hash of the edition, of the program and its engine, and of the desk's own templates.

        Whom the mails name as their sender, and where the page is on the web, is in no PDF.
        """
        from briefing.outputs.issue import issue_bytes

        edition = job.edition
        issue = issue_bytes(replace(edition, imprint=replace(edition.imprint, mailing=Mailing(), web_address="")))
        return blake2b(issue + _templates(job.templates), digest_size=32, key=self._program).digest()

    @cached_property
    def _program(self) -> bytes:
        engine = "\0".join(f"{name} {_version(name)}" for name in _ENGINE)
        return blake2b(fingerprint() + engine.encode(), digest_size=32).digest()


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
