# ruff: noqa: E501  a page is easier to read on one line
"""What is lost or added on the way in, seen from outside: `read_articles` and `split_sentences` alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import briefing

PARAGRAPHS = (
    "The port authority of Skarn closed its northern pier on Monday after divers found cracks in four of its pillars.",
    "The harbour master, Ilse Brandt, said repairs would take six weeks and cost about nine million crowns in all.",
    "Ferry companies will use the smaller eastern quay until then. The first boats are due to leave at five.",
    "The pier was built in 1931 and last repaired in 1998. Engineers had warned of rust in a report two years ago.",
)
P = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Skarn closes pier | Halvern Notes</title>{}</head>'


def article(folder: Path, name: str, text: str) -> briefing.Article:
    (folder / name).write_text(text, encoding="utf-8")
    (found,) = briefing.read_articles(folder / name)
    return found


def page(folder: Path, body: str, head: str = "") -> briefing.Article:
    return article(folder, "page.html", HEAD.format(head) + f"<body>{body}</body></html>")


def feed(folder: Path, items: str) -> tuple[briefing.Article, ...]:
    text = f'<rss version="2.0"><channel><title>Halvern Courier</title><link>https://c.example/</link>{items}</channel></rss>'
    (folder / "feed.xml").write_text(text, encoding="utf-8")
    return briefing.read_articles(folder / "feed.xml")


def item(description: str, title: str = "Skarn closes pier", number: int = 1) -> str:
    return (
        f"<item><title>{title}</title><guid>{number}</guid><pubDate>Mon, 02 Mar 26 09:00:00 GMT</pubDate>"
        f"<description><![CDATA[{description}]]></description></item>"
    )


def test_the_sites_name_is_no_headline(tmp_path: Path) -> None:
    found = page(tmp_path, f"<h1>Halvern Notes</h1><h2>Skarn closes pier</h2>{P}")
    assert found.title == "Skarn closes pier"


def test_what_no_reader_sees_is_not_read(tmp_path: Path) -> None:
    hidden = (
        '<p style="display: none">Planted one.</p><p hidden>Planted two.</p><p aria-hidden="true">Planted three.</p>'
        '<p>Boats<span class="sr-only">, opens new tab</span> leave at five in the morning from the quay.</p>'
    )
    body = page(tmp_path, f"<h1>Skarn closes pier</h1>{P}{hidden}").body
    assert "Planted" not in body
    assert "Boats leave at five in the morning from the quay." in body


def test_text_that_a_script_was_to_show_is_read(tmp_path: Path) -> None:
    assert page(tmp_path, f'<h1>Skarn closes pier</h1><div style="display:none">{P}</div>').body.count("\n") == 3


def test_a_page_without_text_is_read_from_its_json(tmp_path: Path) -> None:
    body = "\\n".join(PARAGRAPHS)
    script = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Skarn closes pier",'
        f'"articleBody":"{body}"}}</script>'
    )
    assert page(tmp_path, "<div id='app'></div>", script).body.split("\n") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("By Lena Marsh", "Lena Marsh"),
        ("lena.marsh@courier.example, admin", ""),
        ("Lena Marsh (lena@courier.example)", "Lena Marsh"),
        ("Halvern Notes", ""),
        ("105092", ""),
        ("No Author", ""),
    ],
)
def test_a_byline_is_a_name(tmp_path: Path, author: str, byline: str) -> None:
    head = f'<meta name="author" content="{author}"><meta property="og:site_name" content="Halvern Notes">'
    assert page(tmp_path, f"<h1>Skarn closes pier</h1>{P}", head).byline == byline


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Veröffentlicht am 2. März 2026", "2026-03-02"),
        ("2 March 2026 | Harbours", "2026-03-02"),
        ("Received: 16 December 2025 / Accepted: 12 January 2026", ""),
        ("March 2026", ""),
    ],
)
def test_a_page_is_dated_by_the_line_below_its_headline_or_not_at_all(tmp_path: Path, line: str, day: str) -> None:
    published = page(tmp_path, f"<h1>Skarn closes pier</h1><p>{line}</p>{P}").published
    assert (published.date().isoformat() if published else "") == day


def test_what_feeds_put_behind_an_article_is_not_read(tmp_path: Path) -> None:
    text = PARAGRAPHS[0]
    tails = [
        "",
        " […]",
        " Continue reading →",
        " Read more...",
        "</p><p>The post Skarn closes pier appeared first on Halvern Courier.",
    ]
    tails += ["</p><p>submitted by /u/x</p><p>[link] [comments]"]
    found = feed(tmp_path, "".join(item(f"<p>{text}{tail}</p>", number=n) for n, tail in enumerate(tails)))
    assert [a.body for a in found] == [text] * len(tails)


def test_a_sentence_that_a_feed_breaks_off_goes_with_the_mark(tmp_path: Path) -> None:
    (found,) = feed(tmp_path, item(f"<p>{PARAGRAPHS[0]} The harbour master, Ilse […]</p>"))
    assert found.body == PARAGRAPHS[0]


def test_cells_of_a_table_are_apart(tmp_path: Path) -> None:
    (found,) = feed(
        tmp_path, item("<table><tr><td>Tolland leads in Halvern.</td><td>Per Holm leads in Velm.</td></tr></table>")
    )
    assert [s.text for s in briefing.split_sentences(found)] == ["Tolland leads in Halvern.", "Per Holm leads in Velm."]


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Untitled", ""),
        ("2026-03-02T09:10:00Z", ""),
        ("UPDATE 1-Skarn closes pier", "Skarn closes pier"),
        ("CORRECTED-UPDATE 2-Skarn closes pier", "Skarn closes pier"),
        ("Update on the pier: it stays shut", "Update on the pier: it stays shut"),
    ],
)
def test_a_headline_is_what_an_editor_would_print(tmp_path: Path, title: str, headline: str) -> None:
    (found,) = feed(tmp_path, item(PARAGRAPHS[0], title=title))
    assert found.title == headline


def test_one_bad_reference_costs_nothing_but_itself(tmp_path: Path) -> None:
    bad = item(PARAGRAPHS[1], title="Flood &#55357;&#56832; warning &#" + "9" * 5000 + ";", number=2)
    good, odd = feed(tmp_path, item(PARAGRAPHS[0]) + bad)
    assert good.body == PARAGRAPHS[0]
    assert odd.title.startswith("Flood 😀 warning")


def test_a_feed_may_declare_a_character(tmp_path: Path) -> None:
    text = '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]><rss version="2.0"><channel><title>C</title>' + item(
        PARAGRAPHS[0]
    ).replace("Skarn closes", "Skarn&nbsp;closes")
    assert article(tmp_path, "feed.xml", text + "</channel></rss>").title == "Skarn closes pier"


def test_relative_links_are_resolved_by_where_the_feed_says_it_lies(tmp_path: Path) -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><link rel="self" href="https://c.example/news/feed"/>'
        '<entry><title>Skarn</title><id>1</id><link href="pier.html"/>'
        f"<content>{PARAGRAPHS[0]}</content></entry></feed>"
    )
    assert article(tmp_path, "feed.atom", text).url == "https://c.example/news/pier.html"


def test_a_text_file_wrapped_at_a_width_is_read_in_sentences(tmp_path: Path) -> None:
    wrapped = (
        "Skarn closes northern pier\n\nThe port authority of Skarn closed its northern pier on Monday after\n"
        "divers found cracks in four of its pillars. Cranes were moved to the\nsouthern basin overnight.\n"
    )
    found = article(tmp_path, "a.txt", wrapped)
    assert [s.text for s in briefing.split_sentences(found)] == [
        "The port authority of Skarn closed its northern pier on Monday after divers found cracks in four of its pillars.",
        "Cranes were moved to the southern basin overnight.",
    ]


def test_brackets_in_a_plain_title_are_text(tmp_path: Path) -> None:
    line = '{"title": "Halvern <Ltd> sells <b>two</b> piers", "text": "The pier is shut. Nobody was hurt."}'
    assert article(tmp_path, "a.jsonl", line).title == "Halvern <Ltd> sells two piers"


def test_little_read_of_a_page_is_said(tmp_path: Path) -> None:
    from briefing.sources import read_inputs

    aside = "".join(f'<div class="comment"><p>{text} {n}.</p></div>' for n in range(30) for text in PARAGRAPHS[:1])
    (tmp_path / "page.html").write_text(
        HEAD.format("") + f"<body><article><h1>Skarn closes pier</h1>{P}</article>{aside}"
    )
    (read,) = read_inputs([tmp_path / "page.html"])
    assert "W_TEXT_PARTLY" in {note.code for note in read.notes}
