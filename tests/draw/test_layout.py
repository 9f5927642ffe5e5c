"""Whatever is drawn: nothing lies on anything else, and it is the same each time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.draw.pictures import small_scene

from samverkan.draw.dot import dot_source
from samverkan.draw.layout import WIDTHS, legible, page_of
from samverkan.draw.measure import measure
from samverkan.draw.rendering import drawn, source_of
from samverkan.draw.scene import Column, Edge, Lane, Node, Scene, State

WORDS = (
    "polisen", "underrättar", "socialtjänstens", "barn- och ungdomsenhet", "om", "förundersökningen", "genast", "vid", "köp",
    "uppehållstillstånd", "målsägandebiträde", "ja", "nej",
)  # fmt: skip
SHAPES = ("event", "condition", "decision", "offer", "question", "receiver")
STATES: tuple[State, ...] = ("plain", "due", "overdue", "done", "ask_first", "declined", "gone", "missed", "faded")


def words(least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Any scene of a few lanes, columns and nodes, with edges this way and that."""
    lanes, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    count = draw(st.integers(1, 16))
    nodes = tuple(
        Node(
            f"n{index}", f"l{draw(st.integers(0, lanes - 1))}", f"c{draw(st.integers(0, columns - 1))}",
            draw(st.sampled_from(SHAPES)), draw(words(1, 8)), draw(words(0, 4)), draw(words(0, 2)),
            draw(st.sampled_from(STATES)),
        )
        for index in range(count)
    )  # fmt: skip
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] != pair[1])
    edges = tuple(
        Edge(
            f"n{a}", f"n{b}", draw(st.sampled_from(("starts", "tells"))),
            draw(st.sampled_from(("", "ja", "underrättar", "rådfrågar"))), draw(st.sampled_from(STATES)),
        )
        for a, b in (draw(st.lists(pairs, max_size=count, unique=True)) if count > 1 else [])
    )  # fmt: skip
    return Scene(
        draw(words(1, 6)),
        tuple(Lane(f"l{index}", draw(words(1, 4)), draw(words(0, 3))) for index in range(lanes)),
        tuple(Column(f"c{index}", draw(words(1, 3))) for index in range(columns)),
        nodes, edges, draw(words(0, 9)), draw(words(0, 9)),
    )  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=60)
@given(scenes())
def test_nothing_lies_on_anything(scene: Scene) -> None:
    found = measure(drawn(source_of(scene), "svg", "pygraphviz"))
    assert found.overlaps == ()


@settings(derandomize=True, deadline=None, max_examples=20)
@given(scenes())
def test_the_same_each_time(scene: Scene) -> None:
    assert dot_source(scene, page_of(scene)) == dot_source(scene, page_of(scene))


def test_the_page_says_how_large_its_letters_are_on_paper() -> None:
    scene = small_scene()
    measured = measure(drawn(source_of(scene), "svg", "pygraphviz"))
    assert page_of(scene).points_on_a3 == pytest.approx(measured.smallest, rel=0.01)
    assert legible(scene)


def test_too_much_for_a_page_is_not_legible() -> None:
    lanes = (Lane("p", "Polisen"),)
    nodes = tuple(Node(f"n{index}", "p", "1", "decision", "Informera om vilket stöd som finns") for index in range(60))
    assert not legible(Scene("Mycket", lanes, (Column("1", "nu"),), nodes, ()))


def test_nodes_hold_their_texts_at_every_width() -> None:
    from samverkan.draw.boxes import box_of

    for shape in SHAPES:
        for text in ("Ja", "Förundersökningsledaren ansöker om betänketid hos Migrationsverket", "x" * 150):
            for width in WIDTHS:
                box = box_of(Node("n", "l", "c", shape, text, "en rad till", "✓ gjort"), width)  # type: ignore[arg-type]
                assert box.lines
                for line in box.lines:
                    assert line.width <= box.width
                    assert abs(line.dy) <= box.height / 2


@pytest.mark.parametrize(
    ("nodes", "edges"),
    [
        ((Node("a", "nej", "1", "event", "x"),), ()),
        ((Node("a", "p", "2", "event", "x"),), ()),
        ((Node("a", "p", "1", "event", "x"), Node("a", "p", "1", "event", "x")), ()),
        ((Node("a", "p", "1", "event", "x"),), (Edge("a", "b"),)),
    ],
)
def test_a_scene_that_hangs_together_badly_is_refused(nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> None:
    with pytest.raises(ValueError, match=r"bilden|ände|id"):
        Scene("x", (Lane("p", "Polisen"),), (Column("1", "nu"),), nodes, edges)
