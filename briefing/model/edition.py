"""What goes out: the issue file's content, and nothing that is not printed or needed to print.

Every output is rendered from an `Edition` alone. Plain data: dataclasses, tuples, text, numbers, dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from briefing.model.article import Note, Receipt, Removal, Segment
from briefing.model.cited import (
    CitedAccount,
    CitedSentence,
    CitedStatement,
    Correction,
    KeyPoint,
    PrintedSentence,
    SaidDate,
)
from briefing.model.closed_sets import (
    CutWhy,
    DateEvidence,
    DatePrecision,
    Fate,
    InputOutcome,
    OriginKind,
    StoryState,
)
from briefing.model.imprint import Imprint
from briefing.model.walk import Place, walk

#: Version of the issue file. Raised when a reader of the old one would misread the new one.
SCHEMA = 2


@dataclass(frozen=True, slots=True)
class Source:
    """An article the edition prints from."""

    number: int  # given once by `briefing.model.numbering`; every output and every digest prints it
    article_id: str
    input: str  # the file or URL it was read from: printed when nothing better is known
    title: str  # the source's own headline, or its first sentence when it has none
    untitled: bool  # the source has no headline: title is its first sentence
    outlet: str = ""
    byline: str = ""
    wire: str = ""
    url: str = ""
    language: str = ""
    published: datetime | None = None  # UTC
    precision: Literal[DatePrecision, ""] = ""  # empty when undated
    evidence: Literal[DateEvidence, ""] = ""
    date_clue: str = ""  # the words the date was read from
    summary: tuple[CitedSentence, ...] = ()  # the article condensed on its own
    parts: tuple[Segment, ...] = ()  # of a round-up: where it tells which event; several items may print from it


@dataclass(frozen=True, slots=True)
class CitedOrigin:
    """One independent report behind a story."""

    name: str  # agency or outlet; empty when unknown
    kind: OriginKind
    sources: tuple[str, ...]  # article ids


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is under a theme: the terms that hit, best first."""

    theme: str  # slug
    score: float
    is_main: bool
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A story as a theme's digest tells it."""

    theme: str  # slug
    summary: tuple[CitedSentence, ...]


@dataclass(frozen=True, slots=True)
class EditorLine:
    """A line of the editor's own: set apart wherever it is printed, and proved by nothing."""

    text: str  # one line of plain text, never empty


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who answers for the edition, and since when."""

    name: str
    moment: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Printing:
    """Where a story was printed before."""

    day: date
    item: int  # its number in the edition of that day


@dataclass(frozen=True, slots=True)
class PartOf:
    """Which event of a round-up a story is."""

    article_id: str  # of the round-up, one of the story's sources
    part: int  # its place among `Source.parts`, from 0


@dataclass(frozen=True, slots=True)
class EditionStory:
    """A story as printed."""

    number: int  # the item's number, given once by `briefing.model.numbering`
    story_id: str
    headline: str
    headline_receipt: Receipt  # into its article's title; into its body where that article has no title
    sources: tuple[str, ...]  # article ids, oldest first
    origins: tuple[CitedOrigin, ...]
    summary: tuple[CitedSentence, ...]
    newest: datetime | None = None
    precision: Literal[DatePrecision, ""] = ""
    # The wider development, which earlier versions named. Nothing fills or prints these three: they are kept so that an
    # edition or a draft of such a version is written again to the byte, by which the store and the sheet know it.
    part_of: str = ""
    shared: tuple[str, ...] = ()
    shared_day: SaidDate | None = None
    state: StoryState = "new"
    known: tuple[PrintedSentence, ...] = ()  # what was known before, for a developing story
    why: tuple[Why, ...] = ()
    views: tuple[View, ...] = ()
    retitled: str = ""  # the editor's headline, printed over the source's own, which stays
    lines: tuple[EditorLine, ...] = ()  # under the item
    since: date | None = None  # the first day it was printed; None for a new story
    last_printed: Printing | None = None  # the last time it was printed; None for a new story
    events: tuple[PartOf, ...] = ()  # of the round-ups among its sources, the one event that is this story
    see: tuple[int, ...] = ()  # numbers of the items that say what it would repeat
    importance: float = 0.0  # points: how much its news matters to this day's page; comparable within the edition

    @property
    def in_a_line(self) -> bool:
        """Return whether it is news of which no more than the headline is printed."""
        return self.state != "unchanged" and not self.summary

    @property
    def untitled(self) -> bool:
        """Return whether the headline is the first sentence of an article that has none."""
        return self.headline_receipt.of == "body"


@dataclass(frozen=True, slots=True)
class EditionPassage:
    """What a story led by another theme says on this one."""

    story: int  # number of that story; 0 when the article is in no printed story
    sentences: tuple[CitedSentence, ...]  # of one article, at least one
    why: Why

    @property
    def article_id(self) -> str:
        """Return the id of the article it is from."""
        return self.sentences[0].article_id


@dataclass(frozen=True, slots=True)
class Unsearched:
    """How many of the edition's articles are in a language that a theme has no words in."""

    language: str  # as stated or detected; empty when unknown
    articles: int


