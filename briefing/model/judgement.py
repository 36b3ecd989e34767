"""What the judge says of a sentence, and the stretches of an article in one voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.model.article import Sentence

#: Whose words a sentence is: the reporter's; somebody's whom it names; somebody's whom it does not; the author's own view.
Voice = Literal["reported", "attributed", "unmarked", "opinion"]
#: What must be printed before a sentence: nothing; the sentence directly before it; more than that.
Needs = Literal["", "previous", "more"]
#: What a stretch of an article in one voice is.
FrameKind = Literal["report", "quotation", "speech", "interview", "statement", "assessment", "opinion"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of one sentence: is it news prose, is it understood alone, whose words are they."""

    sentence: Sentence
    is_prose: bool = True  # not a caption, credit, heading, call to subscribe …
    needs: Needs = ""
    voice: Voice = "reported"
    speaker: str = ""  # who speaks, as the article names him; empty when nobody does or nobody knows
    news: float = 1.0  # how much it tells, 0.0 (not worth printing) to 3.0 (must be in the briefing)
    why: tuple[str, ...] = ()  # the strongest reason for each thing that speaks against it
    full: bool = True  # whether its language has data for whose words it is and for what it points at

    @property
    def stands_alone(self) -> bool:
        """Return whether a reader understands it printed alone."""
        return not self.needs


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of an article in one voice."""

    first: int  # positions of its first and last sentence
    last: int
    kind: FrameKind
    speaker: str = ""
