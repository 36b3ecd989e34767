"""Files that claim one identity are kept apart, each for itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefing.build import make_edition, verify
from briefing.model import Input, RawArticle
from briefing.text.identity import identified, place_of

DAY = date(2026, 11, 28)

FINED = (
    "The regulator of Ostrel fined the Brenn yard 40 million crowns on Friday for dumping oil in the Varde channel. "
    "Inspector Mara Lind said the yard had hidden the spill for 12 days. Fishing in the channel stays banned."
)
CLEARED = FINED.replace("fined", "cleared").replace("40 million crowns on Friday for", "on Friday of")
LOAF = "A bakery in Torvik sells a rye loaf. The baker said the recipe is old. Customers queue from six on Saturdays."


def write(name: str, title: str, text: str, hour: int) -> None:
    Path("in").mkdir(exist_ok=True)
    head = f"Title: {title}\nDate: {DAY}T{hour:02}:00:00Z\nURL: https://ostrel.example/fine\n\n"
    Path("in", name).write_text(head + text, encoding="utf-8")


@pytest.mark.parametrize("name", ["a.txt", "z.txt"])
@pytest.mark.parametrize(("title", "text"), [("New loaf", LOAF), ("Regulator clears Brenn yard", CLEARED)])
def test_a_file_that_claims_anothers_address_hides_nothing(here: Path, name: str, title: str, text: str) -> None:
    write("real.txt", "Regulator fines Brenn yard", FINED, 8)
    write(name, title, text, 9)
    edition = make_edition("in", day=DAY)
    fates = {entry.input: entry.fate for entry in edition.ledger}
    assert fates == {"real.txt": "used", name: "used"}
    printed = {cited.text for _, cited in edition.walk()}
    assert any("fined the Brenn yard 40 million" in one for one in printed)
    codes = [note.code for entry in edition.ledger for note in entry.notes]
    assert codes.count("W_IDENTITY_CLAIMED") == (text is LOAF)  # what reads the same may be the same report
    assert verify(edition, "in").ok


def raw(place: str, text: str, title: str = "One") -> RawArticle:
    return RawArticle(input=place, text=text, kind="text", title=title, url="https://ostrel.example/fine")


def test_two_states_in_one_file_are_one_article_and_two_texts_are_two() -> None:
    longer = f"{FINED} The yard will appeal."
    (read,) = identified([Input("f.jsonl", (raw("f.jsonl#1", FINED), raw("f.jsonl#2", longer)))])
    assert {one.identity for one in read.articles} == {""}
    (read,) = identified([Input("f.jsonl", (raw("f.jsonl#1", FINED), raw("f.jsonl#2", LOAF, "Two")))])
    assert len({one.identity for one in read.articles}) == 2
    assert [note.code for note in read.articles[1].notes] == ["W_IDENTITY_CLAIMED"]


def test_what_nobody_else_claims_stays_as_it_was() -> None:
    inputs = (Input("a.txt", (raw("a.txt", FINED),)), Input("b.txt"))
    assert identified(inputs) == inputs
    assert not identified(inputs)[0].articles[0].identity


def test_identities_do_not_depend_on_who_comes_first() -> None:
    one, other = Input("a.txt", (raw("a.txt", FINED),)), Input("b.txt", (raw("b.txt", LOAF),))
    there = {r.input: r.identity for read in identified((one, other)) for r in read.articles}
    assert there == {r.input: r.identity for read in identified((other, one)) for r in read.articles}
    assert len(set(there.values())) == 2


def test_the_place_of_an_input_is_its_file() -> None:
    assert place_of("feed.xml#12") == place_of("given/feed.xml#3") == "feed.xml"
    assert place_of("Times/fine-1") == "Times/fine-1"
