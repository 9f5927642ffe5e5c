"""The pictures of the report: log axes, labels at the things themselves, colours of Okabe and Ito (safe for the colour-blind)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator
from tests.benchmarks.deciding import EXPLAINED, FIRED, LIVE
from tests.benchmarks.living import AT_EVENTS, FIRES
from tests.benchmarks.matching import DURABLE
from tests.benchmarks.peers import Clips, CompiledBits, ZenTable

BLUE, ORANGE, GREEN, RED, GREY, INK = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#8A8A8A", "#222222"
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": GREY,
    "axes.labelcolor": INK, "text.color": INK, "xtick.color": INK, "ytick.color": INK, "axes.titlesize": 11,
    "axes.titlelocation": "left", "axes.titlepad": 12, "svg.hashsalt": "samverkan",
}  # fmt: skip


def colour_of(name: str) -> str:
    """Ours blue, zen orange, CLIPS green, durable-rules red."""
    if name.startswith("zen"):
        return ORANGE
    return GREEN if name == Clips.name else RED if "durable" in name else BLUE


def duration(microseconds: float) -> str:
    """A duration with a unit that suits it."""
    if microseconds == 0:
        return "0"
    for limit, unit in ((1e3, "µs"), (1e6, "ms")):
        if microseconds < limit * 0.9995:
            return f"{microseconds / limit * 1e3:.3g} {unit}"
    return f"{microseconds / 1e6:.3g} s"


def times(ratio: float) -> str:
    """How many times something is, with three digits that count."""
    return f"×{ratio:,.0f}".replace(",", " ") if ratio >= 100 else f"×{ratio:.3g}"


def write_plots(found: Mapping[str, Any], folder: Path) -> list[Path]:
    """Every picture as SVG; what was written."""
    pictures: dict[str, Callable[[Mapping[str, Any]], Figure]] = {
        "matching": _matching, "explained": _explained, "growth-rules": _growth_rules, "growth-events": _growth_events,
        "starting": _starting,
    }  # fmt: skip
    written = []
    with mpl.rc_context(STYLE):
        for name, draw in pictures.items():
            figure = draw(found)
            path = folder / f"{name}.svg"
            figure.savefig(path, metadata={"Date": None}, facecolor="white")
            path.write_text("\n".join(line.rstrip() for line in path.read_text("utf-8").splitlines()) + "\n", "utf-8")
            written.append(path)
    return written


# -- dots -------------------------------------------------------------------------------------------------------------------------


def _dots(axes: Axes, values: Mapping[str, float], notes: Mapping[str, str]) -> None:
    """Dots on a log axis, a line of its own for each, with its value and its note beside it."""
    names = list(values)
    axes.set_xscale("log")
    least = min(values.values()) / 2.5
    colours = [colour_of(name) for name in names]
    # A dot, since the length of a bar says nothing on a log axis; the line only leads the eye to the name.
    axes.hlines(range(len(names)), least, list(values.values()), color=colours, linewidth=1.2, alpha=0.45)
    axes.scatter(list(values.values()), range(len(names)), color=colours, s=46, zorder=3)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(least, max(values.values()) * 9)
    _durations(axes.xaxis)
    axes.grid(axis="x", color="#E4E4E4", linewidth=0.8)
    axes.set_axisbelow(True)
    for place, name in enumerate(names):
        text = duration(values[name]) + notes[name]
        axes.annotate(text, (values[name], place), xytext=(8, 0), textcoords="offset points", va="center", fontsize=9)


def _durations(axis: Any) -> None:
    axis.set_major_formatter(FuncFormatter(lambda value, _: duration(value)))
    axis.set_minor_formatter(NullFormatter())


def _matching(found: Mapping[str, Any]) -> Figure:
    figure = Figure(figsize=(9.2, 6.6), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True)
    titles = {
        "complete": "Which of 100 rules hold, all facts known",
        "unknown": "A third of the facts unknown: which hold, and which may",
    }
    for axes, kind in ((above, "complete"), (below, "unknown")):
        per_state = found["matching"][kind]["per_state"]
        values = {name: one["cpu_us"] for name, one in sorted(per_state.items(), key=lambda item: item[1]["cpu_us"])}
        notes = {name: "" if name == CompiledBits.name else f"  {times(one['times_compiled'])}" for name, one in per_state.items()}
        _dots(axes, values, notes)
        axes.set_title(titles[kind])
    below.set_xlabel("CPU time for one state (log), and how many times that of compiled")
    return figure


def _explained(found: Mapping[str, Any]) -> Figure:
    figure = Figure(figsize=(9.2, 3.4), layout="constrained")
    axes = figure.subplots()
    its = found["explained"]
    values = {name: its[name]["cpu_us"] for name in sorted(its, key=lambda name: float(its[name]["cpu_us"]))}
    _dots(axes, values, {name: "" if name in (EXPLAINED, FIRED, LIVE) else "  bare" for name in values})
    axes.set_title("An explained decision, and zen-engine’s bare evaluation")
    axes.set_xlabel("CPU time (log)")
    return figure


def _starting(found: Mapping[str, Any]) -> Figure:
    figure = Figure(figsize=(9.2, 3.2), layout="constrained")
    axes = figure.subplots()
    values = {name: one["cpu_ms"] * 1e3 for name, one in found["starting"].items()}
    names = list(values)
    axes.barh(range(len(names)), list(values.values()), color=[GREY, *[BLUE] * (len(names) - 1)], height=0.62)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(0, max(values.values()) * 1.2)
    _durations(axes.xaxis)
    axes.grid(axis="x", color="#E4E4E4", linewidth=0.8)
    axes.set_axisbelow(True)
    for place, name in enumerate(names):
        text = duration(values[name]) + (f"  {times(found['starting'][name]['times_python'])}" if place else "")
        axes.annotate(text, (values[name], place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
    axes.set_title("Starting, each in a new process")
    axes.set_xlabel("CPU time, and how many times that of a Python that does nothing")
    return figure


# -- growth -----------------------------------------------------------------------------------------------------------------------

Lines = Mapping[str, tuple[Sequence[float], Sequence[float]]]


def _lines(axes: Axes, lines: Lines, colours: Mapping[str, str], scale: float = 1.0) -> None:
    """Lines on two log axes, each with its name at its end, in its colour."""
    axes.set_xscale("log")
    axes.set_yscale("log")
    ends = []
    for name, (xs, ys) in lines.items():
        axes.plot(xs, [y * scale for y in ys], color=colours[name], marker="o", markersize=4.5, linewidth=1.8)
        ends.append((xs[-1], ys[-1] * scale, name))
    last = max(xs[-1] for xs, _ in lines.values())
    first = min(xs[0] for xs, _ in lines.values())
    axes.set_xlim(first * 0.8, last * (last / first) ** 0.42)
    axes.grid(color="#E4E4E4", linewidth=0.8)
    axes.set_axisbelow(True)
    tens = [10**n for n in range(1, 6) if first <= 10**n <= last]
    ticks = tens if len(tens) > 1 else sorted({int(x) for xs, _ in lines.values() for x in xs})
    axes.set_xticks(ticks, [f"{tick:,}".replace(",", " ") for tick in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
    low, high = axes.get_ylim()
    if high / low < 200:
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    for x, y, name, moved in _apart([end for end in ends if end[0] == last]):
        _named(axes, name, (x, y), (8, moved), "left", colours[name])
    for x, y, name in (end for end in ends if end[0] != last):  # above its end: to the right others go on
        _named(axes, name, (x, y), (-3, 11), "right", colours[name])


def _named(axes: Axes, name: str, at: tuple[float, float], moved: tuple[float, float], align: str, colour: str) -> None:
    axes.annotate(
        name, at, xytext=moved, textcoords="offset points", ha=align, va="center", color=_dark(colour), fontsize=9,
    )  # fmt: skip


def _apart(ends: list[tuple[float, float, str]]) -> list[tuple[float, float, str, float]]:
    """The ends with how far each label is moved upwards, in points, so that labels of one place don't lie on each other."""
    placed: list[tuple[float, float, str, float]] = []
    for x, y, name in sorted(ends, key=lambda end: end[1]):
        near = [p for p in placed if p[0] == x and y / p[1] < 2.2]
        placed.append((x, y, name, near[-1][3] + 9 if near else 0.0))
    return placed


