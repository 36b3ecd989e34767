"""Summarises stories, theme views and passages, leaving out what earlier editions printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import TypeVar

from briefing.build.analysis import Analysis, Analyst, by_place, page_and_digest, scored, sentences_of
from briefing.build.cached_work import Work
from briefing.build.comparing import Compared, Key
from briefing.model import Account, Article, Judgement, Passage, Sentence, Statement, Story, Summary, Theme
from briefing.stages.claims import by_story, choose_statements, find_accounts, under_one_name
from briefing.stages.edition import Chosen
from briefing.stages.judgement.printing import permit
from briefing.stages.summaries import Done, expired, headline_is_over, prepare, summarise_prepared
from briefing.stages.themes import find_passages

T = TypeVar("T")
Summaries = tuple[Summary, Summary | None]
Passages = tuple[Passage, ...]


def choose(
    stories: Sequence[Story],
    leads: Mapping[str, Theme | None],
    analyses: Mapping[str, Analysis],
    compared: Compared,
    work: Work,
    statements: int,
    day: date,
) -> tuple[Chosen, Compared]:
    """Return what is printed of the stories, and the comparison with earlier days now that this is known.

    Args:
        stories: Today's.
        leads: Story id → the theme that leads it, or None.
        analyses: Article id → what is known of the article alone.
        compared: The stories beside those of earlier days.
        work: What does each piece of work once.
        statements: Most statements of the edition.
        day: The edition's day: announcements of events before it are not printed.
    """
    sentences = sentences_of(analyses)
    kept = [article for story in stories for article in distinct(story)]
    done = Done(kept, sentences)
    over = {story.id: expired(distinct(story), sentences, day, done) for story in stories}
    summariser = Summariser(analyses, sentences, work, compared, over)
    both = {s.id: summariser.story(s, leads[s.id]) for s in work.counted("summaries", stories)}
    summaries = {key: page for key, (page, _) in both.items()}
    compared = compared.after(summaries)
    summariser = replace(summariser, compared=compared)
    views = {
        (story.id, lead.slug): view
        for story in stories
        if (lead := leads[story.id]) and (view := both[story.id][1]) and compared.is_news(story)
    }
    passages = {s.id: summariser.passages(s, leads[s.id]) for s in stories}
    said = under_one_name(by_story({key: analysis.statements for key, analysis in analyses.items()}, stories))
    accounts = find_accounts(stories, {key: analysis.figures for key, analysis in analyses.items()})
    printed = {(s.article_id, s.start) for summary in (*summaries.values(), *views.values()) for s in summary.sentences}
    printed |= {(s.article_id, s.start) for several in passages.values() for p in several for s in p.sentences}
    chosen = Chosen(
        summaries=summaries,
        views=views,
        articles=summariser.shorts(stories),
        passages=passages,
        accounts=summariser.accounts(accounts),
        statements=choose_statements(summariser.sayable(said), statements, printed),
        over=frozenset(key for keys in over.values() for key in keys),
        past_headlines=frozenset(article.id for article in kept if headline_is_over(article, day)),
    )
    return chosen, compared


@dataclass(frozen=True, slots=True)
class Summariser:
    """Chooses the sentences printed of each story."""

    analyses: Mapping[str, Analysis]  # article key →
    sentences: Mapping[str, Sequence[Sentence]]  # article key →, and id of a round-up
    work: Work
    compared: Compared  # with earlier days
    over: Mapping[str, frozenset[Key]]  # story id → its sentences on a future that has passed

    @property
    def _analyst(self) -> Analyst:
        return self.work.analyst

    def _stale(self, story: Story) -> frozenset[Key]:
        """Return the sentences of a story that are no news: printed before, or on a future that has passed."""
        return self.compared.stale(story) | self.over[story.id]

    def story(self, story: Story, lead: Theme | None) -> Summaries:
        """Return a story's summary for its section, and that for the digest of its leading theme."""
        if self._is_plain(story, lead):
            return self.analyses[story.articles[0].key].alone.summaries
        articles, stale, unfit = distinct(story), self._stale(story), self.compared.brings_news(story)

        is_update = self.compared.is_update(story)

        def chosen() -> Summaries:
            ready = prepare(
                articles,
                self.sentences,
                method=self._analyst.method,
                exclude=stale,
                judged=self._judged(articles),
                printed_in="update" if is_update else "summary",
            )
            return page_and_digest(ready, self._relevance(articles, lead), self._analyst, unfit=unfit)

        return self.work.once(Summaries, articles, (lead and lead.slug, sorted(stale), unfit, is_update), chosen)

    def _judged(self, articles: Sequence[Article]) -> dict[Key, Judgement]:
        """Return what the judge says of each sentence of some articles."""
        return by_place(j for article in articles for j in self.analyses[article.key].judged)

    def _relevance(self, articles: Sequence[Article], lead: Theme | None) -> dict[Key, float] | None:
        """Return each sentence's relevance to the theme that leads a story; None without one."""
        if lead is None:
            return None
        rows = (scored(self.sentences[a.key], self.analyses[a.key].relevance, lead) or {} for a in articles)
        return {key: value for row in rows for key, value in row.items()}

    def _is_plain(self, story: Story, lead: Theme | None) -> bool:
        """Return whether a story is one article, not printed before: its analysis holds the summaries already."""
        alone = self.analyses[story.articles[0].key].alone
        is_led = alone.lead == (lead.slug if lead else "")
        return is_led and len(story.articles) == 1 and not self._stale(story) and self.compared.brings_news(story)

    def shorts(self, stories: Sequence[Story]) -> dict[str, Summary]:
        """Return the short summary of each article, chosen again where a sentence of it was printed before.

        For a round-up stands the first of its parts that says anything.
        """
        found = {key: analysis.short for key, analysis in self.analyses.items()}
        for story in stories:
            stale = self._stale(story)
            for article in story.articles:
                if not self.compared.is_news(story):
                    found[article.key] = Summary((), method=self._analyst.method)
                elif any((s.article_id, s.position) in stale for s in found[article.key].sentences):
                    found[article.key] = self._short(article, stale)
        parts = [(key.partition("@")[0], short) for key, short in found.items() if "@" in key and short.sentences]
        return {**dict(reversed(parts)), **found}

    def _short(self, article: Article, stale: Collection[Key]) -> Summary:
        own = sorted(key for key in stale if key[0] == article.id)

        def short() -> Summary:
            ready = prepare(
                (article,), self.sentences, method=self._analyst.method, exclude=own, judged=self._judged((article,))
            )
            return summarise_prepared(ready, count=self._analyst.sentences, unfit=False)

        return self.work.once(Summary, (article,), own, short)

    def passages(self, story: Story, lead: Theme | None) -> Passages:
        """Return a story's passages on themes that do not lead it, each up to its first sentence printed before."""
        if not self.compared.is_news(story):
            return ()
        if self._is_plain(story, lead):
            return self.analyses[story.articles[0].key].alone.passages
        found = [passage for article in distinct(story) for passage in self._passages(article, lead)]
        return tuple(new for passage in found if (new := self._new_part(story, passage)))

    def _passages(self, article: Article, lead: Theme | None) -> Passages:
        leading = (lead.slug,) if lead else ()
        alone = self.analyses[article.key].alone
        if (alone.lead,) == (leading or ("",)):
            return alone.passages

        def found() -> Passages:
            judged = self.analyses[article.key].judged
            return find_passages(article, self.sentences[article.key], self._analyst.themes, judged, leading=leading)

        return self.work.once(Passages, (article,), leading, found)

    def _new_part(self, story: Story, passage: Passage) -> Passage | None:
        """Return a passage up to its first sentence that was printed before: what follows may depend on that."""
        stale = self._stale(story)
        new = tuple(takewhile(lambda s: (s.article_id, s.position) not in stale, passage.sentences))
        return replace(passage, sentences=new) if new else None

    def accounts(self, found: Sequence[tuple[Account, T]]) -> tuple[tuple[Account, T], ...]:
        """Return the accounts in which some figure was not printed before, with all their figures."""
        stale = self.compared.all_stale()
        return tuple(
            (account, stories)
            for account, stories in found
            if any((f.sentence.article_id, f.sentence.position) not in stale for f in account.figures)
        )

    def sayable(self, said: Sequence[tuple[Statement, Story]]) -> tuple[tuple[Statement, Story], ...]:
        """Return the statements that may be printed, and of which no sentence was before; one may hold several."""
        judged = self._judged([article for story in {s.id: s for _, s in said}.values() for article in story.articles])
        return tuple(
            (statement, story)
            for statement, story in said
            if self.compared.is_news(story)
            and self._stale(story).isdisjoint(self._within(statement.sentence))
            and not permit(
                judged.get((statement.sentence.article_id, statement.sentence.position)), "statement"
            ).refused
        )

    def _within(self, span: Sentence) -> Iterator[tuple[str, int]]:
        for s in self.sentences[span.article_id]:
            if s.start < span.end and span.start < s.end:
                yield s.article_id, s.position


def distinct(story: Story) -> list[Article]:
    """Return a story's articles without duplicates."""
    copies = dict(story.duplicates)
    return [a for a in story.articles if a.id not in copies]
