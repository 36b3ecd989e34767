"""Turns what the judge permits into what is printed beside a sentence: verdict, speaker, referent."""

from __future__ import annotations

from briefing.model import Article, Judgement, Receipt, SetApart, Verdict
from briefing.stages.judgement.printing import Permit, printed_voice


def verdict_of(judgement: Judgement | None, given: Permit) -> Verdict | None:
    """Return the verdict that is kept of a printed sentence; None where its language has no data for one."""
    if judgement is None or not judgement.voiced:
        return None
    return Verdict(printed_voice(judgement), judgement.speaker, given.needs)


def speaker_of(article: Article, given: Permit) -> SetApart | None:
    """Return the speaker to be printed with a sentence, with the receipt of where the article first names him."""
    if not given.mark:
        return None
    at = article.body.find(given.mark)
    if at >= 0:
        return SetApart(given.mark, Receipt.made(article.id, at, at + len(given.mark), given.mark))
    at = article.title.find(given.mark)
    return SetApart(given.mark, Receipt.made(article.id, at, at + len(given.mark), given.mark, "title"))


def referent_of(article: Article, given: Permit) -> SetApart | None:
    """Return the span further up that names what a sentence points at, to be printed before it."""
    span = given.introduced
    return SetApart(article.body[span.start : span.end], span) if span else None
