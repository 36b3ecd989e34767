"""The proof of the outputs: what is changed in a file is found, and the files we make pass."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

import briefing
from briefing import cli
from briefing.build import load_edition, render, verify, verify_files
from briefing.model import Edition, EditionStory
from briefing.outputs import make_files
from briefing.outputs.printed_text import read_output
from briefing.stages.proof import Finding, missing_sentences, stray_texts
from briefing.system.program import program_version
from tests.editions import imprinted
from tests.paths import SEEDS

CHANGED = ("briefing.docx", "briefing.eml", "digests/diplomacy.eml")


@pytest.fixture(scope="module")
def edition(sample: Edition) -> Edition:
    return sample


@pytest.fixture(scope="module")
def files(sample_files: dict[str, bytes]) -> dict[str, bytes]:
    return sample_files


def laid_out(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def built(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file of the build; not to be changed."""
    return laid_out(files, tmp_path_factory.mktemp("built"))


@pytest.fixture
def texts(files: dict[str, bytes], tmp_path: Path) -> Path:
    """The files that are quickly made, to be changed at will."""
    quick = {n: c for n, c in files.items() if n.endswith((".json", ".html", ".txt", ".md")) and ".email." not in n}
    return laid_out(quick, tmp_path)


def narrowed(edition: Edition, name: str) -> Edition:
    return edition.only(name.removeprefix("digests/").partition(".")[0]) if name.startswith("digests/") else edition


def told(edition: Edition) -> EditionStory:
    """The first story of which more than a line is printed."""
    return next(story for story in edition.stories if story.summary)


def test_every_text_of_every_file_is_a_field_of_the_issue_file_or_a_word_of_the_page(
    edition: Edition, built: Path, files: dict[str, bytes]
) -> None:
    for name in files:
        if not name.endswith(".json"):
            assert stray_texts(narrowed(edition, name), name, read_output(built / name)) == ()


def test_the_pages_print_every_sentence_of_every_story(edition: Edition, built: Path) -> None:
    for name in ("briefing.pdf", "briefing.html", "briefing.md", "briefing.docx", "email.txt"):
        assert missing_sentences(edition, name, read_output(built / name)) == ()


def test_letters_of_no_font_are_passed_over_and_words_never(edition: Edition) -> None:
    sentence = replace(told(edition).summary[0], text="Ministers agreed on สนธิสัญญา in Tarnholt.")
    story = replace(told(edition), summary=(sentence,))
    printed = replace(edition, sections=(replace(edition.sections[0], stories=(story,)),))
    assert missing_sentences(printed, "a.pdf", ("Ministers agreed on […] in Tarn-\nholt.",)) == ()
    assert len(missing_sentences(printed, "a.pdf", ("Ministers agreed on […] in Halvern.",))) == 1
    assert len(missing_sentences(printed, "a.pdf", ("Ministers agreed on สนธิ in Tarnholt.",))) == 1


@pytest.mark.parametrize("name", ["briefing.html", "email.html", "email.txt", "briefing.md", "digests/diplomacy.html"])
def test_a_word_changed_in_a_file_is_found_and_the_sentence_named(edition: Edition, texts: Path, name: str) -> None:
    path = texts / name
    text = path.read_text(encoding="utf-8")
    word = next(
        w for w in told(narrowed(edition, name)).summary[0].text.split() if len(w) > 6 and w.isalpha() and w in text
    )
    path.write_text(text.replace(word, "Xanthippe"), encoding="utf-8")
    findings = [f for f in verify_files(edition, texts) if f.place == name]
    assert any("Xanthippe" in f.problem for f in findings)
    missing = f"Item {told(edition).number}, sentence 1 is not in it"
    assert any(missing in f.problem for f in findings) or name.startswith("digests")


def with_another_word(edition: Edition, name: str, content: bytes) -> bytes:
    """A Word file or a mail in which the first word of the first summary is another."""
    first = told(narrowed(edition, name)).summary[0].text.split()[0]
    if name.endswith(".eml"):
        mail = BytesParser(policy=policy.default).parsebytes(content)
        part = mail.get_body(("plain",))
        part.set_content(part.get_content().replace(f"{first} ", "Xanthippe "))
        return mail.as_bytes()
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for member in old.namelist():
            new.writestr(member, old.read(member).replace(f"{first} ".encode(), b"Xanthippe "))
    return changed.getvalue()


