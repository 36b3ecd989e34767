"""Read, clean and split each case alone and print what came of it: ``python -m tests.hostile.alone OUT``."""

import json
import os
import resource
import sys
import time
from datetime import date

from briefing.sources import read_inputs
from briefing.stages.clean import clean_all
from briefing.text.sentences import split_sentences


def answer(case, folder):
    """Return what one case cost and what of its text is missing or must not be there."""
    started = time.process_time()
    inputs = _inputs(case, folder)
    raws = [raw for read in inputs for raw in read.articles]
    cleaned = [c for c in clean_all(raws, today=date(2026, 11, 22), time_zone="UTC") if c.article]
    for one in cleaned:
        split_sentences(one.article)
    seconds = time.process_time() - started
    text = "\n".join(f"{c.article.title}\n{c.article.body}\n{c.article.url}" for c in cleaned)
    return {
        "seconds": seconds,
        "missing": [string for string in case["must_contain"] if string not in text],
        "present": [string for string in case["must_not_contain"] if string in text],
    }


def _inputs(case, folder):
    place = os.path.join(folder, case["path"])
    if os.path.isfile(place):
        return read_inputs([place])
    # A name that is no UTF-8 is found only by walking its folder.
    walked = read_inputs([os.path.join(folder, case["kind"])])
    return [read for read in walked if f"{case['kind']}/{read.path}".split("#")[0] == case["path"]]


def main():
    out = sys.argv[1]
    with open(os.path.join(out, "manifest.json"), encoding="utf-8") as file:
        cases = json.load(file)["cases"]
    folder = os.path.join(out, "inputs")
    answers = {case["path"]: answer(case, folder) for case in cases if case["kind"] != "tree"}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"peak_mib": peak, "answers": answers}))


if __name__ == "__main__":
    main()
