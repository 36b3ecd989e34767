"""What stages make of articles: stories, their origins, themes, summaries, claims."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from briefing.model.article import Article, Sentence
from briefing.model.closed_sets import OriginKind
from briefing.model.imprint import DEFAULT_METHOD


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent report: three outlets reprinting one agency are one origin."""

    name: str  # the agency ("AP"), the outlet, or "" when neither is known
    kind: OriginKind
    article_ids: tuple[str, ...]  # in the story's order


@dataclass(frozen=True, slots=True)
class Link:
    """Why two articles are in one story."""

    a: str  # article id
    b: str
    similarity: float  # 0.0 to 1.0
    shared: tuple[str, ...] = ()  # names and figures both have, as the first one prints them
    day: date | None = None  # of the event, where both name the same
    day_words: str = ""  # how the first one names it: "on Tuesday"


@dataclass(frozen=True, slots=True)
class Story:
    """One event: the articles that report it, oldest first, undated last, ties by id."""

    id: str  # made of its oldest article's id: stable while the story grows
    articles: tuple[Article, ...]
    origins: tuple[Origin, ...]
    headline_article: str = ""  # id of the article whose title is the story's headline
    duplicates: tuple[tuple[str, str], ...] = ()  # (id of a copy, id of the article it was merged into)
    links: tuple[Link, ...] = ()

    @property
    def newest(self) -> datetime | None:
        """Return the latest publication among its articles, or None when all are undated."""
        return max((a.published for a in self.articles if a.published), default=None)


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """A theme's terms in one language, used in place of its others for articles in that language."""

    language: str  # ISO 639-1
    terms: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    exclusions: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    actors: int = 0


@dataclass(frozen=True, slots=True)
class Theme:
    """A configured subject. Terms are plain words or phrases; ``*`` at the end of a word is a wildcard.

    A ``*`` alone stands for up to two words, ``=word`` for exactly this form, a term in CAPITALS for capitals only.
    """

    slug: str
    name: str
    description: str = ""
    terms: tuple[str, ...] = ()  # plain words and phrases as a user types them: evidence, not proof
    strong: tuple[str, ...] = ()  # one is enough to speak of the theme
    weak: tuple[str, ...] = ()  # count only beside others
    pairs: tuple[tuple[str, str], ...] = ()  # two terms that count when one sentence has both
    exclusions: tuple[str, ...] = ()  # phrases taken out before anything is counted
    weights: tuple[tuple[str, float], ...] = ()  # (term, factor) for terms that should count more or less
    actors: int = 0  # how many states or bodies a sentence must name
    main: float = 0.5  # score from which a text is mainly about the theme, 0.0 to 1.0
    mention: float = 0.2  # score from which a text touches on it
    against: tuple[str, ...] = ()  # terms that make a sentence speak of something else: it then counts half
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()  # named lists of terms; written <name> where a term may stand
    learnt: tuple[tuple[str, float], ...] = ()  # (stem, log odds) from examples; "": added to every text
    languages: tuple[str, ...] = ()  # ISO 639-1, that the terms above are in; empty: any
    words: tuple[ThemeWords, ...] = ()  # the terms in other languages

    def in_language(self, code: str) -> Theme:
        """Return the theme with the terms it has in a language of its own; itself where it has none."""
        own = next((words for words in self.words if words.language == code), None)
        if own is None:
            return self
        values = {f.name: getattr(own, f.name) for f in fields(ThemeWords) if f.name != "language"}
        return replace(self, weights=(), groups=(), learnt=(), **values)

    def is_searched_in(self, code: str) -> bool:
        """Return whether the theme has terms in a language; "" is an unknown one."""
        return not self.languages or code in self.languages or any(words.language == code for words in self.words)


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term found in a sentence, and its score."""

    term: str  # as the theme writes it
    sentence: int  # position of the sentence in its article; -1 for the title
    weight: float


@dataclass(frozen=True, slots=True)
class ThemeMatch:
    """How far a text is about a theme."""

    theme: Theme
    score: float  # 0.0 to 1.0
    is_main: bool
    why: tuple[TermHit, ...]  # best first
    evidence: Sentence | None = None  # the sentence that earned it; None when the title did


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences of one article that speak of a theme its story is not led by."""

    theme: Theme
    sentences: tuple[Sentence, ...]  # in reading order
    match: ThemeMatch
    leans: bool = False  # it leans on what stands before it, and is printed only where its theme has nothing else


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One named part of a sentence's score."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Summary:
    """Chosen sentences of an article, a story, or a theme's view of a story, in reading order."""

    sentences: tuple[Sentence, ...]
    scores: tuple[tuple[ScorePart, ...], ...] = ()  # per sentence, same order; empty when the method gives none
    support: tuple[tuple[Sentence, ...], ...] = ()  # per sentence: sentences of other articles that say the same
    method: str = DEFAULT_METHOD

    @property
    def text(self) -> str:
        """Return the sentences joined by spaces."""
        return " ".join(s.text for s in self.sentences)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, as one sentence states it."""

    printed: str  # verbatim, such as "some 100,000"
    value: float  # normalised
    unit: str  # "people under arms", "USD", "t", "dead" …
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Account:
    """Figures on one thing that differ between sources, oldest first; no verdict."""

    about: str  # what they count, in the sources' words
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """An attributed quotation."""

    speaker: str
    role: str  # as the source gives it; may be empty
    verb: str
    quotation: str  # verbatim, with its quotation marks
    sentence: Sentence
    person: str = ""  # the speaker's name in full as another article gives it; empty when speaker is that
