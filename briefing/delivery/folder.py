"""Delivers copies of the files to a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from briefing.delivery.outcome import Outcome
from briefing.delivery.parcels import Files, Parcel
from briefing.errors import BriefingError


class FolderCarrier:
    """Writes the files of an edition below ``FOLDER/DAY``, each atomically.

    Args:
        write: Writes a file below a folder so that a reader sees the old one or the new one, never a part.
    """

    passed = False  # what is written a second time is the same: nothing is ever in doubt

    def __init__(self, write: Callable[[Path, str, bytes], Path]) -> None:
        self._write = write

    def open(self) -> Outcome | None:
        """Return None: there is nothing to connect to."""
        return None

    def carry(self, parcel: Parcel, files: Files) -> Outcome:
        """Write the files of one parcel."""
        folder = Path(parcel.address) / parcel.delivery.day.isoformat()
        try:
            for name, content in files:
                self._write(folder, name, content)
        except BriefingError as error:
            return Outcome("deferred", error.code, error.message)
        return Outcome("accepted", reply=f"{len(files)} files")

    def close(self) -> None:
        """Do nothing."""
