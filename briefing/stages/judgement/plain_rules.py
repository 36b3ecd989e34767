"""Judges by rules where nothing was learned of a language: the shape of a line, its opening, quotation marks.

Whose words a sentence is, is given where the language has words that tell; else nothing is refused for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.model import Article, Judgement, Needs, Sentence, Voice
from briefing.text.languages import Language
from briefing.text.openings import asks_or_teases, leans_back, openings, points_back
from briefing.text.quote_marks import quotations

#: A line of its own without a stop is a heading up to so many words.
HEADING_WORDS = 12
_NO_TEXT = frozenset(("caption", "heading"))
_ENDS = ".!?…。！？”\"’'»)"
_ADDRESSES = ("http://", "https://", "www.", "pic.twitter.com")


def judged_by_rules(
    article: Article,
    sentences: Sequence[Sentence],
    spoken: Language,
    said: Mapping[int, str],
    heard: Mapping[int, Voice] | None,
) -> tuple[Judgement, ...]:
    """Return what rules alone say of an article's sentences, in order.

    Args:
        article: Any article.
        sentences: Its sentences, in order.
        spoken: Its language.
        said: Position → who speaks there.
        heard: Position → whose words it is, where the language has words that tell; None where it has none.
    """
    known = openings(spoken.code)
    found = []
    for n, (sentence, quoted) in enumerate(zip(sentences, quotations(sentences), strict=True)):
        text = sentence.text
        reasons = []
        if unfit := _no_prose(sentence, sentences, n):
            reasons.append(f"no prose: {unfit}")
        leans = n > 0 and (leans_back(text, spoken) or points_back(text, known))
        needs: Needs = "previous" if leans or quoted.begins_inside else "more" if asks_or_teases(text, known) else ""
        if needs:
            reasons.append(f"needs {needs}: {'begins inside a quotation' if quoted.begins_inside else 'its opening'}")
        voice = (heard or {}).get(sentence.position, "reported")
        speaker = said.get(sentence.position, "") if voice != "reported" else ""
        if voice == "unmarked":
            reasons.append("unmarked: no words of speech beside a quotation or reported speech")
        is_voiced = heard is not None
        found.append(
            Judgement(sentence, not unfit, needs, voice, speaker, why=tuple(reasons), full=False, voiced=is_voiced)
        )
    return tuple(found)


def _no_prose(sentence: Sentence, sentences: Sequence[Sentence], n: int) -> str:
    """Return why a line is not news prose, or "" when it is."""
    text = sentence.text
    if sentence.kind in _NO_TEXT:
        return f"a {sentence.kind}"
    if not any(map(str.isalpha, text)):
        return "no words"
    if text.isupper() and len(text.split()) > 1:
        return "all in capitals"
    if len(text.split()) <= HEADING_WORDS and any(map(text.__contains__, _ADDRESSES)):
        return "an address"
    beside = [sentences[i] for i in (n - 1, n + 1) if 0 <= i < len(sentences)]
    is_alone = all(other.paragraph != sentence.paragraph for other in beside)
    if is_alone and len(beside) and text[-1] not in _ENDS and len(text.split()) <= HEADING_WORDS:
        return "a line of its own without a stop"
    return ""
