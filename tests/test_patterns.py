"""What every regular expression of the program has to keep to."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
POSSESSIVE_GROUP = re.compile(r"\)(?:\{\{?[0-9,]+\}\}?|[*?+])\+")


def test_no_group_is_possessive_since_python_before_3_11_5_matches_those_wrongly() -> None:
    files = [*ROOT.glob("briefing/**/*.py"), *ROOT.glob("briefing/data/**/*.toml")]
    assert files
    found = {str(f.relative_to(ROOT)) for f in files if POSSESSIVE_GROUP.search(f.read_text(encoding="utf-8"))}
    assert found == set()
