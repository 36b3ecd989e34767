"""Tries themes on articles: what each catches, which of its terms ever hit, and what speaks against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.model import Article, Sentence, Theme
from briefing.stages.themes.aboutness import score_of
from briefing.stages.themes.reading import english, lexicon_of, read_article
from briefing.stages.themes.word_forms import WORD, plain_form
from briefing.text.languages import UNDETERMINED, Language, language_of
from briefing.text.terms import stems
from briefing.text.word_counts import stem_rarity

ENOUGH = 10  # articles from which "nothing" and "nearly everything" say something of a theme
NEARLY = 0.6  # share of the articles that are nearly everything
COMMON = 3.2  # rarity below which a word is a common one: more than one article in 25 holds it

Corpus = Sequence[tuple[Article, Sequence[Sentence]]]


@dataclass(frozen=True, slots=True)
class ThemeTrial:
    """What a theme does with some articles."""

    theme: Theme
    articles: int
    main: int  # articles that are mainly about it
    mention: int  # articles that touch on it
    hits: tuple[tuple[str, int], ...]  # term → articles that hold it, most first; a phrase as a whole
    never: tuple[str, ...]  # terms that no article holds
    doubts: tuple[str, ...]  # what speaks against the theme, a sentence each


def try_themes(articles: Corpus, themes: Sequence[Theme]) -> tuple[ThemeTrial, ...]:
    """Return what each theme does with some articles, in the order of the themes."""
    verdicts: list[Counter[str]] = [Counter() for _ in themes]
    hits: list[Counter[str]] = [Counter() for _ in themes]
    for article, sentences in articles:
        text = read_article(article, sentences, lexicon_of(themes, language_of(article)))
        for number in text.touched():
            score, theme = score_of(text, number), themes[number]
            verdicts[number]["main" if score >= theme.main else "mention" if score >= theme.mention else "none"] += 1
            hits[number].update({hit.term for row in text.rows for hit in row[number].hits})
    spoken = _spoken(articles)
    return tuple(_trial(theme, len(articles), verdicts[n], hits[n], spoken) for n, theme in enumerate(themes))


def _spoken(articles: Corpus) -> Language:
    codes = Counter(language_of(article).code for article, _ in articles)
    spoken = [
        language_of(article) for article, _ in articles if language_of(article).code == codes.most_common(1)[0][0]
    ]
    return spoken[0] if spoken and spoken[0].code != UNDETERMINED else english()


def _trial(theme: Theme, count: int, verdicts: Counter[str], hits: Counter[str], spoken: Language) -> ThemeTrial:
    terms = tuple(dict.fromkeys((*theme.terms, *theme.strong, *theme.weak)))
    found = tuple(sorted(((t, hits[t]) for t in terms if hits[t]), key=lambda row: (-row[1], row[0])))
    never = tuple(term for term in terms if not hits[term])
    doubts = tuple(_doubts(theme, count, verdicts, spoken))
    return ThemeTrial(theme, count, verdicts["main"], verdicts["mention"], found, never, doubts)


def _doubts(theme: Theme, count: int, verdicts: Counter[str], spoken: Language) -> Iterator[str]:
    caught = verdicts["main"] + verdicts["mention"]
    if count >= ENOUGH and not caught:
        yield "It catches nothing."
    if count >= ENOUGH and verdicts["main"] >= NEARLY * count:
        yield "It catches nearly everything."
    common = tuple(term for term in (*theme.terms, *theme.strong) if _is_common(term, spoken))
    if common and 2 * len(common) > len(theme.terms) + len(theme.strong):
        yield f"It is made of common words: {', '.join(common)}."


def _is_common(term: str, spoken: Language) -> bool:
    """Return whether every word of a term is a common one in news of the language."""
    rarity = stem_rarity(spoken)
    words = [plain_form(word).lower() for word in WORD.findall(term)]
    known = bool(rarity.counts) and bool(words) and "*" not in term
    return known and all(
        w in spoken.stop_words or rarity(s) < COMMON for w, s in zip(words, stems(words, spoken), strict=True)
    )
