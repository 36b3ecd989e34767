"""Printed sentences with their proof, and what is made of one: key points, statements, boxes, corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefing.model.article import Receipt
from briefing.model.closed_sets import Needs, StatementKind, Voice
from briefing.model.story import ScorePart


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A day that a sentence names, resolved from the day its article was published."""

    words: str  # as the source wrote it: "Tuesday", "last week", "December 18"
    day: date


@dataclass(frozen=True, slots=True)
class SetApart:
    """Words of a sentence's own article that are printed beside it, set apart from its own."""

    text: str  # verbatim
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge said of a printed sentence, for the place it is printed at."""

    voice: Voice
    speaker: str = ""  # who speaks, as the article names him; empty when nobody does or nobody knows
    needs: Needs = ""  # what it needs there to be understood: the sentence before it, or what names its referent


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A printed sentence with its proof."""

    text: str  # verbatim
    receipt: Receipt
    support: tuple[str, ...] = ()  # ids of other articles that say the same in other words, by number
    kind: StatementKind = ""
    scores: tuple[ScorePart, ...] = ()
    dates: tuple[SaidDate, ...] = ()  # in the order of the words; none that depends on an article's missing date
    before: date | None = None  # day of the last edition that printed it or nearly the same; None for what is new
    verdict: Verdict | None = None  # None where its language has no data, and in editions older than the judge
    words_of: SetApart | None = None  # the speaker, printed behind words that the sentence does not attribute
    introduced: SetApart | None = None  # what names its referent further up, printed before it
    by_editor: bool = False  # an editor printed it where the judge would not have it

    @property
    def article_id(self) -> str:
        """Return the id of the article it is a span of."""
        return self.receipt.article_id

    @property
    def said_by(self) -> tuple[str, ...]:
        """Return the ids of all articles that say it, the one it is quoted from first."""
        return (self.article_id, *self.support)


@dataclass(frozen=True, slots=True)
class PrintedSentence:
    """A sentence as an earlier edition printed it, complete in itself: its article need not be among the sources."""

    text: str  # verbatim
    receipt: Receipt  # into the article as it was then
    day: date  # of that edition
    item: int  # number of the story there; 0 when it stood under none
    outlet: str = ""
    title: str = ""  # of its article
    url: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A printed sentence that its source no longer says."""

    old: PrintedSentence
    theme: str  # slug of the section it was printed under
    article_id: str  # of the article, as it stands now among the sources
    new: CitedSentence | None = None  # the sentence most like it that the source has now; None when it was taken out


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One sentence for the reader who reads nothing else."""

    sentence: CitedSentence
    story: int
    theme: str  # slug


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A figure in a box of differing accounts."""

    printed: str
    value: float
    unit: str
    sentence: CitedSentence


@dataclass(frozen=True, slots=True)
class CitedAccount:
    """Figures that differ between sources, side by side."""

    about: str
    stories: tuple[int, ...]
    figures: tuple[CitedFigure, ...]


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """Who said what."""

    speaker: str  # as its article names him or her
    role: str
    verb: str
    quotation: str
    sentence: CitedSentence
    story: int
    theme: str
    person: str = ""  # the name in full as another article gives it, printed for speaker; empty when speaker is that

    @property
    def name(self) -> str:
        """Return the name the speaker is listed under."""
        return self.person or self.speaker
