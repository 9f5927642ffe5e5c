"""Writes a new county's folder: checked first, made beside and then renamed, never over anything that is there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from samverkan.decide.errors import EventError
from samverkan.directory.coverage import directory_problems
from samverkan.plan.errors import PlanError
from samverkan.plan.loading import inspect_files, plan_files


def check_free(folder: Path) -> None:
    """Refuses a folder that is there already, or that can't be made. Raises EventError."""
    if folder.exists() or folder.is_symlink():
        raise EventError(f"{folder} finns redan, och inget skrivs över. Välj en mapp som inte finns.")
    if not folder.parent.is_dir():
        raise EventError(f"Mappen {folder.parent} finns inte. Skapa den, eller välj en annan.")


def check_plan(folder: Path, files: Mapping[str, str], base: Path) -> None:
    """Reads the plan that the files say, as `samverkan check` does. Raises PlanError where it has errors."""
    written = {f"{folder}/{name}": text.encode() for name, text in files.items() if name.endswith(".yaml")}
    reading = inspect_files(written, plan_files(base))
    problems = list(reading.errors)
    if reading.plan is not None:
        problems += [problem for problem in directory_problems(reading.plan) if problem.severity == "error"]
    if problems:
        raise PlanError(problems)


def base_beside(folder: Path, base: Path) -> Path | None:
    """Where a copy of the base must be put so that it stands beside the folder; None where one stands there."""
    wanted = folder.resolve().parent / base.name
    return None if wanted.is_dir() else wanted


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Writes a folder whole or not at all. Raises OSError that names it."""
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        for name, text in files.items():
            (made / name).write_text(text, encoding="utf-8", newline="\n")
        made.chmod(0o755)
        made.rename(folder)
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(folder)) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def copy_folder(source: Path, folder: Path) -> None:
    """Copies the files of a plan into a new folder, whole or not at all. Raises OSError that names it."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(source.glob("*.yaml"))}
    write_folder(folder, texts)
