"""What an earlier build worked out is not worked out again, and whatever becomes of it, the edition is the same."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.build import edition_of, engine, read_cleaned
from briefing.build.analysis import Analysis, Analyst, analyse
from briefing.build.cached_articles import Traces, put_together, traces_of
from briefing.build.persistence import memory_of
from briefing.build.serialising import Packing, UnreadableError
from briefing.cli import run
from briefing.model import Article, Cleaned, DateClue, Edition, Input, Memory, RawArticle
from briefing.outputs.issue import issue_bytes
from briefing.settings import Settings
from briefing.sources import read_inputs
from briefing.stages.clean import articles as articles_of_clean
from briefing.stages.clean import clean, clean_all
from briefing.stages.stories import Facts, group_stories
from briefing.stages.themes import DEFAULT_THEMES
from briefing.system import cache as caches
from briefing.system import program
from briefing.system.cache import KEPT, Cache, cache_folder, clear
from tests.paths import SEEDS

DAY = date(2022, 2, 1)
ALONE = Settings.model_validate({"engine": {"jobs": 1}})


@pytest.fixture(scope="module")
def inputs() -> tuple[Input, ...]:
    return tuple(read_inputs([SEEDS]))


@pytest.fixture
def worked_on(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that are worked on, as they are."""
    ids: list[str] = []

    def noted(article: Article, analyst: Analyst) -> Analysis:
        ids.append(article.id)
        return analyse(article, analyst)

    monkeypatch.setattr(engine, "analyse", noted)
    return ids


def built(
    inputs: tuple[Input, ...], folder: Path | None, chosen: Settings = ALONE, memory: Memory | None = None
) -> Edition:
    cache = Cache(folder, DAY) if folder else None
    edition = edition_of(inputs, day=DAY, settings=chosen, memory=memory, cache=cache)
    if cache:
        cache.close()
        assert cache.trouble == ""
    return edition


def test_of_articles_that_an_earlier_build_had_only_the_new_one_is_worked_on(
    inputs: tuple[Input, ...], worked_on: list[str], tmp_path: Path
) -> None:
    (new,) = [read for read in inputs if "hadderstone" in read.path and read.articles][:1]
    before = tuple(read for read in inputs if read is not new)
    built(before, tmp_path)
    first = len(worked_on)
    worked_on.clear()
    again = built(inputs, tmp_path)
    assert first > 10
    assert len(worked_on) == 1
    assert issue_bytes(again) == issue_bytes(built(inputs, None))


def test_stories_of_several_articles_are_told_once(inputs: tuple[Input, ...], tmp_path: Path) -> None:
    from briefing.build import summarising

    told: list[object] = []

    def noted(*args: object, **named: object) -> object:
        told.append(args)
        return telling_prepare(*args, **named)

    telling_prepare: Callable[..., object] = summarising.prepare
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summarising, "prepare", noted)
        built(inputs, tmp_path)
        first = len(told)
        built(inputs, tmp_path)
    assert first > 0
    assert len(told) == first


