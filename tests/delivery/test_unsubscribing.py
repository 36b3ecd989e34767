"""Tokens that take a reader off a list: they name recipient and list, and nobody else can make one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.delivery import Unsubscribing, list_tag, looks_like_token, read_token, token_of

KEY = bytes(range(32))
DESK = "https://desk.example/leave"


def test_a_token_says_who_leaves_which_lists_and_holds_what_an_address_may_hold():
    token = token_of(KEY, "B@X.example", ["Everybody", "Night shift"])
    leaving = read_token(KEY, token)
    assert leaving is not None
    assert leaving.recipient == "b@x.example"
    assert leaving.tags == (list_tag("Everybody"), list_tag("Night shift"))
    assert looks_like_token(token)
    assert not looks_like_token("u1.person@x.example")


def test_a_token_of_another_desk_is_none():
    assert read_token(bytes(32), token_of(KEY, "b@x.example", ["Everybody"])) is None


@given(st.data())
def test_a_token_changed_in_any_character_is_none(data: st.DataObject):
    token = token_of(KEY, "b@x.example", ["Everybody"])
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("abcXYZ019-_.").filter(lambda c: c != token[at]))
    assert read_token(KEY, token[:at] + other + token[at + 1 :]) is None


@pytest.mark.parametrize("text", ["", "u1.", "u1.a.b.c", "u1." + "A" * 10_000, "u1.é.0123456789." + "A" * 22, "\0"])
def test_what_was_never_a_token_is_none(text: str):
    assert read_token(KEY, text) is None


def test_the_signature_is_of_this_purpose_and_not_of_the_bare_text():
    import hmac
    from base64 import urlsafe_b64encode

    head, _, signature = token_of(KEY, "b@x.example", ["Everybody"]).removeprefix("u1.").rpartition(".")
    bare = hmac.digest(KEY, head.encode(), "sha256")[:16]
    assert signature != urlsafe_b64encode(bare).decode().rstrip("=")


# ---- the headers


def test_where_the_desk_names_an_address_the_token_is_posted_to_it_by_one_click():
    headers = dict(Unsubscribing(KEY, DESK, sender="desk@y.example").headers("b@x.example", ["Everybody"]))
    token = token_of(KEY, "b@x.example", ["Everybody"])
    assert headers == {
        "List-Unsubscribe": f"<{DESK}?token={token}>, <mailto:desk@y.example?subject=unsubscribe%20{token}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def test_an_address_with_a_query_keeps_it():
    headers = dict(Unsubscribing(KEY, DESK + "?desk=1").headers("b@x.example", ["Everybody"]))
    assert f"<{DESK}?desk=1&token=u1." in headers["List-Unsubscribe"]


@pytest.mark.parametrize("other", ["", "mailto:leave@y.example", "https://y.example/leave"])
def test_without_such_an_address_there_is_mail_alone_and_no_one_click(other: str):
    headers = dict(Unsubscribing(KEY, other=other, sender="desk@y.example").headers("b@x.example", ["Everybody"]))
    token = token_of(KEY, "b@x.example", ["Everybody"])
    to = "leave@y.example" if other.startswith("mailto:") else "desk@y.example"
    assert f"<mailto:{to}?subject=unsubscribe%20{token}>" in headers["List-Unsubscribe"]
    assert headers["List-Unsubscribe"].startswith(f"<{other}>" if other.startswith("https") else "<mailto:")
    assert "List-Unsubscribe-Post" not in headers


def test_the_longest_address_still_fits_a_line_of_a_message():
    long = "a" * 64 + "@" + ".".join(["b" * 60] * 3) + ".example"
    headers = dict(Unsubscribing(KEY, DESK + "/" * 150, sender=long).headers(long, ["x" * 200]))
    assert len(headers["List-Unsubscribe"]) < 900
    assert headers["List-Unsubscribe"].startswith(f"<{DESK}")


def test_the_key_is_in_no_representation():
    assert "bytes" not in repr(Unsubscribing(KEY, DESK))
    assert repr(KEY) not in repr(Unsubscribing(KEY, DESK))
