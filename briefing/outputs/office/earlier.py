"""What an edition says of those before it, written into a Word file."""

from __future__ import annotations

from typing import Any

from briefing.outputs.office.pen import Pen
from briefing.outputs.view import EditionView, UnchangedView


class EarlierPen(Pen):
    """Writes corrections, unchanged items and stories gone quiet."""

    def corrections(self, view: EditionView) -> None:
        """Write what sources took back, under a heading of its own; nothing when none did."""
        if view.corrections:
            self.heading(view.words.say("corrections"), 1)
        for correction in view.corrections:
            self.earlier(self.paragraph("Briefing Known"), [correction.old])
            line = self.paragraph("Briefing Summary")
            self.text(line, f"{view.words.say('corrected' if correction.new else 'taken_out')} ")
            self.sentences(line, [correction.new] if correction.new else [])
            self.from_sources(self.paragraph("Briefing Source Line"), [correction.source])

    def unchanged(self, item: UnchangedView) -> None:
        """Write an item of which there is nothing new, in one line."""
        self.cite(self._line(f"{item.number}  {item.headline}", item.line), item.sources)

    def quiet(self, view: EditionView) -> None:
        """Write the stories gone quiet, under a heading of their own; nothing when there are none."""
        if view.quiet:
            self.heading(view.words.say("quiet"), 1)
        for story in view.quiet:
            self._line(story.headline, story.line)

    def _line(self, text: str, remark: str) -> Any:
        line = self.paragraph("Briefing In Short")
        self.text(line, text)
        self.small(line, f" ({remark})")
        return line
