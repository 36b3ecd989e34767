"""The types of the presentation model: plain values for templates, nothing left to decide.

Texts are plain (templates escape them); ``anchor`` and ``id`` values are safe as HTML ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.model import Imprint
from briefing.text.labels import Words

_SOURCES_OF_A_PAGE = 45  # in two columns of 8 points
_OUTLETS_WIDTH = 24  # characters of the outlets behind a headline on the front page
_NAMED_IN_PRINT = 20  # inputs of one fate without remark; more are a number, which page and issue file spell out
_SHORT_LEDGER = 24  # entries; with more, what was simply used is listed in brief


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
class CorrectionView:
    """A printed sentence that its source no longer says."""

    old: EarlierView
    new: SentenceView | None  # what the source says now; None when it was taken out
    source: SourceView


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


@dataclass(frozen=True, slots=True)
class PointView:
    """A key point."""

    sentence: SentenceView
    theme: str
    item: int
    anchor: str


@dataclass(frozen=True, slots=True)
class HeadlineView:
    """An item as one line of the front page."""

    number: int
    anchor: str  # of the item
    headline: str
    language: str
    direction: str
    named: tuple[str, ...]  # its outlets, each once; empty when none is known

    @property
    def outlets(self) -> str:
        """Return all outlets: "The Aster Post, Example Wire"."""
        return ", ".join(self.named)

    @property
    def outlets_short(self) -> str:
        """Return as many whole outlets as a line has room for, at least one, and how many more: "The Aster Post +2"."""
        shown = self.named[:1]
        for outlet in self.named[1:]:
            if len(", ".join((*shown, outlet))) > _OUTLETS_WIDTH:
                break
            shown += (outlet,)
        more = len(self.named) - len(shown)
        return ", ".join(shown) + (f" +{more}" if more else "")


@dataclass(frozen=True, slots=True)
class StatementView:
    """Who said what."""

    speaker: str
    role: str
    verb: str
    quotation: str
    sentence: SentenceView
    item: int
    anchor: str


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The ledger line of one input."""

    input: str
    title: str
    outcome: str
    fate: str
    reason: str
    notes: tuple[str, ...]
    removed: str
    plain: bool  # used, and nothing to remark


@dataclass(frozen=True, slots=True)
class LedgerGroup:
    """The inputs of one fate, reason and remark."""

    fate: str
    inputs: tuple[str, ...]
    why: str  # reason and remarks, the same for all; empty for what was used without remark

    @property
    def is_counted(self) -> bool:
        """Return whether print counts them instead of naming them: many that were used without remark."""
        return not self.why and len(self.inputs) > _NAMED_IN_PRINT


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart."""

    label: str
    value: int
    more: int = 0  # a second, lighter part
    text: str = ""  # the value in words


@dataclass(frozen=True, slots=True)
class EditionView:
    """Everything an output prints."""

    imprint: Imprint
    scope: str  # slug of the theme when this is a digest, of several with + between
    scope_name: str
    date: str  # with the weekday
    date_long: str
    date_short: str
    counts: tuple[str, ...]
    coverage: str  # the days the articles are of; empty when all are undated
    own: tuple[OwnView, ...]  # the editor's lines on the cover
    verbatim: str  # whose words are printed
    signed: str  # a line that says who signed, and when; empty when nobody did
    key_points: tuple[PointView, ...]
    headlines: tuple[HeadlineView, ...]  # the items that are news, what matters most first; none for a single item
    headlines_more: str  # how many more are told in a line, where the list leaves those out; empty when it has all
    corrections: tuple[CorrectionView, ...]
    sections: tuple[SectionView, ...]  # those that have anything; of a digest the one it is of
    empty: str  # the themes without news, in one line after the news; empty when there is none
    quiet: tuple[QuietView, ...]
    accounts: tuple[AccountView, ...]  # those of no printed story
    statements: tuple[StatementView, ...]
    sources: tuple[SourceView, ...]
    ledger: tuple[LedgerView, ...]
    accounted: str  # "12 in, 12 accounted for"
    cuts: tuple[tuple[str, str], ...]  # what, and why
    is_compact: bool  # set in the compact layout, as an edition cut to a number of pages is
    has_lists: bool  # print has the lists of sources and inputs: they are the first to go for a limit of pages
    themes_chart: tuple[Bar, ...]
    days_chart: tuple[Bar, ...]  # the fourteen days up to the edition's
    days_outside: str  # the articles it leaves out: "9 older, 1 undated"
    origins_chart: tuple[Bar, ...]
    words: Words = field(repr=False)

    @property
    def one_theme(self) -> bool:
        """Return whether this is the digest of one theme: the page's title is its section's name."""
        return bool(self.scope) and "+" not in self.scope

    @property
    def full_title(self) -> str:
        """Return the title, with the theme's name when this is a digest."""
        return f"{self.imprint.title}: {self.scope_name}" if self.scope_name else self.imprint.title

    @property
    def is_short(self) -> bool:
        """Return whether its length leaves room for the news alone: print sets sources and ledger small."""
        return self.imprint.length in ("brief", "standard")

    @property
    def lists_sources(self) -> bool:
        """Return whether print lists the sources: in a shorter edition as long as they fit a page."""
        return self.has_lists and (not self.is_short or len(self.sources) <= _SOURCES_OF_A_PAGE)

    @property
    def outlets(self) -> tuple[tuple[str, int], ...]:
        """Return the outlets of the sources with the number of articles of each, the most first."""
        counted = Counter(source.outlet for source in self.sources)
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def targets(self) -> Mapping[int, str]:
        """Return where the number of each source leads in print: to its place in the list, without one to its item."""
        if self.lists_sources:
            return {source.number: source.anchor for source in self.sources}
        found: dict[int, str] = {}
        for section in self.sections:
            items = [(item.anchor, [s.number for s in item.sources]) for item in section.stories]
            items += [(item.anchor, [s.number for s in item.sources]) for item in section.lines]
            items += [(item.anchor, list(item.sources)) for item in section.unchanged]
            items += [(section.anchor, [passage.source.number]) for passage in section.passages]
            for anchor, numbers in items:
                found.update((n, anchor) for n in numbers if n not in found)
        return {source.number: found.get(source.number, "ledger") for source in self.sources}

    @property
    def ledger_rows(self) -> tuple[LedgerView, ...]:
        """Return the ledger entries in the table: all of a short ledger, of a long one those with a remark."""
        return tuple(e for e in self.ledger if not e.plain) if _in_brief(self) else self.ledger

    @property
    def ledger_rest(self) -> tuple[LedgerView, ...]:
        """Return the ledger entries listed in brief: of a long ledger those used without remark."""
        return tuple(e for e in self.ledger if e.plain) if _in_brief(self) else ()

    @property
    def ledger_by_fate(self) -> tuple[LedgerGroup, ...]:
        """Return the ledger grouped by fate, reason and remark, as the compact layout prints it."""
        groups: dict[tuple[str, str], list[str]] = {}
        for entry in sorted(self.ledger, key=lambda entry: (not entry.plain, entry.fate)):
            why = "" if entry.plain else " ".join((entry.reason, *entry.notes))
            groups.setdefault((entry.fate, why), []).append(entry.input)
        return tuple(LedgerGroup(fate, tuple(inputs), why) for (fate, why), inputs in groups.items())

    @property
    def stories(self) -> tuple[StoryView, ...]:
        """Return every item in order."""
        return tuple(story for section in self.sections for story in section.stories)


def _in_brief(view: EditionView) -> bool:
    return view.is_compact or len(view.ledger) > _SHORT_LEDGER
