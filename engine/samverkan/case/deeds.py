"""What a decision asks for, as an infinitive in Swedish: for whoever tells of a case, and for calendars."""

from __future__ import annotations

from collections.abc import Mapping

from samverkan.decide.answer import Decision
from samverkan.plan.model import CASE, Plan

MODALS: Mapping[str, str] = {"must": "ska", "should": "bör", "may": "får"}
THE_CASE = "ärendet"
_TOLD: Mapping[str, str] = {"identity": ", med uppgift om vem det gäller", "circumstances": ", utan att röja vem det gäller"}


def deed(plan: Plan, decision: Decision) -> str:
    """What is to be done, as an infinitive: "underrätta polisen om S1, utan att röja vem det gäller"."""
    whom = _end(plan, decision) or _named(decision.person or decision.id.subject)
    said = _deed(plan, decision, whom)
    mentions = decision.kind not in ("perform", "refrain")
    concerns = [name for name in dict.fromkeys((whom, _named(decision.id.subject))) if name != THE_CASE]
    concerns = [name for name in concerns if not (mentions and name == whom)]
    return f"{said} (gäller {' och '.join(concerns)})" if concerns else said


def _deed(plan: Plan, decision: Decision, whom: str) -> str:
    word, told = decision.object, _TOLD.get(decision.telling or "", "") if decision.person is not None else ""
    match decision.kind:
        case "notify":
            return f"underrätta {function(plan, word)} om {whom}{told}"
        case "apply":
            return f"ansöka hos {function(plan, word)} för {whom}{told}"
        case "consult":
            return f"rådfråga {function(plan, word)} om {whom}, utan att röja identiteten"
        case "inform":
            return f"informera {whom} om {plan.information.get(word, word)}"
        case "offer":
            return f"erbjuda {whom} {plan.offers.get(word, word)}"
        case "assess":
            from samverkan.wording.finding_out import find_out

            return find_out(plan.facts[word], whom)
        case "ask":
            return f"fråga {whom} om samtycke till att kontakta {function(plan, word)}"
        case "correction":
            return f"rätta det som {function(plan, word)} har fått veta om {whom}: det stämde inte"
        case "consent_ended":
            return f"underrätta {function(plan, word)} om att samtycket från {whom} har upphört"
        case "refrain":
            return f"inte {plan.acts[word].label if word in plan.acts else word}"
    return plan.acts[word].label if word in plan.acts else word


def _end(plan: Plan, decision: Decision) -> str | None:
    """Whose fact a decision about a relation is to assess, where that is an end's: its role, "den som säljer"."""
    rule = plan.rules.get(decision.id.rule)
    measure = rule.measure(decision.id.measure) if rule is not None else None
    if rule is None or measure is None or decision.person is not None or measure.end is None or rule.of not in plan.relations:
        return None
    return plan.roles[plan.relations[rule.of].ends[measure.end]].definite


def function(plan: Plan, word: str) -> str:
    """The label of a function as it stands within a sentence."""
    return plan.functions[word].label if word in plan.functions else word


def capital(text: str) -> str:
    """The text with its first letter large; the rest as it is."""
    return text[:1].upper() + text[1:]


def _named(subject: str) -> str:
    return THE_CASE if subject == CASE else subject
