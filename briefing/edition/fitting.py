"""The length contract: what is least worth is cut first, and every cut is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from briefing.model import CitedSentence, Cut, Edition, EditionStory, LedgerEntry, Section
from briefing.model.digest import counted, with_cited_sources

CUT_FOR_LENGTH = "Cut for length."


@dataclass(frozen=True, slots=True)
class _Unit:
    """One thing that can be cut: an article in short, a passage, the last sentence of a story, a story."""

    kind: Literal["short", "statement", "passage", "sentence", "story"]
    section: int  # index into Edition.sections; 0 for "short" and "statement"
    index: int  # of the story or passage in the section, of the statement; number of the source for "short"
    sentence: int = 0  # index in the story's summary


def fit_words(edition: Edition, *, per_theme: int = 0, per_source: int = 0) -> Edition:
    """Return the edition cut until no theme prints, and no article is quoted for, more words than allowed.

    Args:
        edition: The edition as made up.
        per_theme: Most words of summaries and passages under one theme; 0 for no limit.
        per_source: Most words printed from one article, every distinct sentence counted once; 0 for no limit.
    """
    cuts: list[_Unit] = []
    units = list(_units(edition))

    def theme_fits(n: int) -> Callable[[Edition], bool]:
        return lambda cut: _words(_section_sentences(cut.sections[n])) <= per_theme

    def source_fits(article_id: str) -> Callable[[Edition], bool]:
        return lambda cut: _words(_quoted(cut, article_id)) <= per_source

    for n in range(len(edition.sections)) if per_theme else ():
        own = [u for u in units if u.kind not in ("short", "statement") and u.section == n]
        cuts += _until(edition, own, cuts, theme_fits(n))
    for source in edition.sources if per_source else ():
        own = [u for u in units if u not in cuts and _quotes(edition, u, source.article_id)]
        cuts += _until(edition, own, cuts, source_fits(source.article_id))
    return _without(edition, cuts, "words") if cuts else edition


def fit_pages(edition: Edition, pages: int, count: Callable[[Edition], int]) -> Edition:
    """Return the edition cut by as little as brings it down to ``pages`` pages.

    Sources and ledger are never cut. Where they leave no room, the edition is cut by as little as brings it down to the
    fewest pages there can be, and its first cut says that the limit was not met.

    Args:
        edition: The edition as made up.
        pages: Most pages of the whole edition, from 1.
        count: Returns how many pages an edition takes.
    """
    if count(edition) <= pages:
        return edition
    units = list(_units(edition))
    fewest = count(_without(edition, units, "pages")) if units else pages
    if fewest > pages:
        unmet = Cut(f"the limit of {pages} pages, which sources and ledger exceed: {fewest} pages", "pages")
        edition, pages = replace(edition, cuts=(*edition.cuts, unmet)), fewest
    least, most = 1, len(units)
    while least < most:  # pages never grow when more is cut, so the smallest sufficient cut can be bisected
        middle = (least + most) // 2
        if count(_without(edition, units[:middle], "pages")) <= pages:
            most = middle
        else:
            least = middle + 1
    return _without(edition, units[:most], "pages")


def _units(edition: Edition) -> Iterator[_Unit]:
    """Yield what can be cut, least valuable first.

    Articles in short and who said what go before what is said once only; then the last sentence of each story, the
    least prominent story first, again and again down to two; then passages, the last to the first, one of a theme
    kept; then the second sentences; then stories, down to one a theme.
    """
    yield from (_Unit("short", 0, source.number) for source in reversed(edition.sources) if source.summary)
    yield from (_Unit("statement", 0, n) for n in reversed(range(len(edition.statements))))
    longest = max((len(story.summary) for story in edition.stories), default=0)
    for at in range(longest - 1, 1, -1):
        yield from _in_turn([_sentences_at(at, n, section) for n, section in enumerate(edition.sections)])
    yield from _in_turn([_last_first("passage", n, s.passages)[:-1] for n, s in enumerate(edition.sections)])
    yield from _in_turn([_sentences_at(1, n, section) for n, section in enumerate(edition.sections)])
    yield from _in_turn([_last_first("passage", n, s.passages)[-1:] for n, s in enumerate(edition.sections)])
    yield from _in_turn([_last_first("story", n, s.stories)[:-1] for n, s in enumerate(edition.sections)])


def _last_first(kind: Literal["passage", "story"], section: int, things: Sequence[object]) -> list[_Unit]:
    return [_Unit(kind, section, index) for index in reversed(range(len(things)))]


def _sentences_at(at: int, n: int, section: Section) -> list[_Unit]:
    return [
        _Unit("sentence", n, i, at)
        for i in reversed(range(len(section.stories)))
        if at < len(section.stories[i].summary)
    ]


def _in_turn(rows: Sequence[Sequence[_Unit]]) -> Iterator[_Unit]:
    """Yield one unit of each section in turn, the last section first, until all are spent."""
    for turn in zip_longest(*reversed(rows)):
        yield from (unit for unit in turn if unit is not None)


def _until(
    edition: Edition, units: Sequence[_Unit], cut: Sequence[_Unit], fits: Callable[[Edition], bool]
) -> list[_Unit]:
    for n in range(len(units) + 1):
        if fits(_bare(edition, [*cut, *units[:n]])):
            return list(units[:n])
    return list(units)


def _without(edition: Edition, units: Sequence[_Unit], why: str) -> Edition:
    bare = _bare(edition, units)
    kept = with_cited_sources(replace(bare, key_points=tuple(p for p in bare.key_points if _still(p.sentence, bare))))
    cuts = (*edition.cuts, *(Cut(_named(edition, unit), why) for unit in units))
    return counted(replace(kept, cuts=cuts, ledger=_ledger(edition, kept)))


def _bare(edition: Edition, units: Sequence[_Unit]) -> Edition:
    """Return the edition without some units, its sources still numbered as they were."""
    gone = set(units)
    sections = tuple(
        replace(
            section,
            stories=tuple(
                _shorter(story, n, i, gone)
                for i, story in enumerate(section.stories)
                if _Unit("story", n, i) not in gone
            ),
            passages=tuple(p for i, p in enumerate(section.passages) if _Unit("passage", n, i) not in gone),
        )
        for n, section in enumerate(edition.sections)
    )
    sources = tuple(replace(s, summary=()) if _Unit("short", 0, s.number) in gone else s for s in edition.sources)
    statements = tuple(said for n, said in enumerate(edition.statements) if _Unit("statement", 0, n) not in gone)
    return replace(edition, sections=sections, sources=sources, statements=statements)


def _shorter(story: EditionStory, section: int, index: int, gone: set[_Unit]) -> EditionStory:
    kept = tuple(s for n, s in enumerate(story.summary) if _Unit("sentence", section, index, n) not in gone)
    return replace(story, summary=kept)


def _still(sentence: CitedSentence, edition: Edition) -> bool:
    """Return whether a key point's article is still printed from: a cut story takes its key point along."""
    return any(sentence.receipt == s.receipt for section in edition.sections for s in _section_sentences(section))


