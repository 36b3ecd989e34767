"""The wheel is the program: it carries its templates and data, and works outside the repository."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.paths import ROOT

SHIPPED = {".py", ".toml", ".typed", ".gz", ".json", ".txt", ".j2", ".css"}


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def name(requirement: str) -> str:
    return re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def locked(*files: str) -> dict[str, str]:
    lines = [line for file in files for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {name(package): version for package, version in pairs}


def test_every_package_asked_for_is_locked():
    asked = project()
    run = {name(line) for line in asked["dependencies"]}
    dev = {name(line) for line in asked["optional-dependencies"]["dev"]}
    assert run - locked("requirements.lock").keys() == set(), "run scripts/lock"
    assert dev - locked("requirements.lock", "requirements-dev.lock").keys() == set(), "run scripts/lock"


def test_what_a_run_can_do_without_is_there_for_the_checks():
    extras = project()["optional-dependencies"]
    assert {*extras["cluster"], *extras["desk"], *extras["keyring"]} <= {*extras["dev"]}


def test_a_locked_package_is_at_or_above_its_floor():
    from briefing.system.doctor import _numbers

    versions = locked("requirements.lock", "requirements-dev.lock")
    asked = project()
    for line in [*asked["dependencies"], *asked["optional-dependencies"]["dev"]]:
        floor = re.search(r"[>=]=([\d.]+)", line)
        if floor:
            assert _numbers(versions[name(line)]) >= _numbers(floor[1]), line


def test_no_package_is_locked_twice():
    assert locked("requirements.lock").keys() & locked("requirements-dev.lock").keys() == set()


def test_the_lock_files_name_versions_and_no_place_to_get_them():
    for file in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# ")
        assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines[1:]), file


def imported(folder: str) -> dict[str, str]:
    """The packages that the modules of a folder import, each with a file that does."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            found.update({each.split(".")[0]: str(path.relative_to(ROOT)) for each in names})
    return found


@pytest.mark.parametrize(
    ("folder", "extras"),
    [("briefing", ("keyring", "cluster", "desk")), ("tests", ("dev", "fuzz")), ("benchmarks", ("dev",))],
)
def test_a_package_that_is_imported_is_asked_for(folder, extras):
    asked = project()
    lines = [*asked["dependencies"], *(line for extra in extras for line in asked["optional-dependencies"][extra])]
    distributions = importlib.metadata.packages_distributions()
    unasked = {
        package: file
        for package, file in imported(folder).items()
        if package not in sys.stdlib_module_names
        and package not in {"briefing", "tests", "benchmarks", "bench"}
        and not {name(each) for each in distributions.get(package, [package])} & {name(line) for line in lines}
    }
    assert unasked == {}


EVERY_MODULE = """
import importlib, importlib.abc, pkgutil, sys
from click.testing import CliRunner

class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in sys.argv[1:]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
import briefing

for module in pkgutil.walk_packages(briefing.__path__, "briefing."):
    if not module.name.endswith("__main__") and not module.name.startswith("briefing.desk."):  # the desk is an extra
        importlib.import_module(module.name)

from briefing.cli import COMMANDS
from briefing.cli.parser import program

for command in COMMANDS:
    done = CliRunner().invoke(program, [command, "--help"])
    assert done.exit_code == 0, (command, done.output, done.exception)
print(len(COMMANDS))
"""


def test_every_module_and_command_loads_with_the_packages_the_program_runs_on_alone():
    run = locked("requirements.lock").keys() | {"briefing", "pip"}
    absent = [
        package
        for package, owners in importlib.metadata.packages_distributions().items()
        if package not in sys.stdlib_module_names and not {name(owner) for owner in owners} & run
    ]
    assert {"distributed", "pytest"} <= {*absent}, "nothing is left out: the test proves nothing"
    command = [sys.executable, "-c", EVERY_MODULE, *absent]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 15


def test_without_the_packages_of_its_extra_the_desk_says_what_to_install(tmp_path):
    start = EVERY_MODULE.partition("import briefing\n")[0] + "from briefing.cli import run; sys.exit(run(['desk']))"
    command = [sys.executable, "-c", start, "starlette"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert "needs the package starlette" in done.stderr
    assert "pip install 'briefing[desk]'" in done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = (sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT)
    subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, timeout=120)
    return next(folder.glob("briefing-*.whl"))


def files_of(folder: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in SHIPPED and "__pycache__" not in path.parts
    }


@pytest.mark.slow
def test_the_wheel_has_every_module_template_and_data_file(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert files_of("templates"), "the templates have moved"
    assert files_of("briefing") - inside == set()
    assert {f"briefing/{file}" for file in files_of("templates")} - inside == set()


@pytest.mark.slow
def test_the_wheel_has_nothing_but_the_program_and_its_licence(wheel):
    inside = zipfile.ZipFile(wheel).namelist()
    assert {file.split("/")[0] for file in inside} == {"briefing", Path(wheel).stem.rsplit("-", 3)[0] + ".dist-info"}
    assert any(file.endswith("/licenses/LICENSE") for file in inside)
    assert not [file for file in inside if "__pycache__" in file or file.endswith((".pyc", ".sqlite"))]


@pytest.mark.slow
def test_the_installed_wheel_makes_a_briefing_outside_the_repository(wheel, tmp_path):
    site, away = tmp_path / "site", tmp_path / "away"
    away.mkdir()
    (away / "ferry.txt").write_text(
        "Title: Harbour ferry halted by storm\nOutlet: Harbour Post\nDate: 2026-03-02\n\n"
        "The ferry from Hadderstone to Cressholm stayed in port on Monday because of a storm. "
        "The company said that 300 passengers had to wait until the evening.\n",
        encoding="utf-8",
    )
    install = (sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", site, wheel)
    subprocess.run([str(part) for part in install], check=True, capture_output=True, text=True, timeout=120)
    env = {**os.environ, "PYTHONPATH": str(site)}

    def python(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], cwd=away, env=env, capture_output=True, text=True, timeout=180, check=False
        )

    where = python("-c", "import briefing; print(briefing.__file__)").stdout
    assert where.startswith(str(site)), where
    done = python("-m", "briefing", "build", "ferry.txt", "--date", "2026-03-02", "--out", "out")
    assert done.returncode == 0, done.stderr
    written = away / "out" / "2026-03-02"
    assert "stayed in port on Monday" in (written / "briefing.html").read_text(encoding="utf-8")
    assert (written / "briefing.pdf").read_bytes().startswith(b"%PDF-")
