"""Enlarges a draft by what acts print and it lacks: sentences that were not chosen, passages under another theme."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from briefing.model import CitedSentence, Edition, EditionPassage, EditionStory
from briefing.model.acts import Act, Span, span_of


def _with_story(draft: Edition, number: int, change: Callable[[EditionStory], EditionStory]) -> Edition:
    return replace(
        draft,
        sections=tuple(
            replace(s, stories=tuple(change(i) if i.number == number else i for i in s.stories)) for s in draft.sections
        ),
    )


def with_sentence(draft: Edition, number: int, sentence: CitedSentence) -> Edition:
    """Return a draft with a sentence more behind those of an item, in its digests' views too.

    A view is held to more than an item of which earlier editions told: there it is the editor's choice.
    """

    def longer(sentences: tuple[CitedSentence, ...], new: CitedSentence) -> tuple[CitedSentence, ...]:
        return sentences if new.receipt in {s.receipt for s in sentences} else (*sentences, new)

    def grown(story: EditionStory) -> EditionStory:
        viewed = replace(sentence, by_editor=True) if story.state == "developing" else sentence
        views = tuple(replace(view, summary=longer(view.summary, viewed)) for view in story.views)
        return replace(story, summary=longer(story.summary, sentence), views=views)

    return _with_story(draft, number, grown)


def with_only(draft: Edition, number: int, base: int, added: Iterable[Span]) -> Edition:
    """Return a draft of which an item has, behind its own first sentences, only some of those that were added."""
    wanted = set(added)

    def shorter(story: EditionStory) -> EditionStory:
        gone = {s.receipt for s in story.summary[base:] if span_of(s.receipt) not in wanted}

        def left(sentences: tuple[CitedSentence, ...]) -> tuple[CitedSentence, ...]:
            return tuple(s for s in sentences if s.receipt not in gone)

        views = tuple(replace(view, summary=left(view.summary)) for view in story.views)
        return replace(story, summary=left(story.summary), views=tuple(view for view in views if view.summary))

    return _with_story(draft, number, shorter)


def as_his_choice(passage: EditionPassage) -> EditionPassage:
    """Return a passage that is printed where an editor wants it, whatever the judge says of it there."""
    return replace(passage, sentences=tuple(replace(s, by_editor=True) for s in passage.sentences))


def with_passage_moved(draft: Edition, act: Act) -> Edition:
    """Return a draft with a passage behind those of another section; as it is where it lacks one of the two."""
    target, span = act.themes[0], act.spans[0]
    found = next(
        (
            (section.theme, passage)
            for section in draft.sections
            if section.theme == act.theme
            for passage in section.passages
            if any(span_of(s.receipt) == replace(span, nth=0) for s in passage.sentences)
        ),
        None,
    )
    if found is None or target == act.theme or target not in {section.theme for section in draft.sections}:
        return draft
    theme, passage = found
    moved = replace(as_his_choice(passage), why=replace(passage.why, theme=target))

    def passages(slug: str, those: tuple[object, ...]) -> tuple[object, ...]:
        kept = tuple(p for p in those if slug != theme or p is not passage)
        return (*kept, moved) if slug == target else kept

    return replace(
        draft,
        sections=tuple(replace(s, passages=passages(s.theme, s.passages)) for s in draft.sections),  # type: ignore[arg-type]
    )
