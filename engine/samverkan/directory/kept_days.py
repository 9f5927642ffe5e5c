"""The days of a country's calendar kept between runs: importing the holidays library takes longer than most commands."""

from __future__ import annotations

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from samverkan.directory.calendar import KeptDays, special_days, use_kept
from samverkan.plan import cache

YEARS = range(2010, 2041)
"""The years that are kept; days of others are asked of the library."""


def use_kept_days(country: str) -> None:
    """Make the calendar use the days that are kept for a country, and keep them where none are.

    Raises CalendarError where the country has no calendar.
    """
    key = f"days-{country}-{_library()}"
    kept = _read(cache.fetch(key))
    if kept:
        use_kept(country, kept)
        return
    days = {year: special_days(country, year) for year in YEARS}
    cache.keep(key, {str(year): [sorted(d.isoformat() for d in kind) for kind in both] for year, both in days.items()})


def _read(found: object) -> dict[int, KeptDays]:
    """What was kept; nothing where it is none, or spoilt."""
    if not isinstance(found, dict) or set(found) != {str(year) for year in YEARS}:
        return {}
    years = {int(year): kinds for year, kinds in found.items()}
    return years if all(_is_days(kinds) for kinds in years.values()) else {}


def _is_days(kinds: object) -> bool:
    return isinstance(kinds, list) and len(kinds) == 2 and all(isinstance(d, str) and len(d) == 10 for kind in kinds for d in kind)


def _library() -> str:
    """Which holidays library is installed, told without importing it."""
    spec = find_spec("holidays")
    if spec is None or spec.origin is None:
        return "none"
    stat = (Path(spec.origin).parent / "version.py").stat()
    return sha256(f"{stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:16]
