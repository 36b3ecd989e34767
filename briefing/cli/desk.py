"""`briefing desk`: an editor's morning in the browser."""

from __future__ import annotations

import getpass
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.echo import echo
from briefing.cli.options import CONFIG, OUT, Day, cache_of, now, settings_of, today
from briefing.errors import SettingsError

if TYPE_CHECKING:
    from socket import socket

    from briefing.build.desk import Desk
    from briefing.settings import Settings


@click.command(
    epilog="\b\nExamples:\n"
    "  briefing desk\n"
    '  briefing desk --day 2022-02-01 --by "Mirela Osk"\n'
    "  briefing desk --no-browser --port 8137"
)
@click.option("--day", type=Day(), help="Day of the edition; today in the configured time zone.")
@click.option("--by", default="", metavar="NAME", help="Whose acts they are; else the user's name.")
@click.option("--no-browser", is_flag=True, help="Print the link; open no browser.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default="one that is free", help="Port on 127.0.0.1."
)
@CONFIG
@OUT
def desk(day: date | None, by: str, no_browser: bool, port: int, config: Path | None, out: Path) -> int:
    """Edit, sign and send the edition of the day in the browser.

    Answers on 127.0.0.1 alone, until Ctrl-C. The link that is printed and opened is good once, for one browser. What
    is done is in the store at once: the desk can be closed and started again at any time, and the sheet in the folder
    of editions shows the same.
    """
    _check_extra()
    from briefing.build.desk import Desk
    from briefing.build.desk_store import open_store
    from briefing.cli.templates import templates_of
    from briefing.desk.serving import listening

    settings = settings_of(config)
    ours, chosen = templates_of(settings), day or today(settings)
    with listening(port) as listener, open_store(settings) as store, cache_of(settings) as cache:
        core = Desk(store, settings, out, chosen, clock=now, templates=ours, cache=cache)
        with suppress(KeyboardInterrupt):  # the ordinary end
            _serve(core, settings, by or _user(), listener, browser=not no_browser)
    echo("The desk is closed; what was done is in the store.", err=True)
    return 0


def _check_extra() -> None:
    """Refuse where the packages of the extra are missing."""
    try:
        import multipart  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"The desk needs the package {error.name}, which is not installed.",
            "Install it: pip install 'briefing[desk]'",
        ) from error


def _serve(core: Desk, settings: Settings, editor: str, listener: socket, *, browser: bool) -> None:
    from zoneinfo import ZoneInfo

    from briefing.desk.access import Access
    from briefing.desk.app import application
    from briefing.desk.face import Face
    from briefing.desk.serving import serve
    from briefing.outputs.brand import on_dark
    from briefing.text.labels import desk_words

    access, accent = Access(listener.getsockname()[1]), settings.brand.accent
    face = Face(
        core,
        access,
        desk_words(settings.briefing.language),
        ZoneInfo(settings.briefing.time_zone),
        editor,
        (accent, on_dark(accent)),
    )

    def ready() -> None:
        link = access.link()
        echo(link)
        echo(f"The desk of {core.day} is open; Ctrl-C closes it. The link is good once.", err=True)
        if browser:
            _open(link)

    serve(application(face), listener, ready=ready)


def _open(link: str) -> None:
    import threading
    import webbrowser

    # In a thread: some browsers do not come back before they are closed.
    threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()


def _user() -> str:
    """Return the name of the user on this machine."""
    with suppress(ImportError, KeyError):
        import os
        import pwd

        if name := pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0].strip():
            return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "editor"
