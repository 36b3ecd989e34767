"""Forged issue files: one field is changed, and the proof names it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefing.build import make_edition, read_again
from briefing.model import Article, Cut, Edition, KeyPoint, Receipt
from briefing.outputs.issue import issue_bytes, parse_edition
from briefing.settings import Settings
from briefing.stages.proof import Finding, Given, verify_edition
from briefing.stages.proof.borders import forms_of, sentences_of_span
from briefing.text.sentences import split_sentences
from tests.paths import SEEDS
from tests.stages.edition.by_hand import DAY

BAERBOCK = "pellhaven-daily/baerbock-high-price.txt"


#: Beside the sample articles: the last sentence of the first is a passage on another theme than its own.
MEETING = {
    "date": "2022-02-01",
    "title": "Johnson and Zelensky meet in Kyiv for talks on the crisis",
    "url": "https://pellhavendaily.example/2022/02/01/johnson-kyiv",
    "text": "British Prime Minister Boris Johnson met Ukrainian President Volodymyr Zelensky in Kyiv on Tuesday for "
    "two hours of talks on a diplomatic way out of the crisis.\n\nThe two leaders agreed to hold a summit of foreign "
    "ministers in London in March, the Ukrainian president's office said.\n\nBritain has delivered 2,000 anti-tank "
    "missiles to the Ukrainian army since January, the British Defense Ministry said on Tuesday.\n\nThe European "
    "Union will impose sanctions on 12 Russian banks and freeze the assets of 40 officials if Russian troops cross "
    "the border, European Commission President Ursula von der Leyen said on Tuesday.",
}
SHELLS = {
    "date": "2022-02-01",
    "url": "https://norvanetimes.example/2022/02/01/poland-shells",
    "text": "Poland sent 20,000 artillery shells, four drones and a battery of air-defense missiles to the Ukrainian "
    "army on Monday.\n\nThe ammunition will cross the border by rail within two weeks, the Polish Defense Ministry "
    "said in a statement.\n\nPoland has also offered to train 300 Ukrainian gunners at its range in Drawsko.",
}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forged") / "seeds"
    shutil.copytree(SEEDS, folder)
    lines = "".join(json.dumps(article) + "\n" for article in (MEETING, SHELLS))
    (folder / "export.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def edition(sources: Path) -> Edition:
    """An edition of everything that can be forged: its last key point is a sentence."""
    made = make_edition([sources], day=DAY, settings=Settings.model_validate({"limits": {"length": "full"}}))
    first = made.sections[0].stories[0]
    return replace(
        made, key_points=(*made.key_points, KeyPoint(first.summary[0], first.number, made.sections[0].theme))
    )


@pytest.fixture(scope="module")
def given(edition: Edition, sources: Path) -> Given:
    return read_again([sources], edition)


class Sources:
    """The ids of the articles that are sources of some numbers."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = numbers

    def articles(self, ids: dict[int, str]) -> list[str]:
        return [ids[n] for n in self.numbers]


def changed(edition: Edition, *changes: tuple[str, Any]) -> Edition:
    """The edition with fields of its issue file set: ('sections.0.theme', 'x'); a function is given the old value."""
    data = json.loads(issue_bytes(edition))
    ids = {source.number: source.article_id for source in edition.sources}
    for path, value in changes:
        *steps, last = path.split(".")
        at: Any = data
        for step in steps:
            at = at[int(step) if step.isdigit() else step]
        key = int(last) if last.isdigit() else last
        at[key] = value(at[key]) if callable(value) else value.articles(ids) if isinstance(value, Sources) else value
    return parse_edition(json.dumps(data).encode(), "forged.json")


def found(edition: Edition, given: Given | None) -> tuple[Finding, ...]:
    return verify_edition(edition, given.articles if given else None, given).findings


def in_two(origins: list[Any]) -> list[Any]:
    return [{**origins[0], "sources": [n]} for n in origins[0]["sources"]] + origins[1:]


