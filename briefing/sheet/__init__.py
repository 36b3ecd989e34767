"""Held for the editor: an edition → a sheet anybody can edit, and the edited sheet → the edition to publish."""

from briefing.sheet.applying import apply_edits
from briefing.sheet.edits import Edits, Mistake
from briefing.sheet.reading import line_to_sign, read_sheet
from briefing.sheet.writing import write_sheet

__all__ = ["Edits", "Mistake", "apply_edits", "line_to_sign", "read_sheet", "write_sheet"]
