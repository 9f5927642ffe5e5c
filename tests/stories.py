"""Says a story of a case in a few lines and asks what the engine makes of it: through the real loader, reader and `decide`.

A `Story` collects events as a person would write them (local time in the plan's zone) and is asked for statuses, flags and
questions at any instant. `plan_of` makes a small plan of YAML text, with a common vocabulary and the keys that a rule needs but a
test doesn't care about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from samverkan.case.reading import KEYS, Named, event_from_json, parse_named
from samverkan.case.times import read_time
from samverkan.decide.admission import check_event
from samverkan.decide.answer import Answer, Decision, Question
from samverkan.decide.deciding import decide
from samverkan.decide.events import Event
from samverkan.decide.knowledge import effective
from samverkan.decide.matching import Matcher
from samverkan.plan.errors import Problem
from samverkan.plan.loading import inspect_files, load_plan, read_plan
from samverkan.plan.model import Plan

PLANS = Path(__file__).parent / "corpus" / "plans"
FIRST_AT = "2013-05-14 12:00"
HOUR = timedelta(hours=1)

REPORT = """
rules:
- rule: beslut
  for: person
  each: report_received
  then: [{must perform: larma, deadline: 14 days}]
- rule: ledning
  for: person
  each: {passed: beslut/perform}
  then: [{should inform: stod, deadline: 1 day}]
"""
"""A report that is to be acted on within 14 days, and the leadership, which hears where that has passed."""


@cache
def example_plan() -> Plan:
    """The small plan of hard cases, tests/corpus/plans/exempel."""
    return load_plan(PLANS / "exempel")


class Story:
    """Events in the order in which they are told. One without `at` happens an hour after the one told before it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.events: list[Event] = []
        self._told: dict[str, dict[str, Any]] = {}
        self._zone = ZoneInfo(plan.timezone)
        self._last: datetime | None = None

    # -- telling --------------------------------------------------------------------------------------------------------------

    def event(
        self, kind: str, about: str, at: str | None = None, *, facts: Mapping[str, str] | None = None, **more: Any
    ) -> str:
        """Something happens; its id. `more`: facts (`age="child"`) and the other keys of an event (`id`, `known_at`, …).

        A path with a dot goes into `facts`: `facts={"child.age": "child"}`.
        """
        stated = {**(facts or {}), **{name: value for name, value in more.items() if name not in KEYS}}
        keys = {name: value for name, value in more.items() if name in KEYS}
        return self._tell({"event": kind, "about": about, "facts": stated, **keys}, at)

    def mark(self, kind: str, decision: str, at: str | None = None, **more: Any) -> str:
        """Something becomes of a decision (`done`, `accepted`, `declined`, `acknowledged`); the mark's id."""
        return self._tell({kind: decision, **more}, at)

    def revise(self, event_id: str, known_at: str, **changes: Any) -> str:
        """A new revision of an event, with `changes` in its keys (`facts`, `at`, `about` …; `facts` replaces them all)."""
        before = {key: value for key, value in self._told[event_id].items() if key != "void"}
        told = {**before, **changes, "revision": before.get("revision", 1) + 1, "known_at": known_at}
        return self._add(told)

    def void(self, event_id: str, known_at: str) -> str:
        """The event is taken back, which is known from `known_at`."""
        revision = self._told[event_id].get("revision", 1) + 1
        return self._add({"id": event_id, "revision": revision, "void": True, "known_at": known_at})

    # -- asking ---------------------------------------------------------------------------------------------------------------

    def when(self, at: str | datetime | None = None) -> datetime:
        """An instant as told; without one, that at which the last of the events counts."""
        if isinstance(at, datetime):
            return at
        if at is not None:
            return read_time(at, self._zone)
        return max(effective(event) for event in self.events)

    def answer(self, as_of: str | datetime | None = None, matcher: Matcher | None = None) -> Answer:
        """What `decide` says of the story so far."""
        return decide(self.plan, self.events, self.when(as_of), matcher)

    def decision(self, named: str, as_of: str | datetime | None = None) -> Decision | None:
        """The decision that `rule/measure SUBJECT [by FUNCTION] [#occurrence]` names, or None. It must name at most one."""
        found = [d for d in self.answer(as_of).decisions if _is(parse_named(named), d)]
        assert len(found) < 2, f"{named} names {[str(d.id) for d in found]}"
        return found[0] if found else None

    def status(self, named: str, as_of: str | datetime | None = None) -> str | None:
        """The status of that decision; None where it has never been shown."""
        found = self.decision(named, as_of)
        return found.status if found is not None else None

    def flags(self, named: str, as_of: str | datetime | None = None) -> tuple[str, ...]:
        """The flags of that decision, which must have been shown."""
        found = self.decision(named, as_of)
        assert found is not None, f"{named} has never been shown"
        return found.flags

    def statuses(self, as_of: str | datetime | None = None) -> dict[str, str]:
        """Every decision that has been shown, as `rule/measure SUBJECT#occurrence by FUNCTION`, with its status."""
        return {str(d.id): d.status for d in self.answer(as_of).decisions}

    def live(self, as_of: str | datetime | None = None) -> set[str]:
        """`rule/measure SUBJECT` of everything that is due or asked first."""
        found = (d for d in self.answer(as_of).decisions if d.status in ("due", "ask_first"))
        return {f"{d.id.rule}/{d.id.measure} {d.id.subject}" for d in found}

    def questions(self, kind: str | None = None, as_of: str | datetime | None = None) -> list[Question]:
        """What is to be found out, of one kind or all."""
        return [q for q in self.answer(as_of).questions if kind in (None, q.kind)]

    # -- inside ---------------------------------------------------------------------------------------------------------------

    def _tell(self, data: dict[str, Any], at: str | None) -> str:
        if at is None:
            at = FIRST_AT if self._last is None else (self._last + HOUR).isoformat()
        return self._add({"id": f"e{len(self._told) + 1}", **data, "at": at})

    def _add(self, data: dict[str, Any]) -> str:
        event = event_from_json(self.plan, data)
        check_event(self.plan, event, strict=False)
        self.events.append(event)
        self._last = event.at
        self._told[event.id] = {**self._told.get(event.id, {}), **data}
        return event.id


