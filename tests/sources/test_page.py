"""Web pages in the layouts of news sites: each `pages/NAME.html` has what must be read from it in `pages/NAME.txt`.

A sidecar has a line per claim: ``title: date: evidence: outlet: author: url: language:`` are compared whole
(``date`` and ``evidence`` with the first clue), ``first:`` and ``last:`` are how the text begins and ends,
``present:`` and ``absent:`` are strings, ``rejected:`` is the code of a page without an article, ``says:`` its reason.
"""

from pathlib import Path

import pytest

from briefing.sources import read_inputs

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def claims(page):
    lines = page.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return [tuple(part.strip() for part in line.partition(":")[::2]) for line in lines if line.strip()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_read_as_its_case_says(page):
    (read,) = read_inputs([page])
    expected = claims(page)
    rejected = [value for name, value in expected if name == "rejected"]
    assert [note.code for note in read.notes if note.code.startswith("E_")] == rejected, read
    if rejected:
        assert read.articles == ()
        assert all(value in read.notes[-1].message for name, value in expected if name == "says")
        return
    (article,) = read.articles
    clue = article.dates[0] if article.dates else None
    whole = {
        "title": article.title,
        "date": clue.text if clue else "",
        "evidence": clue.evidence if clue else "",
        "outlet": article.outlet,
        "author": article.byline,
        "url": article.url,
        "language": article.language,
    }
    for name, value in expected:
        if name in whole:
            assert whole[name] == value, name
        elif name == "first":
            assert article.text.startswith(value)
        elif name == "last":
            assert article.text.endswith(value)
        elif name == "present":
            assert value in article.text
        else:
            assert name == "absent"
            assert value not in article.text + article.title


def test_there_are_forty_pages_and_each_has_its_claims():
    assert len(PAGES) >= 40
    assert all(len(claims(page)) >= 2 for page in PAGES)
