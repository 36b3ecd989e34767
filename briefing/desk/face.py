"""What every screen of the desk needs: the core, the words, the browser's session, and how a page is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from briefing.build.desk import Desk
from briefing.build.desk.results import (
    Board,
    HistoryEntry,
    ItemLine,
    JobName,
    JobState,
    Posted,
    Rebuilt,
    Refused,
    Signed,
)
from briefing.desk.access import Access
from briefing.desk.asking import Asked
from briefing.desk.rows import BoardRows, Row, board_rows, stories_of
from briefing.desk.screens import Busy, Said, busy, key_groups, said_done, screens
from briefing.errors import BriefingError, SourceError
from briefing.model.acts import Act, StoryKey
from briefing.outputs.markup import render_markup
from briefing.text.labels import Words

_ROWS = 5_000  # rendered items that are kept


@dataclass
class Face:
    """The desk as one browser sees it.

    Args:
        desk: The core; every act goes to it.
        access: Who may speak to it.
        words: The labels, in the language of the page.
        zone: The desk's time zone.
        editor: Whose acts they are.
        accents: The accent colour on a light and on a dark ground.
        environment: Where passwords of the mail server and keys of channels are looked for.
        sleep: Waits for so many seconds, between two tries of a sending.
    """

    desk: Desk
    access: Access
    words: Words
    zone: ZoneInfo
    editor: str
    accents: tuple[str, str]
    environment: Mapping[str, str] = field(default_factory=dict)
    sleep: Callable[[float], None] = lambda seconds: None
    said: Said | None = None  # for the next page
    signer: str = ""  # the name that was signed with last
    pages: int = 0  # of the PDF when they were counted last
    counted_at: int = -1  # the version they were counted of
    posted: tuple[
        tuple[str, str, str, str], ...
    ] = ()  # what the last sending came to: state, channel, recipient, reason
    ended_job: JobState | None = None  # the job whose end was said
    rows: dict[tuple[Row, bool], Markup] = field(default_factory=dict)  # as they were rendered
    shown: dict[str, StoryKey] = field(default_factory=dict)  # every story that a page named, by its key
    headlines: dict[str, str] = field(default_factory=dict)  # of the items, by their articles

    # ---- what is on the desk

    def board(self) -> tuple[Board, BoardRows]:
        """Return the board, and its lines in words."""
        board = self.desk.board()
        items = stories_of(board)
        self.shown.update((key, item.key) for key, item in items.items())
        for item in items.values():
            self.headlines.update((key, item.retitled or item.headline) for key in item.key)
        return board, board_rows(board, self.words)

    def find(self, key: str, items: Mapping[str, ItemLine]) -> str:
        """Return the present key of an item that a page may name by an older one; empty when it is gone.

        An item's key changes when an article joins or leaves it: then it is the one with most of the same articles.
        """
        if key in items or key not in self.shown:
            return key if key in items else ""
        known = {article.partition("@")[0] for article in self.shown[key]}
        shared = {now: len(known & {a.partition("@")[0] for a in item.key}) for now, item in items.items()}
        best = max(shared, key=lambda now: shared[now], default="")
        return best if best and shared[best] else ""

    def busy(self) -> Busy | None:
        """Return the work in the background; what has just ended is said once."""
        progress = self.desk.progress()
        if progress is not None and progress.finished and progress != self.ended_job:
            self.ended_job = progress
            self.end(progress)
        return busy(progress, self.words)

    def end(self, progress: JobState) -> None:
        """Keep for the next page what a job came to."""
        w, result = self.words, progress.result
        if progress.problem:
            self.say(progress.problem, refused=True)
        elif isinstance(result, Rebuilt):
            self.say(" ".join([w.count("did_build", result.articles), *result.lost]), refused=bool(result.lost))
        elif isinstance(result, Signed):
            left = " ".join(finding.problem for finding in (result.findings or result.left_out))
            done = w.say("did_sign") if result.ok else w.say("did_not_sign")
            self.say(
                f"{done} {w.say('was_left_out') if result.ok and left else ''} {left}".strip(), refused=not result.ok
            )
        elif isinstance(result, Posted):
            self.posted = result.rows
            self.say(result.problem or w.say("did_send" if result.ok else "did_not_send"), refused=not result.ok)
        elif isinstance(result, int):
            self.say(w.count("did_collect", result))
        if progress.job != "collect" and not progress.problem and self.desk.morning().pending:
            self.desk.start("regroup")  # stories were regrouped while it ran

    def moment(self, moment: datetime | None) -> str:
        """Return a time of day at the desk, with the day where it is another than the edition's."""
        if moment is None:
            return ""
        here = moment.astimezone(self.zone)
        time = f"{here.hour:02}:{here.minute:02}"
        return time if here.date() == self.desk.day else f"{self.words.day(here.date(), 'tiny')}, {time}"

    # ---- what is done

    def begin(self, job: JobName, name: str = "") -> None:
        """Begin work in the background; while there is some, that is said instead."""
        if not self.desk.start(job, name=name, environment=self.environment, sleep=self.sleep):
            self.say(self.words.say("already_busy"), refused=True)

    def act(self, asked: Asked, based_on: int) -> None:
        """Hand acts to the core, and keep what is said of them for the next page."""
        for act in asked.acts:
            result = self.desk.act(act, editor=self.editor, based_on=based_on)
            if isinstance(result, Refused):
                self.say(" ".join(filter(None, (result.problem, result.hint))), refused=True)
                return
            based_on = result.version
            if result.needs_rebuild:
                self.desk.start("regroup")
        self.say(self.done_words(asked))

    def done_words(self, asked: Asked) -> str:
        """Return what was done in words."""
        first = asked.acts[0]
        return said_done(first.kind, asked.about, first.number, self.words)

    def say(self, text: str, *, refused: bool = False) -> None:
        """Keep a line for the next page."""
        self.said = Said(text, refused)

    def trouble(self, error: BriefingError) -> None:
        """Keep what an error says for the next page."""
        self.say(" ".join(filter(None, (error.message, error.hint))), refused=True)

    # ---- pages

    def row(self, row: Row, here: bool) -> Markup:
        """Return an item as the board has it, ``here`` when it is in focus; rendered once for each state of it."""
        known = self.rows.get((row, here))
        if known is None:
            if len(self.rows) > _ROWS:
                self.rows.clear()
            text = render_markup("desk/row.html.j2", {"w": self.words, "r": row, "here": here})
            known = self.rows[row, here] = Markup(text)  # noqa: S704  the template escaped it
        return known

    def page(
        self,
        template: str,
        here: str,
        *,
        version: int,
        at: str = "",
        back_to: str = "/board",
        title: str = "",
        **context: Any,
    ) -> HTMLResponse:
        """Return a screen.

        Args:
            template: Its name below ``templates/desk/``.
            here: Name of the screen.
            version: Number of the last act that it shows.
            at: Key of the item in focus.
            back_to: Where undo leads back to.
            title: Of the page, where it is not the screen's name.
            **context: What else its template names.
        """
        w = self.words
        said, self.said = self.said, None
        last = self.last_act()
        values = {
            "w": w,
            "screen_name": title or w.say(here),
            "day_long": w.day(self.desk.day, "full"),
            "day_short": w.day(self.desk.day, "tiny"),
            "screens": screens(here, w),
            "help": key_groups(w),
            "said": said,
            "undo": last and {"number": last.entry.number, "what": self.what(last.entry.act)},
            "back": back_to,
            "token_of": self.access.form_token,
            "row_of": self.row,
            "based_on": version,
            "at": at,
            "busy": None,
            "is_waiting": False,
        }
        return HTMLResponse(render_markup(f"desk/{template}.html.j2", values | context))

    def last_act(self) -> HistoryEntry | None:
        """Return the editor's last act that counts: what undo takes back; None when there is none."""
        try:
            history = self.desk.history()
        except SourceError:  # no draft yet
            return None
        for entry in history:
            if not entry.taken_back and entry.entry.editor == self.editor and entry.entry.act.kind != "take back":
                return entry
        return None

    def what(self, act: Act) -> str:
        """Return what an act of the history did, in words."""
        return said_done(act.kind, self.about(act), act.number, self.words)

    def about(self, act: Act) -> str:
        """Return the headline of the item that an act is about, else its words; empty when it has none of both."""
        named = (self.headlines.get(key, "") for key in act.story)
        return next(filter(None, named), "") or act.text

    def undo(self, number: int) -> None:
        """Take back an act, the editor's last one for 0."""
        result = self.desk.undo(editor=self.editor, number=number)
        if isinstance(result, Refused):
            self.say(" ".join(filter(None, (result.problem, result.hint))), refused=True)
            return
        if result.needs_rebuild:
            self.desk.start("regroup")
        taken = next((e.entry.act for e in self.desk.history() if e.entry.number == result.act.number), None)
        self.say(self.words.say("did_take_back", number=result.act.number) + (f": {self.what(taken)}" if taken else ""))

    def lacking(self, status: int, text: str, hint: str = "") -> Response:
        """Return the page of something that is not there, or cannot be had now."""
        values = {"w": self.words, "title": self.words.say("not_there"), "text": f"{text} {hint}".strip(), "href": "/"}
        return HTMLResponse(render_markup("desk/refused.html.j2", values), status_code=status)

    def refused(self, status: int, reason: str) -> Response:
        """Return the page of a request that is refused."""
        w = self.words
        values = {"w": w, "title": w.say("refused"), "text": w.say(f"refused_{reason}"), "href": ""}
        return HTMLResponse(render_markup("desk/refused.html.j2", values), status_code=status)


def back(path: str, *, at: str = "", **query: str) -> RedirectResponse:
    """Return the answer to an act: look at the item again.

    The page has it in focus by ``autofocus``; with a fragment in the address browsers would not heed that.
    """
    values = {name: value for name, value in {**query, "at": at}.items() if value}
    return RedirectResponse(path + (f"?{urlencode(values)}" if values else ""), status_code=303)
