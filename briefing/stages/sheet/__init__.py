"""Held for the editor: an edition → a sheet anybody can edit, and the edited sheet → the edition to publish."""

from briefing.stages.sheet.applying import apply_edits
from briefing.stages.sheet.edits import Edits, Mistake
from briefing.stages.sheet.reading import line_to_sign, read_sheet
from briefing.stages.sheet.writing import write_sheet

__all__ = ["Edits", "Mistake", "apply_edits", "line_to_sign", "read_sheet", "write_sheet"]
