"""Who is to be given what, against what was sent before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefing.delivery import Digest, Parcel, Wishes, message_id, plan
from briefing.model import Channel, Delivery, MailingList

DAY = date(2022, 2, 1)
DIGESTS = {"": Digest("e" * 64, has_news=True), "sanctions": Digest("5" * 64, has_news=True)}
EVERYBODY = MailingList("Everybody", ("a@x.example", "b@x.example"))
SANCTIONS = MailingList("Sanctions desk", ("b@x.example", "c@x.example"), theme="sanctions")


def planned(*lists: MailingList, channels: tuple[Channel, ...] = (), **more) -> list[Parcel]:
    return list(plan(DAY, {**DIGESTS, **more.pop("digests", {})}, lists, channels, **more))


def row(address: str, state: str, *, content: str = "e" * 64, scope: str = "", channel: str = "mail") -> Delivery:
    return Delivery(DAY, scope, content, channel, address, state)


def steps(*rows: Delivery, **more) -> dict[str, str]:
    return {p.address: p.step for p in planned(EVERYBODY, log=rows, **more)}


def test_a_list_without_a_theme_gets_the_edition_and_one_with_a_theme_its_digest():
    found = [(p.address, p.delivery.scope, p.delivery.content[0]) for p in planned(EVERYBODY, SANCTIONS)]
    assert found == [
        ("a@x.example", "", "e"),
        ("b@x.example", "", "e"),
        ("b@x.example", "sanctions", "5"),
        ("c@x.example", "sanctions", "5"),
    ]


def test_who_is_on_two_lists_gets_the_same_thing_once_however_the_address_is_written():
    twice = MailingList("Night shift", ("A@X.example", "d@x.example"))
    parcels = planned(EVERYBODY, twice)
    assert [p.address for p in parcels] == ["a@x.example", "b@x.example", "d@x.example"]
    assert parcels[0].lists == ("Everybody", "Night shift")
    assert {p.delivery.recipient for p in planned(twice)} == {"a@x.example", "d@x.example"}


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("accepted", "sent"),
        ("pending", "send"),
        ("deferred", "send"),
        ("suppressed", "send"),  # and allowed since
        ("refused", "refused"),
        ("unknown", "unknown"),
        ("sending", "sending"),
    ],
)
def test_only_what_is_missing_is_sent(state, step):
    assert steps(row("a@x.example", state)) == {"a@x.example": step, "b@x.example": "send"}


def test_what_may_have_arrived_or_was_refused_is_sent_again_when_a_person_asks():
    rows = (row("a@x.example", "unknown"), row("b@x.example", "refused"))
    assert steps(*rows, wishes=Wishes(resend_unknown=True)) == {"a@x.example": "send", "b@x.example": "refused"}
    assert steps(*rows, wishes=Wishes(retry_refused=True)) == {"a@x.example": "unknown", "b@x.example": "send"}
    everything = Wishes(resend_unknown=True, retry_refused=True, again=True)
    assert steps(row("a@x.example", "accepted"), wishes=everything)["a@x.example"] == "sent"


@pytest.mark.parametrize("state", ["accepted", "unknown", "sending"])
def test_an_edition_that_changed_after_it_was_sent_is_not_sent_in_silence(state):
    old = row("a@x.example", state, content="0" * 64)
    assert steps(old)["a@x.example"] == "changed"
    again = planned(EVERYBODY, log=(old,), wishes=Wishes(again=True))
    assert [(p.step, p.correction) for p in again] == [("send", True), ("send", False)]


@pytest.mark.parametrize("state", ["pending", "deferred", "refused", "suppressed"])
def test_an_edition_that_changed_before_it_arrived_is_sent_as_if_it_were_the_first(state):
    parcel = planned(EVERYBODY, log=(row("a@x.example", state, content="0" * 64),))[0]
    assert (parcel.step, parcel.correction) == ("send", False)


def test_a_correction_that_was_deferred_is_still_one_in_the_next_run():
    rows = (row("a@x.example", "accepted", content="0" * 64), row("a@x.example", "deferred"))
    parcel = planned(EVERYBODY, log=rows)[0]
    assert (parcel.step, parcel.correction) == ("send", True)


def test_a_suppressed_address_is_sent_nothing_whatever_list_it_is_on():
    parcels = planned(EVERYBODY, SANCTIONS, suppressed=frozenset({"b@x.example"}))
    assert [p.step for p in parcels] == ["send", "suppressed", "suppressed", "send"]
    capitals = MailingList("Everybody", ("B@X.EXAMPLE",))
    assert [p.step for p in planned(capitals, suppressed=frozenset({"b@x.example"}))] == ["suppressed"]


def test_a_digest_without_news_is_sent_only_to_a_list_that_asks_for_it():
    quiet = {"sanctions": Digest("5" * 64, has_news=False)}
    assert {p.step for p in planned(SANCTIONS, digests=quiet)} == {"no news"}
    asking = MailingList("Watch", ("c@x.example",), theme="sanctions", send_empty=True)
    assert {p.address: p.step for p in planned(SANCTIONS, asking, digests=quiet)} == {
        "b@x.example": "no news",
        "c@x.example": "send",
    }


def test_a_folder_whose_copying_was_cut_off_is_copied_again_and_a_chat_waits_for_a_person():
    channels = (Channel("Share", "folder", "/srv/share"), Channel("Chat", "chat", "https://chat.example/hook"))
    rows = tuple(replace(p.delivery, state="unknown") for p in planned(channels=channels))
    assert [p.step for p in planned(channels=channels, log=rows)] == ["send", "unknown"]


def test_a_message_id_is_of_the_delivery_alone():
    first, second = planned(EVERYBODY, domain="y.example")
    assert first.delivery.message_id != second.delivery.message_id
    assert first.delivery.message_id == message_id(first.delivery, "y.example")
    assert first.delivery.message_id.startswith("<2022-02-01.edition.")
    assert first.delivery.message_id.endswith("@y.example>")
    assert message_id(row("a@x.example", "deferred"), "y.example") == first.delivery.message_id
