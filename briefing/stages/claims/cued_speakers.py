"""Determines whom a cue of speech points at: the words that name the speaker, and whether these are a state's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.stages.claims.cue_words import CueWords
from briefing.stages.claims.cues import Cue
from briefing.stages.claims.tokens import LONGEST_NAME, Speaker, Token, Tokens

LONGEST_PHRASE = 12  # words that may name a speaker
LONGEST_ROLE = 9
QUOTED_NAME = 40  # characters of a name in quotation marks: 'der Firma „Hallberg“'
_STOPS = ".;:!?()[]…"


@dataclass(frozen=True, slots=True)
class Pointed:
    """The words a cue points at."""

    words: tuple[Token, ...]
    pronoun: str = ""  # "m", "f", "any" or ""
    before: bool = False  # they stand before the verb


def pointed_at(tokens: Tokens, cue: Cue, words: CueWords) -> Pointed:
    """Return the words that name whoever speaks by a cue; none where the sentence names nobody."""
    if cue.form == "compound":
        return Pointed((tokens[cue.at],))
    if cue.form == "source":
        found = _source(tokens, cue.end, words)
        return Pointed(found, _pronoun(found, words) or _owner(tokens, cue, words))
    if cue.form == "behind":
        return Pointed(before_mark(tokens, cue.at, words, over=QUOTED_NAME))
    right = _after(tokens, cue.end, words)
    if cue.form == "nobody":
        return Pointed(right)
    left = before_mark(tokens, cue.at, words)
    named = [t for t in left if not words.is_filler(t.low) and t.text[0].isalpha()]
    if _is_inverted(tokens, cue.at, left, words) or not (named or _pronoun(left, words)):
        return Pointed(right, _pronoun(right[:1], words) or _sex_of_verb(tokens, cue, right, words))
    return Pointed(left, _pronoun(left, words) if not named else "", before=True)


def _is_inverted(tokens: Tokens, at: int, left: Tokens, words: CueWords) -> bool:
    """Return whether the subject follows its verb: behind a quotation, a comma or, in German, an adverbial."""
    if at and (tokens[at - 1].is_quote or tokens[at - 1].text in ",–—-"):
        return not (tokens[at - 1].text == "," and _is_closed_apposition(tokens, at, words))
    return words.verb_second and bool(left) and left[0].low in words.lead_ins


def _is_closed_apposition(tokens: Tokens, at: int, words: CueWords) -> bool:
    """Return whether the comma before a verb ends what describes its subject: 'Name, office, said'."""
    commas = [n for n in range(at - 1) if tokens[n].text == ","]
    if not commas or any(token.is_quote for token in tokens[:at]):
        return False
    opening = [t for t in tokens[: commas[-1]] if t.text[0].isalpha()]
    inner = tokens[commas[-1] + 1 : at - 1]
    is_short = 0 < len(inner) <= LONGEST_ROLE and 0 < len(opening) <= LONGEST_PHRASE
    return is_short and not any(t.low in words.verbs or t.low in words.auxiliaries for t in (*opening, *inner))


def before_mark(tokens: Tokens, at: int, words: CueWords, over: int = 0) -> tuple[Token, ...]:
    """Return the words from the last mark to an index, those before a closing comma too.

    ``over``: characters up to which what stands in quotation marks is a name among them.
    """
    end = at - 1 if at and tokens[at - 1].text == "," else at
    start = end
    while start and tokens[start - 1].text not in _STOPS and not _is_quoted(tokens[start - 1], over):
        if tokens[start - 1].text in ",–—" and any(not words.is_filler(t.low) for t in tokens[start:end]):
            is_apposition = end < at or _is_apposed(tokens[start:end], words)
            if not is_apposition or tokens[start - 1].text in "–—" or end - start > LONGEST_ROLE:
                break
        start -= 1
    return tuple(tokens[start:end])


def _is_quoted(token: Token, longest_name: int) -> bool:
    return token.is_quote and token.end - token.start > longest_name


def _is_apposed(part: Tokens, words: CueWords) -> bool:
    return bool(part) and all(t.is_name or t.low in words.particles or words.is_filler(t.low) for t in part)


def _after(tokens: Tokens, at: int, words: CueWords) -> tuple[Token, ...]:
    found: list[Token] = []
    for token in tokens[at : at + LONGEST_PHRASE]:
        is_long = token.is_quote and token.end - token.start > QUOTED_NAME
        if is_long or token.text in _STOPS or token.text in ",–—" or token.low in words.that:
            break
        found.append(token)
    return (*found, *_name_behind(tokens, at + len(found), found, words))


def _name_behind(tokens: Tokens, at: int, found: Tokens, words: CueWords) -> Tokens:
    """Return ', Name Name' of 'explained its president, Name Name,': a comma between an office and its name."""
    is_office = any(words.is_office(t.low) for t in found) and not any(is_name(t, words) for t in found)
    if not is_office or at >= len(tokens) or tokens[at].text != ",":
        return ()
    end = at + 1
    while end < len(tokens) and (is_name(tokens[end], words) or _is_particle(tokens, end, words)):
        end += 1
    closes = end == len(tokens) or not tokens[end].text[0].isalnum()
    return tuple(tokens[at:end]) if closes and 2 <= end - at - 1 <= LONGEST_NAME else ()


def _source(tokens: Tokens, at: int, words: CueWords) -> tuple[Token, ...]:
    """Return the noun phrase behind 'according to': up to the small word that follows its last noun."""
    found: list[Token] = []
    for token in _after(tokens, at, words):
        is_small = not token.is_name and not words.is_filler(token.low) and not words.is_office(token.low)
        if words.language.capital_nouns and is_small and any(t.is_name for t in found):
            break
        found.append(token)
    return tuple(found)


def _pronoun(part: Tokens, words: CueWords) -> str:
    for token in part:
        if token.low in words.pronouns:
            return words.pronouns[token.low] or "any"
        if not words.is_filler(token.low):
            return ""
    return ""


def _owner(tokens: Tokens, cue: Cue, words: CueWords) -> str:
    """Return "any" for 'according to his words', which names nobody."""
    inner = tokens[cue.at + 1 : cue.end]
    is_his = any(t.low in words.possessives or t.low in words.language.pronouns for t in inner)
    return "any" if is_his or not _after(tokens, cue.end, words) else ""


def _sex_of_verb(tokens: Tokens, cue: Cue, right: Tokens, words: CueWords) -> str:
    """Return the sex a verb's form shows where nobody is named beside it."""
    if any(not words.is_filler(t.low) for t in right):
        return ""
    low = tokens[cue.end - 1].low
    return next((sex for ending, sex in words.sexed_endings if low.endswith(ending)), "any")


