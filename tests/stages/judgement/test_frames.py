"""The stretches of an article in one voice."""

from __future__ import annotations

import briefing
from briefing.stages.judgement import frames
from tests.stages.judgement.articles import COLUMN, REPORT, SPEECH


def test_every_sentence_is_in_one_frame() -> None:
    for text in (SPEECH, COLUMN, REPORT):
        judged = briefing.judge(briefing.Article.from_text(text))
        found = frames(judged)
        assert [n for frame in found for n in range(frame.first, frame.last + 1)] == list(range(len(judged)))


def test_a_speech_is_one_frame_with_its_speaker_until_the_reporter_returns() -> None:
    found = frames(briefing.judge(briefing.Article.from_text(SPEECH)))
    assert [(frame.kind, frame.speaker) for frame in found] == [("speech", "Adan Kresh"), ("report", "")]
    assert found[0].last - found[0].first >= 4


def test_a_report_is_one_frame() -> None:
    assert [frame.kind for frame in frames(briefing.judge(briefing.Article.from_text(REPORT)))] == ["report"]


def test_no_sentences_have_no_frames() -> None:
    assert frames(()) == ()
