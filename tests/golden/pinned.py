"""Texts as they were accepted, and the comparison with what is printed now."""

from __future__ import annotations

from pathlib import Path

from tests.paths import ROOT

GOLDEN = Path(__file__).parent


def same(name: str, now: str, *, accept: bool) -> None:
    path = GOLDEN / name.replace("/", "-")
    if accept:
        path.write_text(now, encoding="utf-8")
    assert path.exists(), f"run pytest {GOLDEN.relative_to(ROOT)} --accept, and read what it wrote"
    assert now == path.read_text(encoding="utf-8")
