"""The desk answers its own browser, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from briefing.desk.access import LARGEST_BODY
from briefing.desk.app import _DONE, _SHOWN, application
from tests.build.desk.setting import desk_over
from tests.desk.opened import PORT, Visitor, face_of, visiting

ELSEWHERE = ("http://evil.example", "null", f"http://127.0.0.1:{PORT + 1}", f"https://127.0.0.1:{PORT}", "")


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with desk_over(tmp_path) as desk, visiting(desk) as visitor:
        yield visitor


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[TestClient]:
    with desk_over(tmp_path) as desk:
        face = face_of(desk)
        with TestClient(application(face), base_url=face.access.origin) as client:
            yield client


def first_act(visitor: Visitor) -> dict[str, str]:
    board = visitor.page("/board")
    return {**board.fields_of("/board"), "do": f"drop:{board.values('drop')[0]}"}


def acts(visitor: Visitor) -> int:
    return len(visitor.face.desk.history())


def test_a_browser_that_was_not_let_in_sees_nothing(stranger: TestClient) -> None:
    for path in _SHOWN:
        answer = stranger.get(path.replace("{key}", "0" * 12))
        assert answer.status_code == 403
        assert "has not been let in" in answer.text


def test_the_link_is_good_once(visitor: Visitor) -> None:
    link = visitor.face.access.link()
    visitor.client.cookies.clear()
    assert visitor.client.get(link).status_code == 200
    assert visitor.client.get("/board").status_code == 200
    visitor.client.cookies.clear()
    assert visitor.client.get(link).status_code == 403
    assert visitor.client.get("/board").status_code == 403


def test_a_new_link_ends_the_one_before(visitor: Visitor) -> None:
    old, new = visitor.face.access.link(), visitor.face.access.link()
    assert visitor.client.get(old).status_code == 403
    assert visitor.client.get(new).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "é"])
def test_a_link_that_was_guessed_opens_nothing(stranger: TestClient, token: str) -> None:
    answer = stranger.get("/enter", params={"token": token})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(stranger: TestClient, tmp_path: Path) -> None:
    with desk_over(tmp_path / "other") as desk:
        face = face_of(desk)
        with TestClient(application(face), base_url=face.access.origin) as client:
            cookie = client.get(face.access.link()).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {*cookie.split("; ")}


@pytest.mark.parametrize("cookie", ["briefing-desk-8137=x", "briefing-desk-8137=", "=", "\xff", "a" * 5000])
def test_a_cookie_that_was_made_up_opens_nothing(stranger: TestClient, cookie: str) -> None:
    assert stranger.get("/board", headers={"cookie": cookie.encode("latin-1")}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", f"localhost:{PORT}", "127.0.0.1", ""])
def test_a_name_that_was_pointed_at_this_machine_gets_no_answer(visitor: Visitor, host: str) -> None:
    assert visitor.client.get("/board", headers={"host": host}).status_code == 403
    assert visitor.client.get("/static/desk.css", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_form_of_another_page_does_nothing(visitor: Visitor, origin: str) -> None:
    data = first_act(visitor)
    assert visitor.client.post("/board", data=data, headers={"origin": origin}).status_code == 403
    assert acts(visitor) == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_that_another_site_began_gets_no_answer(visitor: Visitor, site: str) -> None:
    headers = {"sec-fetch-site": site}
    assert visitor.client.get("/board", headers=headers).status_code == 403
    both = {**headers, "origin": visitor.face.access.origin}
    assert visitor.client.post("/board", data=first_act(visitor), headers=both).status_code == 403
    assert acts(visitor) == 0


def test_a_post_that_says_nothing_of_where_it_comes_from_does_nothing(visitor: Visitor) -> None:
    assert visitor.client.post("/board", data=first_act(visitor)).status_code == 403
    assert acts(visitor) == 0


@pytest.mark.parametrize("path", [path for path in _DONE if "{" not in path])
def test_a_post_without_the_token_of_its_form_does_nothing(visitor: Visitor, path: str) -> None:
    headers = {"origin": visitor.face.access.origin}
    other = visitor.face.access.form_token("/another")
    for token in ({}, {"token": ""}, {"token": "0" * 64}, {"token": other}, {"token": "é"}):
        answer = visitor.client.post(path, data={**first_act(visitor), "token": "", **token}, headers=headers)
        assert answer.status_code == 403, (path, token)
    assert acts(visitor) == 0


def test_the_token_of_one_story_is_not_that_of_another(visitor: Visitor) -> None:
    one, other = visitor.page("/board").values("drop")[:2]
    data = {"token": visitor.face.access.form_token(f"/story/{one}"), "do": f"drop:{other}", "based_on": "0"}
    answer = visitor.client.post(f"/story/{other}", data=data, headers={"origin": visitor.face.access.origin})
    assert answer.status_code == 403
    assert acts(visitor) == 0


def test_the_act_that_all_these_were_kept_from_is_done_for_the_desks_own_page(visitor: Visitor) -> None:
    headers = {"origin": visitor.face.access.origin}
    assert visitor.client.post("/board", data=first_act(visitor), headers=headers).status_code == 200
    assert acts(visitor) == 1


@pytest.mark.parametrize("path", [path for path in _DONE if path not in _SHOWN])
def test_what_does_something_cannot_be_got(visitor: Visitor, path: str) -> None:
    assert visitor.client.get(path, params={"do": "sign", "name": "x"}).status_code == 405


def test_a_page_that_is_got_with_the_fields_of_a_form_does_nothing(visitor: Visitor) -> None:
    for path in _SHOWN:
        if "{" not in path:
            visitor.client.get(path, params={**first_act(visitor), "name": "x"})
    assert acts(visitor) == 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT"])
def test_other_methods_are_refused(visitor: Visitor, method: str) -> None:
    assert visitor.client.request(method, "/board").status_code == 405


def test_a_body_that_is_too_large_is_refused_before_it_is_read(visitor: Visitor) -> None:
    for length in (str(LARGEST_BODY + 1), "9" * 20, "-1", "x"):
        headers = {"origin": visitor.face.access.origin, "content-length": length}
        assert visitor.client.post("/board", content=b"a=b", headers=headers).status_code == 413, length


def test_every_answer_forbids_what_is_not_needed(visitor: Visitor, stranger: TestClient) -> None:
    answers = [visitor.client.get(path) for path in ("/", "/board", "/static/desk.js", "/nothing", "/enter")]
    answers += [stranger.get("/board")]
    for answer in answers:
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert {policy[name] for name in ("script-src", "style-src", "form-action", "frame-src")} == {"'self'"}
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_the_edition_is_shown_in_a_frame_that_runs_nothing(visitor: Visitor) -> None:
    assert '<iframe class="frame" sandbox src=' in visitor.page("/page").source
    policy = visitor.client.get("/frame?form=html").headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
    assert "allow" not in policy


def test_no_page_has_a_script_or_a_style_of_its_own(visitor: Visitor) -> None:
    key = visitor.page("/board").values("drop")[0]
    for path in ("/", "/board", "/review", f"/story/{key}", "/page", "/left-out", "/history", "/sign"):
        page = visitor.page(path)
        assert re.findall(r"<script(?! src=\"/static/desk\.js\" defer)", page.source) == []
        assert "<style" not in page.source
        assert not [name for name, _ in page.attributes if name == "style" or name.startswith("on")]


def test_a_link_to_a_source_tells_it_nothing_and_nothing_is_fetched_ahead(visitor: Visitor) -> None:
    key = visitor.page("/board").values("drop")[0]
    page = visitor.page(f"/story/{key}")
    away = [link for link in page.links if link.get("href", "").startswith("http")]
    assert away
    assert all({"noreferrer", "noopener"} <= {*link["rel"].split()} for link in away)
    assert not re.findall(r"prefetch|preconnect|preload|dns-prefetch", page.source)
    assert {value for name, value in page.attributes if name == "src"} == {"/static/desk.js"}