def test_beside_an_earlier_edition_it_is_the_same_edition_too(inputs: tuple[Input, ...], tmp_path: Path) -> None:
    half = inputs[: len(inputs) // 2]
    yesterday = edition_of(half, day=DAY - timedelta(days=1), settings=ALONE)
    articles = [a for _, a, _ in read_cleaned([SEEDS], day=DAY) if a]
    memory = memory_of([issue_bytes(yesterday)], articles)
    plain = issue_bytes(built(inputs, None, memory=memory))
    assert plain != issue_bytes(built(inputs, tmp_path))
    assert [issue_bytes(built(inputs, tmp_path, memory=memory)) for _ in range(2)] == [plain, plain]


@pytest.mark.parametrize(
    "changed",
    [
        {"summaries": {"sentences": 4}},
        {"summaries": {"method": "lead"}},
        {"themes": [{"slug": "sanctions", "name": "Sanctions", "strong": ["sanction*"]}]},
    ],
)
def test_for_other_settings_everything_is_worked_out_anew(
    inputs: tuple[Input, ...], worked_on: list[str], tmp_path: Path, changed: dict[str, object]
) -> None:
    built(inputs, tmp_path)
    first = list(worked_on)
    worked_on.clear()
    other = Settings.model_validate({**changed, "engine": {"jobs": 1}})
    edition = built(inputs, tmp_path, other)
    assert worked_on == first
    assert issue_bytes(edition) == issue_bytes(built(inputs, None, other))


def test_another_version_of_the_program_works_everything_out_anew(
    inputs: tuple[Input, ...], worked_on: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(inputs, tmp_path)
    first = list(worked_on)
    worked_on.clear()
    monkeypatch.setattr("briefing.build.cached_work.fingerprint", lambda: b"another")
    built(inputs, tmp_path)
    assert worked_on == first


def test_every_file_of_the_program_counts_as_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, templates = tmp_path / "briefing", tmp_path / "templates"
    shutil.copytree(Path(program.__file__).parents[1] / "data", package / "data")
    module = package / "system" / "program.py"
    module.parent.mkdir()
    module.touch()
    templates.mkdir()
    (templates / "page.html.j2").write_text("{{ title }}", encoding="utf-8")
    monkeypatch.setattr(program, "__file__", str(module))
    changed = (module, next(iter(sorted((package / "data").rglob("*.toml")))), templates / "page.html.j2")
    seen = set()
    for path in (*changed, None):
        for cached in (program.code_hash, program.program_version, caches.fingerprint):
            cached.cache_clear()
        seen.add((caches.fingerprint(), program.program_version()))
        if path:
            path.write_bytes(path.read_bytes() + b"\n")
    for cached in (program.code_hash, program.program_version, caches.fingerprint):
        cached.cache_clear()
    assert len({key for key, _ in seen}) == len({version for _, version in seen}) == 4


# What may become of the file between two builds.


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def scribbled_over(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for at in range(4096, len(data), 97):
        data[at] ^= 0x55
    file.write_bytes(data)


def another_file(file: Path) -> None:
    file.write_text("Dear reader, this is no database.\n" * 500, encoding="utf-8")


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def another_database(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE work (id INTEGER, note TEXT)")
    other.close()


def values_exchanged(file: Path) -> None:
    """Every value stands under another's key."""
    with sqlite3.connect(file) as own:
        keys, values = zip(*own.execute("SELECT key, value FROM work ORDER BY key").fetchall(), strict=True)
        pairs = zip((*values[1:], values[0]), keys, strict=True)
        own.executemany("UPDATE work SET value = ? WHERE key = ?", pairs)
    own.close()


@pytest.mark.parametrize(
    "damage", [cut_short, scribbled_over, another_file, emptied, another_database, values_exchanged]
)
def test_a_damaged_file_costs_time_and_nothing_else(
    inputs: tuple[Input, ...], tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    plain = issue_bytes(built(inputs, tmp_path))
    damage(tmp_path / "work.sqlite")
    for _ in range(3):
        cache = Cache(tmp_path, DAY)
        assert issue_bytes(edition_of(inputs, day=DAY, settings=ALONE, cache=cache)) == plain
        cache.close()
    assert cache.trouble == ""  # at the latest the second build began anew
    assert len(list(find_all(tmp_path))) > 10


def find_all(folder: Path) -> Iterator[bytes]:
    with sqlite3.connect(folder / "work.sqlite") as file:
        keys = [key for (key,) in file.execute("SELECT key FROM work")]
    file.close()
    cache = Cache(folder, DAY)
    yield from (key for key, _ in cache.find(keys))
    cache.close()


def test_a_locked_file_is_not_waited_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "PATIENCE", 0.1)
    one = Cache(tmp_path, DAY)
    one.keep(b"a", b"1")
    one.close()
    other = sqlite3.connect(tmp_path / "work.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    two = Cache(tmp_path, DAY)
    two.keep(b"b", b"2")
    assert list(two.find([b"a"])) == []
    two.close()
    other.execute("COMMIT")
    other.close()
    assert "locked" in two.trouble
    three = Cache(tmp_path, DAY)
    assert list(three.find([b"a", b"b"])) == [(b"a", b"1")]
    three.close()


def test_where_no_file_can_be_made_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "cache", DAY)
    cache.keep(b"a", b"1")
    assert list(cache.find([b"a"])) == []
    cache.close()
    assert str(tmp_path / "file" / "cache") in cache.trouble


def test_what_is_old_is_dropped_and_the_rest_stays(tmp_path: Path) -> None:
    for n, key in ((KEPT + 1, b"old"), (KEPT, b"kept")):
        cache = Cache(tmp_path, DAY - timedelta(days=n))
        cache.keep(key, b"value")
        cache.close()
    cache = Cache(tmp_path, DAY)
    cache.keep(b"new", b"value")
    cache.close()
    cache = Cache(tmp_path, DAY)
    assert {key for key, _ in cache.find([b"old", b"kept", b"new"])} == {b"kept", b"new"}
    cache.close()


def test_a_file_too_large_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path, DAY)
    cache.keep(b"a", bytes(100_000))
    cache.close()
    monkeypatch.setattr(caches, "LARGEST", 50_000)
    Cache(tmp_path, DAY).close()
    assert (tmp_path / "work.sqlite").stat().st_size < 50_000


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Cache(tmp_path / "own", DAY).close()
    finally:
        os.umask(before)
    assert (tmp_path / "own").stat().st_mode & 0o077 == 0
    assert (tmp_path / "own" / "work.sqlite").stat().st_mode & 0o077 == 0


def test_it_is_where_the_user_keeps_such_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "briefing"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_folder() == tmp_path / "home" / ".cache" / "briefing"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder() == tmp_path / "home" / ".cache" / "briefing"


# What is kept of an article.

WORDS = ["Talks", "sanctions", "said", "Kyiv", "“We will not go”", "Mr. Putin", "100,000 troops", "$200 million"]
PAUSES = ["on Tuesday", ".", "\n"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS + PAUSES), max_size=120), st.text(max_size=30))
def test_what_is_read_back_is_what_was_kept(words: list[str], rest: str) -> None:
    article = Article.from_text(" ".join(words) + rest, title="Talks", published=DAY, language="en")
    made = analyse(article, Analyst(DEFAULT_THEMES))
    packing = Packing(Analysis, DEFAULT_THEMES)
    assert packing.unpack(packing.pack(made, (article,)), (article,)) == made


def test_every_sample_is_read_back_as_it_was_kept() -> None:
    packing = Packing(Analysis, DEFAULT_THEMES)
    articles = [a for _, a, _ in read_cleaned([SEEDS], day=DAY) if a]
    assert articles
    for article in articles:
        made = analyse(article, Analyst(DEFAULT_THEMES))
        assert packing.unpack(packing.pack(made, (article,)), (article,)) == made


LINES = [
    "Talks went on.",
    "Kyiv\u00a0 said\tno .",
    "Source link",
    "By A. Writer",
    "pa\u200bid \x1b[2J",
    "Ã©tÃ©",
    "• one",
    "",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=20)), max_size=12), st.sampled_from(["text", "html"])
)
def test_cleaning_is_put_together_again_as_it_was(lines: list[str], kind: str) -> None:
    raw = RawArticle("a.txt", "\n".join(lines), kind, outlet="The Post", dates=(DateClue("2022-02-01", "metadata"),))
    cleaned = clean(raw, today=DAY, time_zone="UTC")
    packing = Packing(Traces, ())
    traces = packing.unpack(packing.pack(traces_of(cleaned), ()), ())
    assert put_together(raw, traces) == cleaned


