"""A decimal sign lost or won makes a tenfold figure: news, and for the same address a correction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.model import RawArticle
from tests.stages.novelty.week import MONDAY, TUESDAY, built, raw

PRICE = (
    "Ruland buys 24 ferries from a neighbour. Prime Minister Ada Lind told parliament in Halvern on Monday that "
    "Ruland would pay Norvane {} billion crowns."
)
TEXTS = {  # headline, text, figure of the first day
    "en": (
        "Ruland buys ferries",
        PRICE,
        "3.2",
    ),
    "de": ("Ruland kauft Fähren", "Ruland kauft 24 Fähren vom Nachbarn. Der Auftrag kostet {} Mrd. Kronen.", "3,2"),
    "fr": ("Ruland achète", "Le Ruland achète 24 bacs à son voisin. L’achat vaut {} milliards de couronnes.", "3,2"),
    "es": ("Rulandia compra", "Rulandia compra 24 barcos a su vecino. El pedido vale {} millones de coronas.", "3,2"),
    "uk": ("Руланд купує", "Руланд купує 24 пороми у свого сусіда. Замовлення коштує {} млрд крон.", "3,2"),
    "ru": ("Руланд покупает", "Руланд покупает 24 парома у своего соседа. Заказ стоит {} млрд крон.", "3,2"),
}


def told(code: str, figure: str, day: int) -> RawArticle:
    title, text, _ = TEXTS[code]
    first = raw("ferries", (MONDAY, TUESDAY)[day], title, text.format(figure).replace(". ", ".\n"))
    return replace(first, language=code)


@pytest.mark.parametrize("code", TEXTS)
def test_for_the_same_address_a_tenfold_figure_is_a_correction(code: str) -> None:
    monday = built(MONDAY, [told(code, TEXTS[code][2], 0)])
    tuesday = built(TUESDAY, [told(code, "32", 1)], [monday])
    (correction,) = tuesday.corrections
    assert TEXTS[code][2] in correction.old.text
    assert correction.new is not None
    assert " 32 " in correction.new.text


@pytest.mark.parametrize("code", TEXTS)
def test_from_elsewhere_a_tenfold_figure_is_news(code: str) -> None:
    monday = built(MONDAY, [replace(told(code, TEXTS[code][2], 0), url="")])
    tuesday = built(TUESDAY, [replace(told(code, "32", 1), url="")], [monday])
    (story,) = tuesday.stories
    assert story.state in ("new", "developing")
    assert any(" 32 " in s.text for s in (*story.summary, *(point.sentence for point in tuesday.key_points)))


@pytest.mark.parametrize("code", TEXTS)
def test_the_same_figure_is_neither(code: str) -> None:
    figure = TEXTS[code][2]
    monday = built(MONDAY, [told(code, figure, 0)])
    again = built(TUESDAY, [told(code, f"{figure}0", 1)], [monday])
    assert again.corrections == ()
