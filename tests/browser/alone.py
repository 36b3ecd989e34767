"""A desk and a browser in a network namespace without a way out: ``unshare -rn python -m tests.browser.alone``.

Prints what reached for an address that is not on this machine: the whole namespace by IPv4, as the kernel counts it (by
IPv6 Chromium itself asks whether there is any), the desk's process by its sockets, and the browser by its requests.
"""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import sys
import tempfile
from pathlib import Path

from tests.browser.driving import browsing
from tests.browser.hostile_desk import hostile
from tests.build.desk.setting import desk_over

_SCREENS = ("/", "/board", "/review", "/page", "/page?form=email", "/left-out", "/history", "/sign")
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1
_ABROAD = ("203.0.113.1", 80)  # of documentation: nobody is there


def switch_loopback_on() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        name, flags = struct.unpack("16sh", fcntl.ioctl(line, _GET_FLAGS, struct.pack("16sh", b"lo", 0))[:18])
        fcntl.ioctl(line, _SET_FLAGS, struct.pack("16sh", name, flags | _UP))


def without_route() -> int:
    """How often a connection or a datagram of the namespace found no route."""
    names, values = (line.split()[1:] for line in Path("/proc/net/snmp").read_text().splitlines()[:2])
    return dict(zip(names, map(int, values), strict=True))["OutNoRoutes"]


def asked_of_abroad() -> list[str]:
    """Where this process connects to or looks a name up, this machine apart; filled from now on."""
    asked: list[str] = []

    def heard(event: str, values: tuple[object, ...]) -> None:
        if event in ("socket.connect", "socket.sendto"):
            where = str(values[1][0]) if isinstance(values[1], tuple) else ""
        elif event == "socket.getaddrinfo":
            where = str(values[0])
        else:
            return
        if where not in ("", "127.0.0.1", "::1", "localhost"):
            asked.append(where)

    sys.addaudithook(heard)
    return asked


def main() -> None:
    switch_loopback_on()
    asked = asked_of_abroad()
    with tempfile.TemporaryDirectory() as folder, desk_over(Path(folder), hostile()) as desk, browsing(desk) as browser:
        for path in _SCREENS:
            browser.go(path)
        browser.go("/board")
        browser.press("j", "Enter", "r", "b", "x", "u")
        found = {"namespace": without_route(), "desk": list(asked), "browser": browser.now["foreign"]}
    with socket.socket() as line:  # what is looked for can be seen
        assert line.connect_ex(_ABROAD) != 0
    assert (without_route(), asked) == (found["namespace"] + 1, [*found["desk"], _ABROAD[0]])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
