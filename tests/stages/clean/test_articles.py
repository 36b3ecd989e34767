"""What cleaning takes away, what it leaves, and what it finds out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Cleaned, DateClue, RawArticle
from briefing.stages.clean import clean, clean_all
from briefing.stages.clean.boilerplate import hit, repeated_lines
from briefing.stages.clean.length import SENTENCES

CASES = Path(__file__).parent
TODAY = date(2022, 2, 2)
FIELDS = ("title", "outlet", "byline", "wire")


def raw(text: str, **fields: object) -> RawArticle:
    return RawArticle(**{"input": "a.txt", "text": text, "kind": "text", **fields})  # type: ignore[arg-type]


def cleaned(text: str, time_zone: str = "UTC", **fields: object) -> Cleaned:
    return clean(raw(text, **fields), today=TODAY, time_zone=time_zone)


def codes(result: Cleaned) -> list[str]:
    return [note.code for note in result.notes]


def content(name: str) -> list[str]:
    return [line for line in (CASES / name).read_text(encoding="utf-8").split("\n") if line and line[:2] != "# "]


def article_cases() -> Iterator[tuple[str, str]]:
    for case in (CASES / "articles.txt").read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, _, rest = case.partition("\n")
        yield name, rest.rstrip("\n")


def told(result: Cleaned) -> list[str]:
    """The result of a case, as its file writes it."""
    article = result.article
    assert article is not None
    lines = [f"{field}: {getattr(article, field)}" for field in FIELDS if getattr(article, field)]
    if article.date:
        lines.append(f"date: {article.date.moment.date()} {article.date.precision} {article.date.evidence}")
    lines += [f"{p.kind}: {article.body[p.start : p.end]}" for p in article.paragraphs]
    return lines + [f"removed {r.rule}: {result.raw.text[r.start : r.end]}" for r in result.removals]


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in article_cases()])
def test_a_text_is_cleaned_as_its_case_says(case: str) -> None:
    text, _, expected = case.partition("\n---\n")
    lines = text.split("\n")
    head = [line for line in lines if line.startswith("given ")]
    fields = dict(line.removeprefix("given ").split(": ", 1) for line in head)
    assert told(cleaned("\n".join(lines[len(head) :]), **fields)) == expected.split("\n")


@pytest.mark.parametrize("case", content("boilerplate.txt"))
def test_a_line_of_the_page_is_taken_by_its_rule(case: str) -> None:
    rule, _, line = case.partition(" | ")
    found = hit(line)
    assert found is not None
    assert found.rule.id == rule


@pytest.mark.parametrize("line", content("news.txt"))
def test_a_line_of_news_is_taken_by_no_rule(line: str) -> None:
    assert hit(line) is None


def test_what_an_outlet_repeats_in_three_articles_goes_from_all_of_them() -> None:
    events = (
        "The ferry line closed after forty years of service.",
        "Rain flooded two towns.",
        "A bank opened in Harfeld.",
    )
    raws = [
        raw(f"{event}\n{event} Nobody was hurt, the police said on Monday.\nThe Tide, since {1900 + n}", outlet="Tide")
        for n, event in enumerate(events)
    ]
    results = clean_all(raws, today=TODAY, time_zone="UTC")
    assert [[r.rule for r in result.removals] for result in results] == [["repeated"]] * 3
    alone = clean_all(raws[:2], today=TODAY, time_zone="UTC")
    assert [result.removals for result in alone] == [(), ()]


def test_a_line_that_several_outlets_share_is_not_boilerplate() -> None:
    raws = [raw(f"Headline {n}\nThing {n} happened.\nHarbour: what we know", outlet=f"Outlet {n}") for n in range(4)]
    assert not any(result.removals for result in clean_all(raws, today=TODAY, time_zone="UTC"))


def test_versions_of_one_article_do_not_make_its_lines_boilerplate() -> None:
    text = "Ferry line closes\nThe ferry line closes\nIts owner is sorry\nThe union is not"
    results = clean_all([raw(text, outlet="Tide", input=f"{n}.txt") for n in range(5)], today=TODAY, time_zone="UTC")
    assert not any(result.removals for result in results)


def test_background_that_an_outlet_prints_in_every_report_is_news() -> None:
    background = "Around 100,000 people have left the islands since the storm of Saturday."
    articles = [[f"Thing {n} happened on island {n * 7} today.", f"More of {n}", background] for n in range(6)]
    assert repeated_lines(articles) == frozenset()


def test_results_stand_in_the_order_of_the_inputs() -> None:
    raws = [raw(f"Thing {n} happened.", input=f"{n}.txt") for n in (3, 1, 2)]
    assert [r.raw.input for r in clean_all(raws, today=TODAY, time_zone="UTC")] == ["3.txt", "1.txt", "2.txt"]


def test_a_removal_points_at_the_text_as_it_was_read() -> None:
    result = cleaned("Ferry line closes\r\n\r\n\u200b The line\u00a0 closes.\r\nRead more\r\n")
    (removal,) = result.removals
    assert result.raw.text[removal.start : removal.end] == "Read more"
    assert result.article is not None
    assert result.article.body == "The line closes."


@pytest.mark.parametrize("text", ["", " \n\t\u00a0\n", "\u200b\u2060\ufeff\n\u200d", "\n...\n"])
def test_a_text_without_words_is_rejected_and_named(text: str) -> None:
    result = cleaned(text, input="desk/empty.txt")
    assert result.article is None
    (note,) = [n for n in result.notes if n.code == "E_EMPTY"]
    assert "desk/empty.txt" in note.message


def test_a_headline_without_a_text_is_rejected() -> None:
    result = cleaned("Read more", title="Ferry line closes", kind="feed")
    assert result.article is None
    assert codes(result) == ["E_EMPTY"]


@pytest.mark.parametrize(
    ("title", "text", "what"),
    [
        ("Log in", "Welcome back.\nEmail\nPassword\nForgot your password?", "log-in"),
        ("404", "The page cannot be found.\nGo to the front page.", "error"),
        (
            "Your privacy",
            "We value your choice.\nOur partners use cookies.\nYou may give your consent here.",
            "consent",
        ),
        ("Ferry line closes", "The ferry line will close in March.\nSubscribers can read on.", "paywall"),
        ("Harfeld Gazette", "\n".join(f"Ferry number {n} leaves the harbour today" for n in range(12)), "index"),
    ],
)
def test_a_page_that_holds_no_article_is_rejected_as_what_it_is(title: str, text: str, what: str) -> None:
    result = cleaned(text, kind="html", title=title)
    assert result.article is None
    assert what in result.notes[-1].message


def test_an_article_about_passwords_is_an_article() -> None:
    prose = "Islanders could not log in to their bank on Monday because 404 servers in the capital had failed. "
    result = cleaned(prose * 6, kind="html", title="Log in fails for thousands")
    assert result.article is not None


@pytest.mark.parametrize(
    ("clue", "zone", "moment", "precision"),
    [
        ("2022-02-01", "Europe/Berlin", "2022-02-01T00:00:00+00:00", "day"),
        ("2022-02-01T00:30:00+01:00", "Europe/Berlin", "2022-01-31T23:30:00+00:00", "minute"),
        ("2022-02-01 00:30", "Europe/Berlin", "2022-01-31T23:30:00+00:00", "minute"),
        ("Tue, 01 Feb 2022 23:30:00 GMT", "Asia/Tokyo", "2022-02-01T23:30:00+00:00", "minute"),
    ],
)
def test_a_header_dates_to_the_minute_it_states(clue: str, zone: str, moment: str, precision: str) -> None:
    result = cleaned("Thing happened.", zone, dates=(DateClue(clue, "header"),))
    assert result.article is not None
    assert result.article.date is not None
    assert (result.article.date.moment.isoformat(), result.article.date.precision) == (moment, precision)
    assert result.article.date.clue == clue


def test_the_most_trusted_clue_that_is_a_date_wins() -> None:
    dates = (DateClue("2022-01-05", "text"), DateClue("31 February 2022", "header"), DateClue("2022-01-03", "feed"))
    result = cleaned("Thing happened.", dates=dates, url="https://a.example/2022/01/04/x")
    assert result.article is not None
    assert result.article.date is not None
    assert (result.article.date.evidence, result.article.date.clue) == ("feed", "2022-01-03")
    assert codes(result) == ["W_DATE_INVALID"]


@pytest.mark.parametrize(
    ("clue", "code", "dated"),
    [
        ("2022-02-03", None, True),
        ("2022-02-04", "W_DATE_FUTURE", True),
        ("1970-01-01", "W_DATE_OLD", False),
        ("Wednesday", "W_DATE_INVALID", False),
        ("01/02/2022", "W_DATE_INVALID", False),
        ("2022-02-01T08:00", "W_DATE_ASSUMED", True),
        ("9" * 5000, "W_DATE_INVALID", False),
    ],
)
def test_an_odd_date_is_warned_of(clue: str, code: str | None, dated: bool) -> None:
    result = cleaned("Thing happened.", dates=(DateClue(clue, "feed"),))
    assert codes(result) == ([code] if code else [])
    assert result.article is not None
    assert (result.article.date is not None) == dated


def test_a_future_date_is_judged_by_the_desks_own_day() -> None:
    late = (DateClue("2022-02-03T23:30:00Z", "feed"),)  # 4 February in Tokyo
    assert codes(cleaned("Thing happened.", "UTC", dates=late)) == []
    assert codes(cleaned("Thing happened.", "Asia/Tokyo", dates=late)) == ["W_DATE_FUTURE"]


def test_an_article_keeps_its_identity_whatever_its_page_adds() -> None:
    one = cleaned("Ferry line closes\nThe line closes.\nRead more")
    two = cleaned("Ferry line closes\n\nThe  line closes.\nAdvertisement")
    assert one.article is not None
    assert two.article is not None
    assert one.article.id == two.article.id


def test_only_web_addresses_are_kept() -> None:
    result = cleaned("Thing happened.", url="javascript:alert(1)")
    assert result.article is not None
    assert result.article.url == ""


def test_a_long_text_is_cut_at_a_sentence_and_says_so() -> None:
    result = cleaned("Headline here\n" + "It rained all day. " * 2000)
    assert result.article is not None
    assert codes(result) == ["W_SENTENCES_CAPPED"]
    assert result.article.body.count(".") == SENTENCES - 1  # the headline is one
    assert result.article.body.endswith("day.")
    assert result.removals[-1].rule == "length"
    assert result.removals[-1].end == len(result.raw.text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" + " " * 5000 + "b.", "W_WHITESPACE_COLLAPSED"),
        ("Thing happened.\n" + "\t\n" * 3000, "W_WHITESPACE_COLLAPSED"),
        ("Thing " + "x" * 201 + " happened.", "W_LONG_WORD"),
        ("word " * 500 + ".", "W_LONG_SENTENCE"),
        ("Results\n\n1 2 3. 4 5 6. 7 8 9.", "W_NO_SUMMARY"),
        ("\U0001f600. \U0001f600\U0001f600.", "W_NO_SUMMARY"),
        ("Very long title " * 100 + "\n\nThing happened.", "W_TITLE_TRUNCATED"),
        ("Pay at https://\u0440aypal.example/ now, the mail said.", "W_SUSPICIOUS_HOST"),
        ("Thing \ufffd happened.", "W_ENCODING_REPLACED"),
    ],
)
def test_what_is_odd_about_a_text_is_noted(text: str, code: str) -> None:
    result = cleaned(text)
    assert code in codes(result)
    assert all("a.txt" in note.message for note in result.notes)


def test_a_long_headline_is_cut_after_a_word() -> None:
    result = cleaned("Thing happened.", title="word " * 100, kind="feed")
    assert result.article is not None
    assert result.article.title == ("word " * 40).strip()


LINE = st.text(st.sampled_from("ab cdé.,!?:•-“”’\u00a0 \t1234 \u4eac"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, max_size=12))
def test_no_line_is_lost_between_kept_removed_and_title(lines: list[str]) -> None:
    result = cleaned("\n".join(lines))
    normal = Counter(" ".join(line.split()) for line in lines if line.strip())
    gone = Counter(" ".join(result.raw.text[r.start : r.end].split()) for r in result.removals)
    if result.article is None:
        return
    kept = Counter(result.article.body.split("\n"))
    title = Counter([result.article.title] if result.article.title else [])
    assert kept + gone + title == normal


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_paragraphs_are_spans_of_the_bodys_lines(text: str) -> None:
    result = cleaned(text)
    if result.article is None:
        assert codes(result)[-1] == "E_EMPTY"
        return
    body, at = result.article.body, 0
    lines = body.split("\n")
    assert len(lines) == len(result.article.paragraphs)
    for line, paragraph in zip(lines, result.article.paragraphs, strict=True):
        assert at <= paragraph.start < paragraph.end == at + len(line)
        assert " ".join(line.split()) == line
        at += len(line) + 1
