"""What is walked below a PATH, whoever changes it meanwhile; a file that cannot be read is its own line."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from briefing.cli import run
from briefing.sources import beneath, read_inputs, walk
from briefing.sources.files import MAX_BYTES
from briefing.sources.opened import MAX_ARTICLE
from briefing.sources.text import MAX_OPENING
from briefing.stages.clean import length

NEWS = "The ferry stopped on Monday. Nobody was hurt.\nA second ship takes over on Wednesday.\n"
SECRET = "Title: Weir Street\n\nThe courier keeps the second key at the mill in Marsk."
linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")


def write(folder: Path, name: str, text: str = NEWS) -> Path:
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return place


def codes(folder: Path | str) -> dict[str, list[str]]:
    return {read.path: [note.code for note in read.notes] for read in read_inputs(folder)}


@contextmanager
def swapping(folder: Path, name: str, target: str) -> Iterator[None]:
    """Replace a folder by a link, and the link by the folder, again and again."""
    over = threading.Event()

    def swap() -> None:
        link, away = folder / ".link", folder / ".away"
        link.symlink_to(target)
        while not over.is_set():
            os.rename(folder / name, away)
            os.rename(link, folder / name)
            os.rename(folder / name, link)
            os.rename(away, folder / name)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("name", ["sub", "top/sub"])
def test_a_folder_that_is_swapped_for_a_link_while_it_is_read_leaks_nothing_in_a_thousand_rounds(
    tmp_path: Path, name: str
) -> None:
    write(tmp_path, "private/notes.txt", SECRET)
    write(tmp_path, f"in/{name}/deep/notes.txt")
    write(tmp_path, f"in/{name}/notes.txt")
    write(tmp_path, "private/deep/notes.txt", SECRET)
    write(tmp_path, "private/only-there.txt", SECRET)
    first = tmp_path / "in" / name.split("/")[0]
    met = set()
    with swapping(first.parent, first.name, str(tmp_path / "private")):
        for _ in range(1_000):
            reads = read_inputs(tmp_path / "in")
            assert not [read for read in reads for raw in read.articles if "courier" in raw.text]
            assert not [read for read in reads if read.path.endswith("only-there.txt")]
            met |= {note.code for read in reads for note in read.notes}
    assert met & {"E_SYMLINK_LOOP", "E_NOT_FOUND"}  # it was swapped while it was read, not only before


def test_a_folder_swapped_between_walk_and_reading_is_told_and_not_read(tmp_path: Path) -> None:
    write(tmp_path, "private/notes.txt", SECRET)
    write(tmp_path, "in/a.txt")
    write(tmp_path, "in/sub/notes.txt")

    def swap(done: int) -> None:
        if done == 1:
            (tmp_path / "in" / "sub").rename(tmp_path / "in" / "gone")
            (tmp_path / "in" / "sub").symlink_to("../private")

    first, swapped = read_inputs(tmp_path / "in", progress=swap)
    assert len(first.articles) == 1
    assert ([note.code for note in swapped.notes], swapped.articles) == (["E_SYMLINK_LOOP"], ())


def test_a_path_that_becomes_another_folder_is_told_and_not_read(tmp_path: Path) -> None:
    write(tmp_path, "private/b.txt", SECRET)
    for name in ("a.txt", "b.txt"):
        write(tmp_path, f"in/{name}")

    def swap(done: int) -> None:
        if done == 1:
            (tmp_path / "in").rename(tmp_path / "gone")
            (tmp_path / "private").rename(tmp_path / "in")

    _, swapped = read_inputs(tmp_path / "in", progress=swap)
    assert ([note.code for note in swapped.notes], swapped.articles) == (["E_SYMLINK_LOOP"], ())


def test_a_link_given_by_name_is_read_inside_its_folder_and_through_no_second_link(tmp_path: Path) -> None:
    write(tmp_path, "private/notes.txt", SECRET)
    write(tmp_path, "in/sub/notes.txt")
    (tmp_path / "in" / "a.txt").symlink_to("sub/notes.txt")
    (read,) = read_inputs(tmp_path / "in" / "a.txt")
    assert read.articles[0].text == NEWS
    found = walk.find([tmp_path / "in" / "a.txt"], frozenset({".txt"}))
    (tmp_path / "in" / "sub").rename(tmp_path / "in" / "gone")
    (tmp_path / "in" / "sub").symlink_to("../private")
    with pytest.raises(Exception, match="was replaced while it was read"):
        walk_read(found)


def walk_read(found: tuple[walk.FoundFile, ...]) -> None:
    from briefing.sources.files import read_bytes

    for one in found:
        read_bytes(one)


@pytest.mark.parametrize("levels", [walk.MAX_DEPTH - 1, walk.MAX_DEPTH, 600])
def test_a_folder_that_lies_too_deep_is_one_line_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, levels: int
) -> None:
    write(tmp_path, "in/z.txt")
    monkeypatch.chdir(tmp_path / "in")
    for _ in range(levels):
        os.mkdir("d")
        os.chdir("d")
    Path("leaf.txt").write_text(NEWS)
    monkeypatch.chdir(tmp_path)
    found = codes(tmp_path / "in")
    too_deep = "/".join("d" * walk.MAX_DEPTH)
    leaf = "/".join("d" * levels) + "/leaf.txt"
    assert found == ({leaf: []} if levels < walk.MAX_DEPTH else {too_deep: ["E_LIMIT"]}) | {"z.txt": []}


def test_of_a_folder_with_too_many_names_the_first_are_read_and_one_line_says_where_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "MAX_FILES", 5)
    for name in ("a/1.txt", "a/2.txt", "b/1.txt", "b/2.txt", "b/3.txt", "c/1.txt"):
        write(tmp_path, f"in/{name}")
    reads = read_inputs(tmp_path / "in")  # the folders count as well
    assert {read.path: [note.code for note in read.notes] for read in reads} == {
        "a/1.txt": [],
        "a/2.txt": [],
        "b/1.txt": [],
        "b/2.txt": ["E_LIMIT"],
    }
    assert "b/2.txt and all that follows" in reads[-1].notes[0].message


@pytest.mark.slow
def test_a_hundred_thousand_files_are_found_in_the_order_of_their_names(tmp_path: Path) -> None:
    for n in range(walk.MAX_FILES + 1):
        os.close(os.open(tmp_path / f"{n:06}.txt", os.O_CREAT))
    found = walk.find([tmp_path], frozenset({".txt"}))
    assert [one.path for one in found] == [f"{n:06}.txt" for n in range(walk.MAX_FILES + 1)]
    assert [one.note and one.note.code for one in found[-2:]] == [None, "E_LIMIT"]


def test_a_file_with_a_second_name_elsewhere_is_read_and_named(tmp_path: Path) -> None:
    write(tmp_path, "outside/real.txt")
    (tmp_path / "in").mkdir()
    os.link(tmp_path / "outside" / "real.txt", tmp_path / "in" / "hard.txt")
    write(tmp_path, "in/plain.txt")
    assert codes(tmp_path / "in") == {"hard.txt": ["W_HARD_LINK"], "plain.txt": []}


@linux
def test_a_file_that_cannot_be_read_is_its_own_line(tmp_path: Path) -> None:
    """The memory of a process is a regular file whose reading fails as that of a bad sector does."""
    write(tmp_path, "good.txt")
    good, bad = read_inputs([tmp_path / "good.txt", "/proc/self/mem"])
    assert len(good.articles) == 1
    assert [note.code for note in bad.notes] == ["E_IO"]
    assert "Input/output error" in bad.notes[0].message


@linux
def test_a_build_over_a_file_that_cannot_be_read_and_a_folder_of_the_system_makes_its_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "a.txt", "Ferry halted\n\n" + NEWS)
    assert run(["build", "a.txt", "/proc/self", "--date", "2026-03-02", "--format", "json", "--no-cache"]) == 0
    assert "Ferry halted" in (tmp_path / "out" / "2026-03-02" / "briefing.json").read_text(encoding="utf-8")
    assert "Make room" not in capsys.readouterr().err


def test_of_a_long_text_no_more_is_decoded_and_kept_than_an_article_may_have(tmp_path: Path) -> None:
    assert MAX_ARTICLE >= length.BODY
    for codec, line in {
        "utf-8": "Łódź harbour\n",
        "utf-16": "Łódź\n",
        "cp1251": "Паром остановлен\n",
    }.items():
        write(tmp_path, "long.txt").write_bytes((line * 200_000).encode(codec))
        (read,) = read_inputs(tmp_path / "long.txt")
        assert read.articles[0].text == (line * 200_000)[:MAX_ARTICLE]
        assert [note.code for note in read.articles[0].notes] == ["W_FIELD_TRUNCATED"]
        assert "W_ENCODING_REPLACED" not in [note.code for note in read.notes]


def test_a_flood_without_a_line_end_is_cut_between_two_letters(tmp_path: Path) -> None:
    for shift in range(4):
        write(tmp_path, "long.txt", "a" * shift + "\U0001f6a2" * (MAX_OPENING // 4 + 10))
        (read,) = read_inputs(tmp_path / "long.txt")
        assert read.notes == ()
        assert read.articles[0].text == ("a" * shift + "\U0001f6a2" * MAX_ARTICLE)[: MAX_ARTICLE // 2]


@pytest.mark.slow
@linux
def test_memory_does_not_grow_with_the_length_of_files(tmp_path: Path) -> None:
    """Peak memory of a build over 60 files just below the limit, each with one letter that takes four bytes."""
    import subprocess

    for n in range(60):
        write(tmp_path, f"in/{n}.txt", f"\U0001f6a2 {n} " + "ship talks grain. " * ((MAX_BYTES - 100) // 18))
    build = ["-m", "briefing", "build", "in", "--date", "2026-03-02", "--format", "json", "--no-cache", "--jobs", "1"]
    script = (
        f"import resource, subprocess; subprocess.run({[sys.executable, *build]!r}, check=True, cwd={str(tmp_path)!r});"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[-1]) < 220_000  # KiB; before the cut 63 MB a file


def test_no_part_below_a_path_is_gone_through_when_it_is_a_link(tmp_path: Path) -> None:
    write(tmp_path, "private/notes.txt", SECRET)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sub").symlink_to("../private")
    root = beneath.root_of(str(tmp_path / "in"))
    with beneath.listed(root) as handle, pytest.raises(NotADirectoryError), beneath.folder_in(handle, "sub"):
        pass
    (tmp_path / "in" / "deep").mkdir()
    for parts in (
        ["sub", "notes.txt"],
        ["sub"],
        ["..", "private", "notes.txt"],
        ["deep", "..", "..", "private", "notes.txt"],
    ):
        with pytest.raises(OSError, match=r"Not a directory|symbolic links"):
            beneath.file_below(root, parts)
