"""Runs single stages: for the commands beside `build`, and for the Python interface."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from briefing.build.analysis import by_place
from briefing.build.comparing import states_of
from briefing.build.configured import check_method
from briefing.build.threads import in_one_thread
from briefing.errors import SettingsError
from briefing.model import (
    DEFAULT_METHOD,
    Article,
    Cleaned,
    ImportanceWeights,
    Input,
    Judgement,
    Memory,
    Rating,
    Segment,
    Sentence,
    Story,
    Strictness,
    Summary,
    Theme,
    ThemeMatch,
)
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.stages.claims import speakers_of, voices_of
from briefing.stages.clean import clean_all
from briefing.stages.edition import reason_of
from briefing.stages.importance import rate_stories as rate_importance
from briefing.stages.judgement import judge as judged
from briefing.stages.segments import segments as parted
from briefing.stages.stories import follow_stories as follow
from briefing.stages.stories import group_stories as group
from briefing.stages.summaries import summarise as condense
from briefing.stages.themes import (
    DEFAULT_THEMES,
    ExplainedTheme,
    ThemeTrial,
    explain_themes,
    language_spoken,
    match_story,
    suggest_terms,
    try_themes,
)
from briefing.stages.themes import learn_theme as learn
from briefing.stages.themes import match_themes as match
from briefing.text.sentence_edges import trimmed
from briefing.text.sentences import split_sentences
from briefing.text.word_counts import Background
from briefing.text.word_counts import background as news_at_large
from briefing.text.word_counts import count_words as count


def read_cleaned(
    paths: Path | str | Sequence[Path | str], *, day: date, settings: Settings | None = None
) -> Iterator[tuple[str, Article | None, str]]:
    """Yield for each input its path, its cleaned article or None, and why there is none."""
    zone = (settings or Settings()).briefing.time_zone
    for read in read_inputs(paths):
        for item in clean_all(read.articles, today=day, time_zone=zone):
            yield item.raw.input, item.article, "" if item.article else reason_of(item.notes)
        if not read.articles:
            yield read.path, None, reason_of(read.notes)


def read_articles(path: Path | str) -> tuple[Article, ...]:
    """Return the articles of one file or folder, read and cleaned as a build does; empty when it holds none.

    Why there is none stands in the ledger of an edition, and in `briefing explain --show clean`.

    Raises:
        SourceError: The path does not exist or cannot be opened.
    """
    return tuple(article for _, article, _ in read_cleaned(path, day=date.max) if article)


def explain_cleaning(
    paths: Path | str | Sequence[Path | str], *, day: date, settings: Settings | None = None
) -> Iterator[tuple[Input, tuple[Cleaned, ...]]]:
    """Yield each input with its cleaned articles and the lines removed from them."""
    zone = (settings or Settings()).briefing.time_zone
    for read in read_inputs(paths):
        yield read, clean_all(read.articles, today=day, time_zone=zone)


def explain_article_themes(article: Article, themes: Sequence[Theme] = DEFAULT_THEMES) -> tuple[ExplainedTheme, ...]:
    """Return why an article has each theme or not: terms, weights, cuts, sentence by sentence."""
    return explain_themes(article, trimmed(split_sentences(article)), themes)


def try_article_themes(articles: Sequence[Article], themes: Sequence[Theme]) -> tuple[ThemeTrial, ...]:
    """Return what each theme does with some articles: how many it catches, which terms hit, what speaks against it."""
    return try_themes([(a, trimmed(split_sentences(a))) for a in articles], themes)


def suggest_theme_terms(
    articles: Sequence[Article], background: Sequence[Article] = (), *, known: Sequence[str] = (), limit: int = 30
) -> tuple[tuple[str, float], ...]:
    """Return terms typical of some articles beside others, or beside news at large, with their scores, best first.

    Raises:
        SettingsError: There are no others, and how common words are in news of the language is not known.
    """
    inside = [(a, split_sentences(a)) for a in articles]
    if background:
        return suggest_terms(inside, [(a, split_sentences(a)) for a in background], known=known, limit=limit)
    at_large = news_at_large(language_spoken(articles).code)
    if not at_large.counts:
        raise SettingsError(
            "How common words are is known for English news only.", "Name other articles with --against."
        )
    counts = {**at_large.counts, **dict.fromkeys(at_large.uncounted, at_large.articles)}
    return suggest_terms(inside, counts, background_size=at_large.articles, known=known, limit=limit)


@in_one_thread
def summarise(
    articles: Article | Sequence[Article],
    *,
    sentences: int | None = None,
    words: int | None = None,
    method: str = DEFAULT_METHOD,
) -> Summary:
    """Return the summary of one article, or of several about one event, in reading order.

    Args:
        articles: What to condense.
        sentences: How many sentences at most, from 1; three when no budget is given.
        words: How many words at most, from 1, in whole sentences; a single sentence may exceed it.
        method: A key of `briefing.stages.ranking.RANKERS`.

    Raises:
        SettingsError: No method has that name, both budgets are given, or one is below 1.
    """
    check_method(method)
    if sentences is not None and words is not None:
        raise SettingsError("A summary has one budget: sentences or words.", "Drop one of them.")
    for name, budget in (("sentences", sentences), ("words", words)):
        if budget is not None and budget < 1:
            raise SettingsError(f"{name} is {budget}; a summary has at least one.", f"Give {name} from 1 on.")
    several = [articles] if isinstance(articles, Article) else list(articles)
    split = {a.key: trimmed(split_sentences(a)) for a in several}
    count = 3 if sentences is None and words is None else sentences
    known = by_place(j for a in several for j in _judged(a, split[a.key])) if method == DEFAULT_METHOD else {}
    return condense(several, split, count=count, words=words, method=method, judged=known)


@in_one_thread
def judge(article: Article) -> tuple[Judgement, ...]:
    """Return what the judge says of each sentence of `split_sentences(article)`, in order.

    Whether it is news prose, whether it is understood printed alone, whose words it is and who speaks, and why.
    """
    return _judged(article, split_sentences(article))


def _judged(article: Article, sentences: Sequence[Sentence]) -> tuple[Judgement, ...]:
    stated = [s for s in sentences if not s.is_endless]
    return judged(article, sentences, speakers_of(article, stated), heard=voices_of(article, stated))


def segments(article: Article) -> tuple[Segment, ...]:
    """Return the events of a round-up as spans of the article's body, in order; one for an ordinary article."""
    return parted(article)


