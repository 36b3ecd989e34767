"""Reads the labelled articles, and scores what is said of their sentences against the labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefing.model import Article
from briefing.stages.claims import find_statements, kinds_of
from briefing.text.sentences import split_sentences

FOLDER = Path(__file__).parent
LANGUAGES = ("de", "fr", "es", "uk", "ru")
_KINDS = {"attributed claim": "c", "official statement": "o"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article, and of each of its sentences the label: "-", "c" or "o", and the speaker of its quotation."""

    article: Article
    labels: tuple[str, ...]
    speakers: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """What was counted; `wrong` lists the sentences that were marked, missed or spoken otherwise than labelled."""

    attributed: int = 0
    marked: int = 0
    rightly: int = 0
    official: int = 0
    rightly_official: int = 0
    quoted: int = 0
    named: int = 0
    rightly_named: int = 0
    wrong: list[str] = field(default_factory=list)


def labelled(code: str, folder: str = ".") -> Iterator[Labelled]:
    """Yield the labelled articles of a language, in order; ``folder``: "later" for those written after the rules."""
    text = (FOLDER / folder / f"{code}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for block in "\n".join(lines).split("= ")[1:]:
        title, *rest = block.strip("\n").split("\n")
        rows = [line.partition("\t") for line in rest]
        body = "\n".join(" ".join(r[2] for r in part) for part in _paragraphs(rows))
        marks = [row[0] for row in rows if row[0]]
        article = Article.from_text(body, title=title, language=code)
        yield Labelled(article, tuple(m[0] for m in marks), tuple(m[2:] for m in marks))


def _paragraphs(rows: Sequence[tuple[str, str, str]]) -> Iterator[list[tuple[str, str, str]]]:
    part: list[tuple[str, str, str]] = []
    for row in rows:
        if row[0]:
            part.append(row)
        elif part:
            yield part
            part = []
    yield part


def score(articles: Sequence[Labelled]) -> Score:
    """Return how well the sentences of articles are marked."""
    total = Score()
    for one in articles:
        sentences = split_sentences(one.article)
        assert len(sentences) == len(one.labels), [s.text for s in sentences]
        kinds = kinds_of(one.article, sentences)
        said = {s.sentence.position: s.speaker for s in find_statements(one.article, sentences)}
        for sentence, label, speaker in zip(sentences, one.labels, one.speakers, strict=True):
            mark = _KINDS.get(kinds.get((sentence.article_id, sentence.position), ""), "-")
            named = said.get(sentence.position, "")
            _count(total, label, mark, speaker, named)
            if label != mark or speaker != named:
                total.wrong.append(f"{label}→{mark} {speaker}→{named}: {sentence.text}")
    return total


def _count(total: Score, label: str, mark: str, speaker: str, named: str) -> None:
    total.attributed += label != "-"
    total.marked += mark != "-"
    total.rightly += mark != "-" and label != "-"
    total.official += label == "o"
    total.rightly_official += label == mark == "o"
    total.quoted += bool(speaker)
    total.named += bool(named)
    total.rightly_named += bool(named) and named == speaker
