"""Prints each thing once: what an edition has said already gives way to a pointer to the item that says it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from briefing.model import (
    CitedSentence,
    CitedStatement,
    Edition,
    EditionPassage,
    EditionStory,
    KeyPoint,
    Section,
    Source,
)
from briefing.stages.judgement.printing import PrintedIn
from briefing.text.languages import Language, language_named
from briefing.text.terms import content_set

#: Share of the shorter sentence's content stems that another has too, from which the two say the same.
SAME = 0.6
#: The same of two sentences of different articles in one item: they tell one event, and what is left apart is little.
SAME_IN_ITEM = 0.5
#: Items that a section without sentences of its own points at, those first that touch its theme most.
POINTED = 3

#: Cites what is left of one kind of place again: sentences that hang then are left out.
Again = Callable[[Sequence[CitedSentence], PrintedIn], tuple[CitedSentence, ...]]


def said_once(edition: Edition, again: Again) -> Edition:
    """Return the edition without the sentences that say what another one says, pointers in their place.

    The stories that matter most speak first, then passages, then statements. Key points, corrections and boxes of
    figures repeat by their nature and are left alone.

    Args:
        edition: At its length.
        again: Cites what is left of a summary or a passage.
    """
    said = _Said({s.article_id: language_named(s.language) for s in edition.sources}, _shown(edition))
    ranked = sorted(edition.stories, key=lambda story: (story.state == "unchanged", -story.importance, story.number))
    told = {story.number: _story(story, said, again) for story in ranked}
    told |= {n: _line(story, said) for n, story in told.items() if story.in_a_line}
    sections = tuple(
        _section(replace(s, stories=tuple(told[story.number] for story in s.stories)), said, again)
        for s in edition.sections
    )
    sections = tuple(_pointing(section, sections) for section in sections)
    return replace(
        edition,
        sections=sections,
        key_points=tuple(home for point in edition.key_points for home in _at_home(point, sections)),
        statements=_statements(edition.statements, said),
        sources=tuple(_source(source, said) for source in edition.sources),
    )


def _at_home(point: KeyPoint, sections: Sequence[Section]) -> Iterator[KeyPoint]:
    """Yield a key point under the theme that prints it: of a passage that gave way to a pointer, under its item's."""
    for section in sections:
        quoted = any(s.receipt == point.sentence.receipt for p in section.passages for s in p.sentences)
        if section.theme == point.theme and (quoted or any(story.number == point.story for story in section.stories)):
            yield point
            return
    yield from (
        replace(point, theme=section.theme)
        for section in sections
        if any(story.number == point.story for story in section.stories)
    )


def _shown(edition: Edition) -> dict[tuple[str, int], int]:
    """Return the items that show a sentence as their heading or key point, by its article id and start."""
    headings = [(story.headline_receipt, story.number) for story in edition.stories]
    shown = [*headings, *((point.sentence.receipt, point.story) for point in edition.key_points if point.story)]
    return {(receipt.article_id, receipt.start): number for receipt, number in shown if receipt.of == "body"}


