"""The make-up of the page, on stories made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import (
    FATES,
    Article,
    Cleaned,
    Input,
    Judgement,
    Note,
    Passage,
    RawArticle,
    Summary,
)
from briefing.outputs.view import view_of
from briefing.stages.edition import distinct_articles
from briefing.stages.proof import verify_edition
from tests.stages.edition.by_hand import (
    ARMS,
    DAY,
    SHIPMENT,
    TALKS,
    VISIT,
    WEATHER,
    article,
    made,
    matched,
    material,
    sentences_of,
    story,
)


def test_a_story_lies_under_the_theme_it_is_mainly_about() -> None:
    stories = [story(VISIT), story(SHIPMENT)]
    edition = made(
        material(stories, {VISIT.id: [matched(TALKS)], SHIPMENT.id: [matched(ARMS), matched(TALKS, 0.3, main=False)]})
    )
    where = {s.theme: [i.headline for i in s.stories] for s in edition.sections}
    assert where == {"talks": ["Minister visits"], "arms": ["Weapons arrive"], "other": []}


def test_what_fits_no_theme_comes_last_as_other_news() -> None:
    edition = made(material([story(WEATHER), story(VISIT)], {VISIT.id: [matched(TALKS)]}))
    assert [s.theme for s in edition.sections] == ["talks", "arms", "other"]
    assert edition.sections[-1].stories[0].headline == "Storm ahead"
    assert edition.sections[-1].stories[0].number == 2


def test_other_news_can_be_hidden_but_never_silently() -> None:
    edition = made(material([story(WEATHER), story(VISIT)], {VISIT.id: [matched(TALKS)]}), other_news=False)
    assert [s.theme for s in edition.sections] == ["talks", "arms"]
    (entry,) = [e for e in edition.ledger if e.fate == "left out"]
    assert entry.title == "Storm ahead"
    assert entry.reason == "It fits no theme."


def test_a_passage_is_printed_under_its_theme_with_the_item_it_comes_from() -> None:
    passage = Passage(ARMS, sentences_of(SHIPMENT)[2:], matched(ARMS, 0.4, main=False))
    edition = made(material([story(SHIPMENT)], {SHIPMENT.id: [matched(TALKS)]}, passages={SHIPMENT.id: (passage,)}))
    (printed,) = edition.sections[1].passages
    assert printed.sentences[0].text == "Norvia paid for the rockets in gold."
    assert printed.story == 1
    assert edition.source(printed.article_id).title == "Weapons arrive"


def test_the_most_widely_reported_story_comes_first() -> None:
    again = article("Minister in Kyiv", "The minister is in Kyiv.", outlet="Brook Daily")
    stories = [story(SHIPMENT), story(VISIT, again)]
    edition = made(material(stories, {SHIPMENT.id: [matched(TALKS, 1.0)], VISIT.id: [matched(TALKS, 0.6)]}))
    assert [s.headline for s in edition.stories] == ["Minister visits", "Weapons arrive"]
    assert edition.counts.origins == 2  # of the third nobody knows the outlet


def test_an_article_without_a_headline_is_shown_under_its_first_sentence() -> None:
    bare = article("", "The bridge opened on time.", "It cost less than planned.")
    edition = made(material([story(bare)], {}))
    assert edition.sources[0].title == "The bridge opened on time."
    assert edition.sources[0].untitled
    assert edition.stories[0].untitled


def test_a_day_is_printed_as_the_source_wrote_it_and_resolved_beside_it() -> None:
    dated = article("Vote", "Parliament voted on Tuesday.", published=date(2022, 2, 3))
    undated = article("Strike", "Workers walked out on Tuesday.")
    edition = made(material([story(dated), story(undated)], {}))
    resolved = {s.headline: [(d.words, d.day) for d in s.summary[0].dates] for s in edition.stories}
    assert resolved == {"Vote": [("Tuesday", date(2022, 2, 1))], "Strike": []}


def test_a_first_sentence_too_long_for_a_heading_is_cut_between_words() -> None:
    bare = article("", "The bridge " + "which nobody wanted " * 30 + "opened.")
    title = made(material([story(bare)], {})).sources[0].title
    assert len(title) <= 260
    assert bare.body.startswith(title + " ")


def test_every_printed_sentence_is_proved_by_its_receipt() -> None:
    given = material([story(VISIT), story(SHIPMENT)], {VISIT.id: [matched(TALKS)], SHIPMENT.id: [matched(ARMS)]})
    proof = verify_edition(made(given), {a.id: a for a in (VISIT, SHIPMENT)})
    assert proof.ok
    assert proof.sentences == 6  # two key points, two summaries of two; in short the articles would repeat them


def test_a_changed_word_in_a_source_is_found_and_named() -> None:
    edition = made(material([story(VISIT)], {VISIT.id: [matched(TALKS)]}))
    changed = replace(VISIT, body=VISIT.body.replace("flew", "fled"))
    problems = {(f.place, f.problem) for f in verify_edition(edition, {VISIT.id: changed}).findings}
    assert ("item 1, sentence 1", "0.txt does not say this at that place.") in problems
    assert not any(place == "item 1, sentence 2" for place, _ in problems)


def test_a_changed_word_in_the_edition_is_found_without_the_sources() -> None:
    edition = made(material([story(VISIT)], {VISIT.id: [matched(TALKS)]}))
    point = edition.key_points[0]
    forged = replace(point, sentence=replace(point.sentence, text="The minister fled to Kyiv."))
    proof = verify_edition(replace(edition, key_points=(forged,)), None)
    assert [f.place for f in proof.findings] == ["key point 1"]


def test_a_missing_source_is_found_and_named() -> None:
    edition = made(material([story(VISIT)], {VISIT.id: [matched(TALKS)]}))
    assert any("0.txt" in f.problem and f.place == "source 1" for f in verify_edition(edition, {}).findings)


def test_key_points_say_nothing_twice() -> None:
    twin = article("Minister travels", "The minister flew to Kyiv today.", outlet="Brook Daily")
    tanks = article("Tanks pledged", "Parliament pledged forty tanks to the neighbour.")
    stories = [story(VISIT), story(twin), story(SHIPMENT), story(tanks)]
    matches = {
        VISIT.id: [matched(TALKS)],
        twin.id: [matched(TALKS, 0.8)],
        SHIPMENT.id: [matched(ARMS)],
        tanks.id: [matched(ARMS, 0.7)],
    }
    importance = {VISIT.id: 4.0, twin.id: 3.0, SHIPMENT.id: 2.0, tanks.id: 1.0}
    points = made(material(stories, matches, importance=importance)).key_points
    assert [p.sentence.text for p in points] == [VISIT.body.split("\n")[0], SHIPMENT.body.split("\n")[0], tanks.body]


def test_stories_stand_and_give_key_points_in_the_order_of_what_matters() -> None:
    stories = [story(VISIT), story(SHIPMENT), story(WEATHER)]
    matches = {VISIT.id: [matched(TALKS)], SHIPMENT.id: [matched(TALKS, 0.8)]}
    importance = {VISIT.id: 1.0, SHIPMENT.id: 3.0, WEATHER.id: 2.0}
    edition = made(material(stories, matches, importance=importance))
    assert [s.headline for s in edition.stories] == ["Weapons arrive", "Minister visits", "Storm ahead"]
    assert [s.importance for s in edition.stories] == [3.0, 1.0, 2.0]
    assert [p.story for p in edition.key_points] == [1, 3, 2]
    assert [h.headline for h in view_of(edition).headlines] == ["Weapons arrive", "Storm ahead", "Minister visits"]


def test_key_points_of_older_days_follow_those_of_the_day_however_much_they_matter() -> None:
    stories = [
        story(article(title, line, published=DAY - timedelta(days=days)))
        for title, line, days in (
            ("Treaty", "Norvia signed a fishing treaty with Velland.", 6),
            ("Bridge", "A flood tore away the oldest bridge of Brask.", 0),
            ("Museum", "Thieves emptied the glass museum in Skarn.", 1),
        )
    ]
    importance = {s.id: 4.0 - n for n, s in enumerate(stories)}
    points = made(material(stories, {}, importance=importance)).key_points
    assert [p.sentence.text.split()[1] for p in points] == ["flood", "emptied", "signed"]


def test_the_lead_of_the_day_leads_even_if_it_fits_no_theme() -> None:
    importance = {VISIT.id: 1.0, WEATHER.id: 4.0}
    given = material([story(VISIT), story(WEATHER)], {VISIT.id: [matched(TALKS)]}, importance=importance)
    edition = made(given)
    assert edition.key_points[0].sentence.text == "A storm crosses the coast tonight."
    view = view_of(edition)
    assert view.headlines[0].headline == "Storm ahead"
    assert [s.slug for s in view.sections] == ["talks", "other"]
    assert view.empty == "Nothing in today’s articles on: Arms."


def test_an_item_does_not_open_with_its_key_point_when_it_has_another_sentence_that_stands_alone() -> None:
    storm = article(
        "Storm crosses coast of Norvia tonight", "A storm crosses the coast of Norvia tonight.", "It is loud."
    )
    first, second = sentences_of(storm)
    for alone, point, left in (
        (1.0, first.text, [second.text]),
        (0.1, storm.title, [first.text, second.text]),
    ):
        judged = {
            (storm.id, s.position): Judgement(s, standing=standing, behind=0.9, news=2.0)
            for s, standing in ((first, 1.0), (second, alone))
        }
        edition = made(material([story(storm)], {}, judged=judged))
        assert edition.key_points[0].sentence.text == point
        assert [s.text for s in edition.stories[0].summary] == left
        assert verify_edition(edition, {storm.id: storm}).ok


def test_a_headline_is_the_key_point_where_no_sentence_is_short_enough() -> None:
    long = article("Parliament of Norvia passes the budget", "On Friday " + "after many hours " * 14 + "it passed.")
    edition = made(material([story(long)], {}))
    (point,) = edition.key_points
    assert point.sentence.text == long.title
    assert point.sentence.receipt.of == "title"
    assert verify_edition(edition, {long.id: long}).ok
    forged = replace(long, title="Parliament of Norvia rejects the budget")
    assert "key point 1" in {f.place for f in verify_edition(edition, {long.id: forged}).findings}


def test_the_judge_chooses_the_key_point_among_the_sentences_of_an_item() -> None:
    told = article("Talks", "The talks went on.", "The ministers signed a treaty.")
    first, second = sentences_of(told)
    judged = {(told.id, s.position): Judgement(s, news=news) for s, news in ((first, 1.0), (second, 2.5))}
    edition = made(material([story(told)], {}, judged=judged))
    assert edition.key_points[0].sentence.text == second.text
    assert [s.text for s in edition.stories[0].summary] == [first.text, second.text]


def test_a_key_point_stands_on_its_own() -> None:
    told = article("Vote", "“We did it,” the speaker said.", "He smiled.", "The chamber passed the budget on Friday.")
    sentences = sentences_of(told)
    given = material([story(told)], {told.id: [matched(TALKS)]}, summaries={told.id: Summary(sentences)})
    far_apart = replace(given, chosen=replace(given.chosen, summaries={told.id: Summary((sentences[0], sentences[2]))}))
    assert made(given).key_points[0].sentence.text == "“We did it,” the speaker said."
    assert made(far_apart).key_points[0].sentence.text == "The chamber passed the budget on Friday."


def test_an_opinion_is_no_key_point() -> None:
    kinds = {(VISIT.id, 0): "opinion", (VISIT.id, 1): "opinion"}
    assert made(material([story(VISIT)], {VISIT.id: [matched(TALKS)]}, kinds=kinds)).key_points == ()


@pytest.mark.parametrize("limit", [0, 1, 8])
def test_key_points_are_never_padded(limit: int) -> None:
    stories = [story(VISIT), story(SHIPMENT)]
    matches = {VISIT.id: [matched(TALKS)], SHIPMENT.id: [matched(ARMS)]}
    assert len(made(material(stories, matches), key_points=limit).key_points) == min(limit, 2)


def test_of_two_inputs_with_one_identity_the_newer_is_kept() -> None:
    old = replace(VISIT, id="same", date=Article.from_text("", published=datetime(2022, 1, 1, tzinfo=UTC)).date)
    new = replace(SHIPMENT, id="same", date=Article.from_text("", published=datetime(2022, 1, 2, tzinfo=UTC)).date)
    cleaned = [Cleaned(RawArticle(name, "", "text"), a) for name, a in (("a", old), ("b", new), ("c", old))]
    articles, merged = distinct_articles(cleaned)
    assert articles == (new,)
    assert merged == {"a": "b", "c": "b"}


@given(st.lists(st.sampled_from(["used", "copy", "no theme", "empty", "rejected", "unreadable"]), max_size=30))
def test_n_inputs_are_n_ledger_entries_whatever_becomes_of_them(kinds: list[str]) -> None:
    inputs, cleaned, stories, matches = [], [], [], {}
    for n, kind in enumerate(kinds):
        path = f"{n}.txt"
        if kind in ("unreadable", "empty"):
            note = Note("E_BINARY" if kind == "unreadable" else "W_FEED_EMPTY", f"{path} …")
            inputs.append(Input(path, (), (note,)))
            continue
        text = "The same words stand in every copy." if kind == "copy" else f"Sentence number {n} is here."
        raw = RawArticle(path, text, "text")
        inputs.append(Input(path, (raw,)))
        made_of = None if kind == "rejected" else article(f"Title {n}" if kind != "copy" else "Copy", text)
        cleaned.append(Cleaned(raw, made_of, (Note("E_EMPTY", f"{path} holds no text."),) if made_of is None else ()))
    articles, merged = distinct_articles(cleaned)
    for a in articles:
        stories.append(story(a))
        matches[a.id] = [] if a.body.startswith("Sentence") and int(a.body.split()[2]) % 2 else [matched(TALKS)]
    given = replace(material(stories, matches), inputs=tuple(inputs), cleaned=tuple(cleaned), merged=merged)
    edition = made(given, other_news=False)
    assert [e.input for e in edition.ledger] == [i.path for i in inputs]
    fates = [e.fate for e in edition.ledger]
    assert len(fates) == sum(fates.count(f) for f in FATES)
    assert fates.count("merged") == max(0, kinds.count("copy") - 1)
    assert fates.count("rejected") == kinds.count("rejected") + kinds.count("unreadable")
    assert all(e.reason for e in edition.ledger)


def test_what_is_still_to_come_and_what_is_old_never_lead_todays_news() -> None:
    seminar = article("Seminar", "A seminar on harbour law is held.", published=date(2022, 12, 29))
    backlog = article("Old vote", "The council of Harn voted.", published=date(2019, 7, 1))
    today = article("Pier closed", "The port closed its pier.", published=date(2022, 2, 1))
    scores = {seminar.id: 0.9, backlog.id: 0.9, today.id: 0.4}
    stories = [story(seminar), story(backlog), story(today)]
    edition = made(material(stories, {key: [matched(TALKS, score)] for key, score in scores.items()}))
    assert edition.stories[0].headline == "Pier closed"
    assert edition.key_points[0].sentence.text == "The port closed its pier."


def test_an_article_without_a_headline_is_not_shown_under_a_sentence_that_goes_on() -> None:
    untitled = article(
        "",
        "Photo: the pier of Skarn",
        "However, the second ferry stayed in the harbour.",
        "Norvia closed the pier of Skarn on Monday.",
    )
    first, goes_on, news = sentences_of(untitled)
    judged = {
        (untitled.id, s.position): Judgement(s, is_prose=s is not first, standing=stands, news=2.0)
        for s, stands in ((first, 1.0), (goes_on, 0.7), (news, 0.7))
    }
    assert made(material([story(untitled)], {}, judged=judged)).stories[0].headline == news.text
