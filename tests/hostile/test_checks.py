"""What looks for leaks in outputs finds them, and lets pass what is the program's own."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from briefing.outputs import OUTPUTS, Job
from tests.editions import ordinary
from tests.hostile.checks import OUR_SCRIPTS, active_content, leaks
from tests.hostile.corpus import CANARY


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        "<script src='x.js'></script>",
        "<script type='module'>alert(1)</script>",
        "<script type='application/json' src='x.js'></script>",
        "<svg><rect/></svg>",
        "<svg class='chart' role='img' onload='alert(1)'></svg>",
        "<svg class='chart' role='img'><script>alert(1)</script></svg>",
        "<svg class='chart' role='img'><a href='x'></a></svg>",
        "<svg class='chart' role='img'><foreignObject></foreignObject></svg>",
        "<svg class='chart' role='img'><rect/></svg><svg></svg>",
        "<input type='search'>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='file:///etc/passwd'>x</a>",
        "<meta http-equiv='refresh' content='0'>",
        "<p style='background:url(x)'>",
        "<a rel='attachment' href='https://x.example'>x</a>",
    ],
)
def test_what_acts_or_fetches_is_found(page: str) -> None:
    assert active_content(page)


def test_charts_data_and_links_of_ours_pass() -> None:
    assert OUR_SCRIPTS
    page = "<svg class='chart' role='img'><title>a</title><rect/></svg><script type='application/json'>{}</script>"
    assert active_content(page + "<a href='https://x.example'>x</a>") == []


@pytest.mark.parametrize("name", ["html", "docx", "markdown", "eml"])
def test_an_ordinary_edition_leaks_nothing_and_a_secret_in_it_is_found(tmp_path: Path, name: str) -> None:
    path = tmp_path / OUTPUTS[name].whole
    path.write_bytes(Job(ordinary(), OUTPUTS).made(name))
    assert leaks(path) == []
    if name == "docx":
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("word/embeddings/x.bin", CANARY)
    else:
        path.write_bytes(path.read_bytes().replace(b"</p>", CANARY.encode()) + CANARY.encode())
    assert CANARY in leaks(path)


@pytest.mark.parametrize(
    "script",
    [
        'alert(1);briefingMonth([{"day":"2022-02-01"}]);',
        'briefingMonth([{"day":"2022-02-01"}]);alert(1)',
        'briefingMonth([{"day":alert(1)}]);',
        'briefingMonth([{"day":"</script>"}]);',
        'briefingMonth([{"day":"\u2028"}]);',
        "",
    ],
)
def test_a_month_of_the_search_is_one_call_with_data(tmp_path: Path, script: str) -> None:
    path = tmp_path / "2022-02.js"
    path.write_text(script, encoding="utf-8")
    assert leaks(path)
    path.write_text('briefingMonth([{"day":"2022-02-01","items":[[1,"alert(1)"]]}]);\n', encoding="utf-8")
    assert leaks(path) == []
