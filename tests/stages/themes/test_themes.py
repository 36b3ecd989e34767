"""Themes: the cases anyone can extend, the scores one can check on paper, and what holds of every text."""

from __future__ import annotations

import gzip
import json
import tomllib
from dataclasses import fields, replace
from math import exp
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article, Sentence, Story, Theme, ThemeMatch
from briefing.settings import read_settings
from briefing.stages.themes import (
    DEFAULT_THEMES,
    DEFAULT_THEMES_TEXT,
    match_story,
    match_themes,
    sentence_scores,
    theme_of,
)
from briefing.text.languages import language
from briefing.text.sentences import split_sentences
from tests.paths import ROOT, development

FOLDER = Path(__file__).parent
ENGLISH = language("en")
Case = tuple[str, str, str, dict[str, str]]  # language, title, body, slug → "main" or "mention"


def cases(name: str) -> list[Case]:
    """Return every case of a file."""
    found: list[Case] = []
    for block in (FOLDER / name).read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        if not lines:
            continue
        code = "en"
        if lines[0].startswith("["):
            code, lines[0] = lines[0][1:3], lines[0][5:]
        title = lines.pop(0)[2:] if lines[0].startswith("= ") else ""
        verdicts = [line[2:] for line in lines if line.startswith("> ")]
        expected = dict(v.rsplit(" ", 1) for v in verdicts if v != "nothing")
        found.append((code, title, "\n".join(line for line in lines if not line.startswith("> ")), expected))
    return found


def themes_in(name: str) -> tuple[Theme, ...]:
    return tuple(theme_of(table) for table in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["themes"])


def matches(title: str, body: str, themes: tuple[Theme, ...] = DEFAULT_THEMES, code: str = "en") -> list[ThemeMatch]:
    article = Article.from_text(body, title=title, language=code)
    return match_themes(article, split_sentences(article, language(code)), themes)


def verdicts(found: list[ThemeMatch]) -> dict[str, str]:
    return {m.theme.slug: "main" if m.is_main else "mention" for m in found}


def sentence(text: str) -> Sentence:
    return Sentence("a", 0, 0, 0, len(text), text)


def energy(**fields: object) -> Theme:
    return replace(Theme("energy", "Energy", strong=("oil", "gas")), **fields)


# ---- cases


@pytest.mark.parametrize(("code", "title", "body", "expected"), cases("defaults.txt"))
def test_a_case_of_the_default_themes(code: str, title: str, body: str, expected: dict[str, str]) -> None:
    assert verdicts(matches(title, body)) == expected


@pytest.mark.parametrize(("code", "title", "body", "expected"), cases("users.txt"))
def test_ten_plain_words_make_a_theme(code: str, title: str, body: str, expected: dict[str, str]) -> None:
    assert verdicts(matches(title, body, themes_in("users.toml"))) == expected


@pytest.mark.parametrize(("code", "title", "body", "expected"), cases("languages.txt"))
def test_a_theme_speaks_german_and_ukrainian(code: str, title: str, body: str, expected: dict[str, str]) -> None:
    assert verdicts(matches(title, body, themes_in("languages.toml"), code)) == expected


def test_there_are_cases_that_belong_to_nothing() -> None:
    assert sum(not expected for *_, expected in cases("defaults.txt")) >= 10
    assert all(len(theme.strong) == 10 for theme in themes_in("users.toml"))


# ---- scores that can be checked on paper


def test_a_sentence_alone_is_worth_the_sum_of_its_terms_and_at_most_one() -> None:
    theme = energy(strong=("oil", "gas"), weights=(("oil", 0.5), ("gas", 0.3)))
    assert match_themes(sentence("Oil was dear."), None, (theme,))[0].score == 0.5
    assert match_themes(sentence("Oil and gas were dear."), None, (theme,))[0].score == 0.8
    assert match_themes(sentence("Oil and gas were dear."), None, (energy(),))[0].score == 1.0


def test_a_term_said_twice_counts_once() -> None:
    theme = energy(weights=(("oil", 0.4),))
    assert match_themes(sentence("Oil, oil and oil again."), None, (theme,))[0].score == 0.4


def chance(log_odds: float) -> float:
    return round(1 / (1 + exp(-log_odds)), 4)


def test_title_lead_and_share_decide_what_is_main() -> None:
    # The title says it (1 × 6), the lead does (1 × 2), and 4 of 12 words are a third of the text (1 × 4); less 3.4.
    body = "Nothing of it here.\nOil was dear again.\nNo more of it."
    assert matches("Oil", body, (energy(),))[0].score == chance(6 + 2 + 4 - 3.4)


