"""The edition as DOCX, for editors: named styles that a house template may redefine, live links, numbered sources."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from briefing.outputs.office.document import HOUSE_TEMPLATE, Writing
from briefing.outputs.office.styles import STYLES

if TYPE_CHECKING:
    from briefing.outputs.job import Job

__all__ = ["HOUSE_TEMPLATE", "STYLES", "make_docx"]


def make_docx(job: Job) -> bytes:
    """Return the DOCX of an edition, the same bytes for the same issue file.

    A ``briefing.docx`` among the user's templates is what it starts from.

    Raises:
        OutputError: The user's ``briefing.docx`` cannot be read.
    """
    packed = Writing(job).packed()
    return _same_every_time(packed, job.edition.day.timetuple()[:3])


def _same_every_time(packed: bytes, day: tuple[int, ...]) -> bytes:
    """Return the package with the edition's day as the time of every file in it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (max(1980, day[0]), day[1], day[2], 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name), compresslevel=6)
    return out.getvalue()
