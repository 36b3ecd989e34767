"""The mail."""

from __future__ import annotations

import pytest

from briefing.outputs import OUTPUTS, Job
from tests.editions import EDITIONS


@pytest.mark.parametrize("name", EDITIONS)
def test_the_html_keeps_to_its_size(name: str) -> None:
    job = Job(EDITIONS[name](), OUTPUTS)
    assert len(job.made("email")) <= job.edition.mailing.most_bytes
