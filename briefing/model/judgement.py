"""What the judge says of a sentence, and the stretches of an article in one voice."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.article import Sentence

#: Whose words a sentence is: the reporter's; somebody's whom it names; somebody's whom it does not; the author's own view.
VOICES = ("reported", "attributed", "unmarked", "opinion")
#: What must be printed before a sentence: nothing; the sentence directly before it; more than that.
NEEDS = ("", "previous", "more")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of one sentence: is it news prose, is it understood alone, whose words are they."""

    sentence: Sentence
    is_prose: bool = True  # not a caption, credit, heading, call to subscribe …
    needs: str = ""  # one of NEEDS
    voice: str = "reported"  # one of VOICES
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
    kind: str  # "report", "quotation", "speech", "interview", "statement", "assessment" or "opinion"
    speaker: str = ""
