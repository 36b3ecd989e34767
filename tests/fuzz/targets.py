"""What each part of the program must keep to, whatever comes in: one function of bytes a part."""

from __future__ import annotations

import atexit
import functools
import itertools
import json
import math
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from briefing.build.analysis import Analysis, Analyst, analyse, by_place
from briefing.build.configured import analyst_of, imprint_of
from briefing.build.serialising import Packing
from briefing.errors import ArticleError, BriefingError, SettingsError
from briefing.model import Article, Input, Sentence, SignOff, Theme
from briefing.outputs import OUTPUTS, Job
from briefing.outputs.issue import check_edition, issue_bytes, parse_edition
from briefing.settings import Settings, read_settings
from briefing.sources import READERS
from briefing.sources.mailbox import read_mailbox
from briefing.sources.opened import Opened, Reading
from briefing.sources.web.listing import article_links, offered_feed
from briefing.sources.web.robots import read_rules
from briefing.sources.web.sitemap import read_sitemap
from briefing.stages.clean import clean_all
from briefing.stages.clean.characters import without_hazards
from briefing.stages.proof import verify_edition
from briefing.stages.ranking import RANKERS
from briefing.stages.sheet import apply_edits, read_sheet, write_sheet
from briefing.stages.summaries import prepare, summarise_prepared
from briefing.stages.themes import DEFAULT_THEMES, explain_themes, find_passages, match_themes
from briefing.text.languages import LANGUAGES, language
from briefing.text.sentence_edges import trimmed
from briefing.text.sentences import split_sentences
from tests.editions import EDITIONS
from tests.fuzz.drawing import Drawing
from tests.hostile.checks import active_content

TODAY = date(2022, 2, 1)
HOME = "https://news.example/"
SIGNED = SignOff("Mirela Osk", datetime(2022, 2, 1, 5, 40, tzinfo=UTC))
#: What a terminal obeys, what turns a line around, what is half a character: never in a message.
UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_CHANGED = {"W_CONTROL_REMOVED", "W_BIDI_REMOVED", "W_INVISIBLE_REMOVED", "W_COMBINING_CAPPED", "W_MOJIBAKE"}

#: Of what is given: its first byte chooses among the ways in, the rest is the input.
Target = Callable[[int, bytes], None]


# ---- what holds of every reading, article and sentence


def _check_notes(inputs: Iterator[Input] | tuple[Input, ...]) -> None:
    for read in inputs:
        assert not UNPRINTABLE.search(read.path), read.path
        assert all(note.code and note.message for note in read.notes)
        assert not any(UNPRINTABLE.search(note.message) for note in read.notes), read.notes


def _check_reading(reading: Reading) -> None:
    keys = [raw.input for raw in reading.articles] + [one.path for one in reading.refused]
    assert len(keys) == len(set(keys)), "two inputs under one key"
    for raw in reading.articles:
        assert not raw.url or raw.url.startswith(("http://", "https://")), raw.url
        assert "\n" not in raw.title + raw.outlet + raw.byline, "a field of several lines"
        raw.text.encode("utf-8")
    assert keys or reading.notes
    _check_notes((Input("x", reading.articles, reading.notes), *reading.refused))
    _check_cleaned(reading)


def _check_cleaned(reading: Reading) -> None:
    for cleaned in clean_all(reading.articles, today=TODAY, time_zone="Europe/Kyiv"):
        raw, article = cleaned.raw, cleaned.article
        places = [(removal.start, removal.end) for removal in cleaned.removals]
        assert all(0 <= start < end <= len(raw.text) for start, end in places), places
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(places)), places
        assert article or any(note.code.startswith("E_") for note in cleaned.notes)
        _check_notes((Input("x", (raw,), cleaned.notes),))
        if article:
            _check_article(article)
            if not _CHANGED & {note.code for note in cleaned.notes}:
                text = " ".join(raw.text.split())
                assert all(" ".join(line.split()) in text for line in article.body.split("\n")), "invented a line"


def _check_article(article: Article) -> None:
    lines = article.body.split("\n")
    assert all(line and line == " ".join(line.split()) for line in lines)
    paragraphs = [article.body[p.start : p.end] for p in article.paragraphs]
    assert len(lines) == len(paragraphs)
    assert all(p and line.endswith(p) for line, p in zip(lines, paragraphs, strict=True)), "more than a bullet is gone"
    for line in (*lines, article.title, article.outlet, article.byline):
        assert without_hazards(line, Counter()) == line, "cleaned again, it changes"
    assert not article.date or article.date.moment.utcoffset() is not None
    _check_sentences(article, split_sentences(article))


