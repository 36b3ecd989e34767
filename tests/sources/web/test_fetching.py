"""What is fetched, from where, how politely, and what never is."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from datetime import timedelta

import pytest
import trustme

from briefing.errors import FetchError, SettingsError
from briefing.sources.files import MAX_BYTES
from briefing.sources.web import Fetching
from briefing.sources.web import fetching as web_fetching
from briefing.sources.web.addresses import is_this_machine, why_refused
from briefing.sources.web.bodies import gunzip, read_body
from briefing.sources.web.connecting import resolve_name
from briefing.sources.web.robots import ANYTHING, read_rules
from briefing.version import VERSION
from tests.hostile.bombs import bomb
from tests.hostile.server import serving
from tests.sources.web.detour import NOW, PUBLIC, Clock, Detour, elsewhere

HOME = "http://news.example/feed.xml"


def fetch(fetching, address=HOME, home=HOME, **more):
    with fetching.visit(home, NOW) as session:
        return session.get(address, **more)


def refusal(fetching, address=HOME, home=HOME):
    with pytest.raises(FetchError) as error:
        fetch(fetching, address, home)
    return error.value


@pytest.fixture
def server():
    with serving({"/feed.xml": {"body": "hello"}}) as running:
        yield running


# ---------------------------------------------------------------- addresses

# fmt: off
NOBODY = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.1.2.3", "168.63.129.16",
    "169.254.169.254", "169.254.170.2", "172.16.0.1", "192.0.0.8", "192.0.0.192", "192.0.2.1", "192.88.99.1",
    "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::a00:1", "64:ff9b:1::808:808", "100::1",
    "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::",
    "2002:a9fe:a9fe::", "2002:808:808::", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1",
    "fec0::1", "ff02::1",
]
ANYBODY = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1",
    "::ffff:8.8.8.8", "64:ff9b::808:808",
]
# fmt: on


@pytest.mark.parametrize("written", NOBODY)
def test_an_address_that_is_nobodys_news_site_is_refused(written):
    assert why_refused(ipaddress.ip_address(written), loopback=False)


@pytest.mark.parametrize("written", ANYBODY)
def test_an_address_of_the_open_net_may_be_connected_to(written):
    assert why_refused(ipaddress.ip_address(written), loopback=False) == ""


@pytest.mark.parametrize("written", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_only_this_machine_is_opened_by_the_setting_for_it(written):
    assert why_refused(ipaddress.ip_address(written), loopback=True) == ""


@pytest.mark.parametrize("written", [one for one in NOBODY if "127." not in one and one != "::1" and "7f00" not in one])
def test_the_setting_for_this_machine_opens_nothing_else(written):
    assert why_refused(ipaddress.ip_address(written), loopback=True)


def test_a_desks_own_network_is_reached_where_a_channel_allows_it_and_the_clouds_secrets_never():
    for written in ("10.1.2.3", "172.16.0.9", "192.168.1.1", "fd00::1", "::ffff:10.1.2.3"):
        assert why_refused(ipaddress.ip_address(written), loopback=False, private=True) == ""
        assert why_refused(ipaddress.ip_address(written), loopback=True)
    for written in ("169.254.169.254", "fe80::1", "100.64.0.1", "0.0.0.0", "127.0.0.1"):
        assert why_refused(ipaddress.ip_address(written), loopback=False, private=True)


def test_this_machine_is_known_by_its_plain_names_only():
    assert [n for n in ("localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "::1") if not is_this_machine(n)] == []
    assert [n for n in ("localhost.example", "2130706433", "10.0.0.1", "") if is_this_machine(n)] == []


#: Internal addresses in every spelling, as the host of an address.
SPELLINGS = [
    *("127.0.0.1", "localhost", "0.0.0.0", "0", "127.1", "2130706433", "0x7f000001", "017700000001", "0x7f.1"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:169.254.169.254]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]"),
    *("[2002:7f00:1::]", "[2002:a9fe:a9fe::]", "[fe80::1]", "[fe80::1%25eth0]", "[fd00:ec2::254]", "169.254.169.254"),
    *("169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192", "10.0.0.1", "172.16.0.1", "192.168.0.1"),
    *("100.64.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "127\u30020\u30020\u30021"),
    *("\u2460\u2461\u2466.\u24ea.\u24ea.\u2460", "good.example@127.0.0.1", "127.0.0.1%2f@good.example", "127.0.0.1:25"),
]


def numbers_only(host):
    """Resolve as the system does where nobody has to be asked: numbers in every spelling."""
    found = socket.getaddrinfo("127.0.0.1" if host == "localhost" else host, None, flags=socket.AI_NUMERICHOST)
    return tuple({ipaddress.ip_address(entry[4][0]) for entry in found})


@pytest.mark.parametrize("redirected", [False, True], ids=["direct", "redirected"])
@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_an_internal_address_is_connected_to(server, host, redirected):
    dial = Detour(server)
    resolve = lambda name: (ipaddress.ip_address(PUBLIC),) if name == "news.example" else numbers_only(name)  # noqa: E731
    fetching = elsewhere(server, dial=dial, resolve=resolve)
    address = f"http://{host}/latest/"
    if redirected:
        server.told["/away"] = {"status": 302, "headers": {"Location": address.encode().decode("latin-1")}}
        address = "http://news.example/away"
    error = refusal(fetching, address)
    assert error.code == "E_FETCH_REFUSED"
    assert {place for place, _ in dial.wanted} <= {PUBLIC}


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:25/_x", "javascript:1", "data:text/plain,x"),
        *("jar:http://x!/", "//x/", "x", "http:/127.0.0.1/x", "http:///x", "https://", "view-source:http://x.example/"),
    ],
)
def test_only_web_addresses_are_fetched(server, address):
    assert refusal(elsewhere(server), address).code == "E_FETCH_REFUSED"
    assert server.hits == []


@pytest.mark.parametrize("port", [22, 25, 1, 443])
def test_ports_of_other_services_are_not_connected_to(server, port):
    dial = Detour(server)
    fetching = elsewhere(server, dial=dial)
    if port == 443:
        assert fetch(fetching, f"http://news.example:{port}/feed.xml").blob == b"hello"
    else:
        assert refusal(fetching, f"http://news.example:{port}/").code == "E_FETCH_REFUSED"
        assert dial.wanted == []


@pytest.mark.parametrize(
    "answers", [[PUBLIC, "127.0.0.1"], ["10.0.0.1", PUBLIC], [PUBLIC, "::1"], [PUBLIC, "2002:7f00:1::"]]
)
def test_a_host_with_one_internal_address_among_its_own_is_not_connected_to_at_all(server, answers):
    dial = Detour(server)
    fetching = elsewhere(server, dial=dial, resolve=lambda host: tuple(map(ipaddress.ip_address, answers)))
    assert refusal(fetching).code == "E_FETCH_REFUSED"
    assert dial.wanted == []


def test_the_address_that_was_checked_is_the_one_connected_to_however_the_name_changes_its_mind(server):
    answers = iter([PUBLIC, "127.0.0.1", "127.0.0.1"])
    dial = Detour(server)
    fetching = elsewhere(server, dial=dial, resolve=lambda host: (ipaddress.ip_address(next(answers)),))
    assert refusal(fetching).code == "E_FETCH_REFUSED"  # robots.txt came first; its answer closed the connection
    assert dial.wanted == [(PUBLIC, 80)]


def test_the_server_is_told_the_name_it_was_asked_for(server):
    fetch(elsewhere(server))
    assert {asked["host"] for asked in server.asked} == {"news.example"}


def test_a_source_of_this_machine_is_fetched_only_when_the_setting_allows_it(server):
    address = server.url("/feed.xml")
    error = refusal(Fetching(), address, address)
    assert error.code == "E_FETCH_REFUSED"
    assert "loopback = true" in error.hint
    assert fetch(Fetching(loopback=True, delay=0), address, address).blob == b"hello"


def test_a_source_elsewhere_reaches_this_machine_even_then_neither_by_name_nor_by_redirect(server):
    server.told["/away"] = {"status": 302, "headers": {"Location": "http://127.0.0.1:{port}/secret"}}
    fetching = elsewhere(server, loopback=True)
    assert refusal(fetching, "http://news.example/away").code == "E_FETCH_REFUSED"
    assert refusal(fetching, "http://127.0.0.1/secret").code == "E_FETCH_REFUSED"
    assert "/secret" not in server.hits


def test_a_source_of_this_machine_reaches_no_other_port_of_it_and_nothing_elsewhere_without_a_contact(server):
    with serving({"/admin": {"body": "secret"}}) as other:
        server.told |= {
            "/to-port": {"status": 302, "headers": {"Location": other.url("/admin")}},
            "/to-name": {"status": 302, "headers": {"Location": "http://news.example/feed.xml"}},
            "/here": {"status": 302, "headers": {"Location": "/feed.xml"}},
        }
        home = server.url("/feed.xml")
        fetching = Fetching(loopback=True, delay=0.0, resolve=numbers_only)
        assert fetch(fetching, server.url("/here"), home).blob == b"hello"
        assert refusal(fetching, server.url("/to-port"), home).code == "E_FETCH_REFUSED"
        assert refusal(fetching, other.url("/admin"), home).code == "E_FETCH_REFUSED"
        assert refusal(fetching, server.url("/to-name"), home).code == "E_FETCH_REFUSED"
        assert other.hits == []


def test_proxies_that_the_environment_names_are_not_asked(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert fetch(elsewhere(server)).blob == b"hello"


def test_a_name_that_nobody_knows_is_said_to_have_no_address(server):
    def nobody(host):
        raise socket.gaierror(-2, "Name or service not known")

    error = refusal(elsewhere(server, resolve=nobody))
    assert error.code == "E_FETCH"
    assert "news.example has no address" in error.message


def test_a_resolver_that_never_answers_is_waited_for_no_longer_than_the_deadline(server):
    fetching = elsewhere(server, deadline=0.2, resolve=lambda host: server.released.wait(30))
    assert refusal(fetching).code == "E_FETCH_TIMEOUT"


def test_the_systems_resolver_takes_numbers_apart():
    assert resolve_name("2130706433") == (ipaddress.ip_address("127.0.0.1"),)


# ---------------------------------------------------------------- TLS


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """Who issues certificates; this process trusts it, and the server's side notes the names it is asked for."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    web_fetching._trusted.cache_clear()
    yield authority
    web_fetching._trusted.cache_clear()


