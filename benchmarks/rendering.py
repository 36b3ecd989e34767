"""Rendering measured: what the outputs cost beside the PDF engine alone, cold starts, long editions.

    python benchmarks/rendering.py                 # every table; articles are those of seeds/
    python benchmarks/rendering.py --articles DIR  # a whole build of other articles
    python benchmarks/rendering.py --only build    # one of build, cold, long, help

Times are CPU seconds of the process that does the work (user and system), the least of the rounds; memory is the
peak resident size of that process. `build` compares, warm and in one process, a whole build with the engine rendering
the same PDFs from finished HTML.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

os.environ["BRIEFING_ISOLATION"] = "off"  # all of the work in the process whose seconds are counted

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

DAY = date(2022, 2, 1)
MEASURED = """
import json, resource, sys
sys.path.insert(0, {root!r})
{work}
usage = resource.getrusage(resource.RUSAGE_SELF)
import io, pikepdf
pages = len(pikepdf.open(io.BytesIO(pdf)).pages)
print(json.dumps([usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, pages]))
"""
COLD = """
from tests.editions import made
from briefing.outputs import OUTPUTS, Job
pdf = Job(made({stories}, per_story={per_story}), OUTPUTS).made("pdf")
"""

COLD_IMPORT = "import weasyprint; pdf = weasyprint.HTML(string='<p>.').write_pdf()"


def least(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Return the least CPU time of each of several works, which take turns so that a busy moment hits all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for n, work in enumerate(works):
            start = process_time()
            work()
            times[n].append(process_time() - start)
    return [min(taken) for taken in times]


def build(articles: Path, rounds: int) -> None:
    """Print what a whole build costs beside the engine alone, on the same PDFs."""
    from briefing.build import make_edition
    from briefing.outputs import OUTPUTS, Job, pdf, render

    edition = make_edition([articles], day=DAY)
    slugs = [section.theme for section in edition.sections if section.theme != "other"]
    jobs = [Job(e, OUTPUTS) for e in (edition, *(edition.only(slug) for slug in slugs))]
    finished = [(pdf.pdf_source(job), job.made("json")) for job in jobs]
    engine = pdf._engine()

    def alone() -> None:
        for (html, css), _ in finished:
            fetcher = engine.fetcher({})
            sheet = engine.weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=engine.fonts)
            page = engine.weasyprint.HTML(string=html, base_url="asset:/", url_fetcher=fetcher)
            page.write_pdf(stylesheets=[sheet], font_config=engine.fonts, pdf_variant="pdf/a-3a")

    def whole(formats: list[str] | None) -> None:
        with tempfile.TemporaryDirectory() as out:
            render(make_edition([articles], day=DAY), out, formats=formats)

    alone(), whole(None)
    engine_time, pdf_time, all_time = least(rounds, alone, lambda: whole(["pdf"]), lambda: whole(None))
    print(f"{len(edition.ledger)} articles, {len(jobs)} PDFs, outputs: {', '.join(OUTPUTS)}")
    for name, time in (("engine alone", engine_time), ("build, PDF only", pdf_time), ("build, every output", all_time)):
        print(f"  {name:<20} {time:6.2f} s CPU   {time / engine_time:.2f}")


def cold(rounds: int) -> None:
    """Print what one PDF costs from a standing start, imports included, after the engine's own import for scale."""
    empty = min(run(0, 0, COLD_IMPORT)[0] for _ in range(rounds))
    print(f"importing the engine {empty:4.2f} s CPU")
    for stories, per_story in ((1, 1), (14, 2)):
        seconds, megabytes, pages = min(run(stories, per_story) for _ in range(rounds))
        print(f"cold, {pages:>3} pages   {seconds:6.2f} s CPU   {megabytes:5.0f} MB")


def long() -> None:
    """Print what a PDF of several hundred pages costs, imports included."""
    for stories in (300, 1800):
        seconds, megabytes, pages = run(stories, 2)
        each = 1000 * seconds / pages
        print(f"long, {pages:>3} pages   {seconds:6.2f} s CPU   {megabytes:5.0f} MB   {each:.0f} ms a page")


def run(stories: int, per_story: int, work: str = COLD) -> tuple[float, float, int]:
    """Return CPU seconds, peak megabytes and pages of one PDF made in a process of its own."""
    code = MEASURED.format(root=str(ROOT), work=work.format(stories=stories, per_story=per_story))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, megabytes, pages = json.loads(done.stdout)
    return seconds, megabytes, pages


def help_() -> None:
    """Print how long `briefing --help` takes beside an interpreter that does nothing."""
    from resource import RUSAGE_CHILDREN, getrusage

    def cpu(command: list[str]) -> float:
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True)
        after = getrusage(RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    empty = min(cpu([sys.executable, "-c", "pass"]) for _ in range(10))
    asked = min(cpu([sys.executable, "-m", "briefing", "--help"]) for _ in range(10))
    print(f"python -c pass {1000 * empty:.0f} ms, briefing --help {1000 * asked:.0f} ms   {asked / empty:.1f}")


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=Path, default=ROOT / "seeds")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("build", "cold", "long", "help"))
    asked = parser.parse_args()
    tables: dict[str, Callable[[], None]] = {
        "build": lambda: build(asked.articles, asked.rounds),
        "cold": lambda: cold(asked.rounds),
        "long": long,
        "help": help_,
    }
    for name, table in tables.items():
        if asked.only in (None, name):
            table()


if __name__ == "__main__":
    main()
