"""Whatever comes in, each part of the program keeps what it promises: a short look each time, a longer one when asked.

Runs of minutes, led by coverage: ``python -m tests.fuzz TARGET --minutes 10``.
"""

from __future__ import annotations

from itertools import islice

import pytest

from tests.fuzz.drawing import Drawing
from tests.fuzz.mutation import mutations
from tests.fuzz.running import TooSlowError, run
from tests.fuzz.starts import KEPT, starts
from tests.fuzz.targets import TARGETS

SHORT, LONG = 40, 4_000  # inputs of a target
SEED = 20220201


def give(target: str, inputs: int, seed: int, *, timed: bool) -> None:
    run(target, b"\x00warm")  # what is read once is not the input's fault
    for data in (*starts(target), *islice(mutations(starts(target), seed=seed, longest=4_096), inputs)):
        try:
            run(target, data, timed=timed)
        except Exception as error:
            error.add_note(f"Input: {data!r}")
            raise


@pytest.mark.parametrize("target", TARGETS)
def test_samples_what_was_once_found_and_some_changes_of_them_are_taken_or_refused(target: str) -> None:
    give(target, SHORT, SEED, timed=False)


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_thousands_of_changes_are_taken_or_refused(target: str) -> None:
    give(target, LONG, SEED + 1, timed=True)


def test_the_same_number_gives_the_same_changes() -> None:
    first, again, other = (list(islice(mutations([b"abc", b"defg"], seed=n, longest=50), 40)) for n in (1, 1, 2))
    assert first == again != other
    assert max(map(len, first)) <= 50


def test_what_is_kept_belongs_to_a_target_and_is_small() -> None:
    assert {path.name for path in KEPT.iterdir()} <= set(TARGETS)
    assert all(path.stat().st_size <= 4_096 for path in KEPT.glob("*/*"))


def test_a_target_that_raises_or_takes_too_long_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def spin(choice: int, body: bytes) -> None:
        for _ in range(10**7):
            pass

    def fail(choice: int, body: bytes) -> None:
        raise ValueError(body)

    monkeypatch.setitem(TARGETS, "clean", fail)
    with pytest.raises(ValueError, match="abc"):
        run("clean", b"\x00abc")
    monkeypatch.setitem(TARGETS, "clean", spin)
    monkeypatch.setattr("tests.fuzz.running.SECONDS", 0.001)
    with pytest.raises(TooSlowError):
        run("clean", b"\x00abc")


def test_decisions_end_with_the_bytes_even_when_nothing_is_left_to_replace() -> None:
    draw, value = Drawing(bytes(200)), {"a": [1]}
    while not draw.is_empty:
        draw.replace_one(value)
    assert value == {}
