"""Who tells whom: every flow is in the table, with its ground, however it is written."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
from tests.stories import example_plan

from samverkan.draw.matrix import ground_text, matrix_html, matrix_markdown, matrix_of, matrix_sources
from samverkan.draw.measure import measure
from samverkan.draw.rendering import drawn
from samverkan.graph.flows import flows
from samverkan.plan.loading import load_plan

CITED = "lag: 19 kap. 1 § socialtjänstlagen (2025:400)"


def test_who_tells_whom_in_the_example() -> None:
    matrix = matrix_of(example_plan())
    assert matrix.tellers == ("polisen", "socialnamnd-vuxen")
    assert matrix.told == ("socialnamnd-barn", "migrationsverket", "regionkoordinator")
    grounds = {place: [ground_text(flow) for flow in cell] for place, cell in matrix.cells.items()}
    assert grounds == {
        ("polisen", "socialnamnd-barn"): [CITED, CITED],
        ("polisen", "migrationsverket"): ["samtycke"],
        ("socialnamnd-vuxen", "migrationsverket"): ["samtycke"],
        ("socialnamnd-vuxen", "regionkoordinator"): ["samtycke", "uppgift utan identitet"],
    }


@pytest.mark.parametrize("name", ["exempel", "vastmanland"])
def test_every_flow_has_its_row_in_the_text(name: str) -> None:
    plan = example_plan() if name == "exempel" else load_plan(name)
    rows = [line for line in matrix_markdown(plan).splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    for flow in flows(plan):
        told = plan.functions[flow.told].label
        assert any(
            told.lower() in row.lower() and flow.title in row and ground_text(flow) in row for row in rows
        ), flow


def test_the_html_is_a_table_that_can_be_read_aloud() -> None:
    root = ElementTree.fromstring(matrix_html(example_plan()))
    assert root.tag == "table"
    assert [head.text for head in root.iter("th") if head.attrib["scope"] == "row"] == ["Polisen", "Socialtjänsten för vuxna"]
    assert len([head for head in root.iter("th") if head.attrib["scope"] == "col"]) == 3
    cells = [("".join(cell.itertext())) for cell in root.iter("td")]
    assert any("underrättar: vem det gäller" in cell and "19 kap. 1 §" in cell and "2 regler" in cell for cell in cells)


@pytest.mark.parametrize("name", ["exempel", "vastmanland"])
def test_the_picture_can_be_read_on_paper(name: str) -> None:
    plan = example_plan() if name == "exempel" else load_plan(name)
    shown = ""
    for source in matrix_sources(plan):
        svg = drawn(source, "svg", "pygraphviz")
        found = measure(svg)
        assert found.overlaps == ()
        assert found.smallest >= 9.0
        texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
        shown += " ".join("".join(element.itertext()) for element in texts)
    for flow in flows(plan):
        if flow.citation:
            assert flow.citation in shown


def test_labels_cannot_break_out() -> None:
    plan = example_plan()
    nasty = '<script>x()</script> | [a](javascript:x) `b` & "c"\n## rubrik'
    function = replace(plan.functions["polisen"], label=nasty)
    rules = {word: replace(rule, title=nasty) for word, rule in plan.rules.items()}
    plan = replace(plan, functions={**plan.functions, "polisen": function}, rules=rules, title=nasty)
    text = matrix_markdown(plan)
    assert "<script>" not in text
    assert "javascript:x)" not in re.sub(r"&#\d+;", "", text).replace("&#41;", "") or "](" not in text
    assert not any(line.startswith("## rubrik") for line in text.splitlines())
    widths = {line.count("|") for line in text.split("\n## ")[0].splitlines() if line.startswith("|")}
    assert len(widths) == 1
    tags = {element.tag for element in ElementTree.fromstring(matrix_html(plan)).iter()}
    assert tags <= {"table", "caption", "tr", "td", "th", "br"}
    for source in matrix_sources(plan):
        assert measure(drawn(source, "svg", "pygraphviz")).overlaps == ()
