"""What a program start loads."""

from __future__ import annotations

import subprocess
import sys

import briefing.build
from briefing.build import api


def test_a_command_that_asks_the_store_alone_loads_no_stage_that_builds() -> None:
    code = "import sys, briefing.build.desk_store; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "briefing.build.desk_store" in loaded
    assert not {"briefing.build.flow", "briefing.build.api", "briefing.stages.stories", "numpy"} & set(loaded)


def test_every_name_of_the_band_is_there_when_it_is_asked_for() -> None:
    for name in api.__all__:
        assert getattr(briefing.build, name) is getattr(api, name)
