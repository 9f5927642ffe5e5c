"""Which rules hold: our matchers and the peers on the neutral workload, in turn, with equal checksums; and as rules grow."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from tests.benchmarks.durable_worker import DurableProcess
from tests.benchmarks.measuring import Contender, in_turn, ratios, rounded, timed
from tests.benchmarks.peers import OURS, PEERS, Clips, CompiledBits, Peer, ZenCrossing, ZenTable
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.workload import Workload, checksum, unknown_share

from samverkan.decide.durable import is_installed

RULES = 100
DURABLE = "durable-rules"
Tick = Callable[[str], None]


def said_by(peer: Peer) -> str:
    """The checksum of what a peer says of all its states."""
    return checksum(peer.names(peer.holding(one)) for one in peer.inputs)


def contender(peer: Peer) -> Contender:
    """A peer to be measured."""
    return Contender(peer.name, lambda repeats: timed(peer.holding, peer.inputs, repeats))


def beside_peers(sizes: Sizes, tick: Tick) -> dict[str, Any]:
    """Both kinds of states, complete and with facts that are unknown, through everything."""
    return {kind: _beside(sizes, kind == "complete", tick) for kind in ("complete", "unknown")}


def _beside(sizes: Sizes, complete: bool, tick: Tick) -> dict[str, Any]:
    work = Workload(RULES, sizes.states, complete)
    peers = [make(work) for make in (*OURS, *PEERS)]
    sums = {peer.name: said_by(peer) for peer in peers}
    contenders = [*map(contender, [*peers, ZenCrossing(work)])]
    with ExitStack() as stack:
        if is_installed():
            durable = stack.enter_context(DurableProcess(RULES, sizes.states, complete))
            sums[DURABLE] = durable.checksum
            contenders.append(Contender(DURABLE, durable.match))
        assert len(set(sums.values())) == 1, sums
        timings = in_turn(contenders, sizes.rounds, sizes.least, lambda: tick("matching beside peers"))
    against = ratios(timings, CompiledBits.name)
    held = sum(len(peers[0].names(peers[0].holding(one))) for one in peers[0].inputs) / sizes.states
    return {
        "states": sizes.states, "rules": RULES, "rows_of_peers": len(work.rows), "rows_that_hold": rounded(held),
        "unknown_share": rounded(unknown_share(work), 3), "checksum": sums[CompiledBits.name],
        "per_state": {name: {**timing.as_json(), "times_compiled": against[name]} for name, timing in timings.items()},
    }  # fmt: skip


def growth(sizes: Sizes, tick: Tick) -> list[dict[str, Any]]:
    """Matching of one state, and building, as the number of rules grows. The facts stay 20."""
    return [_grown(sizes, rules, tick) for rules in sizes.rules]


def _grown(sizes: Sizes, rules: int, tick: Tick) -> dict[str, Any]:
    states = max(5, min(sizes.states, 100_000 // rules))
    work = Workload(rules, states, complete=True)
    peers: list[Peer] = []
    built: dict[str, float] = {}
    made: tuple[type[Peer], ...] = (CompiledBits, ZenTable, Clips)
    for make in made:
        gc.collect()
        begun = time.process_time()
        peers.append(make(work))
        built[make.name] = rounded((time.process_time() - begun) * 1e3)
        tick("growth over rules")
    with ExitStack() as stack:
        sums = {peer.name: said_by(peer) for peer in peers}
        contenders = [contender(peer) for peer in peers]
        if rules <= sizes.rules_for_durable and is_installed():
            durable = stack.enter_context(DurableProcess(rules, states, complete=True))
            sums[DURABLE], built[DURABLE] = durable.checksum, rounded(durable.built * 1e3)
            contenders.append(Contender(DURABLE, durable.match))
        assert len(set(sums.values())) == 1, sums
        timings = in_turn(contenders, max(2, sizes.rounds // 3), sizes.least, lambda: tick("growth over rules"))
    return {
        "rules": rules, "states": states, "checksum": sums[CompiledBits.name], "built_ms": built,
        "per_state_us": {name: rounded(timing.cpu * 1e6) for name, timing in timings.items()},
    }  # fmt: skip
