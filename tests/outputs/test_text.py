"""Plain text and Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.outputs import OUTPUTS, Job
from briefing.outputs.markdown import escaped, target
from briefing.outputs.text import WIDTH, columns, wrap
from briefing.outputs.view import view_of
from tests.editions import EDITIONS, ordinary
from tests.outputs.hostile_edition import hostile


def text_of(name: str) -> str:
    return Job(EDITIONS[name](), OUTPUTS).made("text").decode("utf-8")


def joined(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", EDITIONS)
def test_no_line_is_wider_than_a_terminal_unless_one_word_is(name: str) -> None:
    for line in text_of(name).split("\n"):
        assert columns(line) <= WIDTH or len(line.split()) <= 2, line


@pytest.mark.parametrize("name", EDITIONS)
def test_the_whole_news_is_in_the_text(name: str) -> None:
    text, view = joined(text_of(name)), view_of(EDITIONS[name]())
    for story in view.stories:
        assert joined(story.headline) in text
        assert all(s.text in text for s in story.sentences)
    assert all(source.title in text for source in view.sources)
    assert all((source.url or source.file) in text for source in view.sources)
    assert view.accounted in text


def test_an_address_is_never_broken() -> None:
    address = "https://www.example.org/" + "a-b/" * 40
    lines = wrap(f"See {address} for more", "    ").split("\n")
    assert f"    {address}" in lines


def test_every_citation_has_its_source_in_the_list() -> None:
    text = text_of("ordinary")
    news, _, listed = text.partition("\nSources\n-------\n")
    cited = {int(n) for group in re.findall(r"\[([\d, ]+)\]", news) for n in group.split(",")}
    assert cited == {int(n) for n in re.findall(r"^\[(\d+)\] ", listed, re.MULTILINE)}


def test_a_terminal_is_sent_no_control_character() -> None:
    e = hostile()
    text = Job(e, OUTPUTS).made("text").decode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "{{ 7*7 }}" in text


@given(st.text(), st.integers(20, 100))
def test_wrapped_and_joined_again_a_text_has_its_words(text: str, width: int) -> None:
    from briefing.outputs.links import printable

    wrapped = wrap(text, "- ", width=width)
    assert wrapped.split()[1:] == printable(text).split()
    for line in wrapped.split("\n"):
        assert columns(line) <= width or len(line.split()) <= 2


def test_wide_letters_count_twice_and_marks_not_at_all() -> None:
    assert columns("ab") == 2
    assert columns("東京") == 4
    assert columns("e\u0301\u200e") == 1


# ---- Markdown


def markdown_of(name: str) -> str:
    return Job(EDITIONS[name](), OUTPUTS).made("markdown").decode("utf-8")


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](https://tracker.example/p.png)",
    "**bold** _it_ ~~gone~~ `code` $x$ ^up^",
    "# heading",
    "- item",
    "+ item",
    "12. item",
    "3) item",
    "> quote",
    "---",
    "===",
    "| a | b |",
    "&lt;b&gt; &copy; &#60;",
    "https://example.org/ www.example.org <https://example.org>",
    "[^1]: note",
    "\\*already\\*",
    "a\n\n# b",
    "```\ncode",
    "{{ 7*7 }} {% raw %}",
    ": definition",
    "write to desk@halden.example or mailto:a.b-c_d@x.example, @channel",
)

#: An address that GitHub links by itself, and a name that it notifies, in a text that was unescaped already.
GITHUB = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@[\w-]+")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("before", ["", "- ", "### 1. ", "> - "])
def test_what_an_article_says_is_text_in_markdown(text: str, before: str) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = reader.parse(before + escaped(text))
    plain = {"text", "text_special", "inline"}
    frame = {"paragraph", "bullet_list", "list_item", "heading", "blockquote"}
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inner} <= plain, inner
    assert {re.sub("_(open|close)$", "", t.type) for t in tokens} - {"inline"} <= frame, tokens
    assert len([t for t in tokens if t.type == "inline"]) == 1
    assert len([t for t in tokens if t.type == "heading_open"]) == before.startswith("#")
    shown = "".join(child.content for child in inner).replace("@\u200b", "@")
    assert shown == before.strip("#> -").replace("1.", "1. ") + " ".join(text.split())


@pytest.mark.parametrize("text", ["desk@halden.example", "x mailto:a+b@x.example.", "@halden/desk asks", "ü@x.example"])
def test_github_makes_no_mail_link_and_no_mention_of_an_articles_words(text: str) -> None:
    (inline,) = (token for token in MarkdownIt("commonmark").parse(escaped(text)) if token.type == "inline")
    assert GITHUB.search(text)
    assert not GITHUB.search("".join(child.content for child in inline.children or ()))


@given(st.text())
def test_any_text_reads_as_itself_in_markdown(text: str) -> None:
    from briefing.outputs.links import printable

    tokens = MarkdownIt("commonmark", {"html": True}).parse("- x " + escaped(text))
    inner = [child for token in tokens for child in token.children or ()]
    shown = "".join(child.content for child in inner).replace("@\u200b", "@")
    assert shown == ("x " + " ".join(printable(text).replace("@\u200b", "@").split())).strip()


def test_the_address_of_a_link_is_the_address() -> None:
    url = "https://example.org/a_b*c(d)?x=1&copy;=2&y=[3]"
    (inline,) = (t for t in MarkdownIt().parse(f"[x]({target(url)})") if t.type == "inline")
    href = inline.children[0].attrGet("href")
    assert href == url.replace("[", "%5B").replace("]", "%5D")


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("dialect", ["commonmark", "gfm-like"])
def test_the_numbers_behind_a_sentence_lead_to_their_sources_in_every_dialect(name: str, dialect: str) -> None:
    edition = view_of(EDITIONS[name]())
    options = {"linkify": False} if dialect == "gfm-like" else {}
    tokens = MarkdownIt(dialect, options).parse(markdown_of(name))
    inner = [child for token in tokens for child in token.children or ()]
    shown = "".join(child.content for child in inner)
    leading = {inner[n + 1].content: str(t.attrGet("href")) for n, t in enumerate(inner) if t.type == "link_open"}
    urls = {f"{source.number}": source.url for source in edition.sources if source.url}
    assert {text: href for text, href in leading.items() if text.isdigit()} == urls
    for story in edition.stories:
        for sentence in story.sentences:
            assert f"{sentence.text} [{', '.join(map(str, sentence.marks))}]" in shown.replace("\u200b", "")
    assert "[^" not in shown


@pytest.mark.parametrize("name", EDITIONS)
def test_the_list_of_sources_is_seen_where_its_heading_is(name: str) -> None:
    text = markdown_of(name)
    tokens = MarkdownIt("commonmark").parse(text)
    at = next((n for n, t in enumerate(tokens) if t.type == "inline" and t.content in ("Sources", "Джерела")), None)
    numbers = [source.number for source in view_of(EDITIONS[name]()).sources]
    assert (at is not None) == bool(numbers)
    listed = [t.content for t in tokens[at or 0 :] if t.type == "inline" and re.match(r"\*\*\d+\*\* ", t.content)]
    assert [int(re.findall(r"\d+", entry)[0]) for entry in listed] == numbers


def test_headings_and_items_of_the_markdown_are_those_of_the_edition() -> None:
    tokens = MarkdownIt("commonmark").parse(markdown_of("ordinary"))
    heads = [(t.tag, tokens[i + 1].content) for i, t in enumerate(tokens) if t.type == "heading_open"]
    assert [text for tag, text in heads if tag == "h1"] == ["Morning Briefing"]
    assert [text for tag, text in heads if tag == "h2"] == [
        "Key points", "Headlines", "Diplomacy", "Arms Shipments", "Sanctions", "Who said what", "Sources", "Ledger",
    ]  # fmt: skip
    items = [text for tag, text in heads if tag == "h3" and text[0].isdigit()]
    assert items == [f"{s.number}. {s.headline}" for s in ordinary().stories]


def test_nothing_of_a_hostile_edition_is_markup_in_its_markdown() -> None:
    text = Job(hostile(), OUTPUTS).made("markdown").decode("utf-8")
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    assert not [t for t in tokens if t.type.startswith("html")]
    assert not [t for t in inner if t.type in ("html_inline", "image")]
    links = [str(t.attrGet("href")) for t in inner if t.type == "link_open"]
    assert links
    assert all(link.startswith("https://") for link in links)


@pytest.mark.parametrize("output", ["text", "markdown"])
def test_the_same_edition_gives_the_same_bytes(output: str) -> None:
    assert Job(ordinary(), OUTPUTS).made(output) == Job(ordinary(), OUTPUTS).made(output)


@pytest.mark.parametrize("output", ["text", "markdown"])
def test_a_digest_has_its_own_sources_and_says_whose_numbers_it_keeps(output: str) -> None:
    text = joined(Job(ordinary().only("sanctions"), OUTPUTS).made(output).decode("utf-8"))
    assert "Morning Briefing: Sanctions" in text
    assert "Item numbers are those of the whole edition." in text
    assert "Cargo aircraft" not in text
