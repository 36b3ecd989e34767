"""Which lines are the page's and not the news's: by what they say, and by how often an outlet says it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

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
    """A pattern that whole lines match, as the data file states it."""

    id: str
    pattern: re.Pattern[str]
    where: str = "anywhere"  # "anywhere", "head", "tail"
    cut: bool = False  # near the end, what follows goes too


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that a line matches."""

    rule: Rule
    outlet: str = ""  # the outlet the line names as the page's own


class _Rules:
    """Every rule behind one pattern, so that a line of prose costs one match."""

    def __init__(self, entries: Iterable[Mapping[str, str | bool]]) -> None:
        self.rules = [_rule(entry) for entry in entries]
        parts = [f"(?P<r{number}>{_nameless(rule.pattern)})" for number, rule in enumerate(self.rules)]
        self.any = re.compile("|".join(parts))

    def hit(self, line: str) -> Hit | None:
        found = self.any.fullmatch(line)
        if not found:
            return None
        rule = self.rules[int((found.lastgroup or "r0")[1:])]
        again = rule.pattern.fullmatch(line)
        named = again.groupdict().get("outlet") if again else None
        return Hit(rule, (named or "").strip(" ,.-–|"))


def _rule(entry: Mapping[str, str | bool]) -> Rule:
    pattern = str(entry["pattern"])
    flagged = pattern if entry.get("case") else f"(?i:{pattern})"
    return Rule(
        str(entry["id"]), re.compile(flagged), str(entry.get("where", "anywhere")), bool(entry.get("cut", False))
    )


def _nameless(pattern: re.Pattern[str]) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)


@cache
def _rules() -> _Rules:
    path = resources.files("briefing") / "data" / "clean" / "boilerplate.toml"
    return _Rules(tomllib.loads(path.read_text(encoding="utf-8"))["rule"])


def hit(line: str) -> Hit | None:
    """Return the rule that takes a cleaned line, or None for a line of news."""
    if len(line) > LONGEST_LINE:
        return None
    return _rules().hit(line.replace("’", "'").replace("‘", "'"))


# ---- repetition

_DIGITS = re.compile(r"\d+")
_TO_THE_READER = re.compile(
    r"\b(?:you|your|our|us|click|here|follow|read|sign|subscribe|newsletter|website|app|page|video|podcast|podcasts|live"
    r"|coverage|donate|join|collection|watch|listen)\b|>>|www\.|@",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*$")


def folded(line: str) -> str:
    """Return what two printings of one line have in common: figures apart, they read the same."""
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
    return bool(prose) and not _TO_THE_READER.search(line)


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
