"""Writes the transcripts into README.md: between `<!-- transcript: COMMAND -->` and `<!-- end -->` stands what COMMAND prints.

`python tools/readme.py` writes; `python tools/readme.py --check` only says whether they are fresh (exit code 1 if not).
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
TRANSCRIPT = re.compile(r"(<!-- transcript: (?P<command>.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def printed(command: str) -> str:
    """What a command of `samverkan` prints on a terminal of 80 columns without colours."""
    words = shlex.split(command)
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, encoding="utf-8", env=environment, check=True, cwd=README.parent
    )
    return done.stdout.rstrip()


def fresh(text: str) -> str:
    """The README's text with every transcript made anew."""
    return TRANSCRIPT.sub(
        lambda found: f"{found[1]}```text\n$ {found['command']}\n{printed(found['command'])}\n```\n{found[3]}", text
    )


def main() -> int:
    old = README.read_text("utf-8")
    new = fresh(old)
    if "--check" in sys.argv:
        return int(new != old)
    README.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
