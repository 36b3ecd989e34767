"""A real browser at a desk, driven key by key."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from briefing.build.desk import Desk
from tests.desk.opened import serving

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@dataclass
class Browser:
    """Chromium, at a desk it was let in to; it counts the keys that were pressed."""

    process: subprocess.Popen[str]
    keys: list[str] = field(default_factory=list)
    now: dict[str, Any] = field(default_factory=dict)  # what it shows, after the last thing that was done

    def do(self, what: str, value: object) -> Any:
        """Do one thing and return its result, when the browser has come to rest."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({what: value}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()[-2000:] if self.process.stderr else ""
        self.now = json.loads(line)
        return self.now["result"]

    def go(self, path: str) -> None:
        """Open a screen by its address."""
        self.do("go", path)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other; each counts."""
        for key in keys:
            self.keys.append(key)
            self.do("press", "Space" if key == " " else key)

    def type(self, words: str) -> None:
        """Type words into the field that is in focus; they do not count."""
        self.do("type", words)

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page."""
        return self.do("js", expression)

    @property
    def item(self) -> str:
        """Id of the item that is in focus."""
        return str(self.now["item"])

    @property
    def said(self) -> str:
        """What was announced last."""
        return str(self.now["said"])

    @property
    def path(self) -> str:
        """Path of the screen, without what stands behind the question mark."""
        return str(self.now["path"]).partition("?")[0]


@contextmanager
def browsing(desk: Desk, language: str = "en") -> Iterator[Browser]:
    """A browser at a desk, until the block ends; what is missing for one skips the test."""
    node = shutil.which("node")
    if not node or not Path(CHROMIUM).is_file():
        pytest.skip("Chromium or Node is not here; apt-get install chromium nodejs")
    if not (HERE / "node_modules" / "puppeteer-core").exists():
        pytest.skip("The tools are not installed: run scripts/browser-setup")
    with serving(desk, language) as link:
        process = subprocess.Popen(
            [node, str(HERE / "desk.mjs"), link],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield Browser(process)
        finally:
            process.communicate(timeout=60)