def _section_sentences(section: Section) -> list[CitedSentence]:
    return [s for story in section.stories for s in story.summary] + [s for p in section.passages for s in p.sentences]


def _quoted(edition: Edition, article_id: str) -> list[CitedSentence]:
    printed = [s for section in edition.sections for s in _section_sentences(section)]
    printed += [s for source in edition.sources for s in source.summary]
    return [s for s in {s.receipt: s for s in printed}.values() if s.receipt.article_id == article_id]


def _quotes(edition: Edition, unit: _Unit, article_id: str) -> bool:
    if unit.kind == "short":
        return edition.source(unit.index).article_id == article_id
    if unit.kind == "statement":
        return False
    section = edition.sections[unit.section]
    if unit.kind == "passage":
        return section.passages[unit.index].sentences[0].receipt.article_id == article_id
    if unit.kind == "sentence":
        return section.stories[unit.index].summary[unit.sentence].receipt.article_id == article_id
    return False


def _words(sentences: Sequence[CitedSentence]) -> int:
    return sum(len(s.text.split()) for s in sentences)


def _named(edition: Edition, unit: _Unit) -> str:
    if unit.kind == "short":
        return f"the short of source {unit.index}: {edition.source(unit.index).title}"
    if unit.kind == "statement":
        return f"what {edition.statements[unit.index].speaker} said"
    section = edition.sections[unit.section]
    if unit.kind == "passage":
        return f"a passage on {section.name} from {edition.source(section.passages[unit.index].source).title}"
    story = section.stories[unit.index]
    if unit.kind == "sentence":
        return f"sentence {unit.sentence + 1} of item {story.number}: {story.headline}"
    return f"item {story.number}: {story.headline}"


def _ledger(before: Edition, after: Edition) -> tuple[LedgerEntry, ...]:
    """Return the ledger with what is no longer printed from marked as cut."""
    printed = {source.article_id for source in after.sources}
    return tuple(
        replace(entry, fate="left out", reason=CUT_FOR_LENGTH)
        if entry.fate == "used" and entry.article_id not in printed
        else entry
        for entry in before.ledger
    )
