"""The neutral rules put to other rule engines, each in the fastest forms of it that were found, and to our own matcher.

A peer is built once. Its `inputs` are the states in the form that it takes, made beforehand; `holding` is what is measured; `names`
says in words which rows hold, for the checksum.

zen-engine (GoRules, Rust) and CLIPS (by clipspy) were chosen because both are kept well, install as wheels and are used for such
rules. CLIPS is the classic production system, written in C; unlike rule-engine, business-rules and their like it is no evaluator of
single expressions but matches all rules at once (Rete), as durable-rules does. experta and PyKnow are no longer kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, ClassVar

import clips
import zen
from tests.benchmarks.workload import MAYBE, Row, Workload

from samverkan.decide.matching import Compiled, Found


class Peer:
    """See the module."""

    name: ClassVar[str]
    inputs: Sequence[Any]
    holding: Callable[[Any], Any]

    def __init__(self, work: Workload) -> None:
        raise NotImplementedError

    def names(self, said: Any) -> list[str]:
        raise NotImplementedError


class CompiledBits(Peer):
    """Our compiled matcher as the engine uses it: the answer is bits, and in the same breath which rules are undetermined."""

    name = "compiled"

    def __init__(self, work: Workload) -> None:
        self._complete = work.complete
        self._count = len(work.group.terms)
        self.inputs = work.states
        self.holding = partial(Compiled([work.group]).match, 0)
        self.holding(work.states[0])

    def names(self, said: Found) -> list[str]:
        true, possible = said
        found = [f"rule{number}" for number in range(self._count) if true >> number & 1]
        return found if self._complete else found + [f"{MAYBE}rule{n}" for n in range(self._count) if possible >> n & 1]


class CompiledWords(Peer):
    """The same with words in and names out, as the peers have it: a dict of facts to a list of the names of rows."""

    name = "compiled, words to names"

    def __init__(self, work: Workload) -> None:
        self._matcher = Compiled([work.group])
        self._codes = tuple(zip(work.facts, work.group.codes, strict=True))
        self._size = (len(work.rows) + 7) // 8
        self._shift = 0 if work.complete else len(work.group.terms)
        self._tables = [_Byte([row.name for row in work.rows[place : place + 8]]) for place in range(0, len(work.rows), 8)]
        self.inputs = work.contexts
        for context in work.contexts:
            self.holding(context)

    def holding(self, one: dict[str, str]) -> list[str]:
        true, possible = self._matcher.match(0, tuple([codes[one[fact]] for fact, codes in self._codes]))
        rows = true | possible << self._shift if self._shift else true
        found: list[str] = []
        for table, byte in zip(self._tables, rows.to_bytes(self._size, "little"), strict=True):
            found += table[byte]
        return found

    def names(self, said: list[str]) -> list[str]:
        return said


class _Byte(dict[int, Sequence[str]]):
    """From eight bits to the names that they stand for, filled in as they come."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, byte: int) -> Sequence[str]:
        self[byte] = found = [name for bit, name in enumerate(self._names) if byte >> bit & 1]
        return found


PLACE = {"x": 0, "y": 0}
IN = {"id": "in", "type": "inputNode", "name": "in", "position": PLACE}
OUT = {"id": "out", "type": "outputNode", "name": "out", "position": PLACE}


def _graph(*between: dict[str, Any]) -> dict[str, Any]:
    """A decision of zen: what comes in goes through the nodes and out."""
    nodes = [IN, *between, OUT]
    edges = [{"id": f"e{i}", "sourceId": a["id"], "targetId": b["id"], "type": "edge"} for i, (a, b) in enumerate(pairwise(nodes))]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _table(work: Workload) -> dict[str, Any]:
    """The rows as one decision table of zen that collects every row that holds."""
    column = {fact: f"i{number}" for number, fact in enumerate(work.facts)}
    inputs = [{"id": its, "name": fact, "field": fact} for fact, its in column.items()]
    rules = []
    for row in work.rows:
        cells = dict.fromkeys(column.values(), "")
        cells |= {column[fact]: ", ".join(f'"{value}"' for value in values) for fact, values in row.tests}
        rules.append({"_id": row.name, **cells, "o": f'"{row.name}"'})
    content = {"hitPolicy": "collect", "inputs": inputs, "outputs": [{"id": "o", "name": "row", "field": "row"}], "rules": rules}
    return _graph({"id": "table", "type": "decisionTableNode", "name": "table", "position": PLACE, "content": content})


