"""Turns what a form says into acts: the value of the button that was pressed, beside the fields of its form."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from briefing.build.desk.results import Board, ItemLine, Line, StoryDesk
from briefing.desk.rows import line_key, lines_of, span_key, stories_of
from briefing.model.acts import Act
from briefing.text.printable import one_line

T = TypeVar("T")

#: Characters of a line or headline of the editor's own.
LONGEST = 2_000


class MissingError(Exception):
    """What a form speaks of is no longer there, or it says nothing."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key  # of the sentence that says so, among the desk's words


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for."""

    acts: tuple[Act, ...]
    at: str = ""  # key of what is to be in focus then
    about: str = ""  # headline or words, for the line that says what was done


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form that was sent."""

    do: str
    values: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    file_name: str = ""
    file: bytes = b""

    def with_file(self, name: str, content: bytes) -> Form:
        """Return the form with the file that was sent with it."""
        return replace(self, file_name=name, file=content)

    @property
    def based_on(self) -> int:
        """Return the number of the last act that the page showed; 0 where it says none."""
        said = self.values.get("based_on", "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0

    @property
    def text(self) -> str:
        """Return the words of the editor's own: one line."""
        text = one_line(self.values.get("text", ""))[:LONGEST].strip()
        return text if any(unicodedata.category(sign)[0] not in "CZ" for sign in text) else ""


_Asking = Callable[[str, Form, Board], Asked]


def asked_on_board(form: Form, board: Board, find: Callable[[str], str]) -> Asked:
    """Return the acts that a form of the board or of the review asks for.

    Args:
        form: Its fields.
        board: As it stands.
        find: Gives the present key of an item that a page may name by an older one; empty when it is gone.

    Raises:
        MissingError: The item or line is not there, or no item is marked.
    """
    kind, _, rest = form.do.partition(":")
    items = stories_of(board)
    if kind == "drop-unchanged":
        return Asked((Act("drop unchanged"),), form.values.get("at", ""))
    if kind in _OF_PARTS:
        return _OF_PARTS[kind](rest, form, board)
    theme, key = "", rest
    if kind == "to":
        theme, _, key = rest.partition(":")
        _check_theme(theme, board)
    chosen = [key] if key else list(form.marks) or [form.values.get("at", "")]
    found = [items[now] for now in map(find, filter(None, chosen)) if now]
    if not found:
        raise MissingError("gone" if any(chosen) else "nothing_marked")
    at, about = find(chosen[0]), "; ".join(item.retitled or item.headline for item in found)
    if kind == "merge":
        if len(found) < 2:
            raise MissingError("merge_needs_two")
        ordered = [item for item in items.values() if item in found]
        return Asked((Act("merge", story=ordered[0].key, stories=tuple(i.key for i in ordered[1:])),), at, about)
    return Asked(tuple(_of_item(kind, item, board, theme) for item in found), at, about)


def _of_item(kind: str, item: ItemLine, board: Board, theme: str) -> Act:
    if kind in ("drop", "keep"):
        return Act("drop" if kind == "drop" else "keep", story=item.key)
    if kind == "pin":
        return Act("pin", story=item.key)
    if kind == "hold":
        return Act("hold", story=item.key)
    if kind == "review":
        return Act("review", story=item.key)
    if kind == "to":
        return Act("move", story=item.key, theme=theme)
    if kind in ("up", "down"):
        return _moved(item, board, -1 if kind == "up" else 1)
    raise MissingError("no_such_act")


def _moved(item: ItemLine, board: Board, by: int) -> Act:
    """Return the act that moves an item one place up or down in its section, news among news."""
    section = next(s for s in board.sections if s.theme == item.theme)
    among = [one for one in section.items if (one.state == "unchanged") == (item.state == "unchanged")]
    if item not in among:
        raise MissingError("gone")
    place = among.index(item) + by
    if not 0 <= place < len(among):
        raise MissingError("at_the_edge")
    others = [one for one in among if one is not item]
    before = (others[place].key,) if place < len(others) else ()
    return Act("move", story=item.key, theme=item.theme, stories=before)


def _line(key: str, lines: Mapping[str, Line]) -> Asked:
    """Return the act that drops a line that is printed, or takes one back that is not."""
    if key not in lines:
        raise MissingError("gone")
    return Asked((lines[key].act,), f"l-{key}", lines[key].text)


def _own_words(kind: Literal["line", "unline"], place: Literal["cover", "section"]) -> _Asking:
    """Return what adds or removes a line of the editor's own on the cover or under a section's name."""

    def asked(theme: str, form: Form, board: Board) -> Asked:
        if not form.text:
            raise MissingError("no_words")
        if theme:
            _check_theme(theme, board)
        return Asked((Act(kind, place, theme=theme, text=form.text),), about=form.text)

    return asked


def _section_up(theme: str, form: Form, board: Board) -> Asked:
    order = [section.theme for section in board.sections]
    _check_theme(theme, board)
    return Asked((Act("order", "sections", themes=_shifted(order, theme, -1)),))


def _point_up(key: str, form: Form, board: Board) -> Asked:
    printed = {line_key(line.act): line for line in board.points if line.in_print}
    if key not in printed:
        raise MissingError("gone")
    order = _shifted(list(printed), key, -1)
    spans = tuple(printed[one].act.spans[0] for one in order)
    return Asked((Act("order", "points", spans=spans),), f"l-{key}", printed[key].text)


def _passage(rest: str, form: Form, board: Board) -> Asked:
    key, _, theme = rest.partition(":")
    _check_theme(theme, board)
    for section in board.sections:
        for line in section.passages:
            if line_key(line.act) == key:
                act = Act("move passage", "passages", theme=section.theme, themes=(theme,), spans=line.act.spans)
                return Asked((act,), about=line.text)
    raise MissingError("gone")


#: What a button asks for that is about no item.
_OF_PARTS: dict[str, _Asking] = {
    "line": lambda key, form, board: _line(key, lines_of(board)),
    "line-cover": _own_words("line", "cover"),
    "unline-cover": _own_words("unline", "cover"),
    "line-section": _own_words("line", "section"),
    "unline-section": _own_words("unline", "section"),
    "section-up": _section_up,
    "point-up": _point_up,
    "passage": _passage,
}


def _check_theme(theme: str, board: Board) -> None:
    if theme not in {section.theme for section in board.sections}:
        raise MissingError("gone")


def _shifted(order: Sequence[T], one: T, by: int) -> tuple[T, ...]:
    """Return a list with one of its members a place further up or down."""
    place = order.index(one) + by
    if not 0 <= place < len(order):
        raise MissingError("at_the_edge")
    left = [other for other in order if other != one]
    return (*left[:place], one, *left[place:])


def asked_on_story(form: Form, story: StoryDesk, board: Board, find: Callable[[str], str]) -> Asked:
    """Return the acts that a form of a story's page asks for; arguments and errors as in `asked_on_board`."""
    kind, _, rest = form.do.partition(":")
    key, item = story.item.key, story.item
    if kind == "title":
        return Asked((Act("title", "item", story=key, text=form.text),), about=form.text or item.headline)
    if kind in ("line", "unline", "note"):
        if not form.text:
            raise MissingError("no_words")
        acts: dict[str, Act] = {
            "line": Act("line", "item", story=key, text=form.text),
            "unline": Act("unline", "item", story=key, text=form.text),
            "note": Act("note", story=key, text=form.text),
        }
        return Asked((acts[kind],), about=form.text)
    if kind == "not-theme":
        if rest not in {why.theme for why in story.why} | {item.theme}:
            raise MissingError("gone")
        return Asked((Act("not theme", story=key, theme=rest),), about=item.headline)
    if kind == "split":
        articles = tuple(a.article.article_id for a in story.sources if a.article.article_id in form.articles)
        if not articles or len(articles) == len(story.sources):
            raise MissingError("split_needs_some")
        return Asked((Act("split", story=key, articles=articles),), about=item.headline)
    if kind == "to" or not rest or kind in ("drop", "keep", "pin", "hold", "review"):
        whole = replace(form, values={**form.values, "at": form.values.get("key", "")}, marks=())
        return asked_on_board(whole, board, find)
    return _of_sentence(kind, rest, form, story)


def _of_sentence(kind: str, key: str, form: Form, story: StoryDesk) -> Asked:
    story_key = story.item.key
    printed = {span_key(s.span): s for s in story.chosen if s.in_print}
    known = {span_key(c.span): (c.span, c.text) for c in story.candidates}
    known |= {span_key(s.span): (s.span, s.text) for s in story.chosen}
    if key not in known:
        raise MissingError("gone")
    span, text = known[key]
    if kind in ("line-up", "line-down"):
        if key not in printed:
            raise MissingError("gone")
        spans = _shifted([s.span for s in printed.values()], span, -1 if kind == "line-up" else 1)
        return Asked((Act("order", "item", story=story_key, spans=spans),), key, text)
    if kind == "swap":
        goes = form.values.get("swap", "")
        if goes not in printed:
            raise MissingError("gone")
        return Asked((Act("swap", "item", story=story_key, spans=(printed[goes].span, span)),), key, text)
    acts: dict[str, Act] = {
        "drop-line": Act("drop", "item", story=story_key, spans=(span,)),
        "keep-line": Act("keep", "item", story=story_key, spans=(span,)),
        "add": Act("add", "item", story=story_key, spans=(span,)),
        "point": Act("point", "item", story=story_key, spans=(span,)),
        "no-point": Act("no point", "item", story=story_key, spans=(span,)),
    }
    if kind not in acts:
        raise MissingError("no_such_act")
    return Asked((acts[kind],), key, text)
