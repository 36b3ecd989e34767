"""Fifty lists and fifty articles in the layouts of real sites: lists are refused, articles are read whole."""

from __future__ import annotations

import pytest

from briefing.errors import ArticleError
from briefing.sources.opened import Opened
from briefing.sources.page import read_page
from tests.sources.layouts import articles, lists

LISTS, ARTICLES = list(lists()), list(articles())


def read(markup: str):
    return read_page(Opened("page.html", ".html", markup.encode()))


@pytest.mark.parametrize(("name", "markup"), LISTS, ids=[name for name, _ in LISTS])
def test_a_list_of_articles_is_no_article(name: str, markup: str) -> None:
    with pytest.raises(ArticleError) as refused:
        read(markup)
    assert refused.value.code == "E_EMPTY"


@pytest.mark.parametrize(("name", "markup", "paragraphs"), ARTICLES, ids=[name for name, _, _ in ARTICLES])
def test_an_article_is_read_whole_whatever_menus_are_around_it(
    name: str, markup: str, paragraphs: tuple[str, ...]
) -> None:
    (article,) = read(markup).articles
    lines = article.text.split("\n")
    assert [paragraph for paragraph in paragraphs if paragraph not in lines] == []
    assert not any(line in article.text for line in ("Overview of Press", "Imprint", "Advertisement", "Most read"))


def test_there_are_fifty_of_each() -> None:
    assert len(LISTS) >= 50
    assert len(ARTICLES) >= 50
