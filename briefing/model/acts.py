"""What an editor does to a draft: acts, as values that can be stored, taken back and replayed on a newer draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal, TypeVar, get_args

from briefing.model.article import Receipt
from briefing.model.checking import holds
from briefing.model.closed_sets import ReceiptOf
from briefing.model.edition import EditionStory

T = TypeVar("T")

#: What is done. Of these, REGROUPING changes what the draft is built of; TAKE_BACK undoes an earlier act.
ActKind = Literal[
    "drop",  # out of the edition: an item, or a line of any other place
    "keep",  # back into it
    "swap",  # a sentence of an item for another of the story
    "add",  # a sentence to an item
    "order",  # the lines of a place, the items of a section, or the sections
    "pin",  # an item to the top of its section
    "move",  # an item to a section, before another or to the end
    "title",  # a headline of the editor's own; empty for the source's
    "line",  # a line of the editor's own
    "unline",  # take such a line out again
    "point",  # a sentence as a key point, behind the others
    "no point",  # a key point out
    "drop unchanged",  # every item without news
    "move passage",  # a passage to another theme
    "not theme",  # a story is not on a theme
    "merge",  # several stories are one
    "split",  # some articles of a story are a story of their own
    "hold",  # an item for the edition of the next day
    "take in",  # an article that was left out
    "leave out",  # an article that was taken
    "note",  # a remark on a story for the desk; not printed
    "review",  # a story has been looked at; not printed
    "take back",  # an earlier act
]
ACT_KINDS: tuple[ActKind, ...] = get_args(ActKind)

#: The acts that the draft is built anew for.
REGROUPING: tuple[ActKind, ...] = ("not theme", "merge", "split", "take in", "leave out")

#: Where a line stands that an act is about.
ActPlace = Literal[
    "",
    "cover",
    "sections",  # their order
    "section",  # its items, its own lines
    "item",  # its sentences, its own lines
    "passages",  # of a section
    "accounts",  # their order, and each as a whole
    "account",  # its rows
    "statements",
    "corrections",
    "quiet",
    "short",  # articles condensed on their own
    "points",  # key points
]


@dataclass(frozen=True, slots=True)
class Span:
    """The place of a line in its article, as its receipt has it; of what has no receipt, a name in its stead."""

    article_id: str
    start: int = 0  # code points, half-open
    end: int = 0
    of: ReceiptOf = "body"
    nth: int = 0  # of several lines of one place that are the same span, counted from 0


def span_of(receipt: Receipt, nth: int = 0) -> Span:
    """Return the place of a receipt."""
    return Span(receipt.article_id, receipt.start, receipt.end, receipt.of, nth)


#: A story by its articles, such as `story_key` gives.
StoryKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done to a draft.

    A story is named by its articles, never by its number, so that the act can be replayed when a late article gave it
    another number or another id; a line by its span. Which fields an act has is said by `FIELDS`.
    """

    kind: ActKind
    place: ActPlace = ""
    story: StoryKey = ()  # the item, or the articles of a box of differing accounts
    stories: tuple[StoryKey, ...] = ()  # others: merged into it; the one it is moved before; a section's in order
    theme: str = ""  # slug of a section
    themes: tuple[str, ...] = ()  # the sections in order
    spans: tuple[Span, ...] = ()  # the lines; of a swap the one that goes and the one that comes
    articles: tuple[str, ...] = ()  # ids: taken in, left out, or split off
    text: str = ""  # title, own line, note; what a box of differing accounts is about
    number: int = 0  # of the act that is taken back


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """An act as the log has it."""

    number: int  # from 1, rising within the day
    editor: str
    moment: datetime  # UTC
    based_on: int  # number of the last act that the editor had seen; 0 for none
    act: Act


#: What each kind of act must have, beside the place.
FIELDS: dict[ActKind, tuple[str, ...]] = {
    "swap": ("story", "spans"),
    "add": ("story", "spans"),
    "pin": ("story",),
    "move": ("story", "theme"),
    "title": ("story",),
    "line": ("text",),
    "unline": ("text",),
    "point": ("spans",),
    "no point": ("spans",),
    "move passage": ("theme", "themes", "spans"),  # from a section to the one of themes
    "not theme": ("story", "theme"),
    "merge": ("story", "stories"),
    "split": ("story", "articles"),
    "hold": ("story",),
    "take in": ("articles",),
    "leave out": ("articles",),
    "note": ("story", "text"),
    "review": ("story",),
    "take back": ("number",),
}


def fault(act: Act) -> str:
    """Return what a value lacks to be an act; empty when it is one."""
    if not holds(act, Act):
        return "It is no act."
    missing = [name for name in FIELDS.get(act.kind, ()) if not getattr(act, name)]
    if missing:
        return f"“{act.kind}” needs {' and '.join(missing)}."
    if act.kind == "swap" and len(act.spans) != 2:
        return "“swap” needs the sentence that goes and the one that comes."
    if act.kind in ("drop", "keep") and not (act.place or act.story):
        return f"“{act.kind}” needs an item or a place."
    if any(not one.strip() for one in act.text.splitlines()) or "\n" in act.text:
        return "Words of the editor's own are one line."
    return ""


