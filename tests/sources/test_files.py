"""What is opened, what is refused and with which words, and that no byte is read otherwise than said."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.errors import SourceError
from briefing.outputs import OUTPUTS
from briefing.sources import READERS, read_inputs
from briefing.sources.markup import Tokens
from briefing.sources.metadata import web_address
from briefing.sources.plain import MAX_DEPTH, plain
from tests.paths import ROOT

NEWS = "The ferry stopped on Monday. Nobody was hurt.\nA second ship takes over on Wednesday.\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    return place


def only(place: Path):
    (read,) = read_inputs([place])
    return read


def article(place: Path):
    (found,) = only(place).articles
    return found


def codes(read) -> list[str]:
    return [note.code for note in read.notes]


def test_header_lines_become_fields_whatever_their_order(here):
    raw = article(
        write(here, "a.txt", f"date: 2026-03-02\nTitle: Ferry halted\nAuthor: L. Marsh\nOUTLET: Courier\n\n{NEWS}")
    )
    assert (raw.title, raw.byline, raw.outlet, raw.text) == ("Ferry halted", "L. Marsh", "Courier", NEWS)
    assert [(clue.text, clue.evidence) for clue in raw.dates] == [("2026-03-02", "header")]


def test_a_first_line_with_a_colon_is_no_header_when_news_follows_it(here):
    text = f"Title: Ferry halted\n{NEWS}"
    assert article(write(here, "a.txt", text)).text == text


def test_markup_in_a_text_file_means_nothing(here):
    text = "# Ferry <b>halted</b>\n\n<script>alert(1)</script> &amp; {{7*7}}\n"
    assert article(write(here, "a.md", text)).text == text


def test_an_address_is_one_however_its_scheme_is_written():
    assert web_address("hTTps://Odra.example/A") == "https://Odra.example/A"


def test_what_a_text_file_gives_as_its_address_is_one_or_is_left_out(here):
    texts = [f"url: {given}\n\n{NEWS}" for given in ("https://odra.example/1", "n/a", "javascript:alert(1)", "-")]
    reads = [article(write(here, "a.txt", text)) for text in texts]
    assert [raw.url for raw in reads] == ["https://odra.example/1", "", "", ""]


def with_a_byte_that_is_no_utf8(here, letters):
    return write(here, "a.txt", b"caf\xe9 says the minister\n" + b"a " * letters)


def test_a_long_line_beside_a_byte_that_is_no_utf8_is_read(here):
    assert codes(only(with_a_byte_that_is_no_utf8(here, 2_000))) == ["W_ENCODING_GUESSED"]


@pytest.mark.slow  # timed
def test_a_long_line_beside_a_byte_that_is_no_utf8_is_read_in_no_time(here):
    started = time.process_time()
    only(with_a_byte_that_is_no_utf8(here, 100_000))
    assert time.process_time() - started < 3  # it took eleven seconds for a fifth of it


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u0000", "\u00ad", "\u2066"])
def test_an_address_with_an_unseen_or_turning_character_is_none(character):
    assert web_address("https://odra.example/ł") == "https://odra.example/ł"
    assert web_address(f"https://odra{character}.example/1") == ""


@pytest.mark.parametrize(
    ("codec", "code"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-32", []),
        ("utf-16-be", ["W_ENCODING_GUESSED"]),
        ("cp1251", ["W_ENCODING_GUESSED"]),
        ("koi8-r", ["W_ENCODING_GUESSED"]),
    ],
)
def test_cyrillic_is_read_right_and_every_guess_is_said(here, codec, code):
    text = "Паром остановлен после пожара. Министр сказал, что никто не пострадал.\n" * 3
    read = only(write(here, "a.txt", text.encode(codec)))
    assert codes(read) == code
    assert read.articles[0].text == text


@pytest.mark.parametrize(
    "text", ["Café owners “worried” about €5 – minister.\n", "José Muñoz elected mayor of Orsa.\n"]
)
def test_western_text_without_utf8_is_read_as_windows_1252(here, text):
    read = only(write(here, "a.txt", text.encode("cp1252")))
    assert (codes(read), read.articles[0].text) == (["W_ENCODING_GUESSED"], text)
    assert "cp1252" in read.notes[0].message


def test_a_file_cut_inside_a_character_keeps_the_rest_and_says_so(here):
    read = only(write(here, "a.txt", NEWS.encode() + "€".encode()[:2]))
    assert codes(read) == ["W_ENCODING_REPLACED"]
    assert read.articles[0].text == NEWS + "\ufffd"


@pytest.mark.parametrize(
    ("name", "blob", "code", "word"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "E_BINARY", "PNG"),
        ("a.html", b"%PDF-1.7\nxx", "E_BINARY", "PDF"),
        ("a.txt", b"\0" * 5000, "E_BINARY", "binary"),
        ("a.txt", b"", "E_EMPTY", "empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "E_EMPTY", "empty"),
        ("a.docx", b"PK\x03\x04", "E_UNSUPPORTED", ".txt"),
        ("a.zip", b"PK\x03\x04", "E_ARCHIVE_UNSAFE", "Unpack"),
        ("a.xml", b"<html><body>no</body></html>", "E_NOT_A_FEED", "web page"),
        ("a.json", b'{"items": 3}', "E_NOT_A_FEED", "JSON Feed"),
        ("a.json", b"[" * 5000, "E_JSON_LIMITS", "deep"),
        ("a.json", b'{"a": ' * 101, "E_JSON_LIMITS", "deep"),
        ("a.json", b"[]" * 5000, "E_JSON_MALFORMED", "not valid JSON"),
        ("a.json", b'["' + b"[" * 5000, "E_JSON_MALFORMED", "not valid JSON"),
    ],
)
def test_a_refusal_names_the_file_the_reason_and_what_to_do(here, name, blob, code, word):
    read = only(write(here, name, blob))
    assert (read.path, read.articles, codes(read)) == (name, (), [code])
    assert name in read.notes[0].message
    assert word in read.notes[0].message


@pytest.mark.parametrize(("images", "says"), [(1, "1 image was left out"), (2, "2 images were left out")])
def test_a_note_on_a_page_says_what_went_in_plain_words(here, images, says):
    markup = f'<html><body><h1>Ferry</h1>{"<img src=x alt=y>" * images}<script>x</script><p onclick="z">{NEWS * 5}</p>'
    read = only(write(here, "a.html", f"<p>{markup}</p>"))
    assert [note.message for note in read.notes] == [
        f"a.html: {says}; an issue has text only.",
        "a.html: only the text was taken; its markup was left out.",
    ]


def test_a_path_that_is_not_there_stops_with_a_hint(here):
    with pytest.raises(SourceError, match=r"nowhere\.txt") as stop:
        read_inputs(["nowhere.txt"])
    assert stop.value.hint
    assert stop.value.code == "E_NOT_FOUND"


def test_a_file_above_the_limit_is_refused_unread(here):
    place = here / "big.txt"
    with place.open("wb") as file:
        file.truncate(1 << 40)
    assert codes(only(place)) == ["E_TOO_LARGE"]


def test_links_pipes_and_loops_are_named_and_never_followed(here):
    write(here, "outside/secret.txt", NEWS)
    folder = here / "in"
    write(folder, "plain.txt", NEWS)
    for name, target in {
        "loop.txt": "loop.txt",
        "gone.txt": "nowhere",
        "out.txt": "../outside/secret.txt",
        "up": "..",
        "same.txt": "plain.txt",
    }.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.txt")
    found = {read.path: codes(read) for read in read_inputs([folder])}
    assert found == {
        "gone.txt": ["E_NOT_FOUND"],
        "loop.txt": ["E_SYMLINK_LOOP"],
        "out.txt": ["E_OUTSIDE_ROOT"],
        "pipe.txt": ["E_NOT_REGULAR"],
        "plain.txt": [],
        "same.txt": ["W_SYMLINK_SKIPPED"],
        "up": ["W_SYMLINK_SKIPPED"],
    }


def test_a_folder_is_read_in_the_order_of_names_and_progress_is_told(here):
    for name in ("b.txt", "a/z.txt", "a/B.txt", ".hidden.txt"):
        write(here, f"in/{name}", NEWS)
    seen: list[int] = []
    assert [read.path for read in read_inputs(["in"], progress=seen.append)] == [
        ".hidden.txt",
        "a/B.txt",
        "a/z.txt",
        "b.txt",
    ]
    assert seen == [1, 2, 3, 4]


def test_what_this_program_wrote_is_no_input_and_all_that_lies_beside_it_is(here):
    issue = '{\n  "schema": 1,\n  "day": "2022-02-01"}'
    ours = [output.whole for output in OUTPUTS.values()]
    ours += [output.digest.format(slug="sanctions") for output in OUTPUTS.values() if output.digest]
    for name in ours:
        write(here, f"in/old/2022-02-01/{name}", issue if name == "briefing.json" else NEWS)
    for name in ("briefing.toml", "old/index.html", "old/feed.xml", "out/2022-02-02/briefing.html", "report.json"):
        write(here, f"in/{name}", NEWS)
    kept = ["a/index.html", "briefing.txt", "old/2022-02-01/note.txt", "old/report.json"]
    for name in kept:
        write(here, f"in/{name}", NEWS)
    told: list[str] = []
    reads = read_inputs(here / "in", leave_out=["in/out", here / "in/report.json"], on_skipped=told.append)
    assert [read.path for read in reads] == kept
    assert {"briefing.toml", "out", "report.json", "old/index.html", "old/2022-02-01/digests"} <= set(told)
    assert len(told) == len(set(told)) == 5 + len([name for name in ours if "/" not in name]) + 1


def test_a_json_feed_is_read_whatever_its_name_is(here):
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": "1", "content_text": NEWS}]}
    write(here, "in/briefing.json", json.dumps(feed))
    write(here, "in/briefing.txt", NEWS)
    (here / "in/x/briefing.json").mkdir(parents=True)
    write(here, "in/x/email.txt", NEWS)
    assert [len(read.articles) for read in read_inputs("in")] == [1, 1, 0, 1]


def test_two_paths_with_the_same_names_give_distinct_keys(here):
    for folder in ("monday", "tuesday", "x/monday"):
        write(here, f"{folder}/a.txt", NEWS)
    assert [read.path for read in read_inputs(["monday", "tuesday"])] == ["monday/a.txt", "tuesday/a.txt"]
    keys = [read.path for read in read_inputs(["monday", "x/monday"])]
    assert len(set(keys)) == 2
    assert [read.path for read in read_inputs(["monday"])] == ["a.txt"]


def test_a_name_that_is_no_utf8_is_escaped(here):
    place = os.fsencode(here) + b"/in"
    os.mkdir(place)
    with open(place + b"/caf\xe9.txt", "w", encoding="utf-8") as file:
        file.write(NEWS)
    (read,) = read_inputs(["in"])
    assert (read.path, codes(read)) == ("caf\\xe9.txt", ["W_NAME_ESCAPED"])
    json.dumps(read.path).encode("utf-8")


def test_a_line_of_json_lines_that_is_no_article_is_refused_alone(here):
    lines = [
        {"title": "One", "text": NEWS, "url": "javascript:1", "id": 7},
        {"title": "no text"},
        {"text": "Two.\r\nThree."},
    ]
    place = write(here, "a.jsonl", "\n".join(json.dumps(line) for line in lines) + "\n{broken\n")
    reads = read_inputs([place])
    assert [(raw.input, raw.title, raw.url, raw.guid) for raw in reads[0].articles] == [
        ("a.jsonl#1", "One", "", "7"),
        ("a.jsonl#3", "", "", ""),
    ]
    assert reads[0].articles[1].text == "Two.\nThree."
    assert [(read.path, codes(read)) for read in reads[1:]] == [
        ("a.jsonl#2", ["E_EMPTY"]),
        ("a.jsonl#4", ["E_JSON_MALFORMED"]),
    ]


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Odra Daily</title><link>https://odra.example/</link>
<language>en-gb</language>%s</channel></rss>"""
ITEM = """<item><title>Grain &amp; ships</title><link>https://odra.example/1</link><guid>g1</guid>
<pubDate>Sat, 18 Jul 2026 06:00:00 GMT</pubDate>
<description>&lt;p&gt;Nine ships left.&lt;/p&gt;&lt;p&gt;More wait.&lt;/p&gt;</description></item>"""


