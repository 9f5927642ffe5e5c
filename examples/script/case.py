"""A case in a dozen lines: what an event makes due, the case kept as JSON and opened again, and what has been shown."""

import json
from datetime import timedelta

from samverkan import Case, case_from_json, case_to_json, event_from_json, ledger_to_json, load_plan

plan = load_plan("vastmanland")
met = {"id": "h1", "event": "minor_involved", "about": "S1 seller", "at": "2026-05-16 23:10"}
outcome = Case(plan).fire(event_from_json(plan, met))
for reminder in outcome.case.reminders():
    print(reminder.summary)
kept = json.dumps(case_to_json(outcome.case))

case = case_from_json(plan, json.loads(kept)).advance(outcome.at + timedelta(days=2)).case
ledger = ledger_to_json(case.ledger, plan)
print(json.dumps(ledger["entries"][0]["changes"][0], ensure_ascii=False))
print(len([d for d in case.decisions(case.now).decisions if "overdue" in d.flags]), "beslut är försenade efter två dygn.")
