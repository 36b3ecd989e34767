"""What `explain` and `themes suggest` show: sums that add up, and terms worth adding."""

from __future__ import annotations

from math import exp

import pytest

from briefing.model import Article, Sentence, Theme
from briefing.stages.themes import DEFAULT_THEMES, explain_themes, match_themes, suggest_terms
from briefing.text.languages import language
from briefing.text.sentences import split_sentences

ENGLISH = language("en")


def split(body: str, title: str = "") -> tuple[Article, tuple[Sentence, ...]]:
    article = Article.from_text(body, title=title, language="en")
    return article, split_sentences(article, ENGLISH)


TEXTS = [
    ("", ""),
    ("", "Nothing happened."),
    ("Arms for Georgia", "Poland sent tanks to Georgia. Sanctions on Russia stay in force."),
    ("", "The ministers of Chad and Niger met. An arms race was not on the table. They signed an accord."),
]


@pytest.mark.parametrize(("title", "body"), TEXTS)
def test_the_parts_add_up_to_the_log_odds_of_a_main_theme(title: str, body: str) -> None:
    for theme in explain_themes(*split(body, title), DEFAULT_THEMES):
        chance = 1 / (1 + exp(-sum(p.value * p.weight for p in theme.parts)))
        assert theme.score == pytest.approx(chance, abs=1e-4) if theme.verdict == "main" else theme.score <= 0.49


@pytest.mark.parametrize(("title", "body"), TEXTS)
def test_the_explanation_and_the_match_agree(title: str, body: str) -> None:
    article, sentences = split(body, title)
    explained = {t.theme.slug: (t.score, t.verdict) for t in explain_themes(article, sentences, DEFAULT_THEMES)}
    found = {
        m.theme.slug: (m.score, "main" if m.is_main else "mention")
        for m in match_themes(article, sentences, DEFAULT_THEMES)
    }
    assert {slug: row for slug, row in explained.items() if row[1] != "none"} == found


def test_a_sentence_shows_its_terms_its_actors_and_what_was_taken_out() -> None:
    article, sentences = split("Poland sent tanks to Georgia in an arms race.")
    arms = next(t for t in explain_themes(article, sentences, DEFAULT_THEMES) if t.theme.slug == "arms-shipments")
    reading = arms.sentences[0].reading
    assert reading.hits[0].term == "sent + tank"
    assert set(reading.actors) == {"poland", "georgia"}
    assert reading.excluded == ("arms race",)


def test_the_parts_shown_are_those_that_decide() -> None:
    strong = explain_themes(*split("Oil.", "Oil"), (Theme("e", "E", strong=("oil",)),))[0]
    energy = Theme("e", "Energy", terms=("oil", "gas"))
    lone, plain = (explain_themes(*split(text, "Oil"), (energy,))[0] for text in ("Oil.", "Oil and gas."))
    assert [p.name for p in strong.parts] == ["title", "lead", "share", "base"]
    assert [p.name for p in plain.parts] == ["subjects", "lead", "evidence", "different", "base"]
    assert [p.name for p in lone.parts] == ["subjects", "lead", "evidence", "different", "lone", "base"]
    assert "oil and gas" in plain.subjects


# ---- suggestions

FLOODS = [
    "The river burst its dyke and flooded four streets. Sandbags held the dyke in the north.",
    "Water stood in the cellars after the dyke broke. Volunteers filled sandbags until dawn.",
    "A second dyke is soft, engineers warned. Sandbags are short in the villages.",
]
OTHERS = [
    "The council met in the evening and spoke about the budget for the schools.",
    "A bus stopped in four streets that had no stop before. Engineers warned of delays.",
    "Volunteers painted the hall in the north of the town until dawn.",
]


def suggested(**more: object) -> list[str]:
    found = suggest_terms([split(t) for t in FLOODS], [split(t) for t in OTHERS], **more)  # type: ignore[arg-type]
    return [term for term, _ in found]


def test_what_two_articles_of_one_event_share_is_not_proposed_unless_it_is_of_their_subject() -> None:
    twice = [f"{text} Enormous costs, braced villagers said, dramatically rising." for text in FLOODS[:2]]
    third = "Floods closed the road to Harn. A dyke and sandbags held."
    proposed = {term for term, _ in suggest_terms([split(t) for t in (*twice, third)], [split(t) for t in OTHERS])}
    assert proposed & {"dyke", "sandbags"}
    assert not proposed & {"enormous", "braced", "dramatically"}


def test_words_typical_of_the_marked_articles_come_first() -> None:
    assert suggested()[:2] == ["dyke", "sandbags"]


def test_words_of_everyday_news_are_not_suggested() -> None:
    assert not {"the", "engineers", "volunteers", "warned", "streets"} & set(suggested())


def test_a_word_of_one_article_in_three_is_not_suggested() -> None:
    assert "cellars" not in suggested()


def test_terms_the_theme_has_are_not_suggested_again() -> None:
    assert "sandbags" not in suggested(known=("sandbag*", "=dyke"))
    assert "dyke" not in suggested(known=("dykes",))


def test_names_are_not_suggested() -> None:
    texts = [
        "Mayor Lindqvist spoke of the dyke.",
        "The dyke is safe, said Lindqvist.",
        "Nobody asked Lindqvist about the dyke.",
    ]
    found = suggest_terms([split(t) for t in texts], [split(t) for t in OTHERS])
    assert [term for term, _ in found] == ["dyke"]


def test_scores_fall_and_ties_go_by_term() -> None:
    found = suggest_terms([split(t) for t in FLOODS], [split(t) for t in OTHERS])
    assert list(found) == sorted(found, key=lambda row: (-row[1], row[0]))
    assert all(score > 0 for _, score in found)


def test_a_table_of_document_frequencies_serves_as_background() -> None:
    table = {"the": 9000, "river": 300, "water": 800, "streets": 400, "north": 700, "sandbags": 4, "dyke": 5}
    found = suggest_terms([split(t) for t in FLOODS], table, background_size=9000)
    assert [term for term, _ in found[:2]] == ["sandbags", "dyke"]


def test_no_articles_give_no_suggestions() -> None:
    assert suggest_terms([], {}) == ()