def test_an_item_of_a_feed_is_an_article_with_the_feeds_outlet_and_date(here):
    raw = article(write(here, "a.xml", FEED % ITEM))
    assert (raw.input, raw.title, raw.text) == ("a.xml#1", "Grain & ships", "Nine ships left.\nMore wait.")
    assert (raw.outlet, raw.url, raw.guid, raw.language) == ("Odra Daily", "https://odra.example/1", "g1", "en")
    assert [(clue.text, clue.evidence) for clue in raw.dates] == [("Sat, 18 Jul 2026 06:00:00 GMT", "feed")]


def test_a_feed_that_declares_entities_is_refused_before_it_is_parsed(here):
    head = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    assert codes(only(write(here, "a.xml", head + FEED % ITEM))) == ["E_XML_ENTITIES"]


def test_a_bare_ampersand_and_unknown_entities_cost_no_text(here):
    item = ITEM.replace("Grain &amp; ships", "AT&T caf&eacute; &bogus; R&D")
    read = only(write(here, "a.xml", FEED % item))
    assert codes(read) == ["W_FEED_MALFORMED"]
    assert read.articles[0].title == "AT&T café &bogus; R&D"


def test_two_items_with_one_identifier_keep_two_identities(here):
    read = only(write(here, "a.xml", FEED % (ITEM + ITEM.replace("Nine", "Ten"))))
    first, second = read.articles
    assert first.guid != second.guid
    assert [note.code for note in second.notes] == ["W_DUPLICATE"]


