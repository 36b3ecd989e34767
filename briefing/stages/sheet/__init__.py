"""The editor's sheet: writes an edition as editable text, and parses the edited text into an edition."""

from briefing.stages.sheet.acting import Applied, acts_of, apply
from briefing.stages.sheet.applying import LEFT_OUT, apply_edits
from briefing.stages.sheet.edits import Edits, Mistake
from briefing.stages.sheet.lines import spans_of
from briefing.stages.sheet.reading import form_of, line_to_sign, read_sheet
from briefing.stages.sheet.replaying import Lost, Replayed, replay
from briefing.stages.sheet.unproved import without_unproved
from briefing.stages.sheet.wording import lost_line, said_of
from briefing.stages.sheet.writing import write_sheet

__all__ = [
    "LEFT_OUT",
    "Applied",
    "Edits",
    "Lost",
    "Mistake",
    "Replayed",
    "acts_of",
    "apply",
    "apply_edits",
    "form_of",
    "line_to_sign",
    "lost_line",
    "read_sheet",
    "replay",
    "said_of",
    "spans_of",
    "without_unproved",
    "write_sheet",
]
