"""Servers that are down, slow, lying or hostile: each has the outcome it must have, and nothing leaves this machine."""

from __future__ import annotations

import ipaddress
import runpy
import socket

import pytest

from briefing.model import Standing, Subscription
from briefing.sources.visits import visit
from tests.hostile.corpus import ACCEPT, CANARY, REJECT
from tests.hostile.network import CASES
from tests.hostile.server import serving
from tests.paths import development
from tests.sources.web.detour import NOW, elsewhere

SLOW = {"gzip-bomb", "deflate-bomb", "slow-headers", "slow-body", "silent", "100-for-ever", "302-bomb"}
DEADLINE = 1.5  # seconds for those that never answer, so that nobody waits for 30

connected: list[object] = []


@pytest.fixture(autouse=True)
def listening(monkeypatch):
    """Keep every address that is connected to.

    Not by an audit hook: it would stay for good and run at each `sys.settrace` too, and while it runs CPython 3.11
    refuses the trace function of any other thread that starts, as they do under coverage.
    """
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def listened(self, address, real=real):
            connected.append(address)
            return real(self, address)

        monkeypatch.setattr(socket.socket, name, listened)


@pytest.fixture(scope="module")
def server():
    with serving({f"/{case['name']}": case["told"] for case in CASES}) as running:
        yield running


def outcome(made):
    """The outcome of a visit in the words of the ledger, with its codes."""
    notes = [*made.notes, *(n for i in made.inputs for n in i.notes), *(n for r in raws(made) for n in r.notes)]
    codes = [note.code for note in notes]
    if made.standing.error:
        return REJECT, codes
    return ("accept-with-warning" if codes else ACCEPT), codes


def raws(made):
    return [raw for one in made.inputs for raw in one.articles]


@pytest.mark.parametrize(
    "case",
    [pytest.param(c, id=c["name"], marks=[pytest.mark.slow] if c["name"] in SLOW else []) for c in CASES],
)
def test_a_server_that_fails_has_the_outcome_it_must_have(case, server):
    fetching = elsewhere(server, deadline=DEADLINE if "E_FETCH_TIMEOUT" in case["codes"] else 30.0)
    source = Subscription("Net", case["kind"], f"http://news.example/{case['name']}", full_text=False)
    connected.clear()
    made = visit(source, Standing("Net"), now=NOW, known=lambda url: False, fetching=fetching)

    found, codes = outcome(made)
    assert found == case["expect"], (found, codes, made.standing.error)
    if case["codes"]:
        assert set(codes) & set(case["codes"]), (codes, made.standing.error)
    text = "\n".join(f"{raw.title}\n{raw.text}" for raw in raws(made)) + made.standing.error
    assert [string for string in case["contain"] if string not in text] == []
    assert [string for string in [*case["absent"], CANARY] if string in text] == []
    assert connected
    assert {place for place in connected if not ipaddress.ip_address(place[0]).is_loopback} == set()


class Scenarios(list):
    """What the corpus says of its scenarios, in the place of the folder it would write them to."""

    def scenario(self, kind, name, told, threat, expect, codes=(), **more):
        self.append((name, expect, set(codes), set(more.get("contain", ()))))


@pytest.mark.development
def test_every_scenario_of_the_corpus_is_there_with_the_outcome_it_asks_for():
    corpus = Scenarios()
    runpy.run_path(str(development("bench", "hostile_corpus.py")))["network"](corpus)
    ours = {case["name"]: case for case in CASES}
    assert len(corpus) == 40
    for name, expect, codes, contain in corpus:
        assert ours[name]["expect"] == expect
        assert set(ours[name]["codes"]) <= codes
        assert contain <= set(ours[name]["contain"])
