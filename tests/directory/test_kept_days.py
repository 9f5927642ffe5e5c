"""Days that were kept are used without asking the library; a doubt about them means asking it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from samverkan.directory.calendar import Calendar
from samverkan.directory.kept_days import YEARS, use_kept_days

MARKED = date(2022, 7, 13)
"""A Wednesday in July that no library takes for a holiday."""
NEW_YEAR = date(2022, 1, 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_CACHE", str(tmp_path))
    return tmp_path


def kept_for(folder: Path, country: str) -> tuple[Path, dict[str, list[list[str]]]]:
    """Where days of a country are kept that nobody has asked about, and what is kept of Denmark's."""
    use_kept_days("DK")
    (path,) = folder.glob("days-DK-*.json")
    return path.with_name(path.name.replace("-DK-", f"-{country}-")), json.loads(path.read_text("utf-8"))


def test_what_is_kept_is_named_after_the_library_that_said_it(folder: Path) -> None:
    use_kept_days("DK")
    (path,) = folder.glob("days-DK-*.json")
    assert re.fullmatch("days-DK-[0-9a-f]{16}.json", path.name)


def test_what_is_kept_is_what_the_library_says(folder: Path) -> None:
    _, kept = kept_for(folder, "DK")
    denmark = Calendar("DK")
    assert set(kept) == {str(year) for year in YEARS} == {str(year) for year in range(2010, 2041)}
    for year, (public, eves) in kept.items():
        days = [date.fromordinal(day) for day in range(date(int(year), 1, 1).toordinal(), date(int(year) + 1, 1, 1).toordinal())]
        assert public == [day.isoformat() for day in days if denmark.is_holiday(day)]
        assert eves == [day.isoformat() for day in days if denmark.is_eve(day)]


def test_kept_days_are_used_and_years_that_are_not_kept_are_asked_about(folder: Path) -> None:
    path, kept = kept_for(folder, "FI")
    kept["2022"] = [[MARKED.isoformat()], [NEW_YEAR.isoformat()]]
    path.write_text(json.dumps(kept), "utf-8")
    use_kept_days("FI")
    finland = Calendar("FI")
    assert finland.is_holiday(MARKED)
    assert not finland.is_holiday(NEW_YEAR)
    assert finland.is_eve(NEW_YEAR)
    assert not finland.is_eve(MARKED)
    assert finland.is_holiday(date(2009, 1, 1))


@pytest.mark.parametrize(
    ("country", "spoilt"),
    [
        ("IS", {"2021": None}),
        ("NO", {"2022": [[MARKED.isoformat()]]}),
        ("EE", {"2022": [[MARKED.isoformat()], [], []]}),
        ("LV", {"2022": {"public": [MARKED.isoformat()], "eves": []}}),
        ("LT", {"2022": [[MARKED.isoformat()], ["2022-7-1"]]}),
        ("PL", {"2022": [[MARKED.isoformat()], [20220101]]}),
        ("BE", {"2022": [[MARKED.isoformat()], ["2022-07-14T00:00"]]}),
        ("DE", {"2041": [[], []]}),
    ],
)
def test_spoilt_days_are_asked_about_again(folder: Path, country: str, spoilt: dict[str, object]) -> None:
    path, kept = kept_for(folder, country)
    kept["2022"] = [[MARKED.isoformat()], []]
    changed = {**kept, **spoilt}
    path.write_text(json.dumps({year: days for year, days in changed.items() if days is not None}), "utf-8")
    use_kept_days(country)
    assert Calendar(country).is_holiday(NEW_YEAR)
    assert not Calendar(country).is_holiday(MARKED)
