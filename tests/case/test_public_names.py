"""What `samverkan` offers a program that embeds it."""

from __future__ import annotations

import subprocess
import sys

import samverkan


def test_every_public_name_is_what_it_says_whatever_was_imported_before() -> None:
    """A package that is imported sets its name on `samverkan`: no public name may be the name of one."""
    names = ", ".join(samverkan.__all__)
    code = (
        "import samverkan.case.case, samverkan.decide.deciding, samverkan.plan.loading, samverkan.directory.loading, types\n"
        f"from samverkan import {names}\n"
        f"assert not any(isinstance(one, types.ModuleType) for one in ({names}))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