def _check_sentences(article: Article, sentences: tuple[Sentence, ...]) -> None:
    """Joined again, the sentences are the paragraph, spaces aside; each is the span it says."""
    assert [s.position for s in sentences] == list(range(len(sentences)))
    assert all(s.text == article.body[s.start : s.end] and s.text == s.text.strip() != "" for s in sentences)
    assert all(one.end <= other.start for one, other in itertools.pairwise(sentences))
    for index, paragraph in enumerate(article.paragraphs):
        own = [s for s in sentences if s.paragraph == index]
        assert all(paragraph.start <= s.start < s.end <= paragraph.end for s in own)
        joined = "".join("".join(s.text.split()) for s in own)
        assert joined == "".join(article.body[paragraph.start : paragraph.end].split())


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


# ---- the targets


def clean(choice: int, body: bytes) -> None:
    _check_reading(READERS[".txt"].read(Opened("a.txt", ".txt", body)))


def sentences(choice: int, body: bytes) -> None:
    article = Article.from_text(_text(body))
    spoken = language(sorted(LANGUAGES)[choice % len(LANGUAGES)])
    split = split_sentences(article, spoken)
    _check_sentences(article, split)
    cut = trimmed(split)
    assert len(cut) == len(split)
    for whole, left in zip(split, cut, strict=True):
        assert whole.start <= left.start < left.end <= whole.end
        assert left.text == article.body[left.start : left.end]


def analysis(choice: int, body: bytes) -> None:
    """Themes, summaries and statements of one article: nothing is printed that is not a span of it."""
    article = Article.from_text(_text(body), title="Talks on sanctions" if choice & 1 else "")
    made = analyse(article, Analyst(DEFAULT_THEMES))
    ready = prepare((article,), {article.key: made.sentences}, judged=by_place(made.judged))
    told = list(summarise_prepared(ready, count=3).sentences)
    told += [s for passage in made.alone.passages for s in passage.sentences]
    told += [statement.sentence for statement in made.statements]
    for sentence in told:
        assert sentence.text == article.body[sentence.start : sentence.end] != ""
    assert all(0 < match.score <= 1 for match in made.matches)
    packing = Packing(Analysis, DEFAULT_THEMES)
    assert packing.unpack(packing.pack(made, (article,)), (article,)) == made


@functools.cache
def _folder() -> Path:
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="briefing-fuzz-", dir=memory)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def settings(choice: int, body: bytes) -> None:
    path = _folder() / "briefing.toml"
    path.write_bytes(body)
    try:
        read = read_settings(path, methods=RANKERS, formats=OUTPUTS)
    except SettingsError as error:
        told = f"{error.message}\n{error.hint}"
        assert not UNPRINTABLE.search(told), told
        lines = body.count(b"\n") + body.count(b"\r") + 1
        assert all(1 <= int(n) <= lines for n in re.findall(rf"^{re.escape(str(path))}:(\d+)", told, re.MULTILINE))
        raise
    imprint_of(read.model_copy(update={"brand": read.brand.model_copy(update={"logo": ""})}), TODAY)
    slugs = [theme.slug for theme in analyst_of(read).themes]
    assert len(slugs) == len(set(slugs))
    assert all(source.subscription(read.folder).address for source in read.sources)
    assert all(channel.channel(read.folder).address for channel in read.channels)
    assert all(part.mailing_list().name is not None for part in read.lists)


def feeds(choice: int, body: bytes) -> None:
    suffix = (".xml", ".xml", ".xml", ".json", ".jsonl", ".opml")[choice % 6]
    _check_reading(READERS[suffix].read(Opened("a" + suffix, suffix, body)))


def issue(choice: int, body: bytes) -> None:
    """An issue file made to harm is refused, or comes back the same, and nothing in its pages acts."""
    data = body if choice & 1 else _edited_issue(choice >> 1, body)
    edition = parse_edition(data, "briefing.json")
    written = issue_bytes(edition)
    assert issue_bytes(parse_edition(written, "briefing.json")) == written
    verify_edition(edition, None)
    job = Job(edition, OUTPUTS)
    for name in ("html", "email", "markdown", "text"):
        page = job.made(name).decode("utf-8")
        assert name == "text" or active_content(re.sub(r"\\[<>]", "", page)) == [], name


@functools.cache
def _issues() -> tuple[bytes, ...]:
    return tuple(issue_bytes(make()) for make in EDITIONS.values())


def _edited_issue(choice: int, body: bytes) -> bytes:
    """Return an edition's issue file, as many of its values replaced as the bytes say."""
    draw = Drawing(body)
    small = sorted(_issues(), key=len)[:4]
    value = json.loads(small[choice % len(small)])
    while not draw.is_empty:
        draw.replace_one(value)
    return json.dumps(value).encode()


