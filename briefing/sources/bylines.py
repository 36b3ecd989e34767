"""Who wrote an article, as a page or feed states it: names alone, without addresses, accounts and the outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_NAME = 80  # characters of one name
_BY = re.compile(
    r"^(?:(?:written |posted |text |words |story )?by|von|par|por|door|автор|текст)\b[\s:]*+", re.IGNORECASE
)
_ADDRESS = re.compile(r"[(<\[]?\s*(?:mailto:)?[\w.+-]{1,64}@[\w.-]{1,255}\s*[)>\]]?|https?://\S{1,2000}|www\.\S{1,200}")
_HANDLE = re.compile(r"[(\[]\s*@?[\w.]{0,40}\s*[)\]]$")
#: What systems write where an author has no name.
_NOBODY = frozenset(
    """
admin, administrator, administrador, editor, editors, the editors, webmaster, webredaktion, web admin, super user,
redaktion, redaction, redacción, redazione, redakcja, author, no author, unknown, none, null, staff, staff writer,
user, guest, root, newsdesk, news desk, wordpress, anonymous, test
""".replace("\n", " ")
    .strip()
    .split(", ")
)


def byline_of(stated: str, outlets: Iterable[str] = ()) -> str:
    """Return the names of a stated byline, parted by commas; empty when it names nobody.

    Args:
        stated: As it stands, one line.
        outlets: Names of the outlet, which writes nothing itself.
    """
    plain = _BY.sub("", " ".join(_ADDRESS.sub(" ", stated).split())).strip()
    others = {_folded(name) for name in outlets} - {""}
    parts = plain.split(", ") if ", " in plain else [plain]
    kept = [name for part in parts if (name := _HANDLE.sub("", part).strip(" ,;|–—-")) and _is_name(name, others)]
    return ", ".join(dict.fromkeys(kept))


def _is_name(text: str, others: set[str]) -> bool:
    folded = _folded(text)
    if len(text) > MAX_NAME or folded in others or text.casefold() in _NOBODY or "@" in text or "/" in text:
        return False
    # "stern.de", "105092", "n-tv NACHRICHTEN" under the outlet "n-tv"
    if any(len(other) > 2 and folded.startswith(other) for other in others):
        return False
    return any(map(str.isalpha, text)) and not re.fullmatch(r"[\w-]+\.[a-z]{2,6}", text, re.IGNORECASE)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold())).removeprefix("the")
