"""Every row of the table of readers is read in a sandboxed subprocess unless it says that it is trusted."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefing import sources
from briefing.model import RawArticle
from briefing.sources import READERS, Reader, read_inputs
from briefing.sources.mailbox import read_mail, read_mailbox
from briefing.sources.opened import MAX_ARTICLE, Opened, Reading
from briefing.system.worker import name_of, named
from tests.hostile.corpus import item, rss

TEXT = "The car ferry between Port Halvern and Skarn Island stopped on Monday, the harbour master of Varde said. " * 8
PAGE = f"<html><body><article><h1>Ferry halted</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
LINE = json.dumps({"title": "Ferry halted", "text": TEXT}) + "\n"
ITEMS = [{"id": "1", "content_text": TEXT}]
JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": ITEMS})
LIST = '<opml version="2.0"><body><outline type="rss" xmlUrl="https://odra.example/feed"/></body></opml>'
SAMPLES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), PAGE),
    **dict.fromkeys((".xml", ".rss", ".atom"), rss(item("Ferry halted", desc=TEXT))),
    ".jsonl": LINE,
    ".json": JSON_FEED,
    ".opml": LIST,
}


def broken_here(monkeypatch: pytest.MonkeyPatch, reader: Callable[..., object]) -> None:
    """Have a function raise in this process, by whatever name it is called; its subprocess imports it sound."""

    def broken(*of: object) -> None:
        raise AssertionError("a foreign file was read in the program's own process")

    monkeypatch.setattr(reader, "__code__", broken.__code__)


def test_only_plain_text_is_trusted() -> None:
    assert {suffix for suffix, reader in READERS.items() if reader.trusted} == {".txt", ".md"}
    assert Reader(READERS[".html"].read).trusted is False


@pytest.mark.parametrize("suffix", [suffix for suffix, reader in READERS.items() if not reader.trusted])
def test_a_row_is_read_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_text(SAMPLES[suffix], encoding="utf-8")
    broken_here(monkeypatch, READERS[suffix].read)
    (read, *_) = read_inputs(tmp_path)
    assert read.articles or [note.code for note in read.notes] == ["W_SOURCE_REFUSED"]


@pytest.mark.parametrize("suffix", READERS)
def test_the_function_of_a_row_can_be_named_to_another_process(suffix: str) -> None:
    read = READERS[suffix].read
    assert named(name_of(read)) is read


def test_mail_is_read_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Courier <news@courier.example>", "Ferry halted"
    message.set_content(TEXT)
    for name in ("new", "cur"):
        (tmp_path / "box" / name).mkdir(parents=True)
    (tmp_path / "box" / "new" / "1").write_bytes(message.as_bytes())
    (tmp_path / "mbox").write_bytes(b"From someone\n" + message.as_bytes())
    broken_here(monkeypatch, read_mail)
    for place in ("box", "mbox"):
        assert [len(read.articles) for read in read_mailbox(tmp_path / place, most=9)] == [1]


def read_word(file: Opened) -> Reading:
    """Read a file as an added kind might: with a library that raises its own errors; and say where it was read."""
    if b"broken" in file.blob:
        raise zipfile.BadZipFile("File is not a zip file")
    return Reading((RawArticle(input=file.path, text=f"{os.getpid()} {TEXT}", kind="text"),))


def test_an_added_kind_is_sandboxed_by_its_row_and_what_its_library_raises_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sources.READERS, ".docx", Reader(read_word))
    for name, content in {"a.docx": "sound", "b.docx": "broken", "c.docx": "sound"}.items():
        (tmp_path / name).write_text(content)
    before, bad, after = read_inputs(tmp_path)
    assert [note.code for note in bad.notes] == ["E_LIMIT"]
    places = {read.articles[0].text.split()[0] for read in (before, after)}
    assert str(os.getpid()) not in places


def read_lie(file: Opened) -> Reading:
    """Return what no reader returns, as one might that a file has taken over."""
    return eval(file.blob)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "lie",
    [
        "None",
        "7",
        "[]",
        "Reading((RawArticle(7, 'a', 'text'),))",
        "Reading((RawArticle('a', ['b'], 'text'),))",
        "Reading((RawArticle('a', 'b', 'scroll'),))",
        "Reading(RawArticle('a', 'b', 'text'))",
        "Reading((Reading(),))",
        "Reading(('a',))",
    ],
)
def test_what_is_no_reading_is_not_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lie: str) -> None:
    monkeypatch.setitem(sources.READERS, ".lie", Reader(read_lie))
    (tmp_path / "a.lie").write_text(lie)
    (read,) = read_inputs(tmp_path)
    assert ([note.code for note in read.notes], read.articles) == (["E_LIMIT"], ())


def test_of_an_article_of_any_kind_no_more_is_kept_than_it_may_have(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "%s"}\n' % (TEXT * 600), encoding="utf-8")
    (read,) = read_inputs(tmp_path)
    (raw,) = read.articles
    assert len(raw.text) == 2 * MAX_ARTICLE
    assert [note.code for note in raw.notes] == ["W_FIELD_TRUNCATED"]