def test_a_paragraph_without_a_title_is_judged_by_its_sentences() -> None:
    assert matches("", "Oil was dear.", (energy(),))[0].score == chance(2 + 4 - 3.4)


def test_one_sentence_never_makes_a_main_theme() -> None:
    body = "The harbour is open again.\nOil was dear and so was gas.\nNobody minded."
    assert verdicts(matches("Harbour open", body, (energy(),))) == {"energy": "mention"}
    assert verdicts(matches("Harbour open", body + "\nGas is sold by the barrel.", (energy(),))) == {"energy": "main"}


def test_what_is_not_main_has_the_mean_of_five_parts() -> None:
    # Nothing in title, first sentence or lead; best 1; share 1 of 61 words × 3.
    body = (
        "The harbour is open again.\nShips came in at dawn and left at noon.\n"
        + "Nobody minded at all. " * 12
        + "\nOil."
    )
    assert matches("Harbour open", body, (energy(),))[0].score == pytest.approx((1 + 3 / 61) / 5, abs=0.002)


def test_a_weak_term_counts_a_fifth_and_all_weak_terms_three_fifths() -> None:
    theme = energy(strong=(), weak=("oil", "gas", "coal", "wind"))
    assert match_themes(sentence("Oil and gas."), None, (theme,))[0].score == 0.4
    assert match_themes(sentence("Oil, gas, coal and wind."), None, (theme,))[0].score == pytest.approx(0.6)


def test_a_theme_of_weak_terms_only_works() -> None:
    theme = energy(strong=(), weak=("tanker", "barrel", "refinery", "crude"))
    found = matches("Refinery waits for tankers with crude", "The refinery waits for a tanker with crude.", (theme,))
    assert verdicts(found) == {"energy": "main"}
    assert matches("A tanker", "A tanker ran aground.", (theme,)) == []
    assert matches("Refinery shuts", "It was shut for a day. Nobody minded.", (theme,)) == []


def test_a_pair_needs_both_its_words_in_one_sentence() -> None:
    theme = energy(strong=(), pairs=(("price", "oil"),))
    assert match_themes(sentence("The price of oil rose."), None, (theme,))[0].score == 1.0
    assert matches("", "The price rose. Oil was scarce.", (theme,)) == []


def test_a_pair_far_apart_counts_three_fifths() -> None:
    theme = energy(strong=(), pairs=(("price", "oil"),))
    text = "The price, said the man who had waited for hours in the rain, was that of oil."
    assert match_themes(sentence(text), None, (theme,))[0].score == 0.6


def test_a_list_of_words_is_written_once_and_named_in_pairs() -> None:
    theme = energy(strong=(), groups=(("fuel", ("oil", "gas")),), pairs=(("price", "<fuel>"),))
    assert match_themes(sentence("The price of gas rose."), None, (theme,))[0].why[0].term == "price + gas"


def test_an_exclusion_is_taken_out_before_anything_counts() -> None:
    theme = energy(exclusions=("oil painting",))
    assert match_themes(sentence("An oil painting was sold."), None, (theme,)) == []
    assert match_themes(sentence("An oil painting of an oil rig."), None, (theme,))[0].score == 1.0


def test_a_word_against_the_theme_halves_its_sentence() -> None:
    theme = energy(against=("recipe",))
    assert match_themes(sentence("A recipe with oil."), None, (theme,))[0].score == 0.5


def test_actors_asked_for_and_missing_lower_a_sentence() -> None:
    theme = energy(actors=2)
    assert match_themes(sentence("Oil from Norway for Poland."), None, (theme,))[0].score == 1.0
    assert match_themes(sentence("Oil from Norway."), None, (theme,))[0].score == 0.6
    assert match_themes(sentence("Oil from there."), None, (theme,))[0].score == 0.3


# ---- terms


@pytest.mark.parametrize(
    ("term", "text", "hit"),
    [
        ("refinery", "Two refineries closed.", True),
        ("refin*", "Refined sugar.", True),
        ("=arms", "He broke an arm.", False),
        ("=arms", "The sale of Arms went on.", True),
        ("SWIFT", "A swift reply.", False),
        ("SWIFT", "Cut off from SWIFT.", True),
        ("US", "Give it to us.", False),
        ("US", "The U.S. agreed.", True),
        ("anti-tank", "An anti tank mine.", True),
        ("wind farm", "Wind farms at sea.", True),
        ("wind farm", "A farm in the wind.", False),
        ("held * talks", "They held long, hard talks.", True),
        ("held * talks", "They held long and hard talks.", False),
        ("prime minister's", "The prime minister’s house.", True),
    ],
)
def test_a_term_is_found_as_an_analyst_expects(term: str, text: str, hit: bool) -> None:
    assert bool(match_themes(sentence(text), None, (energy(strong=(term,)),))) is hit