@pytest.fixture(scope="module")
def found_in_changed(
    edition: Edition, files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Finding, ...]:
    """What is found in a folder of a changed Word file and two changed mails: making them all for one word is dear."""
    changed = {n: with_another_word(edition, n, files[n]) for n in CHANGED}
    return verify_files(edition, laid_out(changed, tmp_path_factory.mktemp("changed")))


@pytest.mark.parametrize("name", CHANGED)
def test_a_word_changed_in_a_word_file_or_a_mail_is_found(found_in_changed: tuple[Finding, ...], name: str) -> None:
    assert any("Xanthippe" in f.problem for f in found_in_changed if f.place == name)


def test_a_sentence_taken_out_of_a_file_is_found(edition: Edition, texts: Path) -> None:
    path = texts / "email.txt"
    first = told(edition).summary[0].text.split()[:4]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(" ".join(first), ""), encoding="utf-8")
    assert any(f.place == "email.txt" for f in verify_files(edition, texts))


def test_a_pdf_of_another_text_is_found(edition: Edition, tmp_path: Path) -> None:
    story = told(edition)
    forged = replace(story.summary[0], text="Nothing of the kind was ever said by anybody here.")
    section = replace(
        edition.sections[0],
        stories=tuple(replace(s, summary=(forged,)) if s is story else s for s in edition.sections[0].stories),
    )
    other = replace(edition, sections=(section, *edition.sections[1:]))
    ((_, pdf),) = make_files(other, formats=["pdf"], digests=False)
    (tmp_path / "briefing.pdf").write_bytes(pdf)
    findings = stray_texts(edition, "briefing.pdf", read_output(tmp_path / "briefing.pdf"))
    assert "Nothingofthekind" in findings[0].problem


@pytest.mark.parametrize("after", [2, 9, -2])
def test_a_sentence_that_a_page_break_parts_is_no_stray_text_and_a_changed_one_is(edition: Edition, after: int) -> None:
    words = told(edition).summary[0].text.split()
    whole, head, tail = " ".join(words), " ".join(words[:after]), " ".join(words[after:])
    pages = (f"{whole} {head} 20 Jan", f"3 {tail} {whole}")
    assert stray_texts(edition, "briefing.pdf", pages) == ()
    assert stray_texts(edition, "briefing.pdf", (pages[0], f"3 Xanthippe {tail} {whole}"))


def test_a_page_break_behind_a_short_first_word_makes_no_stray_text(edition: Edition) -> None:
    text = next(c.text for story in edition.stories for c in story.summary if len(c.text.split()[0]) < 4)
    first, rest = text.split(maxsplit=1)
    assert stray_texts(edition, "briefing.pdf", (f"Headlines {first} 20 Jan", f"3 {rest}")) == ()
    assert stray_texts(edition, "briefing.pdf", (f"Headlines {first} 20 Jan", f"3 Xanthippe {rest}"))


def test_a_changed_quotation_mark_is_found_though_every_word_stands(edition: Edition, texts: Path) -> None:
    path = texts / "email.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(".", ";", 1), encoding="utf-8")
    assert [f.place for f in verify_files(edition, texts)] == ["email.txt"]


