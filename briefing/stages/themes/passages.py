"""Finds passages: up to three neighbouring sentences on a theme that does not lead their story."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise

from briefing.model import Article, Judgement, Passage, Sentence, TermHit, Theme, ThemeMatch
from briefing.model.verdicts import follows
from briefing.stages.judgement.printing import PrintedIn, broken, permit
from briefing.stages.themes.aboutness import proves_nothing, score_of, speaks
from briefing.stages.themes.reading import Text, lexicon_of, read_article
from briefing.stages.themes.sentence_match import NOTHING, SentenceMatch, read
from briefing.stages.themes.word_forms import WORD, plain_form
from briefing.text.languages import Language, language_of
from briefing.text.openings import leans_back, opens_with_pronoun
from briefing.text.quote_marks import balanced
from briefing.text.terms import stems

SPEAKS = 0.85  # value from which a sentence opens a passage: no actor missing, nothing against it
SURE = 0.75  # and what one strong term or pair of it adds: several doubtful ones ("president + visit") are a guess
CONTINUES = 0.4  # value from which the next sentence is taken along
LONGEST = 3  # sentences
MOST = 2  # passages of one theme from one article
# Of plain terms a sentence between two that have nothing of the theme's subjects names it in passing, unless most of
# its own words are of them. By 61 passages of the development pool read by one reader, docs/themes.md.
NEAR, MOSTLY = 0.1, 0.6  # shares of the subjects' words
PAST = 3  # years before the article: what a sentence dates then is background, not what the article reports
_KINDS = ("text", "bullet")
# "in 2014", "March 2014", "im Jahr 2014" up to a word that is no noun counted ("2014 tanks"); "since 2014" is not past.
_YEAR = re.compile(r"\b(?P<before>\w{1,20})\s(?P<year>(?:19|20)\d\d)\b(?=(?:\s(?P<after>[^\W\d_]{1,20}))?)")
_SINCE = frozenset({"since", "seit", "depuis", "desde", "с", "від"})

# Behind an office: "minister Per Lund", "minister, Per Lund", "minister of Great Noria Per Lund".
_BEFORE_NAME = re.compile(r"(?:\sof(?:\s[A-Z][\w’'-]{0,30}){1,3})?,?\s[A-Z][\w’'-]{0,30}")

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
    return {(s.article_id, s.position): _value(read(s.text, lexicon)[at]) for s in sentences}


def find_passages(
    article: Article,
    sentences: Sequence[Sentence],
    themes: Sequence[Theme],
    judged: Sequence[Judgement] = (),
    *,
    leading: Collection[str],
    language: Language | None = None,
) -> tuple[Passage, ...]:
    """Return the passages of an article by theme, then in reading order: at most two of a theme.

    A passage has one to three neighbouring sentences of text or bullets, each of which may be printed there by what
    the judge says. It takes the sentence before along when it would open with a reference back, and its quotation marks
    are balanced; what cannot be made so is no passage.

    Args:
        article: Whose sentences they are.
        sentences: All of them, in order.
        themes: What to look for.
        judged: What the judge says of them, in order; without it, what they open with alone decides what they need.
        leading: Slugs of the themes that lead the article's story: no passages are made for them.
        language: Of the article; None to read it off the article.
    """
    spoken = language or language_of(article)
    wanted = tuple((n, t) for n, t in enumerate(themes) if t.slug not in leading)
    if not wanted:
        return ()
    text = read_article(article, sentences, lexicon_of(themes, spoken))
    year = article.published.year if article.published else None
    at = {s.position: n for n, s in enumerate(sentences)}
    past: dict[int, bool] = {}
    may = cache(partial(_may_be_printed, article, sentences, judged))  # asked for few articles, and seldom leaning ones
    found = []
    for n, theme in wanted:
        spoken_of = _speaking(text, n, spoken)
        for place in (at[p] for p in spoken_of):
            if place not in past:
                past[place] = bool(year) and is_long_past(sentences[place].text, year or 0, spoken)
        opens = [p in spoken_of and not past[m] for m, p in enumerate(s.position for s in sentences)]
        if any(opens) and score_of(text, n) >= theme.mention and not proves_nothing(text, n):
            matches = _matches(text, n, sentences)
            values = [_value(m) for m in matches]
            runs = _runs(values, opens, sentences, may("passage"), spoken)
            found += [_passage(theme, sentences, run, matches) for run in runs]
            if not runs:
                more = _runs(values, opens, sentences, may("lone passage"), spoken)
                found += [replace(_passage(theme, sentences, run, matches), leans=True) for run in more]
    return tuple(found)


def _speaking(text: Text, theme: int, spoken: Language) -> frozenset[int]:
    """Return the positions of the sentences that by themselves are about a theme, not only near it."""
    return frozenset(
        sentence.position
        for n, (sentence, match) in enumerate(zip(text.sentences, text.of(theme), strict=True))
        if match.hits and (_speaks(match) or _is_its_subject(text, theme, n, match, spoken))
    )


def _is_its_subject(text: Text, theme: int, n: int, match: SentenceMatch, spoken: Language) -> bool:
    """Return whether plain terms of a theme make it the subject of the n-th sentence, not a word in passing."""
    topics, words = text.lexicon.topics, text.readings[n].words
    if not speaks(text, theme, _without_names(text.sentences[n].text, match, spoken), words):
        return False
    if not topics.standings[theme].subjects:
        return True
    near = (text.readings[m].words for m in (n - 1, n + 1) if 0 <= m < len(text.readings))
    is_alone = all(topics.share(others, theme) < NEAR for others in near)
    return topics.leads(words, theme) and not (is_alone and topics.share(words, theme) < MOSTLY)


def _without_names(text: str, match: SentenceMatch, spoken: Language) -> SentenceMatch:
    """Return a reading without what says who, not what: an office before a name ("Prime Minister Per Lund"), and a
    name that only looks like a form of a term (the company Shell, the term "shelling")."""
    names = [h for h in match.hits if h.plain and (_is_office(h.term, text, spoken) or _is_name(h.term, text, spoken))]
    if not names:
        return match
    kept = tuple(hit for hit in match.hits if hit not in names)
    return match._replace(hits=kept, evidence=max(0.0, match.evidence - sum(hit.weight for hit in names)))


def _is_name(term: str, text: str, spoken: Language) -> bool:
    """Return whether a term of one word stands in a text only as a name: in another form, and with a capital."""
    if " " in term or term != term.lower() or term.endswith("*"):
        return False
    words = [plain_form(word) for word in WORD.findall(text)[1:]]
    (stem,) = stems([term.strip("=")], spoken)
    same = [word for word in words if stems([word.lower()], spoken)[0] == stem]
    return bool(same) and all(word[0].isupper() and word.lower() != term for word in same)


def _is_office(term: str, text: str, spoken: Language) -> bool:
    """Return whether a term is an office and stands in a text before names alone."""
    if term.rpartition(" ")[2].lower() not in spoken.roles:
        return False
    found = [match.end() for match in re.finditer(rf"\b{re.escape(term)}\b", text, re.IGNORECASE)]
    return bool(found) and all(_BEFORE_NAME.match(text, end) for end in found)


def _matches(text: Text, theme: int, sentences: Sequence[Sentence]) -> list[SentenceMatch]:
    """Return what every sentence says of a theme, captions and headings nothing."""
    known = {s.position: m for s, m in zip(text.sentences, text.of(theme), strict=True)}
    return [known.get(s.position, NOTHING) for s in sentences]


def _value(match: SentenceMatch) -> float:
    return max(match.value, match.evidence)


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


#: Of each sentence, whether it may open a passage, and whether it may stand there behind the one before.
May = Sequence[tuple[bool, bool]]


def _may_be_printed(
    article: Article, sentences: Sequence[Sentence], judged: Sequence[Judgement], place: PrintedIn
) -> May:
    """Return of each sentence whether it may open a passage, and whether it may follow the one before in one."""
    found = []
    for n, sentence in enumerate(sentences):
        judgement = judged[n] if judged else None
        whole = not broken(article, sentence.start, sentence.end)
        behind = n > 0 and follows(sentences[n - 1], sentence)
        opens, follows_on = (whole and not permit(judgement, place, behind=b).refused for b in (False, behind))
        found.append((opens, follows_on))
    return found


def _runs(
    values: Sequence[float], opens: Sequence[bool], sentences: Sequence[Sentence], may: May, spoken: Language
) -> list[Run]:
    """Return the best runs that do not overlap, in reading order, each around a sentence that may open one."""
    seeds = sorted((n for n, may in enumerate(opens) if may), key=lambda n: (-values[n], n))
    taken: list[Run] = []
    for seed in seeds:
        if len(taken) == MOST:
            break
        run = next(_whole(seed, values, sentences, may, spoken), None)
        if run and not any(run[0] < end and start < run[1] for start, end in taken):
            taken.append(run)
    return sorted(taken)


def _speaks(reading: SentenceMatch) -> bool:
    """Return whether a sentence by itself is about a theme, not only near it."""
    return reading.value >= SPEAKS and any(h.weight >= SURE and not h.weak for h in reading.hits)


def _whole(
    seed: int, values: Sequence[float], sentences: Sequence[Sentence], may: May, spoken: Language
) -> Iterator[Run]:
    """Yield the runs around a sentence that can stand alone: those with least else first, then the longer."""
    runs = [(a, b) for a in range(seed - LONGEST + 1, seed + 1) for b in range(seed + 1, a + LONGEST + 1) if a >= 0]
    runs.sort(key=lambda r: (_idle(r, seed, values), r[0] - r[1], -r[0]))
    runs = [r for r in runs if r[1] <= len(sentences) and _is_permitted(r, may)]
    whole = [r for r in runs if _holds_together(sentences[slice(*r)])]
    yield from (r for r in whole if not leans_back(sentences[r[0]].text, spoken))
    # Where the sentence before is no text (a caption, a heading), a new paragraph's connective leans on nothing.
    yield from (
        r for r in whole if _follows_no_text(r[0], sentences) and not opens_with_pronoun(sentences[r[0]].text, spoken)
    )


def _idle(run: Run, seed: int, values: Sequence[float]) -> int:
    """Return how many sentences of a run say nothing of the theme."""
    return sum(n != seed and (n >= len(values) or values[n] < CONTINUES) for n in range(*run))


def _is_permitted(run: Run, may: May) -> bool:
    first, end = run
    return may[first][0] and all(may[n][1] for n in range(first + 1, end))


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
    best = max(range(*run), key=lambda n: (_value(readings[n]), -n))
    why = sorted(
        (TermHit(h.term, sentences[n].position, round(h.weight, 3)) for n in range(*run) for h in readings[n].hits),
        key=lambda h: (-h.weight, h.sentence, h.term),
    )
    match = ThemeMatch(theme, round(_value(readings[best]), 4), is_main=False, why=tuple(why), evidence=sentences[best])
    return Passage(theme, chosen, match)
