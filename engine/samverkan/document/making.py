"""Plan and day in, the whole document out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samverkan.document import happenings, parts, wording
from samverkan.document.entries import Teller
from samverkan.document.model import Bar, Confirm, Document, News, Place, Reference, Share, SourceEntry, UnitEntry
from samverkan.document.numbering import numbered
from samverkan.plan.model import Plan
from samverkan.plan.spelling import listed
from samverkan.review.change import Changed, changed, in_force, is_there
from samverkan.wording.phrases import capital

MOST_REASONED = 20
"""At most so many of a hundred clauses may have only a reason why there is no rule."""


def document(plan: Plan, day: date, since: date | None = None, functions: Sequence[str] = ()) -> Document:
    """The document of a plan.

    Args:
        plan: the plan.
        day: the day that it is valid on: rules in force, sources as cited, units as they are.
        since: what has changed since then is told in a part of its own, and marked at each rule. None: nothing is.
        functions: those whom the document is for; none: everybody.
    """
    found = changed(plan, since, day) if since is not None else None
    teller = Teller(plan, day, numbered(plan, day, functions), _marks(found))
    entries = parts.source_entries(teller)
    unchecked = tuple(entry for entry in entries if not entry.cited.seen)
    unruled = tuple(entry for entry in entries if not entry.ruled)
    unconfirmed = _unconfirmed(teller)
    assumed = tuple(teller.numbers.reference(r.id) for r in teller.numbers.rules if r.basis == "assumed")
    return Document(
        title=plan.title, whose=listed(plan.functions[one].label for one in functions), subtitle=wording.day_text(day),
        version=plan.version, digest=plan.digest[:12], day=day.isoformat(), dnr=plan.dnr, reconstructed=plan.reconstructed,
        bars=_bars(teller, entries), confirms=_confirms(teller, entries, unchecked, unruled, unconfirmed, assumed),
        happenings=happenings.happenings(teller), chapters=parts.chapters(teller), phases=happenings.phases(teller),
        flows=parts.flows(teller), musts=parts.musts(teller), concluded=parts.concluded(teller), news=_news(teller, found),
        coming=_coming(teller), since=wording.day_text(plan.first), unconfirmed=unconfirmed, unchecked=unchecked,
        assumed=assumed, unruled=unruled,
        sources=parts.sources(teller), letters=parts.letters(teller),
    )  # fmt: skip


def _marks(found: Changed | None) -> dict[str, str]:
    """Rule → what it is since the day asked for."""
    if found is None:
        return {}
    recited = {rule: wording.RECITED for one in found.recited for rule in one.rules}
    return {
        **recited,
        **{one.after.id: wording.CHANGED for one in found.changed},
        **{rule.id: wording.NEW for rule in found.added},
    }


def _unconfirmed(teller: Teller) -> tuple[tuple[Place, tuple[UnitEntry, ...]], ...]:
    """Units that their agency hasn't confirmed, under the first function that each answers for, with that one's chapter."""
    found: dict[str, list[UnitEntry]] = {}
    for unit in teller.plan.units.values():
        own = [function for function in unit.functions if function in teller.numbers.kept]
        if is_there(unit, teller.day) and not unit.confirmed and own:
            found.setdefault(own[0], []).append(parts.unit_entry(teller, unit))
    chapters = {function: str(number) for number, function in enumerate(teller.numbers.chapters, start=1)}
    return tuple(
        (
            Place(chapters.get(one, ""), f"funktion-{one}" if one in chapters else "", capital(teller.function(one))),
            tuple(found[one]),
        )
        for one in teller.plan.functions
        if one in found
    )


def _bars(teller: Teller, entries: tuple[SourceEntry, ...]) -> tuple[Bar, ...]:
    rules, shades = teller.numbers.rules, ("dark", "middle", "light")
    ruled, other = sum(bool(e.rules) for e in entries), sum(e.ruled and not e.rules for e in entries)
    reasoned = sum(bool(e.why) and not e.ruled for e in entries)
    seen = sum(e.cited.seen for e in entries)
    return (
        Bar(
            "Regler: hur säkra är de?",
            tuple(
                Share(sum(rule.basis == basis for rule in rules), words, shade)
                for (basis, words), shade in zip(wording.BASIS_PARTS.items(), shades, strict=True)
            ),
        ),
        Bar(
            "Ställen i källorna: är texten läst?",
            (
                Share(seen, "är lästa och kontrollerade", "dark"),
                Share(len(entries) - seen, "är inte kontrollerade", "light"),
            ),
        ),
        Bar(
            f"Ställen i källorna: bygger någon regel på dem? Högst {MOST_REASONED} % får sakna regel",
            (
                Share(ruled, "har regler", "dark"),
                Share(other, "har regler bara för andra dagar", "middle"),
                Share(reasoned, "har bara ett skäl till att regel saknas", "middle"),
                Share(len(entries) - ruled - other - reasoned, "har varken regel eller skäl", "light"),
            ),
        ),
    )


def _confirms(
    teller: Teller, entries: tuple[SourceEntry, ...], unchecked: tuple[SourceEntry, ...], unruled: tuple[SourceEntry, ...],
    unconfirmed: tuple[tuple[Place, tuple[UnitEntry, ...]], ...], assumed: tuple[Reference, ...],
) -> tuple[Confirm, ...]:  # fmt: skip
    units = sum(is_there(u, teller.day) and bool({*u.functions} & teller.numbers.kept) for u in teller.plan.units.values())
    waiting = sum(len(own) for _, own in unconfirmed)
    rules = len(teller.numbers.rules)
    every = (
        Confirm(waiting, units, wording.UNITS, "bekrafta-enheter"),
        Confirm(len(unchecked), len(entries), wording.SOURCES, "bekrafta-kallor"),
        Confirm(len(assumed), rules, wording.ASSUMED, "bekrafta-antaganden"),
        Confirm(len(unruled), len(entries), wording.UNRULED, "utan-regel"),
    )
    return tuple(one for one in every if one.count)


def _news(teller: Teller, found: Changed | None) -> News | None:
    if found is None:
        return None
    references, plan = teller.numbers.references, teller.plan
    places = {rule: place for place, rule in enumerate(references)}
    return News(
        wording.day_text(found.earlier),
        teller.numbers.in_order(rule.id for rule in found.added),
        tuple(f"{rule.title} ({capital(teller.function(rule.function))})" for rule in found.ended),
        tuple((references[one.after.id], one.what) for one in sorted(found.changed, key=lambda c: places[c.after.id])),
        tuple(_recited(one.before, one.after) for one in found.recited),
        tuple(_units(plan.functions[one.function].label, one.come, one.gone) for one in found.units),
    )


def _recited(before: str | None, after: str | None) -> str:
    if before is None:
        return f"{after} har tillkommit."
    return f"{before} har upphört." if after is None else f"{after}. Förut: {before}."


def _units(function: str, come: tuple[str, ...], gone: tuple[str, ...]) -> str:
    said = [f"{', '.join(come)} har tillkommit" if come else "", f"{', '.join(gone)} har upphört" if gone else ""]
    return f"{capital(function)}: {'; '.join(part for part in said if part)}."


def _coming(teller: Teller) -> tuple[str, ...]:
    """Rules that begin after the day, and those in force that end."""
    said = [
        (rule.first, f"{wording.day_text(rule.first)}: {rule.title} ({capital(teller.function(rule.function))}) börjar gälla.")
        for rule in teller.plan.rules.values() if rule.first > teller.day
    ] + [
        (rule.last, f"{wording.day_text(rule.last)}: {rule.title} ({capital(teller.function(rule.function))}) upphör.")
        for rule in teller.plan.rules.values() if rule.last is not None and in_force(rule, teller.day)
    ]  # fmt: skip
    return tuple(text for _, text in sorted(said))
