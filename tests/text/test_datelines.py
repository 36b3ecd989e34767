"""Where a report was filed, on which day and by whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.datelines import agency_name, dateline, dateline_length

CASES = [
    line
    for line in (Path(__file__).parent / "datelines.txt").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES)
def test_a_dateline_is_read_to_its_last_space_and_no_further(case: str) -> None:
    text, place, day, agency = case.split(" | ")
    opening, _, rest = text.partition("‖")
    assert dateline_length(opening + rest) == len(opening)
    found = dateline(opening + rest)
    assert ((found.place, found.day, found.agency) if found else ("", "", "")) == (place, day, agency.strip())


@pytest.mark.parametrize(
    ("spelling", "name"),
    [("The Associated Press", "AP"), ("associated  press", "AP"), ("Reuters Staff", "Reuters"), ("The Guardian", "")],
)
def test_an_agency_goes_by_one_name(spelling: str, name: str) -> None:
    assert agency_name(spelling) == name


@given(st.text(max_size=200))
def test_a_dateline_leaves_some_text(text: str) -> None:
    length = dateline_length(text)
    assert length == 0 or 0 < length < len(text)