def sheet(choice: int, body: bytes) -> None:
    """An edited sheet is refused by line, or gives an edition that is sound and prints only what the draft had."""
    draft = _draft(choice >> 1)
    text = _text(body) if choice & 1 else _edited_sheet(draft, body)
    edits, mistakes = read_sheet(draft, text)
    if mistakes:
        lines = len(re.split(r"\r\n|\r|\n", text))
        assert all(1 <= m.line <= lines and m.problem for m in mistakes), mistakes
        assert not any(UNPRINTABLE.search(m.problem) for m in mistakes), mistakes
        return
    edition = apply_edits(draft, edits, SIGNED)
    check_edition(edition)
    assert verify_edition(edition, None).findings == ()


@functools.cache
def _draft(choice: int) -> Any:
    names = ("ordinary", "one article", "nothing", "Ukrainian page")
    found = [make for name, make in EDITIONS.items() if name in names] or list(EDITIONS.values())
    edition = found[choice % len(found)]()
    parts = (replace(p, stories=tuple(replace(s, state="new") for s in p.stories)) for p in edition.sections)
    return replace(edition, sections=tuple(parts))


def _edited_sheet(draft: Any, body: bytes) -> str:
    draw = Drawing(body)
    lines = write_sheet(draft).split("\n")
    while not draw.is_empty:
        draw.edit_one(lines)
    return "\n".join(lines)


def mail(choice: int, body: bytes) -> None:
    path = _folder() / "box"
    path.write_bytes(b"From x Tue Feb  1 08:00:00 2022\n" + body)
    read = read_mailbox(path, most=5)
    _check_notes(read)
    for one in read:
        _check_cleaned(Reading(one.articles))


def pages(choice: int, body: bytes) -> None:
    file = Opened("a.html", ".html", body, charset=("", "utf-8", "windows-1251", "utf-16")[choice % 4])
    for link in article_links(file, HOME):
        assert link.startswith(("http://", "https://")), link
    offered = offered_feed(file, HOME)
    assert not offered or offered.startswith(("http://", "https://")), offered
    _check_reading(READERS[".html"].read(file))


def listings(choice: int, body: bytes) -> None:
    """A robots.txt never ends a visit, a sitemap is read or refused."""
    rules = read_rules(body)
    rules.allows(HOME + "a/b?c=d")
    assert 0 <= rules.delay <= 60
    read_sitemap(Opened("sitemap.xml", ".xml", body))


def themes(choice: int, body: bytes) -> None:
    """Whatever terms a desk writes, scores are shares and passages are spans."""
    terms, _, text = _text(body).partition("\n\n")
    theme = _theme(terms)
    article = Article.from_text(text, title=text[:60].replace("\n", " ") if choice & 1 else "")
    split = split_sentences(article)
    spoken = language(sorted(LANGUAGES)[choice % len(LANGUAGES)])
    for match in match_themes(article, split, (theme, *DEFAULT_THEMES[:1]), spoken):
        assert 0 < match.score <= 1
        assert all(math.isfinite(hit.weight) for hit in match.why)
    for passage in find_passages(article, split, (theme,), leading=(), language=spoken):
        assert all(s in split for s in passage.sentences)
    assert len(explain_themes(article, split, (theme,), spoken)) == 1


def _theme(terms: str) -> Theme:
    """Return the theme of lines such as ``strong: sanctions``, as a settings file's; refused as that would be."""
    table: dict[str, Any] = {"name": "A"}
    for line in terms.split("\n"):
        key, _, value = line.partition(":")
        if key in ("strong", "weak", "exclusions", "against"):
            table.setdefault(key, []).append(value.strip())
        elif key == "pairs":
            table.setdefault(key, []).append(value.split("+"))
        elif key in ("groups", "weights"):
            name, _, rest = value.partition("=")
            table.setdefault(key, {})[name.strip()] = rest.split(",") if key == "groups" else len(rest)
    try:
        return Settings.model_validate({"themes": [table]}).themes[0].theme()
    except ValueError as error:
        raise SettingsError("These terms are refused.") from error


TARGETS: dict[str, Target] = {
    "clean": clean,
    "sentences": sentences,
    "settings": settings,
    "feeds": feeds,
    "issue": issue,
    "themes": themes,
    "sheet": sheet,
    "mail": mail,
    "pages": pages,
    "listings": listings,
    "analysis": analysis,
}


#: Seconds of CPU that an input may take, and more of them for each of its bytes: what grows faster is a finding.
SECONDS, SECONDS_PER_BYTE = 1.0, 100e-6
#: What an input may be refused with.
REFUSALS = (BriefingError, ArticleError)
