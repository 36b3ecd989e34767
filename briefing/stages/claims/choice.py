"""Chooses the statements to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from briefing.model import Article, Statement, Story
from briefing.stages.claims.kinds import is_official
from briefing.stages.claims.speech import speech_of
from briefing.stages.claims.tokens import Speaker
from briefing.stages.claims.worth import worth_of
from briefing.text import aliases
from briefing.text.languages import language_of

Said = tuple[Statement, Story]
Place = tuple[str, int]  # article id and where a sentence begins
PER_STORY = 3  # speakers printed of one story
LEAST = 1  # worth of a statement that is printed, where a language has what tells it
LEAST_PRIVATE = 2  # the same of one by somebody who speaks for no state, where a language has what tells that
_GOOD_LENGTH = (6, 40)  # words of a quotation that says something and can be read at a glance


def choose_statements(said: Sequence[Said], limit: int, printed: Collection[Place] = ()) -> tuple[Said, ...]:
    """Return at most ``limit`` statements worth keeping, one per speaker, no words twice, the weightiest first.

    Worth keeping is a decision, threat, promise, denial, accusation or figure. Those of more kinds come first, then
    those with an office, then the most quoted, then the stories printed first. Of one speaker's statements the
    worthiest is taken, then the one with the best length, rather one that is not printed elsewhere. A body's is left
    out when it is.

    Args:
        said: Statements of the printed stories, in the order of printing.
        limit: 0 or more.
        printed: Where the sentences of the summaries and passages stand.
    """
    quoted = Counter(_speaker(s) for s, _ in said)
    acts = {id(s): _acts(s, story) for s, story in said}
    best: dict[str, Said] = {}
    for statement, story in said:
        key = _speaker(statement)
        mine = acts[id(statement)], _worth(statement, printed)
        if (
            mine[0] >= (LEAST if _is_official(statement, story) else LEAST_PRIVATE)
            and _is_named(statement)
            and (key not in best or mine > (acts[id(best[key][0])], _worth(best[key][0], printed)))
        ):
            best[key] = statement, story
    order = {story.id: n for n, story in reversed(list(enumerate(story for _, story in said)))}
    ranked = sorted(
        best.values(),
        key=lambda p: (-acts[id(p[0])], not p[0].role, -quoted[_speaker(p[0])], order[p[1].id], p[0].speaker),
    )
    kept: list[Said] = []
    taken = Counter[str]()
    words: set[str] = set()
    for statement, story in ranked:
        own = "".join(c for c in statement.quotation.lower() if c.isalnum())
        again = not statement.role and _place(statement) in printed
        if not again and taken[story.id] < PER_STORY and len(kept) < limit and own not in words:
            taken[story.id] += 1
            words.add(own)
            kept.append((statement, story))
    return tuple(kept)


def _is_named(statement: Statement) -> bool:
    """Return whether a speaker has a name: 'the Green politician' is none."""
    return statement.speaker[:1].isupper() or any(word[:1].isupper() for word in statement.speaker.split()[-1:])


def _is_official(statement: Statement, story: Story) -> bool:
    """Return whether a statement is by somebody who speaks for a state; true where a language has no words for that."""
    speech = speech_of(language_of(_article(statement, story)))
    return not speech.full or is_official(Speaker(statement.speaker, statement.role), speech)


def _article(statement: Statement, story: Story) -> Article:
    return next(a for a in story.articles if a.id == statement.sentence.article_id)


def _acts(statement: Statement, story: Story) -> int:
    """Return how many kinds of acts a statement is; `LEAST` where its language has nothing that tells."""
    worth = worth_of(language_of(_article(statement, story)).code)
    return worth.of(statement) if worth else LEAST


def _speaker(statement: Statement) -> str:
    """Return the key of a speaker: a person's surname, all words of a body's name."""
    name = statement.person or statement.speaker
    return aliases.surname(name) if statement.role or statement.person or " " not in name else name.lower()


def _place(statement: Statement) -> Place:
    return statement.sentence.article_id, statement.sentence.start


def _worth(statement: Statement, printed: Collection[Place]) -> tuple[bool, bool, bool, bool, int, int]:
    words = len(statement.quotation.split())
    shortest, longest = _GOOD_LENGTH
    return (
        shortest <= words <= longest,
        _place(statement) not in printed,
        bool(statement.role),
        not statement.person,  # named in full by its own article
        words if words <= longest else -words,
        -statement.sentence.position,
    )


def by_story(statements: Mapping[str, Sequence[Statement]], stories: Sequence[Story]) -> tuple[Said, ...]:
    """Return the statements by article id as pairs with their story, copies of articles left out."""
    return tuple(
        (statement, story)
        for story in stories
        for article in story.articles
        if article.id not in dict(story.duplicates)
        for statement in statements.get(article.key, ())
    )