def test_a_term_of_marks_alone_is_never_found() -> None:
    assert match_themes(sentence("A * B"), None, (energy(strong=("*", "?!", "")),)) == []


# ---- what a match says


def test_a_match_shows_the_sentence_that_earned_it_and_its_terms_best_first() -> None:
    found = matches("", "The day was mild.\nGas and oil were dear.", (energy(weights=(("gas", 0.5),)),))[0]
    assert found.evidence is not None
    assert found.evidence.text == "Gas and oil were dear."
    assert [(h.term, h.sentence, h.weight) for h in found.why] == [("oil", 1, 1.0), ("gas", 1, 0.5)]


def test_a_match_that_the_title_earned_has_no_sentence() -> None:
    found = matches("Oil and gas", "Prices rose. They had been low for a year.", (energy(mention=0.1),))[0]
    assert found.evidence is None
    assert found.why[0].sentence == -1


def test_captions_and_headings_do_not_count() -> None:
    article = Article.from_text("Oil rig.\nThe day was mild.", language="en")
    sentences = [replace(s, kind="caption") if s.position == 0 else s for s in split_sentences(article, ENGLISH)]
    assert match_themes(article, sentences, (energy(),)) == []


def test_equal_scores_are_ordered_by_slug() -> None:
    themes = (energy(slug="b"), energy(slug="a"))
    assert [m.theme.slug for m in matches("", "Oil was dear.", themes)] == ["a", "b"]


def test_the_cuts_are_the_themes_own() -> None:
    theme = energy(weights=(("oil", 0.5),))  # lead 0.5 × 2, share 1 × 4, less 3.4: 0.83
    assert verdicts(matches("", "Oil was dear.", (theme,))) == {"energy": "main"}
    assert verdicts(matches("", "Oil was dear.", (replace(theme, main=0.9),))) == {"energy": "mention"}
    assert matches("", "Oil was dear.", (replace(theme, main=0.95, mention=0.9),)) == []


def test_sentence_scores_give_every_sentence_a_value() -> None:
    article = Article.from_text("Oil was dear.\nThe day was mild.", language="en")
    sentences = split_sentences(article, ENGLISH)
    assert sentence_scores(article, sentences, energy(), ENGLISH) == {(article.id, 0): 1.0, (article.id, 1): 0.0}


# ---- stories


def story_of(*bodies: str, title: str = "") -> tuple[Story, dict[str, list[ThemeMatch]]]:
    articles = tuple(Article.from_text(body, title=title, language="en") for body in bodies)
    found = {a.id: match_themes(a, split_sentences(a, ENGLISH), (energy(),)) for a in articles}
    return Story("s", articles, ()), found


def test_a_story_has_the_mean_of_its_articles() -> None:
    story, found = story_of("Oil was dear. So was gas.", "Oil was cheap.")
    (one,), (other,) = found.values()
    assert match_story(story, found)[0].score == pytest.approx((one.score + other.score) / 2, abs=1e-4)
    story, found = story_of("Oil was dear.", "The day was mild.", "The night was not.")
    assert verdicts(match_story(story, found)) == {"energy": "mention"}


def test_a_merged_copy_does_not_dilute_its_story() -> None:
    story, found = story_of("Oil was dear.", "Oil was dear!")
    del found[story.articles[1].id]
    assert match_story(story, found)[0].score == found[story.articles[0].id][0].score


def led_by(title: str, headline: int = 0) -> list[str]:
    """Return the themes of a story of two articles that speak of oil first and then of wind."""
    bodies = ("Oil was dear. Wind was cheap. Oil it is, not wind.", "Oil was very dear. Wind was cheap. Oil, not wind.")
    first, second = (
        Article.from_text(body, title=heading, language="en")
        for body, heading in zip(bodies, (title, "Oil is dear"), strict=True)
    )
    themes = (energy(), energy(slug="weather", strong=("wind",)))
    found = {a.id: match_themes(a, split_sentences(a, ENGLISH), themes) for a in (first, second)}
    story = Story("s", (first, second), (), headline_article=(first, second)[headline].id)
    assert all(m.is_main for m in match_story(story, found))
    return [m.theme.slug for m in match_story(story, found)]


def test_of_two_main_themes_the_one_in_the_headline_leads_the_story() -> None:
    assert led_by("Wind is cheap") == ["weather", "energy"]
    assert led_by("Wind is cheap", headline=1) == ["energy", "weather"]


