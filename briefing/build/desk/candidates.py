"""Ranks every sentence of a story for the editor: what can be printed of it, and why it stands where it does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.build.flow import Material
from briefing.build.summarising import distinct
from briefing.model import CitedSentence, Edition, EditionStory, ScorePart, Story
from briefing.model.acts import Span, span_of
from briefing.stages.edition.citing import Citing
from briefing.stages.judgement.printing import PrintedIn
from briefing.stages.summaries import prepare, supporters


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence of a story, as it would be printed."""

    cited: CitedSentence
    score: float
    parts: tuple[ScorePart, ...]
    problem: str  # why the judge would not have it; empty when he would


class Candidates:
    """Ranks the sentences of the stories of one draft.

    Args:
        material: What the draft was made of.
        draft: As built.
    """

    def __init__(self, material: Material, draft: Edition) -> None:
        self._parts = material.parts
        self._draft = draft
        self._cite = Citing(material.parts, draft.by_article.keys())
        self._stories = {story.id: story for story in material.parts.stories}
        self._known: dict[str, tuple[Ranked, ...]] = {}

    def of(self, item: EditionStory) -> tuple[Ranked, ...]:
        """Return the sentences of an item's articles, best first: those the judge would print before the others."""
        if item.story_id not in self._known:
            story = self._stories.get(item.story_id)
            self._known[item.story_id] = self._ranked(story, item) if story else ()
        return self._known[item.story_id]

    def cited(self, item: EditionStory, span: Span) -> CitedSentence | None:
        """Return a sentence of an item's articles as it is printed; None where it is none of theirs."""
        return next((one.cited for one in self.of(item) if span_of(one.cited.receipt) == span), None)

    def _ranked(self, story: Story, item: EditionStory) -> tuple[Ranked, ...]:
        articles = [article for article in distinct(story) if article.id in self._draft.by_article]
        place: PrintedIn = "update" if item.state == "developing" else "summary"
        method = self._draft.imprint.method
        ready = prepare(articles, self._parts.sentences, method=method, judged=self._parts.judged, printed_in=place)
        ranking, support = ready.ranking, supporters(ready)
        found = []
        for n, sentence in enumerate(ready.material.sentences):
            shown = sentence.shortened()
            cited, problem = self._cite.chosen(shown, place)
            if cited is None:
                continue
            parts = ranking.parts[n] if ranking.parts else ()
            ids = tuple(sorted({s.article_id for s in support[n] if s.article_id in self._draft.by_article}))
            found.append(Ranked(replace(cited, support=ids, scores=parts), ranking.scores[n], parts, problem))
        return tuple(sorted(found, key=lambda one: (bool(one.problem), one.cited.before is not None, -one.score)))
