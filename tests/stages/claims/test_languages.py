"""Who says it, in German, French, Spanish, Ukrainian and Russian; and nothing where a language has no data."""

from __future__ import annotations

import pytest

from briefing.model import Article
from briefing.stages.claims import find_statements, kinds_of
from briefing.text.sentences import split_sentences
from tests.stages.claims.languages.labelled import LANGUAGES, labelled, score


def kinds(code: str, text: str) -> list[str]:
    article = Article.from_text(text, language=code)
    return list(kinds_of(article, split_sentences(article)).values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_whoever_is_quoted_is_marked_and_nobody_else(code: str) -> None:
    found = score(list(labelled(code)))
    assert found.rightly >= 0.95 * found.attributed, found.wrong
    assert found.rightly >= 0.97 * found.marked, found.wrong
    assert found.rightly_official >= 0.9 * found.official, found.wrong
    assert found.rightly_named == found.named >= 0.7 * found.quoted, found.wrong


@pytest.mark.parametrize("code", LANGUAGES)
def test_articles_written_after_the_rules_are_marked_as_well(code: str) -> None:
    found = score(list(labelled(code, "later")))
    assert found.rightly >= 0.92 * found.attributed, found.wrong
    assert found.rightly >= 0.97 * found.marked, found.wrong
    assert found.rightly_official >= 0.8 * found.official, found.wrong
    assert found.rightly_named >= found.named - 1, found.wrong


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("fr", "Le conseil a voté mardi la construction d’un pont. Il y a quatre ponts.", ["fact", "fact"]),
        ("fr", "Une annonce a été affichée, et la demande de note est close.", ["fact"]),
        ("fr", "La banque n’a pas confirmé la vente.", ["fact"]),
        ("fr", "« Le pont est vieux. Il faut le fermer », a dit le maire.", ["official", "official"]),
        ("de", "Der Händler ist „bereit zu allem, was kommt“. Ada Lind lachte, sie sei „bereit zu allem, was kommt“.",
         ["fact", "claim"]),
        ("de", "Der Händler sagte, er gehe. Er plane, im Mai zu kommen. Das Land erfülle die Auflagen nicht.",
         ["claim", "claim", "claim"]),
        ("de", "Die Händler berichten von Schäden. Die Händler wollen morgen davon berichten.", ["claim", "fact"]),
        ("de", "Wörtlich meinte der Minister:\nDas Geld ist weg. Es kommt nicht zurück.\nAm Abend regnete es.",
         ["official", "official", "official", "fact"]),
        ("de", "Das Gericht verurteilte ihn zu drei Jahren Haft. Der Minister verurteilte den Anschlag.",
         ["fact", "official"]),
        ("de", "Für den Minister ist das kein Grund. Für das Projekt ist das kein Grund.", ["official", "fact"]),
        ("de", "„Das ist so“, erklärt Ada Lind. Auch das gehört dazu.“ Es regnete.", ["claim", "claim", "fact"]),
        ("fr", "Aucune rançon ne sera versée, tranche la ministre. Après le sommet, arrive la ministre.",
         ["official", "fact"]),
        ("fr", "Pour le ministre, le texte ne règle rien. La patronne se plaint.", ["official", "claim"]),
        ("es", "No se pagará ningún rescate, zanja la ministra. Tras la cumbre de ayer, llegó la ministra.",
         ["official", "fact"]),
        ("de", "Der Minister sagte den Besuch ab. Die Firma teilte den Gewinn.", ["fact", "fact"]),
        ("de", "Das Urteil ist noch nicht bestätigt.", ["fact"]),
        ("de", "Der Händler sagte, er gehe. Er habe genug.", ["claim", "claim"]),
        ("de", "Die Ministerin sagte, sie gehe. Sie habe genug.", ["official", "official"]),
        ("de", "Der Saal wirkte, als sei er leer.", ["fact"]),
        ("de", "HDE-Präsident Karl Ober trat ab. „Es reicht mir jetzt“, sagte Ober.", ["fact", "claim"]),
        ("de", "Im Bundestag sprach die Zeugin Ada Lind. Ada Lind trat vor. „Es war kalt“, sagte Lind.",
         ["fact", "fact", "claim"]),
        ("de", "Der Händler sagte, er bleibe. Der Markt umfasse drei Länder. Ich hätte das nicht gedacht.",
         ["claim", "claim", "fact"]),
        ("de", "Das sagte der Außenminister am Montag.", ["official"]),
        ("de", "Die Opposition warf der Regierung vor, zu zögern.", ["claim"]),
        ("de", "Bei dem Treffen in Halvern sagte die Kanzlerin, man sei bereit.", ["official"]),
        ("de", "Bauchef Olaf Stern: „Wir planen schnellere Bauzeiten und Ruhe.“ Das Werk steht.", ["claim", "fact"]),
        ("de", "Sein Buch „Der lange Weg nach Norden und zurück“ erscheint im Mai.", ["fact"]),
        ("de", "Das hat der Verein am Sonntag in einer Meldung bekannt gegeben.", ["claim"]),
        ("de", "Der Minister sprach von Lügen. Sein Anwalt bestritt die Vorwürfe.", ["official", "claim"]),
        ("de", "Der Minister sprach von Lug. Der Zeitung „Talbote“ zufolge soll es enden.", ["official", "claim"]),
        ("es", "Hay 60 casas anegadas, de acuerdo con las autoridades.", ["official"]),
        ("es", "«El puente es viejo», enfatizó el pescador.", ["claim"]),
        ("es", "El alcalde no confirmó la visita.", ["fact"]),
        ("uk", "Опозиція стверджує, що грошей на міст немає.", ["claim"]),
        ("uk", "Площу назвали на честь поета. Країну він не назвав.", ["fact", "fact"]),
        ("uk", "Міст, за її даними, закрили.", ["claim"]),
        ("ru", "Страну-продавца он не назвал.", ["fact"]),
        ("ru", "По предварительным данным, пожар начался ночью.", ["claim"]),
        ("ru", "Об этом сообщил министр после заседания.", ["official"]),
    ],
)  # fmt: skip
def test_a_word_that_only_looks_like_speech_marks_nothing(code: str, text: str, expected: list[str]) -> None:
    names = {"fact": "reported fact", "claim": "attributed claim", "official": "official statement"}
    assert kinds(code, text) == [names[word] for word in expected]


