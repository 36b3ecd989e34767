"""The mail as a MIME message: text and HTML as alternatives, charts related to the HTML, the PDF attached."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from datetime import datetime, time
from email.encoders import encode_base64
from email.generator import BytesGenerator
from email.header import Header, decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import compat32, default
from email.utils import format_datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.errors import OutputError
from briefing.outputs.links import clip, printable, unsubscribe_address
from briefing.outputs.mail.body import MailPicture
from briefing.outputs.pdf_worker import engine_problem

if TYPE_CHECKING:
    from briefing.outputs.job import Job

#: Stands where no sender is configured; RFC 2606 keeps the domain from ever being one.
NOBODY = "briefing@briefing.invalid"

_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_LIST_ID = re.compile(r"[A-Za-z0-9._-]+")
_HOUR = time(6)  # of the edition's day, where the desk is: the mail states no clock but the edition's own
_HEADLINE = 120  # characters of a headline in the subject
_PLAIN = re.compile(r"[ -~]*")


def make_eml(job: Job) -> bytes:
    """Return the mail of an edition as a message of RFC 5322, the same bytes for the same issue file.

    The PDF is attached where this machine can make one. The message has no recipients: whoever sends it names them.

    Raises:
        OutputError: The sender or a list address is none, or the message read again is not the one intended.
    """
    seal = sha256(job.made("json")).hexdigest()
    intended = _headers(job, seal)
    body = _body(job, seal[:24])
    lines = "".join(f"{name}: {encoded(name, value)}\r\n" for name, value in intended)
    message = lines.encode("ascii") + _flat(body)
    _check(message, intended, _outline(body))
    return message


def _headers(job: Job, seal: str) -> list[tuple[str, str]]:
    """Return the headers the message is to have, besides those of its MIME structure."""
    edition, view = job.edition, job.view
    wishes = edition.imprint.mailing
    sender = wishes.sender or NOBODY
    if not _ADDRESS.fullmatch(sender):
        raise OutputError(f"The sender {sender!r} is not an e-mail address.", "Fix sender under [mail].")
    domain = sender.rpartition("@")[2]
    mark = view.imprint.brand.mark
    headers = [
        ("Date", format_datetime(datetime.combine(edition.day, _HOUR, _zone(edition.imprint.time_zone)))),
        ("From", _mailbox(edition.imprint.organisation or edition.imprint.title, sender)),
        ("Subject", _line(f"[{mark}] {_subject(job)}" if mark else _subject(job))),
        ("Message-ID", f"<{edition.day.isoformat()}.{edition.scope or 'edition'}.{seal[:32]}@{domain}>"),
    ]
    return (
        headers + list(_list_headers(wishes.list_id, wishes.list_unsubscribe)) + [("Auto-Submitted", "auto-generated")]
    )


def _subject(job: Job) -> str:
    """Return the subject by the pattern of the list, else title and day."""
    view, pattern = job.view, job.form.subject or "{title}, {date}"
    headline = view.sections[0].stories[0].headline if view.sections and view.sections[0].stories else ""
    fields = {
        "title": _line(view.full_title),
        "theme": view.scope_name,
        "date": view.date_long,
        "day": job.edition.day.isoformat(),
        "headline": clip(headline or view.full_title, _HEADLINE),
    }
    return re.sub(r"\{([a-z]+)\}", lambda found: fields.get(found[1], found[0]), pattern)


def _list_headers(list_id: str, unsubscribe: str) -> Iterator[tuple[str, str]]:
    if list_id:
        name = list_id.strip().removeprefix("<").removesuffix(">")
        if not _LIST_ID.fullmatch(name):
            raise OutputError(f"The list_id {list_id!r} is none.", "Use a name such as briefing.example.org.")
        yield "List-Id", f"<{name}>"
    if unsubscribe:
        if not unsubscribe_address(unsubscribe):
            raise OutputError(
                f"The list_unsubscribe {unsubscribe!r} is not an address.", "Begin with https:// or mailto:."
            )
        # No List-Unsubscribe-Post: RFC 8058 asks for an address that names the recipient (`delivery.unsubscribing`).
        yield "List-Unsubscribe", f"<{unsubscribe}>"


def _mailbox(name: str, address: str) -> str:
    # Without the characters that mean something in an address list the name needs no quoting.
    shown = _line(re.sub(r'[()<>@,:;\\".\[\]]', " ", name))
    return f"{shown} <{address}>" if shown else address


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def encoded(name: str, value: str) -> str:
    """Return a header's value encoded for the message.

    ``EmailMessage`` decodes a value that looks encoded and writes what was in it, line ends too (CVE-2024-6923).
    Here such a value is encoded itself, so that it is read as the characters it is.
    """
    if name == "From":
        shown, _, address = value.rpartition(" ")
        return f"{encoded('', shown)} {address}" if shown else address
    if _PLAIN.fullmatch(value) and "=?" not in value:
        return value if len(name) + len(value) < 900 else _words(name, value)
    return _words(name, value)


def _words(name: str, value: str) -> str:
    return Header(value, "utf-8", maxlinelen=76, header_name=name).encode(linesep="\r\n")


# ---- the parts


def _body(job: Job, seal: str) -> Message:
    wanted = job.form.parts
    texts: list[Message | str] = [_text(job.made("text").decode("utf-8"), "plain")] if "text" in wanted else []
    if "email" in wanted:
        texts.append(_html(job, seal))
    shown = _many("alternative", seal, texts) if len(texts) > 1 else texts[0]
    names = [name for name in _ATTACHED if name in wanted and _is_there(job, name)]
    root = _many("mixed", seal, [shown, *(_attached(job, name) for name in names)])
    del root["MIME-Version"]
    root["MIME-Version"] = "1.0"
    return root


def _is_there(job: Job, name: str) -> bool:
    """Return whether an attachment can be had: a PDF only where one was drawn or the engine can."""
    return name != "pdf" or job.has("pdf") or not engine_problem()


def _html(job: Job, seal: str) -> Message:
    """Return the HTML part, with its pictures where it has some."""
    mail = job.mail
    html: Message = _text(mail.html, "html")
    if mail.pictures:
        html = _many("related", seal, [html, *(_image(picture) for picture in mail.pictures)])
        html.set_param("type", "text/html")
    return html


def _many(kind: str, seal: str, parts: list[Message | str]) -> Message:
    whole = Message()
    whole["Content-Type"] = f"multipart/{kind}"
    # "=_" stands in no quoted-printable and no base64 body, so the boundary is found in none.
    whole.set_boundary(f"=_{kind}_{seal}")
    whole.set_payload(parts)
    return whole


def _text(text: str, kind: str) -> Message:
    part = Message()
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(binascii.b2a_qp(text.encode("utf-8"), istext=True).decode("ascii"))
    return part


def _image(picture: MailPicture) -> Message:
    part = Message()
    part["Content-Type"] = "image/png"
    part["Content-ID"] = f"<{picture.cid}>"
    part["Content-Disposition"] = f'inline; filename="{picture.name}.png"'
    part.set_payload(picture.png)
    encode_base64(part)
    return part


#: Outputs that can be attached: media type and ending of the file.
_ATTACHED = {
    "pdf": ("application/pdf", "pdf"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "html": ("text/html; charset=utf-8", "html"),
}


def _attached(job: Job, output: str) -> Message:
    kind, ending = _ATTACHED[output]
    part = Message()
    part["Content-Type"] = kind
    name = f"{job.edition.scope.replace('+', '-and-') or 'briefing'}-{job.edition.day.isoformat()}.{ending}"
    part["Content-Disposition"] = f'attachment; filename="{name}"'
    part.set_payload(job.made(output))
    encode_base64(part)
    return part


def _flat(root: Message) -> bytes:
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, maxheaderlen=0, policy=compat32.clone(linesep="\r\n")).flatten(root)
    return out.getvalue()


# ---- the proof

#: Headers that say how the parts lie, which `_body` makes.
NAMED_BY_STRUCTURE = ("Content-Type", "MIME-Version")


def check_head(head: bytes, intended: list[tuple[str, str]]) -> None:
    """Parse the raw headers again and refuse them unless they are what was meant: no header injection."""
    read = BytesParser(policy=default).parsebytes(head + b"\r\n\r\n", headersonly=True)
    names = [line.partition(b":")[0].decode("ascii") for line in _header_lines(head)]
    # The newer parser puts a space between two encoded words of a name, which RFC 2047 says to drop.
    plain = BytesParser(policy=compat32).parsebytes(head, headersonly=True)
    found = [(name, decoded(value)) for name, value in plain.items() if name not in NAMED_BY_STRUCTURE]
    wanted = sorted([name for name, _ in intended] + list(NAMED_BY_STRUCTURE))
    if found != intended or sorted(names) != wanted or read.keys() != names:
        raise _differs()


def _check(message: bytes, intended: list[tuple[str, str]], outline: list[str]) -> None:
    """Parse the message again and refuse it unless it has exactly the headers and parts that were meant."""
    check_head(message.partition(b"\r\n\r\n")[0], intended)
    read = BytesParser(policy=default).parsebytes(message)
    if _outline(read) != outline or any(part.defects for part in read.walk()):
        raise _differs()


def _differs() -> OutputError:
    return OutputError(
        "The mail read again is not the one that was written: a header or a part differs.",
        "Take line breaks and encoded words out of the title, the organisation and the [mail] settings.",
        code="E_MAIL_HEADERS",
    )


def decoded(value: str) -> str:
    """Return a header's value with its encoded words decoded."""
    return str(make_header(decode_header(value.replace("\r\n", "").replace("\n", ""))))


def _header_lines(head: bytes) -> list[bytes]:
    return [line for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]


def _outline(message: Message | EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]
