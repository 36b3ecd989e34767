"""Features of attribution: verbs of speech, quotation marks, persons, and the article around a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from briefing.stages.judgement.columns import Classes, Floats, Named, before, behind, quoted
from briefing.stages.judgement.lexicon import Lexicon, Word
from briefing.stages.judgement.reading import Read

_EARLY = 7  # words from the start within which a verb of speech opens a sentence
_LATE = 6  # words from the end within which it closes one
_FAR = 6  # sentences since somebody spoke after which it matters no more how many
_ALL_QUOTATION = 0.93  # share of a sentence from which nothing but marks and stops is left
_THAT = frozenset(("that", "the", "it", "he", "she", "they", "there", "a"))
_ITS_VERB = (
    "verb of speech early", "verb of speech at the end", "verb of speech before that", "name before the verb",
    "name behind the verb", "no speaker before the verb", "he or she said", "two verbs of speech", "said this",
    "it was noted",
)  # fmt: skip
_THIS = frozenset(("this", "so"))
_HEAD = 5  # sentences of an article's head that the speaker of 'X said this' may have said


def speech(own: Classes) -> Floats:
    """Return which sentences have a verb of speech of their own, or an 'according to'."""
    return np.maximum(own["speech"], own["according"])


def saying(reads: Sequence[Read], own: Classes, held: Classes, lexicon: Lexicon) -> Named:
    """Return the columns on who speaks in each sentence."""
    share, speaks = quoted(reads), speech(own)
    silent, length = 1.0 - speaks, np.array([float(len(r.words)) for r in reads])
    by_verb = np.array([_verb(r.own, lexicon) for r in reads])
    named: Named = dict(zip(_ITS_VERB, by_verb.T, strict=True))
    whole = (share > _ALL_QUOTATION).astype(float)
    part = (share > 0) * (1.0 - whole)
    plain = (share < 0.1) * silent
    return named | {
        "speaks": speaks,
        "argues": own["argues"],
        "quoted": share,
        "all quotation": whole,
        "part quotation": part,
        "part quotation, nobody speaks": part * silent,
        "mostly quotation, nobody speaks": (share > 0.5) * silent,
        "quotation and who speaks": (share > 0.3) * speaks,
        "begins inside a quotation": np.array([float(r.begins_inside) for r in reads]),
        "ends inside a quotation": np.array([float(r.ends_inside) for r in reads]),
        "mark that closes nothing": np.array([float(not r.quoted and r.sentence.text[-1:] in '”»"') for r in reads]),
        "question": np.array([float("?" in r.sentence.text) for r in reads]),
        "exclamation": np.array([float("!" in r.sentence.text) for r in reads]),
        "length": np.minimum(length, 50.0) / 20.0,
        "length outside quotations": np.minimum([float(len(r.own)) for r in reads], 40.0) / 20.0,
        "capitals": np.array([_capitals(r.own, lexicon.bit["capital"]) for r in reads]),
        "first person anywhere": held["first person"],
        "figure": held["digit"],
        "opens a paragraph": np.array([float(r.opens_paragraph) for r in reads]),
        "speech and quotation": own["plain speech"] * (share > 0.1),
        "plain": plain,
        **{
            f"plain, {name}": plain * own[name]
            for name in ("day", "past", "digit", "present", "may or will", "first person")
        },
    }


def _verb(own: Sequence[Word], lexicon: Lexicon) -> tuple[float, ...]:
    bit = lexicon.bit
    capital, mute, pronoun = bit["capital"], bit["not a speaker"], bit["subject pronoun"]
    speech = bit["speech"] | bit["according"]
    verbs = [i for i, (_, bits) in enumerate(own) if bits & speech]
    noted = len(own) > 3 and own[0][0] in ("it", "also") and any(w[1] & bit["passive speech"] for w in own[2:5])
    if not verbs:
        return (*(0.0,) * 9, float(noted))
    earlier = [own[i - 1][1] for i in verbs if i]
    later = [own[i + 1] for i in verbs if i + 1 < len(own)]
    return (
        float(verbs[0] <= _EARLY),
        float(len(own) - verbs[-1] <= _LATE),
        float(any(word in _THAT for word, _ in later)),
        float(any(bits & capital for bits in earlier)),
        float(any(bits & capital for _, bits in later)),
        float(any(bits & mute for bits in earlier)),
        float(any(bits & pronoun for bits in earlier) or any(word in ("he", "she", "they") for word, _ in later)),
        float(len(verbs) > 1),
        float(_said_this(own, verbs)),
        float(noted),
    )


def _said_this(own: Sequence[Word], verbs: Sequence[int]) -> bool:
    """Return whether a sentence names the speaker of those before it: 'X announced this', 'X made the statement'."""
    words = [word for word, _ in own]
    return (
        any(words[i + 1 : i + 2] and words[i + 1] in _THIS for i in verbs)
        or (words[0] in ("that's", "this", "that") and verbs[0] <= _EARLY)
        or ("made" in words and any(w in ("statement", "remark", "remarks") for w in words[words.index("made") :][:4]))
    )


def _capitals(own: Sequence[Word], capital: int) -> float:
    return len([1 for _, bits in own[1:] if bits & capital]) / max(1, len(own))


def surroundings(reads: Sequence[Read], own: Classes, mine: Named) -> Named:
    """Return the columns on the sentences beside each, and on how long ago somebody spoke."""
    speaks, share = mine["speaks"], mine["quoted"]
    opens = mine["opens a paragraph"]
    since = np.array(list(_since(speaks, share)))
    at = np.arange(len(reads), dtype=float)
    points = np.array(
        [float(r.own[0][0] in ("this", "he", "she", "the", "it", "that")) if r.own else 0.0 for r in reads]
    )
    next_says = behind(speaks * points) * (1.0 - speaks)
    said_behind = _said_behind(mine)
    return {
        "somebody speaks before": before(speaks),
        "somebody speaks before in the paragraph": before(speaks) * (1.0 - opens),
        "quoted before": before(share),
        "quoted behind": behind(share),
        "somebody speaks behind": behind(speaks),
        "somebody speaks behind in the paragraph": behind(speaks * (1.0 - opens)),
        "first person before": before(own["first person"]),
        "first person behind": behind(own["first person"]),
        "quotation of nobody before": before(mine["mostly quotation, nobody speaks"]),
        "quotation of nobody behind": behind(mine["mostly quotation, nobody speaks"]),
        "sentences since somebody spoke": np.minimum(since, _FAR) / _FAR,
        "plain, sentences since somebody spoke": mine["plain"] * np.minimum(since, _FAR) / _FAR,
        "said by who is named behind": said_behind,
        "he said so behind": next_says,
        "he said so behind the opening": next_says * (at == 0),
        "opening": (at == 0).astype(float),
        "place": np.minimum(at, 12.0) / 12.0,
        "opening, nobody speaks": (at == 0) * (1.0 - speaks),
        "document named before": before(own["document"]),
        "plain, opens a paragraph": mine["plain"] * opens,
    }


def _said_behind(mine: Named) -> Floats:
    """Return which sentences of the head somebody named behind them said: 'The war must end. X said this …'."""
    found = np.zeros(len(mine["speaks"]))
    told = np.flatnonzero(mine["said this"][:_HEAD])
    if len(told) and told[0]:
        found[: told[0]] = 1.0 - mine["speaks"][: told[0]]
    return found


def _since(speaks: Floats, share: Floats) -> list[float]:
    found, since = [], 9.0
    for spoke, quotation in zip(speaks.tolist(), share.tolist(), strict=True):
        found.append(since)
        since = 0.0 if spoke or quotation > 0.9 else since + 1.0
    return found


#: Columns whose mean over an article is a column too.
_OVER_ARTICLE = ("speaks", "question", "quoted", "figure", "argues", "plain")
_OWN_OVER_ARTICLE = ("first person", "second person", "present", "may or will", "day", "document")


def whole_article(own: Classes, mine: Named) -> Named:
    """Return the columns on the whole article: the same in every row."""
    rows = len(mine["speaks"])
    means = {f"article: {name}": float(mine[name].mean()) for name in _OVER_ARTICLE}
    means |= {f"article: {name}": float(own[name].mean()) for name in _OWN_OVER_ARTICLE}
    told = own["document"] * mine["speaks"]
    means |= {
        "article: document speaks": float(told.mean()),
        "article: document speaks at its head": float(told[:3].max()),
        "article: somebody speaks at its head": float(mine["speaks"][0]),
    }
    return {name: np.full(rows, value) for name, value in means.items()}
