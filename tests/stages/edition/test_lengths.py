"""The length of an edition: what matters little is told in a line, and the whole in fewer words than its openings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.model import Edition, EditionPassage, EditionStory, Imprint, Length, Summary, View, Why
from briefing.outputs import OUTPUTS, Job
from briefing.outputs.view import view_of
from briefing.stages.edition import fit_length, lead_words, make_up, quoted_words
from briefing.stages.edition.lengths import ALLOWANCES, FEWEST
from briefing.stages.edition.parts import Layout
from briefing.stages.proof import verify_edition
from tests.stages.edition.by_hand import DAY, TALKS, article, matched, material, sentences_of, story

ARTICLES = [
    article(
        f"Akra{n} belo{n} cedo{n} and dira{n}",
        f"Elan{n} signed fino{n} with gora{n} near hest{n} after ivor{n} on Monday.",
        f"Jura{n} sold kelp{n} to lund{n} before moss{n} and nord{n} came.",
        f"Orla{n} built pern{n} beside quay{n} while rust{n} and sund{n} waited.",
        outlet="Aster Post",
    )
    for n in range(10, 40)
]


def whole(length: Length = "full") -> Edition:
    importance = {a.id: 4.0 - n / 5 for n, a in enumerate(ARTICLES)}
    summaries = {a.id: Summary(sentences_of(a)) for a in ARTICLES}
    given = material([story(a) for a in ARTICLES], {a.id: [matched(TALKS)] for a in ARTICLES}, summaries=summaries)
    return make_up(replace(given, importance=importance), Imprint("Morning briefing", DAY, length=length), Layout())


def lead(edition: Edition) -> int:
    return lead_words(edition, {a.id: sentences_of(a) for a in ARTICLES})


def test_full_takes_nothing_away() -> None:
    edition = whole()
    assert fit_length(edition, "full", lead(edition)) == edition


@pytest.mark.parametrize("length", ["brief", "standard"])
def test_an_edition_quotes_no_more_words_than_its_length_allows(length: Length) -> None:
    edition, told = whole(), whole(length)
    assert quoted_words(told) <= ALLOWANCES[length].share * lead(edition) < quoted_words(edition)
    assert told.key_points == edition.key_points


def test_what_matters_least_is_told_in_a_line_and_keeps_its_number_and_its_source() -> None:
    edition, told = whole(), whole("standard")
    lines = [s for s in told.stories if s.in_a_line]
    assert lines
    assert max(s.importance for s in lines) < min(s.importance for s in told.stories if not s.in_a_line)
    assert [(s.number, s.headline) for s in told.stories] == [(s.number, s.headline) for s in edition.stories]
    assert len(told.sources) == len(edition.sources)
    fates = {e.article_id: e.fate for e in told.ledger}
    assert {fates[s.sources[0]] for s in lines} == {"told in a line"}
    assert {fates[s.sources[0]] for s in told.stories if not s.in_a_line} == {"used"}
    assert verify_edition(told, {a.id: a for a in ARTICLES}).ok


def test_a_digest_tells_in_full_what_the_edition_tells_in_a_line() -> None:
    edition = whole()
    stories = tuple(replace(s, views=(_view(s),)) for s in edition.sections[0].stories)
    viewed = replace(edition, sections=(replace(edition.sections[0], stories=stories), *edition.sections[1:]))
    digest = fit_length(viewed, "standard", lead(edition)).only("talks")
    assert not any(s.in_a_line for s in digest.stories)
    assert {e.fate for e in digest.ledger} == {"used"}


def _view(told: EditionStory) -> View:
    return View("talks", told.summary)


def test_no_theme_has_more_passages_than_its_length_allows() -> None:
    edition = whole()
    told = edition.sections[0].stories
    passages = tuple(EditionPassage(s.number, s.summary[:1], Why("talks", 0.4, is_main=False, terms=())) for s in told)
    full = replace(edition, sections=(replace(edition.sections[0], passages=passages), *edition.sections[1:]))
    kept = fit_length(full, "standard", 10 * lead(edition)).sections[0].passages
    assert kept == passages[: ALLOWANCES["standard"].passages]


def test_what_matters_nothing_is_a_line_but_never_the_whole_edition() -> None:
    edition = whole()
    stories = tuple(replace(s, importance=-1.0) for s in edition.sections[0].stories)
    quiet = replace(
        edition, key_points=(), sections=(replace(edition.sections[0], stories=stories), *edition.sections[1:])
    )
    told = fit_length(quiet, "standard", 10 * lead(edition))
    assert sum(not s.in_a_line for s in told.stories) == FEWEST


def test_every_output_prints_the_lines_and_the_front_page_says_how_many_it_leaves_out() -> None:
    told = whole("standard")
    line = next(s for s in told.stories if s.in_a_line)
    for name in ("html", "markdown", "text"):
        printed = Job(told, OUTPUTS).made(name).decode("utf-8")
        assert "In a line" in printed
        assert line.headline in printed
    many = replace(told, sections=(replace(told.sections[0], stories=told.sections[0].stories * 2), *told.sections[1:]))
    assert view_of(told).headlines_more == ""
    assert len(view_of(told).headlines) == len(told.stories)
    assert view_of(many).headlines_more == f"{2 * sum(s.in_a_line for s in told.stories)} more in a line"