def certified(authority, name, asked):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    context.sni_callback = lambda connection, wanted, given: asked.append(wanted)
    return context


def test_the_certificate_is_that_of_the_name_not_of_the_address_that_was_checked(authority):
    asked = []
    with serving({"/feed.xml": {"body": "hello"}}, certified(authority, "news.example", asked)) as server:
        dial = Detour(server)
        assert fetch(elsewhere(server, dial=dial), "https://news.example/feed.xml").blob == b"hello"
    assert set(asked) == {"news.example"}
    assert set(dial.wanted) == {(PUBLIC, 443)}
    assert {heard["host"] for heard in server.asked} == {"news.example"}


def test_a_server_with_somebody_elses_certificate_is_not_believed(authority):
    with serving({"/feed.xml": {"body": "hello"}}, certified(authority, "other.example", [])) as server:
        error = refusal(elsewhere(server), "https://news.example/feed.xml")
    assert (error.code, server.hits) == ("E_FETCH", [])
    assert "certificate" in error.message


# ---------------------------------------------------------------- who asks


def test_nothing_elsewhere_is_fetched_before_servers_can_be_told_whom_to_ask(server):
    with pytest.raises(SettingsError) as error:
        fetch(elsewhere(server, contact=""))
    assert "contact" in error.value.hint
    assert server.hits == []


