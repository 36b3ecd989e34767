"""Finds passages: up to three neighbouring sentences on a theme that does not lead their story."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from briefing.model import Article, Passage, Sentence, TermHit, Theme, ThemeMatch
from briefing.stages.themes.matching import lexicon_of
from briefing.stages.themes.sentence_match import SentenceMatch, read
from briefing.text.languages import Language, language_of
from briefing.text.openings import leans_back, opens_with_pronoun
from briefing.text.quote_marks import balanced

SPEAKS = 0.85  # value from which a sentence opens a passage: no actor missing, nothing against it
SURE = 0.75  # and what one strong term or pair of it adds: several doubtful ones ("president + visit") are a guess
CONTINUES = 0.4  # value from which the next sentence is taken along
LONGEST = 3  # sentences
MOST = 2  # passages of one theme from one article
PAST = 3  # years before the article: what a sentence dates then is background, not what the article reports
_KINDS = ("text", "bullet")
# "in 2014", "March 2014", "im Jahr 2014" up to a word that is no noun counted ("2014 tanks"); "since 2014" is not past.
_YEAR = re.compile(r"\b(?P<before>\w{1,20})\s(?P<year>(?:19|20)\d\d)\b(?=(?:\s(?P<after>[^\W\d_]{1,20}))?)")
_SINCE = frozenset({"since", "seit", "depuis", "desde", "с", "від"})

Run = tuple[int, int]  # half-open, indices of sentences


def sentence_scores(
    article: Article,
    sentences: Sequence[Sentence],
    theme: Theme,
    language: Language | None = None,
    *,
    among: Sequence[Theme] = (),
) -> dict[tuple[str, int], float]:
    """Return how far each sentence speaks of a theme, 0.0 to 1.0, by (article id, position).

    Args:
        article: Whose sentences they are.
        sentences: All of them, in order.
        theme: Which.
        language: Of the article; None to read it off the article.
        among: The themes it is one of: sentences that were read for all of them need not be read again.
    """
    themes = tuple(among) or (theme,)
    lexicon, at = lexicon_of(themes, language or language_of(article)), themes.index(theme)
    return {(s.article_id, s.position): read(s.text, lexicon)[at].value for s in sentences}


def find_passages(
    article: Article,
    sentences: Sequence[Sentence],
    themes: Sequence[Theme],
    *,
    leading: Collection[str],
    language: Language | None = None,
) -> tuple[Passage, ...]:
    """Return the passages of an article by theme, then in reading order: at most two of a theme.

    A passage has one to three neighbouring sentences of text or bullets. It takes the sentence before along when it
    would open with a reference back, and its quotation marks are balanced; what cannot be made so is no passage.

    Args:
        article: Whose sentences they are.
        sentences: All of them, in order.
        themes: What to look for.
        leading: Slugs of the themes that lead the article's story: no passages are made for them.
        language: Of the article; None to read it off the article.
    """
    spoken = language or language_of(article)
    wanted = tuple((n, t) for n, t in enumerate(themes) if t.slug not in leading)
    if not wanted:
        return ()
    lexicon = lexicon_of(themes, spoken)
    year = article.published.year if article.published else None
    readings = [read(s.text, lexicon) for s in sentences]
    prose = [
        any(_speaks(r[n]) for n, _ in wanted) and not (year and is_long_past(s.text, year, spoken))
        for s, r in zip(sentences, readings, strict=True)
    ]
    return tuple(
        _passage(theme, sentences, run, [r[n] for r in readings])
        for n, theme in wanted
        for run in _runs([r[n] for r in readings], prose, sentences, spoken)
    )


def is_long_past(text: str, year: int, spoken: Language) -> bool:
    """Return whether every year a sentence dates something to is three or more before ``year``."""
    years = []
    for found in _YEAR.finditer(text):
        before, after = found["before"].lower(), found["after"] or ""
        dates = before in spoken.months or before in spoken.stop_words
        if before in _SINCE:
            return False
        if dates and (before in spoken.months or not after.islower() or after in spoken.stop_words):
            years.append(int(found["year"]))
    return bool(years) and max(years) <= year - PAST


def _runs(
    readings: Sequence[SentenceMatch], prose: Sequence[bool], sentences: Sequence[Sentence], spoken: Language
) -> list[Run]:
    """Return the best runs that do not overlap, in reading order; none opens from background (``prose`` false)."""
    values = [r.value for r in readings]
    seeds = sorted((n for n, r in enumerate(readings) if prose[n] and _speaks(r)), key=lambda n: (-values[n], n))
    taken: list[Run] = []
    for seed in seeds:
        if len(taken) == MOST:
            break
        run = next(_whole(seed, values, sentences, spoken), None)
        if run and not any(run[0] < end and start < run[1] for start, end in taken):
            taken.append(run)
    return sorted(taken)


def _speaks(reading: SentenceMatch) -> bool:
    """Tell whether a sentence by itself is about a theme, not only near it."""
    return reading.value >= SPEAKS and any(h.weight >= SURE and not h.weak for h in reading.hits)


def _whole(seed: int, values: Sequence[float], sentences: Sequence[Sentence], spoken: Language) -> Iterator[Run]:
    """Yield the runs around a sentence that can stand alone: those with least else first, then the longer."""
    runs = [(a, b) for a in range(seed - LONGEST + 1, seed + 1) for b in range(seed + 1, a + LONGEST + 1) if a >= 0]
    runs.sort(key=lambda r: (_idle(r, seed, values), r[0] - r[1], -r[0]))
    whole = [r for r in runs if r[1] <= len(sentences) and _holds_together(sentences[slice(*r)])]
    yield from (r for r in whole if not leans_back(sentences[r[0]].text, spoken))
    # Where the sentence before is no text (a caption, a heading), a new paragraph's connective leans on nothing.
    yield from (
        r for r in whole if _follows_no_text(r[0], sentences) and not opens_with_pronoun(sentences[r[0]].text, spoken)
    )


def _idle(run: Run, seed: int, values: Sequence[float]) -> int:
    """Return how many sentences of a run say nothing of the theme."""
    return sum(n != seed and (n >= len(values) or values[n] < CONTINUES) for n in range(*run))


def _holds_together(run: Sequence[Sentence]) -> bool:
    return (
        all(s.kind in _KINDS and not s.is_endless for s in run)
        and all(b.position == a.position + 1 for a, b in pairwise(run))
        and balanced(" ".join(s.text for s in run))
    )


def _follows_no_text(index: int, sentences: Sequence[Sentence]) -> bool:
    return not index or sentences[index - 1].kind not in _KINDS


def _passage(theme: Theme, sentences: Sequence[Sentence], run: Run, readings: Sequence[SentenceMatch]) -> Passage:
    chosen = tuple(sentences[n] for n in range(*run))
    best = max(range(*run), key=lambda n: (readings[n].value, -n))
    why = sorted(
        (TermHit(h.term, sentences[n].position, round(h.weight, 3)) for n in range(*run) for h in readings[n].hits),
        key=lambda h: (-h.weight, h.sentence, h.term),
    )
    match = ThemeMatch(theme, round(readings[best].value, 4), is_main=False, why=tuple(why), evidence=sentences[best])
    return Passage(theme, chosen, match)
