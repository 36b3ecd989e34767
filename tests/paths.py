"""Where things lie: the repository, its sample articles, and the development data that BRIEFING_DATA names."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
#: The folder that holds data/, seeds/, cases/ and bench/: texts of others, which are no part of the repository.
DEVELOPMENT = "BRIEFING_DATA"


def development(*below: str) -> Path:
    """Return a path of the development data. Only tests marked `development`, which are skipped without, may ask."""
    folder = os.environ.get(DEVELOPMENT)
    if not folder:
        raise LookupError(f"Set {DEVELOPMENT} to the folder that holds data/, seeds/, cases/ and bench/.")
    return Path(folder, *below)