def test_the_program_says_its_name_its_version_and_whom_to_ask(server):
    fetch(elsewhere(server))
    assert {asked["user-agent"] for asked in server.asked} == {f"briefing/{VERSION} (+desk@example.org)"}


def test_cookies_are_not_kept(server):
    server.told["/feed.xml"] = {"headers": {"Set-Cookie": "a=b"}, "body": "hello"}
    fetching = elsewhere(server)
    with fetching.visit(HOME, NOW) as session:
        session.get(HOME)
        session.get(HOME)
    assert [asked for asked in server.asked if "cookie" in asked] == []


# ---------------------------------------------------------------- manners


def test_a_host_is_asked_no_more_often_than_the_delay_allows(server):
    clock = Clock()
    fetching = elsewhere(server, delay=1.0, clock=clock, sleep=clock.sleep)
    with fetching.visit(HOME, NOW) as session:
        session.get(HOME)  # after robots.txt
        session.get(HOME)
        session.get("http://other.example/feed.xml")  # another host: at once, but its robots.txt comes first
    assert clock.naps == [1.0, 1.0, 1.0]


def test_the_delay_a_robots_txt_asks_for_is_kept_where_it_is_longer(server):
    clock = Clock()
    server.told["/robots.txt"] = {"body": "User-agent: *\nCrawl-delay: 7"}
    fetching = elsewhere(server, delay=1.0, clock=clock, sleep=clock.sleep)
    with fetching.visit(HOME, NOW) as session:
        session.get(HOME)
        session.get(HOME)
    assert clock.naps == [1.0, 7.0]