def elsewhere(sentences: list[Any]) -> list[Any]:
    """The sentences of a passage and one more, of the article that is source 1."""
    first, receipt = sentences[0], sentences[0]["receipt"]
    return [first, {**first, "receipt": {**receipt, "article_id": "7df76e75d1a7199a"}}]


def without_last(things: list[Any]) -> list[Any]:
    return things[:-1]


CHRISTMAS = [{"words": "Christmas", "day": "2022-12-25"}]
STORY = "sections.0.stories.2"
FORGED: tuple[tuple[str, str, Any, str, str], ...] = (
    # claim, field, its new value, place named, words of the problem
    ("headline", f"{STORY}.headline", "Ministers admit defeat", "item 3", "headline is not that of source"),
    ("headline's receipt", f"{STORY}.headline_receipt.start", 4, "item 3", "not the words the receipt was made for"),
    ("headline from the body", f"{STORY}.headline_receipt.of", "body", "item 3", "headline at that place"),
    ("untitled", "sources.0.untitled", True, "source 1", "untitled"),
    ("speaker", "statements.0.speaker", "Boris Johnson", "statement 1", "speaker is not in the words"),
    ("role", "statements.0.role", "Archbishop", "statement 1", "role is not in the words"),
    ("speaker's full name", "statements.0.person", "Boris Johnson", "statement 1", "No source names"),
    ("verb", "statements.0.verb", "confessed", "statement 1", "verb is not in the words"),
    ("quotation", "statements.0.quotation", "“we give up”", "statement 1", "quotation is not in its sentence"),
    ("statement's item", "statements.0.story", 9, "statement 1", "not a source of item 9"),
    ("statement's theme", "statements.0.theme", "sanctions", "statement 1", "not under 'sanctions'"),
    ("figure", "accounts.0.figures.0.printed", "some 900,000", "differing accounts 1", "not in its sentence"),
    ("figure's value", "accounts.0.figures.0.value", 9e9, "differing accounts 1", "does not state"),
    ("figure's unit", "accounts.0.figures.0.unit", "dead", "differing accounts 1", "does not state"),
    ("account's matter", "accounts.0.about", "war criminals", "differing accounts 1", "neither a unit nor words"),
    ("account's items", "accounts.0.stories", [7], "differing accounts 1", "not from the items it names"),
    ("support by itself", f"{STORY}.summary.0.support", Sources(3, 4, 5, 6), "item 3, sentence 1", "of itself"),
    ("support by another item", f"{STORY}.summary.0.support", Sources(19), "item 3, sentence 1", "of another item"),
    ("support twice", f"{STORY}.summary.0.support", Sources(6, 6), "item 3, sentence 1", "named twice"),
    ("newest report", f"{STORY}.newest", "2022-02-01T23:00:00Z", "item 3", "newest report"),
    ("origin's name", f"{STORY}.origins.0.name", "Reuters", "item 3", "None of its sources is of 'Reuters'"),
    ("origin's kind", f"{STORY}.origins.0.kind", "own reporting", "item 3", "None of its sources is of"),
    ("origin left out", f"{STORY}.origins", without_last, "item 3", "origins do not hold each"),
    ("origin's source twice", f"{STORY}.origins.0.sources", Sources(3, 3, 6), "item 3", "origins do not hold each"),
    ("item's sources", f"{STORY}.sources", Sources(3, 4, 5, 6, 7), "source 7", "a source of several items"),
    ("item's number", f"{STORY}.number", 1, "items", "do not rise"),
    ("agency as two origins", f"{STORY}.origins", in_two, "item 3", "counted as 2 origins"),
    ("section's theme", "sections.2.theme", "energy", "passage 1 on Sanctions", "found for another theme"),
    ("section twice", "sections.2.theme", "diplomacy", "section diplomacy", "printed 2 times"),
    ("key point's theme", "key_points.0.theme", "energy", "key point 1", "not a section"),
    ("key point's item", "key_points.0.story", 9, "key point 1", "of no source of item"),
    ("key point's sentence", "key_points.0.sentence", lambda _: None, "key point 1", "of no source of item"),
    ("passage's item", "sections.2.passages.0.story", 9, "passage 1 on", "not a source of item 9"),
    ("passage without its item", "sections.2.passages.0.story", 0, "passage 1 on", "not a source of item 0"),
    ("passage of others", "sections.2.passages.0.sentences", elsewhere, "passage 1 on", "alone"),
    ("inputs counted", "counts.inputs", 40, "cover", "counts inputs 40"),
    ("origins counted", "counts.origins", 99, "cover", "counts origins 99"),
    ("share of several origins", "counts.several_origins", 0.9, "cover", "several_origins 0.9"),
    ("day in words", f"{STORY}.summary.0.dates", CHRISTMAS, "item 3, sentence 1", "Christmas"),
    ("day resolved", "key_points.5.sentence.dates.0.day", "2022-01-01", "key point 6", "not those it names"),
    ("kind", f"{STORY}.summary.0.kind", "opinion", "item 3, sentence 1", "not opinion by its form"),
    ("source's input", "sources.0.input", BAERBOCK, "source 1", "Its article is in"),
    ("source's outlet", "sources.0.outlet", "The Times", "source 1", "outlet"),
    ("source's language", "sources.0.language", "fr", "source 1", "language"),
    ("source's date's clue", "sources.0.date_clue", "yesterday", "source 1", "not read from"),
    ("source's date's evidence", "sources.0.evidence", "given", "source 1", "evidence"),
    ("source's title", "sources.0.title", "No", "source 1", "title is not the headline"),
    ("ledger's input left out", "ledger", without_last, "ledger, tarnholt", "not in the ledger"),
    ("ledger's input invented", "ledger.0.input", "nowhere.txt", "ledger, nowhere.txt", "not among the sources"),
    ("ledger's input twice", "ledger", lambda rows: [*rows, rows[0]], "ledger, cressholm", "2 times"),
    ("ledger's fate", "ledger.0.fate", "left out", "ledger, cressholm", "and is source"),
    ("ledger's rejection", "ledger.0.fate", "rejected", "ledger, cressholm", "gives an article"),
    ("ledger's merger", "ledger.0.into", "nowhere.txt", "ledger, cressholm", "not another input"),
    ("ledger's place", "ledger.0.reason", "Item 9.", "ledger, cressholm", "not printed where"),
    ("ledger's title", "ledger.0.title", "Another", "ledger, cressholm", "title is not what"),
    ("ledger's outcome", "ledger.0.outcome", "reject-with-error", "ledger, cressholm", "outcome is not what"),
    ("ledger's article", "ledger.0.article_id", "0" * 16, "ledger, cressholm", "no source is made of it"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "place", "problem"), [row[1:] for row in FORGED], ids=[row[0] for row in FORGED]
)
def test_a_forged_field_is_found_and_named(
    edition: Edition, given: Given, field: str, value: Any, place: str, problem: str
) -> None:
    if field == "key_points.0.sentence":
        value = json.loads(issue_bytes(edition))["sections"][3]["stories"][-1]["summary"][-1]
    findings = found(changed(edition, (field, value)), given)
    assert any(place in f.place and problem in f.problem for f in findings), findings