def _is(named: Named, decision: Decision) -> bool:
    its = decision.id
    return (
        (named.rule, named.subject) == (its.rule, its.subject)
        and named.measure in (None, its.measure)
        and named.bearer in (None, its.bearer)
        and named.occurrence in (None, its.occurrence)
    )


# -- small plans ---------------------------------------------------------------------------------------------------------------

COMMON = """
plan: liten
title: Liten plan
version: "1"
valid: {from: 2010-01-01}
timezone: Europe/Stockholm
reminders: {at once: 1 hour, promptly: 24 hours}
function: polisen
roles: {seller: säljare, buyer: köpare, parent: förälder, child: barn}
relations:
  purchase: {label: köp, ends: {buyer: buyer, seller: seller}, offence: true}
  parenthood: {label: föräldraskap, ends: {parent: parent, child: child}}
municipalities: {vasteras: Västerås, hallstahammar: Hallstahammar, elsewhere: annan kommun}
facts:
  age:
    of: person
    label: ålder
    values: {child: barn, maybe_child: kanske barn, adult: vuxen}
    in conflict: maybe_child
  gender: {of: person, label: kön, values: {woman: kvinna, man: man, other: annat}}
  citizenship: {of: person, label: medborgarskap, values: {swedish: svenskt, other: annat}}
  permit: {of: person, label: tillstånd, values: {has: har, none: saknar}}
  stay_municipality: {of: person, label: vistelsekommun, values: municipalities}
  home_municipality: {of: person, label: hemkommun, values: municipalities}
  trafficking: {of: seller, label: människohandel, read: now, values: {suspected: misstänks, dismissed: avfärdad}}
  wish: {of: seller, label: önskan, read: now, values: {wants: vill, declines: vill inte}}
  at_risk: {of: child, label: oro, values: {suspected: misstänks, assessed_no: bedömd}}
  agreement: {of: purchase, label: överenskommelse, values: {reached: träffad, none: ingen}}
  payment: {of: purchase, label: betalning, values: {handed_over: lämnad, none: ingen}}
  running: {of: operation, label: insats, values: {running: pågår, over: slut}}
  alarm: {of: case, label: larm, values: {raised: larmat, over: slut}}
events:
  person_met:
    label: påträffad
    about: person
    introduces: person
    claims: [age, gender, citizenship, permit, stay_municipality, home_municipality]
  minor_involved: {label: minderårig, about: person, introduces: person, claims: {age: [maybe_child, child]}}
  told: {label: uppgift lämnad, about: person, claims: [age, gender, citizenship, permit, stay_municipality, home_municipality]}
  established:
    label: fastställt
    about: person
    establishes: [age, gender, citizenship, permit, stay_municipality, home_municipality]
  changed:
    label: ändrat
    about: person
    changes: [age, gender, citizenship, permit, stay_municipality, home_municipality]
  turned_18: {label: fyllde 18, about: person, changes: {age: {from: child, to: adult}}}
  role_given: {label: roll getts, about: person, role: begins}
  role_ended: {label: roll slut, about: person, role: ends}
  trafficking_suspected: {label: misstanke, about: seller, introduces: person, changes: {trafficking: suspected}}
  trafficking_dismissed: {label: avfärdad, about: seller, changes: {trafficking: dismissed}}
  wish_stated: {label: önskan, about: seller, changes: [wish]}
  buyer_caught: {label: köpare ertappad, about: purchase, introduces: purchase, establishes: [agreement, payment]}
  purchase_told: {label: uppgift om köp, about: purchase, claims: [agreement, payment, buyer.age, seller.age]}
  purchase_changed: {label: köp ändrat, about: purchase, changes: [agreement, payment]}
  end_named: {label: ände namngiven, about: purchase, ends: [buyer, seller]}
  child_in_home: {label: barn i hemmet, about: parenthood, introduces: parenthood, claims: [child.age, child.home_municipality]}
  child_assessed: {label: barnet bedömt, about: child, changes: [at_risk]}
  report_received: {label: anmälan, about: person}
  purchase_reported: {label: köp anmält, about: purchase}
  alarm_raised: {label: larm, about: case, changes: {alarm: raised}}
  alarm_over: {label: larm slut, about: case, changes: {alarm: over}}
  operation_started: {label: insats börjar, about: operation, introduces: operation, changes: {running: running}}
  operation_ended: {label: insats slut, about: operation, changes: {running: over}}
  consent_given: {label: samtycke, about: person, consent: given}
  consent_refused: {label: nekat, about: person, consent: refused}
  consent_withdrawn: {label: återtaget, about: person, consent: withdrawn}
acts: {larma: larma, avvakta: avvakta, forhora: förhöra, jour: {label: ha jour, opens: true}}
offers: {samtal: samtal}
information: {stod: vilket stöd som finns}
phases: {akut: Akut}
functions:
  polisen: Polisen
  aklagare: Åklagaren
  socialnamnd-barn: {label: barnenheten, found by: [home_municipality, stay_municipality]}
  socialnamnd-vuxen: {label: vuxenenheten, found by: [stay_municipality]}
  regionkoordinator: regionkoordinatorn
  migrationsverket: Migrationsverket
units:
- {unit: polis, label: Polisen, is: [polisen], open: always}
- {unit: aklagarkammaren, label: Åklagaren, is: [aklagare], open: always}
- {unit: jouren, label: Socialjouren, is: [socialnamnd-barn, socialnamnd-vuxen], open: always}
- {unit: koordinatorn, label: koordinatorn, is: [regionkoordinator], open: always}
- {unit: verket, label: Migrationsverket, is: [migrationsverket], open: always}
sources:
  lag:
    title: En lag
    kind: statute
    clauses:
      grund: {about: Grunden., cited: [{from: 1990-01-01, as: 1 § lagen, status: seen}]}
      anmalan: {about: Anmälan., lifts secrecy: true, cited: [{from: 1990-01-01, as: 2 § lagen, status: seen}]}
"""
"""The words that small plans share; a test may add to any section, replace a word, or take one away by `null`."""

