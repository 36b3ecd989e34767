"""Rates stories for a day's page: by the best report, how many report it, what is new, what the desk wishes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from briefing.model import Article, ImportanceWeights, Rating, Story, ThemeMatch
from briefing.stages.importance.features import OPENING_WORDS, Reading, read
from briefing.stages.importance.weights import LearntWeights, shipped
from briefing.text.aliases import Names, default
from briefing.text.languages import language_of
from briefing.text.terms import tokens

#: Points for e times as many independent reports; a fifth more or less changes the scores of docs/importance.md by .01.
MANY_ORIGINS = 0.4
#: Points off for a story of which nothing is new, and for each day it is older than the page, up to three: guesses.
NOTHING_NEW, DAY_OLD, MOST_DAYS = 3.0, 0.5, 3
#: Days that news may be dated after the page: elsewhere it is tomorrow already. What is dated later is an event
#: announced, or a wrong date, and like what is older than a week no news of the day; undated news counts as a day old.
TOMORROW, WEEK = 1, 7

Parts = list[tuple[str, float]]
WeightsFor = Callable[[Article], LearntWeights]


def rate_stories(
    stories: Sequence[Story],
    *,
    day: date,
    states: Mapping[str, str] | None = None,
    themes: Mapping[str, Sequence[ThemeMatch]] | None = None,
    wishes: ImportanceWeights | None = None,
    names: Names | None = None,
    weights_for: WeightsFor = lambda article: shipped(),
) -> tuple[Rating, ...]:
    """Return how important each story is for a day's page, in the order of the stories.

    Args:
        stories: Of one day.
        day: The page's.
        states: Story id → its state beside earlier editions; of those missing everything is new.
        themes: Story id → its themes.
        wishes: What the desk adds.
        names: Spellings and actors; None for the shipped ones.
        weights_for: Returns the learnt weights to judge an article by.
    """
    known, wish = names or default(), wishes or ImportanceWeights()
    return tuple(
        _rating(
            [
                *_best_report(story, known, weights_for),
                ("independent reports", MANY_ORIGINS * math.log(max(1, len(story.origins)))),
                *_novelty(story, day, (states or {}).get(story.id, "new")),
                *_wished(story, wish, (themes or {}).get(story.id, ()), known),
            ]
        )
        for story in stories
    )


def rate_articles(articles: Iterable[Article], *, names: Names | None = None) -> tuple[Rating, ...]:
    """Return how important the news of each article is by itself."""
    return tuple(_rating(_report(article, names or default(), shipped())) for article in articles)


def _rating(parts: Parts) -> Rating:
    told = sorted(((name, points) for name, points in parts if points), key=lambda part: (-abs(part[1]), part[0]))
    value = round(sum(points for _, points in parts), 4)
    return Rating(value, tuple((name, round(points, 4)) for name, points in told))


def _best_report(story: Story, names: Names, weights_for: WeightsFor) -> Parts:
    """Return what the report says for itself that matters most; copies say nothing more."""
    copies = dict(story.duplicates)
    reports = [_report(a, names, weights_for(a)) for a in story.articles if a.id not in copies or a.id == copies[a.id]]
    return max(reports, key=lambda parts: round(sum(points for _, points in parts), 6), default=[])


def _report(article: Article, names: Names, weights: LearntWeights) -> Parts:
    language = language_of(article)
    reading: Reading = read(article, language, names)
    return list(weights.parts(reading, language))


def _novelty(story: Story, day: date, state: str) -> Iterator[tuple[str, float]]:
    if state == "unchanged":
        yield "nothing new", -NOTHING_NEW
    if story.newest is None:
        yield "undated", -DAY_OLD
        return
    days = (day - story.newest.date()).days
    if days < -TOMORROW:
        yield "dated ahead", -NOTHING_NEW
    elif days > WEEK:
        yield "older than a week", -NOTHING_NEW
    else:
        yield "days old", -DAY_OLD * min(MOST_DAYS, max(0, days))


def _wished(
    story: Story, wish: ImportanceWeights, matches: Sequence[ThemeMatch], names: Names
) -> Iterator[tuple[str, float]]:
    """Yield what the desk adds for themes, outlets, words and countries; each once a story."""
    main = {match.theme.slug for match in matches if match.is_main}
    outlets = {article.outlet for article in story.articles}
    yield from ((f"theme {slug}", points) for slug, points in sorted(wish.themes.items()) if slug in main)
    yield from ((f"outlet {name}", points) for name, points in sorted(wish.outlets.items()) if name in outlets)
    if wish.words or wish.countries:
        openings = [_opening(article) for article in story.articles]
        yield from _named("word", wish.words, openings)
        yield from _named("country", wish.countries, openings, names)


def _named(
    kind: str, wished: Mapping[str, float], openings: Sequence[str], names: Names | None = None
) -> Iterator[tuple[str, float]]:
    """Yield the wished words, or with names the wished states under any of their spellings, that an opening has."""
    texts = [f" {' '.join(tokens(opening))} " for opening in openings]
    actors = {key for opening in openings for key in names.actors(opening)} if names else set()
    for name, points in sorted(wished.items()):
        meant = set(names.actors(name)) if names else set()
        if meant & actors or any(f" {' '.join(tokens(name))} " in text for text in texts):
            yield f"{kind} {name}", points


def _opening(article: Article) -> str:
    return " ".join(f"{article.title} {article.text}".split(maxsplit=2 * OPENING_WORDS)[: 2 * OPENING_WORDS])
