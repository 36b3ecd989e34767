"""What announces a future that has passed is no news."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.model import Article
from briefing.stages.summaries import Done, expired, headline_is_over
from briefing.text.sentences import split_sentences

TUESDAY, FRIDAY = date(2026, 3, 3), date(2026, 3, 6)
ANNOUNCED = "The grain deal between Norvia and Velland will be signed on Thursday. The ports have been shut since May."
VAGUE = "Norvia and Velland will sign a deal to free grain exports soon. The ports have been shut since May."
DONE = "Norvia and Velland signed a deal to free grain exports on Friday. The ceremony was short."


def over(day: date, *texts: tuple[str, date | None]) -> set[str]:
    articles = [Article.from_text(text, published=when, language="en") for text, when in texts]
    sentences = {a.key: split_sentences(a) for a in articles}
    found = expired(articles, sentences, day)
    return {s.text for several in sentences.values() for s in several if (s.article_id, s.position) in found}


def test_a_day_to_come_is_news_up_to_that_day_and_none_behind_it() -> None:
    first = split_sentences(Article.from_text(ANNOUNCED))[0].text
    assert over(date(2026, 3, 5), (ANNOUNCED, TUESDAY)) == set()
    assert over(FRIDAY, (ANNOUNCED, TUESDAY)) == {first}


def test_a_newer_report_from_that_day_on_makes_it_old() -> None:
    first = split_sentences(Article.from_text(ANNOUNCED))[0].text
    assert over(date(2026, 3, 5), (ANNOUNCED, TUESDAY), (DONE, date(2026, 3, 5))) == {first}


def test_what_a_newer_report_tells_as_done_is_no_longer_announced() -> None:
    first = split_sentences(Article.from_text(VAGUE))[0].text
    assert over(FRIDAY, (VAGUE, TUESDAY), (DONE, FRIDAY)) == {first}
    assert over(FRIDAY, (VAGUE, TUESDAY), (VAGUE, FRIDAY)) == set()


def test_an_article_without_a_date_announces_nothing_that_could_be_over() -> None:
    assert over(FRIDAY, (ANNOUNCED, None)) == set()


def test_what_was_to_come_later_that_day_is_over_the_day_after() -> None:
    later = "The chancellor of Norvia will travel to Skarn on Tuesday. The ports have been shut since May."
    said = "The chancellor of Norvia said on Tuesday that the ports will reopen. The ports have been shut since May."
    assert over(TUESDAY, (later, TUESDAY)) == set()
    assert over(FRIDAY, (later, TUESDAY)) == {split_sentences(Article.from_text(later))[0].text}
    assert over(FRIDAY, (said, TUESDAY)) == set()


def test_what_was_to_come_in_a_month_is_over_behind_it() -> None:
    talks = "Envoys of Norvia and Velland are to meet in March for talks. The ports have been shut since May."
    first = split_sentences(Article.from_text(talks))[0].text
    assert over(date(2026, 3, 31), (talks, date(2026, 2, 20))) == set()
    assert over(date(2026, 4, 1), (talks, date(2026, 2, 20))) == {first}


def test_an_article_of_another_story_that_tells_it_as_done_makes_an_announcement_old() -> None:
    announced = Article.from_text(VAGUE, published=TUESDAY, language="en")
    told = Article.from_text(
        "Norvia and Velland have signed the deal to free grain exports.", published=FRIDAY, language="en"
    )
    sentences = {a.key: split_sentences(a) for a in (announced, told)}
    alone = expired([announced], sentences, FRIDAY)
    assert alone == frozenset()
    assert expired([announced], sentences, FRIDAY, Done([announced, told], sentences)) == {(announced.id, 0)}
    assert expired([announced], sentences, FRIDAY, Done([announced], sentences)) == frozenset()


def test_a_headline_that_announces_a_day_is_over_behind_that_day() -> None:
    article = Article.from_text(VAGUE, title="Brand and Kresh to meet in Skarn on Friday", published=TUESDAY)
    assert not headline_is_over(article, FRIDAY)
    assert headline_is_over(article, date(2026, 3, 7))
    past = Article.from_text(VAGUE, title="Brand and Kresh met in Skarn on Friday", published=TUESDAY)
    assert not headline_is_over(past, date(2026, 3, 7))
    month = Article.from_text(VAGUE, title="Norvia to open talks in April, Kresh confirms", published=TUESDAY)
    assert not headline_is_over(month, date(2026, 4, 30))
    assert headline_is_over(month, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("code", "announced", "told"),
    [
        ("de", "Die Minister von Norvia und Velland werden am Donnerstag in Skarn das Getreideabkommen unterzeichnen.",
         "Die Minister haben am Montag in Skarn verhandelt."),
        ("de", "Norvia will im März mit Velland in Skarn über Getreide verhandeln.", "Norvia hat im März verhandelt."),
        ("fr", "Les ministres de Norvia et de Velland signeront jeudi à Skarn l’accord sur les céréales.",
         "Les ministres ont négocié lundi à Skarn."),
        ("es", "Los ministros de Norvia y Velland firmarán el jueves en Skarn el acuerdo sobre los cereales.",
         "Los ministros negociaron el lunes en Skarn."),
        ("uk", "Міністри Норвії та Велланду підписуватимуть угоду про зерно в Скарні у четвер.",
         "Міністри вели переговори в понеділок у Скарні."),
        ("ru", "Министры Норвии и Велланда будут подписывать соглашение о зерне в Скарне в четверг.",
         "Министры вели переговоры в понедельник в Скарне."),
    ],
)  # fmt: skip
def test_an_announcement_is_over_behind_its_day_in_every_language_with_data(
    code: str, announced: str, told: str
) -> None:
    article = Article.from_text(f"{announced}\n{told}", published=TUESDAY, language=code)
    sentences = {article.key: split_sentences(article)}
    assert expired([article], sentences, TUESDAY) == frozenset()
    assert expired([article], sentences, date(2026, 4, 2)) == {(article.id, 0)}


@pytest.mark.parametrize(
    ("code", "announced", "told"),
    [
        ("de", "Norvia und Velland werden bald in Skarn ein Abkommen über Getreide unterzeichnen.",
         "Norvia und Velland haben in Skarn ein Abkommen über Getreide unterzeichnet."),
        ("fr", "Norvia et Velland vont bientôt signer à Skarn un accord sur les céréales.",
         "Norvia et Velland ont signé à Skarn un accord sur les céréales."),
        ("es", "Norvia y Velland van a firmar pronto en Skarn un acuerdo sobre los cereales.",
         "Norvia y Velland firmaron en Skarn un acuerdo sobre los cereales."),
        ("ru", "Норвия и Велланд планируют скоро подписать в Скарне соглашение о зерне.",
         "Норвия и Велланд подписали в Скарне соглашение о зерне."),
    ],
)  # fmt: skip
def test_what_a_newer_report_tells_as_done_is_no_longer_announced_in_any_of_them(
    code: str, announced: str, told: str
) -> None:
    older = Article.from_text(announced, published=TUESDAY, language=code)
    newer = Article.from_text(told, published=FRIDAY, language=code)
    sentences = {a.key: split_sentences(a) for a in (older, newer)}
    assert expired([older, newer], sentences, FRIDAY) == {(older.id, 0)}
