"""Chooses the statements to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from briefing.model import Statement, Story
from briefing.text import aliases

Said = tuple[Statement, Story]
Place = tuple[str, int]  # article id and where a sentence begins
PER_STORY = 6  # speakers printed of one story
_GOOD_LENGTH = (6, 40)  # words of a quotation that says something and can be read at a glance


def choose_statements(said: Sequence[Said], limit: int, printed: Collection[Place] = ()) -> tuple[Said, ...]:
    """Return at most ``limit`` statements, one per speaker, no words twice, in the order of the speakers' weight.

    Those with an office come first, then the most quoted, then the stories printed first. Of one speaker's statements
    the one with the best length is taken, rather one that is not printed elsewhere. A body's is left out when it is.

    Args:
        said: Statements of one theme's printed stories, in the order of printing.
        limit: 0 or more.
        printed: Where the sentences of the summaries and passages stand.
    """
    quoted = Counter(_speaker(s) for s, _ in said)
    best: dict[str, Said] = {}
    for statement, story in said:
        key = _speaker(statement)
        if key not in best or _worth(statement, printed) > _worth(best[key][0], printed):
            best[key] = statement, story
    order = {story.id: n for n, story in reversed(list(enumerate(story for _, story in said)))}
    ranked = sorted(best.values(), key=lambda p: (not p[0].role, -quoted[_speaker(p[0])], order[p[1].id], p[0].speaker))
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
