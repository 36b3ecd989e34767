"""What an editor would strike out, article by article: captions, credits, speeches, stubs, what hangs, what is over."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing.build import load_edition, make_edition, verify
from briefing.model import Edition, SetApart
from briefing.model.verdicts import with_editors_choices
from briefing.outputs import make_files
from briefing.stages.proof import printed_sentences
from briefing.text.labels import words
from tests.cli.running import run

DAY = date(2026, 3, 4)


def edition(folder: Path, *articles: dict[str, str], day: date = DAY) -> Edition:
    """The edition of some articles, which its own proof accepts."""
    rows = (json.dumps({"date": "2026-03-03", **article}) + "\n" for article in articles)
    (folder / "day.jsonl").write_text("".join(rows), encoding="utf-8")
    made = make_edition([folder], day=day)
    assert verify(made, [folder]).findings == ()
    return made


def texts(made: Edition) -> str:
    return "\n".join([c.text for _, c in printed_sentences(made)] + [s.headline for s in made.stories])


CAPTION = (
    "Nela Worin walks out of the music academy in Skarn. She says a note to the dean cost her a place. "
    "(Ada Brill for The Harbour Post)\n\n"
    "The Swedish government has closed three faculties since January, according to the teachers’ union.\n\n"
    "Interior Minister Pavel Holm said on Monday that “no one is above the law”."
)


def test_a_caption_with_its_credit_is_neither_key_point_nor_heading(tmp_path: Path) -> None:
    assert "Worin" not in texts(edition(tmp_path, {"text": CAPTION}))


BRIDGE = (
    "The mayor of Gothenburg opened a new bridge across the river on Monday after four years of work.\n\n"
    "The bridge cost 40 million euros and carries two lanes and a cycle path.\n\n"
    "{}\n\nShops along the quay hope for more visitors in summer."
)


def test_a_credit_alone_is_printed_nowhere(tmp_path: Path) -> None:
    assert "Odin" not in texts(edition(tmp_path, {"text": BRIDGE.format("Marc Odin/AFP via Getty Images")}))


def test_an_article_of_nothing_but_a_stub_is_left_out_by_name(tmp_path: Path) -> None:
    stubs = (
        {"text": "Newsletter Fridays\n\nBy the Sea: Sail better with news, tips that help you find your port."},
        {"text": "Letters: Holm has not done enough to turn the tide against Labour"},
    )
    made = edition(tmp_path, *stubs, {"title": "Bridge opens", "text": BRIDGE.format("The tram follows in May.")})
    entries = {entry.input: (entry.fate, entry.reason) for entry in made.ledger}
    reason = "It holds no news prose: captions, credits, headings, calls to subscribe."
    assert entries["day.jsonl#1"] == entries["day.jsonl#2"] == ("left out", reason)
    assert entries["day.jsonl#3"][0] == "used"


SPEECH = (
    "“The wars of the last century had one goal,” Norvian President Adan Kresh said in a speech in Marrow on "
    "Monday.\n\n"
    "In his speech he recalled several of them. According to him, all were alike.\n\n"
    "In Syria, more than 300,000 people have died since 2011, and six million have fled to Turkey and Germany from a "
    "war unleashed to change the regime of the country."
)


def test_a_speech_is_printed_as_its_speakers_words_or_not_at_all(tmp_path: Path) -> None:
    made = edition(tmp_path, {"text": SPEECH, "title": "Kresh: wars of the last century had one goal"})
    printed = [cited for _, cited in printed_sentences(made)]
    war = [cited for cited in printed if "Syria" in cited.text]
    assert war
    assert all(cited.words_of and cited.words_of.text == "Adan Kresh" for cited in war)
    files = dict(make_files(made, formats=["text", "markdown", "html", "email"], digests=False))
    for name, content in files.items():
        if name.endswith((".txt", ".md", ".html")):
            assert "words of Adan Kresh" in content.decode("utf-8"), name


TEASER = "“The northern pier of Port Halvern may have a narrow window of calm weather to reopen before the storms clos…"
HALF = (
    "The northern pier of Port Halvern reopened on Monday, but ships may dock only if the wind stays under thirty kno…"
)
MARKET = "The Swedish parliament has raised the tax on diesel. Lorries pay it from May on."


@pytest.mark.parametrize("teaser", [TEASER, HALF], ids=["inside a quotation", "in mid-word"])
def test_a_teaser_cut_off_stops_no_edition_and_is_no_key_point(tmp_path: Path, teaser: str) -> None:
    made = edition(tmp_path, {"title": "Pier reopens", "text": teaser}, {"title": "Diesel tax", "text": MARKET})
    assert all(not point.sentence.text.endswith("…") for point in made.key_points)
    assert [s.headline for s in made.stories if not s.summary] == ["Pier reopens"]


GRAIN = (
    {
        "title": "Grain deal expected",
        "date": "2026-03-05",
        "text": "Turkey says a deal between Norvia and Velland to free grain exports will be signed on Friday. "
        "Norvia and Velland have shut their ports since May. The grain exports of Velland feed forty countries.",
    },
    {
        "title": "Norvia and Velland sign grain deal",
        "date": "2026-03-06",
        "text": "Norvia and Velland signed a deal on Friday to free 20 million tons of grain exports from their ports. "
        "The deal between Norvia and Velland was signed in Turkey. The first ships leave on Monday.",
    },
)


def test_what_a_newer_report_tells_as_done_is_not_announced_beside_it(tmp_path: Path) -> None:
    made = edition(tmp_path, *GRAIN, day=date(2026, 3, 6))
    assert "will be signed on Friday" not in texts(made)
    assert "signed a deal on Friday" in texts(made)


def test_an_edition_says_once_in_which_languages_voices_are_not_judged(tmp_path: Path) -> None:
    polish = "Port w Halvern jest zamknięty od poniedziałku. Promy wypłyną dopiero w piątek, powiedział minister."
    made = edition(
        tmp_path, {"text": polish, "language": "pl", "title": "Port zamknięty"}, {"text": MARKET, "title": "Diesel tax"}
    )
    text = dict(make_files(made, formats=["text"], digests=False))["email.txt"].decode("utf-8")
    begin = words("en").phrases["unjudged"].partition("{")[0].strip()
    assert " ".join(text.split()).count(begin) == 1
    polish_source = next(source.article_id for source in made.sources if source.language == "pl")
    printed = [cited for _, cited in printed_sentences(made)]
    assert {cited.verdict is None for cited in printed if cited.article_id == polish_source} == {True}
    assert {cited.verdict is None for cited in printed if cited.article_id != polish_source} == {False}


def test_an_edition_in_a_language_that_is_judged_by_words_of_speech_is_proved(tmp_path: Path) -> None:
    german = (
        "Der Bauer Karl Ober sagte am Montag in Halvern, er bleibe auf seinem Hof. Niemand habe ihm geholfen. "
        "Die Regierung in Berlin hat am Dienstag zwölf Millionen Euro für die Deiche bewilligt."
    )
    made = edition(tmp_path, {"text": german, "language": "de", "title": "Bauer bleibt"})
    assert {cited.verdict is None for _, cited in printed_sentences(made)} == {False}


def test_what_an_editor_leaves_without_the_sentence_it_needs_is_marked_as_his_choice(tmp_path: Path) -> None:
    made = edition(tmp_path, {"title": "Bridge opens", "text": BRIDGE.format("The tram follows in May.")})
    story = made.stories[0]
    (leaning,) = [s for s in story.summary if s.verdict and s.verdict.needs == "previous"][:1]
    cut = replace(made.sections[-1], stories=(replace(story, summary=(leaning,)),))
    edited = replace(made, sections=(*made.sections[:-1], cut), key_points=())
    assert "needs the sentence before it" in " ".join(f.problem for f in verify(edited, [tmp_path]).findings)
    chosen = with_editors_choices(edited)
    proof = verify(chosen, [tmp_path])
    assert (proof.findings, proof.against_the_judge) == ((), 1)
    text = dict(make_files(chosen, formats=["text"], digests=False))["email.txt"].decode("utf-8")
    assert "the editor’s choice" in text


def test_a_mark_that_is_taken_away_or_forged_is_found(tmp_path: Path) -> None:
    made = edition(tmp_path, {"text": SPEECH, "title": "Kresh: wars of the last century had one goal"})
    story = made.stories[0]
    at = next(n for n, s in enumerate(story.summary) if s.words_of)
    for forged, problem in (
        (replace(story.summary[at], words_of=None), "whose is not printed with it"),
        (
            replace(story.summary[at], words_of=SetApart("Ilja Venn", story.summary[at].words_of.receipt)),
            "another than",
        ),
    ):
        summary = (*story.summary[:at], forged, *story.summary[at + 1 :])
        sections = (*made.sections[:-1], replace(made.sections[-1], stories=(replace(story, summary=summary),)))
        findings = verify(replace(made, sections=sections), [tmp_path]).findings
        assert problem in " ".join(f.problem for f in findings)


def test_explain_shows_the_verdicts_beside_an_edition(tmp_path: Path) -> None:
    made = edition(
        tmp_path,
        {"title": "Kresh: wars of the last century had one goal", "text": SPEECH},
        {"title": "Diesel tax", "text": MARKET},
    )
    issue = tmp_path / "briefing.json"
    issue.write_bytes(dict(make_files(made, formats=["json"], digests=False))["briefing.json"])
    assert load_edition(issue) == made
    shown = run("explain", str(issue), "--show", "judgement", cwd=tmp_path)
    assert shown.returncode == 0
    assert "unmarked, Adan Kresh" in shown.stdout
    assert "item 1, sentence 1" in shown.stdout
    page = run("explain", str(issue), "--show", "judgement", "--html", cwd=tmp_path).stdout
    assert page.startswith("<!doctype html>")
    assert page.count("<tr") == sum(1 for _ in printed_sentences(made))
