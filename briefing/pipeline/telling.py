"""What is told of each story: its summary, the themes' views of it, its passages; never what was told before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from briefing.languages import language_of
from briefing.model import Account, Article, Passage, Sentence, Statement, Story, Summary, Theme, ThemeMatch
from briefing.pipeline.analysis import Analysis
from briefing.pipeline.comparing import Compared
from briefing.summaries import summarise
from briefing.themes import find_passages, sentence_scores

T = TypeVar("T")

#: How much the theme that leads a story decides how it is told: in the edition, and in the theme's own digest.
MILDLY, WHOLLY = 0.3, 1.0


@dataclass(frozen=True, slots=True)
class Budget:
    """How much is printed of a story, and who chooses it."""

    sentences: int
    method: str


@dataclass(frozen=True, slots=True)
class Telling:
    """Chooses what is told of stories."""

    sentences: Mapping[str, Sequence[Sentence]]  # article id →
    budget: Budget
    compared: Compared  # with earlier days

    def story(self, story: Story, theme: Theme | None, pull: float) -> Summary:
        """Return a story as its theme's section or, with all its pull, as the theme's digest tells it."""
        articles = distinct(story)
        relevance = None if theme is None else self._relevance(articles, theme)
        return summarise(
            articles,
            self.sentences,
            count=self.budget.sentences,
            method=self.budget.method,
            relevance=relevance,
            pull=pull,
            exclude=self.compared.stale(story),
            unfit=not self.compared.is_followed(story),
        )

    def _relevance(self, articles: Sequence[Article], theme: Theme) -> dict[tuple[str, int], float]:
        return {
            key: score
            for a in articles
            for key, score in sentence_scores(a, self.sentences[a.id], theme, language_of(a)).items()
        }

    def views(self, stories: Sequence[Story], leads: Mapping[str, Theme | None]) -> dict[tuple[str, str], Summary]:
        """Return each story as the digest of the theme that leads it tells it."""
        return {
            (story.id, lead.slug): self.story(story, lead, WHOLLY)
            for story in stories
            if (lead := leads[story.id]) is not None and self.compared.is_news(story)
        }

    def shorts(self, stories: Sequence[Story], analyses: Mapping[str, Analysis], count: int) -> dict[str, Summary]:
        """Return each article condensed on its own, chosen afresh where something of it was told before."""
        found = {key: analysis.short for key, analysis in analyses.items()}
        for story in stories:
            stale = self.compared.stale(story)
            for article in story.articles:
                if not self.compared.is_news(story):
                    found[article.id] = Summary((), method=self.budget.method)
                elif any((s.article_id, s.position) in stale for s in found[article.id].sentences):
                    found[article.id] = summarise(
                        [article], self.sentences, count=count, method=self.budget.method, exclude=stale, unfit=False
                    )
        return found

    def passages(
        self, story: Story, themes: Sequence[Theme], matches: Mapping[str, Sequence[ThemeMatch]]
    ) -> tuple[Passage, ...]:
        """Return what a story says on themes that do not lead it, each passage as far as nothing was told before."""
        if not self.compared.is_news(story):
            return ()
        leading = [m.theme.slug for m in matches[story.id] if m.is_main][:1]
        found = [
            passage
            for article in distinct(story)
            for passage in find_passages(article, self.sentences[article.id], themes, leading=leading)
        ]
        return tuple(new for passage in found if (new := self._new_part(story, passage)))

    def _new_part(self, story: Story, passage: Passage) -> Passage | None:
        """Return a passage up to its first sentence that was told before: what follows may lean on that."""
        stale = self.compared.stale(story)
        new = tuple(takewhile(lambda s: (s.article_id, s.position) not in stale, passage.sentences))
        return Passage(passage.theme, new, passage.match) if new else None

    def accounts(self, found: Sequence[tuple[Account, T]]) -> tuple[tuple[Account, T], ...]:
        """Return the accounts in which some figure was not told before; the others in it are printed beside that."""
        stale = self.compared.all_stale()
        return tuple(
            (account, stories)
            for account, stories in found
            if any((f.sentence.article_id, f.sentence.position) not in stale for f in account.figures)
        )

    def new(self, said: Sequence[tuple[Statement, Story]]) -> tuple[tuple[Statement, Story], ...]:
        """Return the statements that were not printed before."""
        return tuple(
            (statement, story)
            for statement, story in said
            if self.compared.is_news(story)
            and (statement.sentence.article_id, statement.sentence.position) not in self.compared.stale(story)
        )


def distinct(story: Story) -> list[Article]:
    """Return a story's articles without copies."""
    copies = dict(story.duplicates)
    return [a for a in story.articles if a.id not in copies]
