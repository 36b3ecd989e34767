"""What the judge says of a sentence, and the stretches of an article in one voice."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.article import Receipt, Sentence
from briefing.model.closed_sets import FrameKind, Needs, Voice


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of one sentence: is it news prose, is it understood alone, whose words are they."""

    sentence: Sentence
    is_prose: bool = True  # not a caption, credit, heading, call to subscribe …
    needs: Needs = ""
    voice: Voice = "reported"
    speaker: str = ""  # who speaks, as the article names him; empty when nobody does or nobody knows
    standing: float = 1.0  # chance that it is understood alone, 0.0 to 1.0
    behind: float = 1.0  # chance that it is understood behind the sentence before it
    others: float = 0.0  # chance that it is somebody else's words which it does not attribute, or a view
    referent: Receipt | None = None  # further up in the article: who or what it points at, where that can be told
    news: float = 1.0  # how much it tells, 0.0 (not worth printing) to 3.0 (must be in the briefing)
    in_opinion: bool = False  # whether most of its article is its author's view: a column, an editorial, a letter
    in_opening: bool = True  # whether it is one of the first sentences of its article, or of its part of a round-up
    why: tuple[str, ...] = ()  # the strongest reason for each thing that speaks against it
    full: bool = True  # whether its language has data for whose words it is and for what it points at
    voiced: bool = True  # whether its language has data for whose words it is

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
