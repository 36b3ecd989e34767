"""The screens an edition is edited on: board, review and story."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from briefing.desk.asking import Form, MissingError, asked_on_board, asked_on_story
from briefing.desk.face import Face, back
from briefing.desk.rows import card_of, span_key, stories_of
from briefing.desk.screens import receipt_rows, review_rows, story_rows, to_review


def show_board(face: Face, request: Request) -> Response:
    """Show the board."""
    busy = face.busy()
    board, rows = face.board()
    asked = request.query_params.get("at", "")
    at = face.find(asked, stories_of(board)) or (asked if asked in rows.line_keys else "")
    return face.page("board", "board", version=board.version, at=at, board=rows, busy=busy, lost=board.lost)


def act_on_board(face: Face, request: Request, form: Form) -> Response:
    """Do what a button of the board says."""
    board, _ = face.board()
    items = stories_of(board)
    asked = asked_on_board(form, board, lambda key: face.find(key, items))
    face.act(asked, form.based_on)
    at = asked.at or form.values.get("at", "")
    return back("/board", at=at, fragment=f"item-{at}" if at in items else at)


def show_review(face: Face, request: Request) -> Response:
    """Show one item that has not been looked at, with three keys."""
    board, rows = face.board()
    at = face.find(request.query_params.get("at", ""), stories_of(board))
    row = (rows.row(at) if at else None) or next(iter(to_review(rows)), None)
    return face.page(
        "review",
        "review",
        version=board.version,
        at=row.key if row else "",
        back_to="/review",
        board=rows,
        r=row,
        card=card_of(row.key, board) if row else None,
        review=review_rows(rows, row),
        busy=face.busy(),
    )


def act_on_review(face: Face, request: Request, form: Form) -> Response:
    """Do what a button of the review says; where the item is done with, the next one follows."""
    board, rows = face.board()
    items = stories_of(board)
    asked = asked_on_board(form, board, lambda key: face.find(key, items))
    face.act(asked, form.based_on)
    if asked.acts[0].kind not in ("review", "drop", "hold") or (face.said and face.said.refused):
        return back("/review", at=asked.at)
    return back("/review", at=review_rows(rows, rows.row(asked.at)).after)


def show_story(face: Face, request: Request) -> Response:
    """Show a story: its printed sentences, the candidates, and a receipt when one is asked for."""
    board, rows = face.board()
    items = stories_of(board)
    key = face.find(request.path_params["key"], items)
    if not key:
        raise MissingError("gone")
    story = face.desk.story(items[key].key)
    order = [row.key for row in rows.items]
    place = order.index(key)
    shown = story_rows(
        story,
        rows,
        face.words,
        before=order[place - 1] if place else "",
        after=order[place + 1] if place + 1 < len(order) else "",
    )
    swap, lit = request.query_params.get("swap", ""), request.query_params.get("receipt", "")
    spans = {span_key(s.span): s.span for s in (*story.chosen, *story.candidates)}
    if swap not in {row.key for row in shown.chosen}:
        swap = ""
    receipt = receipt_rows(face.desk.paragraph(spans[lit]), face.words) if lit in spans else None
    return face.page(
        "story",
        "board",
        version=story.version,
        at=key,
        back_to=f"/story/{key}",
        board=rows,
        r=rows.row(key),
        story=shown,
        swap=swap,
        lit=lit or request.query_params.get("at", ""),
        receipt=receipt,
        title=items[key].retitled or items[key].headline,
        own_lines=story.lines,
        busy=face.busy(),
    )


def act_on_story(face: Face, request: Request, form: Form) -> Response:
    """Do what a button of a story's page says."""
    board, _ = face.board()
    items = stories_of(board)
    key = face.find(request.path_params["key"], items)
    if not key:
        raise MissingError("gone")
    story = face.desk.story(items[key].key)
    asked = asked_on_story(form, story, board, lambda old: face.find(old, items))
    face.act(asked, form.based_on)
    at = asked.at if asked.at != key else ""
    return back(f"/story/{key}", at=at, fragment=f"s-{at}" if at else "")
