# ruff: noqa: E501  markup is easier to read on one line
"""What an extractor breaks, glues or passes over in a page, and is read as the page has it."""

from __future__ import annotations

from pathlib import Path

import pytest

import briefing

ENTRIES = (
    (
        "10:15",
        "Pier closed",
        "The port authority of Skarn closed its northern pier on Monday after divers found cracks.",
    ),
    (
        "10:40",
        "Master speaks",
        "The harbour master, Ilse Brandt, said repairs would take six weeks and nine million crowns.",
    ),
    ("11:05", "Ferries move", "Ferry companies will use the smaller eastern quay until then, the harbour office said."),
    (
        "12:30",
        "Council meets",
        "The council of Ardlow approved a budget of 41 million crowns late on Tuesday, it said.",
    ),
)
LAYOUTS = {
    "articles": "<article><time>{0}</time><h3>{1}</h3><p>{2}</p></article>",
    "blocks": '<div class="post"><div class="meta"><time>{0}</time></div><h2>{1}</h2><div class="text"><p>{2}</p></div></div>',
    "spans": '<div class="post"><span class="time">{0}</span><h2>{1}</h2><p>{2}</p></div>',
}


def page(folder: Path, body: str, title: str = "Skarn pier closure: as it happened") -> briefing.Article:
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    (folder / "p.html").write_text(f"{head}<body><main><h1>{title}</h1>{body}</main></body></html>", encoding="utf-8")
    (found,) = briefing.read_articles(folder / "p.html")
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_entries_of_a_live_blog_keep_their_hours_and_headings(tmp_path: Path, layout: str) -> None:
    found = page(tmp_path, "".join(LAYOUTS[layout].format(*entry) for entry in ENTRIES))
    assert found.body.split("\n") == [line for entry in ENTRIES for line in entry]
    assert len(briefing.segments(found)) == len(ENTRIES)


def test_an_hour_within_the_paragraph_stays_in_it(tmp_path: Path) -> None:
    found = page(tmp_path, "".join(f"<div><p><time>{hour}</time> {text}</p></div>" for hour, _, text in ENTRIES))
    assert found.body.split("\n") == [f"{hour} {text}" for hour, _, text in ENTRIES]


def test_a_single_hour_is_the_pages_stamp(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for _, _, text in ENTRIES)
    assert "10:15" not in page(tmp_path, f"<p>10:15</p>{paragraphs}").body


def test_a_heading_is_not_glued_to_its_paragraph(tmp_path: Path) -> None:
    found = page(tmp_path, "<ul>" + "".join(f"<li><h3>{h}</h3><p>{text}</p></li>" for _, h, text in ENTRIES) + "</ul>")
    assert not any(f"{heading} The" in found.body or f"{heading} Ferry" in found.body for _, heading, _ in ENTRIES)
    assert [s.text for s in briefing.split_sentences(found) if s.kind == "text"] == [text for _, _, text in ENTRIES]


def test_a_sentence_is_not_broken_at_inline_code(tmp_path: Path) -> None:
    broken = "The harbour office published its timetable as <code>quay.json</code> on Monday, and ferry firms read it."
    paragraphs = "".join(f"<p>{text}</p>" for _, _, text in ENTRIES)
    found = page(tmp_path, f"{paragraphs}<p>{broken}</p>{paragraphs}")
    assert broken.replace("<code>", "").replace("</code>", "") in [s.text for s in briefing.split_sentences(found)]


def test_the_items_of_a_list_are_read_once_and_all(tmp_path: Path) -> None:
    items = ("Schools get nine million crowns.", "Roads", "Parks get nothing more than in the past year.", "Ferries")
    paragraphs = "".join(f"<p>{text}</p>" for _, _, text in ENTRIES)
    listed = "<ul>" + "".join(f"<li>{text}</li>" for text in items) + "</ul>"
    body = page(tmp_path, f"<div>{paragraphs}{listed}{paragraphs.replace('The ', 'This ')}</div>").body.split("\n")
    assert [line.removeprefix("- ") for line in body if line.removeprefix("- ") in items] == list(items)


def test_a_text_for_readers_without_scripts_is_read_where_there_is_no_other(tmp_path: Path) -> None:
    text = "".join(f"<p>{text}</p>" for _, _, text in ENTRIES)
    found = page(tmp_path, f'<div><script type="text/template">{text}</script><noscript>{text}</noscript></div>')
    assert found.body.split("\n") == [text for _, _, text in ENTRIES]


def test_the_slides_of_a_gallery_are_no_text(tmp_path: Path) -> None:
    slides = "".join(
        f"<p>{n}/12 Cranes of Skarn The port bought crane number {n} in 19{n + 40}.</p>" for n in range(1, 9)
    )
    paragraphs = "".join(f"<p>{text}</p>" for _, _, text in ENTRIES)
    assert page(tmp_path, paragraphs + slides).body.split("\n") == [text for _, _, text in ENTRIES]


def test_a_share_in_a_sentence_is_no_slide(tmp_path: Path) -> None:
    text = "2/3 of the members voted for the budget of Ardlow late on Tuesday, its mayor said."
    assert text in page(tmp_path, "".join(f"<p>{t}</p>" for _, _, t in ENTRIES) + f"<p>{text}</p>").body
