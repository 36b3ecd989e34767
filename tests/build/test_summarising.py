"""What is chosen of stories beside what earlier editions printed."""

from __future__ import annotations

from dataclasses import replace

from briefing.build.analysis import Analyst
from briefing.build.cached_work import Work
from briefing.build.comparing import Compared
from briefing.build.engine import Engine
from briefing.build.summarising import Summariser
from briefing.model import Article, Development, Passage, Story, Theme, ThemeMatch
from briefing.stages.novelty import Standpoint
from briefing.text.sentences import split_sentences

THEME = Theme("ports", "Ports", terms=("harbour",))


def test_what_is_left_of_a_themes_only_passage_may_still_lean_on_its_article() -> None:
    article = Article.from_text("Meanwhile Harn shut its harbour. Cranes stand still. Nobody was told.", language="en")
    sentences = split_sentences(article)
    story = Story("story-1", (article,), (), headline_article="")
    stale = frozenset({(article.id, sentences[1].position)})
    known = Standpoint(Development("developing"), stale, brings=True, printed={})
    summariser = Summariser(
        {}, {article.key: sentences}, Work(Engine(), Analyst((THEME,))), Compared(standpoints={story.id: known}), {}
    )
    summariser = replace(summariser, over={story.id: frozenset()})
    passage = Passage(THEME, sentences[:2], ThemeMatch(THEME, 0.9, is_main=False, why=()), leans=True)
    left = summariser._new_part(story, passage)
    assert left is not None
    assert [s.text for s in left.sentences] == ["Meanwhile Harn shut its harbour."]
    assert left.leans
    assert summariser._new_part(story, replace(passage, sentences=sentences[1:])) is None
