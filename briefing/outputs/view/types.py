"""What items and sections print, as plain values for templates: nothing is left to decide.

Texts are plain (templates escape them); ``anchor`` and ``id`` values are safe as HTML ids. What stands before and after
the sections is in `lists`, the whole in `edition`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A printed sentence."""

    text: str
    source: int
    also: tuple[int, ...]  # other sources that say the same
    id: str  # of the place where it is printed
    language: str  # "" when it is the page's own
    direction: str  # "rtl", or "" for left to right
    kind: str = ""  # words to be printed after it: whose words it is, that it was printed before; usually none
    before: str = ""  # words of the same article printed before it, in square brackets: who or what it points at

    @property
    def marks(self) -> tuple[int, ...]:
        """Return the source numbers printed after it."""
        return (self.source, *self.also)


@dataclass(frozen=True, slots=True)
class Back:
    """A back-link from a source to a place that cites it."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as it is listed."""

    number: int
    anchor: str
    title: str
    untitled: bool
    outlet: str  # or the words for "outlet unknown"
    has_outlet: bool
    when: str  # a day in words, with the time where it is known, or the word for "undated"
    when_short: str
    iso: str  # the date for machines; empty when undated
    evidence: str  # how the date is known, where a reader should be told; else empty
    byline: str
    wire: str
    url: str  # http or https, or empty
    host: str  # of the address, for print
    file: str  # what it was read from
    language: str
    direction: str
    back: tuple[Back, ...] = ()

    @property
    def named(self) -> str:
        """Return who it is of and of when, as far as that is known: the cover counts what is not."""
        return ", ".join(
            filter(None, [self.outlet if self.has_outlet else self.host, self.when_short if self.iso else ""])
        )

    @property
    def line(self) -> str:
        """Return its number with that."""
        return f"[{self.number}] {self.named}".rstrip()


@dataclass(frozen=True, slots=True)
class AccountView:
    """A box of figures that differ between sources."""

    about: str
    rows: tuple[tuple[FigureView, ...], ...]  # figures of one value are one row
    days: str = ""  # says so where they are of different days, or not all dated

    @property
    def figures(self) -> tuple[FigureView, ...]:
        """Return every figure in order."""
        return tuple(figure for row in self.rows for figure in row)


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure of an account, with its source."""

    printed: str
    sentence: SentenceView
    source: SourceView


@dataclass(frozen=True, slots=True)
class ShortView:
    """What one article of a story adds to it: one sentence."""

    source: SourceView  # its outlet is the name of its file where no outlet is known
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class SeeView:
    """A pointer to an item that says the same."""

    number: int
    anchor: str


@dataclass(frozen=True, slots=True)
class EarlierView:
    """A sentence as an earlier edition printed it."""

    text: str
    direction: str
    outlet: str  # or the words for "outlet unknown"
    printed: str  # "17 Jan 2022, item 3"


@dataclass(frozen=True, slots=True)
class OwnView:
    """The editor's own line: set apart and labelled wherever it is printed."""

    text: str
    direction: str


@dataclass(frozen=True, slots=True)
class MetaView:
    """One part of the line under a story's headline."""

    text: str
    anchor: str = ""  # of the source it speaks of, which the web page links to; empty when of none


@dataclass(frozen=True, slots=True)
class StoryView:
    """A numbered item."""

    number: int
    anchor: str
    headline: str
    untitled: bool
    language: str
    direction: str
    when: str
    origin_line: str  # "5 articles, 2 origins: AP ×4, own reporting ×1", or that there is a single source
    sentences: tuple[SentenceView, ...]
    known: tuple[EarlierView, ...]
    sources: tuple[SourceView, ...]
    in_short: tuple[ShortView, ...]
    accounts: tuple[AccountView, ...]
    roundups: tuple[MetaView, ...]  # which event of which round-up it is
    state: str  # since when it has been going on; empty for a new story
    own: tuple[OwnView, ...]  # the editor's lines
    retitled: bool  # the headline is the editor's, its label before it
    source_headline: str  # then a line with the source's own; else empty
    see: tuple[SeeView, ...] = ()  # items that say what it would repeat

    @property
    def meta(self) -> tuple[MetaView, ...]:
        """Return the parts of the line under the headline: state, origins, round-ups."""
        return (*(MetaView(t) for t in (self.state, self.origin_line) if t), *self.roundups)

    @property
    def meta_in_print(self) -> tuple[MetaView, ...]:
        """Return those parts without that it rests on one article, which the line of its one source says."""
        return tuple(m for m in self.meta if len(self.sources) > 1 or m.text != self.origin_line)

    @property
    def text_direction(self) -> str:
        """Return "rtl" when every sentence runs from right to left, else the empty string."""
        return "rtl" if self.sentences and all(s.direction == "rtl" for s in self.sentences) else ""


@dataclass(frozen=True, slots=True)
class PassageView:
    """What a story led by another theme says on this one."""

    sentences: tuple[SentenceView, ...]
    source: SourceView
    item: int  # number of the story it is from; 0 when that is not in this edition
    anchor: str  # of that story; empty when it is not in this edition
    headline: str  # of that story, or the source's title
    repeated: bool = False  # that story prints these sentences as well


@dataclass(frozen=True, slots=True)
class UnchangedView:
    """A numbered item without news: one line."""

    number: int
    anchor: str
    headline: str
    language: str
    direction: str
    line: str  # "unchanged since 17 Jan 2022; item 3 on 18 Jan 2022", after the source's headline where it is retitled
    sources: tuple[int, ...]  # their numbers
    own: tuple[OwnView, ...]  # the editor's lines


@dataclass(frozen=True, slots=True)
class LineView:
    """A numbered item told in a line: its headline and where that is from."""

    number: int
    anchor: str
    headline: str
    language: str
    direction: str
    sources: tuple[SourceView, ...]
    see: tuple[SeeView, ...] = ()  # the item that tells it

    @property
    def named_closely(self) -> str:
        """Return the numbers of its sources and their outlets, each once: "7, 11 The Aster Post"."""
        outlets = dict.fromkeys(source.outlet for source in self.sources if source.has_outlet)
        return f"{', '.join(str(source.number) for source in self.sources)} {', '.join(outlets)}".rstrip()


@dataclass(frozen=True, slots=True)
class QuietView:
    """A story of earlier days that ended."""

    headline: str
    direction: str
    line: str  # "17 Jan 2022 – 19 Jan 2022; item 3 on 19 Jan 2022"


@dataclass(frozen=True, slots=True)
class SectionView:
    """A theme."""

    slug: str
    anchor: str
    name: str
    description: str
    stories: tuple[StoryView, ...]  # those that are news, told in sentences
    lines: tuple[LineView, ...]  # those that are news, told in a line
    unchanged: tuple[UnchangedView, ...]
    passages: tuple[PassageView, ...]
    own: tuple[OwnView, ...]  # the editor's lines
    usual: str  # what the theme usually has, and has today; empty when that is not known
    nothing: str  # says that there is no news; empty when there is some
    count: str  # "3 stories"; with passages alone "2 passages"; empty when there is no news
    also_on: str  # the heading over the passages
    see: tuple[SeeView, ...] = ()  # items that speak of the theme too