def test_what_robots_txt_forbids_is_not_asked_for(server):
    server.told["/robots.txt"] = {"body": "User-agent: briefing\nDisallow: /feed\n\nUser-agent: *\nAllow: /"}
    assert refusal(elsewhere(server)).code == "E_FETCH_ROBOTS"
    assert server.hits == ["/robots.txt"]


def test_robots_txt_is_asked_for_once_a_run_and_host(server):
    fetching = elsewhere(server)
    for _ in range(3):
        fetch(fetching)
    assert server.hits == ["/robots.txt", *["/feed.xml"] * 3]


def test_a_redirect_to_where_robots_txt_forbids_is_not_followed(server):
    server.told |= {"/robots.txt": {"body": "User-agent: *\nDisallow: /private"}}
    server.told |= {"/a": {"status": 302, "headers": {"Location": "/private/b"}}, "/private/b": {"body": "x"}}
    assert refusal(elsewhere(server), "http://news.example/a").code == "E_FETCH_ROBOTS"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_rules_for_programs_allows_everything(server, status):
    server.told["/robots.txt"] = {"status": status}
    assert fetch(elsewhere(server)).blob == b"hello"


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_host_whose_rules_cannot_be_had_is_asked_nothing_else(server, status):
    server.told["/robots.txt"] = {"status": status}
    assert refusal(elsewhere(server)).code == "E_FETCH"
    assert set(server.hits) == {"/robots.txt"}


def test_rules_behind_redirects_are_followed_five_deep_and_no_deeper(server):
    server.told["/robots.txt"] = {"status": 301, "headers": {"Location": "/rules"}}
    server.told["/rules"] = {"body": "User-agent: *\nDisallow: /"}
    assert refusal(elsewhere(server)).code == "E_FETCH_ROBOTS"


def test_a_robots_txt_made_to_take_for_ever_does_not():
    rules = read_rules(b"User-agent: *\nDisallow: /" + b"*a" * 30 + b"*b$\n" + b"Disallow: /x*y\n" * 40_000)
    assert rules.allows("http://news.example/" + "a" * 60)


def test_a_crawl_delay_of_days_is_kept_for_a_minute():
    assert read_rules(b"User-agent: *\nCrawl-delay: 86400").delay == 60.0
    assert read_rules(b"User-agent: *\nCrawl-delay: -1").delay == 0.0


def test_what_may_pass_is_tried_again_after_a_while_and_then_no_more(server):
    naps = []
    server.told["/feed.xml"] = {"status": 500}
    assert refusal(elsewhere(server, sleep=naps.append)).code == "E_FETCH"
    assert server.hits.count("/feed.xml") == 3
    assert naps == [2.0, 8.0]


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429])
def test_what_was_meant_is_not_tried_again(server, status):
    server.told["/feed.xml"] = {"status": status}
    refusal(elsewhere(server))
    assert server.hits.count("/feed.xml") == 1


