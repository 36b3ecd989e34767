"""Loads the phrases by which round-ups, newsletters and live blogs announce themselves: one data file per language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from briefing.text.languages import LANGUAGES, UNDETERMINED, Language
from briefing.text.package_data import data_toml, has_data

#: A paragraph that announces, greets or subscribes is looked at so far; what is longer tells something.
SHORT = 300
_ANNOUNCEMENT_ALONE = 60  # code points of an announcement that is a paragraph
_RUN_IN_QUESTION = re.compile(r"[\"“‘«„]?[^.!?…:]{3,80}\?\s")
_CLOSELY = 60  # code points between what announces and what is announced
_QUOTING = re.compile(r"[\"“„«]")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language, each a pattern for a text in lower case with straight apostrophes."""

    lists: re.Pattern[str]  # in a title: a list of events follows
    letters: re.Pattern[str]  # in a title: several events may follow
    takeaways: re.Pattern[str]  # in a heading: a list of events follows
    announcing: re.Pattern[str]
    announced: re.Pattern[str]
    announcements: re.Pattern[str]
    naming: re.Pattern[str]
    notices: re.Pattern[str]
    noticing: re.Pattern[str]
    continuing: re.Pattern[str]
    summing: re.Pattern[str]
    near: frozenset[str]  # words that put an event near the day of the report

    def is_list(self, title: str) -> bool:
        """Return whether a title promises a list of events."""
        return self.lists.search(_plain(title)) is not None

    def is_letter(self, title: str, headings: Iterable[str]) -> bool:
        """Return whether title or headings are those of a newsletter or a live blog."""
        return self.letters.search(_plain(title)) is not None or any(self.takeaways.match(_plain(h)) for h in headings)

    def announces(self, text: str) -> bool:
        """Return whether a paragraph only says that news follows."""
        if len(text) > SHORT:
            return False
        plain = _plain(text)
        if self.naming.search(plain) or (len(plain) <= _ANNOUNCEMENT_ALONE and self.announcements.match(plain)):
            return True
        return any(self._is_announcement(plain, found) for found in self.announcing.finditer(plain))

    def _is_announcement(self, plain: str, found: re.Match[str]) -> bool:
        """Return whether what announces opens a sentence, and what is announced follows closely."""
        before = plain[: found.start()].rstrip()
        named = self.announced.search(plain, found.end(), found.end() + _CLOSELY)
        opens = not before or before[-1] in ".!:…"
        return opens and named is not None and not _QUOTING.search(plain, found.end(), named.start())

    def notifies(self, text: str) -> bool:
        """Return whether a paragraph is furniture: a greeting, a credit, a call to subscribe, a farewell."""
        if len(text) > SHORT:
            return False
        plain = _plain(text)
        return self.noticing.search(plain) is not None or (
            (found := self.notices.match(plain)) is not None and not _goes_on(plain, found.end())
        )

    def continues(self, text: str) -> bool:
        """Return whether a paragraph opens with what belongs to the event before: "Context: …", "What next? …"."""
        return self.continuing.match(_plain(text[:60])) is not None or _RUN_IN_QUESTION.match(text) is not None

    def sums_up(self, text: str) -> bool:
        """Return whether an entry opens by saying that it tells several events again."""
        return self.summing.search(_plain(text[:SHORT])) is not None


_FILE = "segments.toml"
#: Words beyond a greeting's own from which a paragraph that begins with one tells something as well.
_GREETED = 14


def _goes_on(plain: str, end: int) -> bool:
    """Return whether news follows a greeting in one paragraph: "Good evening. Five stations were hit …"."""
    rest = plain[end:].lstrip(" ,.!:")
    first = plain[end : end + 1]
    return first in ".!" and len(rest.split()) > _GREETED


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").lstrip("\"'“‘«„‹»*_–—-•… \t")


@cache
def phrases_of(language: Language) -> Phrases:
    """Return the phrases of a language; of a text whose language does not show, those of all."""
    codes = LANGUAGES if language.code == UNDETERMINED else (language.code,)
    data = [data_toml("languages", code, _FILE) for code in codes if has_data("languages", code, _FILE)]

    def found(key: str, end: str = r"(?!\w)", start: str = "") -> re.Pattern[str]:
        listed = {line.strip() for table in data for line in table.get(key, "").splitlines()} - {""}
        return _any_of(listed, start, end) if listed else _NEVER

    return Phrases(
        **{key: found(key) for key in _PATTERNS},
        continuing=found("continuing", r"(?: \w{1,20})?\s?[:–—-]", r"(?:\w{1,20} )?"),
        near=frozenset(word for table in data for word in table.get("near", "").split()) | frozenset(language.weekdays),
    )


_PATTERNS = (
    "lists",
    "letters",
    "takeaways",
    "announcing",
    "announced",
    "announcements",
    "naming",
    "notices",
    "noticing",
    "summing",
)


def _any_of(listed: Collection[str], start: str, end: str) -> re.Pattern[str]:
    longest_first = sorted(listed, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w){start}(?:{'|'.join(map(re.escape, longest_first))}){end}")
