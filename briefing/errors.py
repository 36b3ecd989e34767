"""Every error a user can act on.

BriefingError 1
├── SettingsError 2    briefing.toml, a command-line value
├── SourceError 3      a path, a page, a feed
│   └── ArticleError   one article; never fatal: it becomes a ledger entry
│       └── FetchError  one address that could not be fetched
├── StoreError 4       the database
└── OutputError 5      a template, a PDF engine, a folder that cannot be written
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing costs as much as an empty interpreter
if TYPE_CHECKING:
    from typing import Literal

    from briefing.model.codes import Code


class BriefingError(Exception):
    """Base of every error raised on purpose.

    Args:
        message: One sentence naming the thing the user can touch.
        hint: What to do next, in the imperative; empty when nothing helps.
        code: The stable code, such as ``E_NOT_FOUND``; may be empty.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "", *, code: Literal[Code, ""] = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code: Literal[Code, ""] = code


class SettingsError(BriefingError):
    """A setting or an argument is wrong."""

    exit_code = 2


class SourceError(BriefingError):
    """A path, page or feed cannot be read at all."""

    exit_code = 3


class ArticleError(SourceError):
    """One article cannot be used; the edition goes on without it. It always has a code: the ledger names it."""

    code: Code

    def __init__(self, message: str, hint: str = "", *, code: Code) -> None:
        super().__init__(message, hint, code=code)


class FetchError(ArticleError):
    """An address cannot be fetched: now, at all, or because it may not be.

    Args:
        message: As above.
        hint: As above.
        code: As above; one that begins with ``E_FETCH``, or ``E_TOO_LARGE``.
        wait: Seconds that the server asked to be left alone; 0.0 when it did not.
        passing: Whether the same request may well succeed in a moment.
        status: HTTP status of the answer; 0 when there was none.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        code: Code,
        wait: float = 0.0,
        passing: bool = False,
        status: int = 0,
    ) -> None:
        super().__init__(message, hint, code=code)
        self.wait = wait
        self.passing = passing
        self.status = status


class StoreError(BriefingError):
    """The store cannot be used."""

    exit_code = 4


class OutputError(BriefingError):
    """An output cannot be made or written."""

    exit_code = 5
