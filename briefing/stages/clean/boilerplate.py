"""Detects boilerplate lines: by phrase rules, and by how often an outlet repeats them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.text.languages import LANGUAGES
from briefing.text.layout import layout
from briefing.text.package_data import data_toml, has_data

#: Longer lines are prose whatever they say; also what keeps every pattern cheap.
LONGEST_LINE = 400
#: A line belongs to the page when it is in this many of an outlet's articles, or this share of them when that is more.
REPEATED = 3
REPEATED_SHARE = 0.02
#: Two texts of one outlet that share this much of the shorter one are versions of one article and count once.
SAME_ARTICLE = 0.3
#: Articles looked at for each line when versions are looked for: bounds the work on lines every article has.
VERSIONS_LOOKED_AT = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of line that is not news, as the data file states it."""

    id: str
    where: str = "anywhere"  # or "tail"
    cut: bool = False  # near the end, what follows goes too


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that a line matches."""

    rule: Rule
    outlet: str = ""  # the outlet the line names as the page's own


class _Rules:
    """All rules compiled into a few patterns, so that a line of prose costs two matches and a search."""

    def __init__(self, entries: Sequence[Mapping[str, Any]]) -> None:
        self.rules = [Rule(e["id"], e.get("where", "anywhere"), e.get("cut", False)) for e in entries]
        self.lines = _either((n, p) for n, e in enumerate(entries) for p in e.get("lines", ()))
        self.loose = _either((n, p) for n, e in enumerate(entries) for p in e.get("loose", ()))
        self.needs = re.compile("|".join(sorted({re.escape(w) for e in entries for w in e.get("needs", ())})))
        self.exact = [(n, re.compile(f"(?:{p})[.:]?")) for n, e in enumerate(entries) for p in e.get("exact", ())]
        self.exactly = re.compile("|".join(_nameless(p.pattern) for _, p in self.exact))

    def hit(self, line: str) -> RuleHit | None:
        plain = line.replace("’", "'")
        lower = plain.lower().rstrip(".:!") or plain
        found = self.lines.fullmatch(lower)
        if not found and self.needs.search(lower):
            found = self.loose.fullmatch(lower)
        if found:
            return RuleHit(self.rules[int((found.lastgroup or "r0").partition("_")[0][1:])])
        return self._exactly(plain)

    def _exactly(self, line: str) -> RuleHit | None:
        if not self.exactly.fullmatch(line):
            return None
        number, found = next((n, f) for n, pattern in self.exact if (f := pattern.fullmatch(line)))
        return RuleHit(self.rules[number], (found.groupdict().get("outlet") or "").strip(" ,.-–|"))


def _either(patterns: Iterable[tuple[int, str]]) -> re.Pattern[str]:
    """Return one pattern for several; the name of the group that matched begins with the number of the rule."""
    return re.compile("|".join(f"(?P<r{number}_{at}>{pattern})" for at, (number, pattern) in enumerate(patterns)))


def _nameless(pattern: str) -> str:
    return "(?:" + re.sub(r"\(\?P<\w+>", "(?:", pattern) + ")"


@cache
def _rules() -> _Rules:
    """Return the rules of all languages: a page may speak another one than its article."""
    own = [code for code in LANGUAGES if has_data("languages", code, "boilerplate.toml")]
    entries = [entry for code in own for entry in data_toml("languages", code, "boilerplate.toml")["rule"]]
    return _Rules([*data_toml("clean", "boilerplate.toml")["rule"], *entries])


def hit(line: str) -> RuleHit | None:
    """Return the rule that takes a cleaned line, or None for a line of news."""
    return _rules().hit(line) if len(line) <= LONGEST_LINE else None


# ---- the end of a line

_BROKEN_OFF = r"\[(?:…|\.{3})\]"
_TAIL_REACH = 80  # characters from the end of a line in which a call to read on begins
_STOPS = re.compile(r"[.!?]['\"”’)]*(?=\s)")
_ENDED = re.compile(r"[.!?…:]['\"”’)]*\Z")


@cache
def _tail() -> re.Pattern[str]:
    calls = "|".join(data_toml("clean", "boilerplate.toml")["read_on"])
    return re.compile(
        rf"(?:\s?{_BROKEN_OFF})?\s?[\[(]?(?:{calls})\s?(?:→|»|>{{1,2}}|›|…|\.{{3}}){{0,3}}\s?[\])]?\s?\Z"
        rf"|\s?{_BROKEN_OFF}\s?\Z",  # bounded runs: none is tried in many ways
        re.IGNORECASE,
    )


def tail(line: str) -> int:
    """Return where a line's own text ends: before "[…]" and a call to read on, with the sentence these break off.

    A line that is one broken sentence keeps it: there is nothing else of it.
    """
    reach = max(0, len(line) - _TAIL_REACH)
    found = _tail().search(line[reach:])
    if not found:
        return len(line)
    own = line[: reach + found.start()].rstrip()
    if _ENDED.search(own) or ("…" not in found[0] and "..." not in found[0]):
        return len(own) if _ENDED.search(own) else len(line)
    ends = [stop.end() for stop in _STOPS.finditer(own)]
    return ends[-1] if ends else len(own)


# ---- repetition

_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*$")


def folded(line: str) -> str:
    """Return the key under which repeated lines are equal: figures apart, they read the same."""
    return _DIGITS.sub("0", line).casefold()


def repeated_lines(articles: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the folded lines that one outlet prints again and again.

    A full sentence that does not speak to the reader is left out: outlets repeat the background of a story too.

    Args:
        articles: The cleaned lines of each of the outlet's articles.
    """
    texts = [frozenset(folded(line) for line in lines if len(line) <= LONGEST_LINE) for lines in articles]
    counts = Counter(line for number in _distinct(texts) for line in texts[number])
    enough = max(REPEATED, REPEATED_SHARE * len(articles))
    return frozenset(line for line, count in counts.items() if count >= enough and not _is_background(line))


def _is_background(line: str) -> bool:
    prose = line.count(" ") >= 7 and _SENTENCE_END.search(line)
    return bool(prose) and not layout().to_the_reader.search(line)


def _distinct(texts: Sequence[frozenset[str]]) -> list[int]:
    """Return the positions of texts that are not versions of an earlier one."""
    seen: dict[str, list[int]] = defaultdict(list)
    sizes = [sum(map(len, text)) for text in texts]
    kept = []
    for number, text in enumerate(texts):
        shared: Counter[int] = Counter()
        for line in text:
            for other in seen[line]:
                shared[other] += len(line)
        if all(common < SAME_ARTICLE * min(sizes[number], sizes[other]) for other, common in shared.items()):
            kept.append(number)
            for line in text:
                if len(seen[line]) < VERSIONS_LOOKED_AT:
                    seen[line].append(number)
    return kept
