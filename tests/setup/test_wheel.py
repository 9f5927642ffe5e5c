"""The packages: sdist and wheel build, and the bare wheel plays a scenario in an empty environment."""

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from tests.docs.following import follow

# Building and installing take seconds: one worker does it, once.
pytestmark = pytest.mark.xdist_group("wheel")

ROOT = Path(__file__).parents[2]
INSTALLERS = {"pip", "setuptools", "wheel"}
MOST_DISTRIBUTIONS = 14
# An environment of its own: nothing of the checkout may leak in.
CLEAN = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command, show what it said if it fails, and give what it printed."""
    done = subprocess.run(command, cwd=cwd, env=CLEAN, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist from the checkout, and the wheel from that sdist alone."""
    out = tmp_path_factory.mktemp("packages")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return out


@pytest.fixture(scope="module")
def installed(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel without extras in an empty environment, and give the folder of its commands."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=True)
    commands = home / "bin"
    (wheel,) = packages.glob("*.whl")
    options = ("--quiet", "--no-input", "--disable-pip-version-check", "--constraint", ROOT / "constraints.txt")
    run(commands / "python", "-m", "pip", "install", *options, wheel, cwd=home)
    return commands


def shipped(folder: str) -> set[str]:
    """Give the YAML files of a top folder, as they are to stand in the wheel."""
    return {f"samverkan/_data/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / folder).rglob("*.yaml")}


@pytest.mark.parametrize("folder", ["rules", "scenarios"])
def test_wheel_carries_the_plan(packages: Path, folder: str) -> None:
    (wheel,) = packages.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert shipped(folder)
    assert shipped(folder) <= names
    assert {"samverkan/py.typed", "samverkan/document/templates/plan.html", "samverkan/document/templates/plan.css"} <= names


def test_wheel_carries_nothing_else(packages: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"samverkan"}
    assert not [name for name in names if "__pycache__" in name]


def test_sdist_carries_what_it_is_tested_with(packages: Path) -> None:
    (sdist,) = packages.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "Makefile", "constraints.txt", "tools/setup.sh", "tests/setup/test_wheel.py"} <= names
    assert not [name for name in names if name.startswith((".venv", ".git/", "build/"))]


def test_bare_wheel_plays_a_scenario(installed: Path, tmp_path: Path) -> None:
    printed = run(installed / "samverkan", "play", "vasteras-hotell", "--json", cwd=tmp_path)
    assert json.loads(printed)
    assert not list(tmp_path.iterdir()), "playing leaves no files behind"


def test_core_brings_in_little(installed: Path, tmp_path: Path) -> None:
    listed = run(installed / "python", "-m", "pip", "list", "--format=json", cwd=tmp_path)
    names = {row["name"].lower() for row in json.loads(listed)} - INSTALLERS
    assert "samverkan" in names
    assert len(names - {"samverkan"}) <= MOST_DISTRIBUTIONS, sorted(names)


def test_bare_wheel_starts_a_county(installed: Path, tmp_path: Path) -> None:
    run(installed / "samverkan", "new-county", "tresjo", "--name", "Tresjö", "--municipality", "Norrsjö", cwd=tmp_path)
    assert " 0 fel " in run(installed / "samverkan", "check", "tresjo", cwd=tmp_path)


def test_bare_wheel_is_embedded_as_the_guide_says(installed: Path, tmp_path: Path) -> None:
    faults = list(follow(ROOT / "docs" / "for-integratorer.md", tmp_path, installed))
    assert faults == [], "\n\n".join(faults)
