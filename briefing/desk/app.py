"""The desk's web application: its routes, and what they share.

Every act is a form that is posted, answered by a redirect back to what it was about. Handlers are synchronous and run
in a pool of threads, as the pipeline is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from briefing.desk import editing, looking, rounds
from briefing.desk.access import ENTRANCE, FRAME, STATIC, Guard
from briefing.desk.asking import Form, MissingError
from briefing.desk.face import Face, back
from briefing.errors import BriefingError
from briefing.outputs.markup import default_folder, render_markup

_FIELDS = 3_000  # of a form: a mark for each item of the largest board, and some

Show = Callable[[Face, Request], Response]
Do = Callable[[Face, Request, Form], Response]

#: What is shown, by path.
_SHOWN: dict[str, Show] = {
    "/": rounds.show_morning,
    "/board": editing.show_board,
    "/review": editing.show_review,
    "/story/{key}": editing.show_story,
    "/page": looking.show_page,
    FRAME: looking.show_frame,
    "/left-out": looking.show_left_out,
    "/history": looking.show_history,
    "/sign": rounds.show_sign,
}
#: What is done, by path.
_DONE: dict[str, Do] = {
    "/round": rounds.act_on_round,
    "/board": editing.act_on_board,
    "/review": editing.act_on_review,
    "/story/{key}": editing.act_on_story,
    "/undo": looking.undo,
    "/page": looking.count_pages,
    "/left-out": looking.take_in,
    "/bring": looking.bring,
    "/sign": rounds.sign,
    "/send": rounds.send,
}


def application(face: Face) -> Guard:
    """Return the application of a desk, behind its access control."""
    routes = [Route(ENTRANCE, _entrance(face)), *_static(face)]
    routes += [Route(path, _showing(face, show)) for path, show in _SHOWN.items()]
    routes += [Route(path, _doing(face, do), methods=["POST"]) for path, do in _DONE.items()]

    def missing(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return face.refused(status, "method" if status == 405 else "path")

    app = Starlette(routes=routes, exception_handlers={404: missing, 405: missing})
    return Guard(app, face.access, face.refused)


def _entrance(face: Face) -> Callable[[Request], Response]:
    def entrance(request: Request) -> Response:
        cookie = face.access.admit(request.query_params.get("token", ""))
        if not cookie:
            return face.refused(403, "link")
        page = render_markup("desk/entered.html.j2", {"w": face.words})
        return HTMLResponse(page, headers={"Set-Cookie": cookie})

    return entrance


def _static(face: Face) -> list[Route]:
    """Return the routes of the style and of the script, which are read once."""

    @cache
    def style() -> str:
        light, dark = face.accents
        return render_markup("desk/desk.css.j2", {"accent": light, "accent_dark": dark})

    @cache
    def script() -> str:
        return (default_folder() / "desk" / "desk.js").read_text(encoding="utf-8")

    return [
        Route(f"{STATIC}desk.css", lambda request: Response(style(), media_type="text/css")),
        Route(f"{STATIC}desk.js", lambda request: Response(script(), media_type="text/javascript")),
    ]


def _showing(face: Face, show: Show) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            return show(face, request)
        except MissingError as error:
            return face.lacking(404, face.words.say(error.key))
        except BriefingError as error:
            return face.lacking(503, error.message, error.hint)

    return answer


def _doing(face: Face, do: Do) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=_FIELDS) as fields:
            form = _form(fields)
            if not face.access.is_form(request.url.path, form.values.get("token")):
                return face.refused(403, "token")
            file = fields.get("file")
            if isinstance(file, UploadFile):
                form = form.with_file(file.filename or "", await file.read())
            return await run_in_threadpool(done, request, form)

    def done(request: Request, form: Form) -> Response:
        try:
            return do(face, request, form)
        except MissingError as error:
            face.say(face.words.say(error.key), refused=True)
        except BriefingError as error:
            face.trouble(error)
        return back(_shown_at(request.url.path), at=form.values.get("at", ""))

    return answer


def _shown_at(path: str) -> str:
    """Return the screen whose form is sent to a path."""
    return {"/round": "/", "/undo": "/board", "/bring": "/left-out", "/send": "/sign"}.get(path, path)


def _form(fields: FormData) -> Form:
    values = {name: value for name, value in fields.multi_items() if isinstance(value, str)}
    return Form(
        values.get("do", ""),
        values,
        tuple(str(value) for value in fields.getlist("mark")),
        tuple(str(value) for value in fields.getlist("article")),
    )
