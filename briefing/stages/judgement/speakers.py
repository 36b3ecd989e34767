"""Propagates speakers over the sentences of one quotation, speech or statement that do not name theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.stages.judgement.stretches import Span

#: Sentences over which a speaker is carried to words of his that no one mark holds together.
CARRIED = 6


def carried(
    spans: Sequence[Span],
    paragraphs: Sequence[int],
    told: Mapping[int, str],
    voices: Sequence[str],
    stretches: Sequence[Span],
) -> list[str]:
    """Return the speaker of each sentence, "" where nobody is known to speak.

    Args:
        spans: Of the sentences in the body.
        paragraphs: Of the sentences.
        told: Position → who speaks there by the sentence's own words.
        voices: Of the sentences.
        stretches: What of the body is quotation.
    """
    found = [told.get(n, "") for n in range(len(voices))]
    quoted = _by_stretch(spans, told, stretches)
    for n, voice in enumerate(voices):
        if voice != "unmarked" or found[n]:
            continue
        found[n] = quoted.get(n, "") or _before(n, voices, found) or _behind(n, paragraphs, voices, told)
    return found


def _by_stretch(spans: Sequence[Span], told: Mapping[int, str], stretches: Sequence[Span]) -> dict[int, str]:
    """Return who speaks in each sentence that one quotation with one known speaker runs through, in linear time."""
    found: dict[int, str] = {}
    first = 0
    for start, end in stretches:
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        inside = first
        while inside < len(spans) and spans[inside][0] < end:
            inside += 1
        names = {told[n] for n in range(first, inside) if told.get(n)}
        if len(names) == 1:
            name = names.pop()
            for n in range(first, inside):
                found.setdefault(n, name)
        first = max(first, inside - 1)  # a sentence may hold the end of one and the start of the next
    return found


def _before(n: int, voices: Sequence[str], found: Sequence[str]) -> str:
    """Return the last speaker before, when nothing but his words stands between."""
    for i in range(n - 1, max(-1, n - 1 - CARRIED), -1):
        if found[i]:
            return found[i]
        if voices[i] not in ("unmarked", "attributed"):
            return ""
    return ""


def _behind(n: int, paragraphs: Sequence[int], voices: Sequence[str], told: Mapping[int, str]) -> str:
    """Return who is named behind the words of a paragraph, or of an article's opening."""
    for i in range(n + 1, min(len(voices), n + 1 + CARRIED)):
        if paragraphs[i] != paragraphs[n] and paragraphs[n] != paragraphs[0]:
            return ""
        if told.get(i):
            return told[i]
        if voices[i] != "unmarked":
            return ""
    return ""
