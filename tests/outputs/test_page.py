"""The web page and its charts."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from briefing.model import Brand, CitedOrigin, Edition, Section
from briefing.outputs import OUTPUTS, Job, view
from briefing.outputs.charts import bar_chart, chart_png, charts_of, column_chart
from briefing.outputs.view import AccountView, Bar, StoryView, view_of
from tests.editions import EDITIONS, imprinted, ordinary
from tests.paths import ROOT

SVG = "{http://www.w3.org/2000/svg}"
VOID = {"meta", "img", "br", "link", "input", "hr", "wbr", "area", "base", "col", "embed", "source", "track"}


class Reader(HTMLParser):
    """Reads a page strictly: every element closed, every id once."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.names: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        values = dict(attributes)
        assert len(values) == len(attributes), (tag, attributes)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if "href" in values:
            self.links.append(str(values["href"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page_of(edition: Edition) -> str:
    return Job(edition, OUTPUTS).made("html").decode("utf-8")


@pytest.mark.parametrize("name", EDITIONS)
def test_every_element_is_closed_every_id_is_one_and_every_link_leads_somewhere(name: str) -> None:
    for edition in (EDITIONS[name](), *(EDITIONS[name]().only(s) for s in ("diplomacy", "sanctions"))):
        reader = Reader(page_of(edition))
        assert reader.open == []
        assert len(reader.ids) == len(set(reader.ids))
        for target in reader.links:
            assert target.startswith(("https://", "http://")) or target[1:] in reader.ids, target


def test_a_citation_leads_to_its_source_and_back_to_its_sentence() -> None:
    page = page_of(ordinary())
    assert '<sup class="cite">&nbsp;<a href="#source-5" id="c2"' in page
    source = page[page.index('<li id="source-5">') :].partition("</li>")[0]
    ways = re.findall(r'<a href="#(c\d+)"[^>]*>([^<]+)</a>', source)
    assert [label for _, label in ways] == ["key points", "item 3", "accounts"]
    for place, _ in ways:
        cited = re.search(rf'<sup class="cite">[^/]*?id="{place}".*?</sup>', page)
        assert cited is not None
        assert 'href="#source-5"' in cited[0]


def test_the_page_needs_no_other_file_no_script_and_no_network() -> None:
    page = page_of(imprinted(ordinary(), brand=Brand(logo="data:image/png;base64,iVBORw0KGgo=")))
    reader = Reader(page)
    assert not {"script", "link", "iframe", "object", "embed", "form"} & set(reader.names)
    assert re.findall(r'src="([^"]{5})', page) == ["data:"]
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert "@import" not in page


def test_what_an_article_says_is_text_wherever_it_is_printed() -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}\u202e'
    e = ordinary()
    story = replace(
        e.sections[0].stories[0],
        headline=bad,
        origins=(
            CitedOrigin(bad, "agency", e.stories[0].sources[:2]),
            CitedOrigin("x", "agency", e.stories[0].sources[2:]),
        ),
        summary=(replace(e.stories[0].summary[0], text=bad),),
    )
    section = replace(e.sections[0], name=bad, description=bad, stories=(story,))
    fields = {"title": bad, "outlet": bad, "byline": bad, "wire": bad, "input": bad, "url": "javascript:alert(1)"}
    sources = (replace(e.sources[0], **fields), *e.sources[1:])
    edition = imprinted(
        e,
        title=bad,
        organisation=bad,
        brand=Brand(footer=bad, mark=bad),
        sections=(section, *e.sections[1:]),
        sources=sources,
        ledger=tuple(replace(entry, reason=bad, input=bad) for entry in e.ledger),
        accounts=tuple(replace(a, about=bad) for a in e.accounts),
        statements=tuple(replace(s, speaker=bad, role=bad) for s in e.statements),
    )
    reader = Reader(page_of(edition))
    assert "script" not in reader.names
    assert "img" not in reader.names
    assert not any(target.startswith("javascript") for target in reader.links)
    assert "\u202e" not in "".join(reader.text)
    assert "{{ 7*7 }}" in "".join(reader.text)


def test_the_handling_mark_stands_on_every_printed_page_and_needs_no_colour() -> None:
    css = page_of(imprinted(ordinary(), brand=Brand(mark="TLP:RED"))).partition("@media print")[2]
    assert '@top-right { content: "TLP\\00003aRED"' in css
    assert ".tlp, .marking .own { color: #000000; background: none; border:" in css


def test_missing_values_say_so() -> None:
    text = "".join(Reader(page_of(EDITIONS["undated"]())).text)
    assert "outlet unknown" in text
    assert "undated" in text
    assert "incoming/001.txt" in text
    assert "4 articles · 4 stories · 4 articles of unknown outlets · 4 undated" in text


def test_themes_without_news_are_one_line_after_the_news() -> None:
    page = page_of(EDITIONS["one-article"]())
    empty = page.index("Nothing in today’s articles on: Arms Shipments; Sanctions.")
    assert page.rindex("</article>") < empty < page.index('id="sources"')
    assert 'id="theme-sanctions"' not in page
    assert "Nothing in today’s articles on this." in page_of(EDITIONS["one-article"]().only("sanctions"))


def test_an_edition_without_a_usable_article_says_so() -> None:
    assert "No article could be used today" in page_of(EDITIONS["nothing"]())


def test_an_untitled_source_is_marked_and_its_sentence_is_printed_once() -> None:
    page = page_of(ordinary())
    story = page[page.index('id="item-4"') :].partition("</article>")[0]
    assert story.count("howitzers, its spokesman said") == 1
    assert page.count("1 item has no headline in its source and stands under its first sentence.") == 1


UNTITLED = (
    "Harbour pilots of the three northern ports walked off their boats before dawn on Monday after the council refused "
    "to hear them, the union of pilots said, and no ship over forty metres has since moved in or out of the estuary."
)


def untitled_story(heading: str, *texts: str) -> StoryView:
    edition = EDITIONS["one-article"]()
    first = edition.stories[0]
    summary = tuple(replace(first.summary[0], text=text) for text in texts)
    receipt = replace(first.headline_receipt, of="body")
    story = replace(first, headline_receipt=receipt, headline=heading, summary=summary)
    section = replace(edition.sections[0], stories=(story,))
    source = replace(edition.sources[0], untitled=True, title=heading)
    return view_of(replace(edition, sections=(section, *edition.sections[1:]), sources=(source,))).stories[0]


def test_a_sentence_that_is_the_heading_as_a_whole_is_not_printed_below_it_again() -> None:
    story = untitled_story("The pilots went home.", "The pilots went home.", "They will be back.")
    assert (story.headline, [s.text for s in story.sentences]) == ("The pilots went home.", ["They will be back."])
    alone = untitled_story("The pilots went home.", "The pilots went home.")
    assert (alone.headline, alone.sentences) == ("The pilots went home.", ())


def test_a_sentence_too_long_for_a_heading_is_the_whole_heading_and_not_read_twice() -> None:
    story = untitled_story(UNTITLED[:200].rpartition(" ")[0], UNTITLED, "They will be back.")
    assert story.headline == UNTITLED
    assert [s.text for s in story.sentences] == ["They will be back."]
    assert story.sources[0].title.endswith("forty metres has since moved…")


def test_a_heading_cut_from_a_sentence_that_is_not_told_is_as_long_as_it_can_be() -> None:
    cut = UNTITLED[:200].rpartition(" ")[0]
    assert untitled_story(cut, "They will be back.").headline == cut + "…"


def test_a_heading_of_a_source_never_gets_an_ellipsis() -> None:
    assert "…" not in page_of(EDITIONS["long-headline"]()).partition("<article")[2].partition("</h3>")[0]
    assert view_of(EDITIONS["long-headline"]()).stories[0].headline == EDITIONS["long-headline"]().stories[0].headline


def test_an_origin_without_a_name_is_named_by_what_it_is() -> None:
    e = ordinary()
    origins = (CitedOrigin("Meridian Press", "agency", (1,)), *(CitedOrigin("", "own reporting", (n,)) for n in (2, 3)))
    story = replace(e.stories[0], origins=origins)
    section = replace(e.sections[0], stories=(story, *e.sections[0].stories[1:]))
    shown = view_of(replace(e, sections=(section, *e.sections[1:]))).stories[0]
    assert shown.origin_line == "3 articles, 3 origins: Meridian Press ×1, outlet unknown ×2"


def test_a_story_with_one_origin_is_labelled_as_of_a_single_source() -> None:
    e = ordinary()
    agency = replace(e.stories[0], origins=(CitedOrigin("AP", "agency", (1, 2, 3)),))
    section = replace(e.sections[0], stories=(agency, *e.sections[0].stories[1:]))
    several, one = view_of(replace(e, sections=(section, *e.sections[1:]))).stories[:2]
    assert several.origin_line == "3 articles, 1 origin: AP ×3 · single source"
    assert one.origin_line == f"Single source: {e.source(e.stories[1].sources[0]).outlet}"


def test_what_an_article_of_unknown_outlet_adds_goes_by_its_number() -> None:
    e = ordinary()
    sources = tuple(replace(s, outlet="") for s in e.sources)
    shown = view_of(replace(e, sources=sources))
    named = [short.source.outlet for story in shown.stories for short in story.in_short]
    assert named
    assert all(re.fullmatch(r"\[\d+\]", name) for name in named)
    assert shown.sources[0].outlet == "outlet unknown"


def test_no_full_stop_follows_a_headline_that_ends_in_one() -> None:
    e = ordinary()
    stories = [replace(s, headline=s.headline.rstrip(".") + ".") for s in e.stories]
    sections = tuple(
        replace(s, stories=tuple(x for x in stories if x.number in [y.number for y in s.stories])) for s in e.sections
    )
    page = page_of(replace(e, sections=sections))
    assert ".." not in "".join(Reader(page).text)


def test_a_passage_that_its_item_tells_as_well_says_where() -> None:
    e = ordinary()
    passage = e.sections[2].passages[0]
    story = next(s for s in e.stories if s.number == passage.story)
    again = replace(passage, sentences=story.summary[:1])
    page = page_of(replace(e, sections=(*e.sections[:2], replace(e.sections[2], passages=(again,)))))
    shown = page[page.index('<div class="passages">') :].partition("</div>")[0]
    assert f">see item {story.number}</a>" in shown
    assert 'class="from"' not in shown
    assert "see item" not in page_of(e)


def boxed(*rows: tuple[float, int]) -> AccountView:
    """A box of figures, each a value and the number of its source in the ordinary edition."""
    e = ordinary()
    figure = e.accounts[0].figures[0]
    figures = tuple(
        replace(figure, value=value, printed=f"{value}", sentence=e.sources[n - 1].summary[0]) for value, n in rows
    )
    account = replace(e.accounts[0], figures=figures)
    box = next(s.accounts for s in view_of(replace(e, accounts=(account,))).stories if s.accounts)
    return box[0]


def test_figures_of_one_value_are_one_row() -> None:
    box = boxed((120, 1), (100, 2), (120, 5))
    assert [[f.source.number for f in row] for row in box.rows] == [[1, 5], [2]]
    assert len(box.figures) == 3


def test_a_box_says_how_many_days_lie_between_its_figures_where_all_are_dated() -> None:
    days = {s.number: s.published and s.published.date() for s in ordinary().sources}
    undated = next(n for n, day in days.items() if day is None)
    same = [n for n, day in days.items() if day == days[1]]
    older = next(n for n, day in days.items() if day not in (None, days[1]))
    assert boxed((1, same[0]), (2, same[1])).days == ""
    apart = abs(days[same[0]] - days[older]).days
    assert boxed((1, same[0]), (2, older)).days == f"The articles lie {apart} {'day' if apart == 1 else 'days'} apart."
    assert boxed((1, same[0]), (2, undated)).days == "Not every figure is dated."
    assert boxed((1, undated), (2, undated)).days == "The figures are undated."
    assert len(boxed((1, same[0]), (2, older), (3, undated)).days) == len(
        "The figures are of different days. Not every figure is dated."
    )


def test_the_page_speaks_the_language_of_the_edition() -> None:
    page = page_of(EDITIONS["ukrainian"]())
    assert '<html lang="uk">' in page
    for said in ("Вівторок, 1 лютого 2022 року", "Головне", "2 події", "Джерела", "Облік"):
        assert said in page


def test_foreign_text_carries_its_language_and_direction() -> None:
    page = page_of(EDITIONS["foreign-names"]())
    assert '<span lang="ar" dir="rtl">' in page
    assert '<span lang="he" dir="rtl">' in page
    assert "<bdi>صحيفة المرفأ\u200e</bdi>" in page


def test_times_are_given_in_the_zone_of_the_desk() -> None:
    shown = view_of(EDITIONS["ukrainian"]())
    assert shown.sources[0].when.endswith("10:30")  # 08:30 in UTC
    assert shown.sources[0].iso == "2022-02-01T10:30+02:00"
    assert shown.sources[1].iso == "2022-01-29"


def test_a_source_that_says_what_was_said_is_only_listed() -> None:
    story = view_of(ordinary()).stories[2]
    assert [s.outlet for s in story.sources] == ["Hadderstone Post", "Pellhaven Daily"]
    assert story.in_short == ()  # its first sentence stands in the box, its second is told


def test_a_long_ledger_lists_in_brief_what_was_simply_used() -> None:
    shown = view_of(EDITIONS["sixty-articles"]())
    assert (len(shown.ledger_rows), len(shown.ledger_rest)) == (0, 60)
    short = view_of(ordinary())
    assert (len(short.ledger_rows), len(short.ledger_rest)) == (11, 0)


def test_a_chart_carries_its_numbers_as_text() -> None:
    bars = (Bar("Diplomacy", 4, text="4 articles"), Bar("A & <B>", 1, 2, text="3 articles"))
    svg = ET.fromstring(bar_chart(bars, "Articles per theme", accent="#1f4e79", name="t"))
    assert [e.tag for e in svg[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert svg[1].text == "Diplomacy: 4 articles; A & <B>: 3 articles"
    assert svg.get("aria-labelledby") == "t-title t-desc"


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = (Bar("a", 4), Bar("b", 1, 1), Bar("c", 0))
    svg = ET.fromstring(bar_chart(bars, "x", accent="#1f4e79", name="t"))
    long = [float(r.get("width", "")) for r in svg.iter(f"{SVG}rect") if r.get("class") == "bar"]
    more = [float(r.get("width", "")) for r in svg.iter(f"{SVG}rect") if r.get("class") == "more"]
    assert long == pytest.approx([140, 35, 0])
    assert more == pytest.approx([0, 35, 0])


def test_the_two_parts_of_a_bar_are_named_below_the_bars() -> None:
    edition = replace(ordinary(), sections=(*ordinary().sections[:2], passages_alone()))
    drawn = charts_of(view_of(edition))[0]
    svg = ET.fromstring(drawn.svg)
    said = [(float(t.get("y", "")), t.text) for t in svg.iter(f"{SVG}text")]
    height = float(svg.get("viewBox", "").split()[3])
    assert [text for _, text in said[-2:]] == ["in a story of the theme", "only quoted under it"]
    assert max(y for y, _ in said) < height


def passages_alone() -> Section:
    section = ordinary().sections[2]
    first = ordinary().stories[0]
    return replace(
        section, stories=(), passages=tuple(replace(p, sentences=first.summary[:1]) for p in section.passages)
    )


def test_the_caption_says_that_an_article_counts_under_several_themes_only_where_one_does() -> None:
    assert charts_of(view_of(ordinary()))[0].note == "An article may count under several themes."
    assert charts_of(view_of(EDITIONS["sixty-articles"]()))[0].note == ""


def test_the_days_charted_are_the_fourteen_up_to_the_edition_and_the_others_are_counted() -> None:
    edition = ordinary()
    ages = [0, 13, 14, 40, -1, None]
    noon = datetime(2022, 2, 1, tzinfo=UTC)
    sources = tuple(
        replace(
            s, published=None if age is None else noon - timedelta(days=age), precision="" if age is None else "day"
        )
        for s, age in zip(edition.sources, ages, strict=False)
    )
    shown = view_of(replace(edition, sources=(*sources, *edition.sources[len(ages) :])))
    assert (shown.days_chart[0].label, shown.days_chart[-1].label, len(shown.days_chart)) == ("19 Jan", "1 Feb", 14)
    chart = next(c for c in charts_of(shown) if c.name == "days")
    assert chart.title == "Articles per day, last 14 days"
    assert chart.note.startswith("2 older, 1 newer, ")
    assert "undated" in chart.note
    assert chart.note in page_of(replace(edition, sources=(*sources, *edition.sources[len(ages) :])))


def test_one_day_is_no_chart_of_days() -> None:
    edition = ordinary()
    day = datetime(2022, 2, 1, tzinfo=UTC)
    sources = tuple(replace(s, published=day, precision="day") for s in edition.sources)
    assert "days" not in [c.name for c in charts_of(view_of(replace(edition, sources=sources)))]


def test_columns_stay_inside_the_chart() -> None:
    bars = tuple(Bar(f"{n} Jan", n) for n in range(1, 15))
    svg = ET.fromstring(column_chart(bars, "x", accent="#1f4e79", name="d"))
    for rect in svg.iter(f"{SVG}rect"):
        assert 0 <= float(rect.get("x", "")) <= 330 - float(rect.get("width", ""))


def test_no_chart_is_drawn_of_nothing_or_of_one_bar() -> None:
    assert bar_chart((), "x", accent="#1f4e79", name="t") == ""
    assert [c.name for c in charts_of(view_of(EDITIONS["one-article"]()))] == ["themes"]
    assert charts_of(view_of(EDITIONS["nothing"]())) == ()
    assert [c.name for c in charts_of(view_of(ordinary()))] == ["themes", "days", "origins"]


def test_a_chart_as_png_is_twice_as_wide_as_shown_and_the_same_every_time() -> None:
    svg = charts_of(view_of(ordinary()))[0].svg
    png = chart_png(svg, 200)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 400
    assert png == chart_png(svg, 200)


def test_the_same_edition_gives_the_same_page() -> None:
    assert page_of(ordinary()) == page_of(ordinary())


def test_the_manual_names_every_field_a_template_is_given() -> None:
    manual = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    given = manual.partition("### What a template is given")[2].partition("\n## ")[0]
    for kind in vars(view).values():
        if not isinstance(kind, type):
            continue
        called = "e" if kind is view.EditionView else kind.__name__
        row = next(line for line in given.split("\n") if line.startswith("|") and f"`{called}`" in line)
        names = {f.name for f in fields(kind)} | {n for n, v in vars(kind).items() if isinstance(v, property)}
        assert names <= set(re.findall(r"`(\w+)`", row)), kind


def test_the_manual_names_every_output_and_block() -> None:
    root = ROOT
    manual = (root / "docs" / "outputs.md").read_text(encoding="utf-8")
    for name, output in OUTPUTS.items():
        assert f"| `{name}` | `{output.whole}` |" in manual
    for block in re.findall(r"{% block (\w+) %}", (root / "templates" / "edition.html.j2").read_text()):
        assert f"`{block}`" in manual
