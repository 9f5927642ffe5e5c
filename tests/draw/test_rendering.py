"""Drawing into files: hostile labels, the same bytes everywhere, with and without Graphviz's own program."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from tests.draw.pictures import small_scene

from samverkan import draw
from samverkan.draw.measure import measure
from samverkan.draw.rendering import DrawingError, drawn, render, source_of

HERE = Path(__file__).parents[2]
HOSTILE = [
    "<b>fet</b>", "a & b &amp; c", "\"citat\" och 'citat'", "rad\nrad", "rad\\nrad \\N \\", "]]> --> <!-- x",
    "</text><script>x()</script>",
    "<<table><tr><td>x</td></tr></table>>", "x" * 300, "å ä ö é ñ 語 🙂", "\u202edolt\u200b", "%s {0} $x", "", "[a](javascript:x)",
]  # fmt: skip
DRAW_SMALL = """
import sys
from tests.draw.pictures import small_scene
from samverkan.draw import render
render(small_scene(), sys.argv[1])
"""


def run(code: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    base = {name: value for name, value in os.environ.items() if name not in env}
    return subprocess.run(
        [sys.executable, "-c", code, *words], cwd=HERE, env={**base, "PYTHONPATH": str(HERE), **env},
        capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_labels_are_only_text(text: str) -> None:
    plain, hostile = (drawn(source_of(small_scene(words, words or "x")), "svg", "pygraphviz") for words in ("Polisen", text))
    tags = [{element.tag for element in ElementTree.fromstring(svg).iter()} for svg in (plain, hostile)]
    assert tags[1] <= tags[0]
    for kind in ("node", "edge"):
        wanted = f'class="{kind}"'.encode()
        assert hostile.count(wanted) == plain.count(wanted)
    assert measure(hostile).overlaps == ()


def test_a_label_is_shown_as_it_is() -> None:
    root = ElementTree.fromstring(drawn(source_of(small_scene('<b> & "x" &lt;')), "svg", "pygraphviz"))
    shown = {"".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert '<b> & "x" &lt;' in shown


def test_hostile_labels_in_a_png(tmp_path: Path) -> None:
    path = render(small_scene("<b>&\"\\"), tmp_path / "bild.png", "pygraphviz")
    assert path.read_bytes().startswith(b"\x89PNG")


def test_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    bare = tmp_path / "fonts.conf"
    bare.write_text("<fontconfig></fontconfig>")
    surroundings: list[dict[str, str]] = [
        {"PYTHONHASHSEED": "1", "PATH": ""},
        {"PYTHONHASHSEED": "2", "PATH": "", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "3", "PATH": "", "FONTCONFIG_FILE": str(bare)},  # a machine without any fonts
    ]
    pictures = []
    for number, env in enumerate(surroundings):
        path = tmp_path / f"{number}.svg"
        done = run(DRAW_SMALL, str(path), **env)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        pictures.append(path.read_bytes())
    assert pictures[0] == pictures[1] == pictures[2]


def test_a_png_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        assert run(DRAW_SMALL, str(tmp_path / name), PATH="").returncode == 0
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_nothing_to_draw_with(tmp_path: Path) -> None:
    path = tmp_path / "bild.svg"
    done = run(f"import sys; sys.modules['pygraphviz'] = None{DRAW_SMALL}", str(path), PATH="")
    assert done.returncode == 1
    assert "DrawingError: Det finns inget att rita med: varken programmet dot eller paketet pygraphviz." in done.stderr
    assert "pip install 'samverkan[draw]'" in done.stderr
    assert not path.exists()


def test_the_layout_needs_its_packages(tmp_path: Path) -> None:
    hide = """
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name == "pyphen" else find(name)
"""
    done = run(hide + DRAW_SMALL, str(tmp_path / "bild.svg"))
    assert "DrawingError: Det som behövs för bilder är inte installerat (pyphen)." in done.stderr


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `neato` on the path: it takes the words and the input that Graphviz's program takes, and draws with Graphviz's library."""
    path = tmp_path / "bin" / "neato"
    path.parent.mkdir()
    path.write_text(
        f"#!{sys.executable}\n"
        "import sys, pathlib, pygraphviz\n"
        "pathlib.Path(__file__).with_suffix('.words').write_text(' '.join(sys.argv[1:]))\n"
        "assert sys.argv[1] == '-n2'\n"
        "form = sys.argv[2].removeprefix('-T')\n"
        "sys.stdout.buffer.write(pygraphviz.AGraph(string=sys.stdin.buffer.read().decode()).draw(prog='nop2', format=form))\n"
    )
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(path.parent))
    return path


def test_the_program_is_used_where_it_is(program: Path) -> None:
    source = source_of(small_scene())
    assert drawn(source, "svg") == drawn(source, "svg", "pygraphviz")
    assert program.with_suffix(".words").read_text() == "-n2 -Tsvg"
    assert drawn(source, "png").startswith(b"\x89PNG")
    assert program.with_suffix(".words").read_text() == "-n2 -Tpng -Gdpi=150"


def test_a_program_that_fails_is_told(program: Path) -> None:
    program.write_text("#!/bin/sh\necho 'nej, inte idag' >&2\nexit 3\n")
    with pytest.raises(DrawingError, match="nej, inte idag"):
        drawn(source_of(small_scene()), "svg")


def test_a_program_that_is_asked_for_and_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DrawingError, match="Programmet dot"):
        drawn(source_of(small_scene()), "svg", "program")


@pytest.mark.parametrize("name", ["bild.pdf", "bild", "bild.svg.txt"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DrawingError, match=r"\.svg eller \.png"):
        draw.render(small_scene(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(DrawingError, match="kan inte skrivas"):
        draw.render(small_scene(), tmp_path / "fil" / "bild.svg")


def test_an_older_picture_is_replaced_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "ny" / "bild.svg"
    path.parent.mkdir()
    path.write_text("gammal")
    draw.render(small_scene(), path)
    assert path.read_bytes().startswith(b"<?xml")
    assert [found.name for found in path.parent.iterdir()] == ["bild.svg"]
