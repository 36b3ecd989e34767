"""Resolves what a sentence points at to the span further up in its article that names it.

Three kinds are resolved: a surname to the full name with its apposition, 'he' and 'she' to the speaker's, and 'the
ministry' to the ministry's name. What hangs for another reason ('also', 'this') has no referent to print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.model import Article, Receipt
from briefing.stages.judgement.lexicon import Lexicon, Word
from briefing.stages.judgement.reading import Read
from briefing.text.openings import openings

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
#: Words from a sentence's start within which it must point at somebody, to hang for that.
_OPENING = 6
_HEAD = 60  # code points from its start within which it names a body
_TITLES = frozenset(("mr", "mrs", "ms", "dr", "mr.", "mrs.", "ms.", "dr."))
#: Sentences before within which a name, and a body is looked for.
_FAR, _REACH = 60, 15
_CAPITALISED = r"[^\W\d_a-zа-яёіїєґ][\w’'.-]{0,30}"
_ROLES = (
    re.compile(r"\b(?:[Tt]he|[Aa]n?) (?:[\w’'-]{1,20},? ){1,6}$"),
    re.compile(r"(?:(?!\d)[\w’'-]{1,20} ){0,3}(?!\d)[\w’'-]{1,20},? $"),
)
_APPOSITION = re.compile(r", (?:an?|the|who|\w+[’']s) [^,.;:“”\"]{3,70}(?=,)")
_NO_FORENAME = "Mr|Mrs|Ms|In|At|On|Of|From|To|For|The|But|And|As|By|After|Before|Near|With|When|While|If"
_FORENAMES = re.compile(rf"(?!(?:{_NO_FORENAME})\b)(?:{_CAPITALISED} ){{1,3}}$")
_NO_ROLE = frozenset(
    ("to", "of", "in", "on", "at", "by", "for", "from", "with", "about", "against", "his", "her", "their")
)
_CUT_NAME = re.compile(rf"(?:{_CAPITALISED} ){{1,2}}$")
_BEFORE = 110  # code points before a name in which its office stands
_BODY = re.compile(
    r"\b[Tt]he (ministry|company|institute|agency|department|commission|group|council|party|committee|organi[sz]ation"
    r"|union|bank|embassy|court|university|firm|newspaper|service|fund|centre|center|association|office|government|president|minister"
    r"|governor|mayor|spokesman|spokeswoman|spokesperson|secretary|chancellor|senator|ambassador|commander|general)\b"
)
_SPEECH_WORDS = re.compile(
    r"\b(?:sourcing|citing|quoting|said|says|told|added|and|that|which|when|after|as|by|of the|in|on|with|for|from)\b"
)


def referent(article: Article, reads: Sequence[Read], at: int, speaker: str, lexicon: Lexicon) -> Receipt | None:
    """Return the receipt of the span that names what a sentence points at; None where none is found.

    Args:
        article: Any article.
        reads: Its sentences.
        at: Which of them.
        speaker: Who speaks in it, "" where nobody is known to.
        lexicon: Of their language.
    """
    read, bit = reads[at], lexicon.bit
    opening = read.words[:_OPENING]
    if not opening or opening[0][1] & (bit["this or that"] | bit["there or here"]):
        return None
    earlier = reads[max(0, at - _FAR) : at]
    if speaker.split(" ", 1)[0].lower() in _TITLES:
        return None  # his introduction is missing
    if " " in speaker:
        named = _named(article, earlier, speaker)
        return named if named and (speaker not in read.sentence.text or _length(named) > len(speaker)) else None
    if any(bits & bit["he or she"] for _, bits in opening) or _points_at_an_event(read.own, lexicon):
        return None  # nobody knows who, and which "that decision" is
    if name := _bare_surname(read, earlier, lexicon):
        return _named(article, earlier, name)
    if body := _BODY.search(read.sentence.text[:_HEAD]):
        return _body(article, earlier[-_REACH:], body.group(1))
    return None


def _points_at_an_event(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Return whether "that decision", "this proposal" stands outside quotations: no name makes that clear."""
    pointing, nouns = lexicon.bit["this or that"], openings(lexicon.code).shell_nouns
    return any(bits & pointing and words[n + 1][0] in nouns for n, (_, bits) in enumerate(words[:-1]))


def _length(receipt: Receipt) -> int:
    return receipt.end - receipt.start


def _bare_surname(read: Read, earlier: Sequence[Read], lexicon: Lexicon) -> str:
    """Return the full name of the person whose surname alone a sentence opens with, "" when it opens otherwise."""
    capital, known = lexicon.bit["capital"], lexicon.bit["known name"]
    words, printed = read.words, _WORD.findall(read.sentence.text[:200])
    for i, (word, bits) in enumerate(words[:_OPENING]):
        if not bits & capital or (i == 0 and bits & lexicon.bit["stop word"]) or word in _TITLES:
            continue
        if (i + 1 < len(words) and words[i + 1][1] & capital) or bits & known or i >= len(printed):
            return ""  # a full name, or one that needs no introduction
        surname = printed[i].removesuffix("’s").removesuffix("'s")
        for r in earlier:
            at = r.sentence.text.find(surname)
            if at > 0 and (found := _FORENAMES.search(r.sentence.text[max(0, at - _BEFORE) : at])):
                return f"{found.group()}{surname}"
        return ""
    return ""


def _named(article: Article, earlier: Sequence[Read], name: str) -> Receipt | None:
    """Return the receipt of a name where it first stands in full, with the office before it or what it is behind it."""
    if not name or not name[0].isupper():
        return None
    for r in earlier:
        text, at = r.sentence.text, r.sentence.text.find(name)
        if at < 0:
            continue
        end = at + len(name)
        stretch = text[max(0, at - _BEFORE) : at]
        role = next((m for pattern in _ROLES if (m := pattern.search(stretch))), None)
        behind = _APPOSITION.match(text, end)
        before = role.group() if role and not _SPEECH_WORDS.search(role.group()) else ""
        before = "" if before.split(" ", 1)[0].lower() in _NO_ROLE else before
        if cut := _CUT_NAME.search(text[max(0, at - _BEFORE) : at - len(before)]) if before[:1].isupper() else None:
            before = cut.group() + before  # "United" of "United States Secretary of State"
        return _receipt(article, r, text[at - len(before) : behind.end() if behind else end])
    return None


def _body(article: Article, earlier: Sequence[Read], noun: str) -> Receipt | None:
    pattern = _body_names(noun)
    for r in reversed(earlier):
        for found in pattern.finditer(r.sentence.text):
            if found.group()[0].isupper() and not found.group().lower().startswith(("the ", "a ", "an ")):
                return _receipt(article, r, found.group())
    return None


@cache
def _body_names(noun: str) -> re.Pattern[str]:
    return re.compile(rf"{_CAPITALISED} (?:[\w’'&-]{{1,20}} ){{0,3}}(?i:{noun})\b(?: {_CAPITALISED}){{0,3}}")


def _receipt(article: Article, read: Read, span: str) -> Receipt:
    start = read.sentence.start + read.sentence.text.index(span)
    return Receipt.made(article.id, start, start + len(span), span)
