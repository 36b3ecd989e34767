"""What an article's words and form say of the importance of its news, without another article."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.model import Article
from briefing.text.aliases import Names, default
from briefing.text.datelines import dateline_length
from briefing.text.languages import Language
from briefing.text.package_data import data_toml, has_data
from briefing.text.terms import stems, tokens

#: Words of headline and body that are the opening, and stems of it that have weights of their own.
OPENING_WORDS, OPENING_STEMS = 70, 60
#: Code points of a body that are read: its kind shows early.
REACH = 6000

#: Sentences that a shorter text counts as.
FEW = 6
#: What the form of a round-up gives its parts, and says nothing of their news.
OF_FORM = frozenset(("length", "paragraphs", "length of the first paragraph", "no headline"))

_NUMBER = re.compile(r"\d[\d,]{0,15}(?:\.\d{1,6})?")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s")
_QUOTATION = re.compile(r"[\"“«„]")
_STRIPPED = "‘’“”\"',.:?!«»„"


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of one language; empty where there are none."""

    acts: frozenset[str] = frozenset()
    talk: frozenset[str] = frozenset()
    soft: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    past: frozenset[str] = frozenset()
    feature_openings: frozenset[str] = frozenset()


@cache
def lists_of(language: Language) -> Lists:
    """Return the word lists of a language."""
    if not has_data("languages", language.code, "importance.toml"):
        return Lists()
    data = data_toml("languages", language.code, "importance.toml")
    return Lists(**{name: frozenset(words.split()) for name, words in data.items()})


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of one article."""

    features: Mapping[str, float]  # by name; those that need words are left out where the language has no lists
    opening: tuple[str, ...]  # content stems, each once, in order
    title: tuple[str, ...]


def read(article: Article, language: Language, names: Names | None = None) -> Reading:
    """Return what an article's words and form say."""
    known = names or default()
    lines = _lines(article)
    body = " ".join(lines)[: 2 * REACH]
    opening = " ".join(f"{article.title} {body}".split(maxsplit=OPENING_WORDS)[:OPENING_WORDS])
    lists = lists_of(language)
    features = dict(_form(article.title, lines, body, opening))
    if not language.capital_nouns:
        features["capitals in the opening"] = _capitals(opening)
    if lists.acts:
        features |= dict(_words(article.title, lines, body[:REACH], opening, lists, language))
        features["states and bodies in the opening"] = float(min(6, len(known.actors(opening))))
    if article.span is not None:
        features = {name: value for name, value in features.items() if name not in OF_FORM}
    content = _stems(f"{article.title} . {body}", language, known)[:OPENING_STEMS]
    title = _stems(article.title, language, known)
    return Reading(features, tuple(dict.fromkeys(content)), tuple(dict.fromkeys(title)))


def _lines(article: Article) -> list[str]:
    start, end = article.span or (0, len(article.body))
    return [article.body[p.start : p.end].strip() for p in article.paragraphs if start <= p.start and p.end <= end]


def _stems(text: str, language: Language, names: Names) -> list[str]:
    words = names.canonical(tokens(text[:REACH]))
    return stems([word for word in words if word not in language.stop_words], language)


def _form(title: str, lines: Sequence[str], body: str, opening: str) -> Iterator[tuple[str, float]]:
    """Yield what needs no words of the language: figures, quotations, questions, length, a dateline."""
    first = lines[0] if lines else ""
    figures = [float(found.replace(",", "")) for found in _NUMBER.findall(opening)]
    sentences, read_ = _sentences(body[:REACH]), body[:REACH]
    yield "figures in the opening", float(min(4, len(figures)))
    yield "the largest of them", math.log10(1 + max(figures, default=0.0))
    yield "dateline", float(bool(dateline_length(first)))
    yield "length", math.log(max(1, len(body.split())))
    yield "paragraphs", math.log(1 + len(lines))
    yield "length of the first paragraph", min(60, len(first.split())) / 20
    yield "words a sentence", len(read_.split()) / sentences / 20
    yield "digits", sum(c.isdigit() for c in read_) / max(1, len(read_.split())) * 3
    yield "quotations a sentence", min(3.0, len(_QUOTATION.findall(body[:4000])) / sentences * 3)
    yield "questions", float(min(4, body.count("?")))
    yield "no headline", float(not title)
    yield "the headline asks", float("?" in title)
    yield "the headline quotes", float(title[:1] in "‘“\"'«„" if title else False)
    yield "the headline has a colon", float(":" in title)
    yield "the headline has a bar", float("|" in title)


def _capitals(opening: str) -> float:
    """Return the share of capitalised words: names, but in a language that capitalises its nouns."""
    words = opening.split()
    return sum(word[:1].isupper() for word in words) / max(1, len(words))


def _words(
    title: str, lines: Sequence[str], body: str, opening: str, lists: Lists, language: Language
) -> Iterator[tuple[str, float]]:
    """Yield what the language's words say: acts, talk, offices; persons, modals and tenses of columns and features."""
    opened, words = set(tokens(opening)), tokens(body)
    count, sentences = max(1, len(words)), _sentences(body)
    first = set(tokens(lines[0][:REACH])) if lines else set()
    heading = [word.lower().strip(_STRIPPED) for word in title.split()]
    yield "acts in the opening", float(min(4, len(opened & lists.acts)))
    yield "talk in the opening", float(min(4, len(opened & lists.talk)))
    yield "soft words in the opening", float(min(4, len(opened & lists.soft)))
    yield "offices in the opening", float(min(4, len(opened & lists.offices)))
    yield "names a weekday early", float(not first.isdisjoint(language.weekdays))
    yield "says early who said so", float(not first.isdisjoint(language.attribution_verbs))
    yield "weekdays a sentence", min(3.0, _share(words, language.weekdays) / sentences * 6)
    yield "attributions a sentence", min(3.0, _share(words, language.attribution_verbs) / sentences * 3)
    yield "first and second person", min(0.05, _share(words, lists.persons) / count) * 20
    yield "modal words", min(0.06, _share(words, lists.modals) / count) * 30
    yield "present tense", _share(words, lists.present) / count * 10
    yield "past tense", _share(words, lists.past) / count * 10
    yield "the headline speaks in person", float(not lists.persons.isdisjoint(heading))
    yield "the headline opens as a feature's", float(bool(heading) and heading[0] in lists.feature_openings)
    yield "the headline has a verb", float(any(len(word) > 3 and word.endswith("s") for word in heading[1:4]))


def _sentences(text: str) -> int:
    """Return how many sentences a text has, as many as `FEW` at least: one weekday in a line of news is not many."""
    return max(FEW, len(_SENTENCE_END.findall(text)) + 1)


def _share(words: Sequence[str], listed: frozenset[str] | Mapping[str, int]) -> int:
    return sum(word in listed for word in words)
