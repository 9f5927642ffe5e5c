"""What machine and versions the figures come from; nothing that tells whose machine it is."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("durable_rules", "zen-engine", "clipspy", "holidays", "PyYAML", "pydantic")


def machine() -> dict[str, str]:
    """Cores, processor, system, Python and packages."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    told = {
        "cores": str(usable),
        "processor": _processor(),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
    }
    told["Python"] = f"{platform.python_implementation()} {platform.python_version()}"
    return told | {name: _version(name) for name in PACKAGES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    except (ValueError, OSError, AttributeError):
        return "unknown"
