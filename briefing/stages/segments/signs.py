"""Detects the layout of a text of several events: by the hour, as a list, under headings, or as its title says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.stages.segments.blocks import Block
from briefing.stages.segments.phrases import Phrases
from briefing.stages.segments.wording import Wording, WordingReader, most_shared

#: Entries with one mark from which they are the signs of the text, and their least share of its news.
LEAST_ENTRIES, LEAST_SHARE = 3, 0.3
#: Labels from which they are, in a text that says it tells several events.
LEAST_LABELS = 2
#: Entries from which a list that nothing announces may be one of events.
UNANNOUNCED_ENTRIES = 4
#: Share of entries that must say who said so or name a day: the terms of a treaty, recipes, key points and the minutes
#: of one event do not. Of eleven live blogs the least has .75.
READS_AS_NEWS = 0.4
#: Share of the entries, and of the sections under headings, in which one telling word may stand when they are of
#: several subjects, and entries in which it may however few there are.
ONE_SUBJECT, ONE_SUBJECT_OF_SECTIONS, MAY_SHARE = 0.34, 0.5, 2
#: Headings with news under them from which a text that nothing announces may be one of several events, paragraphs
#: that a section of one has at most in the mean, and the share of sections that may have a telling word of the first.
LEAST_HEADINGS, LONGEST_SECTION, LIKE_THE_FIRST = 4, 5, 0.6
#: Headings with news under them that a newsletter of several events has: many a newsletter tells one.
LEAST_LETTER_HEADINGS = 2


@dataclass(frozen=True, slots=True)
class Signs:
    """What shows that a text tells several events, and where they can begin."""

    mark: str = ""  # of its entries, one of `marks.MARKS`; "" when they have none
    is_list: bool = False  # its title promises a list of events
    is_letter: bool = False  # its title is that of a newsletter or a live blog, and it has headings
    is_announced: bool = False  # a paragraph says that events follow
    is_headed: bool = False  # it has many headings and no one subject

    def __bool__(self) -> bool:
        return bool(self.mark) or self.is_list or self.is_letter or self.is_announced or self.is_headed


def signs_of(title: str, blocks: Sequence[Block], phrases: Phrases, reader: WordingReader) -> Signs:
    """Return how a text is laid out; false when nothing shows that it tells several events."""
    is_list = phrases.is_list(title)
    is_letter = phrases.is_letter(title, (block.text for block in blocks if block.role == "heading"))
    is_announced = any(block.role == "announcement" for block in blocks)
    news = [block for block in blocks if block.is_news]
    under = sum(block.is_headed for block in news)
    over = {block.text.casefold() for block in blocks if block.role == "heading"}
    headings = min(under, len(over))  # those of an interview are the two speakers, again and again
    return Signs(
        mark=_mark_of_entries(news, phrases, is_list or is_letter or is_announced, reader),
        is_list=is_list,
        is_letter=is_letter and headings >= LEAST_LETTER_HEADINGS,
        is_announced=is_announced,
        is_headed=headings >= LEAST_HEADINGS and _are_events(_sections(news), reader),
    )


def _mark_of_entries(news: Sequence[Block], phrases: Phrases, announced: bool, reader: WordingReader) -> str:
    by_mark: defaultdict[str, list[Block]] = defaultdict(list)
    for block in news:
        by_mark[block.mark].append(block)
    if by_mark["rule"]:
        by_mark["rule"] = list({id(block): block for block in (*news[:1], *by_mark["rule"])}.values())
    for mark in ("time", "dateline", "symbol", "item", "rule"):
        entries = by_mark[mark]
        different = {block.text.split()[0] if mark == "dateline" else block.text for block in entries}
        enough = len(different) >= LEAST_ENTRIES and len(entries) >= LEAST_SHARE * len(news)
        if enough and _tells_events(mark, entries, announced, reader):
            return mark
    labelled = sum(not phrases.continues(block.text) for block in by_mark["label"])
    return "label" if announced and labelled >= LEAST_LABELS and labelled >= LEAST_SHARE * len(news) else ""


def _tells_events(mark: str, entries: Sequence[Block], announced: bool, reader: WordingReader) -> bool:
    """Return whether entries with one mark are events: announced, or they read as news and of no one subject.

    Datelines are those of reports of their own; entries by the hour may all be of one crisis.
    """
    if mark == "dateline" or (announced and mark != "time"):
        return True
    wordings = [reader.read(entry.text) for entry in entries]
    if reader.language.attribution_verbs:
        told = sum(wording.attributes or wording.is_dated for wording in wordings)
        if told < READS_AS_NEWS * len(wordings):
            return False
    elif mark != "time":
        return False
    return mark == "time" or (
        len(entries) >= (LEAST_ENTRIES if mark == "rule" else UNANNOUNCED_ENTRIES) and _has_no_subject(wordings)
    )


def _sections(news: Sequence[Block]) -> list[list[Block]]:
    """Return the news of a text by the headings it stands under."""
    found: list[list[Block]] = []
    for block in news:
        if block.is_headed or not found:
            found.append([])
        found[-1].append(block)
    return found


def _are_events(sections: Sequence[Sequence[Block]], reader: WordingReader) -> bool:
    """Return whether sections nothing announces are events: short, each opening as news does, of no one subject."""
    openings = [reader.read(section[0].text) for section in sections]
    told = sum(wording.attributes or wording.is_dated for wording in openings)
    if told < READS_AS_NEWS * len(openings) or sum(map(len, sections)) > LONGEST_SECTION * len(sections):
        return False
    telling = [reader.telling(" ".join(block.text for block in section)) for section in sections]
    like_the_first = sum(not words.isdisjoint(telling[0]) for words in telling[1:])
    commonest = max(Counter(stem for words in telling for stem in words).values(), default=0)
    return commonest <= ONE_SUBJECT_OF_SECTIONS * len(sections) and like_the_first <= LIKE_THE_FIRST * (
        len(sections) - 1
    )


def _has_no_subject(wordings: Sequence[Wording]) -> bool:
    return most_shared(wordings) <= max(MAY_SHARE, ONE_SUBJECT * len(wordings))