_RULE = {"title": "En regel", "text": "En regel.", "phase": "akut", "basis": "assumed"}
_TELLING = {"notify": "circumstances", "apply": "circumstances"}
_NOTHING = ("null", "~")


@cache
def plan_of(text: str = "", *, common: str = COMMON) -> Plan:
    """The plan that `text` makes with the common words.

    In `text` a rule needs only `rule`, `for` and `then` (title, text, phase, basis, because and validity are filled in), a
    measure only its first key (its id is then its kind). Raises PlanError as the loader does.
    """
    return read_plan({"plan.yaml": written(files_of(text, common=common))})


def problems_of(text: str = "", *, common: str = COMMON) -> tuple[Problem, ...]:
    """Everything that the loader has to say of that plan: errors, or warnings where there are none."""
    return inspect_files({"plan.yaml": written(files_of(text, common=common))}).problems


def files_of(text: str = "", *, common: str = COMMON) -> dict[str, Any]:
    """The whole plan that `plan_of` reads, as plain data with text for every scalar."""
    data = _merged(_plain(common), _plain(text))
    data["rules"] = [_completed(rule) for rule in data.get("rules", ())]
    if not data["rules"]:
        del data["rules"]
    return data


def written(data: Mapping[str, Any]) -> bytes:
    """Plain data as a YAML file of a plan."""
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False).encode()


def _plain(text: str) -> dict[str, Any]:
    """YAML with text for every scalar, as the loader reads it."""
    return yaml.load(text, Loader=yaml.BaseLoader) or {}


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Sections put together: mappings by key (the text's own wins, `null` takes away), lists one after the other."""
    merged = dict(base)
    for section, value in own.items():
        before = merged.get(section)
        if isinstance(before, dict) and isinstance(value, dict):
            both = {**before, **value}
            merged[section] = {key: one for key, one in both.items() if one not in _NOTHING}
        elif isinstance(before, list) and isinstance(value, list):
            merged[section] = _units(before, value) if section == "units" else before + value
        else:
            merged[section] = value
    return {section: value for section, value in merged.items() if value not in _NOTHING}


def _units(before: Iterable[dict[str, Any]], own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The text's units, and those of the common ones that bear none of their functions."""
    taken = {function for unit in own for function in unit["is"]}
    return [unit for unit in before if not taken & set(unit["is"])] + own


def _completed(rule: Mapping[str, Any]) -> dict[str, Any]:
    valid = {"from": "2010-01-01", **rule.get("valid", {})}
    then = [_measure(measure) for measure in rule["then"]]
    return {**_RULE, **rule, "then": then, "because": rule.get("because", ["lag/grund"]), "valid": valid}


def _measure(measure: Mapping[str, Any]) -> dict[str, Any]:
    due = next(iter(measure))
    kind = due.rpartition(" ")[2]
    filled = {**measure, "id": measure.get("id", kind)}
    if kind in _TELLING and "telling" not in measure:
        filled["telling"] = _TELLING[kind]
    if "if refused" in filled:
        filled["if refused"] = _measure(filled["if refused"])
    return filled