def story_key(story: EditionStory) -> StoryKey:
    """Return the name of a story in acts: its articles, of a round-up with the event that it is."""
    events = {event.article_id: event.part for event in story.events}
    return tuple(f"{key}@{events[key]}" if key in events else key for key in story.sources)


def found_story(key: StoryKey, stories: Iterable[EditionStory]) -> EditionStory | None:
    """Return the story with most of the same articles, of several that with fewest others; None when none has any."""
    return likest(key, ((story, story_key(story)) for story in stories))


def likest(key: StoryKey, named: Iterable[tuple[T, StoryKey]]) -> T | None:
    """Return the thing whose name is most like a key, as `found_story` has it; the first of equals."""
    wanted, bare = set(key), frozenset(map(bare_id, key))
    best, most = None, (0, 0, 0)
    for thing, own in named:
        shared = len(bare.intersection(map(bare_id, own)))
        if shared:
            likeness = (len(wanted.intersection(own)), shared, -len(wanted.symmetric_difference(own)))
            if best is None or likeness > most:
                best, most = thing, likeness
    return best


def bare_id(part: str) -> str:
    """Return the id of an article named in a story's key, without which event of it."""
    return part.partition("@")[0]


def in_effect(log: Sequence[LoggedAct]) -> tuple[LoggedAct, ...]:
    """Return the acts that count, in order: none that was taken back, unless its taking back was taken back."""
    gone: set[int] = set()
    for entry in reversed(log):
        if entry.act.kind == "take back" and entry.number not in gone:
            gone.add(entry.act.number)
    return tuple(entry for entry in log if entry.number not in gone and entry.act.kind != "take back")


#: What an act changes: two that change the same of one story are a clash when one did not know of the other.
_SENTENCES, _STANDING = "sentences", "where it stands"
_CHANGES: dict[ActKind, str] = {
    "swap": _SENTENCES,
    "add": _SENTENCES,
    "pin": _STANDING,
    "move": _STANDING,
    "hold": _STANDING,
    "drop unchanged": _STANDING,
    "title": "title",
    "line": "own lines",
    "unline": "own lines",
    "point": "key points",
    "no point": "key points",
    "move passage": "passages",
    "not theme": "what it is made of",
    "merge": "what it is made of",
    "split": "what it is made of",
    "take in": "what it is made of",
    "leave out": "what it is made of",
    "note": "note",
    "review": "note",
}


def changes(act: Act) -> str:
    """Return the field that an act changes, such as "title"; two acts on one field of one story may clash."""
    if act.kind in _CHANGES:
        return _CHANGES[act.kind]
    if act.place == "item":
        return _SENTENCES
    return act.place if act.place not in ("", "section") else _STANDING


def clashes(act: Act, other: Act) -> bool:
    """Return whether two acts change the same field of the same thing, each to something else."""
    if act == other or changes(act) != changes(other) or "take back" in (act.kind, other.kind):
        return False
    if {act.kind, other.kind} <= {"line", "note", "review"}:
        return False  # both are kept
    mine, theirs = _about(act), _about(other)
    return not mine or not theirs or bool(mine & theirs)


def _about(act: Act) -> frozenset[str]:
    """Return what an act is about: article ids, or the slug of a section; nothing where it is about a whole part."""
    keys = [key for story in (act.story, *act.stories) for key in story]
    if act.kind == "move":
        keys = list(act.story)  # the one it is moved before stays as it is
    found = set(map(bare_id, keys)) | set(act.articles)
    if not found and act.spans:
        found = {span.article_id for span in act.spans}
    return frozenset(found or {act.theme, *act.themes} - {""})


def act_data(act: Act) -> dict[str, Any]:
    """Return an act as plain data for JSON: what it has, nothing that is empty."""
    data: dict[str, Any] = {}
    for one in fields(Act):
        value = getattr(act, one.name)
        if value and one.name == "spans":
            value = [[s.article_id, s.start, s.end, s.of, s.nth] for s in value]
        if value:
            data[one.name] = value
    return data


def act_of(data: dict[str, Any]) -> Act:
    """Return the act of such data.

    Raises:
        TypeError: The data are none of an act, or lack something.
        ValueError: As TypeError.
    """
    values = dict(data)
    values["spans"] = tuple(Span(*span) for span in data.get("spans", ()))
    values["stories"] = tuple(tuple(key) for key in data.get("stories", ()))
    for name in ("story", "themes", "articles"):
        values[name] = tuple(data.get(name, ()))
    act = Act(**values)
    if problem := fault(act):
        raise ValueError(problem)
    return act
