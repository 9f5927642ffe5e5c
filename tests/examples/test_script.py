"""The script in examples/ runs, and says what is due."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "examples" / "script" / "case.py"


def test_the_script_runs_and_is_some_dozen_lines(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, SCRIPT], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert "Polisen ska underrätta socialtjänstens barn- och ungdomsenhet om S1, med uppgift om vem det gäller" in ran.stdout
    assert '"after": "due"' in ran.stdout
    assert ran.stdout.splitlines()[-1].endswith(" beslut är försenade efter två dygn.")
    assert not list(tmp_path.iterdir())
    lines = [line for line in SCRIPT.read_text("utf-8").splitlines() if line and not line.startswith(('"""', "import", "from"))]
    assert len(lines) <= 13
