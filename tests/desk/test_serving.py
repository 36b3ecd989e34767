"""The process of the desk: where it listens, and how it ends."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from briefing.desk.serving import listening
from briefing.errors import OutputError


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with listening(0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(OutputError, match=f"Port {port} of 127.0.0.1") as refused, listening(port):
            pass
    assert "--port" in refused.value.hint


def test_the_desk_listens_on_this_machine_alone() -> None:
    with listening(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert listener.family == socket.AF_INET


@pytest.mark.slow
def test_the_command_prints_a_link_that_opens_the_desk_and_ends_in_order(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "briefing", "desk", "--no-browser", "--by", "Mirela Osk"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdout is not None
        link = urlsplit(process.stdout.readline().strip())
        with closing(http.client.HTTPConnection(str(link.hostname), link.port, timeout=60)) as connection:
            connection.request("GET", f"{link.path}?{link.query}")
            answer = connection.getresponse()
            cookie = str(answer.getheader("set-cookie")).partition(";")[0]
            assert answer.status == 200
            answer.read()
            connection.request("GET", "/", headers={"Cookie": cookie})
            answer = connection.getresponse()
            assert answer.status == 200
            assert b"The settings name no source." in answer.read()
    finally:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "The desk is closed; what was done is in the store." in said
    assert "Traceback" not in said
