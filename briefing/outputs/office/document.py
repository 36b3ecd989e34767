"""The edition, written into a Word file from top to bottom."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import OutputError
from briefing.model import Paper
from briefing.outputs.brand import logo_bytes
from briefing.outputs.charts import chart_png, charts_of
from briefing.outputs.links import printable
from briefing.outputs.office.earlier import EarlierPen
from briefing.outputs.office.styles import drop_leftovers, put_styles
from briefing.outputs.view import AccountView, EditionView, LedgerView, OwnView, SectionView, SeeView, StoryView
from briefing.outputs.view.direction import direction_of

if TYPE_CHECKING:
    from briefing.outputs.job import Job

#: The base a user's template folder may hold: its styles, margins, header and footer stay.
HOUSE_TEMPLATE = "briefing.docx"

_PAPER: dict[Paper, tuple[float, float]] = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}  # mm
_MARGIN = 25.0  # mm
_STATEMENT_COLUMNS = (0.28, 0.72)
_LEDGER_COLUMNS = (0.34, 0.2, 0.12, 0.34)  # shares of the text's width
_CHART = 110.0  # mm
_LOGO = (60.0, 14.0)  # mm at most, width and height
_CHART_PIXELS = 400  # drawn at twice that: 185 to the inch


class Writing(EarlierPen):
    """One edition being written."""

    def __init__(self, job: Job) -> None:
        self.view: EditionView = job.view
        self.words = self.view.words
        file = job.templates / HOUSE_TEMPLATE if job.templates else None
        house = file if file is not None and file.is_file() else None
        look = (self.view.imprint.brand.accent, self.view.imprint.language)
        super().__init__(_from_house(house, *look) if house else _from_ours(*look), self.view.imprint.brand.accent)
        if house is None:
            self._page()

    def packed(self) -> bytes:
        """Return the file of the whole edition."""
        self._edition()
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _edition(self) -> None:
        v, w = self.view, self.words
        self._properties()
        self._head()
        contents = self.paragraph("Briefing Meta")
        self.text(contents, w.say("contents")).bold = True
        if v.key_points:
            self.heading(w.say("key_points"), 1)
            for point in v.key_points:
                line = self.paragraph("Briefing Key Point")
                self.text(line, "•\t")
                self.sentences(line, [point.sentence])
                if point.item:
                    self.small(line, f" {w.say('item', number=point.item)}")
        self._headlines()
        self.corrections(v)
        if not v.sources:
            self.say("Briefing Summary", w.say("empty_edition" if v.ledger else "no_input"))
        for section in v.sections:
            self._section(section)
        if v.empty:
            self.say("Briefing Meta", v.empty)
        self.quiet(v)
        if v.accounts:
            self.heading(w.say("accounts"), 1)
            for account in v.accounts:
                self._account(account)
        self._statements()
        self._charts()
        self._sources()
        self._ledger()
        self.contents(contents)

    def _head(self) -> None:
        v = self.view
        if v.imprint.brand.mark:
            self.mark(self.paragraph("Briefing Mark"), v.imprint.brand.mark)
        self._logo()
        if v.imprint.organisation or v.scope:
            self.say(
                "Briefing Organisation",
                " · ".join(filter(None, [v.imprint.organisation, v.imprint.title if v.scope else ""])),
            )
        self.say("Title", v.scope_name if v.scope else v.imprint.title)
        self.say("Subtitle", v.date)
        self.say("Briefing Meta", " · ".join(filter(None, [*v.counts, v.coverage])))
        more = f" {self.words.say('numbers_from_edition')}" if v.scope else ""
        self.say("Briefing Meta", f"{v.verbatim}{more}")
        if v.signed:
            self.say("Briefing Organisation", v.signed)
        self._own(v.own)

    def _logo(self) -> None:
        brand = self.view.imprint.brand
        if brand.logo:
            png = logo_bytes(brand.logo)
            wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
            name = self.view.imprint.organisation or self.view.imprint.title
            self.picture(self.paragraph("Briefing Meta"), png, "logo", name, min(_LOGO[0], _LOGO[1] * wide / high))

    def _headlines(self) -> None:
        if self.view.headlines:
            self.heading(self.words.say("headlines"), 1)
        for item in self.view.headlines:
            line = self.paragraph("Briefing Meta", item.direction)
            line.paragraph_format.keep_with_next = False  # else the list as a whole is moved to the next page
            self.text(line, f"{item.number}  ")
            self.text(line, item.headline, item.direction, item.language)
            if item.outlets:
                self.small(line, f"  {item.outlets}")
        if self.view.headlines_more:
            self.say("Briefing Meta", self.view.headlines_more)

    def _own(self, lines: Iterable[OwnView]) -> None:
        for own in lines:
            line = self.paragraph("Briefing Editor", own.direction)
            self.text(line, f"{self.words.say('editor_label')} ").bold = True
            self.text(line, own.text)

    def _charts(self) -> None:
        for chart in charts_of(self.view):
            self.say("Briefing Account Title", chart.title)
            png = chart_png(chart.svg, _CHART_PIXELS)
            self.picture(self.paragraph("Briefing Meta"), png, chart.name, f"{chart.title}: {chart.text}", _CHART)

    def _section(self, section: SectionView) -> None:
        v, w = self.view, self.words
        alone = section.also_on if section.passages and not section.stories else w.say("stories_heading")
        self.heading(alone if v.one_theme else section.name, 1)
        self._own(section.own)
        remark = " ".join(filter(None, [section.nothing, section.usual]))
        if remark:
            self.say("Briefing Meta", remark)
        for story in section.stories:
            self._story(story)
        if section.lines and section.stories:
            self.say("Briefing Account Title", w.say("in_a_line"))
        for item in section.lines:
            line = self.paragraph("Briefing Source Line", item.direction)
            self.text(line, f"{item.number}  ")
            self.text(line, f"{item.headline}  ", item.direction, item.language)
            self.from_sources(line, item.sources)
            self._pointers(line, item.see)
        if section.passages and (section.stories or section.lines):
            self.heading(section.also_on, 2)
        for passage in section.passages:
            self.sentences(self.paragraph("Briefing Passage"), passage.sentences)
            line = self.paragraph("Briefing Source Line")
            if passage.item and (passage.anchor or v.scope):
                self.text(line, f"{w.say('item', number=passage.item)}: ")
            self.from_sources(line, [passage.source])
        if section.see:
            self._pointers(self.paragraph("Briefing Meta"), section.see)
        if section.unchanged:
            self.say("Briefing Account Title", w.say("unchanged"))
        for old in section.unchanged:
            self.unchanged(old)
            self._own(old.own)

    def _story(self, story: StoryView) -> None:
        w = self.words
        self.heading(f"{story.number}  {story.headline}", 2, story.direction, story.language)
        if story.source_headline:
            self.say("Briefing Meta", story.source_headline)
        if story.meta:
            self.say("Briefing Meta", " · ".join(part.text for part in story.meta))
        if story.known:
            line = self.paragraph("Briefing Known")
            self.text(line, f"{w.say('known_before')}: ")
            self.earlier(line, story.known)
        if story.sentences:
            line = self.paragraph("Briefing Summary", story.text_direction)
            self.sentences(line, story.sentences)
            self._pointers(line, story.see)
        self._own(story.own)
        for account in story.accounts:
            self._account(account)
        for short in story.in_short:
            line = self.paragraph("Briefing In Short")
            self.text(line, f"{short.source.outlet}: ")
            self.sentences(line, short.sentences)
        if named := [source for source in story.sources if source.named]:  # else a line of bare numbers
            self.from_sources(self.paragraph("Briefing Source Line"), named)

    def _pointers(self, line: Any, see: Sequence[SeeView]) -> None:
        """Write which items say what a place would repeat; nothing when there are none."""
        if see:
            items = ", ".join(self.words.say("item", number=s.number) for s in see)
            self.small(line, f" {self.words.say('see_also')} {items}")

    def _account(self, account: AccountView) -> None:
        self.say("Briefing Account Title", f"{self.words.say('accounts')}: {account.about}")
        for figure in account.figures:
            line = self.paragraph("Briefing Account")
            self.text(line, figure.printed).bold = True
            self.text(line, " – ")
            self.sentences(line, [figure.sentence])
            self.small(line, f" {figure.source.named}")
        if account.days:
            self.small(self.paragraph("Briefing Account"), account.days)

    def _statements(self) -> None:
        if not self.view.statements:
            return
        w = self.words
        self.heading(w.say("statements"), 1)
        head = [w.say("speaker"), w.say("statement")]
        cells = iter(self._grid(head, len(self.view.statements), _STATEMENT_COLUMNS, "Briefing Statement"))
        for said in self.view.statements:
            speaker, line = next(cells), next(cells)
            self.text(speaker, said.speaker, direction_of(said.speaker)).bold = True
            self.text(speaker, f", {said.role}" if said.role else "")
            self.sentences(line, [said.sentence])
            if said.item:
                self.small(line, f" {w.say('item', number=said.item)}")

    def _sources(self) -> None:
        if not self.view.sources:
            return
        w = self.words
        self.heading(w.say("sources"), 1)
        for source in self.view.sources:
            line = self.paragraph("Briefing Source")
            self.bookmark(line, f"source_{source.number}", f"{source.number}").bold = True
            self.text(line, "\t")
            self.text(line, source.title, source.direction, source.language)
            byline = w.say("by", name=source.byline) if source.byline else ""
            when = f"{source.when} ({source.evidence})" if source.evidence else source.when
            missing = f"[{w.say('untitled')}]" if source.untitled else ""
            imprint = ", ".join(filter(None, [source.outlet, byline, source.wire, when]))
            self.small(line, f" {missing} {imprint}, ".replace("  ", " "))
            if source.url:
                self.link(line, source.host, source.url)
            else:
                self.small(line, source.file)

    def _ledger(self) -> None:
        v, w = self.view, self.words
        self.heading(w.say("ledger"), 1)
        colophon = f"{w.say('method', method=v.imprint.method)} {w.say('times_in', zone=v.imprint.time_zone)}"
        self.say("Briefing Ledger", f"{v.accounted}. {colophon}")
        if v.ledger_rows:
            head = [w.say(key) for key in ("input", "outcome", "fate", "reason")]
            self._table(head, [[e.input, e.outcome, e.fate, _remark(e)] for e in v.ledger_rows])
        if v.ledger_rest:
            names = ", ".join(entry.input for entry in v.ledger_rest)
            self.say("Briefing Ledger", f"{w.say('used_without_remark')}: {names}")
        if v.cuts:
            self.heading(w.say("cuts"), 2)
            for what, why in v.cuts:
                self.say("Briefing Ledger", f"{what}: {why}")

    def _table(self, head: list[str], rows: list[list[str]]) -> None:
        lines = self._grid(head, len(rows), _LEDGER_COLUMNS, "Briefing Ledger")
        for line, text in zip(lines, (text for row in rows for text in row), strict=True):
            self.text(line, text)

    def _grid(self, head: list[str], rows: int, shares: tuple[float, ...], style: str) -> list[Any]:
        """Write a table whose head repeats, and return the empty lines of its cells, row by row.

        Args:
            head: The texts of its first row.
            rows: How many follow.
            shares: The columns' widths as shares of the text's.
            style: Of the lines in its cells.
        """
        from docx.shared import Mm

        table = self.document.add_table(rows=1 + rows, cols=len(head))
        if "Table Grid" in [one.name for one in self.document.styles]:
            table.style = "Table Grid"
        widths = [Mm(share * (_PAPER[self.view.imprint.paper][0] - 2 * _MARGIN)) for share in shares]
        table.autofit = False
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        lines = []
        # The cells of all rows at once: asking row by row counts them anew each time.
        for n, cell in enumerate(table._cells):
            cell._tc.width = widths[n % len(widths)]
            lines.append(cell.paragraphs[0])
            self.dress(lines[-1], style)
        for line, text in zip(lines, head, strict=False):
            self.text(line, text).bold = True
        self.repeat(table.rows[0])
        return lines[len(head) :]

    def _properties(self) -> None:
        v, properties = self.view, self.document.core_properties
        day = datetime(v.imprint.day.year, v.imprint.day.month, v.imprint.day.day)  # noqa: DTZ001  the format has no zone
        author = printable(v.imprint.organisation or v.imprint.title)[:255]
        properties.title = printable(f"{v.full_title}, {v.date_long}")[:255]
        properties.author = properties.last_modified_by = author
        properties.created = properties.modified = day
        properties.language, properties.revision, properties.comments = v.imprint.language, 1, ""
        properties.keywords = printable(", ".join(s.name for s in v.sections))[:255]

    def _page(self) -> None:
        from docx.shared import Mm

        section = self.document.sections[0]
        width, height = _PAPER[self.view.imprint.paper]
        section.page_width, section.page_height = Mm(width), Mm(height)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", Mm(_MARGIN))
        v = self.view
        head = section.header.paragraphs[0]
        if v.imprint.brand.mark:
            self.mark(head, v.imprint.brand.mark)
            self.text(head, " · ")
        self.text(head, f"{v.full_title} · {v.date_short}")
        foot = section.footer.paragraphs[0]
        before, between, after = self.words.say("page_of", page="\0", pages="\0").split("\0")
        self.text(
            foot, " · ".join(filter(None, [v.imprint.brand.footer or v.imprint.organisation, before.strip()])) + " "
        )
        self.field(foot, "PAGE")
        self.text(foot, between)
        self.field(foot, "NUMPAGES")
        self.text(foot, after)


def _from_house(house: Path, accent: str, language: str) -> Any:
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(str(house))
    except (OSError, KeyError, ValueError, OpcError, zipfile.BadZipFile) as error:
        raise OutputError(f"{house} is not a DOCX file.", "Save it from the word processor as .docx.") from error
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    put_styles(document, accent, language, house=True)
    return document


def _from_ours(accent: str, language: str) -> Any:
    import docx

    return docx.Document(BytesIO(_base(accent, language)))


@cache
def _base(accent: str, language: str) -> bytes:
    """Return an empty document with our styles: making them takes as long as writing a digest."""
    import docx

    document, out = docx.Document(), BytesIO()
    put_styles(document, accent, language, house=False)
    drop_leftovers(document)
    document.save(out)
    return out.getvalue()


def _remark(entry: LedgerView) -> str:
    return " ".join([entry.reason, *entry.notes, *([f"{entry.removed}."] if entry.removed else [])]).strip()