def test_the_edition_that_was_forged_is_sound(edition: Edition, given: Given) -> None:
    assert found(edition, given) == ()
    assert found(edition, None) == ()


def test_a_speaker_of_the_same_article_who_said_something_else_is_found(edition: Edition, given: Given) -> None:
    said = edition.statements[0]
    body = given.articles[said.sentence.receipt.article_id].body
    other = next(w for w in body.split() if w.istitle() and w.isalpha() and w not in f"{said.speaker} {said.role}")
    forged = changed(edition, ("statements.0.speaker", other))
    assert [f.place for f in found(forged, given)] == ["statement 1"]
    assert said.speaker in found(forged, given)[0].problem


def test_a_support_of_the_same_item_that_says_something_else_is_found(edition: Edition, given: Given) -> None:
    printed = edition.stories[2].summary[0]
    other = next(key for key in edition.stories[2].sources if key not in printed.said_by)
    forged = changed(edition, (f"{STORY}.summary.0.support", sorted([*printed.support, other])))
    assert any(f.place == "item 3, sentence 1" and "does not say the same" in f.problem for f in found(forged, given))


@pytest.mark.parametrize("cut", ["front", "back"])
@pytest.mark.parametrize("place", [f"{STORY}.summary.0", "sections.2.passages.0.sentences.0", "sources.3.summary.0",
                                   f"{STORY}.views.0.summary.0", "key_points.5.sentence", "statements.0.sentence",
                                   "accounts.0.figures.0.sentence"])  # fmt: skip
