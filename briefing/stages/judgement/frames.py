"""Finds the stretches of an article in one voice: the reporter's, a speech, an interview, a statement, an opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.model import Frame, FrameKind, Judgement

#: What a stretch of somebody's words is, by the word the sentences around it have for it; the first that is found.
_OCCASIONS: tuple[tuple[FrameKind, re.Pattern[str]], ...] = (
    ("interview", re.compile(r"\b(?:interview|told (?:reporters|journalists|\w+ in an))\b", re.IGNORECASE)),
    ("speech", re.compile(r"\b(?:speech|address(?:ed|ing)?|congress|rally|sermon)\b", re.IGNORECASE)),
    ("assessment", re.compile(r"\b(?:assess\w*|report|study|survey|analysis|institute|intelligence)\b", re.IGNORECASE)),
    (
        "statement",
        re.compile(
            r"\b(?:statement|letter|appeal|declaration|communiqu\S|resolution|blog|post|briefing)\b", re.IGNORECASE
        ),
    ),
)
#: Sentences before a stretch in which that word is looked for.
_AROUND = 3
_OTHERS = ("unmarked", "opinion")


def frames(judged: Sequence[Judgement]) -> tuple[Frame, ...]:
    """Return an article's stretches in one voice, in order, every sentence in one of them.

    What is attributed belongs to the reporter unless it stands between words of the same speaker.
    """
    found: list[Frame] = []
    for n, (kind, speaker) in enumerate(_joined(judged)):
        last = found[-1] if found else None
        if last and (last.kind == kind) and (last.speaker == speaker or kind == "report"):
            found[-1] = Frame(last.first, n, kind, last.speaker)
        else:
            found.append(Frame(n, n, kind, speaker))
    return tuple(_named(frame, judged) for frame in found)


def _joined(judged: Sequence[Judgement]) -> list[tuple[FrameKind, str]]:
    """Return what voice each sentence is in, and whose: an attributed one between words of its speaker is his too."""
    rows: list[tuple[FrameKind, str]] = []
    for n, j in enumerate(judged):
        if j.voice == "opinion":
            rows.append(("opinion", ""))
        elif j.voice == "unmarked" or (j.voice == "attributed" and j.speaker and _beside(judged, n)):
            rows.append(("quotation", j.speaker))
        else:
            rows.append(("report", ""))
    return rows


def _beside(judged: Sequence[Judgement], n: int) -> bool:
    return any(
        judged[i].voice == "unmarked" and judged[i].speaker == judged[n].speaker
        for i in (n - 1, n + 1)
        if 0 <= i < len(judged)
    )


def _named(frame: Frame, judged: Sequence[Judgement]) -> Frame:
    """Return a stretch with what its words were said in, where the sentences before or in it say so."""
    if frame.kind != "quotation" or frame.last == frame.first:
        return frame
    around = " ".join(j.sentence.text for j in judged[max(0, frame.first - _AROUND) : frame.last + 1])
    kind: FrameKind = next((name for name, words in _OCCASIONS if words.search(around)), frame.kind)
    return Frame(frame.first, frame.last, kind, frame.speaker)
