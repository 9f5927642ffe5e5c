"""Random small plans, each with a short story, that leave a handful of facts unknown: what questions are tried on.

Made from a seed alone, so that any of them can be made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from tests.generators.plans import plan_of

from samverkan.decide.answer import DecisionId
from samverkan.decide.deciding import decide
from samverkan.decide.events import About, Event, Mark
from samverkan.plan.model import (
    PERSON,
    UNKNOWN,
    Atom,
    Conclusion,
    Condition,
    Deadline,
    EventType,
    Fact,
    Impossible,
    Measure,
    Override,
    Plan,
    Ref,
    Rule,
    Says,
    Some,
)

NOW = datetime(2024, 10, 29, 9, tzinfo=UTC)
OFFENCE = datetime(2024, 6, 21, 10, tzinfo=UTC)
DEADLINES = (
    None,
    Deadline("at once", text="at once"),
    Deadline("promptly", text="promptly"),
    Deadline("hours", 24, text="24 hours"),
    Deadline("days", 14, text="14 days"),
)
ENDS = {"kop": "P2", "sal": "P1"}


@dataclass(frozen=True)
class Told:
    """A plan, what has happened under it, and now."""

    plan: Plan
    events: tuple[Event, ...]
    as_of: datetime


class _Making:
    def __init__(self, seed: int, most_facts: int) -> None:
        self.chance = Random(seed)
        self.deal = self.chance.random() < 0.5
        self.facts: dict[str, Fact] = {}
        for number in range(self.chance.randint(2, most_facts)):
            of = "deal" if self.deal and number and self.chance.random() < 0.4 else PERSON
            role = "sal" if of == PERSON and self.chance.random() < 0.7 else None
            values = {f"v{value}": f"värde {value}" for value in range(self.chance.choice((2, 2, 3)))}
            back = {"v0": 7} if self.chance.random() < 0.2 else {}
            now = self.chance.random() < 0.3
            self.facts[f"f{number}"] = Fact(
                f"f{number}", of, role, f"uppgift {number}", values, read_now=now, reaches_back=back,
                in_conflict="v1" if self.chance.random() < 0.2 else None,
            )  # fmt: skip
        self.conclusions: dict[str, Conclusion] = {}
        if self.chance.random() < 0.4:
            self.conclusions["c0"] = Conclusion("c0", PERSON, None, "slutsats", self.condition(PERSON, 2), ())
        if self.deal and self.chance.random() < 0.6:
            some = Some("deal", "kop", self.condition("deal", 2))
            self.conclusions["c1"] = Conclusion("c1", PERSON, "kop", "slutsats över köpet", Condition(some=(some,)), ())

    def atom(self, sort: str, role: str | None = None) -> Atom:
        end = self.chance.choice([None, None, *ENDS]) if sort == "deal" else None
        of, its = (PERSON, end) if end is not None else (sort, role)
        facts = [f.id for f in self.facts.values() if f.of == of and f.role in (None, its)]
        facts += [c.id for c in getattr(self, "conclusions", {}).values() if c.of == of and c.role in (None, its)]
        if not facts:
            return self.atom(sort, role) if sort == "deal" else Atom(None, next(iter(self.facts)), ("v0",))
        name = self.chance.choice(facts)
        values = ["true", "false"] if name not in self.facts else list(self.facts[name].values)
        wanted = self.chance.sample(values, self.chance.choice((1, 1, 1, 2)))
        return Atom(end, name, (*wanted, UNKNOWN) if self.chance.random() < 0.15 else tuple(wanted))

    def condition(self, sort: str, most: int, role: str | None = None) -> Condition:
        atoms = tuple(self.atom(sort, role) for _ in range(self.chance.randint(1, most)))
        if self.chance.random() < 0.2:
            either = tuple(Condition(atoms=(self.atom(sort, role),)) for _ in range(2))
            return Condition(atoms=atoms[1:], any=either)
        return Condition(atoms=atoms)

    def measure(self, number: int, sort: str, earlier: Sequence[Rule]) -> Measure:
        strength = self.chance.choice(("must", "must", "should", "may"))
        name, who = f"m{number}", (self.chance.choice(("pol", "soc")),)
        deadline = self.chance.choice(DEADLINES)
        kind = self.chance.choice(("inform", "inform", "perform", "refrain", "assess", "notify", "consent"))
        about = self.chance.choice(("kop", "sal")) if sort == "deal" else None
        own = [fact.id for fact in self.facts.values() if fact.of == sort and fact.role is None]
        if kind == "assess" and own:
            return Measure(name, strength, "assess", self.chance.choice(own), who, deadline=deadline)  # type: ignore[arg-type]
        if kind == "refrain":
            return Measure(name, strength, "refrain", "order", who)  # type: ignore[arg-type]
        if kind in ("notify", "consent"):
            consent = {"allowed_consent": "soc"} if kind == "consent" else {"allowed_clause": "lag/p1"}
            return Measure(
                name, strength, "notify", "soc", ("pol",), about=about, telling="identity", deadline=deadline, **consent  # type: ignore[arg-type]
            )
        others = [
            Ref(r.id, m.id) for r in earlier if r.of == sort for m in r.then
            if m.kind in ("inform", "perform") and m.about == about
        ]  # fmt: skip
        joined = self.chance.choice(others) if others and self.chance.random() < 0.3 else None
        word = ("inform", "info") if kind != "perform" else ("perform", "lead")
        return Measure(name, strength, *word, who, about=about, deadline=deadline, alternative=joined)  # type: ignore[arg-type]

    def rule(self, number: int, earlier: Sequence[Rule]) -> Rule:
        sort = "deal" if self.deal and self.chance.random() < 0.4 else PERSON
        role = self.chance.choice((None, "sal", "sal", "kop")) if sort == PERSON else None
        unless = (self.condition(sort, 2, role),) if self.chance.random() < 0.25 else ()
        then = tuple(self.measure(n, sort, earlier) for n in range(self.chance.choice((1, 1, 2))))
        phase = self.chance.choice(("fas", "senare"))
        over = [r.id for r in earlier if r.of == sort]
        overrides = (Override(self.chance.choice(over), "skäl"),) if over and self.chance.random() < 0.2 else ()
        return Rule(
            f"r{number}", "pol", f"regel {number}", "r", phase, "assumed", sort, role, self.condition(sort, 3, role), unless, then,
            ("lag/p1",), date(2013, 5, 1), by_offence=sort == "deal" and self.chance.random() < 0.4, overrides=overrides,
        )  # fmt: skip

    def plan(self) -> Plan:
        rules: list[Rule] = []
        for number in range(self.chance.randint(2, 6)):
            rules.append(self.rule(number, rules))
        person = [fact.id for fact in self.facts.values() if fact.of == PERSON]
        impossible: tuple[Impossible, ...] = ()
        if len(person) > 1 and self.chance.random() < 0.3:
            pair = self.chance.sample(person, 2)
            impossible = (Impossible(PERSON, None, tuple(Atom(None, fact, ("v0",)) for fact in pair), "kan inte vara så"),)
        said = {of: [f.id for f in self.facts.values() if f.of == of] for of in (PERSON, "deal")}
        found = tuple(Says("establishes", None, fact) for fact in said[PERSON][::2])
        events = {
            "met": EventType("met", "träffad", PERSON, None, introduces=True),
            "dealt": EventType("dealt", "köp", "deal", None, introduces=True),
            "found": EventType("found", "funnet", PERSON, None, says=found),
            "agreed": EventType("agreed", "samtycke", PERSON, None, consent="given"),
            "declined": EventType("declined", "nej", PERSON, None, consent="refused"),
        }
        for effect in ("claims", "changes"):
            for of in (PERSON, "deal"):
                name = f"{effect}_{of}"
                events[name] = EventType(name, name, of, None, says=tuple(Says(effect, None, f) for f in said[of]))
        plain = plan_of(rules)
        functions = {name: replace(function, found_by=()) for name, function in plain.functions.items()}
        return replace(
            plain, id="fråga", facts=self.facts, conclusions=self.conclusions, events=events, impossible=impossible,
            functions=functions, phases={"fas": "Fas", "senare": "Senare"},
        )  # fmt: skip

    def events(self, plan: Plan) -> tuple[Event, ...]:
        at = [NOW - timedelta(hours=hours) for hours in range(40, 0, -4)]
        found = [Event("e0", at[0], at[0], type="met", about=About("P1", PERSON, "sal"))]
        if self.deal:
            about = About("K1", "deal", ends=("P2", self.chance.choice(("P1", "P1", "P1", None))))
            offence = OFFENCE if self.chance.random() < 0.5 else None
            found.append(Event("e1", at[1], at[1], type="dealt", about=about, offence_at=offence))
        for fact in self.facts.values():
            if self.chance.random() < 0.35:
                subject = "K1" if fact.of == "deal" else self.chance.choice(["P1", "P1", *(["P2"] if self.deal else [])])
                when = self.chance.choice(at[2:8])
                value = self.chance.choice([*fact.values, UNKNOWN])
                kind = f"{self.chance.choice(('claims', 'changes'))}_{fact.of}"
                found.append(Event(f"s{fact.id}", when, when, type=kind, about=About(subject), facts=((fact.id, value),)))
        if self.chance.random() < 0.3:
            kind = self.chance.choice(("agreed", "declined"))
            telling = "identity" if kind == "agreed" else None
            found.append(Event("c", at[3], at[3], type=kind, about=About("P1"), recipient="soc", telling=telling))
        for number in range(self.chance.choice((0, 0, 1, 2))):
            decided = decide(plan, found, at[8]).decisions
            ids: list[DecisionId] = [d.id for d in decided if d.status == "due" and d.kind not in ("refrain", "assess")]
            if ids:
                one = self.chance.choice(ids)
                found.append(Event(f"d{number}", at[8], at[8], mark=Mark("done", one.rule, one.measure, one.subject, one.bearer)))
        if self.chance.random() < 0.2 and len(found) > 2:
            taken = found[self.chance.randrange(1, len(found))]
            if taken.id.startswith("s"):
                found.append(Event(taken.id, at[9], at[9], revision=2, void=True))
        return tuple(found)


def told(seed: int, most_facts: int = 4) -> Told:
    """The plan and the story of a seed."""
    making = _Making(seed, most_facts)
    plan = making.plan()
    return Told(plan, making.events(plan), NOW)
