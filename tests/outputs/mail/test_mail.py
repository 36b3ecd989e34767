"""The mail: its HTML and the message."""

from __future__ import annotations

import base64
import io
import smtplib
import socket
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from lxml import html as markup
from PIL import Image

from briefing.errors import OutputError
from briefing.model import Edition, Mailing
from briefing.outputs import OUTPUTS, Job
from briefing.outputs.mail import message as message_module
from briefing.outputs.mail.cutting import KINDS, pieces_of, without
from briefing.outputs.view import view_of
from tests.editions import EDITIONS, imprinted, ordinary, sixty_articles
from tests.outputs.hostile_edition import hostile


def email_of(edition: Edition) -> str:
    return Job(edition, OUTPUTS).made("email").decode("utf-8")


def eml_of(edition: Edition) -> bytes:
    return Job(edition, OUTPUTS).made("eml")


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not any(part.defects for part in message.walk())
    return message


@pytest.fixture(autouse=True)
def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the PDF out where it is not what is tested: it takes most of the time."""
    monkeypatch.setattr(message_module, "engine_problem", lambda: "There is none.")


@pytest.fixture(scope="module")
def eml() -> bytes:
    edition = imprinted(
        ordinary(),
        mailing=Mailing("desk@halden.example", "briefing.halden.example", "https://halden.example/off?u=1,2;3"),
    )
    return eml_of(edition)


# ---- the message


def test_the_headers_are_exactly_those_intended(eml: bytes) -> None:
    message = read(eml)
    head = [(name, str(value)) for name, value in message.items() if name not in ("Content-Type", "Message-ID")]
    assert head == [
        ("Date", "Tue, 01 Feb 2022 06:00:00 +0000"),
        ("From", "Halden Centre for Security Studies <desk@halden.example>"),
        ("Subject", "[TLP:AMBER] Morning Briefing, 1 February 2022"),
        ("List-Id", "<briefing.halden.example>"),
        ("List-Unsubscribe", "<https://halden.example/off?u=1,2;3>"),
        ("Auto-Submitted", "auto-generated"),
        ("MIME-Version", "1.0"),
    ]
    assert message["Message-ID"].startswith("<2022-02-01.edition.")
    assert message["Message-ID"].endswith("@halden.example>")


def test_the_parts_are_text_html_with_its_charts_and_the_pdf(eml: bytes) -> None:
    message = read(eml)
    both, pdf = message.iter_parts()
    text, related = both.iter_parts()
    page, *charts = related.iter_parts()
    assert [part.get_content_type() for part in message.walk()][:5] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
    ]
    assert text["Content-Transfer-Encoding"] == page["Content-Transfer-Encoding"] == "quoted-printable"
    assert pdf.get_filename() == "briefing-2022-02-01.pdf"
    assert pdf.get_content().startswith(b"%PDF-1.7")
    ids = [part["Content-ID"].strip("<>") for part in charts]
    assert len(ids) == 2
    images = markup.document_fromstring(page.get_content()).findall(".//img")
    assert [image.get("src") for image in images] == [f"cid:{name}" for name in ids]
    for image, chart in zip(images, charts, strict=True):
        png = chart.get_content()
        width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        assert (int(image.get("width")) * 2, int(image.get("height")) * 2) == (width, pytest.approx(height, abs=2))
    assert images[0].get("alt") == (
        "Articles per theme: Diplomacy: 4 articles; Arms Shipments: 3 articles; Sanctions: 2 articles"
    )


def test_the_text_part_is_the_text_file_and_the_html_part_differs_from_its_file_in_its_charts_alone(eml: bytes) -> None:
    edition = imprinted(
        ordinary(),
        mailing=Mailing("desk@halden.example", "briefing.halden.example", "https://halden.example/off?u=1,2;3"),
    )
    job = Job(edition, OUTPUTS)
    parts = {part.get_content_type(): part for part in read(eml).walk()}
    assert parts["text/plain"].get_content().replace("\r\n", "\n") == job.made("text").decode("utf-8")
    page = markup.document_fromstring(job.made("email"))
    part = markup.document_fromstring(parts["text/html"].get_content())
    for image in (*page.findall(".//img"), *part.findall(".//img")):
        del image.attrib["src"]
    assert markup.tostring(page) == markup.tostring(part)


def test_every_line_ends_as_the_standard_says_and_is_short_enough(eml: bytes) -> None:
    assert b"\n" not in eml.replace(b"\r\n", b"")
    assert b"\r" not in eml.replace(b"\r\n", b"")
    assert max(len(line) for line in eml.split(b"\r\n")) <= 998
    assert eml.isascii()


def test_the_same_issue_gives_the_same_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_module, "engine_problem", lambda: None)
    assert eml_of(EDITIONS["one-article"]()) == eml_of(EDITIONS["one-article"]())


def test_another_issue_has_another_message_id() -> None:
    e = EDITIONS["one-article"]()
    changed = imprinted(e, title="Evening Briefing")
    assert read(eml_of(e))["Message-ID"] != read(eml_of(changed))["Message-ID"]


def test_the_date_is_six_in_the_morning_where_the_desk_is() -> None:
    message = read(eml_of(EDITIONS["ukrainian"]()))
    assert message["Date"] == format_datetime(datetime(2022, 2, 1, 6, tzinfo=ZoneInfo("Europe/Kyiv")))
    assert message["Subject"] == "Ранковий огляд, 1 лютого 2022 року"


def test_a_digest_names_its_theme_in_the_subject_and_in_the_file_attached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_module, "engine_problem", lambda: None)
    message = read(eml_of(ordinary().only("sanctions")))
    assert message["Subject"] == "[TLP:AMBER] Morning Briefing: Sanctions, 1 February 2022"
    assert next(message.iter_attachments()).get_filename() == "sanctions-2022-02-01.pdf"


@pytest.mark.parametrize(
    "title",
    [
        "=?utf-8?q?X=0D=0ABcc=3A_v=40e?=",
        "A =?utf-8?b?WA0KQmNjOiB2QGU=?= B",
        "X\r\nBcc: v@e",
        "X\nBcc: v@e\n\nbody",
        "X\x00\x0b\x0cBcc: v@e",
        "Ünïcödé " * 40,
        "W" * 1200,
        '"Quoted", (comment) <a@b>; x:y',
        "\u202egpj.exe",
    ],
)
def test_a_title_never_becomes_a_header(title: str) -> None:
    edition = imprinted(EDITIONS["nothing"](), title=title, organisation=title)
    data = eml_of(edition)
    message = read(data)
    shown = " ".join("".join(c for c in title if c not in "\x00\x0b\x0c\u202e").split())
    assert message["Subject"] == f"{shown}, 1 February 2022"
    assert message["From"].addresses[0].addr_spec == "briefing@briefing.invalid"
    assert len(message["From"].addresses) == 1
    names = [line.split(b":")[0] for line in data.partition(b"\r\n\r\n")[0].split(b"\r\n") if line[:1] not in b" \t"]
    assert names == [b"Date", b"From", b"Subject", b"Message-ID", b"Auto-Submitted", b"Content-Type", b"MIME-Version"]
    # Whoever reads it and writes it again with the standard policy gets no other headers either.
    again = message_from_bytes(data, policy=SMTP)
    assert set(again.keys()) == {name.decode() for name in names}


@pytest.mark.parametrize(
    "mailing",
    [
        Mailing(sender="a@b\r\nBcc: v@e"),
        Mailing(sender="not an address"),
        Mailing(list_id="x>\r\nBcc: v@e"),
        Mailing(list_unsubscribe="javascript:alert(1)"),
        Mailing(list_unsubscribe="https://a/\r\nBcc:v@e"),
        Mailing(list_unsubscribe="https://a/> <b"),
    ],
)
def test_settings_that_are_no_addresses_are_refused(mailing: Mailing) -> None:
    with pytest.raises(OutputError):
        eml_of(imprinted(EDITIONS["nothing"](), mailing=mailing))


def test_a_message_that_reads_differently_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_module, "encoded", lambda _, value: value)
    with pytest.raises(OutputError, match="read again"):
        eml_of(imprinted(EDITIONS["nothing"](), title="=?utf-8?q?X=0D=0ABcc=3A_v=40e?="))


def test_without_the_pdf_engine_the_mail_goes_out_without_the_pdf() -> None:
    message = read(eml_of(ordinary()))
    assert list(message.iter_attachments()) == []
    assert [part.get_content_type() for part in message.walk()][:2] == ["multipart/mixed", "multipart/alternative"]


def test_a_real_server_receives_the_very_bytes(eml: bytes) -> None:
    controller = pytest.importorskip("aiosmtpd.controller")
    got: list[bytes] = []

    class Keep:
        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
            got.append(envelope.original_content)  # type: ignore[attr-defined]
            return "250 kept"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = controller.Controller(Keep(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            client.sendmail("desk@halden.example", ["reader@halden.example"], eml)
    finally:
        server.stop()
    assert got == [eml]


# ---- the size


@pytest.mark.parametrize("name", EDITIONS)
def test_the_html_keeps_to_its_size(name: str) -> None:
    job = Job(EDITIONS[name](), OUTPUTS)
    assert len(job.mail.html.encode()) <= job.edition.imprint.mailing.most_bytes


@pytest.mark.parametrize("most", [40_000, 24_000, 20_000, 16_000, 12_000])
def test_sixty_articles_are_cut_to_what_is_asked_for_and_no_further(most: int) -> None:
    edition = imprinted(sixty_articles(), mailing=Mailing(most_bytes=most))
    job = Job(edition, OUTPUTS)
    part = job.mail.html
    assert len(part.encode()) <= most
    assert most == 40_000 or len(part.encode()) > most - 1_000  # no single piece of news is longer
    assert "To keep this mail within" in part
    kinds = [kind for kind, _ in job.mail.cut]
    assert kinds[0] == "source"
    assert kinds == [kind for kind in KINDS if kind in kinds]
    assert ("sentence" in kinds, "brief" in kinds, "link" in kinds) == (most < 40_000, most < 20_000, most < 16_000)


def test_the_size_is_that_of_the_part_whose_pictures_are_parts_of_their_own() -> None:
    job = Job(imprinted(sixty_articles(), mailing=Mailing(most_bytes=55_000)), OUTPUTS)
    assert len(job.mail.html.encode()) <= 55_000
    assert len(job.made("email")) > 55_000
    assert [picture.cid for picture in job.mail.pictures] == [
        "chart-themes@briefing.invalid",
        "chart-days@briefing.invalid",
    ]
    assert "cid:chart-themes@briefing.invalid" in job.mail.html


def test_furniture_goes_before_any_news_and_the_styles_of_repeated_elements_first() -> None:
    view = view_of(sixty_articles())
    pieces = pieces_of(view, 2)
    assert [piece.kind for piece in pieces[:3]] == ["style", "source", "chart"]
    whole = Job(imprinted(sixty_articles(), mailing=Mailing(most_bytes=1_000_000)), OUTPUTS).mail
    most = len(whole.html.encode()) - 1
    closer = Job(imprinted(sixty_articles(), mailing=Mailing(most_bytes=most)), OUTPUTS).mail
    assert whole.cut == closer.cut == ()
    one, other = (markup.document_fromstring(mail.html.encode()) for mail in (whole, closer))
    assert one.find("body").text_content() == other.find("body").text_content()
    assert [h.get("style") for h in other.findall(".//h3")] == [None] * len(other.findall(".//h3"))
    assert "h3 {" in other.find(".//style").text


def test_every_headline_is_there_when_there_is_room_for_little_else() -> None:
    edition = imprinted(sixty_articles(), mailing=Mailing(most_bytes=12_000))
    job = Job(edition, OUTPUTS)
    text = markup.document_fromstring(job.mail.html.encode()).text_content()
    assert all(story.headline in text for story in view_of(edition).stories)
    assert dict(job.mail.cut)["brief"] == len(edition.stories)
    assert "item" not in dict(job.mail.cut)


def test_the_note_on_what_was_cut_stands_last_and_leads_to_the_page_where_there_is_one() -> None:
    limits = Mailing(most_bytes=30_000)
    here, there = (
        markup.document_fromstring(email_of(imprinted(sixty_articles(), mailing=limits, web_address=address)))
        for address in ("", "https://desk.example/briefing/")
    )
    for page in (here, there):
        (note,) = page.find_class("cut")
        after = note.getnext()
        assert after.get("class") == "foot"
    assert not here.find_class("cut")[0].findall(".//a")
    (leading,) = there.find_class("cut")[0].findall(".//a")
    assert leading.get("href") == "https://desk.example/briefing/2022-02-01/briefing.html"


def test_what_was_cut_is_said_with_its_numbers_in_the_language_of_the_edition() -> None:
    edition = imprinted(sixty_articles(), mailing=Mailing(most_bytes=20_000), language="de")
    job = Job(edition, OUTPUTS)
    text = markup.document_fromstring(job.made("email").decode()).text_content()
    counts = dict(job.mail.cut)
    assert "Damit diese Mail nicht größer wird als 20\u202f000 Byte, fehlen hier: 60 Einträge" in text
    assert f"{counts['sentence']} Sätze" in text


def test_nothing_is_said_to_be_cut_when_nothing_was() -> None:
    job = Job(ordinary(), OUTPUTS)
    assert job.mail.cut == ()
    assert "To keep this mail within" not in job.made("email").decode()


def test_each_further_piece_makes_the_mail_shorter_and_the_least_valuable_goes_first() -> None:
    view = view_of(sixty_articles())
    pieces = pieces_of(view, 2)
    for some in (pieces, pieces_of(view_of(ordinary()), 2)):
        kinds = list(dict.fromkeys(piece.kind for piece in some))
        assert kinds == [kind for kind in KINDS if kind in kinds]
        assert {"sentence", "chart", "source", "brief", "item"} <= set(kinds)
    assert {"passage", "statement", "point"} <= set(kinds)
    deep = next(piece for piece in pieces if piece.kind == "brief").at[0]
    last = max((len(s.stories), s.stories[-1].number) for s in view.sections)
    assert deep == last[1]  # the last item of the longest theme
    gone = without(view, pieces)
    assert gone.view.stories == ()
    assert dict(gone.cut)["item"] == len(view.stories)
    assert "brief" not in dict(gone.cut)


def test_a_mail_with_no_room_for_its_head_is_an_error() -> None:
    with pytest.raises(OutputError, match="no room"):
        email_of(imprinted(sixty_articles(), mailing=Mailing(most_bytes=2_000)))


def test_an_item_cut_to_its_headline_keeps_its_number_and_its_links() -> None:
    edition = imprinted(sixty_articles(), mailing=Mailing(most_bytes=16_000))
    job = Job(edition, OUTPUTS)
    page = markup.document_fromstring(job.mail.html.encode())
    cut = dict(job.mail.cut)["brief"]
    lines = page.find_class("short")
    assert len(lines) == cut
    by_number = {f"{story.number}": story for story in view_of(edition).stories}
    for line in lines:
        story = by_number[line.find_class("n")[0].text_content()]
        assert story.headline in line.text_content()
        assert [a.get("href") for a in line.iter("a")] == [source.url for source in story.sources if source.url]
    assert page.find_class("short")[0].findall(".//a")


# ---- the page


@pytest.mark.parametrize("name", EDITIONS)
def test_the_news_is_in_the_mail(name: str) -> None:
    edition = imprinted(EDITIONS[name](), mailing=Mailing(most_bytes=1_000_000))
    text = markup.document_fromstring(email_of(edition)).text_content()
    view = view_of(edition)
    for story in view.stories:
        assert story.headline in text
        assert all(s.text in text for s in story.sentences)
    for point in view.key_points:
        assert point.sentence.text in text
    for section in view.sections:
        assert all(s.text in text for p in section.passages for s in p.sentences)
    assert all(said.sentence.text in text for said in view.statements)
    assert all(source.title in text for source in view.sources)
    assert view.accounted in text


def test_what_an_article_says_is_text_wherever_the_mail_prints_it() -> None:
    page = markup.document_fromstring(email_of(hostile()))
    assert page.findall(".//script") == []
    assert all(image.get("src").startswith("data:image/png;base64,") for image in page.iter("img"))
    assert not [name for element in page.iter("*") for name in element.attrib if name.startswith("on")]
    assert not [a.get("href") for a in page.iter("a") if not a.get("href").startswith(("https://", "#"))]
    shown = page.text_content()
    assert "<script>alert(1)</script>" in shown
    assert "{{ 7*7 }}" in shown
    assert "\u202e" not in shown
    assert "\u202e" not in read(eml_of(hostile()))["Subject"]


def test_the_preheader_is_the_first_key_points_and_stands_first() -> None:
    body = markup.document_fromstring(email_of(ordinary())).find("body")
    assert body[0].get("class") == "pre"
    assert "display:none" in body[0].get("style")
    assert body[0].text.startswith(ordinary().key_points[0].sentence.text)


def test_what_holds_the_page_is_on_its_elements_and_what_repeats_within_lines_in_the_head() -> None:
    page = markup.document_fromstring(email_of(ordinary()))
    (style,) = page.findall(".//style")
    assert "@media (prefers-color-scheme: dark)" in style.text
    assert "@media (max-width: 480px)" in style.text
    outside = style.text.split("@media")[0]
    assert [line.partition("{")[0].strip() for line in outside.strip().splitlines()] == ["a, a.q, .n", "a.q", "sup"]
    for tag in ("h1", "h2", "h3", "p", "td"):
        assert all(element.get("style") for element in page.iter(tag)), tag


def test_the_logo_stands_in_the_head_as_a_part_of_the_message() -> None:
    edition = imprinted(ordinary(), brand=replace(ordinary().imprint.brand, logo=a_logo(600, 200)))
    job = Job(edition, OUTPUTS)
    (image,) = markup.document_fromstring(job.mail.html.encode()).find_class("logo")
    assert image.get("src") == "cid:logo@briefing.invalid"
    assert (image.get("width"), image.get("height")) == ("168", "56")
    assert image.get("alt") == "Halden Centre for Security Studies"
    parts = [part for part in read(job.made("eml")).walk() if part["Content-ID"] == "<logo@briefing.invalid>"]
    assert [part.get_content() for part in parts] == [job.mail.pictures[0].png]


def a_logo(width: int, height: int) -> str:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#1f4e79").save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def test_the_contents_lead_to_every_section_with_the_number_of_its_stories() -> None:
    page = markup.document_fromstring(email_of(ordinary()))
    view = view_of(ordinary())
    ids = {element.get("id"): element.text_content() for element in page.iter("h2")}
    leading = [a.get("href")[1:] for a in page.iter("a") if a.get("href", "").startswith("#theme-")]
    assert leading == [section.anchor for section in view.sections]
    assert [ids[anchor] for anchor in leading] == [section.name for section in view.sections]
    assert all(f"{section.name} {section.count}" in page.text_content() for section in view.sections)


@pytest.mark.parametrize("address", ["", "https://desk.example/briefing"])
def test_a_key_point_leads_to_its_item_on_the_web_or_in_the_mail(address: str) -> None:
    edition = imprinted(ordinary(), web_address=address)
    page = markup.document_fromstring(email_of(edition))
    to = f"{address}/2022-02-01/briefing.html" if address else ""
    wanted = [f"{to}#item-{point.story}" for point in edition.key_points]
    assert [a.get("href") for a in page.iter("a") if "#item-" in a.get("href")] == wanted
    assert "Item\u00a01" in page.text_content()
    assert ("Read this edition on the web" in page.text_content()) == bool(address)


def test_foreign_names_are_kept_apart_from_the_text_around_them() -> None:
    page = email_of(EDITIONS["foreign-names"]())
    assert "<bdi>صحيفة المرفأ\u200e</bdi>" in page
    assert "<bdi>עיתון הנמל\u200e</bdi>" in page
    assert 'dir="rtl"' in page


def test_every_citation_leads_to_a_source_of_the_mail() -> None:
    for name in EDITIONS:
        page = markup.document_fromstring(email_of(EDITIONS[name]()))
        ids = [element.get("id") for element in page.iter("*") if element.get("id")]
        assert len(ids) == len(set(ids))
        inside = [a.get("href")[1:] for a in page.iter("a") if a.get("href").startswith("#")]
        assert set(inside) <= set(ids)


def test_who_does_not_want_the_mail_finds_the_way_out() -> None:
    edition = imprinted(EDITIONS["one-article"](), mailing=Mailing(list_unsubscribe="mailto:off@halden.example"))
    page = markup.document_fromstring(email_of(edition))
    assert [a.text for a in page.iter("a") if a.get("href") == "mailto:off@halden.example"] == ["Unsubscribe"]
    message = read(eml_of(edition))
    assert message["List-Unsubscribe"] == "<mailto:off@halden.example>"
    assert message["List-Unsubscribe-Post"] is None
