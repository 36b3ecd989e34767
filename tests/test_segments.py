"""Round-ups, newsletters and live blogs are told event by event; what is of one event never is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import briefing
from briefing.model import Article, Edition, Segment
from briefing.outputs import make_files
from briefing.outputs.issue import issue_bytes, parse_edition
from briefing.stages.segments import parts_of, segments
from tests.paths import development

CASES = Path(__file__).parent / "segments"
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
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
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
        "• Police in Karvel arrested the deputy mayor Anton Greve on Monday over bribes. He is said to have taken 40,000 "
        "from a builder, prosecutor Ruth Amsel told reporters.\n"
        "• The central bank of Orvel raised its rate on Monday to 4.5 percent from four. Governor Marten Hoss said on Monday that prices would "
        "not calm before the summer.\n"
        "• Three fishermen of Sund are missing after their boat struck a mine, the harbour master said."
    )
    article = Article.from_text(text)
    found = segments(article)
    assert [segment.told_again for segment in found] == [True, True, False, False, False]
    assert len(parts_of(article, found)) == 3


# ---- parts are the same article


WAR_BRIEFING = {
    "title": "War briefing: what we know on day 790",
    "outlet": "The Example",
    "date": "2026-03-04",
    "text": "\n\n".join(
        (
            "The senate of Orvel voted on Tuesday to approve 95 billion in wartime aid for Velland, along with arms for "
            "Tamar. The final vote was 79 to 18.",
            "Norvian missiles hit a residential district of Karvel early on Wednesday, killing three people, said the "
            "mayor, Igor Terek.",
            "Norvian authorities have arrested Timor Ivan, a deputy defence minister, on suspicion of taking an "
            "especially large bribe.",
            "Velland's foreign minister, Dmytro Kul, stopped consular services for men of conscription age who live "
            "abroad.",
        )
    ),
}
ARREST = {
    "title": "Deputy defence minister Ivan held over bribe",
    "outlet": "Marrow Post",
    "date": "2026-03-04",
    "text": "Timor Ivan, a Norvian deputy defence minister, was arrested on Tuesday evening on suspicion of taking a large "
    "bribe, investigators said. A court in Marrow ordered him held for two months. Ivan was in charge of building for the "
    "army and known for a costly way of life.",
}


def edition_of(folder: Path, *rows: dict[str, str], day: date = date(2026, 3, 4), **more: object) -> Edition:
    folder.mkdir(exist_ok=True)
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    return briefing.make_edition([folder], day=day, **more)  # type: ignore[arg-type]


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


# ---- the build


def test_each_event_of_a_round_up_is_an_item_of_its_own(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "in", WAR_BRIEFING, ARREST)
    assert len(edition.stories) == 4
    arrest = next(story for story in edition.stories if "Ivan" in story.headline)
    assert arrest.headline == ARREST["title"]
    assert len(arrest.sources) == len(arrest.origins) == 2
    assert not any(story.headline == WAR_BRIEFING["title"] for story in edition.stories)
    assert any("Karvel" in story.headline for story in edition.stories)


def test_the_round_up_is_one_source_and_the_ledger_says_which_of_its_events_are_told(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "in", WAR_BRIEFING, ARREST)
    assert [source.title for source in edition.sources if source.parts] == [WAR_BRIEFING["title"]]
    assert edition.counts.articles == 2
    assert edition.counts.origins == 2
    used = {entry.title: entry.reason for entry in edition.ledger}
    assert used[WAR_BRIEFING["title"]] == "Items 1, 2, 3 and 4: 4 of the 4 events it tells."


def test_an_edition_of_a_round_up_is_proved_and_survives_its_issue_file(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "in", WAR_BRIEFING, ARREST)
    assert briefing.verify(edition, [tmp_path / "in"]).findings == ()
    assert parse_edition(issue_bytes(edition), "it") == edition


def test_the_page_says_where_in_which_round_up_an_item_stands(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "in", WAR_BRIEFING)
    files = dict(make_files(edition, formats=("html",)))
    shown = files["briefing.html"].decode()
    assert (
        "In a round-up of \u2068The Example\u2069, event 2 of 4" in shown
        or "In a round-up of The Example, event 2 of 4" in shown
    )


def test_an_item_that_prints_from_another_event_is_found(tmp_path: Path) -> None:
    edition = edition_of(tmp_path / "in", WAR_BRIEFING)
    one, other = edition.stories[:2]
    forged = replace(one, events=other.events)
    sections = tuple(
        replace(s, stories=tuple(forged if story == one else story for story in s.stories)) for s in edition.sections
    )
    proof = briefing.verify(replace(edition, sections=sections), [tmp_path / "in"])
    assert any("event" in finding.problem for finding in proof.findings)


def test_tomorrows_round_up_goes_on_with_the_same_event(tmp_path: Path) -> None:
    first = edition_of(tmp_path / "first", WAR_BRIEFING)
    article = briefing.read_articles(tmp_path / "first")[0]
    memory = briefing.memory_of([issue_bytes(first)], [article])
    later = {
        "title": "War briefing: what we know on day 791",
        "outlet": "The Example",
        "date": "2026-03-05",
        "text": "\n\n".join(
            (
                "Timor Ivan, the Norvian deputy defence minister arrested on suspicion of taking an especially large "
                "bribe, was dismissed by decree on Wednesday.",
                "A ferry under the flag of Tamar ran aground off Port Hale with 200 people on board, the coast guard "
                "said on Thursday.",
                "The Orvel writer Greta Lindholm has won the prize of the academy in Brask for her novel on the flood.",
            )
        ),
    }
    second = edition_of(tmp_path / "second", later, day=date(2026, 3, 5), memory=memory)
    states = {("Ivan" in story.headline): story.state for story in second.stories}
    assert states == {True: "developing", False: "new"}
    assert briefing.verify(second, [tmp_path / "second"]).findings == ()


def test_a_round_up_printed_yesterday_is_unchanged_event_by_event(tmp_path: Path) -> None:
    first = edition_of(tmp_path / "first", WAR_BRIEFING)
    memory = briefing.memory_of([issue_bytes(first)], briefing.read_articles(tmp_path / "first"))
    second = edition_of(tmp_path / "second", WAR_BRIEFING, day=date(2026, 3, 5), memory=memory)
    assert [story.state for story in second.stories] == ["unchanged"] * 4
    last = {story.last_printed.item for story in second.stories if story.last_printed}
    assert last == {story.number for story in first.stories}


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