class ZenTable(Peer):
    """One decision table (hit policy collect), given to the engine at its start (static loader) and evaluated by its key."""

    name = "zen-engine, table by key"

    def __init__(self, work: Workload) -> None:
        self._engine = zen.ZenEngine({"loader": {"type": "static", "content": {"table": _table(work)}}})
        self.inputs = work.contexts
        self.holding(self.inputs[0])

    def holding(self, one: dict[str, str]) -> Any:
        return self._engine.evaluate("table", one)["result"]

    def names(self, said: Any) -> list[str]:
        return [row["row"] for row in said]


class ZenDecision(ZenTable):
    """The same table as a decision of its own: `create_decision` once, then `decision.evaluate`, as in zen's own first example."""

    name = "zen-engine, create_decision"

    def __init__(self, work: Workload) -> None:
        self._decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(_table(work))))
        self.inputs = work.contexts

    def holding(self, one: dict[str, str]) -> Any:
        return self._decision.evaluate(one)["result"]


class ZenExpression(Peer):
    """All rows as one compiled expression: a list of yes and no. It is no table of rules any more, but what zen does fastest."""

    name = "zen-engine, one expression"

    def __init__(self, work: Workload) -> None:
        self._rows = [row.name for row in work.rows]
        self._expression = zen.compile_expression(f"[{', '.join(self._condition(row) for row in work.rows)}]")
        self.inputs = work.contexts

    @staticmethod
    def _condition(row: Row) -> str:
        # JSON's lists and strings are those of zen's expressions too.
        return " and ".join(
            f"{fact} in {json.dumps(values)}" if len(values) > 1 else f"{fact} == {json.dumps(values[0])}"
            for fact, values in row.tests
        )

    def holding(self, one: dict[str, str]) -> Any:
        return self._expression.evaluate(one)

    def names(self, said: Any) -> list[str]:
        return [name for name, holds in zip(self._rows, said, strict=True) if holds]


class ZenCrossing(ZenTable):
    """A decision without rules: what it costs to get a state to zen and something back. It says nothing, so it has no checksum."""

    name = "zen-engine, no rules at all"

    def __init__(self, work: Workload) -> None:
        self._engine = zen.ZenEngine({"loader": {"type": "static", "content": {"table": _graph()}}})
        self.inputs = work.contexts


class Clips(Peer):
    """CLIPS by clipspy: a fact with a slot for each fact, asserted; each rule that holds writes its name; the fact is retracted.

    Of five ways that were tried this was the fastest (a state as text, modified instead of asserted, the agenda read, a router).
    """

    name = "CLIPS (clipspy)"
    HELD: ClassVar[str] = "held"

    def __init__(self, work: Workload) -> None:
        self._clips = clips.Environment()
        self._clips.build(f"(deftemplate state {' '.join(f'(slot {fact} (type SYMBOL))' for fact in work.facts)})")
        self._clips.build(f"(defglobal ?*{self.HELD}* = (create$))")
        for row in work.rows:
            tests = " ".join(f"({fact} {'|'.join(values)})" for fact, values in row.tests)
            self._clips.build(f"(defrule {row.name} (state {tests}) => (bind ?*{self.HELD}* ?*{self.HELD}* {row.name}))")
        self._clips.reset()
        self._template = self._clips.find_template("state")
        self._held = self._clips.find_global(self.HELD)
        self.inputs = [{fact: clips.Symbol(value) for fact, value in context.items()} for context in work.contexts]

    def holding(self, one: dict[str, Any]) -> Any:
        fact = self._template.assert_fact(**one)
        self._clips.run()
        found, self._held.value = self._held.value, ()
        fact.retract()
        return found

    def names(self, said: Any) -> list[str]:
        return [str(name) for name in said]


OURS: tuple[type[Peer], ...] = (CompiledBits, CompiledWords)
PEERS: tuple[type[Peer], ...] = (ZenTable, ZenDecision, ZenExpression, Clips)
