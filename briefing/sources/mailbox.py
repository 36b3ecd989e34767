"""A maildir or mbox of newsletters in, its messages out as raw articles."""

from __future__ import annotations

import email
import email.policy
import hashlib
import mailbox
import os
import re
import stat
from collections.abc import Iterator
from email.message import Message
from email.utils import parseaddr
from pathlib import Path

from briefing.errors import ArticleError, SourceError
from briefing.model import DateClue, Input, Note, RawArticle, RawKind
from briefing.sources.aggregated import alerted, headline_articles, is_alert
from briefing.sources.beneath import root_of
from briefing.sources.blocks import ends_as_prose
from briefing.sources.decoding import decode
from briefing.sources.files import FoundFile, read_bytes
from briefing.sources.forwards import forwarded, without_mark
from briefing.sources.isolated import apart
from briefing.sources.mail_headers import header, is_automatic, message_id
from briefing.sources.metadata import one_line
from briefing.sources.opened import Opened, shown_name
from briefing.sources.page import MAX_TEXT, read_page
from briefing.sources.placing import BULLET, tight
from briefing.sources.prose import prose
from briefing.sources.wrapped import unflowed, unwrapped

MAX_MESSAGE = 5 * 1024 * 1024  # bytes of one message; pictures are most of any longer one
MAX_PARTS = 50  # parts that hold others; the parser's time grows with the square of their depth
MAX_MBOX = 1024 * 1024 * 1024  # bytes of an mbox, which is looked through from end to end
HEADING = 12  # words of a heading above the first paragraph at most
_MAILDIR = ("new", "cur")
_SIGNATURE = re.compile(r"^-- \n(?:[^\n]{0,200}\n?){0,12}\Z", re.MULTILINE)  # RFC 3676, 4.3


