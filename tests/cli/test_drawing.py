"""`samverkan draw` as a user runs it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import EXEMPEL, samverkan


def test_draws_and_checks(tmp_path: Path) -> None:
    folder = tmp_path / "bilder"
    done = samverkan("draw", EXEMPEL, "--out", folder)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Ritade {len(list(folder.iterdir()))} filer i {folder}.")
    fresh = samverkan("draw", EXEMPEL, "--check", folder)
    assert (fresh.code, fresh.out, fresh.err) == (0, f"Bilderna i {folder} är färska.\n", "")
    (folder / "child-in-home.svg").write_text("något annat")
    stale = samverkan("draw", EXEMPEL, "--check", folder)
    assert (stale.code, stale.out) == (1, "")
    assert "child-in-home.svg är inte ritad ur planen som den är nu" in stale.err
    assert f"samverkan draw {EXEMPEL} --out {folder}" in stale.err


def test_says_what_it_needs(tmp_path: Path) -> None:
    done = samverkan("draw")
    assert done.code == 2
    assert "--out" in done.err
    both = samverkan("draw", "--out", tmp_path, "--check", tmp_path)
    assert both.code == 2
    unknown = samverkan("draw", tmp_path / "finns-inte", "--out", tmp_path)
    assert unknown.code == 2
    assert "Traceback" not in unknown.err
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    done = samverkan("draw", EXEMPEL, "--out", tmp_path / "fil")
    assert done.code == 2
    assert "kan inte skrivas" in done.err
    assert "Traceback" not in done.err