def _dark(colour: str) -> str:
    return {ORANGE: "#9A6A00", GREEN: "#00704F", GREY: "#5A5A5A"}.get(colour, colour)


def _growth_rules(found: Mapping[str, Any]) -> Figure:
    figure = Figure(figsize=(10.4, 4.4), layout="constrained")
    left, right = figure.subplots(1, 2)
    its = found["growth_rules"]
    names = [CompiledBits.name, ZenTable.name, Clips.name, DURABLE]
    colours = {name: colour_of(name) for name in names}
    for axes, key, scale in ((left, "per_state_us", 1.0), (right, "built_ms", 1e3)):
        lines = {}
        for name in names:
            those = [one for one in its if name in one[key]]
            if those:
                lines[name] = ([one["rules"] for one in those], [one[key][name] for one in those])
        _lines(axes, lines, colours, scale)
        _durations(axes.yaxis)
        axes.set_xlabel("rules (log)")
    left.set_title("Matching one state, CPU time")
    right.set_title("Making the rules ready, once, CPU time")
    return figure


def _growth_events(found: Mapping[str, Any]) -> Figure:
    figure = Figure(figsize=(10.4, 4.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    its = found["living"]
    counts = [one["events"] for one in its]
    lines = {name: (counts, [one[name]["p50_ms"] for one in its]) for name in FIRES}
    _lines(left, lines, dict(zip(FIRES, (BLUE, GREEN, RED), strict=True)), 1e3)
    _durations(left.yaxis)
    if AT_EVENTS in counts:
        for limit, text, moved, align in (
            (1e3, "goal for fire: 1 ms", (-8, 9), "right"), (5e3, "goal for the past: 5 ms", (9, 0), "left"),
        ):  # fmt: skip
            left.plot(
                [AT_EVENTS], [limit], color=INK, marker="D", markersize=6, markerfacecolor="white", linestyle="none", zorder=5
            )
            left.annotate(
                text, (AT_EVENTS, limit), xytext=moved, textcoords="offset points", ha=align, va="center", fontsize=8.5,
                color="#5A5A5A",
            )  # fmt: skip
    left.set_title(f"One more event, {its[0]['persons']} persons, CPU time (p50)")
    left.set_xlabel("events in the case (log)")
    cases = found["memory"]["cases"]
    held = "held"
    _lines(right, {held: ([one["events"] for one in cases], [one["kb"] for one in cases])}, {held: BLUE})
    right.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} kB"))
    right.yaxis.set_minor_formatter(NullFormatter())
    goal = [100 + one["events"] - 20 for one in cases]
    right.plot([one["events"] for one in cases], goal, color=GREY, linewidth=1, linestyle=(0, (4, 3)))
    middle = len(cases) // 2
    right.annotate(
        "goal", (cases[middle]["events"], goal[middle]), xytext=(8, -6), textcoords="offset points", va="center", fontsize=9,
        color="#5A5A5A",
    )  # fmt: skip
    right.set_title(f"What a case of {found['memory']['persons']} persons holds")
    right.set_xlabel("events in the case (log)")
    return figure
