"""What rules depend on each other through overrides, acceptances and passed deadlines; none may depend on itself."""

from __future__ import annotations

from samverkan.plan.errors import Problems
from samverkan.plan.model import Plan


def check_dependence(plan: Plan, problems: Problems) -> None:
    """Adds each ring of rules once."""
    needs: dict[str, list[str]] = {rule: [] for rule in plan.rules}
    for rule in plan.rules.values():
        for override in rule.overrides:
            needs[override.rule].append(rule.id)
        if rule.each is not None and rule.each.ref is not None:
            needs[rule.id].append(rule.each.ref.rule)
    for ring in rings(needs):
        named = " → ".join([*ring, ring[0]])
        text = f"reglerna beror på varandra i en ring ({named}). Bryt den: ta bort en 'overrides' eller 'each'."
        problems.error(plan.rules[ring[0]].at, "cycle", text)


def rings(needs: dict[str, list[str]]) -> list[list[str]]:
    """The rings that a walk in the order of ids comes back to; every ring is closed by one of them."""
    rings: list[list[str]] = []
    done: set[str] = set()
    for start in sorted(needs):
        path: list[str] = []
        waiting = [(start, iter(sorted(needs[start])))] if start not in done else []
        path += [start] if waiting else []
        while waiting:
            rule, rest = waiting[-1]
            following = next(rest, None)
            if following is None:
                waiting.pop()
                path.pop()
                done.add(rule)
            elif following in path:
                ring = path[path.index(following) :]
                low = ring.index(min(ring))
                rings.append(ring[low:] + ring[:low])
            elif following not in done:
                path.append(following)
                waiting.append((following, iter(sorted(needs[following]))))
    return [list(ring) for ring in dict.fromkeys(map(tuple, rings))]
