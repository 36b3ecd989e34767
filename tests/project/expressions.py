"""Every regular expression of the program, found while it works, and how its time grows with what it is given.

    python -m tests.project.expressions               # all of them, up to a million characters: some minutes
    python -m tests.project.expressions --longest 16000

The program is loaded and driven over floods with `re` watched: that finds each expression it compiles, from its data
and the settings too, with the methods it is used by and the longest text it is handed. Then each is given texts made
to keep it searching: floods, and what its own repetitions almost match. One that the floods never reached whole,
because its caller cuts what it hands over, is held to four times the longest it was handed; every other to a million
characters.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.paths import ROOT, SEEDS

OURS = str(ROOT / "briefing") + os.sep
WHOLE = 1_000_000  # characters
#: Seconds of CPU a text may take: a moment, and so much a character.
MOMENT, A_CHARACTER = 0.1, 2e-6
FLOODS = (
    " ", "\n", "\t ", "\u00a0", "a", "A", "é", "1", ".", ",", "-", "—", ":", "(", ")", "[", '"', "'", "“", "”", "«",
    "<", "&", "@", "a ", "A ", "Aa ", "aA", "a.", "A.", "A. ", "a. ", "1 ", "1.", "1,", "1,000 ", "a-", "a’", "a@",
    "a@b.", "://a", "&a;", "<a ", "* ", "said ", "Mr. ", "in the ", "AP) ", "March ", "2022-", "$1 ", "„a“ ", "и ",
    "“A,” said ",
)  # fmt: skip
_FIRST, _STEP = 500, 4  # characters of the shortest text, and how much longer each next one is


@dataclass
class Expression:
    """An expression and how it is used."""

    pattern: re.Pattern[Any]
    place: str  # file and line that compiled it
    longest: dict[str, int] = field(default_factory=dict)  # method → characters of the longest text it was handed

    @property
    def handed(self) -> int:
        return max(self.longest.values(), default=0)


class _Spy:
    """Stands for a compiled expression and notes what it is handed."""

    def __init__(self, seen: Expression) -> None:
        self._seen = seen

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._seen.pattern, name)
        if name not in ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn"):
            return found
        at = 1 if name in ("sub", "subn") else 0

        def noted(*args: Any, **named: Any) -> Any:
            text = args[at] if len(args) > at else named["string"]
            begin, end = (
                (args[1:3] + (0, len(text))[len(args[1:3]) :]) if at == 0 and name != "split" else (0, len(text))
            )
            longest = self._seen.longest
            longest[name] = max(longest.get(name, 0), min(end, len(text)) - begin)
            return found(*args, **named)

        return noted

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Spy) and other._seen.pattern == self._seen.pattern

    def __hash__(self) -> int:
        return hash(self._seen.pattern)


@contextmanager
def watched() -> Iterator[dict[tuple[str, int], Expression]]:
    """Yield the expressions that this package compiles meanwhile, by pattern and flags."""
    plain: Callable[..., Any] = re._compile  # type: ignore[attr-defined]
    found: dict[tuple[str, int], Expression] = {}

    def compiled(pattern: Any, flags: int) -> Any:
        caller = sys._getframe(2)
        if isinstance(pattern, _Spy):
            return pattern
        made = plain(pattern, flags)
        if not caller.f_code.co_filename.startswith(OURS):
            return made
        place = f"{caller.f_code.co_filename.removeprefix(OURS)}:{caller.f_lineno}"
        return _Spy(found.setdefault((str(made.pattern), made.flags), Expression(made, place)))

    re._compile = compiled  # type: ignore[attr-defined]
    try:
        yield found
    finally:
        re._compile = plain  # type: ignore[attr-defined]


def drive(length: int) -> None:
    """Have every part of the program work on floods of so many characters, and on its samples."""
    import importlib
    import pkgutil
    from datetime import date

    import briefing
    from tests.fuzz.starts import starts
    from tests.fuzz.targets import REFUSALS, TARGETS

    for module in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    refused = (*REFUSALS, AssertionError)  # what must hold is tested elsewhere
    for target in TARGETS:
        for number, start in enumerate(starts(target)):
            with suppress(*refused):
                TARGETS[target](number, start[1:])
        if target != "analysis":  # of one article: as long as cleaning lets it be
            for number, unit in enumerate(FLOODS):
                body = (unit * (length // len(unit))).encode()
                with suppress(*refused):
                    TARGETS[target](number, body)
    from briefing.build import make_edition, verify
    from briefing.outputs import make_files

    edition = make_edition([SEEDS], day=date(2022, 2, 1))
    assert make_files(edition, formats=["html", "email", "text", "markdown", "docx"], digests=False)
    assert verify(edition, [SEEDS]).ok


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what a text that keeps an expression searching begins with, repeats and ends with."""
    yield from (("", unit, end) for unit in FLOODS for end in ("", "\0"))
    parsed = re._parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)  # type: ignore[attr-defined]
    whole = _sample(parsed)
    if whole:
        yield from (("", whole, ""), ("", whole[:-1] or whole, "\0"), (whole[:-1], whole[-1], "\0"))
    for before, unit in _repetitions(parsed, ""):
        if unit:
            yield from ((before, unit, end) for end in ("", "\0", "\n\0"))