def test_the_words_of_an_article_are_not_kept_a_second_time() -> None:
    raws = [raw for read in read_inputs([SEEDS]) for raw in read.articles]
    for cleaned in clean_all(raws, today=DAY, time_zone="UTC"):
        if cleaned.article:
            literal = [part for part in traces_of(cleaned).lines if isinstance(part, str)]
            assert sum(map(len, literal)) < len(cleaned.article.body) / 5
            assert traces_of(cleaned).article == replace(cleaned.article, body="")


def test_a_line_that_its_outlet_repeats_goes_from_articles_known_before_too(tmp_path: Path) -> None:
    line = "All about the lake in our app"
    told = "Talks in Geneva went on with envoys of {0}, officials of {0} said.\n{1}\nThe {0} delegation left late."
    raws = [
        RawArticle(f"{name}.txt", told.format(name, line), "html", outlet="A")
        for name in ("Norway", "Peru", "Fiji", "Oman")
    ]
    inputs = tuple(Input(raw.input, (raw,)) for raw in raws)
    two = built(inputs[:2], tmp_path)
    assert "repeated" not in {gone.rule for entry in two.ledger for gone in entry.removals}
    four = built(inputs, tmp_path)
    assert all("repeated" in {gone.rule for gone in entry.removals} for entry in four.ledger)
    assert issue_bytes(four) == issue_bytes(built(inputs, None))


