"""Holds an edition to its length: in fewer words than its articles open with, what matters less in a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Literal

from briefing.model import CitedSentence, CitedStatement, Edition, EditionStory, Length, PrintedSentence, Sentence
from briefing.model.digest import counted
from briefing.model.numbering import cited_only
from briefing.stages.judgement.printing import closed

LEAD = 3  # sentences of an article that are its opening
LEAST = 150  # words, half a page: an edition of two or three articles is short enough


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much an edition of one length prints."""

    share: float  # of the words of its articles' openings
    stories: int  # told in sentences, at most, whatever the number of articles: what a reader has time for
    sentences: int  # of a story that is not among the `TOP`
    passages: int  # of a theme
    statements: int  # of the whole edition
    statements_of_one: int  # of one story
    line: float  # points of importance below which a story is told in a line


#: Of the lengths that take something away.
ALLOWANCES: dict[str, Allowance] = {
    "brief": Allowance(share=0.3, stories=12, sentences=1, passages=1, statements=0, statements_of_one=0, line=2.0),
    "standard": Allowance(share=0.75, stories=32, sentences=3, passages=6, statements=5, statements_of_one=3, line=1.0),
}
TOP = 8  # stories that keep their third sentence longest: as many as there are key points
FEWEST = 3  # stories that are told however little they matter


def lead_words(edition: Edition, sentences: Mapping[str, Sequence[Sentence]]) -> int:
    """Return the words of the first three sentences of every article an edition prints from.

    Args:
        edition: As made up.
        sentences: Article id → its sentences, in order.
    """
    openings = ([s for s in sentences.get(a.article_id, ()) if s.kind == "text"][:LEAD] for a in edition.sources)
    return sum(len(s.text.split()) for opening in openings for s in opening)


def fit_length(edition: Edition, length: Literal[Length, ""], lead: int) -> Edition:
    """Return the edition at a length.

    Of a length other than full, articles are not told in short, statements are few, and stories that matter little are
    told in a line. What is still too long gives way: third sentences of what is not among the first stories, from
    the least important story on whole texts, so that a line is left, passages and statements.

    Args:
        edition: As made up.
        length: "full" takes nothing away, nor does none.
        lead: Words of the openings of its articles.
    """
    allowed = ALLOWANCES.get(length)
    if allowed is None:
        return edition
    most = max(LEAST, round(allowed.share * lead))
    bare = _without_extras(edition, allowed)
    units = list(_units(bare, allowed))
    least, enough = 0, len(units)
    while least < enough:  # words never grow when more is taken away
        middle = (least + enough) // 2
        if quoted_words(_without(bare, units[:middle])) <= most:
            enough = middle
        else:
            least = middle + 1
    return counted(cited_only(_without(bare, units[:least])))


def quoted_words(edition: Edition) -> int:
    """Return the words an edition prints of articles' texts, headlines, digests and corrections apart."""
    printed: list[CitedSentence | PrintedSentence] = [
        sentence
        for place, sentence in edition.walk()
        if place[0] not in ("sources", "corrections") and "views" not in place and sentence.receipt.of == "body"
    ]
    printed += [known for story in edition.stories for known in story.known]
    return sum(len(s.text.split()) for s in printed)


#: What may be taken away: the text of a story from a sentence on, a passage, a statement.
Unit = tuple[Literal["text", "passage", "statement"], int, int]


def _units(edition: Edition, allowed: Allowance) -> Iterator[Unit]:
    """Yield what may be taken away, least valuable first."""
    ranked = sorted(edition.stories, key=lambda story: (story.importance, -story.number))
    told = [story for story in ranked if story.summary]
    passages = [(n, i) for n, section in enumerate(edition.sections) for i in range(len(section.passages))]
    yield from (("text", story.number, 2) for story in told[:-TOP])
    yield from (("passage", n, i) for n, i in reversed(passages) if i > 0)
    yield from (("statement", n, 0) for n in reversed(range(len(edition.statements))))
    yield from (("text", story.number, at) for story in told[:-FEWEST] for at in (1, 0))
    firsts = [(n, i) for n, i in reversed(passages) if i == 0]
    yield from (("passage", n, i) for n, i in firsts if edition.sections[n].stories)
    yield from (("text", story.number, at) for at in (2, 1) for story in told[-TOP:])
    yield from (("passage", n, i) for n, i in firsts if not edition.sections[n].stories)  # all that a theme has


def _without(edition: Edition, units: Sequence[Unit]) -> Edition:
    """Return the edition without some units."""
    kept = {number: at for kind, number, at in units if kind == "text"}
    gone = {(kind, n, i) for kind, n, i in units if kind != "text"}
    sections = tuple(
        replace(
            section,
            stories=tuple(_shortened(story, kept.get(story.number)) for story in section.stories),
            passages=tuple(p for i, p in enumerate(section.passages) if ("passage", n, i) not in gone),
        )
        for n, section in enumerate(edition.sections)
    )
    statements = tuple(s for n, s in enumerate(edition.statements) if ("statement", n, 0) not in gone)
    return replace(edition, sections=sections, statements=statements)


def _shortened(story: EditionStory, sentences: int | None) -> EditionStory:
    """Return a story with its first sentences alone; with none it is told in a line. Its digest tells it as before."""
    if sentences is None:
        return story
    kept = closed(story.summary[:sentences])
    return replace(story, summary=kept, known=story.known if kept else ())


def _without_extras(edition: Edition, allowed: Allowance) -> Edition:
    """Return the edition without articles in short, with few statements, stories that matter little in a line."""
    points = {point.story for point in edition.key_points}
    ranked = sorted(edition.stories, key=lambda story: (-story.importance, story.number))
    first = {story.number for story in ranked[:FEWEST]} | points
    beyond = {story.number for story in ranked[allowed.stories :]}
    small = {s.number for s in edition.stories if s.importance < allowed.line and s.number not in first} | beyond
    kept = {s.number: 0 if s.number in small else allowed.sentences for s in edition.stories}
    sections = tuple(
        replace(
            section,
            stories=tuple(_shortened(story, kept[story.number]) for story in section.stories),
            passages=section.passages[: allowed.passages],
        )
        for section in edition.sections
    )
    return replace(
        edition,
        sections=sections,
        sources=tuple(replace(source, summary=()) for source in edition.sources),
        statements=tuple(_few(edition.statements, small, allowed)),
    )


def _few(statements: Sequence[CitedStatement], small: set[int], allowed: Allowance) -> list[CitedStatement]:
    """Return the first statements of each story that is told, as many as are allowed of one and of all."""
    told = [said for said in statements if said.story not in small]
    by_story = groupby(sorted(told, key=attrgetter("story")), key=attrgetter("story"))
    kept = {id(said) for _, own in by_story for said in list(own)[: allowed.statements_of_one]}
    return [said for said in told if id(said) in kept][: allowed.statements]
