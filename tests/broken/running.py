"""Runs the real command in this process, as quickly as the many broken inputs need, and leaves no trace of it."""

from __future__ import annotations

import argparse
import gc
import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from tests.cli.running import Ran

from samverkan.cli.main import main

HERE = Path(__file__).parent


def command(*words: str | Path, typed: bytes = b"") -> Ran:
    """How `samverkan` with these words ended, and what it wrote; `typed` comes on standard input."""
    out, err = io.StringIO(), io.StringIO()
    swedish = {name: vars(argparse)[name] for name in ("_", "ngettext")}
    stdin = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8")
    try:
        with redirect_stdout(out), redirect_stderr(err):
            try:
                code = main([str(word) for word in words])
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdin = stdin
        vars(argparse).update(swedish)
        gc.enable()
    return Ran(code, out.getvalue(), err.getvalue())


def expected(content: bytes) -> list[str]:
    """What a YAML file says must be said of it: its lines that begin with `#! `."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    return [line[3:].decode("utf-8") for line in lines if line.startswith(b"#! ")]
