"""The judge never gets worse unnoticed: floors on the labelled sentences the weights were fitted to.

A gate against breakage, not a measure of quality: docs/judgement.md has what unseen articles gave.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

import briefing
from briefing.model import Judgement
from tests.paths import development

pytestmark = pytest.mark.development
_VOICE = {"f": "reported", "a": "attributed", "u": "unmarked", "o": "opinion"}


@cache
def _labelled() -> list[tuple[Judgement, list[str], list[str]]]:
    """Return judgements of sentences labelled twice, with both labellings: prose, alone, voice, news."""
    return list(_judged())


def _judged() -> Iterator[tuple[Judgement, list[str], list[str]]]:
    with gzip.open(development("data") / "sentences.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            article = briefing.Article.from_text(row["text"], title=row["title"] or "")
            at = {(j.sentence.start, j.sentence.end): j for j in briefing.judge(article)}
            yield from ((at[s["start"], s["end"]], *s["labels"]) for s in row["sentences"])


def _voices() -> Counter[tuple[str, str]]:
    """Return how often prose of each labelled voice is given each voice."""
    agreed = [(j, one) for j, one, two in _labelled() if "n" not in (one[0], two[0]) and one[2] == two[2]]
    return Counter((_VOICE[one[2]], j.voice) for j, one in agreed)


def _others(found: Counter[tuple[str, str]], labelled: str) -> int:
    return sum(n for (gold, _), n in found.items() if gold in labelled.split())


def test_what_is_called_reported_is_hardly_ever_somebody_elses_words() -> None:
    reported = Counter({key: n for key, n in _voices().items() if key[1] == "reported"})
    assert _others(reported, "unmarked opinion") <= 0.05 * sum(reported.values())


def test_most_of_others_words_and_of_opinion_is_found() -> None:
    voices = _voices()
    found = sum(n for (gold, given), n in voices.items() if {gold, given} <= {"unmarked", "opinion"})
    assert found >= 0.88 * _others(voices, "unmarked opinion")


def test_the_reporters_facts_are_called_so() -> None:
    voices = _voices()
    assert voices["reported", "reported"] >= 0.92 * _others(voices, "reported")


def test_what_is_said_to_stand_alone_does() -> None:
    said = [(one[1], two[1]) for j, one, two in _labelled() if j.stands_alone and "n" not in (one[0], two[0])]
    agreed = [one == "y" for one, two in said if (one == "y") == (two == "y")]
    assert sum(agreed) >= 0.87 * len(agreed)
    assert len(agreed) >= 240


def test_what_is_called_no_prose_is_none() -> None:
    refused = [(one[0], two[0]) for j, one, two in _labelled() if not j.is_prose]
    assert sum(pair == ("n", "n") for pair in refused) >= 0.97 * len(refused)
    assert len(refused) >= 80
