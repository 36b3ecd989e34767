"""Lists what the length contract can cut, in the order it is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from briefing.model import CitedSentence, Edition, EditionStory, Section
from briefing.stages.judgement.printing import closed

Kind = Literal["lists", "short", "statement", "sentence", "passage", "account", "point", "story", "quiet"]


@dataclass(frozen=True, slots=True)
class Cuttable:
    """One thing that can be cut: an article in short, a passage, the last sentence of a story, a story …"""

    kind: Kind
    section: int  # index into Edition.sections; 0 for what lies in no section
    index: int  # of the story or passage in the section, of the statement, account or point, of a short's source
    sentence: int = 0  # index in the story's summary


def units_of(edition: Edition) -> Iterator[Cuttable]:
    """Yield what can be cut, least valuable first.

    Articles in short and who said what go before what is said once only; then the last sentence of each story, the
    least prominent story first, again and again down to two; then passages, the last to the first, one of a theme
    kept; then the second sentences and the last passages. Boxes of differing accounts and key points, which repeat
    what the stories say, go before the first story does. A theme keeps one story, or one passage where it has none.
    What is no news, stories gone quiet and unchanged ones, goes after the articles in short.
    """
    sections = list(enumerate(edition.sections))
    yield from (unit for unit in _last_first("short", 0, edition.sources) if edition.sources[unit.index].summary)
    yield from _last_first("quiet", 0, edition.quiet)
    yield from _in_turn([[u for u in _last_first("story", n, s.stories) if _is_old(s, u)] for n, s in sections])
    yield from _last_first("statement", 0, edition.statements)
    longest = max((len(story.summary) for story in edition.stories), default=0)
    for at in range(longest - 1, 1, -1):
        yield from _in_turn([_sentences_at(at, n, s) for n, s in sections])
    yield from _in_turn([_last_first("passage", n, s.passages)[:-1] for n, s in sections])
    yield from _in_turn([_sentences_at(1, n, s) for n, s in sections])
    yield from _in_turn([_last_first("passage", n, s.passages)[-1:] if s.stories else [] for n, s in sections])
    yield from _last_first("account", 0, edition.accounts)
    yield from _last_first("point", 0, edition.key_points)
    yield from _in_turn(
        [[u for u in _last_first("story", n, s.stories) if not _is_old(s, u)][:-1] for n, s in sections]
    )


def page_units(edition: Edition) -> Iterator[Cuttable]:
    """Yield what a limit of pages can cut, least valuable first: for a reader who wants every headline and the news.

    The lists of sources and inputs go first, then articles in short, what is no news, statements, passages and boxes;
    then the texts of items, sentence by sentence from the last, those of what matters least before the others, so that
    a headline is left; at last items, but for those with a key point.
    """
    sections = list(enumerate(edition.sections))
    items = [(s, n, i) for n, section in sections for i, s in enumerate(section.stories) if s.state != "unchanged"]
    items.sort(key=lambda item: (item[0].importance, -item[0].number))
    yield Cuttable("lists", 0, 0)
    yield from (unit for unit in _last_first("short", 0, edition.sources) if edition.sources[unit.index].summary)
    yield from _last_first("quiet", 0, edition.quiet)
    yield from _in_turn([[u for u in _last_first("story", n, s.stories) if _is_old(s, u)] for n, s in sections])
    yield from _last_first("statement", 0, edition.statements)
    yield from _in_turn([_last_first("passage", n, s.passages) for n, s in sections])
    yield from _last_first("account", 0, edition.accounts)
    longest = max((len(story.summary) for story, *_ in items), default=0)
    for at in reversed(range(longest)):
        yield from (Cuttable("sentence", n, i, at) for story, n, i in items if at < len(story.summary))
    pointed = {point.story for point in edition.key_points}
    yield from (Cuttable("story", n, i) for story, n, i in items if story.number not in pointed)


def _is_old(section: Section, unit: Cuttable) -> bool:
    return section.stories[unit.index].state == "unchanged"


def _last_first(kind: Kind, section: int, things: Sequence[object]) -> list[Cuttable]:
    return [Cuttable(kind, section, index) for index in reversed(range(len(things)))]


def _sentences_at(at: int, n: int, section: Section) -> list[Cuttable]:
    return [
        Cuttable("sentence", n, i, at)
        for i in reversed(range(len(section.stories)))
        if at < len(section.stories[i].summary)
    ]


def _in_turn(rows: Sequence[Sequence[Cuttable]]) -> Iterator[Cuttable]:
    """Yield one unit of each section in turn, round-robin from the last section, until all are spent."""
    for turn in zip_longest(*reversed(rows)):
        yield from (unit for unit in turn if unit is not None)


def without_units(edition: Edition, units: Sequence[Cuttable]) -> Edition:
    """Return the edition without some units, all sources still listed."""
    gone = set(units)
    sections = tuple(
        replace(
            section,
            stories=tuple(
                _shorter(story, n, i, gone)
                for i, story in enumerate(section.stories)
                if Cuttable("story", n, i) not in gone
            ),
            passages=tuple(p for i, p in enumerate(section.passages) if Cuttable("passage", n, i) not in gone),
        )
        for n, section in enumerate(edition.sections)
    )
    return replace(
        edition,
        sections=sections,
        sources=tuple(
            replace(s, summary=()) if Cuttable("short", 0, n) in gone else s for n, s in enumerate(edition.sources)
        ),
        statements=tuple(said for n, said in enumerate(edition.statements) if Cuttable("statement", 0, n) not in gone),
        accounts=tuple(account for n, account in enumerate(edition.accounts) if Cuttable("account", 0, n) not in gone),
        quiet=tuple(story for n, story in enumerate(edition.quiet) if Cuttable("quiet", 0, n) not in gone),
        key_points=tuple(point for n, point in enumerate(edition.key_points) if Cuttable("point", 0, n) not in gone),
    )


def _shorter(story: EditionStory, section: int, index: int, gone: set[Cuttable]) -> EditionStory:
    """Return a story without the sentences that are cut; its digests hold no more than are left."""
    kept = closed([s for n, s in enumerate(story.summary) if Cuttable("sentence", section, index, n) not in gone])
    if len(kept) == len(story.summary):
        return story
    views = tuple(replace(view, summary=view.summary[: len(kept)]) for view in story.views if kept)
    return replace(story, summary=kept, views=views, known=story.known if kept else ())


def sentences_of(edition: Edition, unit: Cuttable) -> tuple[CitedSentence, ...]:
    """Return the sentences cut with a unit; none with a key point or a story, whose sentences are other units."""
    if unit.kind == "short":
        return edition.sources[unit.index].summary
    if unit.kind == "statement":
        return (edition.statements[unit.index].sentence,)
    if unit.kind == "account":
        return tuple(figure.sentence for figure in edition.accounts[unit.index].figures)
    section = edition.sections[unit.section]
    if unit.kind == "passage":
        return section.passages[unit.index].sentences
    if unit.kind == "sentence":
        return (section.stories[unit.index].summary[unit.sentence],)
    return ()


def printed_shorts(edition: Edition) -> frozenset[str]:
    """Return the ids of the articles printed in short: those of stories of several sources."""
    return frozenset(key for story in edition.stories if len(story.sources) > 1 for key in story.sources)
