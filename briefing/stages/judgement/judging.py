"""Judges the sentences of an article: the verdicts that follow from the models' answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np

from briefing.model import Article, Judgement, Needs, Sentence, Voice
from briefing.stages.judgement.columns import Floats
from briefing.stages.judgement.corrected import BEGINS, shared_with_headline, standing_chances
from briefing.stages.judgement.credits import credited_paragraphs, only_addresses_the_reader, points_at_more
from briefing.stages.judgement.model import Answers, Model, model_of
from briefing.stages.judgement.plain_rules import judged_by_rules
from briefing.stages.judgement.reading import Read
from briefing.stages.judgement.referents import referent
from briefing.stages.judgement.speakers import carried
from briefing.stages.judgement.stretches import quoted_stretches
from briefing.stages.judgement.told_on import address_printed, told_on
from briefing.text.languages import language_of

#: Tuned on sentences.dev beside sentences2.dev, every article answered by the fold that has not seen it; the figures
#: are in docs/judgement.md. Chance from which a line is no news prose.
NO_PROSE = 0.66
#: Chance from which a sentence is somebody else's words or the author's view.
OTHERS = 0.31
#: Of those: chance from which it is the author's view.
OPINION = 0.5
#: Of the rest: chance from which it is attributed; a reporter's fact called attributed loses nothing but its plainness.
ATTRIBUTED = 0.9
#: Chance from which a sentence stands alone, and of the rest, from which the sentence before is enough.
ALONE, PREVIOUS = 0.69, 0.5
#: Share of an article's sentences that are its author's view from which all of it is printed as opinion: of the
#: labelled opinion, .89 is then told as such in A and .69 in B, instead of .73 and .59; of the facts .92 and .90 stay.
IN_OPINION = 0.35
#: Sentences of prose with which an article opens: what comes later leans on more than its words show.
OPENING = 3
AN_ARTICLE = 6  # sentences; of a shorter text one doubtful sentence would decide
#: Kinds of paragraphs that clean has called something else than text.
_NO_TEXT = frozenset(("caption", "heading"))


def judge(
    article: Article,
    sentences: Sequence[Sentence],
    said: Mapping[int, str] | None = None,
    model: Model | None = None,
    heard: Mapping[int, Voice] | None = None,
) -> tuple[Judgement, ...]:
    """Return what the judge says of an article's sentences, in order.

    Args:
        article: Any article.
        sentences: All of its sentences, in order, trimmed or not.
        said: Position → who speaks there by the sentence's own words, for those where it is certain.
        model: The model that answers; by default that of the article's language. Without one, rules alone do.
        heard: Position → whose words it is, as a language's words of speech tell it; asked where no model answers.
    """
    if not sentences:
        return ()
    spoken = language_of(article)
    asked = model or model_of(spoken.code)
    if asked is None:
        return judged_by_rules(article, sentences, spoken, said or {}, heard)
    reads = asked.read(article, sentences)
    answers = asked.answers(asked.features(article, reads))
    prose = _prose(article, sentences, reads, answers, asked)
    voices, speakers = _voices_and_speakers(article, reads, said or {}, answers, asked)
    shared = shared_with_headline(article, prose, reads, spoken)
    learned = answers.of["alone"]
    alone, lost = standing_chances(learned, prose, reads, asked.lexicon, spoken, article.title, shared)
    behind = np.where(lost, alone, alone + (1.0 - alone) * answers.of["previous"])
    needs = _needs(alone, answers.of["previous"])
    # Whoever speaks words that do not name him is printed behind them: what they point at is somebody else.
    named = [speaker if voice != "unmarked" else "" for speaker, voice in zip(speakers, voices, strict=True)]
    reasons = _reasons(answers, prose, voices, needs)
    before = accumulate(prose, initial=0)  # sentences of prose
    begins = shared is None or shared >= BEGINS
    opening = [begins and count < OPENING for count in before][: len(prose)]
    views = [voice == "opinion" for voice, is_prose in zip(voices, prose, strict=True) if is_prose]
    return tuple(
        Judgement(
            sentence,
            prose[n],
            needs[n],
            voices[n],
            speakers[n],
            standing=float(alone[n]),
            behind=float(behind[n]),
            others=float(answers.of["others"][n]),
            referent=referent(article, reads, n, named[n], asked.lexicon) if needs[n] and prose[n] else None,
            news=min(3.0, max(0.0, float(answers.of["news"][n]))),
            in_opinion=len(views) >= AN_ARTICLE and sum(views) >= IN_OPINION * len(views),
            in_opening=opening[n],
            why=reasons[n],
        )
        for n, sentence in enumerate(sentences)
    )


def _prose(
    article: Article, sentences: Sequence[Sentence], reads: Sequence[Read], answers: Answers, asked: Model
) -> list[bool]:
    """Return of each sentence whether it is news prose."""
    credited = credited_paragraphs(article)
    prose = [
        s.kind not in _NO_TEXT and s.paragraph not in credited and chance < NO_PROSE and not points_at_more(s.text)
        for s, chance in zip(sentences, answers.of["no prose"].tolist(), strict=True)
    ]
    return [False] * len(prose) if only_addresses_the_reader(reads, asked.lexicon, prose) else prose


def _voices_and_speakers(
    article: Article, reads: Sequence[Read], said: Mapping[int, str], answers: Answers, asked: Model
) -> tuple[list[Voice], list[str]]:
    """Return the voice of each sentence, and who speaks in it as the article spells him, "" where nobody knows."""
    sentences, voices = [r.sentence for r in reads], _voices(answers)
    me = asked.lexicon.bit["first person"]
    in_person = [bool(r.own_classes & me) for r in reads]
    is_part = article.span is not None  # of a round-up: a desk's, not a columnist's
    if (
        is_part or len(reads) < AN_ARTICLE
    ):  # too short to tell a column by; what says "I" or "we" is a view all the same
        voices = ["reported" if v == "opinion" and not own else v for v, own in zip(voices, in_person, strict=True)]
    told = {n: said[s.position] for n, s in enumerate(sentences) if s.position in said}
    stretches = quoted_stretches(article, asked.lexicon.verbs)
    speakers = carried([(s.start, s.end) for s in sentences], [s.paragraph for s in sentences], told, voices, stretches)
    spelt = {name for name in set(speakers) if name in article.body or name in article.title}
    speakers = [name if name in spelt else "" for name in speakers]
    for n, speaker in address_printed([s.text for s in sentences], voices, in_person).items():
        voices[n], speakers[n] = "unmarked", speaker
    for n, speaker in told_on([s.text for s in sentences], voices, speakers).items():
        voices[n], speakers[n] = "unmarked", speaker
    return voices, speakers


def _needs(alone: Floats, previous: Floats) -> list[Needs]:
    leans = np.where(previous >= PREVIOUS, "previous", "more")
    needs: list[Needs] = np.where(alone >= ALONE, "", leans).tolist()
    return needs


def _voices(answers: Answers) -> list[Voice]:
    others = np.where(answers.of["opinion"] >= OPINION, "opinion", "unmarked")
    own = np.where(answers.of["attributed"] >= ATTRIBUTED, "attributed", "reported")
    voices: list[Voice] = np.where(answers.of["others"] >= OTHERS, others, own).tolist()
    return voices


def _reasons(
    answers: Answers, prose: Sequence[bool], voices: Sequence[str], needs: Sequence[str]
) -> list[tuple[str, ...]]:
    """Return for each sentence what spoke most for each thing that is said against it."""
    no_prose, others = answers.strongest("no prose"), answers.strongest("others")
    hanging = answers.strongest("alone", against=True)
    return [
        (
            *((f"no prose: {no_prose[n] or 'a credit behind it'}",) if not prose[n] else ()),
            *((f"{voice}: {others[n]}",) if voice in ("unmarked", "opinion") else ()),
            *((f"needs {needs[n]}: {hanging[n]}",) if needs[n] else ()),
        )
        for n, voice in enumerate(voices)
    ]