class _Said:
    """What has been said so far, by content stem."""

    def __init__(self, languages: Mapping[str, Language], shown: Mapping[tuple[str, int], int]) -> None:
        self._languages = languages  # by article id
        self._shown = shown  # article id and start of a sentence that is a heading or key point → its item
        self._sentences: list[tuple[CitedSentence, int, int]] = []  # sentence, its number of stems, item
        self._holders: defaultdict[str, list[int]] = defaultdict(list)  # stem → places in the list

    def by(
        self, text: str, article_id: str, besides: int = 0, *, share: float = SAME, besides_article: str = ""
    ) -> int | None:
        """Return the item that said already what a text says, 0 for none of the items; None when nothing did.

        Args:
            text: A sentence.
            article_id: The article it is of, in whose language it is read.
            besides: An item that does not count.
            share: Of the shorter one's stems, from which two say the same.
            besides_article: Id of an article whose sentences do not count.
        """
        stems = content_set(text, self._languages[article_id])
        shared = Counter(n for stem in stems for n in self._holders[stem])
        for n, both in sorted(shared.items()):
            before, size, item = self._sentences[n]
            skipped = (besides and item == besides) or before.article_id == besides_article
            if both >= share * min(len(stems), size) and not skipped:
                return item
        return None

    def add(self, sentence: CitedSentence, item: int) -> None:
        stems = content_set(sentence.text, self._languages[sentence.article_id])
        for stem in stems:
            self._holders[stem].append(len(self._sentences))
        self._sentences.append((sentence, len(stems), item))

    def sift(
        self,
        sentences: Iterable[CitedSentence],
        item: int,
        under: EditionStory | None = None,
        *,
        restated: bool = False,
    ) -> tuple[list[CitedSentence], list[int]]:
        """Return the sentences that are new, of which none says what another does, and the items that said the rest.

        Args:
            sentences: Of one place, in order.
            item: The item they are of.
            under: The item they stand under, whose heading may open them; None where they stand elsewhere.
            restated: Whether they may say the heading in other words.
        """
        new: list[CitedSentence] = []
        own, number, heading = _Said(self._languages, {}), under.number if under else 0, None
        if under and under.untitled and not restated:
            heading = _Said(self._languages, {})
            heading.add(CitedSentence(under.headline, under.headline_receipt), number)
        pointed: list[int] = []
        for sentence in sentences:
            shown = self._shown.get((sentence.article_id, sentence.receipt.start))
            before = self.by(sentence.text, sentence.article_id) if shown in (None, number) else shown
            repeats = shown is None and (
                own.by(sentence.text, sentence.article_id) is not None
                or own.by(sentence.text, sentence.article_id, share=SAME_IN_ITEM, besides_article=sentence.article_id)
                is not None
                or (
                    heading is not None
                    and heading.by(sentence.text, sentence.article_id, share=SAME_IN_ITEM) is not None
                )
            )
            if before is None and not repeats:
                new.append(sentence)
                own.add(sentence, item)
            elif before is not None:
                pointed.append(before)
        return new, pointed


def _story(story: EditionStory, said: _Said, again: Again) -> EditionStory:
    new, pointed = said.sift(story.summary, story.number, under=story)
    kept = again(new, "summary") if len(new) < len(story.summary) else story.summary
    if len(kept) < len(new):  # what follows leans on a sentence that says the heading in other words: that stays
        new, pointed = said.sift(story.summary, story.number, under=story, restated=True)
        kept = again(new, "summary") if len(new) < len(story.summary) else story.summary
    for sentence in kept:
        said.add(sentence, story.number)
    see = tuple(dict.fromkeys(n for n in pointed if n not in (0, story.number)))
    return replace(story, summary=kept, see=see, known=story.known if kept else ())


def _line(story: EditionStory, said: _Said) -> EditionStory:
    """Return a story told in a line, with the item that tells it where its heading is a sentence said there."""
    read_in = story.headline_receipt.article_id
    before = said.by(story.headline, read_in, besides=story.number) if story.untitled and not story.see else None
    return replace(story, see=(before,)) if before else story


def _section(section: Section, said: _Said, again: Again) -> Section:
    """Return a section with the passages that say something new, those of one item together."""
    kept: dict[int, list[EditionPassage]] = {}
    pointed: list[int] = []
    place: PrintedIn = "passage" if section.stories else "lone passage"
    for passage in section.passages:
        new, before = said.sift(passage.sentences, passage.story)
        left = again(new, place) if len(new) < len(passage.sentences) else passage.sentences
        pointed += before if not left else []
        for sentence in left:
            said.add(sentence, passage.story)
        if left:
            kept.setdefault(passage.story, []).append(replace(passage, sentences=left))
    own = {story.number for story in section.stories} | kept.keys()
    return replace(
        section,
        passages=tuple(passage for passages in kept.values() for passage in passages),
        see=tuple(dict.fromkeys(n for n in pointed if n and n not in own)),
    )


def _pointing(section: Section, sections: Sequence[Section]) -> Section:
    """Return a section that prints nothing with pointers at the items that touch its theme: it is not without news."""
    if section.stories or section.passages or section.see:
        return section
    touching = [
        (-why.score, story.number)
        for part in sections
        for story in part.stories
        for why in story.why
        if why.theme == section.theme
    ]
    return replace(section, see=tuple(number for _, number in sorted(touching)[:POINTED]))


def _statements(statements: Sequence[CitedStatement], said: _Said) -> tuple[CitedStatement, ...]:
    kept = []
    for statement in statements:
        if said.by(statement.sentence.text, statement.sentence.article_id) is None:
            said.add(statement.sentence, statement.story)
            kept.append(statement)
    return tuple(kept)


def _source(source: Source, said: _Said) -> Source:
    """Return a source condensed to what is said nowhere else."""
    return replace(source, summary=tuple(s for s in source.summary if said.by(s.text, s.article_id) is None))
