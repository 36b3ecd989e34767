"""What reading and drawing apart cost: whole builds with it and without it, taking turns.

    python benchmarks/isolation.py                        # seeds/, and 300 web pages written for the purpose
    python benchmarks/isolation.py --rounds 3 --formats json,html

Times are the least of the rounds: CPU seconds of a build and of every process it started, and seconds elapsed. Each
build is a process of its own, so that starting counts.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

PAGES = 300
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title><meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="2022-02-01T06:00:00Z"><style>p {{ margin: 0 }}</style></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>{title}</h1>{text}</article>
<aside><ul>{links}</ul></aside></body></html>"""


def write_pages(folder: Path) -> None:
    """Write web pages of the samples' articles, each under many titles, with links around it."""
    from briefing.sources import read_inputs

    raws = [raw for read in read_inputs(ROOT / "seeds") for raw in read.articles]
    for n in range(PAGES):
        raw = raws[n % len(raws)]
        lines = raw.text.split("\n")
        text = "".join(f"<p>{line}</p>" for line in (*lines[n // len(raws) % 3 :], f"This is report {n} of the day."))
        links = "".join(f'<li><a href="/world/{i}">Another headline of the day, number {i}</a></li>' for i in range(40))
        page = PAGE.format(title=f"{raw.title or 'Report'} ({n})", outlet=f"Outlet {n % 40}", text=text, links=links)
        (folder / f"{n:03}.html").write_text(page, encoding="utf-8")


def measured(articles: Path, formats: str, isolation: str) -> tuple[float, float]:
    """Return the CPU seconds and the seconds elapsed of one build."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "briefing", "build", str(articles), "--date", "2022-02-01"]
        command += ["--out", out, "--no-cache"]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "BRIEFING_ISOLATION": isolation}
        subprocess.run([*command, "--format", formats], check=True, capture_output=True, env=environment, cwd=out)
        elapsed, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, elapsed


def compare(name: str, articles: Path, formats: str, rounds: int) -> None:
    taken: dict[str, list[tuple[float, float]]] = {"off": [], "on": []}
    for _ in range(rounds):
        for isolation, times in taken.items():
            times.append(measured(articles, formats, isolation))
    (cpu_off, wall_off), (cpu_on, wall_on) = ([min(column) for column in zip(*t, strict=True)] for t in taken.values())
    print(
        f"{name:<24} CPU {cpu_off:6.2f} s -> {cpu_on:6.2f} s ({cpu_on / cpu_off - 1:+.1%})"
        f"   elapsed {wall_off:6.2f} s -> {wall_on:6.2f} s ({wall_on / wall_off - 1:+.1%})",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--formats", default="json,pdf,html,email,text,eml,markdown,docx")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as pages:
        write_pages(Path(pages))
        compare("seeds/", ROOT / "seeds", asked.formats, asked.rounds)
        compare(f"{PAGES} web pages", Path(pages), asked.formats, asked.rounds)
