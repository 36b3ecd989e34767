"""What depends on a language is data: no module holds lists of English words but those named here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.text.languages import language
from tests.paths import ROOT

FOLDERS = ("stages", "text")
JUDGE = "learnt of English sentences, and corrects what it learnt: other languages are judged by cues and form"
STORY = "evidence read of English reports; of other languages stories compare words and figures"
#: Folders and modules below `briefing` that are of English alone, and why.
OF_ENGLISH = {
    "stages/claims/english": "parses the clauses of English; other languages are read by the cues of their data",
    "stages/claims/figures.py": "differing figures are compared in English alone",
    "stages/claims/tokens.py": "titles with a full stop, which English clauses are parsed over",
    "stages/judgement/corrected.py": JUDGE,
    "stages/judgement/credits.py": JUDGE,
    "stages/judgement/form.py": JUDGE,
    "stages/judgement/lexicon.py": JUDGE,
    "stages/judgement/printing.py": JUDGE,
    "stages/judgement/referents.py": JUDGE,
    "stages/judgement/saying.py": JUDGE,
    "stages/judgement/told_on.py": JUDGE,
    "stages/ranking/newswire/counts.py": "features of weights learnt of English summaries",
    "stages/stories/evidence.py": STORY,
    "text/dates/english.py": "'last week', 'two days ago'; other languages read days and weekdays by data",
    "text/openings.py": "corrects weights learnt of English openings; other languages have lists of openings",
}  # fmt: skip
FIGURES = {"nouns", "after", "before"}  # keys of the data on units
_REGEX = re.compile(r"\(\?|\\[bswdW]|\|")
_WORD = re.compile(r"(?<![\\\w])[a-z]{2,}(?!\w)")


def english() -> frozenset[str]:
    spoken = language("en")
    foreign = frozenset().union(*(language(c).stop_words for c in ("de", "fr", "es")))
    titles = {title.lower() for title in spoken.titles if len(title) > 1}
    return (spoken.stop_words | spoken.attribution_verbs | spoken.day_hints | titles) - foreign - {"not", "and", "none"}


def docstrings(tree: ast.Module) -> set[int]:
    holders = (ast.Module, ast.FunctionDef, ast.ClassDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, holders)]
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def lists_of_words(path: Path) -> Iterator[str]:
    """Yield what looks like a list of English words in a module: a collection, words to split, an expression."""
    known = english()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            texts = [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
            listed = [text for text in texts if text.lower() in known]
            if len(listed) > 1 and 2 * len(listed) > len(texts) and set(texts) != FIGURES:
                yield f"{node.lineno}: {texts}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            words = {word for word in _WORD.findall(re.sub(r"\(\?P<\w+>", "(", node.value).lower()) if word in known}
            if len(words) > 1 and _REGEX.search(node.value):
                yield f"{node.lineno}: {node.value!r}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            text = getattr(node.func.value, "value", "")
            if isinstance(text, str) and len(known & set(text.lower().split())) > 1:
                yield f"{node.lineno}: {text!r}"


def modules() -> list[str]:
    found = [p for folder in FOLDERS for p in sorted((ROOT / "briefing" / folder).rglob("*.py"))]
    return [p.relative_to(ROOT / "briefing").as_posix() for p in found]


def reason(module: str) -> str:
    return OF_ENGLISH.get(module) or OF_ENGLISH.get(module.rpartition("/")[0], "")


@pytest.mark.parametrize("module", [m for m in modules() if not reason(m)])
def test_a_module_holds_no_lists_of_english_words(module: str) -> None:
    assert list(lists_of_words(ROOT / "briefing" / module)) == []


@pytest.mark.parametrize("named", sorted(OF_ENGLISH))
def test_an_exception_is_needed(named: str) -> None:
    place = ROOT / "briefing" / named
    files = [place] if place.is_file() else sorted(place.glob("*.py"))
    assert any(found for file in files for found in lists_of_words(file))
