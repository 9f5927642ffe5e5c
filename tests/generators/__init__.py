"""Random small plans and histories for them, valid by construction, and their printing as a story."""

from __future__ import annotations

from tests.generators.histories import Case, cases, histories
from tests.generators.plans import plan_of, plans
from tests.generators.show import show, show_event, show_plan

__all__ = ["Case", "cases", "histories", "plan_of", "plans", "show", "show_event", "show_plan"]
