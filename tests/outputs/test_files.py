"""Files whole or not at all, templates that escape, and the table of outputs."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli import run
from briefing.errors import OutputError
from briefing.outputs import OUTPUTS, render
from briefing.outputs.brand import contrast, css_string, on_dark
from briefing.outputs.files import write_file
from briefing.outputs.links import clip, link, printable
from briefing.outputs.markup import export_templates, render_markup, render_text
from tests.cli.running import TALKS
from tests.editions import ordinary


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_file(tmp_path, "digests/a.html", b"old")
    path = write_file(tmp_path, "digests/a.html", b"new")
    assert path.read_bytes() == b"new"
    assert [p.name for p in (tmp_path / "digests").iterdir()] == ["a.html"]


@pytest.mark.parametrize("name", ["../a", "/etc/a", "a/../../b", "", ".", "a/../.."])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(OutputError, match="leads out"):
        write_file(folder, name, b"x")
    assert sorted(tmp_path.rglob("*")) == [folder]


def linked(path: Path) -> None:
    (path.parent / "other").write_bytes(b"other")
    path.symlink_to(path.parent / "other")


def device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root may make a device")


@pytest.mark.parametrize(
    ("make", "kind"),
    [(linked, "a link"), (os.mkfifo, "a pipe"), (device, "a device"), (Path.mkdir, "a folder")],
    ids=["link", "pipe", "device", "folder"],
)
@pytest.mark.parametrize("by", ["api", "report", "init"])
def test_what_is_no_file_is_never_replaced_by_one(here: Path, make, kind, by, capsys) -> None:
    path = here / "report.json"
    make(path)
    before = path.lstat()
    if by == "api":
        with pytest.raises(OutputError, match=kind) as caught:
            write_file(here, "report.json", b"x")
        assert caught.value.code == "E_NOT_REGULAR"
    else:
        (here / "a.txt").write_text(TALKS, encoding="utf-8")
        build = ["build", "a.txt", "--date", "2022-02-01", "--format", "json", "--report", "report.json"]
        assert run(build if by == "report" else ["init", "report.json"]) != 0
        assert "report.json" in capsys.readouterr().err
    assert (path.lstat().st_ino, path.lstat().st_mode) == (before.st_ino, before.st_mode)
    if make is linked:
        assert (here / "other").read_bytes() == b"other"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "digests").symlink_to(tmp_path)
    with pytest.raises(OutputError, match="leads out"):
        write_file(tmp_path / "out", "digests/a.html", b"x")


def test_a_failed_write_keeps_the_old_file_and_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(tmp_path, "a", b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"a cannot be written: No space left"):
        write_file(tmp_path, "a", b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"old")]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/x", "https://", "http:x", "mailto:a@b",
        "https://user:secret@host/", "https://host/\"onclick=", "https://ho st/", "https://host/\u202egpj",
        "https://host\\@evil/", "https://[::1", "JAVASCRIPT:1", "",
    ],
)  # fmt: skip
def test_what_is_no_web_address_becomes_no_link(url: str) -> None:
    assert link(url) == ""


@pytest.mark.parametrize("url", ["https://a.example/b?c=d#e", "http://пример.example/", "https://a.example:8080/"])
def test_a_web_address_stays_as_it_is(url: str) -> None:
    assert link(url) == url


@given(st.text())
def test_what_is_printed_is_unicode_without_control_characters(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert not any(ord(c) < 32 and c not in "\t\n\r" for c in shown)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(shown)


@given(st.text())
def test_a_css_string_ends_where_it_ends(text: str) -> None:
    inner = css_string(text.replace("\0", ""))[1:-1]
    assert not set('"\n<>;{}') & set(inner)


def test_a_clipped_headline_ends_between_words() -> None:
    assert clip("Envoys meet in Tarnholt", 16) == "Envoys meet in…"
    assert clip("Grenz" * 9, 10) == "GrenzGren…"
    assert clip("short", 10) == "short"


def test_the_accent_is_readable_on_a_dark_page() -> None:
    for accent in ("#1f4e79", "#000000", "#7a1f3d", "#004d00"):
        assert contrast(on_dark(accent), "#1f242a") >= 4.5


def test_a_users_template_overrides_a_block_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "page.html.j2").write_text(
        '{% extends "default/page.html.j2" %}{% block cover %}<h1>{{ e.imprint.title }} of ours</h1>{% endblock %}'
    )
    files = render(ordinary(), tmp_path / "out", formats=["html"], digests=False, templates=tmp_path)
    page = files[0].read_text(encoding="utf-8")
    assert "<h1>Morning Briefing of ours</h1>" in page
    assert 'id="ledger"' in page


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("{{ e.titel }}", "page.html.j2, line 1"),
        ("\n{% if %}", "page.html.j2, line 2"),
        ("\n\n{{ e.imprint.title.__class__.__mro__ }}", "page.html.j2, line 3"),
        ("{{ 1 / 0 }}", "page.html.j2, line 1"),
        ('{% include "../secret" %}', "page.html.j2"),
    ],
)
def test_a_mistake_in_a_users_template_names_file_and_line(tmp_path: Path, template: str, place: str) -> None:
    (tmp_path / "page.html.j2").write_text(template)
    with pytest.raises(OutputError, match=place.replace(".", r"\.") if "include" not in template else "missing"):
        render(ordinary(), tmp_path / "out", formats=["html"], digests=False, templates=tmp_path)


def test_markup_is_escaped_and_plain_text_is_not(tmp_path: Path) -> None:
    (tmp_path / "t.j2").write_text("{{ x }}")
    assert render_markup("t.j2", {"x": '<b>&"'}, tmp_path) == "&lt;b&gt;&amp;&#34;"
    assert render_text("t.j2", {"x": '<b>&"'}, tmp_path) == '<b>&"'


def test_outputs_of_one_edition_are_written_together(tmp_path: Path) -> None:
    files = render(ordinary(), tmp_path, formats=["json", "html"])
    assert [str(f.relative_to(tmp_path)) for f in files] == [
        "2022-02-01/briefing.json",
        "2022-02-01/briefing.html",
        "2022-02-01/digests/diplomacy.html",
        "2022-02-01/digests/arms-shipments.html",
        "2022-02-01/digests/sanctions.html",
        "search/2022-02.js",
        "index.html",
        "feed.xml",
    ]


def test_one_digest_alone_can_be_had(tmp_path: Path) -> None:
    files = render(ordinary(), tmp_path, formats=["html"], only="sanctions")
    assert [f.name for f in files] == ["sanctions.html"]


@pytest.mark.parametrize(("wish", "said"), [({"formats": ["exe"]}, "'exe'"), ({"only": "weather"}, "'weather'")])
def test_an_unknown_format_or_theme_is_named_and_nothing_is_written(
    tmp_path: Path, wish: dict[str, object], said: str
) -> None:
    with pytest.raises(OutputError, match=said):
        render(ordinary(), tmp_path, **wish)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_every_output_has_a_file_of_its_own() -> None:
    names = [name for output in OUTPUTS.values() for name in (output.whole, output.digest) if name]
    assert len(names) == len(set(names))


def test_exported_templates_are_a_start_that_prints_the_same_page(tmp_path: Path) -> None:
    files = export_templates(tmp_path / "ours")
    assert {"page.html.j2", "pdf.html.j2", "edition.html.j2"} <= {f.name for f in files}
    ours = render(ordinary(), tmp_path / "a", formats=["html"], digests=False, templates=tmp_path / "ours")[0]
    default = render(ordinary(), tmp_path / "b", formats=["html"], digests=False)[0]
    assert ours.read_bytes() == default.read_bytes()
    with pytest.raises(OutputError, match="exists already"):
        export_templates(tmp_path / "ours")