def test_plain_text_is_read_without_the_libraries_for_pages(here):
    write(here, "a.txt", NEWS)
    code = (
        "import sys; from briefing.sources import read_inputs; read_inputs(['a.txt']);"
        "print(sorted({'trafilatura', 'feedparser', 'lxml', 'charset_normalizer', 'htmldate'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.stdout.strip() == "[]"


PIECES = st.sampled_from(
    [
        *"<>\"'=\x00İ",
        "</",
        "<p>",
        "</p>",
        "<a href='",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE [",
        "<?",
        "x ",
        "&lt;",
        "<script>",
        "</script>",
        "<svg>",
        "<title>",
        "</title>",
        "<table>",
        "<td>",
        "<div ",
        "<img src=x onerror=1>",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_tokens_cover_the_text_in_order_and_without_a_gap(text):
    at = 0
    for token in Tokens(text):
        assert token.start == at < token.end
        at = token.end
    assert at == len(text)


@given(st.lists(PIECES, max_size=60).map("".join))
@example("<a href='<img src=x onerror=1><a href='>")
def test_a_page_made_plain_nests_well_and_holds_nothing_that_acts(text):
    markup = plain(text).markup
    tags = re.sub(r'"[^"]*"', '""', markup)  # what stands inside a quoted value is text
    assert not re.search(r"<(?:script|img|svg|iframe|form|style)[\s>]|<[^>]*\son\w+=", tags)
    open_tags: list[str] = []
    for slash, name in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", markup):
        if slash and name != "title":
            assert open_tags.pop() == name
        elif name not in {"br", "hr", "meta", "link", "wbr", "title"}:
            open_tags.append(name)
            assert len(open_tags) <= MAX_DEPTH
    assert open_tags == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["<", "<a", "<a b='", "<a b=\"<a c='>", "<p>x", "<!--", "<svg>", "<svg><p>", "<script>", "&", "<![CDATA["]
)
def test_time_to_make_a_page_plain_grows_with_its_length_alone(piece):
    import time

    def cost(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        plain(text)
        return time.process_time() - started

    small = min(cost(100_000) for _ in range(3))
    assert min(cost(200_000) for _ in range(3)) <= 2.5 * small + 0.02


def test_every_code_of_the_program_is_explained_in_a_table_of_the_documentation():
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md")]
    rows = [row for page in pages for row in re.findall(r"^\|.*$", page, re.MULTILINE)]
    explained = {code for row in rows for code in re.findall(r"`([EW]_[A-Z_]+)`", row)}
    files = (ROOT / "briefing").rglob("*.py")
    used = {
        code for file in files for code in re.findall(r"[\"'`]([EW]_[A-Z_]+)[\"'`]", file.read_text(encoding="utf-8"))
    }
    assert used - explained == set()
    assert explained - used == set()


def test_every_kind_of_file_is_named_in_the_page_on_sources():
    table = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8").split("## Codes")[0]
    assert {suffix for suffix in READERS if f"`{suffix}`" not in table} == set()
