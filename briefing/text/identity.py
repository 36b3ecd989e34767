"""Decides whose an article is: whether two texts under one guid or address are states of one article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from briefing.model import Input, Note, RawArticle, article_id
from briefing.text.terms import runs

#: Of the word triples of the shorter text, the share that the longer one must have for both to be one article. Under
#: the same headline less will do: a report is rewritten more often than a headline is used again.
KEPT, KEPT_UNDER_ONE_HEADLINE = 1 / 3, 1 / 12
_LOOKED_AT = 4_000  # words of a text

#: The folder that inputs lie under in the store when a build was given them by hand.
BY_HAND = "given"
_ONE_OF_SEVERAL = re.compile(r"(?:#\d+)+\Z")


def place_of(name: str) -> str:
    """Return the place of an input, which owns its articles: the file of one of several, wherever it was read from."""
    return _ONE_OF_SEVERAL.sub("", name).removeprefix(f"{BY_HAND}/")


def claimed(raw: RawArticle) -> str:
    """Return the identity that a raw article claims by its guid or address, else by its text; anybody can claim it."""
    return article_id(feed=raw.feed, guid=raw.guid, url=raw.url, title=raw.title, body=raw.text)


def one_of_several(name: str, number: int) -> str:
    """Return the name of an input at whose place so many other articles stood before: no two of them have one name."""
    return f"{name}#{number + 1}" if number else name


def belonging(claim: str, place: str, number: int) -> str:
    """Return the identity of an article whose claim is another's too: of its own place, 16 hex digits.

    Args:
        claim: As `claimed`.
        place: The file, or the place in a subscription, that it came from.
        number: How many different articles stood at that place under this claim before.
    """
    return sha256(f"{claim}\0{place}\0{number}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def still_itself(before: RawArticle, now: RawArticle) -> bool:
    """Return whether a text is a later state of another, not a different article in its place.

    An item of a feed under the same guid and headline is; else it is by what is left of the words.
    """
    if before.guid and before.guid == now.guid and is_headline(before.title, now.title):
        return True
    return reads_on(before.title, before.text, now.title, now.text)


def reads_on(title: str, text: str, title_now: str, text_now: str) -> bool:
    """Return whether enough of a text is left in another for both to be states of one article."""
    return shared(text, text_now) >= (KEPT_UNDER_ONE_HEADLINE if is_headline(title, title_now) else KEPT)


def is_headline(one: str, other: str) -> bool:
    """Return whether two headlines are the same words."""
    return bool(one) and runs(one) == runs(other)


def is_another(one: RawArticle, other: RawArticle) -> bool:
    """Return whether two texts differ widely, whatever guid, address and headline they have in common."""
    return shared(one.text, other.text) < KEPT


def shared(one: str, other: str) -> float:
    """Return the share of the word triples of the shorter text that the longer one has too, 0.0 to 1.0."""
    shorter, longer = sorted((_triples(one), _triples(other)), key=len)
    if not shorter:
        return float(runs(one) == runs(other))
    return len(shorter & longer) / len(shorter)


def identified(inputs: Sequence[Input]) -> tuple[Input, ...]:
    """Return the inputs of files; of those that claim one identity each gets the identity of its own file.

    Two states of one article in one file stay one. A file that claims what another one claims, with a widely different
    text, has a note that says so (``W_IDENTITY_CLAIMED``).
    """
    claims: dict[str, list[tuple[str, RawArticle]]] = defaultdict(list)
    for read in inputs:
        for raw in read.articles:
            if raw.guid or raw.url:
                claims[claimed(raw)].append((read.path, raw))
    disputed = {claim: _told_apart(claim, held) for claim, held in claims.items() if len(held) > 1}
    if not disputed:
        return tuple(inputs)
    return tuple(
        replace(read, articles=tuple(disputed.get(claimed(raw), {}).get(raw.input, raw) for raw in read.articles))
        for read in inputs
    )


def disputed_note(raw: RawArticle, other: str) -> Note:
    """Return the note of an article that claims the identity of another one with another text."""
    return Note(
        "W_IDENTITY_CLAIMED",
        f"{raw.input}: it bears the guid or the address of {other} and another text; the two are kept apart.",
    )


def _told_apart(claim: str, held: Sequence[tuple[str, RawArticle]]) -> dict[str, RawArticle]:
    """Return the raw articles of one claim by their input, each with its identity."""
    several = len({place for place, _ in held}) > 1
    found: dict[str, RawArticle] = {}
    states: dict[str, list[RawArticle]] = defaultdict(list)  # place → the latest state of each article there
    for place, raw in held:
        mine = states[place]
        number = next((n for n, known in enumerate(mine) if still_itself(known, raw)), len(mine))
        mine[number : number + 1] = [raw]
        identity = belonging(claim, place, number) if several or number else ""
        rival = next((other.input for _, other in held if other.input in found and is_another(other, raw)), "")
        notes = (*raw.notes, disputed_note(raw, rival)) if rival else raw.notes
        found[raw.input] = replace(raw, identity=identity, notes=notes)
    return found


def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = runs(text)[:_LOOKED_AT]
    return frozenset(zip(words, words[1:], words[2:], strict=False))
