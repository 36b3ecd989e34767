"""The length contract, on an edition of two themes."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.model import CitedStatement, Cut, Edition, Imprint, Passage, View
from briefing.model.edition import SET_CLOSELY, WITHOUT_LISTS
from briefing.outputs import OUTPUTS, Job
from briefing.outputs.pdf import pdf_source
from briefing.stages.edition import Layout, fit_pages, fit_words, make_up
from briefing.stages.edition.cut_names import names_of
from briefing.stages.edition.cuttable import Cuttable, units_of
from briefing.stages.proof import printed_sentences, verify_edition
from tests.editions import second_day
from tests.stages.edition.by_hand import (
    ARMS,
    DAY,
    SHIPMENT,
    TALKS,
    VISIT,
    WEATHER,
    matched,
    material,
    sentences_of,
    story,
)


def edition() -> Edition:
    stories = [story(VISIT), story(SHIPMENT), story(WEATHER)]
    matches = {VISIT.id: [matched(TALKS)], SHIPMENT.id: [matched(TALKS, 0.8)], WEATHER.id: [matched(ARMS)]}
    passage = Passage(ARMS, sentences_of(SHIPMENT)[2:], matched(ARMS, 0.4, main=False))
    return make_up(
        material(stories, matches, passages={SHIPMENT.id: (passage,)}), Imprint("Morning briefing", DAY), Layout()
    )


def words(edition: Edition, section: int) -> int:
    stories = [s for story in edition.sections[section].stories for s in story.summary]
    passages = [s for passage in edition.sections[section].passages for s in passage.sentences]
    return sum(len(s.text.split()) for s in (*stories, *passages))


def test_without_limits_nothing_is_cut() -> None:
    assert fit_words(edition()) == edition()


def test_no_theme_prints_more_words_than_allowed_and_every_cut_is_listed() -> None:
    whole = edition()
    assert words(whole, 0) == 19
    cut = fit_words(whole, per_theme=14)
    assert words(cut, 0) <= 14
    assert [c.what for c in cut.cuts] == ["sentence 2 of items 1, 2"]
    assert [c.what for c in fit_words(whole, per_theme=17).cuts] == ["sentence 2 of item 2: Weapons arrive"]
    assert cut.sections[1] == whole.sections[1]  # 13 words, within the limit: untouched
    assert words(cut, 1) == 13


def test_the_first_story_of_a_theme_is_never_cut() -> None:
    cut = fit_words(edition(), per_theme=1)
    assert all(section.stories for section in cut.sections[:2])


def test_no_article_is_quoted_for_more_words_than_allowed() -> None:
    cut = fit_words(edition(), per_source=8)
    quoted: dict[str, dict[str, int]] = {}
    for _, s in printed_sentences(cut):
        quoted.setdefault(s.receipt.article_id, {})[s.text] = len(s.text.split())
    assert all(sum(q.values()) <= 8 for q in quoted.values())


def test_a_digest_tells_no_more_of_a_story_than_a_limit_left_of_it() -> None:
    whole = edition()
    (first, *rest), told = whole.sections[0].stories, whole.sections[0].stories[0].summary
    viewed = replace(first, views=(View("talks", tuple(reversed(told))),))
    section = replace(whole.sections[0], stories=(viewed, *rest))
    cut = fit_words(replace(whole, sections=(section, *whole.sections[1:])), per_theme=14)
    assert [len(v.summary) for v in cut.stories[0].views] == [len(cut.stories[0].summary)] == [1]


def test_statements_count_among_the_words_of_an_article_and_give_way_first() -> None:
    whole = edition()
    said = whole.stories[0].summary[1]
    quoting = replace(whole, statements=(CitedStatement("Envoy", "", "said", said.text, said, 1, "talks"),))
    cut = fit_words(replace(quoting, sources=tuple(replace(s, summary=()) for s in quoting.sources)), per_source=8)
    assert cut.statements == ()
    assert "what was said by Envoy" in [c.what for c in cut.cuts]


def test_a_limit_of_words_below_the_shortest_form_is_said() -> None:
    cuts = [c.what for c in fit_words(edition(), per_theme=1).cuts]
    assert cuts[0].startswith("the limit of 1 words, which the shortest form of Talks exceeds")


def test_a_limit_of_pages_is_met_without_a_word_cut_where_setting_closely_is_enough() -> None:
    whole = edition()
    cut = fit_pages(whole, 1, lambda e: 1 if e.cuts else 2)
    assert [c.what for c in cut.cuts] == [SET_CLOSELY]
    assert list(printed_sentences(cut)) == list(printed_sentences(whole))


def test_a_limit_of_pages_takes_the_lists_first_and_keeps_key_points_and_headlines() -> None:
    whole = edition()
    listed = fit_pages(whole, 1, lambda e: 1 if len(e.cuts) > 1 else 2)
    assert [c.what for c in listed.cuts] == [SET_CLOSELY, WITHOUT_LISTS]
    assert list(printed_sentences(listed)) == list(printed_sentences(whole))
    cut = fit_pages(whole, 1, lambda e: 1 if not any(s.summary for s in e.stories) else 2)
    assert cut.key_points == whole.key_points
    assert [(s.number, s.headline) for s in cut.stories] == [(s.number, s.headline) for s in whole.stories]
    assert all(s.in_a_line for s in cut.stories)
    assert not verify_edition(cut, None).findings


def test_what_matters_least_loses_its_text_first() -> None:
    whole = edition()
    ranked = replace(
        whole,
        sections=tuple(
            replace(s, stories=tuple(replace(i, importance=float(i.number)) for i in s.stories)) for s in whole.sections
        ),
    )
    cut = fit_pages(ranked, 1, lambda e: 1 if any(s.in_a_line for s in e.stories) else 2)
    assert [s.number for s in cut.stories if s.in_a_line] == [1]


def test_the_print_of_an_edition_without_lists_has_none_and_every_number_leads_to_its_item() -> None:
    whole = edition()
    bare = replace(whole, cuts=(Cut(SET_CLOSELY, "pages"), Cut(WITHOUT_LISTS, "pages")))
    html, _ = pdf_source(Job(bare, OUTPUTS))
    assert 'id="sources"' not in html
    assert "accounted for" in html
    leads = set(re.findall(r'href="#([^"]+)"', html))
    assert leads <= set(re.findall(r'id="([^"]+)"', html))
    assert 'id="sources"' in pdf_source(Job(whole, OUTPUTS))[0]


def test_much_that_is_cut_is_counted_and_little_is_named() -> None:
    whole = edition()
    units = [Cuttable("sentence", 0, 0, 1), Cuttable("sentence", 0, 1, 1), Cuttable("story", 0, 1)]
    assert list(names_of(whole, units)) == ["sentence 2 of item 1: Minister visits", "item 2: Weapons arrive"]
    many = replace(whole, key_points=whole.key_points * 3)
    points = [Cuttable("point", 0, n) for n in reversed(range(len(many.key_points)))]
    assert list(names_of(many, points)) == [f"key points 1–{len(points)}"]
    titles = tuple(replace(s, title=f"Report {n}") for n, s in enumerate(whole.sources * 3, 1))
    shorts = [Cuttable("short", 0, n) for n in range(len(titles))]
    assert list(names_of(replace(whole, sources=titles), shorts)) == [f"{len(titles)} articles in short"]
    assert list(names_of(replace(whole, sources=titles), shorts[:2])) == ["in short: Report 1; Report 2"]


def test_pages_are_met_by_the_smallest_cut_that_is_enough() -> None:
    def pages(e: Edition) -> int:
        return 1 + len(list(printed_sentences(e))) // 4

    whole = edition()
    cut = fit_pages(whole, pages(whole) - 1, pages)
    assert pages(cut) == pages(whole) - 1
    assert all(c.why == "pages" for c in cut.cuts)
    assert len(cut.cuts) < 8


def test_a_cut_edition_still_proves_every_sentence_and_accounts_for_every_input() -> None:
    whole = replace(edition(), key_points=())  # an item with a key point stays, whatever the limit
    cut = fit_pages(whole, 1, lambda e: len(e.stories))
    assert [s.number for s in cut.stories] == [1]
    assert fit_pages(edition(), 1, lambda e: len(e.stories)).stories != ()
    assert verify_edition(cut, {a.id: a for a in (VISIT, SHIPMENT, WEATHER)}).ok
    assert [e.input for e in cut.ledger] == [e.input for e in whole.ledger]
    assert [(e.fate, e.reason) for e in cut.ledger if e.article_id == SHIPMENT.id] == [("left out", "Cut for length.")]
    assert cut.counts.stories == 1


def test_a_limit_that_key_points_leave_no_room_for_is_said_and_nothing_is_cut_in_vain() -> None:
    whole = edition()
    cut = fit_pages(whole, 1, lambda e: 3 + (len(list(printed_sentences(e))) > 6))
    assert cut.cuts[0].what.startswith("the limit of 1 pages, which its key points exceed")
    assert len(list(printed_sentences(cut))) == 6


def test_what_is_no_news_is_cut_before_news() -> None:
    whole = second_day()
    order = [(unit.kind, unit.section, unit.index) for unit in units_of(whole) if unit.kind != "short"]
    assert order[:3] == [("quiet", 0, 1), ("quiet", 0, 0), ("story", 0, 2)]  # the third story is unchanged
    assert order.count(("story", 0, 2)) == 1
    cut = fit_pages(
        whole, 1, lambda tried: 2 if tried.quiet or any(s.state == "unchanged" for s in tried.stories) else 1
    )
    assert [s.number for s in cut.stories] == [s.number for s in whole.stories if s.state != "unchanged"]
    assert cut.corrections == whole.corrections
    assert "gone quiet: Ferry <b>halted</b> by storm; Bridge closed for a day" in [c.what for c in cut.cuts]
    assert not verify_edition(cut, None).findings
