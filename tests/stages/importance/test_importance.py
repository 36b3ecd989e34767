"""What matters most comes first: acts before talk, news before columns, what is new before what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import briefing
from briefing.model import Article, ImportanceWeights, Origin, Story, ThemeMatch
from briefing.stages.importance import rate_stories
from briefing.stages.importance.features import lists_of, read
from briefing.stages.importance.weights import shipped
from briefing.text.languages import language
from tests.roundup_articles import paragraphs

DAY = date(2026, 3, 4)

SIGNED = """
    The presidents of Norvia and Velland signed an agreement in Brask on Tuesday that ends the fighting on the left
    bank, the government of Orvel announced. Troops withdraw by thirty kilometres within ten days.

    The deal was approved by both parliaments on Wednesday, with 312 votes in Marrow and 240 in Sund, officials said. It
    was the first agreement since the invasion began in February.

    Norvia also agreed to send 40,000 tonnes of grain, foreign minister Dmytro Kul said on Wednesday.
"""
HOPED = """
    Velland's foreign minister Dmytro Kul hopes that talks with Norvia could begin before the summer, he said in an
    interview. He called on Orvel to consider what it might offer.

    Kul said that he believes a meeting would help, and that both sides should discuss it. He warned that nothing was
    certain.

    Officials in Marrow said they might consider a meeting if it were asked for.
"""
COLUMN = """
    I have been asked what we should do about the war, and I wonder whether you and I are asking the right question. Can
    we go on like this? Should we?

    We must be honest with ourselves. Our leaders are not. If you read my letters, you would feel what our readers feel:
    that we are alone, and that nobody will tell us why.

    Perhaps I am wrong. But what is it that we want? I think that we should ask, and that our children will ask us.
