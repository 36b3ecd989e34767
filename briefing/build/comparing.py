"""Compares today's stories with the memory: hands the novelty stage what it needs of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from briefing.build.analysis import Analysis, Analyst, names_of, sentences_of
from briefing.model import Article, Dated, Delta, Imprint, Memory, Printing, RawArticle, Story, StoryState, Summary
from briefing.stages.novelty import (
    Recollection,
    Standpoint,
    compare_story,
    find_withdrawals,
    gone_quiet,
    settled,
    usual_counts,
)
from briefing.stages.segments import parts_of, segments
from briefing.stages.stories import Step, followed
from briefing.text.aliases import Names
from briefing.text.sentence_edges import trimmed
from briefing.text.sentences import split_sentences

Key = tuple[str, int]  # article id, position of the sentence
Item = tuple[date, int]  # of an earlier edition


@dataclass(frozen=True, slots=True)
class Compared:
    """Today's stories compared with earlier days, before they are summarised; empty without a memory."""

    delta: Delta = field(default_factory=Delta)
    standpoints: Mapping[str, Standpoint] = field(default_factory=dict)  # story id →

    def stale(self, story: Story) -> frozenset[Key]:
        """Return the sentences of a story that were printed before and must not be summarised as news."""
        found = self.standpoints.get(story.id)
        return found.stale if found else frozenset()

    def all_stale(self) -> frozenset[Key]:
        """Return the sentences of all stories that were printed before."""
        return frozenset(key for found in self.standpoints.values() for key in found.stale)

    def is_news(self, story: Story) -> bool:
        """Return whether a story has any sentence that may be printed as news."""
        found = self.standpoints.get(story.id)
        return found is None or found.development.state != "unchanged"

    def is_update(self, story: Story) -> bool:
        """Return whether earlier editions told of a story, and what is new of it is printed."""
        found = self.standpoints.get(story.id)
        return found is not None and found.development.state == "developing"

    def brings_news(self, story: Story) -> bool:
        """Return whether a story has a new article: then at least one sentence is printed in any case."""
        found = self.standpoints.get(story.id)
        return found is None or found.brings

    def printing_again(self, stories: Iterable[str]) -> Compared:
        """Return a copy in which some stories are printed although none of their articles is new; by their ids."""
        wanted = set(stories)
        again = {key: printed for key, printed in self.delta.again.items() if key not in wanted}
        return replace(self, delta=replace(self.delta, again=again))

    def after(self, summaries: Mapping[str, Summary]) -> Compared:
        """Return a copy updated with the summaries: a story of which nothing new was chosen is unchanged."""
        standpoints = {
            key: replace(found, development=settled(found.development, summaries[key]))
            for key, found in self.standpoints.items()
        }
        developments = {key: found.development for key, found in standpoints.items()}
        return Compared(replace(self.delta, developments=developments, again=_again(standpoints)), standpoints)


def compare(
    memory: Memory,
    stories: Sequence[Story],
    analyses: Mapping[str, Analysis],
    imprint: Imprint,
    analyst: Analyst,
    raws: Mapping[str, RawArticle],
) -> Compared:
    """Return today's stories compared with those of the memory.

    Args:
        memory: Earlier editions; none leaves everything new and says nothing of it.
        stories: Today's.
        analyses: Article id → what is known of the article alone.
        imprint: The edition's days.
        analyst: The desk's spellings of names.
        raws: Article id → the article as it was read.
    """
    first = imprint.first_day or imprint.day
    recollection = Recollection(memory, first, lambda article: parts_of(article, segments(article)))
    if not recollection.editions:
        return Compared()
    sentences = sentences_of(analyses)
    articles = [article for story in stories for article in story.articles]
    found = _followed(stories, recollection, first, analyses, names_of(analyst.spellings))
    standpoints = {s.id: compare_story(s, sentences, recollection, _sure(found.get(s.id, ()))) for s in stories}
    developments = {key: found.development for key, found in standpoints.items()}
    again = _again(standpoints)
    news = [story for story in stories if story.id not in again]
    continued = {printed for story in news if (printed := developments[story.id].last_printed)}
    # What may go on is not quiet, though it is not sure enough to be printed as developing.
    continued |= {Printing(*step.key) for story in news for step in found.get(story.id, ())}
    return Compared(
        Delta(
            digest=memory.digest,
            developments=developments,
            printed={key: said for found in standpoints.values() for key, said in found.printed.items()},
            again=again,
            quiet=gone_quiet(recollection, continued),
            usual={} if imprint.first_day else usual_counts(recollection, imprint.day),
            withdrawals=find_withdrawals(articles, sentences, recollection, raws),
        ),
        standpoints,
    )


def states_of(memory: Memory, stories: Sequence[Story], day: date) -> dict[str, StoryState]:
    """Return the state of each story beside the editions of a memory, by its id; of those missing all is new."""
    recollection = Recollection(memory, day, lambda article: parts_of(article, segments(article)))
    if not recollection.editions:
        return {}
    sentences = {a.key: tuple(trimmed(split_sentences(a))) for story in stories for a in story.articles}
    found = _followed(stories, recollection, day, {}, None)
    return {
        s.id: compare_story(s, sentences, recollection, _sure(found.get(s.id, ()))).development.state for s in stories
    }


def _again(standpoints: Mapping[str, Standpoint]) -> dict[str, Printing]:
    """Return where the stories of which no article is new were printed last, by story id."""
    found = {key: standpoint.development.last_printed for key, standpoint in standpoints.items() if standpoint.again}
    return {key: printed for key, printed in found.items() if printed}


def _followed(
    stories: Sequence[Story],
    recollection: Recollection,
    day: date,
    analyses: Mapping[str, Analysis],
    names: Names | None,
) -> dict[str, tuple[Step[Item], ...]]:
    """Return for each story the earlier items that report its event.

    Stories drift apart with the days between them. Of an undated article the day of the edition it first came into
    stands for its own: without one, all that lies days back would count as of today.
    """
    reports = recollection.reports()
    first: dict[str, date] = {}
    for printed, item in sorted(reports):
        for article in reports[printed, item]:
            first.setdefault(article.id, printed)
    today = (tuple(_sighted(a, first.get(a.id, day)) for a in story.articles) for story in stories)
    return followed(
        [replace(story, articles=articles) for story, articles in zip(stories, today, strict=True)],
        {item: tuple(_sighted(a, first[a.id]) for a in articles) for item, articles in reports.items()},
        names=names,
        # Of an undated article the day of its event was looked for in vain.
        facts={a.key: analyses[a.key].facts for s in stories for a in s.articles if a.date and a.key in analyses},
    )


def _sure(steps: Sequence[Step[Item]]) -> tuple[Item, ...]:
    return tuple(step.key for step in steps if step.is_sure)


def _sighted(article: Article, day: date) -> Article:
    """Return an article; an undated one gets the day it was first seen."""
    if article.date is not None:
        return article
    return replace(article, date=Dated(datetime(day.year, day.month, day.day, tzinfo=UTC), "day", "given"))
