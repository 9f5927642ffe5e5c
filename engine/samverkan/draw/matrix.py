"""Who tells whom: the overview of all flows of information, as a picture and as text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from samverkan.draw.dot import quoted
from samverkan.draw.layout import A3_LANDSCAPE, LEGIBLE, MARGIN
from samverkan.draw.phrases import duty
from samverkan.draw.style import BAND, GREY, INK, LANE, LANE_HEAD, LEADING, PAPER, RULE, SMALL, SUBTITLE, TITLE
from samverkan.draw.wording import GROUNDS, SHORT_GROUNDS, SHORT_TOLD, TELLS, TOLD, capital
from samverkan.draw.wrapping import wrap
from samverkan.draw.xdot import Canvas, number
from samverkan.graph.flows import Flow, flows
from samverkan.plan.model import Plan

NAME = "Vem underrättar vem"
INTRO = "Den som berättar står till vänster, den som får veta står överst. Rutan säger vad, och på vilken grund."
TIMES = "× anger antalet regler."
PAD, ROW_HEAD, BETWEEN = 5.0, 100.0, 4.0
LEAST, MOST = 76.0, 188.0
NOBODY = "#e9edf1"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one cell says once for all flows alike: what is told how, on which ground, by so many rules."""

    verb: str
    told: str
    ground: str
    rules: int


def ground_text(flow: Flow) -> str:
    """The ground of a flow: "lag: 19 kap. 1 § …", "samtycke", "uppgift utan identitet"."""
    if flow.ground == "clause":
        return f"lag: {flow.citation}"
    if flow.ground == "consent":
        return "samtycke"
    return GROUNDS[flow.ground]


def entries(cell: Sequence[Flow]) -> list[Entry]:
    """The entries of a cell, those of the same content put together, in the order of the plan."""
    alike: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for flow in cell:
        alike[TELLS[flow.kind], TOLD[flow.telling], ground_text(flow)].add(flow.rule)
    return [Entry(verb, told, ground, len(rules)) for (verb, told, ground), rules in alike.items()]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cells of a plan: (teller, told) → flows; tellers and told in the plan's order of functions."""

    tellers: tuple[str, ...]
    told: tuple[str, ...]
    cells: Mapping[tuple[str, str], tuple[Flow, ...]]


def matrix_of(plan: Plan) -> Matrix:
    """All flows of a plan as a matrix of those who tell and are told anything."""
    cells: dict[tuple[str, str], list[Flow]] = defaultdict(list)
    for flow in flows(plan):
        cells[flow.teller, flow.told].append(flow)
    tellers = tuple(word for word in plan.functions if any(teller == word for teller, _ in cells))
    told = tuple(word for word in plan.functions if any(other == word for _, other in cells))
    return Matrix(tellers, told, {place: tuple(found) for place, found in cells.items()})


# ---------------------------------------------------------------------------------------------------- as text


def matrix_markdown(plan: Plan) -> str:
    """The matrix as Markdown: the overview as a table, then every flow with its rule, deadline and ground.

    Args:
        plan: the plan.

    Returns:
        The text, ending in a line break; labels can't break out of it.
    """
    matrix = matrix_of(plan)
    label = {word: _plain(capital(function.label)) for word, function in plan.functions.items()}
    lines = [f"# {NAME}", "", f"{_plain(plan.title)}. {INTRO}", ""]
    lines.append("| | " + " | ".join(label[word] for word in matrix.told) + " |")
    lines.append("| --- |" + " --- |" * len(matrix.told))
    for teller in matrix.tellers:
        row = ["<br>".join(_entry(entry) for entry in entries(matrix.cells.get((teller, word), ()))) for word in matrix.told]
        lines.append(f"| **{label[teller]}** | " + " | ".join(row) + " |")
    for teller in matrix.tellers:
        lines += ["", f"## {label[teller]}", "", "| Får veta | När | Hur | Vad | Grund |", "| --- | --- | --- | --- | --- |"]
        for word in matrix.told:
            for flow in matrix.cells.get((teller, word), ()):
                when = f"{_plain(flow.title)}{' (om samtycke nekas)' if flow.instead else ''}"
                how = f"{duty(plan, flow.strength, flow.deadline)}: {TELLS[flow.kind]}"
                cells = (label[word], when, _plain(how), TOLD[flow.telling], _plain(ground_text(flow)))
                lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> str:
    return f"{entry.verb}: {entry.told} ({_plain(entry.ground)}; {_rules(entry.rules)})"


def _rules(count: int) -> str:
    return "1 regel" if count == 1 else f"{count} regler"


def _plain(text: str) -> str:
    """A text that Markdown and HTML take as it stands."""
    safe = escape(" ".join(text.split()), quote=True)
    for sign in "\\`*_[]|~":
        safe = safe.replace(sign, f"&#{ord(sign)};")
    return safe


