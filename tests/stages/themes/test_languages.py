"""The default themes in other languages, and a desk's own words in its languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.model import Article, Theme, ThemeWords
from briefing.settings import read_settings
from briefing.stages.themes import match_themes
from briefing.text.sentences import split_sentences
from tests.stages.themes.languages.labelled import LANGUAGES, labelled, score


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_default_themes_lead_articles_in_other_languages(code: str) -> None:
    found = score(labelled(code))
    assert found.f1 >= 0.85, found.wrong
    assert found.alarms <= 0.12, found.wrong


def leads(theme: Theme, text: str, code: str) -> bool:
    article = Article.from_text(text, title=text.split(".")[0], language=code)
    return any(match.is_main for match in match_themes(article, split_sentences(article), [theme]))


FERRIES = Theme("ferries", "Ferries", terms=("ferry", "harbour"), languages=("en",))
UKRAINIAN = ThemeWords("uk", strong=("пором*", "порт*"))
TEXT = "Пором вийшов із порту. Наступний пором вийде ввечері."


def test_words_in_a_language_are_used_for_articles_in_it_alone() -> None:
    theme = Theme("ferries", "Ferries", terms=("ferry", "harbour"), languages=("en",), words=(UKRAINIAN,))
    assert leads(theme, TEXT, "uk")
    assert not leads(FERRIES, TEXT, "uk")
    assert not leads(theme, TEXT, "ru")
    assert theme.is_searched_in("uk")
    assert not theme.is_searched_in("ru")
    assert not theme.is_searched_in("")


def test_a_theme_that_names_no_language_is_searched_in_all() -> None:
    assert Theme("ferries", "Ferries", terms=("ferry", "пором*")).is_searched_in("pl")


def test_the_match_is_of_the_theme_as_it_was_given() -> None:
    theme = Theme("ferries", "Ferries", terms=("ferry",), words=(UKRAINIAN,))
    article = Article.from_text(TEXT, title="Пором", language="uk")
    (match,) = match_themes(article, split_sentences(article), [theme])
    assert match.theme is theme


def test_an_elided_article_hides_no_word() -> None:
    theme = Theme("ferries", "Ferries", strong=("embarcadère*",))
    assert leads(theme, "L’embarcadère ferme. À l’embarcadère, tout est calme.", "fr")


def test_a_settings_file_holds_words_in_other_languages(tmp_path: Path) -> None:
    path = tmp_path / "briefing.toml"
    path.write_text(
        '[[themes]]\nname = "Ferries"\nterms = ["ferry"]\nlanguages = ["en"]\n'
        '[themes.words.uk]\nstrong = ["пором*", "порт*"]\n',
        encoding="utf-8",
    )
    (section,) = read_settings(path).themes
    assert section.theme() == Theme(
        "ferries", "Ferries", terms=("ferry",), languages=("en",), words=(ThemeWords("uk", strong=("пором*", "порт*")),)
    )
