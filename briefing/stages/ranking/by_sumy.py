"""Adapters for sumy's seven other methods, with our sentences, words, stemmer and stop words.

sumy ranks and owns no text: its sentences are named by place, so two equal sentences keep two scores, and neither
its tokenizer (it needs a download) nor its parser (it drops lines in capitals) is used. sumy is imported when a
method of it is first asked for: it costs most of a second.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, reduce
from operator import add
from typing import Any

from briefing.stages.ranking.material import Material, Ranking
from briefing.text.terms import stems, tokens

#: How many of the commonest stems stand in for a headline where Edmundson wants cue words and there is none.
CUES = 10


def textrank(material: Material) -> Ranking:
    """Return TextRank's scores."""
    return _ranking("textrank", material)


def lsa(material: Material) -> Ranking:
    """Return the scores of latent semantic analysis, its dictionary in order of appearance, not of hashes."""
    return _ranking("lsa", material)


def luhn(material: Material) -> Ranking:
    """Return Luhn's scores."""
    return _ranking("luhn", material)


def edmundson(material: Material) -> Ranking:
    """Return Edmundson's scores; the headline's words are its cue words, the stop words its null words."""
    return _ranking("edmundson", material)


def kl(material: Material) -> Ranking:
    """Return the scores of the greedy KL-divergence method."""
    return _ranking("kl", material)


def sum_basic(material: Material) -> Ranking:
    """Return SumBasic's scores."""
    return _ranking("sum-basic", material)


def reduction(material: Material) -> Ranking:
    """Return the scores of the Reduction method."""
    return _ranking("reduction", material)


def sumy_lexrank(material: Material) -> Ranking:
    """Return the scores of sumy's own LexRank: the reference ours is tested against, not offered as a method."""
    return _ranking("lexrank", material)


def _ranking(name: str, material: Material) -> Ranking:
    if not any(material.content()):
        return Ranking((0.0,) * len(material))
    summarizer = _summarizer(name, material)
    with warnings.catch_warnings():
        # A text of fewer words than sentences, or of two sentences, makes sumy warn and go on.
        warnings.simplefilter("ignore")
        summarizer(_document(material), len(material))
    return Ranking(tuple(_finite(r) for r in summarizer.ratings))


def _finite(rating: Any) -> float:
    value = float(rating)
    return value if value == value and abs(value) != float("inf") else 0.0


@cache
def _classes() -> dict[str, Any]:
    from sumy.summarizers.edmundson import EdmundsonSummarizer
    from sumy.summarizers.kl import KLSummarizer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.reduction import ReductionSummarizer
    from sumy.summarizers.sum_basic import SumBasicSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    class OrderedLsaSummarizer(LsaSummarizer):  # type: ignore[misc]
        """LSA whose matrix has its rows in the same order whatever the hash seed."""

        def _create_dictionary(self, document: Any) -> dict[str, int]:
            found = (self.stem_word(w) for w in map(self.normalize_word, document.words) if w not in self._stop_words)
            return {w: i for i, w in enumerate(dict.fromkeys(found))}

    class SummedSumBasicSummarizer(SumBasicSummarizer):  # type: ignore[misc]
        """SumBasic whose averages are added up in reading order: Python's `sum` rounds by version, and breaks ties."""

        @staticmethod
        def _compute_average_probability_of_words(frequencies: dict[str, float], words: list[str]) -> float:
            return reduce(add, map(frequencies.__getitem__, words), 0.0) / len(words) if words else 0.0

    stock = {
        "lexrank": LexRankSummarizer,
        "textrank": TextRankSummarizer,
        "lsa": OrderedLsaSummarizer,
        "luhn": LuhnSummarizer,
        "edmundson": EdmundsonSummarizer,
        "kl": KLSummarizer,
        "sum-basic": SummedSumBasicSummarizer,
        "reduction": ReductionSummarizer,
    }
    return {name: _telling(method) for name, method in stock.items()}


def _telling(method: Any) -> Any:
    """Return the summariser class patched to keep every sentence's rating, which sumy discards."""

    class Configured(method):  # type: ignore[misc]
        ratings: tuple[Any, ...] = ()

        def _get_best_sentences(self, sentences: Any, count: Any, rating: Any, *args: Any, **kwargs: Any) -> Any:
            rate = rating.__getitem__ if isinstance(rating, dict) else rating
            self.ratings = tuple(rate(s, *args, **kwargs) for s in sentences)
            return ()

    return Configured


def _summarizer(name: str, material: Material) -> Any:
    summarizer = _classes()[name](_one_stem(material))
    if name == "edmundson":
        summarizer.null_words = material.language.stop_words
        summarizer.bonus_words = _cues(material)
        summarizer.stigma_words = ("",)  # we have none, and sumy refuses an empty set
    else:
        summarizer.stop_words = material.language.stop_words
    return summarizer


def _one_stem(material: Material) -> Callable[[str], str]:
    @cache
    def stem(word: str) -> str:
        return stems([word], material.language)[0]

    return stem


def _cues(material: Material) -> list[str]:
    stop = material.language.stop_words
    of_titles = [w for title in material.titles for w in tokens(title) if w not in stop]
    if of_titles:
        return of_titles
    counts = Counter(w for words in material.words() for w in words if w not in stop)
    return [w for w, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:CUES]]


class _Words:
    """A sumy tokenizer that looks the words of a named sentence up instead of cutting text."""

    def __init__(self, words: dict[str, tuple[str, ...]]) -> None:
        self._words = words

    def to_words(self, name: str) -> tuple[str, ...]:
        return self._words[name]


def _document(material: Material) -> Any:
    """Return sumy's document: a paragraph for each of ours, a heading for each headline."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    words = {str(i): tuple(w) for i, w in enumerate(material.words())}
    headings = {f"title {i}": tuple(tokens(t)) for i, t in enumerate(material.titles)}
    tokenizer = _Words(words | headings)
    paragraphs: list[Any] = [Paragraph([Sentence(name, tokenizer, is_heading=True) for name in headings])] * bool(
        headings
    )
    paragraphs += [Paragraph([Sentence(str(i), tokenizer) for i in group]) for group in _by_paragraph(material)]
    return ObjectDocumentModel(paragraphs)


def _by_paragraph(material: Material) -> Iterable[list[int]]:
    groups: dict[tuple[str, int], list[int]] = {}
    for i, sentence in enumerate(material.sentences):
        groups.setdefault((sentence.article_id, sentence.paragraph), []).append(i)
    return groups.values()