def test_no_article_is_cleaned_twice(
    inputs: tuple[Input, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleaned: list[str] = []
    plain = articles_of_clean._clean

    def noted(raw: RawArticle, *rest: Any) -> Cleaned:
        cleaned.append(raw.input)
        return plain(raw, *rest)

    monkeypatch.setattr(articles_of_clean, "_clean", noted)
    built(inputs, tmp_path)
    first = len(cleaned)
    built(inputs, tmp_path)
    assert first == len(cleaned) > 10


def test_stories_are_the_same_whether_facts_are_known_or_read() -> None:
    articles = [a for _, a, _ in read_cleaned([SEEDS], day=DAY) if a]
    facts = {a.id: analyse(a, Analyst(DEFAULT_THEMES)).facts for a in articles}
    stories = group_stories(articles)
    assert any(story.links for story in stories)
    assert group_stories(articles, facts=facts) == stories
    none = {key: Facts(None, {}, {}, found.evidence) for key, found in facts.items()}
    assert group_stories(articles, facts=none) != stories


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_bytes_of_something_else_are_refused_and_never_half_read(data: st.DataObject) -> None:
    article = Article.from_text("Talks went on. Sanctions were threatened.", published=DAY, language="en")
    made = analyse(article, Analyst(DEFAULT_THEMES))
    packing = Packing(Analysis, DEFAULT_THEMES)
    packed = bytearray(packing.pack(made, (article,)))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    with suppress(UnreadableError):
        assert packing.unpack(bytes(packed), (article,)) == made


# As the commands do it.


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(
        "Talks in Geneva\n\nGENEVA — Ministers met on Tuesday to discuss sanctions. They agreed to meet again.\n",
        encoding="utf-8",
    )
    return tmp_path


def build(*more: str) -> int:
    return run(["build", "articles", "--date", "2022-02-01", "--out", "out", "--format", "json", *more])


def test_a_second_build_works_on_no_article_unless_told_to(own: Path, worked_on: list[str]) -> None:
    assert build() == 0
    assert len(worked_on) == 1
    assert build() == 0
    assert len(worked_on) == 1
    assert build("--no-cache") == 0
    assert len(worked_on) == 2


def test_with_the_cache_switched_off_nothing_is_kept(own: Path) -> None:
    (own / "briefing.toml").write_text("[engine]\ncache = false\n", encoding="utf-8")
    assert build() == 0
    assert not (own / "cache").exists()


def test_a_cache_that_cannot_be_used_is_told_once_and_the_edition_is_built(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "cache").write_text("", encoding="utf-8")
    assert build() == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "out/2022-02-01/briefing.json"
    assert said.err.count("Nothing is kept to make the next build faster") == 1
    assert str(own / "cache") in said.err
    assert "--no-cache" in said.err


def test_who_forgets_an_article_empties_the_cache_too(own: Path) -> None:
    (own / "briefing.toml").write_text('[store]\npath = "desk.sqlite"\n', encoding="utf-8")
    assert build() == 0
    assert (own / "cache" / "briefing" / "work.sqlite").exists()
    assert run(["forget", "--before", "2030-01-01", "--yes"]) == 0
    assert not (own / "cache" / "briefing" / "work.sqlite").exists()


def test_clearing_what_is_not_there_is_no_mistake(tmp_path: Path) -> None:
    clear(tmp_path / "nowhere")


def test_an_article_of_which_anything_changed_is_worked_on_again(tmp_path: Path, worked_on: list[str]) -> None:
    from briefing.build.configured import work_of

    (article,) = [a for _, a, _ in read_cleaned([SEEDS], day=DAY) if a][:1]
    changes = [
        article,
        replace(article, body=article.body.replace("e", "o", 1)),
        replace(article, title=article.title + " again"),
        replace(article, wire="AFP"),
        replace(article, date=None),
        replace(article, paragraphs=article.paragraphs[:-1]),
    ]
    cache = Cache(tmp_path, DAY)
    for changed in (*changes, *changes):
        work_of(ALONE, cache).analyse([changed])
        cache.close()
        cache = Cache(tmp_path, DAY)
    cache.close()
    assert len(worked_on) == len(changes)