def test_a_headline_that_says_both_themes_or_neither_leaves_the_score_to_decide() -> None:
    assert led_by("Wind is cheap and oil dear") == ["energy", "weather"]
    assert led_by("Prices of the week") == ["energy", "weather"]


# ---- the default themes as data


def test_the_text_init_prints_is_the_default_themes(tmp_path: Path) -> None:
    path = tmp_path / "briefing.toml"
    path.write_text(DEFAULT_THEMES_TEXT, encoding="utf-8")
    assert tuple(section.theme() for section in read_settings(path).themes) == DEFAULT_THEMES


def test_the_default_themes_use_every_list_and_weight_they_name() -> None:
    for theme in DEFAULT_THEMES:
        named = {side for pair in theme.pairs for side in pair}
        assert {f"<{name}>" for name, _ in theme.groups} == named
        terms = {*theme.strong, *theme.weak, *(t for _, group in theme.groups for t in group)}
        assert {term for term, _ in theme.weights} <= terms


def test_no_default_term_is_listed_twice() -> None:
    for theme in DEFAULT_THEMES:
        for terms in (theme.strong, theme.weak, theme.exclusions, theme.against, *(g for _, g in theme.groups)):
            assert len(set(terms)) == len(terms)


# ---- what holds of every text

words = st.sampled_from(
    ["oil", "talks", "with", "the", "US", "Iran", "sanctions", "arms", "sent", "to", "missile", ".", "“", "*"]
)
texts = st.lists(words, max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(title=texts, lines=st.lists(texts, max_size=6))
def test_scores_lie_between_the_cut_and_one_and_evidence_is_in_the_text(title: str, lines: list[str]) -> None:
    article = Article.from_text("\n".join(lines), title=title, language="en")
    sentences = split_sentences(article, ENGLISH)
    found = match_themes(article, sentences, DEFAULT_THEMES)
    assert found == match_themes(article, sentences, DEFAULT_THEMES)
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
    for match in found:
        assert match.theme.mention <= match.score <= 1.0
        assert match.is_main == (match.score >= match.theme.main)
        assert match.evidence is None or match.evidence in sentences
        assert match.why


@settings(max_examples=60, deadline=None)
@given(title=texts, lines=st.lists(texts, max_size=4), order=st.permutations(DEFAULT_THEMES))
def test_the_order_of_the_themes_changes_nothing(title: str, lines: list[str], order: list[Theme]) -> None:
    article = Article.from_text("\n".join(lines), title=title, language="en")
    sentences = split_sentences(article, ENGLISH)
    assert match_themes(article, sentences, order) == match_themes(article, sentences, DEFAULT_THEMES)


@pytest.mark.slow  # timed
def test_a_text_that_repeats_terms_without_end_takes_no_longer_than_its_length() -> None:
    def seconds(times: int) -> float:
        article = Article.from_text("send missiles " * times, language="en")
        sentences = split_sentences(article, ENGLISH)
        began = process_time()
        match_themes(article, sentences, DEFAULT_THEMES)
        return process_time() - began

    small = min(seconds(4_000) for _ in range(3))
    assert min(seconds(40_000) for _ in range(3)) < 30 * max(small, 0.002)  # quadratic would be 100


# ---- the development data


def rows(name: str) -> list[dict[str, object]]:
    with gzip.open(development("data", name), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def strict_f1(name: str) -> float:
    slugs = {"diplomacy": "diplomacy", "arms": "arms-shipments", "sanctions": "sanctions"}
    right = wrong = missed = 0
    for row in rows(name):
        found = {m.theme.slug for m in matches(str(row.get("title") or ""), str(row["text"])) if m.is_main}
        gold = {slugs[label] for label in row["labels"]}  # type: ignore[attr-defined]
        right, wrong, missed = right + len(found & gold), wrong + len(found - gold), missed + len(gold - found)
    return 2 * right / (2 * right + wrong + missed)


@pytest.mark.development
def test_labelled_articles_get_their_main_themes() -> None:
    assert strict_f1("themes.dev.jsonl.gz") >= 0.78


@pytest.mark.development
def test_labelled_paragraphs_get_their_main_themes() -> None:
    assert strict_f1("themes.paragraphs.dev.jsonl.gz") >= 0.78


def test_the_page_on_themes_names_every_field_and_shows_the_example_as_it_is() -> None:
    page = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
    assert [f.name for f in fields(Theme) if f"`{f.name}" not in page and f"themes.{f.name}" not in page] == []
    example = page.split("## An example\n\n```\n")[1].split("```")[0]
    title, _, body = example.partition("\n\n")
    arms = next(m for m in matches(title, body) if m.theme.slug == "arms-shipments")
    assert f"Arms Shipments: {arms.score:.2f} → mention" in page