@pytest.mark.parametrize(
    ("status", "stated", "wait"),
    [
        (429, "120", 120),
        (503, "120", 120),
        (429, "", 3600),
        (429, "nonsense", 3600),
        (429, "99999999999999999999", 86_400),
        (429, "0", 60),
        (503, (NOW + timedelta(hours=2)).strftime("%a, %d %b %Y %H:%M:%S GMT"), 7200),
        (503, "Sun, 22 Nov 2026 12:00:00 GMT", 60),
        (503, "Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ],
)
def test_a_server_is_left_alone_for_as_long_as_it_asks_and_a_day_at_most(server, status, stated, wait):
    server.told["/feed.xml"] = {"status": status, "headers": {"Retry-After": stated} if stated else {}}
    error = refusal(elsewhere(server))
    assert (error.code, error.wait) == ("E_FETCH_LATER", wait)


def test_a_host_that_asked_to_be_left_alone_is_not_asked_again_in_the_same_visit(server):
    server.told["/feed.xml"] = {"status": 429}
    with elsewhere(server).visit(HOME, NOW) as session:
        for address in (HOME, "http://news.example/other"):
            with pytest.raises(FetchError) as error:
                session.get(address)
            assert error.value.code == "E_FETCH_LATER"
    assert server.hits == ["/robots.txt", "/feed.xml"]


@pytest.mark.parametrize("mode", ["silent", "reset"])
def test_a_host_that_does_not_answer_is_given_up_after_three_addresses(server, mode):
    server.told |= {f"/{n}": {"mode": mode} for n in range(9)}
    fetching = elsewhere(server, deadline=0.3)
    fetching.rules["http://news.example"] = ANYTHING
    with fetching.visit(HOME, NOW) as session:
        for number in range(9):
            with pytest.raises(FetchError):
                session.get(f"http://news.example/{number}")
    assert session.requests == {"silent": 3, "reset": 9}[mode]


def test_a_host_that_answers_now_and_then_is_not_given_up(server):
    server.told |= {f"/{n}": {"status": 500} for n in range(9) if n % 3}
    server.told |= {f"/{n}": {"body": "hello"} for n in (0, 3, 6)}
    with elsewhere(server).visit(HOME, NOW) as session:
        for number in (1, 2, 3, 4, 5):
            if number == 3:
                assert session.get(f"http://news.example/{number}").blob == b"hello"
            else:
                with pytest.raises(FetchError):
                    session.get(f"http://news.example/{number}")
        assert session.get("http://news.example/6").blob == b"hello"


# ---------------------------------------------------------------- answers


def test_content_that_has_not_changed_is_not_sent_again(server):
    def answer(asked):
        same = (
            asked.get("if-none-match") == '"v1"' and asked.get("if-modified-since") == "Mon, 23 Nov 2026 08:00:00 GMT"
        )
        headers = {"ETag": '"v1"', "Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"}
        return {"status": 304} if same else {"headers": headers, "body": "hello"}

    server.told["/feed.xml"] = answer
    first = fetch(elsewhere(server))
    second = fetch(elsewhere(server), etag=first.etag, last_modified=first.last_modified)
    assert (first.unchanged, first.blob) == (False, b"hello")
    assert (second.unchanged, second.blob) == (True, b"")


def test_where_a_source_has_moved_for_good_is_told_from_where_it_is_today(server):
    server.told |= {
        "/a": {"status": 301, "headers": {"Location": "/b"}},
        "/b": {"status": 308, "headers": {"Location": "/c"}},
        "/c": {"status": 302, "headers": {"Location": "/feed.xml"}},
        "/d": {"status": 307, "headers": {"Location": "/a"}},
    }
    assert fetch(elsewhere(server), "http://news.example/a").moved_to == "http://news.example/c"
    assert fetch(elsewhere(server), "http://news.example/c").moved_to == ""
    assert fetch(elsewhere(server), "http://news.example/d").moved_to == ""
    assert fetch(elsewhere(server), "http://news.example/d").url == HOME


def test_an_encoding_that_only_the_server_states_is_believed(server):
    from briefing.sources.text import read_text

    server.told["/feed.xml"] = {"type": "text/plain; charset=windows-1251", "body": "Москва и Київ".encode("cp1251")}
    fetched = fetch(elsewhere(server))
    assert (fetched.kind, fetched.charset) == ("text/plain", "windows-1251")
    assert read_text(fetched.opened("key", ".txt")).articles[0].text == "Москва и Київ"


def test_names_of_content_that_could_forge_a_header_are_not_kept(server):
    server.told["/feed.xml"] = {"headers": {"ETag": "\x80caf\xe9"}, "body": "hello"}
    fetched = fetch(elsewhere(server))
    assert fetched.etag == ""
    assert [note.code for note in fetched.notes] == ["W_FIELD_TRUNCATED"]


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"hello")),
        ("x-gzip", gzip.compress(b"hel") + gzip.compress(b"lo")),
        ("gzip", gzip.compress(b"hello") + b"\0" * 9),
        ("deflate", zlib.compress(b"hello")),
        ("deflate", zlib.compress(b"hello")[2:-4]),
        ("", b"hello"),
        ("identity", b"hello"),
    ],
    ids=["gzip", "two gzips", "gzip and zeros", "zlib", "bare deflate", "none", "identity"],
)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_packed_content_is_unpacked_however_it_arrives(encoding, packed, size):
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert read_body(chunks, encoding, "x") == b"hello"


