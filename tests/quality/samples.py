"""Articles written for this project, with the summaries two readers would want of them."""

from __future__ import annotations

from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"


def samples() -> list[tuple[str, str, list[str]]]:
    """Return title, text and summaries of each article."""
    return [_read(path.read_text(encoding="utf-8")) for path in sorted(ARTICLES.glob("*.txt"))]


def _read(text: str) -> tuple[str, str, list[str]]:
    article, *summaries = text.split("== summary\n")
    head, body = article.split("\n", 1)
    return head.removeprefix("Title: "), body.strip(), summaries
