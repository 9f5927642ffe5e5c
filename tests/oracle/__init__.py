"""A slow, plainly right reading of docs/semantics.md §§1-7, for comparing the engine with: nothing of the engine but its data."""

from __future__ import annotations

from tests.oracle.answering import oracle_decide
from tests.oracle.seen import Seen, Verdict

__all__ = ["Seen", "Verdict", "oracle_decide"]
