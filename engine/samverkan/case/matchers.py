"""Which matcher a case uses, by name."""

from __future__ import annotations

from typing import Literal

from samverkan.decide.matching import Matcher
from samverkan.decide.prepared import Prepared, compiled

MatcherName = Literal["compiled", "durable", "auto"]


def matcher_named(ready: Prepared, name: MatcherName) -> Matcher:
    """The matcher of that name for a plan. Raises DurableError where durable-rules is asked for and not installed."""
    if name == "compiled":
        return compiled(ready)
    from samverkan.decide.durable import Compared, is_installed

    if name == "auto" and not is_installed():
        return compiled(ready)
    return Compared(ready.groups)


def name_of(matcher: Matcher) -> MatcherName:
    """The name by which another like it is got, for another plan."""
    return "compiled" if matcher.name == "compiled" else "durable"
