"""How a PDF is set: full lines, headlines of equal lines, hyphens, sizes, numbers beside their words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from briefing.model import Edition
from briefing.outputs import OUTPUTS, Job, pdf
from briefing.outputs.pdf_setting import FULL, balanced_width
from tests.editions import EDITIONS, imprinted
from tests.editions import made as made_up

WORDS = (
    *("harbour", "ministers", "agree", "on", "a", "border", "treaty", "after", "long", "talks", "while", "islanders"),
    *(
        "wait",
        "for",
        "the",
        "ferry",
        "and",
        "traders",
        "count",
        "the",
        "cost",
        "of",
        '"quiet',
        'storms"',
        "in",
        "Skarn",
    ),
)


def blocks(edition: Edition) -> Iterator[tuple[object, list[list[object]]]]:
    """Every block of an edition's PDF that holds lines, with the boxes of text of each line."""
    from weasyprint.formatting_structure import boxes

    def leaves(box: object) -> list[object]:
        if isinstance(box, boxes.TextBox):
            return [box]
        return [leaf for child in getattr(box, "children", ()) for leaf in leaves(child)]

    engine, source = pdf._engine(), pdf.pdf_source(Job(edition, OUTPUTS))
    for page in pdf._laid_out(*source, engine, engine.fetcher({})).pages:
        for box in page._page_box.descendants():
            lines = [line for line in getattr(box, "children", ()) if isinstance(line, boxes.LineBox)]
            if isinstance(box, boxes.BlockBox) and lines:
                yield box, [leaves(line) for line in lines]


def width(line: list[object]) -> float:
    return sum(leaf.width for leaf in line)  # type: ignore[attr-defined]


def said(line: list[object]) -> str:
    return "".join(leaf.text for leaf in line)  # type: ignore[attr-defined]


def of_class(box: object) -> str:
    return box.element.get("class") or box.element.tag  # type: ignore[attr-defined]


def random_titles(stories: int, seed: int) -> Edition:
    """An edition whose sources have no headline and first sentences of random length, told in lines or at length."""
    rnd = random.Random(seed)
    edition = made_up(stories)
    titles = [" ".join(rnd.choice(WORDS) for _ in range(rnd.randint(12, 20))) for _ in edition.sources]
    sources = tuple(replace(s, title=t, untitled=True) for s, t in zip(edition.sources, titles, strict=True))
    named = {source.article_id: source.title for source in sources}
    sections = tuple(
        replace(s, stories=tuple(replace(x, headline=named[x.sources[0]], summary=()) for x in s.stories))
        for s in edition.sections
    )
    return imprinted(replace(edition, sources=sources, sections=sections), length="full")


def test_no_line_ends_early_where_a_remark_follows_a_text() -> None:
    pairs, early = 0, []
    for seed in range(3):
        for box, lines in blocks(random_titles(60, seed)):
            for one, _ in pairwise(lines):
                pairs += 1
                if width(one) < 0.6 * box.width and of_class(box) != "back":  # type: ignore[attr-defined]
                    early.append((of_class(box), said(one)))
    assert pairs > 200
    assert early == []


@pytest.mark.parametrize("name", EDITIONS)
def test_the_lines_of_a_headline_are_of_about_one_length(name: str) -> None:
    for box, lines in blocks(EDITIONS[name]()):
        if box.element.tag == "h3" and len(lines) > 1 and len(lines[-1][0].text) > 1:  # type: ignore[attr-defined]
            if len(lines) > 4 or max(map(len, " ".join(map(said, lines)).split())) > 40:
                continue  # a text more than a headline, or a word that is broken
            widest = max(map(width, lines))
            last = width(lines[-1])
            assert last > 0.4 * widest, [said(line) for line in lines]


def test_a_headline_takes_no_more_lines_than_in_the_whole_measure() -> None:
    text = "Envoys return to Tarnholt for a second round as the border quiets and the inspectors leave"
    measure = FULL.measure("A4")
    narrow = balanced_width(text, FULL.headline, measure)
    assert 0.5 * measure < narrow < 0.8 * measure
    assert balanced_width("Short headline", FULL.headline, measure) == measure
    assert balanced_width("Grenz" * 24, FULL.headline, measure) == measure
    assert balanced_width("報導 " * 60, FULL.headline, measure) == measure


@pytest.mark.parametrize("name", EDITIONS)
def test_no_type_is_smaller_than_seven_points(name: str) -> None:
    texts = [leaf for _, lines in blocks(EDITIONS[name]()) for line in lines for leaf in line]
    sizes = {leaf.style["font_size"] * 0.75 for leaf in texts}  # type: ignore[attr-defined]
    assert min(sizes) > 6.99


def test_no_number_stands_alone_before_a_word_that_is_broken() -> None:
    edition = EDITIONS["long-headline"]()
    lines = tuple(
        replace(s, stories=tuple(replace(story, summary=()) for story in s.stories)) for s in edition.sections
    )
    for one in (edition, replace(edition, sections=lines)):
        for length in ("full", "standard"):
            for box, set_ in blocks(imprinted(one, length=length)):
                alone = [said(line) for line in set_[:-1] if said(line).strip("\u00a0 ").isdigit()]
                assert not alone, of_class(box)


def test_long_words_are_parted_where_the_language_has_rules_and_headlines_never() -> None:
    long = "Die Donaudampfschifffahrtsgesellschaft und die Bundesverkehrswegeplanungskommission verhandeln weiter. "
    edition = made_up(4)
    sentences = [replace(story.summary[0], text=long * 2) for section in edition.sections for story in section.stories]
    told = iter(sentences)
    sections = tuple(
        replace(s, stories=tuple(replace(x, summary=(next(told),), headline=long) for x in s.stories))
        for s in edition.sections
    )
    sources = tuple(replace(source, language="de") for source in edition.sources)
    parted = [
        of_class(box)
        for box, lines in blocks(
            imprinted(replace(edition, sections=sections, sources=sources, key_points=()), language="de")
        )
        for line in lines[:-1]
        if said(line).endswith("-")
    ]
    assert "text" in parted
    assert not {"h1", "h2", "h3", "of-item"} & set(parted)


def test_no_page_begins_with_a_chart() -> None:
    for stories in range(2, 16):
        edition = imprinted(made_up(stories, per_story=2), length="full")
        engine, source = pdf._engine(), pdf.pdf_source(Job(edition, OUTPUTS))
        for page in pdf._laid_out(*source, engine, engine.fetcher({})).pages:
            placed = [b for b in page._page_box.descendants() if getattr(b, "element", None) is not None]
            charts = [b.position_y for b in placed if b.element.tag == "figure"]
            heads = [b.position_y for b in placed if b.element.tag in ("h1", "h2", "h3", "p", "li")]
            assert not charts or min(heads) < min(charts)
