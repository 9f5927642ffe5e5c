"""From a scene or a Graphviz source to a picture in a file: by the `dot` program's kin where there is one, else pygraphviz."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from samverkan.draw.dot import dot_source
from samverkan.draw.layout import page_of
from samverkan.draw.scene import Scene

Format = Literal["svg", "png"]
Drawer = Literal["auto", "program", "pygraphviz"]

DPI = 150
"""How finely a PNG is drawn: A3 in readable letters on a screen and on paper."""


class DrawingError(Exception):
    """A picture that can't be drawn; the text says why and what to do, in Swedish."""


def source_of(scene: Scene) -> str:
    """The Graphviz source of a scene."""
    need_packages()
    return dot_source(scene, page_of(scene))


def render(scene: Scene, path: Path | str, drawer: Drawer = "auto") -> Path:
    """Draws a scene into a file.

    Args:
        scene: what is drawn.
        path: the file; its ending, `.svg` or `.png`, decides the form. An existing file is replaced when the new one is whole.
        drawer: `program` for Graphviz's own program, `pygraphviz` for the library, `auto` for whichever there is.

    Returns:
        The path.

    Raises:
        DrawingError: another ending, nothing to draw with, or a place where nothing can be written.
    """
    path = Path(path)
    return write(path, drawn(source_of(scene), format_of(path), drawer))


def format_of(path: Path) -> Format:
    """The form that a file's ending asks for.

    Raises:
        DrawingError: neither `.svg` nor `.png`.
    """
    match path.suffix.lower():
        case ".svg":
            return "svg"
        case ".png":
            return "png"
    raise DrawingError(f"{path}: bilden ska sluta på .svg eller .png, inte på ”{path.suffix}”. Byt filens namn.")


def drawn(source: str, form: Format, drawer: Drawer = "auto") -> bytes:
    """Draws a Graphviz source whose places are fixed.

    Raises:
        DrawingError: nothing to draw with, or Graphviz failed.
    """
    program = shutil.which("neato")
    if drawer == "program" or (drawer == "auto" and program is not None):
        if program is None:
            raise DrawingError(f"Programmet dot (Graphviz) finns inte på datorn. {_HOW}")
        return _by_program(program, source, form)
    return _by_library(source, form)


_EXTRA = "Kör: pip install 'samverkan[draw]'"
_HOW = "Installera Graphviz (https://graphviz.org/download/) eller kör: pip install 'samverkan[draw]'"

_NOTHING = f"Det finns inget att rita med: varken programmet dot eller paketet pygraphviz. {_HOW}"


def _by_program(program: str, source: str, form: Format) -> bytes:
    command = [program, "-n2", f"-T{form}", *([f"-Gdpi={DPI}"] if form == "png" else [])]
    done = subprocess.run(command, input=source.encode(), capture_output=True, check=False)
    if done.returncode or not done.stdout:
        why = done.stderr.decode(errors="replace").strip() or f"kod {done.returncode}"
        raise DrawingError(f"Graphviz kunde inte rita bilden: {why}")
    return done.stdout


def _by_library(source: str, form: Format) -> bytes:
    try:
        import pygraphviz
    except ImportError as error:
        raise DrawingError(_NOTHING) from error

    graph = pygraphviz.AGraph(string=source)
    if form == "png":
        graph.graph_attr["dpi"] = str(DPI)
    with _Quiet():
        return bytes(graph.draw(prog="nop2", format=form))


class _Quiet:
    """Keeps what the library's C parts say about the machine's fonts off the terminal."""

    def __enter__(self) -> None:
        self._kept = os.dup(2)
        self._nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(self._nowhere, 2)

    def __exit__(self, *_: object) -> None:
        os.dup2(self._kept, 2)
        os.close(self._kept)
        os.close(self._nowhere)


def need_packages() -> None:
    """Makes sure that what lays pictures out is installed.

    Raises:
        DrawingError: a package is missing.
    """
    missing = [package for package in ("graphviz", "pyphen", "networkx") if not _installed(package)]
    if missing:
        raise DrawingError(f"Det som behövs för bilder är inte installerat ({', '.join(missing)}). {_EXTRA}")


def need_drawing() -> None:
    """Makes sure that a picture can be laid out and drawn.

    Raises:
        DrawingError: a package is missing, or there is nothing to draw with.
    """
    need_packages()
    if shutil.which("neato") is None and not _installed("pygraphviz"):
        raise DrawingError(_NOTHING)


def _installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ImportError:
        return False


def write(path: Path, content: bytes) -> Path:
    """Writes a file beside its place and moves it there when it is whole.

    Raises:
        DrawingError: nothing can be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DrawingError(f"{path} kan inte skrivas. Kontrollera att platsen finns och att du får skriva där.") from error
    return path