"""


def story(text: str, title: str = "", outlet: str = "", day: int = 4, origins: int = 1) -> Story:
    article = Article.from_text(
        paragraphs(text.strip()),
        title=title,
        outlet=outlet,
        published=datetime(2026, 3, day, tzinfo=UTC),
        language="en",
    )
    several = tuple(Origin(f"Outlet {n}", "own reporting", (article.id,)) for n in range(origins))
    return Story(f"story-{article.id}", (article,), several, headline_article=article.id)


def values(*stories: Story, **more: object) -> list[float]:
    return [rating.value for rating in rate_stories(stories, day=DAY, **more)]  # type: ignore[arg-type]


def test_what_was_done_comes_before_what_is_hoped() -> None:
    signed, hoped = values(
        story(SIGNED, "Norvia and Velland sign deal to end fighting"), story(HOPED, "Minister hopes talks could begin")
    )
    assert signed > hoped + 0.5


def test_a_column_is_below_all_news() -> None:
    signed, hoped, column = values(
        story(SIGNED), story(HOPED), story(COLUMN, "Why we should ask what our readers feel")
    )
    assert column < min(signed, hoped) - 0.5


def test_more_independent_reports_count_for_more_and_copies_do_not() -> None:
    one, three = values(story(SIGNED), story(SIGNED, origins=3))
    assert three == pytest.approx(one + 0.4394, abs=0.001)  # 0.4 × ln 3


def test_of_a_story_without_news_much_is_taken_off() -> None:
    told = story(SIGNED)
    (new,), (unchanged,) = values(told), values(told, states={told.id: "unchanged"})
    assert unchanged == pytest.approx(new - 3.0)


def test_what_is_older_than_the_page_gives_way_and_never_by_more_than_three_days() -> None:
    today, yesterday, before, long_ago = values(*(story(SIGNED, day=day) for day in (4, 3, 1)), story(SIGNED, day=1))
    assert today - yesterday == pytest.approx(0.5)
    assert today - before == today - long_ago == pytest.approx(1.5)


def test_the_reasons_add_up_to_the_value() -> None:
    (rating,) = rate_stories([story(SIGNED, "Norvia and Velland sign deal")], day=DAY)
    assert sum(points for _, points in rating.why) == pytest.approx(rating.value, abs=0.01)
    assert dict(rating.why)["acts in the opening"] > 0


# ---- what a desk wishes


def test_a_desk_adds_for_a_country_under_any_of_its_names() -> None:
    told = story("The government in Kyiv cut its budget by a fifth on Tuesday, its finance minister said.")
    (plain,), (wished,) = values(told), values(told, wishes=ImportanceWeights(countries={"Ukraine": 1.5}))
    assert wished == pytest.approx(plain + 1.5)


def test_a_desk_adds_for_a_word_of_the_opening_and_for_an_outlet() -> None:
    told = story(SIGNED, outlet="The Example")
    wishes = ImportanceWeights(words={"grain": 1, "left bank": 0.5, "harpoons": 4}, outlets={"The Example": 0.25})
    (plain,), (wished,) = values(told), values(told, wishes=wishes)
    assert wished == pytest.approx(plain + 1.75)


def test_a_desk_adds_for_a_theme_only_where_it_is_what_a_story_is_mainly_about() -> None:
    theme = briefing.Theme("grain", "Grain", strong=("grain",))
    told, wishes = story(SIGNED), ImportanceWeights(themes={"grain": 2})
    (plain,) = values(told)
    mainly, by_the_way = (ThemeMatch(theme, score, main, ()) for score, main in ((0.8, True), (0.3, False)))
    assert values(told, wishes=wishes, themes={told.id: [mainly]}) == [pytest.approx(plain + 2)]
    assert values(told, wishes=wishes, themes={told.id: [by_the_way]}) == [plain]


# ---- languages, parts, the interface


def test_of_a_language_without_lists_only_form_and_figures_count() -> None:
    german = Article.from_text(
        "Norwien und Velland haben am Dienstag ein Abkommen unterzeichnet. 40.000 Tonnen Getreide werden geliefert.",
        language="de",
    )
    reading = read(german, language("de"))
    assert not lists_of(language("de")).acts
    assert "acts in the opening" not in reading.features
    assert all(not name.startswith(("word: ", "word of")) for name, _ in shipped().parts(reading, language("de")))


def test_the_form_of_a_round_up_says_nothing_of_its_parts() -> None:
    article = Article.from_text(
        "One thing was signed in Brask on Monday.\nAnother was signed in Sund on Monday.", language="en"
    )
    part = replace(article, title="", span=(0, article.body.index("\n")))
    assert {"length", "paragraphs", "no headline"}.isdisjoint(read(part, language("en")).features)


def test_ratings_come_in_the_order_of_the_stories_and_of_none_there_are_none() -> None:
    both = [story(SIGNED), story(COLUMN)]
    one, other = briefing.rate_stories(both, day=DAY)
    assert briefing.rate_stories(both[::-1], day=DAY) == (other, one)
    assert briefing.rate_stories([], day=DAY) == ()


def test_an_empty_article_has_a_rating_too() -> None:
    (value,) = values(story(""))
    assert value < 5


@pytest.mark.development
def test_the_weights_are_what_the_ratings_give() -> None:
    import subprocess
    import sys

    from tests.paths import ROOT, development

    script = ROOT / "training" / "train_importance.py"
    done = subprocess.run([sys.executable, script, development("data"), "--check"], capture_output=True, text=True)
    assert done.stdout.strip() == "importance_weights.json is what the data gives"


def test_undated_news_counts_as_a_day_old_and_what_is_dated_ahead_as_the_oldest() -> None:
    told = story(SIGNED)
    bare = replace(told, articles=(replace(told.articles[0], date=None),))
    today, tomorrow, ahead, undated = values(told, story(SIGNED, day=5), story(SIGNED, day=9), bare)
    assert (tomorrow, ahead, undated) == (today, pytest.approx(today - 3), pytest.approx(today - 0.5))


def test_news_in_a_language_without_weights_may_give_a_key_point() -> None:
    german = Article.from_text(
        "Die Europäische Union hat am Dienstag 23 Tanker und 14 Unternehmen auf ihre Liste gesetzt.\n"
        "Die Vermögen der Unternehmen werden eingefroren, die Schiffe dürfen keine Häfen mehr anlaufen.",
        title="EU setzt 23 Tanker auf die Liste",
        published=datetime(2026, 3, 4, tzinfo=UTC),
        language="de",
    )
    report = Story("de", (german,), (Origin("Blatt", "own reporting", (german.id,)),), headline_article=german.id)
    column, foreign = values(story(COLUMN), report)
    assert foreign > 2.6 > column
    assert "capitals in the opening" not in read(german, language("de")).features
