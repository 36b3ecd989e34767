"""An article that an editor brings: from an address, under the rules of sources, or from a file."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from briefing.build.desk.results import Done
from briefing.errors import BriefingError, SourceError
from briefing.model.acts import Act
from tests.build.desk.one_page import LOOPBACK, PAGE, TITLE, web
from tests.build.desk.rounds import desk_with_articles

NOT_LOOPBACK = '\n[collect]\ncontact = "desk@y.example"\n'


def test_an_article_comes_from_its_address_and_is_in_the_edition(tmp_path: Path) -> None:
    with web({"/rink": (200, {}, PAGE)}) as (address, asked), desk_with_articles(tmp_path, LOOPBACK) as desk:
        desk.build()
        ids = desk.add_article(f"{address}/rink")
        assert len(ids) == 1
        done = desk.act(Act("take in", articles=ids), editor="R. Vane", based_on=desk.board().version)
        assert isinstance(done, Done)
        assert done.needs_rebuild
        desk.rebuild()
        assert TITLE in {story.headline for story in desk.board().edition.stories}
        assert desk.findings() == ()
        assert [path for path in asked if path != "/robots.txt"] == ["/rink"]
        assert desk.sign("R. Vane").ok


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
    ],
)
def test_a_private_address_is_refused(tmp_path: Path, address: str) -> None:
    with desk_with_articles(tmp_path, NOT_LOOPBACK) as desk:
        desk.build()
        with pytest.raises(SourceError, match="it is not connected to"):
            desk.add_article(address)
        assert desk.late() == ()


def test_what_leads_to_a_private_address_is_refused_too(tmp_path: Path) -> None:
    answers = {"/there": (302, {"Location": "http://10.0.0.1/"}, "")}
    with web(answers) as (address, _), desk_with_articles(tmp_path, LOOPBACK) as desk:
        desk.build()
        with pytest.raises(SourceError):
            desk.add_article(f"{address}/there")


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://paper.example/a", "http://user:pass@paper.example/"])
def test_only_web_addresses_are_asked(tmp_path: Path, place: str) -> None:
    with desk_with_articles(tmp_path, NOT_LOOPBACK) as desk:
        desk.build()
        with pytest.raises(BriefingError):
            desk.add_article(place)


def test_a_slow_server_holds_up_no_act(tmp_path: Path) -> None:
    gate = threading.Event()
    with web({"/rink": (200, {}, PAGE)}, gate) as (address, asked), desk_with_articles(tmp_path, LOOPBACK) as desk:
        desk.build()
        item = desk.board().sections[0].items[0]
        came: list[tuple[str, ...]] = []
        fetching = threading.Thread(target=lambda: came.append(desk.add_article(f"{address}/rink")))
        fetching.start()
        assert isinstance(desk.act(Act("drop", story=item.key), editor="R. Vane", based_on=0), Done)
        assert (came, asked) == ([], [])
        gate.set()
        fetching.join(60)
        assert len(came[0]) == 1
