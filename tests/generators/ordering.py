"""Which rules of a random plan rest on which, so that none comes to rest on itself."""

from __future__ import annotations


class Order:
    """Which rules rest on which: `accepted` and `passed` on what they name, the overridden on the overriding, and those
    that `or` joins on each other. No rule may come to rest on itself (4.b), a joined pair apart."""

    def __init__(self) -> None:
        self.rests_on: dict[str, set[str]] = {}
        self.joined: dict[str, str] = {}

    def _group(self, rule: str) -> str:
        while rule in self.joined:
            rule = self.joined[rule]
        return rule

    def _reaches(self, start: str, goal: str) -> bool:
        seen, todo = set(), [start]
        while todo:
            here = todo.pop()
            if here == goal:
                return True
            if here not in seen:
                seen.add(here)
                todo += [
                    self._group(next_one)
                    for one, all_next in self.rests_on.items()
                    if self._group(one) == here
                    for next_one in all_next
                ]
        return False

    def rest(self, rule: str, other: str) -> bool:
        """Let a rule rest on another; False where that would make a circle."""
        if self._reaches(self._group(other), self._group(rule)):
            return False
        self.rests_on.setdefault(rule, set()).add(other)
        return True

    def join(self, rule: str, other: str) -> bool:
        """Join two rules by `or`; False where one rests on the other by way of something else."""
        one, two = self._group(rule), self._group(other)
        if one == two:
            return False
        if self._reaches(one, two) or self._reaches(two, one):
            return False
        self.joined[one] = two
        return True
