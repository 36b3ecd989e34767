"""Splits an article into sentences: spans of the body, never searched for again.

One compiled pattern finds every place where a sentence could end; rules from the language's data decide, each
looking at most a few words back and ahead, so the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.model import Article, Sentence
from briefing.text.languages import Language, language_of

# A stop, a stray " ." after it, closing marks, white space. One set comes first: ten times faster than alternatives.
_CANDIDATE = re.compile(
    r"""
    [.!?…。！？।؟۔։።;\u037e•‣▪●◦■►]
    (?:
        (?<=[.!?…])
        (?P<more> [.!?…]*+ (?: [^\S\n]++ [.!?…]++ (?=\s|\Z) )* )
        (?P<close>
            (?: ["'”’»“‘«›‹)\]]++ (?=\s|\Z) | [”’»)\]]++ )?
            (?: [^\S\n]++ (?: [”’»›)\]]++ | [.!?…]++ ) (?=\s|\Z) )*
        )
        (?P<gap> \s*+ )
      | (?: (?<=[。！？।؟۔։።]) | (?<=[\u0370-\u03ff\u1f00-\u1fff][;\u037e]) )
        (?P<wide> [。！？।؟۔։።]*+ [”’」』»)）"]*+ ) \s*+
      | (?<=[•‣▪●◦■►]) (?P<bullet> (?=\s) )
    )
    """,
    re.VERBOSE,
)
_CLOSE, _WIDE, _BULLET = (_CANDIDATE.groupindex[name] for name in ("close", "wide", "bullet"))
_LOOK_BACK = 24  # characters; no abbreviation is longer, and a text without spaces stays linear
_LAST_WORD = re.compile(r"[^\s(\[{<\"“”‘’«„'—–/+:,-]+\Z")
_NEXT_WORD = re.compile(r"[\"'“‘«„‹»(\[\s—–-]{0,6}+([^\W_][\w'’-]{0,30}+)")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_]){1,5}\Z")
_INITIAL = re.compile(r"[^\W\d_]\.\s?+[^\W\d_]")
_LOWER_OPENER = re.compile(r"[a-z]{1,2}[A-Z]|(?:al|el|ash)-[A-Z]|[a-z]\)\s")  # iPhone, eBay, al-Shabab, "b) Pay"
_RUN_ON = re.compile(
    r"[\"“‘«„]?+[^\W\d_](?:[^\W\d_]{1,30}|(?=\s))(?![.\w]{0,30}@|[.@\w]{0,30}+/)"
)  # what may follow a stop without a space
_AFTER_QUOTE = re.compile(r"\"\s*+(?=(?:[\"“‘(]|[-–—]\s)?[^\W\da-zа-яёіїєґ_])")  # a new sentence behind a closing mark
_DASHED = re.compile(r"[-–—]\s++[^\W\da-zа-яёіїєґ_]")  # "he said.- It was": reported speech with a lost space
_SET_APART = "»%€"  # signs that other languages than English set apart from a word: 'ne règle « rien ».', '5 %.'
_DOMAINS = frozenset(["com", "net", "org", "gov", "edu", "int", "info", "ru", "ua", "de", "fr", "es", "uk", "eu", "js"])
_NEVER_OPENS = frozenset(",;:)]}%&/+=!?.…|~^_\\")
_DASHES = frozenset("—–-―−")
_OPENING = '"“‘«„'
_CLOSING = frozenset('"”’»)]')
_QUOTES = frozenset("\"'“‘«„‹»”’")
_SHOUTED = frozenset({"St", "Jr"})  # of the abbreviations that may close a sentence, those of names
_LONGEST_DATELINE = 40  # characters in capitals before a dash

Span = tuple[int, int]


def split_sentences(article: Article, language: Language | None = None) -> tuple[Sentence, ...]:
    """Return the sentences of an article in order; a newline always ends one, nothing but white space is left out.

    Of a part those of its span, each with its position in the whole article.

    Args:
        article: Any article, cleaned or not.
        language: Whose abbreviations and rules hold; by default the article's own.
    """
    rules = _rules(language or language_of(article))
    body, article_id = article.body, article.id
    found: list[Sentence] = []
    for index, paragraph in enumerate(article.paragraphs):
        for position, (start, end) in enumerate(_spans(body, paragraph.start, paragraph.end, rules), len(found)):
            found.append(Sentence(article_id, position, index, start, end, body[start:end], paragraph.kind))
    start, end = article.span or (0, len(body))
    return tuple(s for s in found if start <= s.start and s.end <= end) if article.span else tuple(found)


def split_spans(text: str, language: Language) -> tuple[Span, ...]:
    """Return the sentences of a text as (start, end) in code points, ordered, without white space at their ends."""
    return tuple(_spans(text, 0, len(text), _rules(language)))


def _spans(text: str, start: int, end: int, rules: _Rules) -> list[Span]:
    spans: list[Span] = []
    while start < end:
        newline = text.find("\n", start, end)
        stop = end if newline < 0 else newline
        line = text[start:stop]
        first = stop - len(line.lstrip())
        last = start + len(line.rstrip())
        if first < last:
            _split_line(text, first, last, rules, spans)
        start = stop + 1
    return spans


def _split_line(text: str, begin: int, end: int, rules: _Rules, spans: list[Span]) -> None:
    short = rules.short
    counted, is_quoting = begin, False  # straight quotation marks so far: whether the next one closes a quotation
    for found in _CANDIDATE.finditer(text, begin, end):
        at, after, kind = found.start(), found.end(), found.lastindex
        if kind == _BULLET:
            if at > begin and text[at - 1].isspace():
                spans.append((begin, begin + len(text[begin:at].rstrip())))
                begin = at
            continue
        if after >= end:
            break
        following = text[after]
        if following.isupper() and text[at - 1].islower() and text[at:after] == ". " and at > begin:
            word = text[max(begin, at - _LOOK_BACK) : at].rsplit(None, 1)[-1]
            if len(word) > 2 and word.isalpha() and word not in short:
                spans.append((begin, at + 1))  # an ordinary word, a stop, a space: the quick way through most of a text
                begin = after
                continue
        if following == '"':
            is_quoting ^= text.count('"', counted, after) % 2 == 1
            counted = after
            if is_quoting:
                if at > begin and (opening := _AFTER_QUOTE.match(text, after, end)):
                    spans.append((begin, after + 1))
                    begin = opening.end()
                continue
        if kind == _WIDE or rules.ends(text, begin, end, found):
            spans.append((begin, found.end(_WIDE if kind == _WIDE else _CLOSE)))
            begin = after
    spans.append((begin, end))


@cache
def _rules(language: Language) -> _Rules:
    roles = r"(?:[^\W\d_a-zа-яёіїєґ][\w.’'-]*|" + "|".join(sorted(language.roles)) + r"),?[ \u00a0]"
    verbs = "|".join(sorted(language.attribution_verbs)) or r"(?!)"
    goes_on = "|".join(sorted(language.clause_openers)) or r"(?!)"
    return _Rules(
        language=language,
        never=_capitalised(language.titles | language.abbreviations),
        numbered=_capitalised(language.numbered),
        short=_capitalised(
            language.titles | language.abbreviations | language.numbered | language.closing | language.final
        ),
        dated=frozenset(language.months) | frozenset(language.weekdays) | frozenset(z.lower() for z in language.zones),
        speaker=re.compile(rf"(?:{roles}){{1,8}}(?<=[ \u00a0])(?:{verbs})\b(?! (?:{goes_on})\b)"),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Rules:
    """A language's data in the shape the decisions need."""

    language: Language
    never: frozenset[str]
    numbered: frozenset[str]
    short: frozenset[str]  # every abbreviation
    dated: frozenset[str]  # what may follow "5 p.m." within a sentence, lower case
    speaker: re.Pattern[str]  # "Dmitry Peskov asked", after a quoted question

    def ends(self, text: str, begin: int, end: int, found: re.Match[str]) -> bool:
        """Return whether a sentence that begins at ``begin`` ends at this candidate; something follows it."""
        more, close, gap = found.group(1, 2, 3)
        at, after = found.start(), found.end()
        if at == begin:
            return False  # "… we have": nothing has been said yet
        following, stop = text[after], text[at] + more
        if not gap:
            return self._runs_on(text, at, after, end)
        if following.islower():
            return stop == "." and not close and _LOWER_OPENER.match(text, after, end) is not None
        if following in _NEVER_OPENS:
            return False
        if following in _DASHES:
            return self._ends_before_dash(text, begin, at, after, end)
        if following in "([{" and text[after + 1 : after + 2].islower():
            return False
        if stop[0] in "!?" or stop[-1] in "!?":
            return self._ends_loudly(text, begin, found, end)
        if stop != ".":
            return self._ends_after_dots(text, at, stop, close, after, end)
        return _quoted(close) or not self._abbreviates(text, begin, at, after, end)

    def _runs_on(self, text: str, at: int, after: int, end: int) -> bool:
        """Return whether a sentence ends at a stop with no space behind it: "said.The"."""
        if _DASHED.match(text, after, end):
            return text[at - 1].isalpha()
        right = _RUN_ON.match(text, after, end)
        word = right.group().lstrip(_OPENING) if right else ""
        if not word or not word[0].isupper() or word[1:] != word[1:].lower() or word.lower() in _DOMAINS:
            return False
        before = text[at - 1]
        if before.isspace() or before in _CLOSING:
            return True  # "said .The", "guarantees”.They"
        left = _last_word(text, max(0, at - _LOOK_BACK), at)
        if len(left) < 2 or "." in left or "@" in left or left in self.never:
            return False
        return before.islower() or before.isdecimal() or self._opens(word)

    def _ends_before_dash(self, text: str, begin: int, at: int, after: int, end: int) -> bool:
        opener = _NEXT_WORD.match(text, after, end)
        if not opener or not opener[1][0].isupper():
            return False
        is_dateline = at - begin < _LONGEST_DATELINE and text[begin:at].isupper()
        return not is_dateline and not self._is_abbreviation(_last_word(text, max(begin, at - _LOOK_BACK), at))

    def _ends_loudly(self, text: str, begin: int, found: re.Match[str], end: int) -> bool:
        """Return whether "?" or "!" ends the sentence: not in a name, not before who asked."""
        at, after, close = found.start(), found.end(), found["close"]
        if _quoted(close):
            return self.speaker.match(text, after, end) is None
        if close.startswith(")") and text[at - 1] == "(":
            return False
        return bool(close) or _last_word(text, max(begin, at - _LOOK_BACK), at) not in self.language.marked_names

    def _ends_after_dots(self, text: str, at: int, stop: str, close: str, after: int, end: int) -> bool:
        """Return whether an ellipsis, or a stop doubled by a stray one, ends the sentence."""
        if stop[0] == "." and not stop.startswith("..") and stop[1:].split() != [".", "."]:
            return True  # "said. ." is debris of rewriting
        if len(stop.replace(" ", "")) > 3 or _quoted(close):
            return True
        opener = _NEXT_WORD.match(text, after, end)
        if not opener or not opener[1][0].isupper():
            return text[after] in _QUOTES
        return not text[at - 1].isspace() or self._opens(opener[1])

    def _abbreviates(self, text: str, begin: int, at: int, after: int, end: int) -> bool:
        """Return whether the full stop only shortens the word before it."""
        word = _last_word(text, max(begin, at - _LOOK_BACK), at)
        if not word or word[-1] in _SET_APART:
            return False
        if at - begin <= 3 and _enumerates(text[begin:at]):
            return True
        data = self.language
        if word in self.never:
            return True
        if word.isdecimal():
            is_score = text[at - len(word) - 1 : at - len(word)] == ":"  # "2:1. Velm", an hour
            return data.ordinals and len(word) < 3 and not is_score and not self._next_opens(text, after, end)
        if word in self.numbered and text[after].isdecimal():
            return True
        if word in data.final:
            following = _NEXT_WORD.match(text, after, end)
            return following is not None and following[1].lower() in self.dated
        if len(word) == 1 and text[at - 2 : at - 1] == "/":
            return False  # "km/h."
        if len(word) == 1 and word.isupper() and _INITIAL.match(text, after, end):
            return not self._is_lettered(text, begin, at)  # "В. В. Путин", though "В" opens many a sentence
        if len(word) == 1:
            return not self._is_lettered(text, begin, at) and not self._next_opens(text, after, end)
        if word in data.closing or ("." in word and _INITIALS.match(word)):
            return not self._next_opens(text, after, end)
        return word.isupper() and self._shouts(word, text, after, end)

    def _is_abbreviation(self, word: str) -> bool:
        data = self.language
        return (
            len(word) == 1
            or word in self.never
            or word in data.closing
            or word in self.numbered
            or word in data.final
            or _INITIALS.match(word) is not None
        )

    def _is_lettered(self, text: str, begin: int, at: int) -> bool:
        """Return whether the letter before a stop names a thing, as in "plan B", and is no initial."""
        before = text[max(begin, at - 1 - _LOOK_BACK) : at - 1].split()
        return bool(before) and before[-1].lower() in self.language.lettered

    def _shouts(self, word: str, text: str, after: int, end: int) -> bool:
        """Return whether a word in capitals is an abbreviation in a line of capitals: "GEN. MILLEY"."""
        following = _NEXT_WORD.match(text, after, end)
        if not following or not following[1].isupper():
            return False
        plain = word.capitalize()
        return plain in self.never or plain in _SHOUTED or (plain in self.numbered and following[1].isdecimal())

    def _next_opens(self, text: str, after: int, end: int) -> bool:
        following = _NEXT_WORD.match(text, after, end)
        return following is not None and self._opens(following[1])

    def _opens(self, word: str) -> bool:
        plain = word.lower().replace("’", "'")
        return word[0].isupper() and plain in self.language.openers and plain not in self.language.months


def _capitalised(words: frozenset[str]) -> frozenset[str]:
    return words | {word[0].upper() + word[1:] for word in words if len(word) > 1}


def _last_word(text: str, start: int, at: int) -> str:
    """Return the word that touches ``at`` from the left, without opening marks or a prefix ("R-Ky" is "Ky")."""
    if text[at - 1].isspace():
        return ""
    pieces = text[start:at].split()
    word = pieces[-1] if pieces else ""
    if len(word) == 1 and len(pieces) > 1 and len(pieces[-2]) == 2 and pieces[-2][1] == ".":
        return pieces[-2] + word  # "z. B" is "z.B"
    if word.isalnum():
        return word
    found = _LAST_WORD.search(word)
    return found.group() if found else ""


def _enumerates(text: str) -> bool:
    """Return whether a text is the number or letter of a list's item: "1", "12", "a"."""
    return len(text) < 3 and (text.isdecimal() or (len(text) == 1 and text.isalpha()))


def _quoted(close: str) -> bool:
    return not _QUOTES.isdisjoint(close)
