"""Takes a forwarded mail out of the one that carries it: who wrote it, when, under which subject, and its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUBJECT = re.compile(r"^(?:(?:fwd?|wg|tr|rv|i|pd|vs)\s?:\s*)+", re.IGNORECASE)
_MARK = re.compile(
    r"^[ >]{0,5}(?:-{2,}\s?(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht"
    r"|message transféré|message d'origine|mensaje reenviado|mensaje original|пересылаемое сообщение"
    r"|переслане повідомлення)\s?-{2,}|begin forwarded message:)[ ]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"^[ >]{0,5}\*?(?P<name>[^\W\d_]{2,12})\*?\s?:\*?\s*(?P<value>.{0,500})$")
_NAMES = {
    **dict.fromkeys(("from", "von", "de", "від", "от", "da"), "from"),
    **dict.fromkeys(("date", "sent", "datum", "gesendet", "envoyé", "fecha", "enviado", "дата", "data"), "date"),
    **dict.fromkeys(("subject", "betreff", "objet", "asunto", "тема", "oggetto"), "subject"),
    **dict.fromkeys(("to", "an", "à", "para", "кому", "a", "cc"), "to"),
}
_QUOTED = re.compile(r"^> ?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A mail within a mail; a field it does not state is empty."""

    sender: str
    date: str
    subject: str
    text: str


def forwarded(subject: str, text: str) -> Forwarded | None:
    """Return the mail that another one forwards as text; None when it forwards none."""
    mark = _MARK.search(text)
    if not mark:
        return None
    fields: dict[str, str] = {}
    lines = text[mark.end() :].lstrip("\n").split("\n")
    while lines and (not lines[0].strip(" >") or _known(lines[0], fields)):
        blank = not lines.pop(0).strip(" >")
        if blank and fields:
            break
    if "from" not in fields:
        return None
    body = "\n".join(lines)
    body = _QUOTED.sub("", body) if lines and all(not line.strip() or line.startswith(">") for line in lines) else body
    return Forwarded(fields["from"], fields.get("date", ""), fields.get("subject") or without_mark(subject), body)


def _known(line: str, fields: dict[str, str]) -> bool:
    """Return whether a line is a header of the inner mail, and keep what it says."""
    found = _FIELD.match(line)
    name = _NAMES.get(found["name"].lower()) if found else None
    if found and name:
        fields.setdefault(name, found["value"].strip())
    return name is not None


def without_mark(subject: str) -> str:
    """Return a subject without the "Fwd:" before it."""
    return _SUBJECT.sub("", subject)
