"""What every test shares: no network beyond this machine, and the flags that rewrite what is pinned."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from briefing.model import Edition
from tests.paths import DEVELOPMENT, SEEDS

# A test that is timed fails under load; what is to be held to a time is marked slow and measures it itself.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden editions; read the diff in review")
    parser.addoption("--lower-floors", action="store_true", help="pin quality floors below the ones that are pinned")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get(DEVELOPMENT):
        return
    unset = pytest.mark.skip(reason=f"{DEVELOPMENT} does not name the folder of the development data")
    for item in items:
        if item.get_closest_marker("development"):
            item.add_marker(unset)


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """Fail every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if host is not None and host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise AssertionError(f"a test tried to reach {address!r}; only loopback is allowed")
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what builds work out in a folder of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def sample() -> Edition:
    """The edition of the sample articles."""
    from briefing.build import make_edition

    return make_edition([SEEDS], day=date(2022, 2, 1))


@pytest.fixture(scope="session")
def sample_files(sample: Edition) -> dict[str, bytes]:
    """Every file of that edition, by its path below the edition's folder."""
    from briefing.outputs import make_files

    return dict(make_files(sample))


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether pinned results are to be rewritten."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """An empty folder in memory where the system has such: what is synced to a disk at each step is slow there."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="briefing-test-") as folder:
        yield Path(folder)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the test stands in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