@pytest.mark.parametrize("name", ["briefing.docx", "briefing.pdf"])
def test_a_damaged_file_is_a_finding_and_the_rest_is_still_looked_at(
    texts: Path, files: dict[str, bytes], name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (texts / name).write_bytes(files[name][:2000])
    (texts / "email.txt").write_bytes(b"Nothing at all.")
    assert cli.run(["verify", str(texts / "briefing.json")]) == 1
    said = capfd.readouterr()
    assert f"{name}: It is damaged" in said.out
    assert "email.txt: " in said.out
    assert len(said.err.splitlines()) == 1  # the count alone: no library's log


@pytest.mark.parametrize("name", ["briefing.html", "briefing.md", "email.txt"])
def test_a_truncated_text_is_a_finding(edition: Edition, texts: Path, files: dict[str, bytes], name: str) -> None:
    (texts / name).write_bytes(files[name][: len(files[name]) // 2])
    assert {f.place for f in verify_files(edition, texts)} == {name}


def test_bytes_that_are_no_text_are_a_finding(edition: Edition, texts: Path) -> None:
    (texts / "email.txt").write_bytes(b"\xff\xfe\xff")
    assert [f.place for f in verify_files(edition, texts)] == ["email.txt"]


def test_a_digest_of_no_theme_is_a_finding(edition: Edition, texts: Path) -> None:
    (texts / "digests" / "energy.html").write_text("<p>Nobody wrote this.", encoding="utf-8")
    (finding,) = verify_files(edition, texts)
    assert finding.place == "digests/energy.html"


def test_a_file_that_was_taken_away_is_no_finding(edition: Edition, texts: Path) -> None:
    (texts / "email.txt").unlink()
    (texts / "digests" / "diplomacy.html").unlink()
    assert verify_files(edition, texts) == ()


def test_verify_proves_sources_sentences_and_files_in_one_go(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["verify", str(built / "briefing.json"), "--sources", str(SEEDS)]) == 0
    assert "0 findings" in capsys.readouterr().err


@pytest.fixture
def desk(edition: Edition, tmp_path: Path) -> Path:
    """A folder with the desk's own template of the plain mail, and the edition made with it."""
    folder = tmp_path / "templates"
    folder.mkdir()
    own = "Compiled by the night desk.\n{% for p in e.key_points %}* {{ p.sentence.text }}\n{% endfor %}"
    own += "{% for s in e.sections %}{% for t in s.stories %}{% for c in t.sentences %}{{ c.text }}\n{% endfor %}"
    own += "{% endfor %}{% endfor %}For internal use.\n"
    (folder / "email.txt.j2").write_text(own, encoding="utf-8")
    (tmp_path / "briefing.toml").write_text('[outputs]\ntemplates = "templates"\n', encoding="utf-8")
    render(edition, tmp_path, formats=["json", "text"], digests=False, templates=folder)
    return tmp_path


def test_files_made_with_the_desks_own_templates_are_proved_when_the_settings_are_named(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue = str(desk / "2022-02-01" / "briefing.json")
    assert cli.run(["verify", issue, "--sources", str(SEEDS), "--config", str(desk / "briefing.toml")]) == 0
    capsys.readouterr()
    assert cli.run(["verify", issue]) == 1
    assert "Compiledbythenightdesk" in capsys.readouterr().out


def test_a_word_changed_in_such_a_file_is_found_and_its_fixed_words_are_not(edition: Edition, desk: Path) -> None:
    mail = desk / "2022-02-01" / "email.txt"
    sentence = told(edition).summary[-1].text
    mail.write_text(mail.read_text(encoding="utf-8").replace(sentence, f"Nobody said that. {sentence[20:]}"), "utf-8")
    findings = verify(edition, None, folder=mail.parent, templates=desk / "templates").findings
    assert findings
    assert {f.place for f in findings} == {"email.txt"}
    assert not any("nightdesk" in f.problem or "internaluse" in f.problem for f in findings)


@pytest.mark.parametrize("made_by", ["0.0.1", ""])
def test_what_another_version_made_is_said_beside_the_findings_and_only_then(edition: Edition, made_by: str) -> None:
    assert edition.imprint.program == program_version()
    assert program_version().startswith(f"{briefing.__version__}+")
    older = imprinted(edition, program=made_by)
    assert verify(older, [SEEDS]).ok
    damaged = verify(replace(older, counts=replace(older.counts, inputs=99)), [SEEDS]).findings
    assert [f.place for f in damaged] == ["cover", "program"]
    assert (made_by or "does not name") in damaged[-1].problem
    assert program_version() in damaged[-1].problem


def test_an_edition_read_back_is_the_edition_that_was_written(edition: Edition, tmp_path: Path) -> None:
    path = render(edition, tmp_path, formats=["json"], digests=False)[0]
    assert load_edition(path) == edition