def matrix_html(plan: Plan) -> str:
    """The matrix as an HTML table (`<table>` only), for a page to hold.

    Args:
        plan: the plan.

    Returns:
        The table with headers that screen readers follow; labels escaped.
    """
    matrix = matrix_of(plan)
    label = {word: escape(capital(function.label)) for word, function in plan.functions.items()}
    rows = ["<table>", f"<caption>{NAME}</caption>"]
    rows.append("<tr><td></td>" + "".join(f'<th scope="col">{label[word]}</th>' for word in matrix.told) + "</tr>")
    for teller in matrix.tellers:
        cells = []
        for word in matrix.told:
            said = (
                f"{entry.verb}: {entry.told} ({escape(entry.ground)}; {_rules(entry.rules)})"
                for entry in entries(matrix.cells.get((teller, word), ()))
            )
            cells.append(f"<td>{'<br/>'.join(said)}</td>")
        rows.append(f'<tr><th scope="row">{label[teller]}</th>' + "".join(cells) + "</tr>")
    return "\n".join([*rows, "</table>"]) + "\n"


# -------------------------------------------------------------------------------------------------- as a picture


def matrix_sources(plan: Plan) -> tuple[str, ...]:
    """The matrix as Graphviz source: tables at fixed places, drawn through the graph's `_background`.

    Args:
        plan: the plan.

    Returns:
        Digraphs in DOT with no nodes but one that isn't seen: as many as it takes for their letters to be read on A3, parted
        between those who tell.
    """
    matrix = matrix_of(plan)
    parts: list[tuple[str, ...]] = []
    for teller in matrix.tellers:
        longer = (*parts[-1], teller) if parts else ()
        if longer and _Table(plan, matrix, longer).points_on_a3 >= LEGIBLE:
            parts[-1] = longer
        else:
            parts.append((teller,))
    pages = [f" ({number} av {len(parts)})" if len(parts) > 1 else "" for number in range(1, len(parts) + 1)]
    return tuple(_source(_Table(plan, matrix, part, page)) for part, page in zip(parts, pages, strict=True))


def _source(table: _Table) -> str:
    from graphviz import Digraph

    width, height, operations = table.drawn()
    attributes = {
        "pad": "0", "margin": "0", "bb": f"0,0,{number(width)},{number(height)}", "bgcolor": PAPER, "tooltip": NAME,
    }  # fmt: skip
    graph = Digraph(table.name, graph_attr={**quoted(attributes), "_background": operations})
    graph.node("n1", label="", style="invis", fixedsize="true", width="0.1", height="0.1", pos="10,10!")
    return str(graph.source)


_Line = tuple[str, bool]


