"""The JSON Schema of a plan's files, for editors that complete and explain; with a plan, it lists the plan's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from samverkan.plan.answers import ANSWER
from samverkan.plan.model import CASE, OPERATION, PERSON, UNKNOWN, Conclusion, Fact, Plan

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def plan_schema(plan: Plan | None = None) -> Schema:
    """The schema of any file of a plan. `plan`: the one whose words are listed where a declared word stands."""
    from samverkan.plan.files import plan_file

    schema = plan_file().json_schema()
    schema = {
        "$schema": DIALECT,
        **schema,
        "title": "En plans filer",
        "description": "Regler, ord, enheter och källor i en samverkansplan. Varje avsnitt kan stå i vilken fil som helst.",
    }
    return with_words(explained(schema), plan)


def with_words(schema: Schema, plan: Plan | None) -> Schema:
    """The schema with the plan's words in the place of each `x-words`; without a plan, with none of them."""
    lists: dict[str, Schema] = {} if plan is None else _lists(plan)

    def walk(part: Any) -> Any:
        if isinstance(part, list):
            return [walk(item) for item in part]
        if not isinstance(part, dict):
            return part
        done = {key: walk(value) for key, value in part.items() if key != "x-words"}
        sort = part.get("x-words")
        return {**done, "$ref": f"#/$defs/{_named(sort)}"} if sort in lists else done

    result: Schema = walk(schema)
    defs = {**result.get("$defs", {}), **{_named(sort): its for sort, its in lists.items()}}
    return {**result, "$defs": defs} if defs else result


def _named(sort: str) -> str:
    return f"words-{sort.replace(' ', '-')}"


def explained(schema: Schema) -> Schema:
    """The schema with what each key means."""

    def walk(part: Any) -> Any:
        if isinstance(part, list):
            return [walk(item) for item in part]
        if not isinstance(part, dict):
            return part
        done = {key: walk(value) for key, value in part.items()}
        for key, value in (part.get("properties") or {}).items():
            if key in HELP and isinstance(value, dict):
                done["properties"][key] = {**done["properties"][key], "description": HELP[key]}
        return done

    result: Schema = walk(schema)
    return result


def _paths(plan: Plan) -> dict[str, list[str]]:
    """Every `fact` and `end.fact` that some condition could read → its values."""
    found: dict[str, list[str]] = {}
    facts: list[Fact | Conclusion] = [*plan.facts.values(), *plan.conclusions.values()]
    for fact in facts:
        name = fact.id
        values = list(fact.values) if isinstance(fact, Fact) else ["true", "false"]
        found[name] = [*values, UNKNOWN]
        if fact.of == PERSON:
            for relation in plan.relations.values():
                found |= {f"{end}.{name}": found[name] for end, role in relation.ends.items() if fact.role in (None, role)}
    return found


