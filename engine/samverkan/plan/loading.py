"""A plan's folder → the plan. Files are read here; everything below works on their bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from samverkan.plan.errors import PlanError, Problem, Problems
from samverkan.plan.file_bytes import bytes_of
from samverkan.plan.model import NOWHERE, Plan, Position
from samverkan.plan.places import shipped
from samverkan.plan.spelling import listed, suggestion

DEFAULT = "vastmanland"
"""The plan that is meant where none is named."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of reading a plan: the plan where it can be used, and everything that was found."""

    plan: Plan | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def load_plan(name_or_path: str | Path = DEFAULT) -> Plan:
    """The plan of a shipped name (`vastmanland`) or of a folder.

    Raises PlanError with everything that is wrong with it, also where there is no such plan.
    """
    return _usable(inspect_plan(name_or_path))


def read_plan(files: Mapping[str, bytes], base: Mapping[str, bytes] | None = None) -> Plan:
    """The plan that these files say; `base`: the files of the plan that it builds on. The names are only for messages.

    Raises PlanError with everything that is wrong.
    """
    return _usable(inspect_files(files, base))


def inspect_plan(name_or_path: str | Path = DEFAULT) -> Reading:
    """Like `load_plan`, but nothing is raised: what is wrong, warnings too, is in the answer."""
    try:
        folder = find_plan(name_or_path)
        files = plan_files(folder)
        base_name = _builds_on(files)
        base = None if base_name is None else plan_files(_sibling(folder, base_name))
    except PlanError as wrong:
        return Reading(None, wrong.problems)
    return inspect_files(files, base)


def inspect_files(files: Mapping[str, bytes], base: Mapping[str, bytes] | None = None) -> Reading:
    """Like `read_plan`, but nothing is raised: what is wrong, warnings too, is in the answer."""
    from samverkan.plan.reading import read_layers

    problems = Problems()
    try:
        plan = read_layers(files, base, problems)
    except PlanError:
        return Reading(None, problems.sorted())
    warnings = tuple(str(problem) for problem in problems.warnings)
    return Reading(replace(plan, warnings=warnings), problems.warnings)


def find_plan(name_or_path: str | Path) -> Path:
    """The folder of a plan: a path as it is, else the shipped plan of that name. Raises PlanError where there is none."""
    path = Path(name_or_path)
    name = str(name_or_path)
    if name and _is_folder(path):
        return path
    rules = shipped("rules")
    if name and name == path.name and _is_folder(rules / name):
        return rules / name
    known = sorted(its.parent.name for its in rules.glob("*/plan.yaml"))
    near = suggestion(name, known)
    choice = f" Det finns {listed(known)}." if known else ""
    text = f"det finns ingen plan '{name}'.{near}{choice} Ange ett av namnen eller sökvägen till en mapp med planens filer."
    raise PlanError([Problem(NOWHERE, text, "error", "no-plan")])


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _usable(reading: Reading) -> Plan:
    if reading.plan is None or reading.errors:
        raise PlanError(reading.errors)
    return reading.plan


def plan_files(folder: Path) -> dict[str, bytes]:
    """The files of a plan, by name as the user would write it, in order of their names. Raises PlanError."""
    shown = _shown(folder)
    try:
        # A folder isn't read, whatever its name; what else ends in .yaml (also a broken link) is, or it is an error.
        found = sorted(path for path in folder.iterdir() if not path.is_dir() and not path.name.startswith("."))
    except OSError:
        text = f"mappen {shown} går inte att läsa. Kontrollera att du har rätt att läsa den."
        raise PlanError([Problem(NOWHERE, text, "error", "unreadable")]) from None
    for path in found:
        if path.suffix != ".yaml" and path.suffix.lower() in (".yaml", ".yml"):
            text = "filen läses inte, för namnet slutar inte på .yaml. Byt namn på den, så att inga regler blir kvar oupptäckta."
            raise PlanError([Problem(Position(f"{shown}/{path.name}", 1, 1), text, "error", "file-name")])
    if inside := sorted(folder.glob("*/*.yaml")):
        text = "filer i mappar inuti en plan läses inte. Flytta filen till planens mapp, så att inga regler blir kvar oupptäckta."
        place = Position(f"{shown}/{inside[0].relative_to(folder).as_posix()}", 1, 1)
        raise PlanError([Problem(place, text, "error", "file-name")])
    files = [path for path in found if path.suffix == ".yaml"]
    if not files:
        raise PlanError([Problem(NOWHERE, f"mappen {shown} har inga .yaml-filer, så där finns ingen plan.", "error", "no-plan")])
    return {name: bytes_of(path, name) for path in files for name in [f"{shown}/{path.name}"]}


def _shown(folder: Path) -> str:
    """A folder as short as it can be said: from where the user stands, if it is below."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return folder.as_posix()


def _builds_on(files: Mapping[str, bytes]) -> str | None:
    """The name of the plan that the files say that they build on. A file that can't be read is left for `read_layers`."""
    from samverkan.plan.yaml_nodes import read_yaml

    for name, content in files.items():
        if b"builds on" not in content:
            continue
        try:
            root = read_yaml(content, name)
        except PlanError:
            continue
        if root is not None and (node := root.get("builds on")) is not None and node.text:
            return node.text
    return None


def _sibling(folder: Path, name: str) -> Path:
    beside = folder.resolve().parent
    if name == Path(name).name and name not in (".", "..") and (beside / name).is_dir():
        return beside / name
    known = sorted(its.parent.name for its in beside.glob("*/plan.yaml") if its.parent != folder.resolve())
    text = f"planen bygger på '{name}', men bredvid den finns ingen sådan mapp.{suggestion(name, known)}"
    raise PlanError([Problem(NOWHERE, text, "error", "no-plan")])
