"""Applies the length contract: cuts the least valuable first and lists every cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from briefing.model import CitedSentence, Cut, Edition, LedgerEntry, PrintedSentence, Section
from briefing.model.digest import counted
from briefing.model.edition import SET_CLOSELY
from briefing.model.numbering import cited_only
from briefing.stages.edition.cut_names import names_of
from briefing.stages.edition.cuttable import Cuttable, page_units, printed_shorts, sentences_of, units_of, without_units

CUT_FOR_LENGTH = "Cut for length."


def fit_words(edition: Edition, *, per_theme: int = 0, per_source: int = 0) -> Edition:
    """Return the edition cut until no theme prints, and no article is quoted for, more words than allowed.

    Args:
        edition: The edition as made up.
        per_theme: Most words of summaries and passages under one theme; 0 for no limit.
        per_source: Most words printed from one article, every distinct sentence counted once; 0 for no limit.
    """
    cuts: list[Cuttable] = []
    units = [unit for unit in units_of(edition) if unit.kind != "point"]

    def theme_fits(n: int) -> Callable[[Edition], bool]:
        return lambda cut: _words(_section_sentences(cut.sections[n])) <= per_theme

    def source_fits(article_id: str) -> Callable[[Edition], bool]:
        return lambda cut: _words(_quoted(cut, article_id)) <= per_source

    for n in range(len(edition.sections)) if per_theme else ():
        own = [u for u in units if u.kind in ("sentence", "passage", "story") and u.section == n]
        cuts += _until(edition, own, cuts, theme_fits(n))
    for source in edition.sources if per_source else ():
        own = [u for u in units if u not in cuts and _quotes(edition, u, source.article_id)]
        cuts += _until(edition, own, cuts, source_fits(source.article_id))
    unmet = list(_unmet(without_units(edition, cuts), per_theme, per_source))
    if not cuts and not unmet:
        return edition
    return _without(edition, cuts, [Cut(what, "words") for what in (*unmet, *names_of(edition, cuts))])


def _unmet(cut: Edition, per_theme: int, per_source: int) -> Iterator[str]:
    """Yield the limits of words that the little which is never cut exceeds."""
    for section in cut.sections if per_theme else ():
        if (words := _words(_section_sentences(section))) > per_theme:
            yield f"the limit of {per_theme} words, which the shortest form of {section.name} exceeds: {words} words"
    for source in cut.sources if per_source else ():
        if (words := _words(_quoted(cut, source.article_id))) > per_source:
            yield f"the limit of {per_source} words, which the least quoted of {source.title} exceeds: {words} words"


def fit_pages(edition: Edition, pages: int, count: Callable[[Edition], int]) -> Edition:
    """Return the edition cut by as little as brings it down to ``pages`` pages.

    Before any news is cut the edition is set closely and its lists of sources and inputs give way. Key points are never
    cut, and headlines last: where they leave no room, the edition is cut by as little as brings it down to the fewest
    pages there can be, and its first cut says that the limit was not met.

    Args:
        edition: The edition as made up.
        pages: Most pages of the whole edition, from 1.
        count: Returns how many pages an edition takes.
    """
    if count(edition) <= pages:
        return edition
    shorts = printed_shorts(edition)
    units = [
        unit for unit in page_units(edition) if unit.kind != "short" or edition.sources[unit.index].article_id in shorts
    ]
    first = [Cut(SET_CLOSELY, "pages")]

    def cut(n: int) -> Edition:
        named = [Cut(what, "pages") for what in names_of(edition, units[:n])]
        return _without(edition, units[:n], [*first, *named])

    fewest = count(cut(len(units)))
    if fewest > pages:
        unmet = f"the limit of {pages} pages, which its key points exceed: {fewest} pages"
        first, pages = [Cut(unmet, "pages"), *first], fewest
    least, most = 0, len(units)
    while least < most:  # pages never grow when more is cut, so the smallest sufficient cut can be bisected
        middle = (least + most) // 2
        if count(cut(middle)) <= pages:
            most = middle
        else:
            least = middle + 1
    return cut(most)


def _until(
    edition: Edition, units: Sequence[Cuttable], cut: Sequence[Cuttable], fits: Callable[[Edition], bool]
) -> list[Cuttable]:
    for n in range(len(units) + 1):
        if fits(without_units(edition, [*cut, *units[:n]])):
            return list(units[:n])
    return list(units)


def _without(edition: Edition, units: Sequence[Cuttable], cuts: Sequence[Cut]) -> Edition:
    bare = _pointing_at_items(without_units(edition, units))
    kept = cited_only(replace(bare, key_points=tuple(p for p in bare.key_points if _still(p.sentence, bare))))
    return counted(replace(kept, cuts=(*edition.cuts, *cuts), ledger=_ledger(edition, kept)))


def _pointing_at_items(edition: Edition) -> Edition:
    """Return the edition without the pointers at items that were cut."""
    numbers = {story.number for story in edition.stories}

    def left(see: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(n for n in see if n in numbers)

    sections = (
        replace(s, see=left(s.see), stories=tuple(replace(story, see=left(story.see)) for story in s.stories))
        for s in edition.sections
    )
    return replace(edition, sections=tuple(sections))


def _still(sentence: CitedSentence, edition: Edition) -> bool:
    """Return whether a key point's article is still printed from: a cut story takes its key point along."""
    passages = (s for section in edition.sections for p in section.passages for s in p.sentences)
    homes = any(sentence.article_id in story.sources for story in edition.stories)
    return homes or any(sentence.receipt == s.receipt for s in passages)


def _section_sentences(section: Section) -> list[CitedSentence]:
    return [s for story in section.stories for s in story.summary] + [s for p in section.passages for s in p.sentences]


def _quoted(edition: Edition, article_id: str) -> list[CitedSentence | PrintedSentence]:
    cited = (s for place, s in edition.walk() if place[0] not in ("key_points", "corrections"))
    printed: list[CitedSentence | PrintedSentence] = [*cited, *(s for story in edition.stories for s in story.known)]
    return [s for s in {s.receipt: s for s in printed}.values() if s.receipt.article_id == article_id]


def _quotes(edition: Edition, unit: Cuttable, article_id: str) -> bool:
    return any(s.receipt.article_id == article_id for s in sentences_of(edition, unit))


def _words(sentences: Sequence[CitedSentence | PrintedSentence]) -> int:
    return sum(len(s.text.split()) for s in sentences)


def _ledger(before: Edition, after: Edition) -> tuple[LedgerEntry, ...]:
    """Return the ledger with what is no longer printed from marked as cut."""
    printed = {source.article_id for source in after.sources}
    return tuple(
        replace(entry, fate="left out", reason=CUT_FOR_LENGTH)
        if entry.fate in ("used", "told in a line") and entry.article_id not in printed
        else entry
        for entry in before.ledger
    )
