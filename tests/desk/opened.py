"""A desk that answers requests, over a draft made by hand."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from starlette.testclient import TestClient

from briefing.build.desk import Desk
from briefing.desk.access import Access
from briefing.desk.app import application
from briefing.desk.face import Face
from briefing.desk.serving import listening, server
from briefing.text.labels import desk_words

PORT = 8137
EDITOR = "Mirela Osk"


def face_of(desk: Desk, port: int = PORT, language: str = "en") -> Face:
    """The desk as one browser sees it."""
    zone = ZoneInfo(desk.settings.briefing.time_zone)
    return Face(desk, Access(port), desk_words(language), zone, EDITOR, ("#1f4e79", "#7ba7d0"))


@contextmanager
def serving(desk: Desk, language: str = "en") -> Iterator[str]:
    """The link of a desk that listens on this machine until the block ends."""
    with listening(0) as listener:
        face = face_of(desk, listener.getsockname()[1], language)
        started = threading.Event()
        serves = server(application(face), ready=started.set)
        thread = threading.Thread(target=lambda: asyncio.run(serves.serve(sockets=[listener])))
        thread.start()
        try:
            assert started.wait(30)
            yield face.access.link()
        finally:
            serves.should_exit = True
            thread.join(30)


@dataclass
class Visitor:
    """A browser without script that was let in: it reads pages and sends the forms it finds on them."""

    client: TestClient
    face: Face

    def page(self, path: str) -> Page:
        """A screen, once nothing in the background changes it any more."""
        answer = self.client.get(path)
        while 'id="proving"' in answer.text:
            time.sleep(0.05)
            answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    def send(self, path: str, do: str, *, on: str = "", **fields: str | list[str]) -> Page:
        """What comes after pressing a button of a form on a screen; redirects are followed, as browsers do."""
        shown = self.page(on or path)
        data = {**shown.fields_of(path), "do": do, **fields}
        answer = self.client.post(path, data=data, headers={"origin": self.face.access.origin})
        assert answer.status_code == 200, answer.text
        return Page(answer.text)


class Page(HTMLParser):
    """A screen as a reader of its markup has it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = text
        self.forms: list[dict[str, str]] = []
        self.buttons: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.focus = ""  # id of what is in focus when the page is opened without script
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self._items: list[str] = []
        self._said = False
        self.said = ""
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self.names.append(tag)
        self.attributes += values.items()
        if "id" in values:
            self.ids.append(values["id"])
        if "data-item" in values:
            self._items.append(values.get("id", ""))
        if "autofocus" in values:
            self.focus = values.get("id") or (self._items[-1] if self._items else "")
        if tag == "form":
            self.forms.append({"action": values.get("action", ""), "method": values.get("method", "get")})
        if tag == "input" and values.get("type") == "hidden" and self.forms:
            self.forms[-1].setdefault(values["name"], values.get("value", ""))
        if tag == "button":
            self.buttons.append(values)
        if tag == "a":
            self.links.append(values)
        self._said = values.get("id") == "said"

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._said:
            self.said += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._said = False

    @property
    def text(self) -> str:
        """Everything that is to be read on it."""
        return " ".join(" ".join(self.words).split())

    def fields_of(self, action: str) -> dict[str, str]:
        """The hidden fields of the first form that is sent to a path."""
        form = next(form for form in self.forms if form["action"] == action and form["method"] == "post")
        return {name: value for name, value in form.items() if name not in ("action", "method")}

    def values(self, kind: str) -> list[str]:
        """The keys that buttons of a kind stand beside, in order."""
        found = (button.get("value", "") for button in self.buttons)
        return [value.partition(":")[2] for value in found if value.partition(":")[0] == kind and ":" in value]


@contextmanager
def visiting(desk: Desk, language: str = "en") -> Iterator[Visitor]:
    """A browser that was let in."""
    face = face_of(desk, language=language)
    with TestClient(application(face), base_url=face.access.origin) as client:
        assert client.get(face.access.link()).status_code == 200
        yield Visitor(client, face)