def _sample(parsed: Any) -> str:
    """Return a text that an expression matches, or nearly."""
    return "".join(_one(op, value) for op, value in parsed)


def _one(op: Any, value: Any) -> str:
    name = str(op)
    if name == "LITERAL":
        return chr(value)
    if name in ("ANY", "NOT_LITERAL"):
        return "x"
    if name == "IN":
        return _member(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, _, inner = value
        return _sample(inner) * max(1, min(least, 20))
    if name == "SUBPATTERN":
        return _sample(value[-1])
    if name == "ATOMIC_GROUP":
        return _sample(value)
    if name == "BRANCH":
        return _sample(value[1][0])
    return ""


_CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "x"}


def _member(members: Any) -> str:
    if str(members[0][0]) == "NEGATE":
        return next((c for c in "x1 .-—“\0" if not any(_holds(op, value, c) for op, value in members[1:])), "~")
    op, value = members[0]
    if str(op) == "CATEGORY":
        return _CATEGORIES.get(str(value), "x")
    return chr(value[0] if str(op) == "RANGE" else value)


def _holds(op: Any, value: Any, c: str) -> bool:
    if str(op) == "LITERAL":
        return ord(c) == value
    if str(op) == "RANGE":
        return bool(value[0] <= ord(c) <= value[1])
    kind = str(value)
    found = {"DIGIT": c.isdigit(), "SPACE": c.isspace(), "WORD": c.isalnum() or c == "_"}[kind.rpartition("_")[2]]
    return not found if "_NOT_" in kind else found


def _repetitions(parsed: Any, before: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each long repetition of an expression, and what it repeats."""
    for op, value in parsed:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = value
            if most >= 10:
                yield before, _sample(inner)
            yield from _repetitions(inner, before)
        elif name == "SUBPATTERN":
            yield from _repetitions(value[-1], before)
        elif name == "ATOMIC_GROUP":
            yield from _repetitions(value, before)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _repetitions(branch, before)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _repetitions(value[1], before)
        before += _one(op, value)


class _TooLongError(Exception):
    """A text took longer than any may."""


def seconds(expression: Expression, method: str, text: str, allowed: float = MOMENT) -> float:
    """Return the CPU seconds that one text takes; infinite when it was broken off, at twice what is allowed."""
    found = getattr(expression.pattern, method)
    given: Any = text.encode("utf-8", "replace") if isinstance(expression.pattern.pattern, bytes) else text

    def broken_off(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, broken_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, 2 * allowed)
    started = time.process_time()
    try:
        if method in ("sub", "subn"):
            found("", given)
        elif method == "finditer":
            for _ in found(given):
                pass
        else:
            found(given)
    except _TooLongError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - started


def too_slow(expression: Expression, longest: int, moment: float = MOMENT) -> Iterator[str]:
    """Yield what takes longer than its length allows, of texts up to so many characters."""
    for method in expression.longest or ("search",):
        for before, unit, after in dict.fromkeys(attacks(expression.pattern)):
            size = min(_FIRST, longest)
            while True:
                text = before + unit * (size // len(unit)) + after
                allowed = moment + A_CHARACTER * len(text)
                if all(seconds(expression, method, text, allowed) > allowed for _ in range(2)):
                    what = f"{expression.pattern.pattern[:80]!r} by {method}, {size} of {unit!r} behind {before!r}"
                    yield f"{expression.place}: more than {allowed:.1f} s for {what}"
                    break
                if size >= longest:
                    break
                size = min(size * _STEP, longest)


def held_to(expression: Expression, flood: int, longest: int) -> int:
    """Return how long a text an expression must stand: the longest, or four times what it can be handed."""
    return longest if expression.handed > flood // 2 else min(longest, max(4 * expression.handed, 2_000))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", type=int, default=WHOLE, help="characters of the longest text")
    parser.add_argument("--flood", type=int, default=100_000, help="characters of the floods that the program is given")
    parser.add_argument("--every", type=int, default=1, help="only every N-th expression")
    parser.add_argument("--moment", type=float, default=MOMENT, help="seconds of CPU that any text may take")
    given = parser.parse_args()
    os.environ["BRIEFING_ISOLATION"] = "off"
    with watched() as found:
        drive(given.flood)
    used = sorted(found.values(), key=lambda e: (e.place, str(e.pattern.pattern)))
    sizes = [held_to(expression, given.flood, given.longest) for expression in used]
    print(
        f"{len(used)} expressions, {sum(size == given.longest for size in sizes)} of them handed whole texts",
        flush=True,
    )
    faults = 0
    for expression, size in list(zip(used, sizes, strict=True))[:: given.every]:
        for fault in too_slow(expression, size, given.moment):
            faults += 1
            print(fault, flush=True)
    print(f"{faults} too slow; {time.process_time():.0f} s of CPU")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
