"""The types between the walk and the readers: an opened file, and what a reader made of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from briefing.model import Code, Input, Note, RawArticle

#: Characters of an article's text that are kept where Python holds each in two bytes: 400 KB of memory. Twice as many
#: of a text in Latin letters alone, half as many where one is beyond the Basic Multilingual Plane, such as an emoji.
MAX_ARTICLE = 200_000
#: Longest name shown in a message, in characters; the ledger keeps the whole of it.
SHOWN_NAME = 300


@dataclass(frozen=True, slots=True)
class Opened:
    """A regular file within the limits, its bytes read."""

    path: str  # the ledger's key: relative to the PATH given
    suffix: str  # lower case, with its dot
    blob: bytes
    charset: str = ""  # the encoding a server stated; counts where the content itself states none
    address: str = ""  # where it was fetched from: what its links are relative to
    notes: tuple[Note, ...] = ()  # on the file itself, whatever is in it

    @property
    def shown(self) -> str:
        """Return the path made safe for a message: one line, no control characters."""
        return shown_name(self.path)

    def note(self, code: Code, message: str) -> Note:
        """Return a note whose sentence begins with the file's name."""
        return Note(code, f"{self.shown}: {message}")


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of a reader for one file."""

    articles: tuple[RawArticle, ...] = ()
    notes: tuple[Note, ...] = ()
    refused: tuple[Input, ...] = ()  # items of the file that hold no article, each under its own key
    bare: tuple[RawArticle, ...] = ()  # of these, what else a feed says of them: one for each, without a text


def bounded(raw: RawArticle) -> RawArticle:
    """Return an article with as much of its text as is kept, 400 KB of memory at most, and a note where it was cut."""
    kept = raw.text[: 2 * MAX_ARTICLE]
    for letter, most in (("\xff", MAX_ARTICLE), ("\uffff", MAX_ARTICLE // 2)):
        kept = kept[:most] if max(kept, default="") > letter else kept
    if len(kept) == len(raw.text):
        return raw
    note = Note("W_FIELD_TRUNCATED", f"{shown_name(raw.input)}: only its first {len(kept):,} characters were kept.")
    return replace(raw, text=kept, notes=(*raw.notes, note))


def shown_name(path: str) -> str:
    """Return a file's name with control, format and unpaired characters escaped."""
    escaped = "".join(_escaped(c) if unicodedata.category(c)[0] == "C" else c for c in path)
    return escaped if len(escaped) <= SHOWN_NAME else escaped[: SHOWN_NAME - 1] + "…"


def counted(number: int, thing: str) -> str:
    """Return a number with noun and verb: "1 image was", "2 images were"."""
    return f"1 {thing} was" if number == 1 else f"{number:,} {thing}s were"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
