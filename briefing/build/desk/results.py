"""What the desk shows: one frozen value for each screen. Texts are plain; whoever prints them escapes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from briefing.model import Edition, StoryState, Why
from briefing.model.acts import Act, LoggedAct, Span, StoryKey

#: Steps of a morning, in order. "waiting": for the editor.
StepName = Literal["collected", "built", "proved", "waiting", "signed", "sent"]
#: What is to be done next: the one thing, or nothing.
NextAct = Literal["collect", "build", "load late", "review", "sign", "send", ""]
#: Work that takes longer than a request.
JobName = Literal["collect", "build", "regroup", "load late", "sign", "send"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the morning."""

    name: StepName
    done: bool
    moment: datetime | None = None  # UTC
    count: int = 0  # articles collected, items built, sentences proved, acts done, deliveries accepted


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source that is silent or fails."""

    name: str
    last: datetime | None  # the last visit, UTC
    since: datetime | None  # when it last brought something, UTC
    problem: str  # a sentence
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article in a list."""

    article_id: str
    title: str
    outlet: str = ""
    url: str = ""
    published: datetime | None = None
    input: str = ""


@dataclass(frozen=True, slots=True)
class DeskFinding:
    """What the proof refuses, and what takes it out."""

    place: str
    problem: str
    drop: tuple[Act, ...] = ()  # the acts that drop it; none where it cannot be dropped by itself


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many parcels of the day are in a state."""

    state: str
    count: int


@dataclass(frozen=True, slots=True)
class Morning:
    """The state of the day."""

    day: date
    version: int
    steps: tuple[Step, ...]
    next: NextAct
    sources: tuple[SourceHealth, ...]  # silent or failing
    late: int  # articles that came after the draft was made
    mistakes: tuple[str, ...]  # lines of the sheet on the disk that cannot be taken, "line 4: …"
    deliveries: tuple[Delivered, ...]
    signed_by: str = ""
    pending: int = 0  # acts that regroup and that the draft was not built with yet


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item on the board."""

    key: StoryKey  # names it in acts
    number: int  # as the draft and its sheet have it; the page numbers anew where items were moved
    theme: str  # slug of the section it stands under
    headline: str  # the source's own
    retitled: str
    outlets: tuple[str, ...]  # each once, in the order of the sources
    origins: int
    state: StoryState
    importance: float
    sentences: int  # printed
    words: int  # printed, the headline apart
    in_a_line: bool  # told in its headline alone
    in_print: bool  # False: dropped or held
    held: bool = False
    reviewed: bool = False
    pinned: bool = False  # first in its section though the draft has it elsewhere
    moved: bool = False  # under another section than in the draft
    points: int = 0  # of its sentences, key points
    own_lines: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a source in a box or a list, which can be dropped and kept."""

    act: Act  # names it: kind "drop" where it is printed, "keep" where it is not
    text: str
    sources: tuple[int, ...]  # numbers, as on the sheet
    in_print: bool


@dataclass(frozen=True, slots=True)
class BoardSection:
    """A section of the board."""

    theme: str  # slug
    name: str
    items: tuple[ItemLine, ...]  # in print, in their order; those without news last
    dropped: tuple[ItemLine, ...]  # those the draft has here and that are not printed
    passages: tuple[Line, ...]
    lines: tuple[str, ...]  # the editor's own


@dataclass(frozen=True, slots=True)
class Box:
    """Accounts that differ."""

    act: Act  # drops or keeps it as a whole
    about: str
    rows: tuple[Line, ...]
    in_print: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The whole edition as it stands, a line an item."""

    version: int  # number of the last act: what the next act is based on
    day: date
    title: str
    lines: tuple[str, ...]  # the editor's own, on the cover
    points: tuple[Line, ...]
    sections: tuple[BoardSection, ...]
    boxes: tuple[Box, ...]
    statements: tuple[Line, ...]
    corrections: tuple[Line, ...]
    quiet: tuple[Line, ...]
    short: tuple[Line, ...]
    words: int  # printed in items and passages
    theme_words: int  # limit of words a theme; 0 for none
    page_limit: int  # 0 for none
    lost: tuple[str, ...]  # acts that no longer fit, a sentence each
    pending: int  # as in `Morning`
    edition: Edition  # as it would be, not signed


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence in the paragraph it stands in."""

    before: str
    sentence: str
    after: str
    title: str
    outlet: str
    url: str
    span: Span
    sha256: str  # of the sentence, as in its receipt
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChosenSentence:
    """A sentence that is printed of a story, or was and was dropped."""

    span: Span
    text: str
    article_id: str
    source: int
    outlet: str
    in_print: bool
    is_point: bool
    by_editor: bool  # printed against the judge


@dataclass(frozen=True, slots=True)
class Reason:
    """One named part of why a sentence ranks where it does."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a story's articles that can be printed of it."""

    span: Span
    text: str
    article_id: str
    source: int
    outlet: str
    rank: int  # from 1
    score: float
    reasons: tuple[Reason, ...]
    support: tuple[str, ...]  # outlets that say the same
    printed: date | None  # when an edition printed it before
    voice: str
    speaker: str
    leans: bool  # understood behind the sentence before it in its article; without that it is the editor's choice
    problem: str  # why the judge would not have it: it is printed marked as the editor's choice; empty when he would
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class StorySource:
    """An article of a story."""

    number: int
    article: Article
    origin: str


