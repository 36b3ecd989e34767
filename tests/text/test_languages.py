"""Languages: every data file is whole, and a text's language is told or honestly not told."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import SettingsError
from briefing.model import Article
from briefing.text.languages import LANGUAGES, detect, language, language_of
from briefing.text.openings import leans_back
from briefing.text.sentences import split_sentences
from tests.stages.claims.languages.labelled import labelled

DAYS = ("day_words", "last_words", "next_words")  # English has expressions of its own for the first
SAMPLES = {
    "en": "The minister said on Monday that the talks would go on for another week, with no deal in sight.",
    "de": "Der Minister sagte am Montag, dass die Gespräche noch eine Woche weitergehen würden, ohne Einigung.",
    "fr": "Le ministre a déclaré lundi que les négociations dureraient encore une semaine, sans accord en vue.",
    "es": "El ministro dijo el lunes que las negociaciones seguirían una semana más, sin acuerdo a la vista.",
    "uk": "Міністр заявив у понеділок, що переговори триватимуть ще тиждень, а угоди поки що не видно.",
    "ru": "Министр заявил в понедельник, что переговоры продлятся еще неделю, а соглашения пока не видно.",
}
OTHERS = {
    "pt": "O ministro disse na segunda-feira que as negociações vão continuar por mais uma semana, sem acordo à vista.",
    "it": "Il ministro ha detto lunedì che i negoziati dureranno ancora una settimana e che non è finita.",
    "nl": "De minister zei maandag dat de gesprekken nog een week zullen duren, zonder dat er een akkoord in zicht is.",
    "bg": "Министърът каза в понеделник, че преговорите ще продължат още една седмица, без споразумение.",
    "be": "Міністр заявіў у панядзелак, што перамовы будуць ісці яшчэ тыдзень, а пагаднення пакуль не відаць.",
    "sr": "Министар је рекао у понедељак да ће преговори трајати још недељу дана, без договора на видику.",
    "pl": "Minister powiedział w poniedziałek, że rozmowy potrwają jeszcze tydzień, a porozumienia nie widać.",
    "zh": "部长星期一表示会谈将再持续一周目前看不到协议",
    "ar": "قال الوزير يوم الاثنين إن المحادثات ستستمر أسبوعا آخر ولا يلوح اتفاق في الأفق",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_a_text_in_a_known_language_is_recognised(code: str) -> None:
    assert detect(SAMPLES[code]) == code


@pytest.mark.parametrize("code", OTHERS)
def test_a_text_in_another_language_is_not_taken_for_a_known_one(code: str) -> None:
    assert detect(OTHERS[code]) == ""


@pytest.mark.parametrize(
    "text", ["", "Kyiv", "1 2 3. 4 5 6.", "😀 😀 😀", "Blinken Lavrov Geneva NATO Kyiv Moscow Berlin Oslo Riga"]
)
def test_what_says_too_little_decides_nothing(text: str) -> None:
    assert detect(text) == ""


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_gets_a_known_code_or_none(text: str) -> None:
    assert detect(text) in {"", *LANGUAGES}


def test_ukrainian_with_russian_names_and_quotations_stays_ukrainian() -> None:
    assert detect(SAMPLES["uk"] + " " + SAMPLES["uk"] + " «Мы уходим», – сказав він.") == "uk"


def test_an_article_has_the_language_it_states() -> None:
    assert language_of(Article.from_text(SAMPLES["en"], language="de")).code == "de"
    assert language_of(Article.from_text(SAMPLES["en"], language="en-GB")).code == "en"


def test_an_article_that_states_none_has_the_language_its_words_show() -> None:
    assert language_of(Article.from_text(SAMPLES["fr"])).code == "fr"
    assert language_of(Article.from_text("Oslo.", title=SAMPLES["de"])).code == "de"


def test_english_is_never_assumed() -> None:
    assert language_of(Article.from_text("Oslo.")).code == "und"
    assert language_of(Article.from_text(SAMPLES["en"], language="fi")).code == "und"


def test_an_unknown_code_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="'xx'"):
        language("xx")
    with pytest.raises(SettingsError):
        language("../settings")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_file_says_everything(code: str) -> None:
    found = language(code)
    empty = {f.name for f in fields(found) if not getattr(found, f.name)}
    assert empty <= {
        "final",
        "zones",
        "marked_names",
        "ordinals",
        "telling",
        "capital_nouns",
        "elisions",
        "date_joints",
        "ordinal_endings",
        "this_words",
        "relative_days",
        "relative_hints",
        "day_hints",
        "periods",
        "clause_openers",
        "ahead_endings",
        "back_endings",
        "infinitive",
        "ahead_before_infinitive",
        "passive",
        "habitual",
        "day_first",
        "personal",
        *DAYS,
    }
    assert sorted(set(found.months.values())) == list(range(1, 13))
    assert sorted(set(found.weekdays.values())) == list(range(7))
    assert len(found.stop_words) >= 150
    assert len(found.dangling) >= 30


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_looked_up_in_lower_case_is_written_so(code: str) -> None:
    found = language(code)
    for words in (
        found.stop_words,
        found.openers,
        found.months,
        found.weekdays,
        found.pronouns,
        found.attribution_verbs,
    ):
        assert [word for word in words if word != word.lower()] == []
    assert [phrase for phrase in found.dangling if phrase != phrase.lower()] == []
    assert [len(phrase) for phrase in found.dangling] == sorted((len(p) for p in found.dangling), reverse=True)


@pytest.mark.parametrize("code", [*LANGUAGES, "und"])
def test_an_abbreviation_stands_without_its_last_stop(code: str) -> None:
    found = language(code)
    for words in (found.titles, found.abbreviations, found.numbered, found.closing, found.final):
        assert [word for word in words if word.endswith(".")] == []


def test_months_and_weekdays_are_found_in_every_form() -> None:
    assert language("en").months["sept"] == 9
    assert language("de").weekdays["sonnabend"] == 5
    assert language("uk").months["лютого"] == 2
    assert language("ru").weekdays["пятницу"] == 4
    assert language("fr").months["août"] == 8
    assert language("es").weekdays["miércoles"] == 2


def test_openings_that_lean_on_the_sentence_before_are_listed() -> None:
    english = language("en")
    assert {"he", "it", "they"} <= english.pronouns
    assert {"the move", "that decision", "it comes"} <= set(english.dangling)
    assert {"said", "told", "warned", "wrote"} <= english.attribution_verbs


@pytest.mark.parametrize("code", ["de", "fr", "es", "uk", "ru"])
def test_three_sentences_of_news_are_enough(code: str) -> None:
    several = [[s.text for s in split_sentences(one.article)] for one in labelled(code)]
    threes = [" ".join(texts[n : n + 3]) for texts in several for n in range(len(texts) - 2)]
    told = [detect(text) for text in threes]
    assert set(told) <= {"", code}
    assert told.count(code) >= 0.97 * len(told)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ru", "В аэропорту его встретил министр."),
        ("uk", "Увечері до неї приїхав посол."),
        ("de", "Am Abend empfing ihn der König."),
    ],
)
def test_a_sentence_that_says_him_before_it_says_who_leans_on_the_one_before(code: str, text: str) -> None:
    assert leans_back(text, language(code))
    assert not leans_back("Am Abend. Вечером. Увечері.", language(code))