def test_content_larger_than_a_piece_is_whole():
    text = b"".join(b"%d," % n for n in range(400_000))
    assert read_body([gzip.compress(text)], "gzip", "x") == text


def test_content_that_breaks_off_is_not_taken_for_whole():
    for encoding, packed in (("gzip", gzip.compress(b"hello" * 99)), ("deflate", zlib.compress(b"hello" * 99))):
        with pytest.raises(FetchError) as error:
            read_body([packed[:-9]], encoding, "x")
        assert error.value.code == "E_FETCH_CUT"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip, br", "compress", "utf-8"])
def test_content_packed_in_a_way_that_was_not_asked_for_is_refused(encoding):
    with pytest.raises(FetchError) as error:
        read_body([gzip.compress(b"hello")], encoding, "x")
    assert error.value.code == "E_FETCH"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_costs_no_memory_to_speak_of(encoding):
    packed = bomb(300, 31 if encoding == "gzip" else 15)
    tracemalloc.start()
    with pytest.raises(FetchError) as error:
        read_body([packed[at : at + 65_536] for at in range(0, len(packed), 65_536)], encoding, "x")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.value.code == "E_TOO_LARGE"
    assert peak < MAX_BYTES + 1024 * 1024


def test_a_large_page_that_packs_well_is_no_bomb():
    line = b"".join(b"<p>%d and a sentence that every page of this kind repeats.</p>" % n for n in range(60_000))
    assert len(line) > 3 * 1024 * 1024
    assert read_body([gzip.compress(line)], "gzip", "x") == line


def test_content_that_is_said_to_be_too_large_is_not_begun(server):
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {MAX_BYTES + 1}\r\n\r\n"
    server.told["/feed.xml"] = {"mode": "raw", "raw": head}
    assert refusal(elsewhere(server)).code == "E_TOO_LARGE"


def test_content_that_turns_out_too_large_is_not_read_to_its_end():
    with pytest.raises(FetchError) as error:
        read_body((b"x" * 65_536 for _ in range(400)), "", "x")
    assert error.value.code == "E_TOO_LARGE"


def test_a_gzip_file_is_unpacked_under_the_same_limits():
    assert gunzip(gzip.compress(b"<urlset/>"), "x") == gunzip(b"<urlset/>", "x") == b"<urlset/>"
    with pytest.raises(FetchError):
        gunzip(bomb(300, 31), "x")


@pytest.mark.parametrize("waits_for", ["the server", "the resolver"])
def test_a_run_that_is_stopped_waits_for_nobody(server, waits_for):
    server.told["/robots.txt"] = {"mode": "silent"}
    asked, answered = threading.Event(), []

    def resolve(host):
        asked.set()
        server.released.wait(30)
        answered.append(host)

    def stop():
        while not asked.is_set() and "/robots.txt" not in server.hits:
            time.sleep(0.01)
        fetching.stop()

    resolver = {"resolve": resolve} if waits_for == "the resolver" else {}
    fetching = elsewhere(server, deadline=600.0, **resolver)
    threading.Thread(target=stop, daemon=True).start()
    assert refusal(fetching).code == "E_FETCH_TIMEOUT"  # not what it gives when the server hangs up, a minute later
    assert answered == []


def test_a_visit_that_takes_too_long_begins_nothing_more(server):
    clock = Clock()
    with elsewhere(server, clock=clock).visit(HOME, NOW) as session:
        assert not session.is_over
        clock.now += 901
        assert session.is_over
