"""Runs the command line as a user does: in a process of its own, with pipes for a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

EXEMPEL = Path(__file__).parents[1] / "corpus" / "plans" / "exempel"


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


def samverkan(*words: str | Path, typed: str = "", cwd: Path | None = None) -> Ran:
    """Runs `samverkan` with these words; `typed` is what comes on standard input."""
    clean = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    done = subprocess.run(
        [sys.executable, "-m", "samverkan", *map(str, words)],
        input=typed, capture_output=True, encoding="utf-8", cwd=cwd, env={**clean, "PYTHONUTF8": "1"}, timeout=120, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)