class _Table:
    """The table with the cell width that lets it be printed largest. Laws are numbered, and cited under the table."""

    def __init__(self, plan: Plan, matrix: Matrix, tellers: Sequence[str], page: str = "") -> None:
        self.plan = plan
        self.name = f"{NAME}{page}"
        cells = {place: cell for place, cell in matrix.cells.items() if place[0] in tellers}
        told = tuple(word for word in matrix.told if any(other == word for _, other in cells))
        self.matrix = Matrix(tuple(tellers), told, cells)
        self.heads = {word: capital(function.label) for word, function in plan.functions.items()}
        cited = (flow.citation for cell in cells.values() for flow in cell if flow.ground == "clause")
        self.laws = {citation: index for index, citation in enumerate(sorted(set(cited), key=_in_order), 1)}
        tries = [LEAST + 4.0 * step for step in range(int((MOST - LEAST) / 4.0) + 1)]
        self.cell = max(tries, key=self._scale)

    @property
    def points_on_a3(self) -> float:
        """The size of the smallest letters on A3."""
        return SMALL * self._scale(self.cell)

    def _scale(self, cell: float) -> float:
        width, height = self._size(cell)
        return min(A3_LANDSCAPE[0] / width, A3_LANDSCAPE[1] / height)

    def _size(self, cell: float) -> tuple[float, float]:
        width = max(2 * MARGIN + ROW_HEAD + cell * max(1, len(self.matrix.told)), 420.0)
        heights = [
            *(high for _, high, _, _ in self._title(width)),
            self._head_height(cell),
            *(self._row_height(teller, cell) for teller in self.matrix.tellers),
            10.0,
            max(map(len, self._notes(width))) * SMALL * LEADING,
        ]
        return width, 2 * MARGIN + sum(heights)

    def _title(self, width: float) -> list[tuple[str, float, float, bool]]:
        """The lines over the table: text, height, size, bold."""
        return [
            (self.name, TITLE * 1.3, TITLE, True),
            *(
                (line, SUBTITLE * 1.3, SUBTITLE, False)
                for line in wrap(f"{self.plan.title}. {INTRO} {TIMES}", width - 2 * MARGIN, SUBTITLE)
            ),
            ("", 8.0, SMALL, False),
        ]

    def _notes(self, width: float) -> tuple[list[str], list[str]]:
        """The lines under the table, which say which law each number is: two columns, and no law is parted between them."""
        notes = [wrap(f"lag {index}: {law}", width / 2 - 2 * MARGIN, SMALL) for law, index in self.laws.items()]
        half = sum(map(len, notes)) / 2
        columns: tuple[list[str], list[str]] = ([], [])
        for lines in notes:
            columns[len(columns[0]) >= half].extend(lines)
        return columns

    def _head_height(self, cell: float) -> float:
        lines = [wrap(self.heads[word], cell - 2 * PAD, SMALL, bold=True) for word in self.matrix.told]
        return max((len(line) for line in lines), default=1) * SMALL * LEADING + 2 * PAD

    def _row_height(self, teller: str, cell: float) -> float:
        own = len(wrap(self.heads[teller], ROW_HEAD - 2 * PAD, LANE, bold=True)) * LANE * LEADING
        cells = [self._cell_height(self._lines(teller, word, cell)) for word in self.matrix.told]
        return max([own, *cells]) + 2 * PAD

    def _cell_height(self, lines: Sequence[_Line]) -> float:
        return sum(SMALL * LEADING if text else BETWEEN for text, _ in lines)

    def _lines(self, teller: str, word: str, cell: float) -> list[_Line]:
        """The lines of a cell and whether they are bold; an empty one parts two entries."""
        lines: list[_Line] = []
        width = cell - 2 * PAD
        for verb, told, ground, count in self._entries(teller, word):
            if lines:
                lines.append(("", False))
            lines += [(line, True) for line in wrap(verb, width, SMALL, bold=True)]
            lines += [(line, False) for line in wrap(told, width, SMALL)]
            lines += [(line, False) for line in wrap(f"{ground}{f' × {count}' if count > 1 else ''}", width, SMALL)]
        return lines

    def _entries(self, teller: str, word: str) -> list[tuple[str, str, str, int]]:
        alike: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for flow in self.matrix.cells.get((teller, word), ()):
            ground = f"lag {self.laws[flow.citation]}" if flow.ground == "clause" else SHORT_GROUNDS[flow.ground]
            alike[TELLS[flow.kind], SHORT_TOLD[flow.telling], ground].add(flow.rule)
        return [(*said, len(rules)) for said, rules in alike.items()]

    # ------------------------------------------------------------------------------------------------- drawing

    def drawn(self) -> tuple[float, float, str]:
        """The size of the picture and its drawing operations."""
        width, height = self._size(self.cell)
        canvas = Canvas(height)
        canvas.rectangle(0, 0, width, height, PAPER)
        y = MARGIN
        for text, high, size, bold in self._title(width):
            if text:
                canvas.text(text, MARGIN, y + size * 0.95, size, INK if bold else GREY, bold, "start")
            y += high
        y = self._heads(canvas, y)
        for index, teller in enumerate(self.matrix.tellers):
            y = self._row(canvas, teller, y, BAND if index % 2 else PAPER)
        y += 10.0
        for x, column in zip((MARGIN, width / 2), self._notes(width), strict=True):
            for row, text in enumerate(column):
                canvas.text(text, x, y + row * SMALL * LEADING + SMALL * 0.9, SMALL, GREY, anchor="start")
        return width, height, str(canvas)

    def _heads(self, canvas: Canvas, y: float) -> float:
        high = self._head_height(self.cell)
        for index, word in enumerate(self.matrix.told):
            x = MARGIN + ROW_HEAD + index * self.cell
            canvas.rectangle(x, y, self.cell, high, LANE_HEAD, RULE)
            lines = wrap(self.heads[word], self.cell - 2 * PAD, SMALL, bold=True)
            self._centred(canvas, lines, x + self.cell / 2, y + high / 2, SMALL)
        return y + high

    def _centred(self, canvas: Canvas, lines: Sequence[str], x: float, middle: float, size: float) -> None:
        top = middle - len(lines) * size * LEADING / 2
        for row, line in enumerate(lines):
            canvas.text(line, x, top + row * size * LEADING + size * 0.9, size, INK, bold=True)

    def _row(self, canvas: Canvas, teller: str, y: float, fill: str) -> float:
        high = self._row_height(teller, self.cell)
        canvas.rectangle(MARGIN, y, ROW_HEAD, high, LANE_HEAD, RULE)
        heads = wrap(self.heads[teller], ROW_HEAD - 2 * PAD, LANE, bold=True)
        self._centred(canvas, heads, MARGIN + ROW_HEAD / 2, y + high / 2, LANE)
        for index, word in enumerate(self.matrix.told):
            x = MARGIN + ROW_HEAD + index * self.cell
            same = teller == word and (teller, word) not in self.matrix.cells
            canvas.rectangle(x, y, self.cell, high, NOBODY if same else fill, RULE)
            top = y + PAD
            for text, bold in self._lines(teller, word, self.cell):
                if text:
                    canvas.text(text, x + PAD, top + SMALL * 0.9, SMALL, INK, bold, "start")
                top += SMALL * LEADING if text else BETWEEN
        return y + high


def _in_order(citation: str) -> tuple[str, list[int], str]:
    """Citations by law, then by chapter and section as numbers."""
    place, _, law = citation.rpartition("§ ")
    return law, [int(found) for found in re.findall(r"\d+", place)], place
