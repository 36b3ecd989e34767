"""A process that has taken a password leaves no core dump and shows nobody its environment."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.paths import ROOT

ASKED = """
import ctypes, resource
from briefing.delivery import Server
from briefing.build.transports import server_of
from briefing.settings import read_settings
server = server_of(read_settings(), {"DESK": "correct horse"})
print(server.password, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_once_the_password_is_read_nothing_of_the_process_can_be_dumped(here):
    settings = '[mail]\nserver = "127.0.0.1"\nsender = "a@x.example"\nuser = "a"\npassword_variable = "DESK"\n'
    (here / "briefing.toml").write_text(settings, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)}
    )
    assert done.stdout == "Password(…) 0 0\n"
