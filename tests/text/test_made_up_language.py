"""A language is a folder of data: an edition of articles in one that nobody speaks, from such a folder alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import briefing

HERE = Path(__file__).parent
ARTICLE = """Sankto kontro bankos en Halvor

Skriba Ada Lind ve Tom Reed

Novizo publiko: 3 marso 2026, 12 kloko

Publiko: 3 marso 2026, 11 kloko

Ta ministro Oren Valk dekla ke la governo sa impozo sankto kontro tri bankos en Halvor. „Ni havo no riska nun en la \
ponto“, dekla ministro Oren Valk. La sankto sa kosta 3,2 mila krono ul la bankos ve la porto. Pesko en la porto sa \
kloza til majo. Do il no dekla ke la ponto sa kloza.

Sur la bildo: ministro Oren Valk ve la porto en Halvor

HALVOR, 3 marso – La banko sa kloza en terox, rapo la agento Reuters.

Abono la noviso ve la kanalo!
"""
BUILD = """
import json, sys
from datetime import date
from pathlib import Path
from briefing.text import package_data
package_data._FOLDER = Path(sys.argv[1])
import briefing
from briefing.model import Article
from briefing.stages.claims import find_statements
from briefing.stages.clean.origins import wire_of
from briefing.stages.clean.titles import headline
from briefing.stages.summaries import expired
from briefing.text.datelines import dateline
from briefing.text.dates import dates_in
from briefing.text.languages import language
from briefing.text.numerals import numbers
edition = briefing.make_edition([sys.argv[2]], day=date(2026, 3, 4))
(article,) = briefing.read_articles(Path(sys.argv[2]))
sentences = briefing.split_sentences(article)
announced = Article.from_text(
    "La banko fara kloza en marso. La banko kloza.", published=date(2026, 2, 20), language="qn"
)
plans = {announced.key: briefing.split_sentences(announced)}
print(json.dumps({
    "over": [len(expired([announced], plans, day)) for day in (date(2026, 3, 31), date(2026, 4, 1))],
    "section": next(s.theme for s in edition.sections if s.stories),
    "language": edition.sources[0].language,
    "published": edition.sources[0].published.isoformat(),
    "voices": [c.verdict.voice for _, c in edition.walk() if c.verdict],
    "kinds": [c.kind for _, c in edition.walk()],
    "printed": [c.text for _, c in edition.walk()],
    "speakers": [s.speaker for s in find_statements(article, sentences)],
    "unsearched": [s.theme for s in edition.sections if s.unsearched],
    "numbers": sorted(numbers("3,2 ul 15.000", language("qn"))),
    "weekdays": [d.isoformat()
                 for text in ("La banko sa kloza en terox.", "La banko fara kloza en venox.", "En vera terox.")
                 for _, _, d in dates_in(text, date(2026, 3, 4), language("qn"))],
    "byline": article.byline,
    "paragraph_kinds": [p.kind for p in article.paragraphs],
    "place": dateline(article.body.splitlines()[-1]).place,
    "wire": wire_of(["La banko sa kloza, rapo la agento Reuters."]),
    "titles": [headline("Sen titlo"), headline("Titlo")],
    "needs": {j.sentence.text[:5]: j.needs for j in briefing.judge(article)},
    "days": [d.isoformat() for _, _, d in dates_in("Jora, ve 5 marso.", date(2026, 3, 4), language("qn"))],
}))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("made up")
    data = root / "data"
    shutil.copytree(Path(briefing.__file__).parent / "data", data)
    shutil.copytree(HERE / "made_up", data / "languages" / "qn")
    (root / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(data), str(root / "a.txt")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_its_words_tell_the_language_and_its_themes_are_searched(built: dict[str, Any]) -> None:
    assert built["language"] == "qn"
    assert built["section"] == "sanctions"
    assert built["unsearched"] == []


def test_its_dates_and_numbers_are_read(built: dict[str, Any]) -> None:
    assert built["published"] == "2026-03-03T11:00:00+00:00"
    assert built["days"] == ["2026-03-03", "2026-03-05"]
    assert built["numbers"] == ["15000", "3.2"]


def test_its_words_of_speech_say_whose_words_they_are(built: dict[str, Any]) -> None:
    assert "attributed" in built["voices"]
    assert "official statement" in built["kinds"]
    assert built["speakers"] == ["Oren Valk"]


def test_its_layout_is_read(built: dict[str, Any]) -> None:
    assert built["byline"] == "Ada Lind ve Tom Reed"
    assert "caption" in built["paragraph_kinds"]
    assert built["place"] == "HALVOR"
    assert built["wire"] == "Reuters"
    assert built["titles"] == ["", "Titlo"]
    assert not any(text.startswith("Sur la") for text in built["printed"])


def test_its_weekdays_look_back_or_ahead(built: dict[str, Any]) -> None:
    assert built["weekdays"] == ["2026-03-03", "2026-03-06", "2026-03-03"]


def test_its_openings_lean_on_what_stands_before(built: dict[str, Any]) -> None:
    assert built["needs"]["Do il"] == "previous"
    assert built["needs"]["Ta mi"] == ""


def test_no_code_names_it() -> None:
    """Nothing but the folder knows of it: what else would make the edition is left out of this test."""
    source = Path(briefing.__file__).parent
    assert not any("norvish" in path.read_text(encoding="utf-8") for path in source.rglob("*.py"))


def test_its_furniture_is_not_printed(built: dict[str, Any]) -> None:
    assert built["printed"]
    assert not any(text.startswith("Abono") for text in built["printed"])


def test_its_announcements_are_over_behind_their_month(built: dict[str, Any]) -> None:
    assert built["over"] == [0, 1]
