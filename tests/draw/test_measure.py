"""The measuring finds what it is there to find: a picture that is wrong in one way is told to be so."""

from __future__ import annotations

import pytest

from samverkan.draw.measure import measure

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><g transform="translate(0 200)">'
NODE = '<g class="node"><title>{name}</title><polygon points="{x},{y} {x2},{y} {x2},{y2} {x},{y2}"/></g>'
EDGE = '<g class="edge"><title>{name}</title><path d="M{x},{y}C{x},{y} {x2},{y2} {x2},{y2}"/></g>'


def text(words: str, x: float, y: float, size: float = 9.0) -> str:
    return f'<text text-anchor="middle" x="{x}" y="{y}" font-size="{size}">{words}</text>'


def node(name: str, x: float, y: float) -> str:
    return NODE.format(name=name, x=x, y=y, x2=x + 60, y2=y + 30)


def edge(name: str, x: float, y: float, x2: float, y2: float) -> str:
    return EDGE.format(name=name, x=x, y=y, x2=x2, y2=y2)


def faults(*parts: str) -> tuple[str, ...]:
    return measure(f"{HEAD}{''.join(parts)}</g></svg>".encode()).overlaps


def test_a_sound_picture() -> None:
    sound = (node("a", 10, -100), text("inne", 40, -82), node("b", 200, -100), edge("a-&gt;b", 70, -85, 200, -85))
    assert faults(*sound, text("över", 130, -90)) == ()


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ((text("ett", 100, -100), text("två", 105, -96)), "text på text: ”ett” och ”två”"),
        ((text("utanför", 398, -100),), "utanför sidan: ”utanför”"),
        ((node("a", 100, -100), text("för lång för sin ruta", 130, -82)), "text över kanten: ”för lång för sin ruta” på a"),
        ((node("a", 10, -100), node("b", 40, -90)), "nod på nod: a och b"),
        ((text("ord", 130, -82), edge("a-&gt;b", 70, -85, 200, -85)), "pil a→b genom texten ”ord”"),
        ((node("c", 100, -100), edge("a-&gt;b", 70, -85, 200, -85)), "pil a→b genom c"),
        (
            (edge("a-&gt;b", 70, -85, 200, -85), edge("c-&gt;d", 150, -85, 300, -85)),
            "pil på pil: a→b och c→d",
        ),
    ],
)
def test_each_fault_is_found(parts: tuple[str, ...], fault: str) -> None:
    assert faults(*parts) == (fault,)


def test_edges_of_one_node_may_share_a_way() -> None:
    assert faults(edge("a-&gt;b", 70, -85, 200, -85), edge("a-&gt;d", 70, -85, 300, -85)) == ()


def test_the_size_on_paper() -> None:
    assert measure(f"{HEAD}{text('ord', 100, -100)}</g></svg>".encode()).smallest == pytest.approx(9 * 1133.86 / 400, abs=0.1)
    wide = HEAD.replace("400 200", "4000 200")
    assert measure(f"{wide}{text('ord', 100, -100)}</g></svg>".encode()).smallest == pytest.approx(2.55, abs=0.01)


def test_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="SVG"):
        measure(b"<html/>")
