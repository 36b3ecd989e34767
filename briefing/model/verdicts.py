"""What a printed sentence lacks by its verdict: checked by the proof, and by whoever changes what stands before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from briefing.model.cited import CitedSentence
from briefing.model.edition import Edition
from briefing.model.walk import Place, replaced

#: Code points between two sentences of which one follows the other in their article.
NEXT = 4
#: Places that print a sentence's speaker or history beside it in any case.
_SAID_BESIDE = ("statements", "corrections")


class Span(Protocol):
    """A sentence, or the receipt of one."""

    @property
    def article_id(self) -> str: ...  # noqa: D102
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


def follows(before: Span | None, after: Span) -> bool:
    """Return whether a span stands directly behind another one in their article."""
    return before is not None and before.article_id == after.article_id and 0 <= after.start - before.end <= NEXT


def lacking(edition: Edition) -> Iterator[tuple[Place, str]]:
    """Yield the printed sentences that lack what their verdict asks for, each with what it lacks.

    What an editor printed against the judge is not among them.
    """
    last: tuple[Place, CitedSentence] | None = None
    for place, cited in edition.walk():
        behind = last[1] if last and last[0][:-1] == place[:-1] and place[0] != "sources" else None
        problem = "" if cited.by_editor else _lack(place, cited, behind)
        if problem:
            yield place, problem
        last = place, cited


def is_named_behind(cited: CitedSentence, after: CitedSentence | None) -> bool:
    """Return whether the sentence printed behind another, and standing behind it, says whose words both are."""
    if after is None or cited.verdict is None or after.verdict is None or not follows(cited.receipt, after.receipt):
        return False
    return after.verdict.voice == "attributed" and after.verdict.speaker == cited.verdict.speaker != ""


def with_editors_choices(edition: Edition) -> Edition:
    """Return an edition that an editor changed, what now lacks something by its verdict marked as his choice."""
    chosen = {place for place, _ in lacking(edition)}

    def change(place: Place, cited: CitedSentence) -> CitedSentence:
        return replace(cited, by_editor=True) if place in chosen else cited

    changed: Edition = replaced(edition, CitedSentence, change) if chosen else edition
    return changed


def _lack(place: Place, cited: CitedSentence, before: CitedSentence | None) -> str:
    verdict = cited.verdict
    if verdict is None:
        return ""
    if verdict.voice == "unmarked" and place[0] not in _SAID_BESIDE and cited.words_of is None:
        return "It is somebody's words, and whose is not printed with it."
    if verdict.voice == "opinion" and place[0] == "key_points":
        return "It is its author's view, which is no key point."
    if verdict.needs == "previous" and not follows(before.receipt if before else None, cited.receipt):
        return "It needs the sentence before it, which is not printed before it."
    if verdict.needs == "more" and cited.introduced is None:
        return "It points at something that nothing printed with it names."
    return ""
