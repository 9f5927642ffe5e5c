"""Where the plans and scenarios that are shipped with the engine are found: installed, or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def shipped(name: Literal["rules", "scenarios"]) -> Path:
    """The folder `name` that belongs to this engine.

    A wheel carries it as `samverkan/_data/<name>`; in a checkout it lies beside `engine/`. The folder of a checkout is
    returned also where it doesn't exist, so that whoever reads it can say which folder was missed.
    """
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data" / name
    return packed if packed.is_dir() else package.parent.parent / name
