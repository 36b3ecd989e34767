"""Runs the desk's server: one process on loopback, until it is told to stop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from briefing.desk.access import LOOPBACK, App
from briefing.errors import OutputError

_WAIT = 3  # seconds that open answers are given when the desk closes


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """Listen on a port of the loopback address, a free one for 0.

    Raises:
        OutputError: The port is taken, or may not be used.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except (OSError, OverflowError) as error:
            raise OutputError(
                f"Port {port} of {LOOPBACK} cannot be used: {getattr(error, 'strerror', None) or error}.",
                "Name another with --port, or leave it out for one that is free.",
                code="E_LOCKED",
            ) from error
        yield listener
    finally:
        listener.close()


def serve(app: App, listener: socket.socket, *, ready: Callable[[], None]) -> None:
    """Answer requests until SIGINT or SIGTERM; what an act began is finished first.

    Args:
        app: What answers.
        listener: As from `listening`.
        ready: Called once, when the first request would be answered.
    """
    asyncio.run(server(app, ready=ready).serve(sockets=[listener]))


def server(app: App, *, ready: Callable[[], None]) -> uvicorn.Server:
    """Return the server of an application, not started; its ``should_exit`` stops it."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_WAIT,
        h11_max_incomplete_event_size=64 * 1024,
    )
    return _Server(config, ready)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()