def read_mailbox(path: Path, *, most: int) -> tuple[Input, ...]:
    """Return the messages of a mailbox, the latest to arrive first, each under its Message-ID.

    Args:
        path: A maildir (a folder with ``new`` and ``cur``) or an mbox file; it is only read.
        most: How many messages at most.

    Raises:
        SourceError: It is neither, or may not be read.
    """
    shown = shown_name(str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return tuple(_apart(file) for file in _of_mbox(path, most))
        if stat.S_ISDIR(mode) and all((path / name).is_dir() for name in _MAILDIR):
            return tuple(_opened(found) for found in _of_maildir(path)[:most])
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise SourceError(f"{shown} cannot be read: {reason}.", "Check the path.", code="E_NOT_FOUND") from error
    raise SourceError(f"{shown} is not a mailbox.", "Give a maildir or an mbox file.", code="E_UNSUPPORTED")


def _of_maildir(path: Path) -> list[FoundFile]:
    """Return the files of a maildir, the latest first; links are no messages."""
    roots = {name: root_of(str(path / name)) for name in _MAILDIR}
    entries = [(name, entry) for name, root in roots.items() for entry in os.scandir(root.place)]
    regular = [(entry, roots[name]) for name, entry in entries if _is_message(entry)]
    regular.sort(key=lambda found: (found[0].stat(follow_symlinks=False).st_mtime_ns, found[0].name), reverse=True)
    # What stands behind the colon are flags, which change when somebody reads the message.
    return [FoundFile(entry.name.partition(":")[0], root, entry.name) for entry, root in regular]


def _is_message(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False) and not entry.name.startswith(".")


def _of_mbox(path: Path, most: int) -> Iterator[Opened]:
    if path.stat().st_size > MAX_MBOX:
        raise SourceError(
            f"{shown_name(str(path))} has more than {MAX_MBOX // 1024**3} GiB.", "Archive old mail.", code="E_TOO_LARGE"
        )
    box = mailbox.mbox(path, create=False)
    try:
        for key in list(box.keys())[: -most - 1 : -1]:
            blob = box.get_file(key).read(MAX_MESSAGE + 1)
            yield Opened(hashlib.sha256(blob).hexdigest()[:16], ".eml", blob)
    finally:
        box.close()


def _opened(found: FoundFile) -> Input:
    try:
        return _apart(read_bytes(found))
    except ArticleError as error:
        return _refused(found.path, error)


def _apart(file: Opened) -> Input:
    try:
        return apart(read_mail, file)
    except ArticleError as error:
        return _refused(file.path, error)


def read_mail(file: Opened) -> Input:
    """Return the article of one message, or those of the messages in it; one without says why."""
    key = file.path
    try:
        message = _message(file)
        key = message_id(message) or key
        if is_automatic(message):
            return Input(key, notes=(Note("W_SKIPPED", f"{shown_name(key)} was passed over: an automatic answer."),))
        inner = _attached(message)
        if not inner:
            return Input(key, _alerts(key, message) or (_article(key, message),))
        return Input(key, tuple(_article(f"{key}#{number}", one) for number, one in enumerate(inner, 1)))
    except ArticleError as error:
        return _refused(key, error)
    except Exception:  # the parser of the standard library raises at odd headers, each in its own way
        return Input(key, notes=(Note("E_MAIL_MALFORMED", f"{file.shown} cannot be read as a mail. Remove it."),))


def _attached(message: Message) -> list[Message]:
    """Return the messages that a digest holds, or that are attached to one: those that hold none themselves."""
    found = [part for part in message.walk() if part is not message and part.get_content_type() == "message/rfc822"]
    held = [inner for part in found if isinstance(inners := part.get_payload(), list) for inner in inners[:1]]
    return [inner for inner in held if isinstance(inner, Message) and _has_text(inner)]


def _alerts(key: str, message: Message) -> tuple[RawArticle, ...]:
    """Return what a mail of alerts announces, each as its outlet's own; empty for any other mail."""
    html = _part(key, message, "text/html")
    if not html or not is_alert(parseaddr(header(message, "From"))[0]):
        return ()
    _, page = prose(decode(html).text[:MAX_TEXT])
    sent, feed = header(message, "Date"), parseaddr(header(message, "From"))[1]
    dates = (DateClue(sent[:100], "metadata"),) if sent else ()
    raw = RawArticle(input=key, text="", kind="feed", feed=feed.lower(), dates=dates)
    found = alerted(page.markup)
    return headline_articles(raw, found, shown_name(key)) if found else ()


def _has_text(message: Message) -> bool:
    return any(_part("", message, kind) for kind in ("text/html", "text/plain"))


def _refused(key: str, error: ArticleError) -> Input:
    return Input(key, notes=(Note(error.code, f"{error.message} {error.hint}".strip()),))


def _message(file: Opened) -> Message:
    if len(file.blob) > MAX_MESSAGE:
        raise ArticleError(
            f"{file.shown} has more than {MAX_MESSAGE // 1048576} MiB.", "Remove it.", code="E_TOO_LARGE"
        )
    if file.blob.lower().count(b"multipart/") > MAX_PARTS:
        raise ArticleError(f"{file.shown} is built to exhaust a reader.", "Remove it.", code="E_MAIL_MALFORMED")
    # Headers stay text until they are asked for: what takes them apart is neither total nor linear.
    return email.message_from_bytes(file.blob, policy=email.policy.compat32)


def _article(key: str, message: Message) -> RawArticle:
    """Return a message as an article, its sender as outlet; of one that forwards another, that other."""
    text, kind, notes = _body(key, message)
    sender, sent, subject = (header(message, name) for name in ("From", "Date", "Subject"))
    if kind == "email" and (inner := forwarded(subject, text)):
        sender, sent, subject, text = inner.sender, inner.date or sent, inner.subject, inner.text
    name, address = parseaddr(sender)
    return RawArticle(
        input=key,
        text=unwrapped(_SIGNATURE.sub("", text)) if kind == "email" else text,
        kind=kind,
        title=one_line(without_mark(subject)),
        outlet=one_line(name) or one_line(address),
        guid=message_id(message) or (key if "#" in key else ""),
        feed=address.lower(),
        dates=(DateClue(sent[:100], "metadata"),) if sent else (),
        notes=notes,
    )


def _body(key: str, message: Message) -> tuple[str, RawKind, tuple[Note, ...]]:
    """Return the text of a message, its kind and notes: of its HTML part, else of its plain one."""
    html, written = (_part(key, message, kind) for kind in ("text/html", "text/plain"))
    if html:
        text, notes = _of_html(html)
        if text:
            return text, "feed", notes
    if not written:
        raise ArticleError(f"{shown_name(key)} has no text.", "Remove it.", code="E_EMPTY")
    part = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    decoded = decode(written)
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflowed(decoded.text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
        return text, "email", decoded.notes
    return decoded.text, "email", decoded.notes


def _part(key: str, message: Message, kind: str) -> Opened | None:
    """Return the first part of a kind that is not attached; None when there is none with a text."""
    for part in message.walk():
        if part.get_content_type() != kind or part.get_content_disposition() == "attachment":
            continue
        blob = part.get_payload(decode=True)
        if isinstance(blob, bytes) and blob.strip():
            return Opened(key, ".eml", blob, str(part.get_content_charset() or ""))
    return None


def _of_html(file: Opened) -> tuple[str, tuple[Note, ...]]:
    """Return the text of a newsletter: from the first to the last of what a reader of pages finds in it, or all of it
    where that would leave out most. Within, nothing is passed over: its headings and linked lines are its items."""
    whole, took_out = prose(decode(file).text[:MAX_TEXT], bullets=True)
    try:
        reading = read_page(file)
    except ArticleError:  # a list of links to others, to a reader of pages
        return whole, took_out.notes(file)
    text = reading.articles[0].text
    if 2 * len(text) <= len(whole):
        return whole, took_out.notes(file)
    read = {tight(line.removeprefix(BULLET)) for line in text.split("\n")}
    lines = whole.split("\n")
    found = [at for at, line in enumerate(lines) if tight(line.removeprefix(BULLET)) in read]
    if 2 * len(found) < len(read):  # it took the table of the mail's layout for one of data
        return whole, took_out.notes(file)
    first = found[0]
    under_heading = first and len(lines[first - 1].split()) <= HEADING and not ends_as_prose(lines[first - 1])
    return "\n".join(lines[first - bool(under_heading) : found[-1] + 1]), reading.notes
