"""Measures one by one: each key where it means something, and nobody's identity told without what allows it."""

from __future__ import annotations

from samverkan.plan.checks.reading import measure_of, subject_of
from samverkan.plan.errors import Problems
from samverkan.plan.model import PERSON, Measure, Plan, Rule

_TELLS = ("notify", "apply")
"""Kinds that tell somebody about the person."""


def check_measures(plan: Plan, problems: Problems) -> None:
    """Adds what is wrong with each measure."""
    for rule in plan.rules.values():
        for measure in rule.then:
            _check(plan, rule, measure, problems)
            if measure.if_refused is not None:
                _check(plan, rule, measure.if_refused, problems)
                _check_refused(measure, measure.if_refused, problems)


def _check(plan: Plan, rule: Rule, measure: Measure, problems: Problems) -> None:
    _check_keys(measure, problems)
    _check_telling(plan, rule, measure, problems)
    _check_consent(rule, measure, problems)
    _check_times(plan, rule, measure, problems)
    _check_alternative(plan, rule, measure, problems)


def _check_keys(measure: Measure, problems: Problems) -> None:
    if measure.keep_relation and measure.about is None:
        text = "'each relation' hör ihop med 'about': beslutet om änden fattas då för varje relation. Lägg till 'about'."
        problems.error(measure.at, "each-relation", text)
    if measure.kind == "offer" and measure.offered_by is None:
        text = f"erbjudandet '{measure.object}' säger inte vem som ger det. Lägg till with: funktion."
        problems.error(measure.at, "with", text)
    if measure.kind != "offer" and measure.offered_by is not None:
        problems.error(measure.at, "with", f"'with' hör till offer, inte till {measure.kind}. Ta bort det.")
    if measure.continuing and measure.kind != "perform":
        text = f"'continuing' hör till perform, inte till {measure.kind}. Ta bort det."
        problems.error(measure.at, "continuing", text)
    if measure.deadline is not None and (measure.continuing or measure.kind == "refrain"):
        text = "det som gäller så länge regeln gäller har ingen tid att passa. Ta bort 'deadline'."
        problems.error(measure.at, "deadline", text)
    if measure.kind in ("notify", "consult", "apply") and measure.object in measure.who:
        text = f"'{measure.object}' kan inte vända sig till sig själv. Ändra mottagaren eller 'who'."
        problems.error(measure.at, "to-itself", text)


def _check_telling(plan: Plan, rule: Rule, measure: Measure, problems: Problems) -> None:
    if measure.kind not in (*_TELLS, "consult"):
        if measure.telling is not None:
            text = f"'telling' hör till notify, apply och consult, inte till {measure.kind}. Ta bort det."
            problems.error(measure.at, "telling", text)
        if measure.allowed_clause or measure.allowed_consent:
            text = f"'allowed by' hör till notify och apply, inte till {measure.kind}. Ta bort det."
            problems.error(measure.at, "allowed-by", text)
        return
    if measure.kind == "consult":
        if measure.telling == "identity":
            text = "den som rådfrågas (consult) får aldrig veta vem det gäller. Skriv telling: circumstances, eller notify."
            problems.error(measure.at, "telling", text)
        if measure.allowed_clause or measure.allowed_consent:
            text = "den som rådfrågas (consult) får inte veta vem det gäller; inget behöver tillåta det. Ta bort 'allowed by'."
            problems.error(measure.at, "allowed-by", text)
        return
    if measure.telling is None:
        text = f"det framgår inte vad '{measure.object}' får veta. Lägg till telling: circumstances eller telling: identity."
        problems.error(measure.at, "telling", text)
    if measure.telling == "identity" and rule.of != PERSON and rule.of not in plan.relations:
        text = f"'{measure.object}' kan inte få veta vem det gäller: regeln gäller '{rule.of}'. Skriv telling: circumstances."
        problems.error(measure.at, "telling", text)
    if measure.telling != "identity" or measure.allowed_consent is not None:
        return
    if measure.allowed_clause is None:
        text = (
            f"'{measure.object}' får veta vem det gäller, men inget tillåter det. Lägg till "
            f"allowed by: {{clause: …}} (som bryter sekretessen) eller allowed by: {{consent: {measure.object}}}."
        )
        problems.error(measure.at, "allowed-by", text)
    elif not plan.clauses[measure.allowed_clause].lifts_secrecy:
        text = (
            f"'{measure.allowed_clause}' bryter inte sekretess och kan inte tillåta att identiteten röjs. "
            "Hänvisa till ett källställe med 'lifts secrecy: true', eller till samtycke."
        )
        problems.error(measure.at, "allowed-by", text)


def _check_consent(rule: Rule, measure: Measure, problems: Problems) -> None:
    if measure.allowed_consent is None:
        return
    if measure.allowed_consent != measure.object and measure.kind in _TELLS:
        text = (
            f"samtycket gäller '{measure.allowed_consent}', men det är '{measure.object}' som får veta. "
            f"Skriv consent: {measure.object}."
        )
        problems.error(measure.at, "consent", text)
    if rule.of != PERSON and (measure.about is None or measure.keep_relation):
        text = (
            "samtycke är en persons eget, men beslutet gäller "
            f"'{rule.of}'. Lägg till 'about' med den person som ska samtycka, utan 'each relation'."
        )
        problems.error(measure.at, "consent", text)


def _check_refused(measure: Measure, refused: Measure, problems: Problems) -> None:
    if measure.allowed_consent is None:
        text = "'if refused' gäller när samtycke nekas, men åtgärden vilar inte på samtycke. Ta bort det."
        problems.error(refused.at, "if-refused", text)
    elif refused.telling == "identity":
        text = (
            "den som har sagt nej får inte röjas ändå. Välj consult eller telling: circumstances; "
            "fara är en egen regel, med sitt källställe."
        )
        problems.error(refused.at, "if-refused", text)


def _check_times(plan: Plan, rule: Rule, measure: Measure, problems: Problems) -> None:
    if measure.deadline is None or measure.deadline.after is None:
        return
    event, subject = plan.events[measure.deadline.after], subject_of(rule, measure)
    if event.about != subject:
        text = (
            f"tiden räknas från '{event.id}', som handlar om '{event.role or event.about}', men beslutet gäller '{subject}'. "
            "Välj en händelse av samma slag."
        )
        problems.error(measure.at, "deadline", text)


def _check_alternative(plan: Plan, rule: Rule, measure: Measure, problems: Problems) -> None:
    if measure.alternative is None:
        return
    other_rule, other = measure_of(plan, measure.alternative)
    if other is measure:
        text = f"'{measure.alternative}' kan inte vara sitt eget alternativ. Hänvisa till en annan åtgärd."
        problems.error(measure.at, "or", text)
    elif subject_of(other_rule, other) != subject_of(rule, measure):
        text = (
            f"'{measure.alternative}' gäller '{subject_of(other_rule, other)}', men den här åtgärden gäller "
            f"'{subject_of(rule, measure)}'. Alternativ måste gälla samma slag."
        )
        problems.error(measure.at, "or", text)
