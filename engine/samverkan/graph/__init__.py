"""The plan as a graph: who bears what, who tells whom and on which ground, and what each event sets going."""

from __future__ import annotations

from samverkan.graph.chains import Chain, ChainStep, chains
from samverkan.graph.flows import Flow, flows
from samverkan.graph.plan_graph import plan_graph

__all__ = ["Chain", "ChainStep", "Flow", "chains", "flows", "plan_graph"]
