"""An edition of rows of a JSON Lines file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import briefing
from briefing.model import Edition


def edition_of(folder: Path, *rows: dict[str, str], day: date = date(2026, 3, 4), **more: object) -> Edition:
    folder.mkdir(exist_ok=True)
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    return briefing.make_edition([folder], day=day, **more)  # type: ignore[arg-type]
