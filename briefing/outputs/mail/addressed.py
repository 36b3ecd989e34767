"""Addresses the mail of an edition to one recipient: their headers are added, all else stays byte for byte the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.parser import BytesParser
from email.policy import compat32
from email.utils import format_datetime

from briefing.outputs.mail.message import NAMED_BY_STRUCTURE, check_head, decoded, encoded

#: Headers of the message without recipients that a recipient's own take the place of.
_LEAVING = ("List-Unsubscribe", "List-Unsubscribe-Post")


def addressed(
    message: bytes,
    *,
    recipient: str,
    message_id: str,
    subject: str = "",
    sent: datetime | None = None,
    leaving: Sequence[tuple[str, str]] | None = None,
) -> bytes:
    """Return the message of `make_eml` for one recipient.

    Args:
        message: The message without recipients.
        recipient: The one mailbox that stands in its To header: nobody sees who else is sent it.
        message_id: Takes the place of the message's own.
        subject: What the subject is to be, where it is not that of the message: a pattern with ``{subject}``.
        sent: The moment it is sent, in the desk's zone; the message's own date when None.
        leaving: The headers by which this recipient unsubscribes; those of the message when None.

    The parts stay as they were when the whole message was checked; only the headers are read again.

    Raises:
        OutputError: The headers read again are not the ones intended.
    """
    head, _, body = message.partition(b"\r\n\r\n")
    plain = BytesParser(policy=compat32).parsebytes(head, headersonly=True)
    own = {"Message-ID": message_id} | ({"Date": format_datetime(sent)} if sent else {})
    intended: list[tuple[str, str]] = []
    for name, value in plain.items():
        text = own.get(name, decoded(value))
        if name in _LEAVING and leaving is not None:
            continue
        if name == "Subject":
            intended += [(name, subject.format(subject=text) if subject else text), ("To", recipient)]
        elif name not in NAMED_BY_STRUCTURE:
            intended.append((name, text))
    intended += leaving or ()
    structure = [line for line in _fields(head) if line.partition(b":")[0].decode("ascii") in NAMED_BY_STRUCTURE]
    lines = "".join(f"{name}: {encoded(name, value)}\r\n" for name, value in intended)
    made = (lines.encode("ascii") + b"".join(structure)).removesuffix(b"\r\n")
    check_head(made, intended)
    return made + b"\r\n\r\n" + body


def _fields(head: bytes) -> list[bytes]:
    """Return the raw header fields, each with its folded lines."""
    fields: list[bytes] = []
    for line in head.split(b"\r\n"):
        if line.startswith((b" ", b"\t")):
            fields[-1] += line + b"\r\n"
        else:
            fields.append(line + b"\r\n")
    return fields
