"""The presentation model of a whole edition: what every output prints of it, and how closely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.model import Imprint
from briefing.outputs.view.lists import (
    Bar,
    CorrectionView,
    HeadlineView,
    LedgerGroup,
    LedgerView,
    PointView,
    StatementView,
)
from briefing.outputs.view.types import AccountView, OwnView, QuietView, SectionView, SourceView, StoryView
from briefing.text.labels import Words

_SOURCES_OF_A_PAGE = 45  # in two columns of 8 points
_SHORT_LEDGER = 24  # entries; with more, what was simply used is listed in brief


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
