"""Who speaks in each sentence of an article, by the sentence's own words or the quotation it is part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.model import Article, Sentence, Voice
from briefing.stages.claims.cue_words import has_cues
from briefing.stages.claims.quoted import outside, quotations
from briefing.stages.claims.speakers import Read
from briefing.stages.claims.tokens import Speaker
from briefing.stages.claims.voices import read_speech
from briefing.text.languages import Language, language_of


def speakers_of(article: Article, sentences: Sequence[Sentence]) -> Mapping[int, str]:
    """Return the position of each sentence in which one speaker is certain → the name, as the article prints it."""
    found: dict[int, str] = {}
    for read in read_speech(article, tuple(sentences)):
        names = {speaker.name for speaker in read.speakers or _carried(read)}
        if len(names) == 1 and (name := names.pop()) in article.body:
            found |= dict.fromkeys(read.positions, name)
    return found


def _carried(read: Read) -> tuple[Speaker, ...]:
    """Return whose words a sentence without words of speech goes on with."""
    known = tuple(s for s in read.hinted if s.official is not None and s.kind in ("person", "body") and s.name)
    return () if read.cues else known


def voices_of(article: Article, sentences: Sequence[Sentence]) -> Mapping[int, Voice] | None:
    """Return the position of each sentence that is somebody's words → whether it says so itself.

    None for a language that is not read by cues: English sentences are judged by what was learnt of labelled ones.
    """
    spoken = language_of(article)
    if not has_cues(spoken):
        return None
    own = {s.position: s for s in sentences}
    found: dict[int, Voice] = {}
    for read in read_speech(article, tuple(sentences)):
        if read.cues or read.unsure or read.inside or read.hinted:
            for position in read.positions:
                is_said = any(own[position].start <= at < own[position].end for at in read.cues)
                found[position] = "attributed" if is_said or _is_led(read, spoken) else "unmarked"
    return found


def _is_led(read: Read, spoken: Language) -> bool:
    """Return whether words beside a quotation say whose it is, by a verb that is not known: '«…», …'."""
    text = read.sentence.text
    return read.unsure and len(read.positions) == 1 and any(map(str.isalnum, outside(text, quotations(text, spoken))))