def is_state(part: Tokens, words: CueWords) -> bool:
    """Return whether words name a state, its body or its officer, and nobody else with it."""
    nouns = [t for t in part if t.text[0].isalpha() and (t.is_name or not words.language.capital_nouns)]
    lows = [_core(t.low, words) for t in nouns if not _is_of_acronym(t, words)]
    if any(low in words.private for low in lows):
        return False
    plain = [low for low in lows if not words.is_filler(low)]
    return any(map(words.is_state, lows)) or (len(plain) == 1 and plain[0] in words.capitals)


def _is_of_acronym(token: Token, words: CueWords) -> bool:
    """Return whether a word is compounded with an acronym that is no state's: 'HDE-Präsident'."""
    acronym, _, office = token.text.partition("-")
    return bool(office) and len(acronym) > 2 and acronym.isupper() and acronym.lower() not in words.state_bodies


def _core(low: str, words: CueWords) -> str:
    """Return 'polizei' of 'polizeiangaben'."""
    ending = next((e for e in words.compound_sources if low.endswith(e) and low != e), "")
    return low.removesuffix(ending).removesuffix("s") if ending else low


def named(part: Tokens, text: str, words: CueWords, *, loose: bool = False) -> Speaker | None:
    """Return 'role and Name' as a phrase has it: the first run of two capitals or more that is no office.

    None when no such run can be told from what stands before it. ``loose``: other words may stand before the office.
    """
    for first, last in _runs(part, words):
        if loose and last < len(part):
            continue  # somebody named before
        if loose and not first and last > 2:
            first = last - 2  # a word that opens its sentence
        role, led_in = list(part[:first]), False
        while role and words.is_filler(role[0].low) and not words.is_office(role[0].low):
            led_in = role.pop(0).low in words.lead_ins
        if role and role[-1].text == ",":
            role.pop()
        if loose:
            role = role[next((n for n, t in enumerate(role) if words.is_office(t.low)), len(role)) :] or role[-1:]
            role = role if any(words.is_office(t.low) for t in role) else []
        if last - first < 2 or last - first > LONGEST_NAME or len(role) > LONGEST_ROLE:
            return None
        is_noun = len(role) == 1 and role[0].is_name and words.language.capital_nouns  # 'Hafenmeisterin'
        if is_noun and led_in and not words.is_office(role[0].low):
            role = []  # 'erklärt auf Nachfrage Name Name'
        if role and not is_noun and (role[-1].low in words.particles or not any(words.is_office(t.low) for t in role)):
            return None
        if any(t.low in words.verbs or t.text in ",;:" for t in role):
            return None
        start = part[first].start
        called = text[role[0].start : role[-1].end] if role else ""
        return Speaker(text[start : part[last - 1].end], called, start=start)
    return None


