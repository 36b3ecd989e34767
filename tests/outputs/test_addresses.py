"""Where an edition stands on the web, and what leads there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html as markup

from briefing.errors import SourceError
from briefing.model import Brand
from briefing.outputs import OUTPUTS, Job, load_edition, render
from briefing.outputs.addresses import page_address, web_home
from briefing.outputs.issue import check_edition, issue_bytes
from briefing.outputs.posts import chat_body, webhook_body
from tests.editions import imprinted, ordinary

HOME = "https://desk.example/briefing"


@pytest.mark.parametrize("address", [HOME, f"{HOME}/"])
def test_the_page_of_an_edition_lies_in_its_folder_below_the_address(address: str) -> None:
    edition = imprinted(ordinary(), web_address=address)
    assert web_home(edition.imprint) == f"{HOME}/"
    assert page_address(edition) == f"{HOME}/2022-02-01/briefing.html"
    assert page_address(edition, 3) == f"{HOME}/2022-02-01/briefing.html#item-3"
    assert page_address(edition.only("sanctions"), 5) == f"{HOME}/2022-02-01/digests/sanctions.html#item-5"
    assert page_address(edition.only("diplomacy+sanctions")) == f"{HOME}/2022-02-01/briefing.html"


def test_an_edition_on_no_web_has_no_address() -> None:
    assert page_address(ordinary(), 3) == web_home(ordinary().imprint) == ""
    assert b"web_address" not in issue_bytes(ordinary())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://", "https://a b/", "/srv/briefing"])
def test_an_issue_file_with_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(SourceError, match="web_address"):
        check_edition(imprinted(ordinary(), web_address=address))


def test_the_address_is_kept_in_the_issue_file(tmp_path: Path) -> None:
    render(imprinted(ordinary(), web_address=HOME), tmp_path, formats=["json"], digests=False)
    assert load_edition(tmp_path / "2022-02-01" / "briefing.json").imprint.web_address == HOME


@pytest.mark.parametrize("address", ["", HOME])
def test_the_number_of_each_item_on_the_page_is_its_permalink(address: str) -> None:
    edition = imprinted(ordinary(), web_address=address)
    page = markup.document_fromstring(Job(edition, OUTPUTS).made("html"))
    heads = [head.find("a") for head in page.iter("h3") if head.find("a") is not None]
    to = f"{HOME}/2022-02-01/briefing.html" if address else ""
    assert [head.get("href") for head in heads] == [f"{to}#item-{story.number}" for story in edition.stories]
    assert [head.get("aria-label") for head in heads] == [f"Item {story.number}" for story in edition.stories]
    ids = {element.get("id") for element in page.iter("*")}
    assert all(head.get("href").partition("#")[2] in ids for head in heads)


def test_the_page_names_its_address_the_archive_and_the_feed() -> None:
    here, there = (
        markup.document_fromstring(Job(imprinted(ordinary(), web_address=address), OUTPUTS).made("html"))
        for address in ("", HOME)
    )
    links = {link.get("rel"): link.get("href") for link in there.iter("link")}
    assert links == {"canonical": f"{HOME}/2022-02-01/briefing.html", "alternate": f"{HOME}/feed.xml"}
    assert [a.get("href") for a in there.find(".//footer").iter("a")] == [f"{HOME}/", f"{HOME}/feed.xml"]
    assert not list(here.iter("link"))
    assert not here.findall(".//footer//a")


def test_a_webhook_has_the_address_of_the_page_and_of_each_item() -> None:
    body = json.loads(webhook_body(imprinted(ordinary(), web_address=HOME), content="0"))["data"]
    assert body["page"] == f"{HOME}/2022-02-01/briefing.html"
    items = [item for section in body["sections"] for item in section["items"]]
    assert [item["page"] for item in items] == [f"{body['page']}#item-{item['number']}" for item in items]
    assert json.loads(webhook_body(ordinary(), content="0"))["data"]["page"] == ""


def test_a_chat_leads_to_the_page_under_its_title() -> None:
    text = json.loads(chat_body(imprinted(ordinary(), web_address=HOME, brand=Brand())))["text"]
    assert text.splitlines()[1] == f"<{HOME}/2022-02-01/briefing.html|Read this edition on the web>"
    assert "on the web" not in json.loads(chat_body(ordinary()))["text"]
