# ruff: noqa: E501  markup is easier to read on one line
"""Mail as sources: wrapped and flowed text, headers in any encoding, forwards, digests, automatic answers."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.model import Article, Input
from briefing.sources.mailbox import read_mail
from briefing.sources.opened import Opened
from briefing.stages.clean import clean_all

HEAD = (
    "From: Halvern Press <news@press.example>\nDate: Sat, 28 Nov 2026 07:00:00 +0000 (UTC)\n"
    "Message-ID: <a1@press.example>\n"
)
WRAPPED = (
    "The port authority of Skarn closed its northern pier on Monday after\n"
    "divers found cracks in four of its pillars. Cranes were moved to the\n"
    "southern basin overnight.\n\n"
    "The harbour master said repairs would take six weeks and cost about\n"
    "nine million crowns. She ruled out sabotage.\n"
)


def mail(text: str | bytes) -> Input:
    return read_mail(Opened("1.eml", ".eml", text if isinstance(text, bytes) else text.encode()))


def cleaned(text: str | bytes) -> list[Article]:
    found = clean_all(mail(text).articles, today=date(2026, 11, 28), time_zone="UTC")
    return [item.article for item in found if item.article]


def test_text_wrapped_at_a_width_is_read_in_paragraphs_and_its_signature_left_out() -> None:
    (article,) = cleaned(HEAD + "Subject: Pier shut\n\n" + WRAPPED + "\n-- \nHalvern Press, 1 Quay Street\n")
    assert article.body.split("\n") == [" ".join(part.split()) for part in WRAPPED.strip().split("\n\n")]
    assert article.published is not None
    assert article.published.isoformat() == "2026-11-28T07:00:00+00:00"


def test_flowed_text_is_joined_as_its_format_says() -> None:
    body = "Schools receive the largest \nshare of it.\n \nThe mayor called the vote a relief.\n"
    head = HEAD + "Content-Type: text/plain; charset=utf-8; format=flowed\nSubject: Budget\n\n"
    (article,) = cleaned(head + body)
    assert article.body == "Schools receive the largest share of it.\nThe mayor called the vote a relief."


def test_lines_that_are_not_wrapped_stay_lines() -> None:
    (article,) = cleaned(
        HEAD + "Subject: Notes\n\nPier shut in Skarn.\nBudget passed in Ardlow.\nTrain late in Velm.\n"
    )
    assert article.body.split("\n") == ["Pier shut in Skarn.", "Budget passed in Ardlow.", "Train late in Velm."]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Café owners ask for later hours".encode(), "Café owners ask for later hours"),
        ("Grüße aus Halvern".encode("cp1252"), "Grüße aus Halvern"),
        (b"=?gb2312?B?uNu/2rnYsdU=?=", "港口关闭"),
        (b"=?ISO-2022-JP?B?GyRCS0w7NzY2JHJKRDo/GyhC?=", "北桟橋を閉鎖"),
        (b"=?gb2312?B?1uyHRg==?=", "朱嘑"),
    ],
)
def test_a_subject_is_read_in_whatever_encoding_it_was_written(subject: bytes, title: str) -> None:
    assert mail(HEAD.encode() + b"Subject: " + subject + b"\n\nThe pier is shut.\n").articles[0].title == title


def test_a_japanese_body_of_seven_bits_is_decoded() -> None:
    head = HEAD + "Content-Type: text/plain; charset=iso-2022-jp\nSubject: x\n\n"
    assert "北桟橋" in mail(head.encode() + "港湾局は北桟橋を閉鎖した。".encode("iso2022_jp")).articles[0].text


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "X-Autoreply: yes",
        "Content-Type: multipart/report; boundary=b",
        "Precedence: auto_reply",
    ],
)
def test_automatic_answers_and_bounces_are_passed_over(header: str) -> None:
    read = mail(f"{HEAD}{header}\nSubject: Out of office\n\nI am away until Monday. Please call Ada.\n")
    assert read.articles == ()
    assert [note.code for note in read.notes] == ["W_SKIPPED"]


def test_a_forwarded_mail_is_the_inner_one() -> None:
    body = (
        "FYI, see below.\n\n---------- Forwarded message ---------\nFrom: Tessel Post <news@tessel.example>\n"
        "Date: Fri, 27 Nov 2026 at 06:10\nSubject: Olive harvest starts early\nTo: <lena@desk.example>\n\n"
        "> Farmers in the Tessel valley began the olive harvest two weeks early after\n"
        "> a dry summer. Yields are low.\n"
    )
    (article,) = cleaned(HEAD + "Subject: Fwd: Olive harvest starts early\n\n" + body)
    assert (article.title, article.outlet) == ("Olive harvest starts early", "Tessel Post")
    assert article.body.startswith("Farmers in the Tessel valley began the olive harvest two weeks early after a dry")
    assert article.published is not None
    assert article.published.day == 27


def test_each_message_of_a_digest_is_an_article() -> None:
    parts = "".join(
        f"--b\n\nFrom: Town {n} <n{n}@towns.example>\nSubject: Letter {n}\nMessage-ID: <{n}@towns.example>\n\n"
        f"The port authority of town number {n} closed its pier on Monday, officials said.\n"
        for n in (1, 2)
    )
    read = mail(f"{HEAD}Subject: Digest\nContent-Type: multipart/digest; boundary=b\n\n{parts}--b--\n")
    assert [article.title for article in read.articles] == ["Letter 1", "Letter 2"]
    assert [article.input for article in read.articles] == ["a1@press.example#1", "a1@press.example#2"]
    assert len({article.guid for article in read.articles}) == 2


@pytest.mark.parametrize(
    "layout",
    [
        "<tr><td><h2>{0}</h2><p>{1} ({2})</p></td></tr>",
        '<tr><td><strong>{0}</strong><br>{1} (<a href="https://c.example/">{2}</a>)</td></tr>',
        '<table><tr><td><h3><a href="https://c.example/">{0}</a></h3><div>{1}</div><a href="#">Read more</a></td></tr></table>',
    ],
)
def test_the_headings_of_a_newsletter_are_headings(layout: str) -> None:
    items = (
        (
            "Skarn closes pier",
            "The port authority of Skarn closed its northern pier on Monday, divers said.",
            "Courier",
        ),
        (
            "Ardlow has a budget",
            "The council of Ardlow approved a budget of 41 million crowns on Tuesday.",
            "Orrin Times",
        ),
        (
            "Train derails near Velm",
            "A freight train left the rails near Velm early on Wednesday, police said.",
            "Post",
        ),
        ("Orrin opens a hall", "The library of Orrin opened its new reading hall to the public on Thursday.", "Daily"),
    )
    html = "<html><body><table>" + "".join(layout.format(*item) for item in items) + "</table></body></html>"
    (article,) = cleaned(f"{HEAD}Subject: The Tide\nContent-Type: text/html; charset=utf-8\n\n{html}")
    kinds = {article.body[p.start : p.end]: p.kind for p in article.paragraphs}
    assert [kinds.get(heading) for heading, _, _ in items] == ["heading"] * 4


def test_the_list_of_a_newsletter_is_a_list() -> None:
    items = ("A ferry ran aground at Skarn, police said.", "Ardlow has a budget, its mayor said.", "Velm has none.")
    html = (
        "<p>Good morning to all readers of the Tide.</p><ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    )
    (article,) = cleaned(f"{HEAD}Subject: The Tide\nContent-Type: text/html; charset=utf-8\n\n{html}")
    assert [article.body[p.start : p.end] for p in article.paragraphs if p.kind == "bullet"] == list(items)
