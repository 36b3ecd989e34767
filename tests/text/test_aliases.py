"""Names: one entity under several spellings, and who acts."""

from __future__ import annotations

import pytest

from briefing.text import aliases


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kiev", "kyiv"),
        ("zelenskyy", "zelensky"),
        ("zelenskiy", "zelensky"),
        ("sergei lavrov", "sergey lavrov"),
        ("avdeevka", "avdiivka"),
        ("donbass", "donbas"),
        ("krivoy rog", "kryvyi rih"),
        ("isil", "islamic state"),
    ],
)
def test_two_spellings_are_one_name(one: str, other: str) -> None:
    assert aliases.canonical(one.split()) == aliases.canonical(other.split())


def test_two_presidents_do_not_become_one_by_their_first_names() -> None:
    assert aliases.canonical(["vladimir"]) != aliases.canonical(["volodymyr"])


def test_no_variant_leads_to_a_name_that_is_itself_a_variant() -> None:
    table = aliases.default().aliases
    keys = {key for rows in table.values() for _, key in rows}
    assert all(aliases.canonical([key]) == [key] for key in keys)


def test_no_variant_belongs_to_two_names() -> None:
    variants = [words for rows in aliases.default().aliases.values() for words, _ in rows]
    assert len(variants) == len(set(variants))


def test_words_that_are_no_variants_stay_as_they_are() -> None:
    assert aliases.canonical(["the", "harbour", "ferry"]) == ["the", "harbour", "ferry"]


def test_a_desk_adds_its_own_spellings() -> None:
    own = aliases.with_aliases({"harbourmaster": ["harbor master", "portmaster"]})
    assert own.canonical(["the", "harbor", "master", "of", "kiev"]) == ["the", "harbourmaster", "of", "kyiv"]
    assert aliases.canonical(["portmaster"]) == ["portmaster"]


def test_states_are_found_by_their_people_capitals_and_offices() -> None:
    text = "Lavrov spoke in Geneva while the White House, Kyiv and Germans waited."
    assert aliases.actors(text) == ("russia", "united_states", "ukraine", "germany")


def test_us_is_a_state_only_in_capitals() -> None:
    assert aliases.actors("They told us that they would join us.") == ()
    assert aliases.actors("The U.S. and US officials") == ("united_states",)


def test_each_actor_is_named_once_in_order_of_first_mention() -> None:
    assert aliases.actors("Moscow and Paris; then Russia, then France's envoy, then NATO.") == (
        "russia",
        "france",
        "nato",
    )


def test_a_headline_in_capitals_names_the_same_states() -> None:
    assert aliases.actors("RUSSIA AND UKRAINE MEET") == ("russia", "ukraine")


def test_a_basketball_player_is_no_kingdom() -> None:
    assert aliases.actors("The shoes of Michael Jordan were sold.") == ()
    assert aliases.actors("The king of Jordan came.") == ("jordan",)


def test_companies_are_no_parties_of_diplomacy() -> None:
    assert aliases.actors("Apple sued Samsung.") == ()
    assert {"apple", "samsung"} <= aliases.default().actor_words


def test_every_actor_says_what_it_is() -> None:
    assert aliases.default().actor("nato").kind == "body"
    assert aliases.default().actor("north_korea").name == "North Korea"