def group_stories(articles: Sequence[Article], *, strictness: Strictness = "normal") -> list[Story]:
    """Return the events that articles report; every article given is in exactly one story."""
    return group(articles, strictness=strictness)


def follow_stories(earlier: Sequence[Story], later: Sequence[Story]) -> tuple[tuple[Story, Story], ...]:
    """Return pairs of the stories given: the later one tells the next step of the earlier, or reports it once more."""
    return follow(earlier, later)


def rate_stories(
    stories: Sequence[Story],
    *,
    day: date,
    memory: Memory | None = None,
    weights: ImportanceWeights | None = None,
    themes: Sequence[Theme] = DEFAULT_THEMES,
) -> tuple[float, ...]:
    """Return how important each story is for a day's page, in points; comparable among the stories of one call.

    Args:
        stories: Of one day.
        day: The page's.
        memory: Earlier editions; of what they printed already nothing is new.
        weights: What the desk adds for themes, outlets, words and countries.
        themes: Those that ``weights`` names.
    """
    rated = rate_importance(
        stories,
        day=day,
        states=states_of(memory, stories, day) if memory else None,
        themes=_themes_of(stories, themes) if weights and weights.themes else None,
        wishes=weights,
    )
    return tuple(rating.value for rating in rated)


def _themes_of(stories: Sequence[Story], themes: Sequence[Theme]) -> dict[str, list[ThemeMatch]]:
    found = {a.key: match_themes(a, themes) for story in stories for a in story.articles}
    return {story.id: match_story(story, found) for story in stories}


def explain_importance(article: Article, weights: ImportanceWeights | None = None) -> Rating:
    """Return how important the news of one article is, and what adds how much."""
    story = Story(article.key, (article,), (), headline_article=article.id)
    (rating,) = rate_importance([story], day=_day_of(article), wishes=weights)
    return rating


def _day_of(article: Article) -> date:
    """Return an article's own day: explained alone, no news is old."""
    return article.published.date() if article.published else date.min


def match_themes(
    text: Article | Sentence, themes: Sequence[Theme] = DEFAULT_THEMES, *, counts: Background | None = None
) -> list[ThemeMatch]:
    """Return the themes a text is mainly about or touches on, best first.

    Args:
        text: An article, or one sentence by itself.
        themes: What to look for.
        counts: How common words are in the run's texts (`briefing.count_words`), where a language has no counts.
    """
    split = trimmed(split_sentences(text)) if isinstance(text, Article) else None
    return match(text, split, themes, counts=counts)


def count_words(articles: Iterable[Article]) -> Background:
    """Return how common words are in a run's articles, for `match_themes` in a language whose news was not counted."""
    return count(f"{article.title}\n{article.body}" for article in articles)


@in_one_thread
def learn_theme(theme: Theme, examples: Sequence[Article], against: Sequence[Article] = ()) -> Theme:
    """Return a theme with readable weights of words learnt beside its terms.

    Args:
        theme: Whose terms to learn beside.
        examples: Articles that belong to it; five to twenty are enough.
        against: Articles that are not about it; fifty or more are best.
    """
    inside, outside = ([(a, trimmed(split_sentences(a))) for a in articles] for articles in (examples, against))
    return learn(theme, inside, outside)
