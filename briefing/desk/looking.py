"""The screens that change nothing by themselves: the page, what was left out, the history."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from briefing.build.desk.results import HistoryEntry
from briefing.desk.access import FRAME
from briefing.desk.asking import Asked, Form, MissingError
from briefing.desk.face import Face, back
from briefing.desk.rows import article_key, key_of, stories_of
from briefing.model.acts import Act, found_story

_LISTED = 200  # entries of the ledger on one page; a search finds the others
_FORMS = ("html", "email", "text")
#: Where undo may lead back to.
_BACK = ("/", "/board", "/review", "/page", "/left-out", "/history", "/sign")
_STORY = re.compile(r"/story/[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form of the edition that can be looked at."""

    key: str
    name: str


def show_page(face: Face, request: Request) -> Response:
    """Show the edition as it would be, in one of its forms."""
    board, rows = face.board()
    at = face.find(request.query_params.get("at", ""), stories_of(board))
    themes = {section.theme: section.name for section in board.sections}
    forms = [FormRow(name, face.words.say(f"form_{name}")) for name in _FORMS]
    forms += [FormRow(f"html:{t}", face.words.say("digest_of", theme=name)) for t, name in themes.items()]
    form = request.query_params.get("form", "html")
    if form not in {one.key for one in forms}:
        form = "html"
    output, _, theme = form.partition(":")
    text = ""
    if output == "text":
        text = face.desk.page(output, theme).content.decode("utf-8")
    story = found_story(stories_of(board)[at].key, board.edition.stories) if at else None
    return face.page(
        "page",
        "page",
        version=board.version,
        at=at,
        back_to="/page",
        board=rows,
        forms=forms,
        form=form,
        text=text,
        frame=f"{FRAME}?form={form}" + (f"#item-{story.number}" if story else ""),
        pages=face.pages if face.counted_at == board.version else 0,
        busy=face.busy(),
    )


def show_frame(face: Face, request: Request) -> Response:
    """Return the page of the frame: the edition as it would be, in a sandbox of its own."""
    output, _, theme = request.query_params.get("form", "html").partition(":")
    page = face.desk.page(output, theme)
    if not page.media_type.startswith("text/html"):
        raise MissingError("gone")
    return Response(page.content, media_type="text/html")


def count_pages(face: Face, request: Request, form: Form) -> Response:
    """Draw the PDF and count its pages."""
    board, _ = face.board()
    face.pages, face.counted_at = face.desk.page_count(), board.version
    return back("/page", form=form.values.get("form", ""))


# ---- what was left out


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """An article that is not printed."""

    key: str
    title: str
    outlet: str
    url: str
    reason: str
    can_take_in: bool


def show_left_out(face: Face, request: Request) -> Response:
    """Show what was left out, and what a search finds among it."""
    query = request.query_params.get("q", "")[:200]
    board, rows = face.board()
    found = face.desk.left_out(query)
    entries = [
        LeftOutRow(
            article_key(one.article),
            one.article.title or one.article.input,
            one.article.outlet,
            one.article.url,
            one.reason,
            one.can_take_in,
        )
        for one in found
    ]
    at = request.query_params.get("at", "")
    if query and not at and entries:
        at = f"e-{entries[0].key}"
    return face.page(
        "left_out",
        "left_out",
        version=board.version,
        at=at,
        back_to="/left-out",
        board=rows,
        entries=entries[:_LISTED],
        more=max(0, len(entries) - _LISTED),
        query=query,
        focus_search=bool(request.query_params.get("focus")) or not at,
        busy=face.busy(),
    )


def take_in(face: Face, request: Request, form: Form) -> Response:
    """Take in an article that was left out."""
    kind, _, key = form.do.partition(":")
    query = form.values.get("q", "")
    found = next((one for one in face.desk.left_out(query) if article_key(one.article) == key), None)
    if kind != "take-in" or found is None:
        raise MissingError("gone")
    asked = Asked((Act("take in", articles=(found.article.article_id,)),), about=found.article.title)
    face.act(asked, form.based_on)
    return back("/left-out", at=f"e-{key}", q=query)


# ---- history


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """An act that was done."""

    number: int
    when: str
    who: str
    what: str
    lost: str
    undone: bool
    can_undo: bool


def show_history(face: Face, request: Request) -> Response:
    """Show every act of the day, the newest first."""
    board, rows = face.board()
    entries = [_row(face, entry) for entry in face.desk.history()]
    return face.page(
        "history",
        "history",
        version=board.version,
        at=request.query_params.get("at", ""),
        back_to="/history",
        board=rows,
        entries=entries,
        busy=face.busy(),
    )


def _row(face: Face, entry: HistoryEntry) -> HistoryRow:
    act, is_undoing = entry.entry.act, entry.entry.act.kind == "take back"
    return HistoryRow(
        entry.entry.number,
        face.moment(entry.entry.moment),
        entry.entry.editor,
        face.what(act),
        entry.lost,
        entry.taken_back,
        not entry.taken_back and not is_undoing,
    )


def undo(face: Face, request: Request, form: Form) -> Response:
    """Take back an act, and look at what it was about."""
    said = form.values.get("number", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    act = next((e.entry.act for e in face.desk.history() if e.entry.number == number), None)
    face.undo(number)
    where = form.values.get("back", "")
    path = where if where in _BACK or _STORY.fullmatch(where) else "/board"
    if path == "/history":
        return back(path, at=f"act-{number}", fragment=f"act-{number}")
    at = key_of(act.story) if act and act.story else ""
    return back(path, at=at) if path in ("/board", "/review", "/page") else back(path)


# ---- an article from outside


def bring(face: Face, request: Request, form: Form) -> Response:
    """Take in an article by its address, or from a file."""
    if form.do == "file":
        face.desk.add_article(form.file_name, form.file)
    else:
        face.desk.add_article(form.values.get("address", "").strip())
    return back("/left-out")
