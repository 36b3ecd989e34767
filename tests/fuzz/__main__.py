"""Run one target for as long as asked, led by coverage: ``python -m tests.fuzz TARGET --minutes 10``.

Needs atheris (``pip install '.[fuzz]'``). What is found goes to the folder of ``--found`` and ends the run; inputs that
reached something new stay in the folder of ``--corpus``, where the next run goes on.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["briefing", "feedparser", "protego"]):
    from tests.fuzz.mutation import TOKENS
    from tests.fuzz.running import run
    from tests.fuzz.starts import starts
    from tests.fuzz.targets import TARGETS

LONGEST = 4_096  # bytes of an input; `running` repeats some to more


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=list(TARGETS))
    parser.add_argument("--minutes", type=float, default=10, help="of CPU")
    parser.add_argument("--corpus", type=Path, help="folder of the inputs found so far; a temporary one when left out")
    parser.add_argument("--found", type=Path, default=Path("found"), help="folder for what breaks a target")
    given = parser.parse_args()
    corpus = given.corpus or Path(tempfile.mkdtemp(prefix="briefing-corpus-"))
    corpus.mkdir(parents=True, exist_ok=True)
    given.found.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(starts(given.target)):
        (corpus / f"start-{number:03}").write_bytes(data)
    words = corpus.parent / f"{corpus.name}.dict"
    words.write_text("".join(f'"{_quoted(token)}"\n' for token in TOKENS), encoding="ascii")
    run(given.target, b"\x00warm")  # what is read once is not the input's fault
    atheris.Setup(
        [
            *(sys.argv[0], str(corpus), f"-dict={words}", f"-max_len={LONGEST}", "-timeout=60", "-rss_limit_mb=2048"),
            *("-print_final_stats=1", f"-artifact_prefix={given.found}/{given.target}-"),
        ],
        _until(given.target, given.minutes * 60),
    )
    atheris.Fuzz()


def _until(target: str, seconds: float):
    """Return what gives an input to a target, and ends the process once it has used its CPU time."""
    counted = 0

    def one(data: bytes) -> None:
        nonlocal counted
        counted += 1
        run(target, data)
        used = resource.getrusage(resource.RUSAGE_SELF)
        if used.ru_utime + used.ru_stime > seconds:
            print(f"{target}: {counted} inputs in {seconds / 60:.1f} CPU-minutes, nothing found", flush=True)
            os._exit(0)  # atheris takes any other end for a finding

    return one


def _quoted(token: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token)


if __name__ == "__main__":
    main()
