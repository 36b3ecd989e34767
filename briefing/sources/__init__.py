"""Reads files and folders into raw articles: decoded, without markup, nothing judged yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.errors import ArticleError
from briefing.model import Input, Note
from briefing.sources.binary import looks_like
from briefing.sources.feed import read_feed, read_list_of_feeds
from briefing.sources.files import FoundFile, read_bytes
from briefing.sources.isolated import apart
from briefing.sources.json_feed import read_json_feed
from briefing.sources.json_lines import read_lines
from briefing.sources.opened import Opened, Reading, shown_name
from briefing.sources.page import read_page
from briefing.sources.text import read_text
from briefing.sources.walk import find
from briefing.text.identity import identified


@dataclass(frozen=True, slots=True)
class Reader:
    """How a kind of file is read; in a sandboxed subprocess unless it says that it is trusted."""

    read: Callable[[Opened], Reading]
    trusted: bool = False  # it takes nothing apart: it is called in this process

    def __call__(self, file: Opened) -> Reading:
        """Return what is read of a file; errors as `read`, and those of `isolated.apart`."""
        return self.read(file) if self.trusted else apart(self.read, file)


#: Every kind of file that is read, by the ending of its name.
READERS: dict[str, Reader] = {
    ".txt": Reader(read_text, trusted=True),
    ".md": Reader(read_text, trusted=True),
    ".html": Reader(read_page),
    ".htm": Reader(read_page),
    ".xhtml": Reader(read_page),
    ".jsonl": Reader(read_lines),
    ".json": Reader(read_json_feed),
    ".xml": Reader(read_feed),
    ".rss": Reader(read_feed),
    ".atom": Reader(read_feed),
    ".opml": Reader(read_list_of_feeds),
}

_ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".7z", ".rar", ".jar"})

__all__ = ["READERS", "read_inputs"]


def read_inputs(
    paths: Path | str | Sequence[Path | str],
    *,
    leave_out: Sequence[Path | str] = (),
    on_skipped: Callable[[str], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[Input, ...]:
    """Return everything found under the PATHs, read or refused with the reason, in the order given and then by name.

    An `Input` without articles was refused when a note's code begins with ``E_``, and else only passed over.
    Items of a feed and lines of a JSON Lines file that hold no article follow their file as inputs of their own.
    What this program wrote itself is no input: a settings file, an edition's files, the archive.

    Args:
        paths: Files and folders, or one of them; folders are walked within `MAX_DEPTH` and `MAX_FILES` of `walk`.
        leave_out: Files and folders below the PATHs that are no input either.
        on_skipped: Called with the key of each file that is skipped because this program wrote it or was told to.
        progress: Called after each file with the number of files done so far.

    Raises:
        SourceError: A PATH does not exist or may not be read.
    """
    inputs: list[Input] = []
    several = [paths] if isinstance(paths, str | Path) else paths
    for number, found in enumerate(find(several, frozenset(READERS), leave_out=leave_out, on_skipped=on_skipped), 1):
        inputs.extend(_read(found))
        if progress:
            progress(number)
    return identified(inputs)


def _read(found: FoundFile) -> list[Input]:
    if found.note:
        return [Input(found.path, notes=(found.note,))]
    named = _name_notes(found.path)
    path = found.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    try:
        file = read_bytes(found)
        reading = _reader(file)(replace(file, path=path))
    except ArticleError as error:
        refusal = Note(error.code, f"{error.message} {error.hint}".strip())
        return [Input(path, notes=(*named, refusal))]
    return [Input(path, reading.articles, (*named, *file.notes, *reading.notes)), *reading.refused]


def _reader(file: Opened) -> Reader:
    if file.suffix in READERS:
        return READERS[file.suffix]
    looks = looks_like(file.blob)
    if file.suffix in _ARCHIVES:
        raise ArticleError(
            f"{file.shown} is an archive; archives are never unpacked.", "Unpack it yourself.", code="E_ARCHIVE_UNSAFE"
        )
    if looks.endswith("archive"):
        raise ArticleError(f"{file.shown} is not text: it looks like {looks}.", "Unpack it first.", code="E_BINARY")
    raise ArticleError(
        f"{file.shown} is of no known kind.", f"briefing reads {', '.join(sorted(READERS))}.", code="E_UNSUPPORTED"
    )


def _name_notes(path: str) -> tuple[Note, ...]:
    if path.isascii() or not any("\ud800" <= c <= "\udfff" for c in path):
        return ()
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return (Note("W_NAME_ESCAPED", f"{shown_name(shown)}: its name is not UTF-8; the bytes are shown as \\x…."),)
