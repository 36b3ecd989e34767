"""Rates statements: is it a decision, threat, promise, denial, accusation or figure, or what everybody says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.model import Statement
from briefing.text.package_data import data_toml, has_data

_ACTS = ("decision", "threat", "promise", "denial", "accusation")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Worth:
    """What one language has for the acts that a statement may be."""

    acts: tuple[re.Pattern[str], ...]
    courtesy: re.Pattern[str]

    def of(self, statement: Statement) -> int:
        """Return how many kinds of acts a statement is, a quoted figure among them; below 1 for courtesies."""
        text = statement.sentence.text.lower()
        found = sum(bool(act.search(text)) for act in self.acts) + bool(_FIGURE.search(statement.quotation))
        return found - bool(self.courtesy.search(text))


@cache
def worth_of(code: str) -> Worth | None:
    """Return what makes a statement worth keeping in a language; None where that is not known."""
    if not has_data("languages", code, "worth.toml"):
        return None
    data = {key: _any_of(listed) for key, listed in data_toml("languages", code, "worth.toml").items()}
    return Worth(tuple(data[act] for act in _ACTS), data["courtesy"])


def _any_of(listed: str) -> re.Pattern[str]:
    words = "|".join(re.escape(part) for word in listed.split(",") if (part := word.strip()))
    return re.compile(rf"(?<![\w’'-])(?:{words})(?![\w’'-])")