def _condition(plan: Plan) -> Schema:
    properties: Schema = {
        "any": {"type": "array", "items": {"type": "object"}, "minItems": 2, "description": "Minst ett av alternativen."},
        "some": {"enum": list(plan.relations), "description": "Det finns en sådan relation (bara i slutsatser)."},
        "has": {"type": "object", "description": "Villkoren på den relationen."},
        "as": {"enum": sorted({end for its in plan.relations.values() for end in its.ends})},
    }
    for path, values in _paths(plan).items():
        # An editor reads true and false as truth values; the plan reads them as words.
        one = {"enum": [{"true": True, "false": False}.get(value, value) for value in values]}
        properties[path] = {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
    return {"properties": properties, "additionalProperties": False}


def _lists(plan: Plan) -> dict[str, Schema]:
    """Each sort of declared word → the schema that lists the plan's words of it."""
    facts = [path for path in _paths(plan) if path.rpartition(".")[2] in plan.facts]
    words: dict[str, Iterable[str]] = {
        "subjects": [PERSON, OPERATION, CASE, *plan.relations, *plan.roles],
        "facts": facts,
        "objects of assess": facts,
        "objects of inform": plan.information,
        "objects of offer": plan.offers,
        "measures": [f"{rule.id}/{its.id}" for rule in plan.rules.values() for its in rule.then],
        "roles": plan.roles,
        "functions": plan.functions,
        "municipalities": plan.municipalities,
        "hours": plan.hours,
        "units": plan.units,
        "clauses": plan.clauses,
        "phases": plan.phases,
        "acts": plan.acts,
        "events": plan.events,
        "events told": [*plan.events, ANSWER],
        "rules": plan.rules,
    }
    words |= dict.fromkeys(("objects of notify", "objects of consult", "objects of apply"), plan.functions)
    words |= dict.fromkeys(("objects of perform", "objects of refrain"), plan.acts)
    lists: dict[str, Schema] = {sort: {"enum": list(its)} for sort, its in words.items() if its}
    return {**lists, "condition": _condition(plan)}


HELP = {
    "plan": "Planens id, samma som mappens namn.",
    "builds on": "Planen i mappen bredvid som den här lägger till och skärper.",
    "valid": "Från och med, till och med; 'judged by: offence' dömer efter dagen för brottet.",
    "reconstructed": "Vad som inte står i planens egna ord.",
    "reminders": "När 'at once' och 'promptly' påminner.",
    "function": "Den som bär åtgärderna i filen där de inte säger något annat.",
    "label": "Så heter det för den som läser.",
    "definite": "Bestämd form: säljaren.",
    "ends": "Relationens ändar och rollen som var och en ger; i en händelse de ändar som den kan namnge.",
    "offence": "Relationen bär dagen för ett brott.",
    "of": "Vad uppgiften hör till: person, en roll, en relation, operation eller case.",
    "ask": "Frågan som ställs när uppgiften inte är känd.",
    "ask whom": "Vem som kan svara, den minst ingripande först: file (akten), colleague (en kollega), person (personen själv).",
    "sensitive": "Hur känslig frågan är, från 0 (inte alls) till 3.",
    "read": "now: läses som den är nu, också när ett brott döms efter sin dag.",
    "in conflict": "Värdet när två påståenden säger olika.",
    "reaches back": "Hur långt tillbaka ett värde gäller, räknat från när det först sades: {adult: 7 days}.",
    "introduces": "Någon eller något kan komma in i ärendet genom händelsen.",
    "claims": "Vad någon säger, eller hur det ser ut.",
    "establishes": "Vad som har varit så hela tiden.",
    "changes": "Vad som gäller från och med händelsen.",
    "consent for": "En önskan som bär samtycket till mottagaren.",
    "found by": "Uppgifterna som säger vilken kommun som svarar; den första kända gäller.",
    "area": "Kommunerna som enheten svarar för, eller all.",
    "rest": "Kommunerna utan egen enhet som en enhet med area all också är till för, eller all.",
    "serves": "Vilka enheten är till för: uppgift och värden.",
    "open": "Öppettidens id, eller always.",
    "stand-in": "Den eller de enheter som svarar när den här har stängt.",
    "confirmed": "Myndigheten har bekräftat uppgifterna.",
    "lifts secrecy": "Källstället bryter sekretess.",
    "unruled": "Varför ingen regel stöder sig på källstället.",
    "reason": "background: bakgrund. addressee_outside: riktar sig inte till någon i planen. replaced: ersatt. "
    "covered_by: ett annat källställe har reglerna. power_not_duty: en möjlighet, ingen uppgift. aim: ett mål.",
    "why": "Skälet i en mening, för den som granskar.",
    "clause": "Källstället, till exempel det vars regler säger detsamma eller som bryter sekretessen.",
    "cited": "Hur det hänvisas, och under vilken tid.",
    "rule": "Regelns id. Det ändras aldrig och återanvänds aldrig.",
    "basis": "stated: källan säger det. inferred: det följer av den. assumed: vårt antagande.",
    "for": "Den eller det som regeln gäller: en roll, person, en relation, operation eller case.",
    "each": "En gång för varje sådan händelse.",
    "when": "Allt detta ska vara sant.",
    "unless": "Undantag: vart och ett räcker.",
    "overrides": "Regeln som den här ersätter, och varför.",
    "distinguishes": "Uppgiften som människor behandlas olika efter, och varför.",
    "then": "Vad som ska göras.",
    "because": "Källställena, eller skälet.",
    "who": "Den som ska göra det.",
    "about": "Vem det gäller: en ände av relationen, eller det som händelsen handlar om.",
    "each relation": "Ett beslut för varje relation, inte ett för personen.",
    "with": "Den som ger erbjudandet.",
    "telling": "circumstances: inte vem det gäller. identity: vem det gäller.",
    "allowed by": "Källstället som bryter sekretessen, eller mottagaren som personen samtycker till.",
    "if refused": "Det som får göras i stället när samtycke nekas.",
    "or": "Görs det ena faller det andra bort.",
    "continuing": "Gäller så länge regeln gäller, och blir aldrig klart.",
    "deadline": "at once, promptly, 24 hours, 14 days, 5 working days, 4 months, 14 days after händelse.",
    "needs reason": "Den som gör det ska skriva varför.",
    "anyone stands in": "En ersättare som inte bär funktionen får svara.",
    "tightens": "Åtgärder i planen som den här bygger på, som här har kortare tid eller är strängare.",
    "some": "Någon regel ska ge detta.",
}
"""What each key means, shown by the editor."""
