"""Plain terms: evidence weighed by rarity, by agreement and by the subjects they belong to, never proof."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

import briefing
from briefing.model import Article, Theme, ThemeMatch
from briefing.stages.themes import explain_themes, find_passages, match_themes, shipped_themes
from briefing.stages.themes.subjects import standing_of
from briefing.text.languages import language
from briefing.text.sentences import split_sentences
from briefing.text.word_counts import Background

CRIME = Theme("crime", "Crime and courts", terms=("police", "charged", "court", "murder", "prison", "trial"))
FOX = (
    "A runner met an angry fox near Port Halvern on Sunday. The fox charged at her with its teeth bared.\n"
    "She hid in a barn."
)
TRIAL = (
    "A jury in Port Halvern found a baker guilty of murder on Monday. The judge will sentence him next week.\n"
    "The prosecutor had asked for thirty years in prison. The victim was strangled in March, the court was told."
)


def matches(body: str, *themes: Theme, title: str = "") -> list[ThemeMatch]:
    article = Article.from_text(body, title=title, language="en")
    return match_themes(article, split_sentences(article, language("en")), themes)


def main(body: str, *themes: Theme, title: str = "") -> list[str]:
    return [m.theme.slug for m in matches(body, *themes, title=title) if m.is_main]


def test_a_fox_that_charged_is_no_crime() -> None:
    assert matches(FOX, CRIME, title="Runner meets angry fox") == []
    assert main(TRIAL, CRIME, title="Baker guilty") == ["crime"]


def test_strong_words_alone_in_a_text_about_something_else_are_no_theme_either() -> None:
    strong = Theme("crime", "Crime and courts", strong=CRIME.terms)
    assert main(FOX, strong, title="Runner meets angry fox") == []
    assert main(TRIAL, strong, title="Baker guilty") == ["crime"]


def test_a_phrase_counts_by_its_words_too() -> None:
    careful = Theme(
        "crime", "Section 1", terms=("murder investigation", "prison sentence", "court ruling", "guilty plea")
    )
    assert main(TRIAL, careful) == ["crime"]


def test_words_of_a_phrase_that_stand_together_count_more_than_apart() -> None:
    theme = Theme("chess", "Section 1", terms=("passed pawn",))
    together, apart = (matches(text, theme)[0].why for text in ("Zed had a passed pawn.", "The pawn has passed."))
    assert together[0].weight > sum(hit.weight for hit in apart)


def test_a_rare_word_is_stronger_evidence_than_a_common_one() -> None:
    theme = Theme("chess", "Section 1", terms=("company", "gambit"))
    weights = {hit.term: hit.weight for m in matches("The company liked the gambit.", theme) for hit in m.why}
    assert weights["gambit"] > 2 * weights["company"]


def test_different_terms_count_more_than_one_repeated() -> None:
    theme = Theme("chess", "Section 1", terms=("gambit", "checkmate", "rook"))
    repeated, varied = (
        explain_themes(*split(text), (theme,))[0]
        for text in ("The gambit met a gambit and a gambit.", "The gambit met a rook and a checkmate.")
    )
    assert log_odds(varied) > log_odds(repeated)


def test_a_theme_named_after_a_subject_is_about_all_of_it_if_its_terms_agree() -> None:
    text = "The striker scored twice and the goalkeeper saved a penalty. The coach praised the midfielder."
    assert main(text, Theme("sport", "Sport", terms=("tennis", "athlete"))) == ["sport"]
    assert main(text, Theme("sport", "Section 1", terms=("tennis", "athlete"))) == []
    assert main(text, Theme("sport", "Sport", terms=("ledger", "invoice"))) == []


def test_a_compound_name_is_not_taken_for_the_whole_subject() -> None:
    text = "The striker scored twice and the goalkeeper saved a penalty. The coach praised the midfielder."
    assert main(text, Theme("money", "Sports business", terms=("sponsor", "transfer fee", "broadcast rights"))) == []


def test_one_sentence_of_a_longer_text_never_makes_a_main_theme() -> None:
    text = "Norvia sends gas again.\nThe police arrested a murder suspect.\nGas flows to Velland. Pipes were mended."
    assert main(text, CRIME, title="Gas flows") == []


def test_a_passage_is_printed_only_where_the_company_of_a_word_is_the_themes() -> None:
    def passages(body: str) -> list[str]:
        article = Article.from_text(body, language="en")
        found = find_passages(article, split_sentences(article, language("en")), (CRIME,), leading=())
        return [s.text for p in found for s in p.sentences]

    assert passages(FOX) == []
    arrest = "Police arrested a man on a murder charge in Lisk on Monday."
    assert passages(f"Norvia sends gas again. Pipes were mended.\n{arrest}\nGas is dear.") == [arrest]


def test_a_language_without_subjects_weighs_the_terms_alone() -> None:
    theme = Theme("streik", "Streiks", terms=("Streik", "Gewerkschaft", "Tarifverhandlungen"))
    body = "Die Gewerkschaft ruft zum Streik auf. Die Tarifverhandlungen sind gescheitert, sagte sie am Montag."
    article = Article.from_text(body, title="Streik am Hafen", language="de")
    (found,) = briefing.match_themes(article, (theme,))
    assert found.is_main


def test_the_counts_of_the_run_serve_a_language_that_has_none() -> None:
    theme = Theme("wetter", "Wetter", terms=("Montag", "Sturmflut"))
    article = Article.from_text("Am Montag kam eine Sturmflut.", language="de")
    counts = Background(articles=400, counts={"montag": 300})
    (found,) = briefing.match_themes(article, (theme,), counts=counts)
    weights = {hit.term: hit.weight for hit in found.why}
    assert weights["Sturmflut"] > 3 * weights["Montag"]


def split(body: str) -> tuple[Article, tuple[object, ...]]:
    article = Article.from_text(body, language="en")
    return article, split_sentences(article, language("en"))


def log_odds(explained: object) -> float:
    return sum(part.value * part.weight for part in explained.parts)  # type: ignore[attr-defined]


# ---- the development data

PHRASES = {  # written before any score was seen
    "crime": (
        "murder investigation",
        "prison sentence",
        "criminal court",
        "police arrest",
        "found guilty",
        "bank robbery",
    ),
    "politics": ("general election", "opposition party", "political scandal", "cabinet minister", "election campaign"),
    "culture": (
        "film festival",
        "box office",
        "music album",
        "best-selling novel",
        "television series",
        "hollywood actor",
    ),
    "war": ("air strikes", "armed groups", "military offensive", "suicide bombing", "front line", "rebel fighters"),
    "business": ("quarterly profit", "stock market", "interest rates", "central bank", "job losses", "company shares"),
    "sport": ("football club", "world cup", "olympic games", "head coach", "championship title", "grand slam"),
}


@pytest.mark.development
def test_careful_phrases_find_what_an_article_is_about() -> None:
    path = (
        Path(os.environ["BRIEFING_DATA"]) / "data" / "user_themes.dev.jsonl.gz"
        if "BRIEFING_DATA" in os.environ
        else None
    )
    if path is None or not path.is_file():
        pytest.skip("the development data is not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    themes = [Theme(slug, slug.capitalize(), terms=terms) for slug, terms in PHRASES.items()]
    right = wrong = missed = 0
    for row in rows:
        article = Article.from_text(row["text"], title=row.get("title") or "", language="en")
        found, gold = {m.theme.slug for m in briefing.match_themes(article, themes) if m.is_main}, set(row["main"])
        gold &= set(PHRASES)
        right, wrong, missed = right + len(found & gold), wrong + len(found - gold), missed + len(gold - found)
    assert 2 * right / (2 * right + wrong + missed) >= 0.66


# ---- the ready themes


def ready_cases() -> list[tuple[str, str, str]]:
    """Return title, body and expected slug of every case."""
    found = []
    for block in (Path(__file__).parent / "ready.txt").read_text(encoding="utf-8").split("\n\n")[1:]:
        lines = block.strip().split("\n")
        found.append((lines[0][2:], "\n".join(lines[1:-1]), lines[-1][2:]))
    return found


READY = shipped_themes()[3:]


@pytest.mark.parametrize(("title", "body", "slug"), ready_cases())
def test_a_ready_theme_finds_its_text(title: str, body: str, slug: str) -> None:
    found = main(body, *READY, title=title)
    assert slug in found if slug != "nothing" else found == []


def test_every_ready_theme_has_a_case_and_a_name_that_stands_for_a_subject() -> None:
    assert {slug for _, _, slug in ready_cases()} == {theme.slug for theme in READY} | {"nothing"}
    assert len(READY) >= 12
    assert all(standing_of(theme, language("en")).named for theme in READY)
