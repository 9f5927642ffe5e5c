"""Follows a tutorial as a reader would: in an empty folder, every file written, every command given, what it shows compared."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

BLOCK = re.compile(r"^```(?P<kind>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
RUN = ("python", "console")
READ_ONLY = ("sh", "text", "json", "yaml")


def follow(tutorial: Path, folder: Path, commands: Path) -> Iterator[str]:
    """What doesn't go as the tutorial says.

    Args:
        tutorial: a page of docs/.
        folder: an empty folder.
        commands: where `python` and `samverkan` are found before any others.
    """
    for block in BLOCK.finditer(tutorial.read_text("utf-8")):
        if block["kind"] == "console":
            for command, shown in commands_of(block["text"]):
                yield from _given(command, shown, folder, commands)
        elif block["title"] is not None:
            (folder / block["title"]).write_text(block["text"], "utf-8")
        elif block["kind"] == "python":
            (folder / "utan_namn.py").write_text(block["text"], "utf-8")
            yield from _given("python utan_namn.py", ["…"], folder, commands)


def commands_of(text: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that it shows."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def _given(command: str, shown: list[str], folder: Path, commands: Path) -> Iterator[str]:
    """Gives a command as a shell does, with somebody at the keyboard who presses Enter."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment = {**kept, "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, input="\n" * 100, capture_output=True, encoding="utf-8", timeout=300
    )
    said = (done.stdout + done.stderr).rstrip().splitlines()
    if not says(said, shown):
        yield f"$ {command}\n{chr(10).join(said)}\n--- as the tutorial shows it:\n{chr(10).join(shown)}"
    if done.returncode and not any("fel: " in line for line in shown):
        yield f"$ {command}: ended with {done.returncode}"


def says(said: list[str], shown: list[str]) -> bool:
    """Whether what was said is what is shown: `…` alone stands for any lines, in a line for any text."""
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else f"{'.*'.join(map(re.escape, line.split('…')))}\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in said)) is not None
