"""Templates that a user wrote: what they may not do, how much they may make, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.cli import run
from briefing.errors import OutputError
from briefing.outputs.markup import check_templates, render_markup
from briefing.outputs.user_templates import CHARACTERS, FILTERS, STEPS

# The first seven are the templates of the hostile inputs.
CASES = {
    "{{ cycler.__init__.__globals__.os.popen('touch pwned').read() }}": "E_TEMPLATE_UNSAFE",
    "{{ (''|attr('format'))('{0.__class__}', 1) }}": "E_TEMPLATE_UNSAFE",
    "{% for i in range(10**12) %}x{% endfor %}": "E_TEMPLATE_LIMITS",
    "{% include '../../../../etc/passwd' %}": "E_TEMPLATE_NOT_FOUND",
    "{{ article.title|safe }}": "E_TEMPLATE_UNSAFE",
    "{% if x %}": "E_TEMPLATE_SYNTAX",
    "{{ edition.titel }}": "E_TEMPLATE_UNDEFINED",
    "{{ edition.title.__class__.__mro__ }}": "E_TEMPLATE_UNSAFE",
    "{{ namespace.__init__.__globals__ }}": "E_TEMPLATE_UNSAFE",
    "{{ edition['title'].__class__ }}": "E_TEMPLATE_UNSAFE",
    "{{ [edition]|map(attribute='__class__')|first }}": "E_TEMPLATE_UNSAFE",
    "{{ ['<b>']|map('safe')|join }}": "E_TEMPLATE_UNSAFE",
    "{% filter safe %}x{% endfilter %}": "E_TEMPLATE_UNSAFE",
    "{% autoescape false %}{{ edition.title }}{% endautoescape %}": "E_TEMPLATE_UNSAFE",
    "{{ '{0.__class__}'.format(edition) }}": "E_TEMPLATE_UNSAFE",
    "{{ '%0999999999d' % 1 }}": "E_TEMPLATE_UNSAFE",
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}": "E_TEMPLATE_LIMITS",
    "{{ 'x' * 10 ** 10 }}": "E_TEMPLATE_LIMITS",
    "{{ 10 ** 10 ** 10 }}": "E_TEMPLATE_LIMITS",
    "{{ 'x'.ljust(10 ** 9) }}": "E_TEMPLATE_LIMITS",
    "{{ 'x'|center(10 ** 9) }}": "E_TEMPLATE_UNSAFE",
    "{% set n = namespace(t='xxxxxxxx') %}{% for i in range(60) %}{% set n.t = n.t ~ n.t %}{% endfor %}": (
        "E_TEMPLATE_LIMITS"
    ),
    "{% set n = namespace(t=['x']) %}{% for i in range(60) %}{% set n.t = n.t + n.t %}{% endfor %}": (
        "E_TEMPLATE_LIMITS"
    ),
    "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}": "E_TEMPLATE_LIMITS",
    "{% extends 'page.html.j2' %}": "E_TEMPLATE_LIMITS",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ours"
    made.mkdir()
    return made


@pytest.mark.parametrize(("template", "code"), CASES.items(), ids=range(len(CASES)))
def test_what_a_template_may_not_do_is_refused_with_file_and_line(
    folder: Path, here: Path, template: str, code: str
) -> None:
    (folder / "page.html.j2").write_text("\n" + template, encoding="utf-8")
    with pytest.raises(OutputError) as refused:
        render_markup("page.html.j2", {"edition": {"title": "A <b>title"}}, folder)
    assert refused.value.code == code
    assert "page.html.j2" in refused.value.message or code == "E_TEMPLATE_NOT_FOUND"
    assert "line 2" in refused.value.message or code in ("E_TEMPLATE_NOT_FOUND", "E_TEMPLATE_LIMITS")
    assert refused.value.hint
    assert not (here / "pwned").exists()


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (folder / "page.html.j2").symlink_to(tmp_path / "secret")
    with pytest.raises(OutputError) as refused:
        render_markup("page.html.j2", {}, folder)
    assert refused.value.code == "E_TEMPLATE_UNSAFE"


def test_a_template_that_makes_too_much_is_stopped(folder: Path) -> None:
    (folder / "a.j2").write_text("{% for i in range(60000) %}{{ text }}{% endfor %}", encoding="utf-8")
    assert len(render_markup("a.j2", {"text": "x" * 300}, folder)) == 60_000 * 300
    with pytest.raises(OutputError, match="more than 20,000,000 characters"):
        render_markup("a.j2", {"text": "x" * (CHARACTERS // 60_000 + 1)}, folder)


def test_each_rendering_has_the_whole_budget(folder: Path) -> None:
    (folder / "a.j2").write_text("{% for i in range(90000) %}{% endfor %}", encoding="utf-8")
    for _ in range(STEPS // 90_000 + 2):
        render_markup("a.j2", {}, folder)


def test_what_loops_and_joins_do_is_what_they_always_did(folder: Path) -> None:
    (folder / "a.j2").write_text(
        "{% for v in values if v != 'b' %}{{ loop.index }}/{{ loop.length }} {{ v ~ '<' ~ v }} "
        "{% else %}none{% endfor %}"
        "{{ values | select('in', 'ab') | join('+') }} {{ 2 * 3 + 4 ** 2 }} {{ 'ab' * 2 }}",
        encoding="utf-8",
    )
    assert render_markup("a.j2", {"values": ["a", "b", "<"]}, folder) == ("1/2 a&lt;a 2/2 &lt;&lt;&lt; a+b 22 abab")


def test_the_filters_that_are_allowed_exist(folder: Path) -> None:
    for name in FILTERS:
        (folder / "a.j2").write_text("{{ [] | map('" + name + "') | list }}", encoding="utf-8")
        check_templates(folder)


def test_exported_templates_can_be_named_in_the_settings(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.txt").write_text("Pier closed\n\nThe harbour council voted on Monday to close the old pier.\n")
    assert run(["templates", "export", "ours"]) == 0
    assert "page.html.j2" in capsys.readouterr().out
    page = here / "ours" / "edition.html.j2"
    page.write_text(page.read_text(encoding="utf-8").replace("<body", '<body data-desk="ours"'), encoding="utf-8")
    (here / "briefing.toml").write_text('[outputs]\ntemplates = "ours"\n', encoding="utf-8")
    assert run(["build", "a.txt", "--date", "2022-02-01", "--format", "html,json"]) == 0
    made = here / "out" / "2022-02-01" / "briefing.html"
    assert 'data-desk="ours"' in made.read_text(encoding="utf-8")
    made.unlink()
    assert run(["render", "out/2022-02-01/briefing.json", "--format", "html"]) == 0
    assert 'data-desk="ours"' in made.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("template", "said"), [("{{ x|safe }}", "page.html.j2, line 1"), (None, "There is no folder of templates")]
)
def test_faulty_templates_are_refused_before_any_work(
    here: Path, capsys: pytest.CaptureFixture[str], template: str | None, said: str
) -> None:
    (here / "briefing.toml").write_text('[outputs]\ntemplates = "ours"\n', encoding="utf-8")
    if template is not None:
        (here / "ours").mkdir()
        (here / "ours" / "page.html.j2").write_text(template, encoding="utf-8")
    assert run(["build", "not-there.txt", "--date", "2022-02-01"]) == 5
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert not (here / "out").exists()