@dataclass(frozen=True, slots=True)
class StoryDesk:
    """A story on the desk."""

    version: int
    item: ItemLine
    chosen: tuple[ChosenSentence, ...]  # in the order of printing, the dropped ones last
    candidates: tuple[Candidate, ...]  # best first
    sources: tuple[StorySource, ...]
    known: tuple[str, ...]  # what was known before
    why: tuple[Why, ...]
    lines: tuple[str, ...]
    passages: tuple[Line, ...]  # what it says on other themes
    before: StoryKey = ()  # the item above it on the board
    after: StoryKey = ()


@dataclass(frozen=True, slots=True)
class Page:
    """An output of the edition as it would be."""

    output: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that is not printed."""

    article: Article
    reason: str
    where: Literal["ledger", "store"]
    can_take_in: bool


@dataclass(frozen=True, slots=True)
class Done:
    """An act was taken and is on the disk."""

    version: int
    act: Act
    needs_rebuild: bool = False  # it regroups: the draft is to be built anew


@dataclass(frozen=True, slots=True)
class Refused:
    """An act was not taken; nothing changed."""

    problem: str
    hint: str = ""
    theirs: tuple[LoggedAct, ...] = ()  # the acts it clashes with: done since by somebody who did not know of it


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """An act with what became of it."""

    entry: LoggedAct
    taken_back: bool
    lost: str  # why it no longer fits; empty when it does
    said: str  # what was done, in words


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A draft was built anew, and the acts replayed on it."""

    version: int
    articles: int  # how many it is made of
    lost: tuple[str, ...]  # what no longer fits


@dataclass(frozen=True, slots=True)
class Signed:
    """Whether an edition was signed, and what of it was left out because it cannot be proved."""

    ok: bool
    findings: tuple[DeskFinding, ...] = ()  # why it was not
    left_out: tuple[DeskFinding, ...] = ()
    paths: tuple[str, ...] = ()  # what was written


@dataclass(frozen=True, slots=True)
class Posted:
    """What a sending came to."""

    ok: bool
    problem: str = ""
    rows: tuple[tuple[str, str, str, str], ...] = ()  # state, channel, recipient, reason


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is."""

    job: JobName
    stage: str
    done: int
    total: int  # 0 where it is not known
    finished: bool
    problem: str = ""  # why it failed
    result: object = None  # of collect the number of new articles, else Rebuilt, Signed or Posted