def test_half_a_sentence_with_a_sound_receipt_is_found(edition: Edition, given: Given, place: str, cut: str) -> None:
    def halved(cited: dict[str, Any]) -> dict[str, Any]:
        at = cited["text"].index(" ", len(cited["text"]) // 2)
        start, end = cited["receipt"]["start"], cited["receipt"]["end"]
        text, span = (
            (cited["text"][at + 1 :], (start + at + 1, end))
            if cut == "front"
            else (cited["text"][:at], (start, start + at))
        )
        receipt = Receipt.made(cited["receipt"]["article_id"], *span, text)
        spanned = {"start": span[0], "end": span[1], "sha256": receipt.sha256}
        return {**cited, "text": text, "receipt": {**cited["receipt"], **spanned}}

    assert any("begins or ends within a sentence" in f.problem for f in found(changed(edition, (place, halved)), given))


def test_two_sentences_printed_as_one_are_found(edition: Edition, given: Given) -> None:
    receipt = edition.stories[2].summary[0].receipt
    sentences = given.sentences[receipt.article_id]
    first = next(n for n, s in enumerate(sentences) if s.end == receipt.end)
    span, forms = (receipt.start, sentences[first + 1].end), forms_of(sentences)
    assert sentences_of_span(*span, forms, several=True) == range(first, first + 2)
    assert not sentences_of_span(*span, forms, several=False)


@pytest.mark.parametrize(
    ("text", "printed", "whole"),
    [
        ("MARLSTED, Norvane (AP) — The talks went on. They failed.", "The talks went on.", True),
        ("MARLSTED, Norvane (AP) — The talks went on. They failed.", "talks went on.", False),
        ("The talks went on, the office said. . They failed.", "The talks went on, the office said.", True),
        ("The talks went on.” They failed.", "The talks went on.", True),
        ("“The talks went on.” They failed.", "“The talks went on.", False),
        ("The talks, she said, went on. They failed.", "The talks, she said,", False),
    ],
)
def test_only_a_dateline_and_debris_may_be_missing_from_a_sentence(text: str, printed: str, whole: bool) -> None:
    forms = forms_of(split_sentences(Article.from_text(text, language="en")))
    start = text.index(printed)
    assert bool(sentences_of_span(start, start + len(printed), forms, several=False)) is whole


def test_a_source_that_nothing_is_printed_from_is_found(edition: Edition, given: Given) -> None:
    number = len(edition.sources) + 1
    spare = replace(edition.sources[0], number=number, article_id="f" * 16, summary=())
    findings = found(replace(edition, sources=(*edition.sources, spare)), given)
    assert Finding(f"source {number}", "No item and no passage is printed from it.") in findings


def test_an_issue_that_cites_what_it_does_not_list_is_looked_at_no_further(edition: Edition, given: Given) -> None:
    shorter = replace(edition, sources=edition.sources[:3])
    assert all("not among the sources" in f.problem for f in found(shorter, None))
    assert found(shorter, given)


def test_what_was_cut_for_length_is_no_forgery(edition: Edition, given: Given) -> None:
    from briefing.stages.edition import fit_words

    cut = fit_words(edition, per_theme=120)
    assert cut.cuts
    assert found(cut, given) == ()
    assert found(replace(cut, cuts=(*cut.cuts, Cut("more", "words"))), given) == ()


def test_a_digest_is_proved_like_the_whole(edition: Edition, given: Given) -> None:
    for slug in ("diplomacy", "arms-shipments", "sanctions"):
        assert found(edition.only(slug), given) == ()