def _runs(part: Tokens, words: CueWords) -> Iterator[tuple[int, int]]:
    """Yield where runs of capitals that are no offices begin and end, without nouns or places that precede a name."""
    at = 0
    while at < len(part):
        if not is_name(part[at], words):
            at += 1
            continue
        end = at
        while end < len(part) and (is_name(part[end], words) or _is_particle(part, end, words)):
            end += 1
        if end - at > 1:
            yield (end - 2 if _holds_more(part[:end], at, words) else at), end
        at = end


def _holds_more(part: Tokens, at: int, words: CueWords) -> bool:
    """Return whether a run of three capitals or more begins with another noun: 'Amtsinhaber', 'мешканка села Вари'."""
    run = part[at:]
    if len(run) < 3 or any(_is_particle(part, n, words) for n in range(at, len(part))):
        return False
    if words.language.capital_nouns:
        return not (at and words.is_office(part[at - 1].low))
    is_apart = at > 0 and not words.is_filler(part[at - 1].low) and part[at - 1].text != ","
    return words.inflected and is_apart and not run[-2].low.endswith(words.patronymics or ("\0",))


def is_name(token: Token, words: CueWords) -> bool:
    """Return whether a word can be of a person's name: capitalised, no acronym, no office, no stop word."""
    low, text = token.low, token.text
    is_acronym = text.isupper() and not text.endswith(".")
    is_other = words.is_office(low) or (words.is_filler(low) and low not in words.language.months)
    return token.is_name and not is_acronym and not is_other  # 'Julio', 'April' are first names too


def bodies(pointed: Pointed, text: str, words: CueWords) -> Speaker | None:
    """Return the body a phrase is the name of, with no preposition before it: 'das Außenministerium'."""
    part = list(pointed.words)
    if not part or part[0].low in words.lead_ins:
        return None
    while part and words.is_filler(part[0].low):
        part.pop(0)
    is_body = part and (part[0].low in words.state_bodies or part[-1].low in words.state_bodies)
    if not is_body or len(part) > LONGEST_NAME or any(t.text in ",–—" or t.is_quote for t in part):
        return None
    if any(words.is_filler(t.low) and t.low not in words.particles for t in part):
        return None
    return Speaker(text[part[0].start : part[-1].end], kind="body", start=part[0].start)


def _is_particle(part: Tokens, at: int, words: CueWords) -> bool:
    return 0 < at < len(part) - 1 and part[at].low in words.particles and is_name(part[at + 1], words)