@pytest.mark.parametrize(
    ("code", "text", "speaker", "role"),
    [
        ("de", "Amtsinhaber Olaf Stern ging. „Es reicht mir jetzt“, sagte Stern.", "Olaf Stern", ""),
        ("uk", "«Вода прийшла», – розповіла мешканка села Вари Ганна Петрик.", "Ганна Петрик", "мешканка села Вари"),
        ("uk", "Речниця мерії Ольга Квітко вийшла. «Ми закінчимо», – сказала Квітко.", "Ольга Квітко", "Речниця мерії"),
        ("ru", "«Мы не судим никого», — сказал глава МИД Руланда Ерлан Досанов.", "Ерлан Досанов", "глава МИД Руланда"),
        ("ru", "«Мы не судим никого», — сказал Иван Петрович Сидоров.", "Иван Петрович Сидоров", ""),
        ("fr", "« Rien ne presse », a dit mardi le ministre des Affaires étrangères René Falque.", "René Falque",
         "ministre des Affaires étrangères"),
        ("fr", "« Il fait trop sec », explique son président, Luc Aubier.", "Luc Aubier", "président"),
        ("es", "El alcalde, Julio Bravo, dijo: «No hay dinero para eso».", "Julio Bravo", "alcalde"),
    ],
)  # fmt: skip
def test_a_quotation_is_given_to_the_name_and_office_the_sentence_has(
    code: str, text: str, speaker: str, role: str
) -> None:
    article = Article.from_text(text, language=code)
    (said,) = find_statements(article, split_sentences(article))
    assert (said.speaker, said.role) == (speaker, role)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("uk", "За словами міністра Мікеля Раструпа, ракети є. «Ми ризикуємо», – пояснив він депутатам."),
        ("uk", "Прийшли Олег Кравець та Іван Кравець. «Ми ризикуємо», – пояснив Кравець."),
        ("de", "„Das ist genug für heute“, sagte eine Sprecherin."),
    ],
)
def test_a_name_that_is_not_certain_is_not_printed(code: str, text: str) -> None:
    article = Article.from_text(text, language=code)
    assert find_statements(article, split_sentences(article)) == ()


def test_a_language_without_data_on_speech_gets_no_kinds() -> None:
    article = Article.from_text("Minister powiedział, że most jest zamknięty. Tak jest.", language="pl")
    sentences = split_sentences(article)
    assert kinds_of(article, sentences) == {}
    assert find_statements(article, sentences) == ()


def test_what_a_preposition_brings_in_is_no_office() -> None:
    article = Article.from_text("„Das ist so beschlossen“, erklärt auf Nachfrage Ada Lind.", language="de")
    (said,) = find_statements(article, split_sentences(article))
    assert (said.speaker, said.role) == ("Ada Lind", "")
