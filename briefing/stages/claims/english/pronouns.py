"""Resolves 'he', 'she' and 'the minister' where the article leaves no doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefing.model import Sentence
from briefing.stages.claims.english.attribution import main_attribution
from briefing.stages.claims.english.cast import Cast
from briefing.stages.claims.english.subjects import opening_subject
from briefing.stages.claims.quoted import outside, quotations
from briefing.stages.claims.speech import Speech
from briefing.stages.claims.tokens import Speaker, read_tokens
from briefing.text import aliases
from briefing.text.languages import Language

_WORDS = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(slots=True)
class PronounContext:
    """The state of pronoun resolution while an article's sentences are read in order."""

    cast: Cast
    speech: Speech
    language: Language
    spoke: dict[int, Speaker] = field(default_factory=dict)  # position → the person who speaks in that sentence
    sentences: dict[int, Sentence] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    addressed: set[int] = field(default_factory=set)  # positions of sentences in which two persons may be 'he'


def resolved(speaker: Speaker, sentence: Sentence, reading: PronounContext) -> Speaker | None:
    """Return the speaker; 'he' is the speaker of the sentence before, unless somebody else may be meant."""
    if speaker.kind != "pronoun":
        return reading.cast.resolve(speaker, sentence.start)
    earlier = sentence.position - 1
    own = _speaker_before(speaker, sentence, reading)
    meant = own or reading.spoke.get(sentence.position) or reading.spoke.get(earlier) or _subject_of(earlier, reading)
    if meant is None or not reading.cast.may_be(meant, speaker.name):
        return None
    before = sentence.text[: speaker.start]
    texts = [outside(before, quotations(before, reading.language))]
    heard = reading.spoke.get(earlier) is not None and earlier not in reading.addressed
    if not own and not heard and sentence.position not in reading.spoke:
        texts.append(reading.texts.get(earlier, ""))
    return meant if all(_names_nobody_else(text, meant, reading) for text in texts) else None


def _speaker_before(pronoun: Speaker, sentence: Sentence, reading: PronounContext) -> Speaker | None:
    """Return the person of 'Name said he had told …': who speaks in the same sentence before the pronoun."""
    text = sentence.text[: pronoun.start]
    tokens = read_tokens(text, quotations(text, reading.language))
    said = main_attribution(tokens, text, reading.speech)
    if said is None or said.speaker.kind != "person":
        return None
    return reading.cast.resolve(said.speaker, sentence.start)


def _subject_of(position: int, reading: PronounContext) -> Speaker | None:
    """Return the person who is a sentence's subject: 'he' of the next sentence when nobody speaks in this one."""
    sentence = reading.sentences.get(position)
    if sentence is None:
        return None
    tokens = read_tokens(sentence.text, quotations(sentence.text, reading.language))
    subject = opening_subject(tokens, reading.speech, sentence.text)
    return reading.cast.resolve(subject, sentence.start) if subject and subject.kind == "person" else None


_NAME_RUN = re.compile(r"[A-Z][\w’'-]+(?:\s(?:de|van|von|al|bin)\s?)?(?:\s[A-Z][\w’'-]+)*")
_PLACED = re.compile(r"\b(?:in|at|near|on|into|from|outside|around|across|over|city of|region of)\s(?:the\s)?$")


def _names_nobody_else(text: str, speaker: Speaker, reading: PronounContext) -> bool:
    """Return whether no person but the speaker is named: a capitalised run that is no actor, place, day or office."""
    own = set(_WORDS.findall(f"{speaker.name} {speaker.role}"))
    for run in _NAME_RUN.finditer(text):
        if (
            (
                run.start() == 0
                or text[run.start() - 1] in '“"‘«('
                or text[max(0, run.start() - 2) : run.start()] in (". ", "? ", "! ")
            )
            and " " not in run.group()
            and not _could_be_surname(run.group(), reading)
        ):
            continue
        if text[: run.start()].endswith("the ") and not _holds_office(run.group(), reading.speech):
            continue  # 'the Aspen Security Forum'
        words = [w.removesuffix("’s").removesuffix("'s") for w in run.group().split()]
        rest = [w for w in words if w not in own and not _is_known(w, reading.speech)]
        if rest and not aliases.actors(run.group()) and not _PLACED.search(text[: run.start()]):
            return False
        if rest and any(
            row in known.people
            for known in (aliases.default(),)
            for row in [tuple(aliases.name_words(w)) for w in rest]
        ):
            return False
    return True


def _holds_office(run: str, speech: Speech) -> bool:
    return any(word.lower() in speech.offices or word.lower().strip(".") in speech.titles for word in run.split())


def _could_be_surname(word: str, reading: PronounContext) -> bool:
    return any(word == w for s in reading.spoke.values() for w in s.name.split())


def _is_known(word: str, speech: Speech) -> bool:
    low = word.lower().strip(".")
    return (
        low in speech.offices
        or low in speech.bodies
        or low in speech.days
        or low in speech.titles
        or low in ("i", "the", "a", "we", "it", "he", "she", "white", "foreign", "state", "security")
    )
