"""A file that is no store is refused and left as it is; a store of yesterday is backed up before it is changed."""

from __future__ import annotations

import hashlib
import os
import random
import runpy
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from briefing.cli import run
from briefing.errors import StoreError
from briefing.model import Input, RawArticle
from briefing.store import Store, schema
from briefing.store.schema import APPLICATION, newest, shape_of
from tests.paths import ROOT, development
from tests.store.first_version import first_version
from tests.store.writer import A_BATCH, NOON

TEXT = "The council met on Tuesday to discuss the new bridge. " * 40
INPUTS = [Input(f"wire/{n}", (RawArticle(f"wire/{n}", TEXT, "text", guid=str(n)),)) for n in range(100)]


def database(path: Path, *statements: str) -> Path:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE article (id INTEGER PRIMARY KEY, title TEXT, body TEXT)")
    db.executemany("INSERT INTO article (title, body) VALUES (?, ?)", [(f"t{n}", TEXT) for n in range(200)])
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()
    return path


def filled(path: Path) -> Path:
    with Store.open(path) as store:
        store.add("wire", INPUTS, seen=NOON)
    return path


def flipped(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    for at in range(5_000, len(data), 997):
        data[at] ^= 0x40
    path.write_bytes(data)
    return path


def halved(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def changed(path: Path, *statements: str) -> Path:
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()
    return path


def garbage(path: Path) -> Path:
    path.write_bytes(random.Random(7).randbytes(50_000))
    return path


def folder(path: Path) -> Path:
    (path / "x").mkdir(parents=True)
    return path


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


EVIL = "CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM article; END"
REFUSED = {
    "garbage": (garbage, "E_STORE_CORRUPT"),
    "a short text": (lambda p: p.write_text("hello") and p, "E_STORE_CORRUPT"),
    "half of another database": (lambda p: halved(database(p)), "E_STORE_CORRUPT"),
    "another database with flipped bits": (lambda p: flipped(database(p)), "E_STORE_CORRUPT"),
    "half of a store": (lambda p: halved(filled(p)), "E_STORE_CORRUPT"),
    "a store with flipped bits": (lambda p: flipped(filled(p)), "E_STORE_CORRUPT"),
    "a newer database": (lambda p: database(p, "PRAGMA user_version = 9999"), "E_STORE_NEWER"),
    "a newer store": (lambda p: changed(filled(p), f"PRAGMA user_version = {newest() + 1}"), "E_STORE_NEWER"),
    "another program's": (lambda p: database(p, "PRAGMA application_id = 1234"), "E_STORE_FOREIGN"),
    "another newer program's": (
        lambda p: database(p, "PRAGMA application_id = 1234", "PRAGMA user_version = 75"),
        "E_STORE_FOREIGN",
    ),
    "one with a trigger": (
        lambda p: database(p, EVIL, "CREATE VIEW v AS SELECT load_extension('x')"),
        "E_STORE_FOREIGN",
    ),
    "a store with a trigger": (lambda p: changed(filled(p), EVIL), "E_STORE_FOREIGN"),
    "a store with a view": (lambda p: changed(filled(p), "CREATE VIEW v AS SELECT 1"), "E_STORE_FOREIGN"),
    "a store with bytes for a text": (
        lambda p: changed(filled(p), "UPDATE article SET subscription = x'00ff'"),
        "E_STORE_CORRUPT",
    ),
    "a store with a text for a moment": (
        lambda p: changed(filled(p), "UPDATE article SET first_seen = 'x'"),
        "E_STORE_CORRUPT",
    ),
    "a store without a table": (lambda p: changed(filled(p), "DROP TABLE refused"), "E_STORE_FOREIGN"),
    "a database that claims to be a store": (
        lambda p: database(p, f"PRAGMA application_id = {APPLICATION}", f"PRAGMA user_version = {newest()}"),
        "E_STORE_FOREIGN",
    ),
    "a folder": (folder, "E_STORE_CORRUPT"),
    "a pipe": (pipe, "E_STORE_CORRUPT"),
}


@pytest.mark.filterwarnings("ignore:.*unclosed file", "ignore::pytest.PytestUnraisableExceptionWarning")  # its own
@pytest.mark.development
def test_the_store_cases_of_the_hostile_corpus_end_as_they_must(tmp_path):
    corpus = runpy.run_path(str(development("bench", "hostile_corpus.py")))
    made = corpus["Corpus"](str(tmp_path))
    corpus["stores"](made)
    assert len(made.cases) == 9
    for case in made.cases:
        path = tmp_path / case["path"]
        before = state_of(path)
        try:
            with Store.open(path) as store:
                code = "W_STORE_CREATED" if store.is_new else "none"
        except StoreError as error:
            code = error.code
            assert state_of(path) == before
        assert code in case["codes"], path


def state_of(path: Path) -> dict[str, str]:
    return {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "no file" for p in path.parent.iterdir()
    }


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_store_of_ours_is_refused_by_name_and_left_byte_for_byte(tmp_path, kind):
    make, code = REFUSED[kind]
    path = make(tmp_path / "briefing.sqlite")
    before = state_of(path)
    with pytest.raises(StoreError, match=r"briefing\.sqlite.*left as it is") as error:
        Store.open(path)
    assert (error.value.code, error.value.exit_code) == (code, 4)
    assert error.value.hint
    assert state_of(path) == before


def test_an_empty_or_missing_file_becomes_a_store_and_says_so(tmp_path):
    (tmp_path / "empty").touch()
    for name in ("empty", "missing", "below/it.sqlite", "odd ?#%41 name"):
        with Store.open(tmp_path / name) as store:
            assert store.is_new
        with Store.open(tmp_path / name) as store:
            assert not store.is_new
        assert (tmp_path / name).stat().st_size > 0


def test_a_missing_store_is_not_made_when_it_is_only_read(tmp_path):
    with pytest.raises(StoreError) as error:
        Store.open(tmp_path / "none", create=False)
    assert error.value.code == "E_STORE_MISSING"
    assert list(tmp_path.iterdir()) == []


def test_a_store_tells_what_it_is_to_whoever_looks_at_the_file(tmp_path):
    db = sqlite3.connect(filled(tmp_path / "s"))
    numbers = [
        db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version", "journal_mode")
    ]
    db.close()
    assert numbers == [0x42524647, newest(), "delete"]


def test_damage_in_a_large_store_is_found_when_asked_for(tmp_path, monkeypatch):
    path = filled(tmp_path / "s")
    data = bytearray(path.read_bytes())
    data[-4096:] = bytes(4096)  # its last page
    path.write_bytes(data)
    monkeypatch.setattr("briefing.store.opening.CHECKED_WHOLE", 0)
    Store.open(path).close()
    with pytest.raises(StoreError, match="damaged"):
        Store.open(path, thorough=True)


# ---------------------------------------------------------------- migrations


@pytest.fixture
def tomorrow(monkeypatch):
    def install(script: str) -> None:
        monkeypatch.setattr(schema, "MIGRATIONS", {**schema.MIGRATIONS, newest() + 1: script})
        schema.shape.cache_clear()

    yield install
    schema.shape.cache_clear()


def dumped(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def test_a_store_of_an_older_version_is_backed_up_and_then_led_to_todays(tmp_path, tomorrow):
    path = filled(tmp_path / "s")
    before, version = dumped(path), newest()
    tomorrow("ALTER TABLE suppression ADD COLUMN since INTEGER;\nCREATE TABLE more (id INTEGER PRIMARY KEY);\n")
    for _ in range(2):
        with Store.open(path) as store:
            assert len(store.inputs(since=NOON, until=NOON.replace(hour=13))) == 100
            assert store._database.row("PRAGMA user_version") == (version + 1,)
            assert store._database.row("SELECT count(*) FROM more") == (0,)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s", f"s.version-{version}"]
    assert dumped(tmp_path / f"s.version-{version}") == before


def test_a_store_of_the_first_version_keeps_its_rows_and_gets_todays_tables(tmp_path):
    raw = RawArticle("Times/a", "The council met on Tuesday.", "html", title="Council meets", url="https://x.example/a")
    key = first_version(tmp_path / "s", raw)
    with Store.open(tmp_path / "s") as store:
        assert store.raw(key, 1) == raw
        assert store.unsubscribed() == frozenset()
    with closing(sqlite3.connect(tmp_path / "s")) as old, Store.open(tmp_path / "new") as new:
        assert shape_of(old) == shape_of(new._database.db)


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path, tomorrow):
    path = filled(tmp_path / "s")
    before = path.read_bytes()
    tomorrow("CREATE TABLE more (id INTEGER PRIMARY KEY);\nCREATE TABLE article (id INTEGER);\n")
    with pytest.raises(sqlite3.OperationalError):
        Store.open(path)
    assert path.read_bytes() == before


# ---------------------------------------------------------------- copies


def test_a_copy_made_while_the_store_is_written_is_a_store_of_its_own(tmp_path):
    with Store.open(tmp_path / "s") as store:
        store.add("wire", INPUTS, seen=NOON)
        store.backup(tmp_path / "copy")
        with pytest.raises(StoreError, match="exists"):
            store.backup(tmp_path / "copy")
    with Store.open(tmp_path / "copy", thorough=True) as copy:
        assert len(copy.inputs(since=NOON, until=NOON.replace(hour=13))) == 100
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "s"]


def test_the_command_makes_a_copy_and_prints_where(here, capsys):
    filled(here / "briefing.sqlite")
    assert run(["backup", "copy.sqlite"]) == 0
    assert capsys.readouterr().out == "copy.sqlite\n"
    assert run(["backup", "nowhere/copy.sqlite"]) == 4
    assert "nowhere/copy.sqlite cannot be written" in capsys.readouterr().err


# ---------------------------------------------------------------- disks


def test_a_copy_put_in_the_stores_place_goes_on_as_the_store_would_have(here):
    (here / "briefing.toml").write_text('[store]\npath = "desk.sqlite"\n', encoding="utf-8")
    (here / "in").mkdir()
    text = "Ferry halted\n\nThe ferry stopped on Monday, the harbour master said. It carries 900 people a day.\n"
    (here / "in" / "a.txt").write_text(text, encoding="utf-8")
    assert run(["build", "in", "--date", "2022-02-01", "--format", "json"]) == 0
    assert run(["backup", "copy.sqlite"]) == 0
    (here / "in" / "b.txt").write_text(text.replace("900", "1,200") + "It sails again on Friday.\n", encoding="utf-8")
    assert run(["build", "in", "--date", "2022-02-02", "--format", "json", "--out", "with-the-store"]) == 0
    (here / "desk.sqlite").unlink()
    (here / "copy.sqlite").rename(here / "desk.sqlite")
    assert run(["build", "in", "--date", "2022-02-02", "--format", "json", "--out", "with-the-copy"]) == 0
    one, other = ((here / f"with-the-{what}/2022-02-02/briefing.json").read_bytes() for what in ("store", "copy"))
    assert one == other
    assert b'"memory"' in one


def test_a_full_disk_keeps_what_was_there_and_is_named_with_what_is_needed(tmp_path):
    with Store.open(tmp_path / "s") as store:
        store.add("wire", INPUTS[:1], seen=NOON)
        pages = store._database.row("PRAGMA page_count")[0]
        store._database.rows(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(StoreError, match=r"/s needs [\d,]+ bytes more, and its disk is full") as error:
            store.add("wire", INPUTS, seen=NOON)
        assert error.value.code == "E_DISK_FULL"
        assert len(store.inputs(since=NOON, until=NOON.replace(hour=13))) == 1
        store._database.rows("PRAGMA max_page_count = 1000000")
        assert store.add("wire", INPUTS, seen=NOON).new == 99


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare to mount a small disk")
def test_a_disk_that_really_fills_up_loses_nothing_that_was_acknowledged(tmp_path):
    disk, copy = tmp_path / "disk", tmp_path / "copy"
    disk.mkdir()
    mount = 'mount -t tmpfs -o size=700k none "$1" && "$2" -m tests.store.writer "$1/s" w 9999 && cp "$1/s" "$3"'
    command = ["unshare", "-rm", "sh", "-c", mount, "sh", str(disk), sys.executable, str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    *said, code = done.stdout.split()
    assert code == "E_DISK_FULL", done.stderr
    with Store.open(copy, thorough=True) as store:
        assert (
            len(said) * A_BATCH
            <= len(store.inputs(since=NOON, until=NOON.replace(hour=13)))
            <= (len(said) + 1) * A_BATCH
        )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without rights")
@pytest.mark.parametrize("rights", [(0o444, 0o755), (0o444, 0o777), (0o666, 0o755)])
def test_a_store_without_the_right_to_write_is_refused_unchanged(rights):
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        path = filled(place / "s")
        before = path.read_bytes()
        path.chmod(rights[0])
        place.chmod(rights[1])
        os.seteuid(65534)
        try:
            with pytest.raises(StoreError, match="cannot be written") as error:
                Store.open(path)
        finally:
            os.seteuid(0)
        assert error.value.code == "E_STORE_READONLY"
        assert (path.read_bytes(), [p.name for p in place.iterdir()]) == (before, ["s"])