@dataclass(frozen=True, slots=True)
class Section:
    """A theme's part of the edition; without stories and passages it says so in one line."""

    theme: str  # slug; "other" for what fits no theme
    name: str
    description: str
    stories: tuple[EditionStory, ...]
    passages: tuple[EditionPassage, ...]
    lines: tuple[EditorLine, ...] = ()  # under the section's heading
    see: tuple[int, ...] = ()  # numbers of the items that say what its other passages would repeat
    usual: float = 0.0  # stories a day that are not unchanged, over the remembered days
    usual_days: int = 0  # how many days that is over; 0 when too few are remembered to say
    unsearched: tuple[Unsearched, ...] = ()  # by how many articles, the most first


@dataclass(frozen=True, slots=True)
class QuietStory:
    """A story of earlier days of which today's articles say nothing."""

    headline: str
    theme: str  # slug of the section it was last printed under
    first: date  # the first day it was printed
    last: date  # the last one
    item: int  # its number on that day


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one input."""

    input: str
    file: str  # the file or URL it was read from; several inputs share it when a feed holds several items
    outcome: InputOutcome
    fate: Fate
    reason: str  # why it was left out or rejected, or where it was used; one sentence
    notes: tuple[Note, ...] = ()
    article_id: str = ""
    title: str = ""
    into: str = ""  # for "merged": the input it was merged into
    removals: tuple[Removal, ...] = ()


#: What a limit of pages takes first. Outputs set an edition with a cut for pages closely, and print it without lists
#: where the second is among its cuts.
SET_CLOSELY = "contents, charts and the descriptions of themes; the type is smaller, sources and ledger are run on"
WITHOUT_LISTS = "the lists of sources and inputs, in print: the web page and the issue file have them"


@dataclass(frozen=True, slots=True)
class Cut:
    """Something that the length contract or the editor took out."""

    what: str
    why: CutWhy


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers on the cover."""

    inputs: int = 0
    articles: int = 0
    outlets: int = 0
    origins: int = 0  # agencies and outlets that report by themselves, each once; unknown ones are not counted
    stories: int = 0
    undated: int = 0
    first: datetime | None = None  # oldest and newest publication among the sources
    last: datetime | None = None
    several_origins: float = 0.0  # share of printed story sentences said by more than one origin, 0.0 to 1.0


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated briefing."""

    imprint: Imprint
    counts: Counts = field(default_factory=Counts)
    key_points: tuple[KeyPoint, ...] = ()
    sections: tuple[Section, ...] = ()
    accounts: tuple[CitedAccount, ...] = ()
    statements: tuple[CitedStatement, ...] = ()
    sources: tuple[Source, ...] = ()  # by number
    ledger: tuple[LedgerEntry, ...] = ()
    cuts: tuple[Cut, ...] = ()
    scope: str = ""  # slug when this is a digest, of several themes with + between; empty for the whole edition
    lines: tuple[EditorLine, ...] = ()  # on the cover
    signed: SignOff | None = None
    draft: bool = False  # held for the editor: no output is made of it before it is signed
    made: datetime | None = None  # UTC; of drafts and of editions of several days: what came later is no part of them
    memory: str = ""  # digest of the earlier editions it was compared with; empty when with none
    quiet: tuple[QuietStory, ...] = ()  # longest running first
    corrections: tuple[Correction, ...] = ()  # in the order they were printed
    written_as: int = SCHEMA  # the schema it was first written in: what an older one lacks cannot be proved
    schema: int = SCHEMA

    @property
    def day(self) -> date:
        """Return the desk's local day."""
        return self.imprint.day

    @property
    def name(self) -> str:
        """Return what its folder is called: the day, or the first and the last of several."""
        return self.imprint.name

    @property
    def stories(self) -> tuple[EditionStory, ...]:
        """Return every printed story, in the order of printing."""
        return tuple(story for section in self.sections for story in section.stories)

    @property
    def editors_words(self) -> tuple[str, ...]:
        """Return what the editor wrote, in the order of printing: lines and headlines; no source proves them."""
        own = [line.text for line in self.lines]
        for section in self.sections:
            own += [line.text for line in section.lines]
            for story in section.stories:
                own += [*filter(None, [story.retitled]), *(line.text for line in story.lines)]
        return tuple(own)

    @property
    def by_article(self) -> dict[str, Source]:
        """Return the sources by article id."""
        return {source.article_id: source for source in self.sources}

    def source(self, article_id: str) -> Source:
        """Return the source that is this article; KeyError when there is none. For many, ask `by_article` once."""
        return self.by_article[article_id]

    def walk(self) -> Iterator[tuple[Place, CitedSentence]]:
        """Yield every cited sentence with its place, in the order of the fields: the only walk over them there is.

        A place is such as ``("sections", 0, "stories", 2, "summary", 1)``.
        """
        return walk(self, CitedSentence)

    def only(self, slug: str) -> Edition:
        """Return the digest of a theme, or of several (``a+b``): complete in itself; KeyError for a theme it lacks."""
        from briefing.model.digest import narrow  # it is made of the types above

        return narrow(self, slug)
