"""Round-ups, newsletters and live blogs are told event by event; what is of one event never is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import briefing
from briefing.model import Article, Segment
from briefing.stages.segments import parts_of, segments
from tests.paths import development
from tests.roundup_articles import WAR_BRIEFING

CASES = Path(__file__).parent
#: Where no sign but the words tells a section's second paragraph from an event of its own, or a list has no mark.
UNSURE = ("think-tank daily with takeaways and sections", "newsletter with headings")

Case = tuple[str, list[tuple[str, str]]]  # title; mark and text of each paragraph


def read_cases(name: str) -> dict[str, Case]:
    cases: dict[str, Case] = {}
    paragraphs: list[tuple[str, str]] = []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            case, _, title = line[3:].partition(" ::")
            paragraphs = []
            cases[case] = (title.strip(), paragraphs)
        elif line[:2] in ("* ", "| ", "- "):
            paragraphs.append((line[0], line[2:]))
    return cases


ROUNDUPS, ONE_EVENT = read_cases("roundups.txt"), read_cases("one_event.txt")


def article_of(case: Case) -> Article:
    title, paragraphs = case
    return Article.from_text("\n".join(text for _, text in paragraphs), title=title)


def begun(article: Article, found: tuple[Segment, ...]) -> list[int]:
    """Return the paragraphs at which segments begin."""
    starts = {paragraph.start: n for n, paragraph in enumerate(article.paragraphs)}
    return [starts[segment.start] for segment in found]


# ---- where the events are


@pytest.mark.parametrize("case", ROUNDUPS)
def test_a_round_up_of_any_layout_is_parted(case: str) -> None:
    assert len(segments(article_of(ROUNDUPS[case]))) > 1


@pytest.mark.parametrize("case", [case for case in ROUNDUPS if case not in UNSURE])
def test_a_round_up_is_parted_where_its_events_begin(case: str) -> None:
    article = article_of(ROUNDUPS[case])
    assert begun(article, segments(article)) == [n for n, (mark, _) in enumerate(ROUNDUPS[case][1]) if mark == "*"]


@pytest.mark.parametrize("case", ONE_EVENT)
def test_a_text_of_one_event_is_never_parted(case: str) -> None:
    article = article_of(ONE_EVENT[case])
    assert segments(article) == (Segment(0, len(article.body)),)


@pytest.mark.parametrize("case", ROUNDUPS)
def test_what_greets_announces_and_says_good_bye_is_in_no_part(case: str) -> None:
    article = article_of(ROUNDUPS[case])
    found = segments(article)
    assert all(one.end <= other.start for one, other in pairwise(found))
    told = {n for n, p in enumerate(article.paragraphs) if any(s.start <= p.start and p.end <= s.end for s in found)}
    marks = [mark for mark, _ in ROUNDUPS[case][1]]
    if case not in UNSURE:
        assert {n for n, mark in enumerate(marks) if mark != "-"} <= told
        assert not told & {0, len(marks) - 1} & {n for n, mark in enumerate(marks) if mark == "-"}


def test_an_empty_text_is_one_part() -> None:
    assert segments(Article.from_text("")) == (Segment(0, 0),)


def test_a_list_of_endless_length_is_no_round_up() -> None:
    lines = [
        f"• In village {n} of Velland a bridge was opened on Monday, the mayor said to reporters." for n in range(500)
    ]
    assert len(segments(Article.from_text("\n".join(lines), title="News in brief"))) == 1


def test_what_a_list_at_the_head_says_is_marked_as_told_again_below() -> None:
    text = (
        "Police in Karvel arrested the deputy mayor Anton Greve on Monday over bribes.\n"
        "The central bank of Orvel raised its rate on Monday to 4.5 percent from four.\n"
        "Here are the latest developments:\n"
        "• Police in Karvel arrested the deputy mayor Anton Greve on Monday over bribes. He took 40,000 from a "
        "builder, prosecutor Ruth Amsel told reporters.\n"
        "• The central bank of Orvel raised its rate on Monday to 4.5 percent from four. Governor "
        "Marten Hoss said that prices would not calm before the summer.\n"
        "• Three fishermen of Sund are missing after their boat struck a mine, the harbour master said."
    )
    article = Article.from_text(text)
    found = segments(article)
    assert [segment.told_again for segment in found] == [True, True, False, False, False]
    assert len(parts_of(article, found)) == 3


# ---- parts are the same article


def war_parts() -> tuple[Article, ...]:
    article = Article.from_text(WAR_BRIEFING["text"], title=WAR_BRIEFING["title"], outlet="The Example")
    return parts_of(article, segments(article))


def test_a_part_is_the_same_article_and_has_only_the_sentences_of_its_span() -> None:
    whole = Article.from_text(WAR_BRIEFING["text"], title=WAR_BRIEFING["title"], outlet="The Example")
    parts = war_parts()
    assert len(parts) == 4
    assert {(part.id, part.body) for part in parts} == {(whole.id, whole.body)}
    assert len({part.key for part in parts}) == 4
    told = [sentence for part in parts for sentence in briefing.split_sentences(part)]
    assert told == list(briefing.split_sentences(whole))


def test_two_parts_of_one_article_are_never_one_story_even_word_for_word() -> None:
    sentence = (
        "Police in Karvel arrested the deputy mayor Anton Greve on Monday over bribes, prosecutor Ruth Amsel said."
    )
    whole = Article.from_text(f"{sentence}\n{sentence}")
    half = len(sentence)
    twins = [replace(whole, span=(0, half)), replace(whole, span=(half + 1, 2 * half + 1))]
    copy = Article.from_text(sentence, outlet="Marrow Post")
    stories = briefing.group_stories([*twins, copy])
    assert sorted(len(story.articles) for story in stories) == [1, 2]
    assert all(len({a.id for a in story.articles}) == len(story.articles) for story in stories)


# ---- against development data


def rows(name: str) -> Iterator[dict[str, object]]:
    with gzip.open(development("data", name), "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@pytest.mark.development
def test_of_541_news_articles_at_most_two_are_parted() -> None:
    news = [row for row in rows("themes2.dev.jsonl.gz") if row["type"] == "news"]
    parted = [
        r["id"] for r in news if len(segments(Article.from_text(str(r["text"]), title=str(r["title"] or "")))) > 1
    ]
    assert len(parted) <= 2
