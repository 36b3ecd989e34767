"""What announces a future that has passed is no news."""

from __future__ import annotations

from datetime import date

from briefing.model import Article
from briefing.stages.summaries import expired
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
