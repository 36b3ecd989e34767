"""Scores each paragraph as the beginning of an event: by layout signs, and by how little it continues the last ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from briefing.stages.segments.blocks import Block
from briefing.stages.segments.phrases import Phrases
from briefing.stages.segments.signs import Signs
from briefing.stages.segments.wording import Wording, WordingReader, shared

#: Paragraphs before one that it may go on with, with the headings over them.
REACH = 3
#: Log odds; a paragraph of positive sum begins an event. Learnt from `roundups.dev` beside openings of articles of
#: `ukraine_pool.dev` put together, rounded; the script and its scores: training/segments.py, docs/segments.md.
WEIGHTS: Mapping[str, float] = {
    "always": 0.1,
    "shared with the paragraph before": -7.7,
    "shared with the three before": -7.6,
    "names again by surname": -1.2,
    "names again in full": 0.1,
    "leans back": -1.5,
    "opens with a quotation": -0.9,
    "names a day": 0.7,
    "opens with a noun used before": -0.3,
    "under a heading": 0.4,
    "further down under a heading": -0.9,
    "entry by its mark": 2.9,
    "list promised by the title": 4.3,
    "several events may follow": 1.9,
}


def starts_of(blocks: Sequence[Block], signs: Signs, phrases: Phrases, reader: WordingReader) -> tuple[int, ...]:
    """Return the places of the blocks at which an event begins, in order; the first news always does."""
    scored = list(Scorer(blocks, signs, phrases).features(reader))
    return (*(n for n, _ in scored[:1]), *(n for n, found in scored[1:] if found and score(found) > 0))


def score(features: Mapping[str, float]) -> float:
    """Return the log odds that an event begins at a paragraph."""
    return sum(WEIGHTS[name] * value for name, value in features.items())


class Scorer:
    """Finds the features of the paragraphs of one article, in order."""

    def __init__(self, blocks: Sequence[Block], signs: Signs, phrases: Phrases) -> None:
        self._blocks, self._signs, self._phrases = blocks, signs, phrases
        self._in_summary = _in_summaries(blocks, phrases) if signs.mark == "time" else frozenset()
        # Each event has its heading, an introduction aside: what stands further down under one goes on with it.
        headed = any(block.is_headed for block in [block for block in blocks if block.is_news][:2])
        self._is_sectioned = headed and not signs.mark and not signs.is_announced
        entries = (n for n, block in enumerate(blocks) if block.is_news and block.mark == signs.mark)
        self._first_entry = next(entries, len(blocks)) if signs.mark else len(blocks)

    def features(self, reader: WordingReader) -> Iterator[tuple[int, dict[str, float]]]:
        """Yield the place of each block of news and its features, by the names of `WEIGHTS`.

        There are none where no event can begin: the paragraph names nobody, no place, figure or day where none is due,
        or it answers a question, stands between two entries, or its label says that it belongs to the event before.
        """
        before = _Before()
        for n, block in enumerate(self._blocks):
            if block.role == "heading":
                before.above.append(reader.rarities(block.text))
            if not block.is_news:
                continue
            own = reader.read(block.text)
            is_due = block.is_headed or self._is_entry(n) or self._signs.is_list
            can_begin = (own.is_specific or is_due) and not self._goes_on(n)
            wording = {} if self._is_sure(n) else before.compared(own)
            yield n, {"always": 1.0, **wording, **self._by_signs(n)} if can_begin else {}
            before.take(own)

    def _is_sure(self, n: int) -> bool:
        """Return whether a block begins an event whatever its words: its mark is that of the entries, and no label."""
        return self._is_entry(n) and self._signs.mark != "label"

    def _goes_on(self, n: int) -> bool:
        """Return whether a block belongs to the event before by its place or its label."""
        block = self._blocks[n]
        between = self._signs.mark not in ("", "label") and n > self._first_entry and not self._is_sure(n)
        within = self._is_sectioned and block.is_under
        return between or within or block.answers or self._phrases.continues(block.text)

    def _by_signs(self, n: int) -> dict[str, float]:
        signs, is_entry = self._signs, self._is_entry(n)
        return {
            "under a heading": float(self._blocks[n].is_headed),
            "further down under a heading": float(self._blocks[n].is_under),
            "entry by its mark": float(is_entry),
            "list promised by the title": float(signs.is_list),
            "several events may follow": float(signs.is_letter or signs.is_announced or signs.is_headed),
        }

    def _is_entry(self, n: int) -> bool:
        """Return whether a block opens with the mark of the text's entries, or stands in one that sums others up."""
        return n in self._in_summary or (bool(self._signs.mark) and self._blocks[n].mark == self._signs.mark)


class _Before:
    """What a paragraph may go on with: the last ones, the headings over it, all names so far."""

    def __init__(self) -> None:
        self.late: deque[Wording] = deque(maxlen=REACH)
        self.above: list[Mapping[str, float]] = []  # headings since the last paragraph: the next one's own
        self.over: deque[tuple[Mapping[str, float], ...]] = deque(maxlen=REACH)  # those of each of the last ones
        self.names: set[str] = set()

    def take(self, wording: Wording) -> None:
        """Take a paragraph for one of those before the next."""
        self.late.append(wording)
        self.over.append(tuple(self.above))
        self.above.clear()
        self.names |= wording.names

    def compared(self, own: Wording) -> dict[str, float]:
        """Return what a paragraph has in common with what stands before it."""
        around: dict[str, float] = {}
        for words in (*(wording.rarities for wording in self.late), *(h for headings in self.over for h in headings)):
            around.update(words)
        parts = {word for wording in self.late for word in wording.parts}
        return {
            "shared with the paragraph before": shared(self.late[-1].rarities, own.rarities) if self.late else 0.0,
            "shared with the three before": shared(around, own.rarities) if self.late else 0.0,
            "names again by surname": float(min(2, len(own.single & parts))),
            "names again in full": float(min(2, len(own.names & self.names))),
            "leans back": float(own.leans),
            "opens with a quotation": float(own.quotes),
            "names a day": float(own.is_dated),
            "opens with a noun used before": float(not own.resumes.isdisjoint(around)),
        }


def _in_summaries(blocks: Sequence[Block], phrases: Phrases) -> frozenset[int]:
    """Return the blocks that follow in an entry by the hour that sums others up, each of an event of its own."""
    found, sums_up = set(), False
    for n, block in enumerate(blocks):
        if block.mark == "time" and block.is_news:
            sums_up = phrases.sums_up(block.text)
        elif sums_up:
            found.add(n)
    return frozenset(found)
