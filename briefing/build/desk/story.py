"""A story on the desk: what is printed of it, what could be, and where that stands in its articles."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.build.desk.board import BoardView
from briefing.build.desk.candidates import Ranked
from briefing.build.desk.results import (
    Article,
    Candidate,
    ChosenSentence,
    Line,
    Paragraph,
    Reason,
    StoryDesk,
    StorySource,
)
from briefing.model import Article as Cleaned
from briefing.model import CitedSentence, Edition, EditionStory, Receipt, Source
from briefing.model.acts import Span, found_story, span_of, story_key


def story_of(view: BoardView, item: EditionStory, ranked: Sequence[Ranked]) -> StoryDesk:
    """Return a story as the desk shows it.

    Args:
        view: The board it is on.
        item: The story, as the draft has it.
        ranked: Its sentences, best first.
    """
    edits, draft = view.edits, view.draft
    order = [number for section in edits.sections for number in (i.number for i in section.items)]
    at = order.index(item.number) if item.number in order else -1
    homes = {i.number: section.theme for section in edits.sections for i in section.items}
    edit = next((i for s in edits.sections for i in s.items if i.number == item.number), None)
    keys = {story.number: story_key(story) for story in draft.stories}
    chosen = tuple(_chosen(view, item))
    printed = {one.span for one in chosen if one.in_print}
    return StoryDesk(
        version=view.state.version,
        item=view.item(item.number, homes.get(item.number, view.homes[item.number])),
        chosen=chosen,
        candidates=tuple(_candidate(n, one, draft, printed) for n, one in enumerate(ranked, 1)),
        sources=tuple(_source(item, draft.source(key)) for key in item.sources),
        known=tuple(known.text for known in item.known),
        why=item.why,
        lines=tuple(line.text for line in edit.lines) if edit else (),
        passages=tuple(_passages(view, item.number)),
        before=keys[order[at - 1]] if at > 0 else (),
        after=keys[order[at + 1]] if 0 <= at < len(order) - 1 else (),
    )


def _chosen(view: BoardView, item: EditionStory) -> list[ChosenSentence]:
    kept = view.edits.kept.get(("item", item.number), ())
    story = view.stories[item.number]
    order = [*kept, *(n for n in range(len(story.summary)) if n not in kept)]
    by_editor = {
        sentence.receipt
        for now in view.state.edition.stories
        if found_story(story_key(item), [now])
        for sentence in now.summary
        if sentence.by_editor
    }
    return [_sentence(view, story.summary[n], n in kept, by_editor) for n in order]


def _sentence(view: BoardView, cited: CitedSentence, in_print: bool, by_editor: set[Receipt]) -> ChosenSentence:
    source, span = view.listed[cited.article_id], span_of(cited.receipt)
    return ChosenSentence(
        span,
        cited.text,
        cited.article_id,
        source.number,
        _outlet(source),
        in_print,
        span in view.points,
        cited.receipt in by_editor,
    )


def _candidate(rank: int, one: Ranked, draft: Edition, printed: set[Span]) -> Candidate:
    cited, listed = one.cited, draft.by_article
    source, verdict = listed[cited.article_id], cited.verdict
    return Candidate(
        span=span_of(cited.receipt),
        text=cited.text,
        article_id=cited.article_id,
        source=source.number,
        outlet=_outlet(source),
        rank=rank,
        score=one.score,
        reasons=tuple(Reason(part.name, part.value) for part in one.parts),
        support=tuple(_outlet(listed[key]) for key in cited.support),
        printed=cited.before,
        voice=verdict.voice if verdict else "",
        speaker=verdict.speaker if verdict else "",
        problem=one.problem,
        is_chosen=span_of(cited.receipt) in printed,
    )


def _source(item: EditionStory, source: Source) -> StorySource:
    origin = next((o.name for o in item.origins if source.article_id in o.sources), "")
    article = Article(source.article_id, source.title, source.outlet, source.url, source.published, source.input)
    return StorySource(source.number, article, origin)


def _passages(view: BoardView, number: int) -> list[Line]:
    """Return what a story says on other themes."""
    found = []
    for n, section in enumerate(view.draft.sections):
        owners = [passage.story for passage in section.passages for _ in passage.sentences]
        spans = {view.spans["passages", n][row] for row, owner in enumerate(owners) if owner == number}
        found += [line for line in view.lines_at(("passages", n)) if spans.issuperset(line.act.spans)]
    return found


def _outlet(source: Source) -> str:
    return source.outlet or source.input


def paragraph_of(article: Cleaned, span: Span) -> Paragraph:
    """Return a sentence of an article in the paragraph it stands in."""
    around = next(
        ((p.start, p.end) for p in article.paragraphs if p.start <= span.start and span.end <= p.end),
        (span.start, span.end),
    )
    text = article.title if span.of == "title" else article.body
    if span.of == "title":
        around = (0, len(text))
    sentence = text[span.start : span.end]
    return Paragraph(
        before=text[around[0] : span.start],
        sentence=sentence,
        after=text[span.end : around[1]],
        title=article.title,
        outlet=article.outlet,
        url=article.url,
        span=span,
        sha256=Receipt.made(article.id, span.start, span.end, sentence, span.of).sha256,
        published=article.published,
    )
