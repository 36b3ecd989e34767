"""Translates what the issue file says in English, reasons of the ledger and names of cuts, into the page's language."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from briefing.text.labels import Words, words

_ENGLISH = "en"
#: What a placeholder of a template takes; any other takes text, as little as fits.
_NUMBER, _RUNS, _TEXT = r"\d+", r"[\d, –]+", r".+?"
_FORMS = {"items": _RUNS, "runs": _RUNS, "day": r"\d{4}-\d\d-\d\d"} | dict.fromkeys(
    ("n", "at", "told", "parts", "pages", "fewest", "most", "words"), _NUMBER
)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def in_words_of(page: Words, english: str) -> str:
    """Return a reason of the ledger or the name of a cut in the language of a page, names and titles as they are.

    A text that no template of ``data/labels/en.toml`` fits is returned unchanged.
    """
    if page.code == _ENGLISH:
        return english
    for key, pattern in _templates():
        if found := pattern.fullmatch(english):
            return page.issue[key].format(
                **{name: _shown(name, text, page) for name, text in found.groupdict().items()}
            )
    return english


def _shown(name: str, text: str, page: Words) -> str:
    return page.day(date.fromisoformat(text), "short") if name == "day" else text


@cache
def _templates() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the English templates as patterns, in the order of the file."""
    return tuple((key, re.compile(_pattern(text), re.DOTALL)) for key, text in words(_ENGLISH).issue.items())


def _pattern(template: str) -> str:
    parts = _PLACEHOLDER.split(template)  # text, name, text, name, text
    return "".join(
        f"(?P<{part}>{_FORMS.get(part, _TEXT)})" if n % 2 else re.escape(part) for n, part in enumerate(parts)
    )
