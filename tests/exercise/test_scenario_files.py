"""Scenario files: what they say, and every fault with its place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.exercise.scenarios import CAUGHT, MET, WHO, scenario, write_scenario
from tests.stories import example_plan

from samverkan.case.reading import Named
from samverkan.decide.events import Mark
from samverkan.exercise.scenario import moved
from samverkan.exercise.scenario_files import outlines, read_outline, read_scenario
from samverkan.exercise.scenario_schema import scenario_schema
from samverkan.plan.errors import PlanError


def faults(folder: Path, steps: str, who: dict[str, str] | None = None) -> list[str]:
    """What is wrong, without the folder: "line:column: text"."""
    path = write_scenario(folder, steps, who)
    with pytest.raises(PlanError) as caught:
        read_scenario(example_plan(), read_outline(path))
    return [str(problem).removeprefix(f"{path}:").replace(" fel:", "", 1) for problem in caught.value.problems]


def test_a_scenario_says_what_stands_in_it(tmp_path: Path) -> None:
    read = scenario(
        tmp_path,
        MET
        + CAUGHT
        + """\
- after: 2 hours
  done: stod.saljare/information S1
  due: [kopare.stod/information B1]
  not: [barn.orosanmalan S1]
- after: 3 days
  exactly: []
""",
    )
    met, caught, done, waited = read.steps
    assert (read.id, read.title, read.difficulty, read.plan, read.who) == ("provet", "Ett prov", 2, "exempel", WHO)
    assert (met.number, met.at, met.events[0].id) == (1, datetime(2013, 5, 14, 19, 10, tzinfo=UTC), "steg-1")
    assert caught.events[0].id == "kop1"
    assert (caught.story, caught.question) == ("En man ertappas.", "Vem får veta vad?")
    assert caught.knows == {"aklagare": "Jouråklagaren svarar i kväll."}
    assert done.events[0].mark == Mark("done", "stod.saljare", "information", "S1")
    assert done.at == datetime(2013, 5, 14, 21, 20, tzinfo=UTC)
    assert [(e.kind, e.named) for e in done.expectations] == [
        ("due", Named("kopare.stod", "information", "B1")),
        ("not", Named("barn.orosanmalan", None, "S1")),
    ]
    assert done.exactly is None
    assert waited.events == ()
    assert waited.exactly == ()
    assert waited.at == datetime(2013, 5, 17, 21, 20, tzinfo=UTC)


def test_days_after_keep_the_time_on_the_clock(tmp_path: Path) -> None:
    steps = "- at: 2013-10-26 12:00\n  event: person_met\n  about: S1 seller\n- after: 1 day\n- after: 1 week\n- after: 24 hours\n"
    read = scenario(tmp_path, steps, {"S1": "kvinnan"})
    assert [s.at.isoformat() for s in read.steps] == [
        "2013-10-26T10:00:00+00:00",
        "2013-10-27T11:00:00+00:00",
        "2013-11-03T11:00:00+00:00",
        "2013-11-04T11:00:00+00:00",
    ]


ALREADY = """\
- at: 2013-05-14 21:15
  marks:
  - done: stod.saljare/information S1
  - declined: stod.saljare/erbjudande S1
    reason: Hon vill sova.
"""


def test_a_step_carries_several_marks(tmp_path: Path) -> None:
    step = scenario(tmp_path, MET + ALREADY + "  declined: [stod.saljare/erbjudande S1]\n", {"S1": "kvinnan"}).steps[1]
    assert [(event.id, event.at, event.mark, event.reason) for event in step.events] == [
        ("steg-2-1", step.at, Mark("done", "stod.saljare", "information", "S1"), None),
        ("steg-2-2", step.at, Mark("declined", "stod.saljare", "erbjudande", "S1"), "Hon vill sova."),
    ]
    assert [expectation.kind for expectation in step.expectations] == ["declined"]


LATE = """\
- at: 2013-05-14 21:30
  known_at: 2013-05-15 09:00
  event: minor_involved
  about: S1
"""


def test_a_step_tells_of_when_its_event_became_known(tmp_path: Path) -> None:
    step = scenario(tmp_path, MET + LATE, {"S1": "kvinnan"}).steps[1]
    assert step.at == datetime(2013, 5, 15, 7, tzinfo=UTC)
    assert step.events[0].at == datetime(2013, 5, 14, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (MET.replace("person_met", "person_mett"), ["10:10: Okänd händelsetyp 'person_mett'. Menade du 'person_met'?"]),
        (MET.replace("S1 seller", "S1 sellr"), ["11:10: Okänd roll eller relation 'sellr'. Menade du 'seller'?"]),
        (MET.replace("age: adult", "age: adlt"), ["12:16: Okänt värde 'adlt' för 'age'. Menade du 'adult'?"]),
        (MET.replace("event:", "evnt:"), ["10:3: okänd nyckel 'evnt'. Menade du 'event'?"]),
        (MET.replace("21:10", "25:10"), ["9:7: Tiden '2013-05-14 25:10' finns inte. Skriv till exempel 2013-05-14 21:10."]),
        (
            MET + MET.replace("21:10", "21:00"),
            ["14:7: steget ligger före det föregående. Skriv stegen i tidens ordning."],
        ),
        (
            MET.replace("- at: 2013-05-14 21:10", "- after: 2 hours"),
            ["9:10: Det första steget måste ha en tid (at), och varje steg antingen at eller after."],
        ),
        (
            MET + "- after: två timmar\n",
            ["14:10: 'två timmar' är ingen tid. Skriv till exempel 30 minutes, 2 hours eller 3 days."],
        ),
        (MET + "- after: 2 hours\n  at: 2013-05-15 12:00\n", ["14:10: Ett steg har antingen at eller after, inte båda."]),
        (
            MET + "- after: 2 hours\n  facts: {age: child}\n",
            ["15:10: 'facts' hör till en händelse, men steget har varken event eller märke."],
        ),
        (
            MET + "- after: 2 hours\n  done: stod.saljre/information S1\n",
            ["15:9: Okänd regel 'stod.saljre'. Menade du 'stod.saljare'?"],
        ),
        (
            MET + ALREADY + "  reason: Alla.\n",
            ["19:11: 'reason' kan inte stå bredvid marks. Skriv det i det märke som det gäller, eller i ett eget steg."],
        ),
        (
            MET + ALREADY.replace("done", "event"),
            ["16:5: okänd nyckel 'event'. Här får stå acknowledged, done, accepted, declined och reason."],
        ),
        (
            MET + ALREADY.replace("    reason: ", "    done: ").replace("Hon vill sova.", "stod.saljare/information S1"),
            ["17:5: Varje märke under marks har ett av acknowledged, done, accepted eller declined."],
        ),
        (
            MET + ALREADY.replace("information S1", "informtion S1"),
            ["16:11: Regeln 'stod.saljare' har ingen åtgärd 'informtion'. Menade du 'information'?"],
        ),
        (
            MET + "  due: [stod.saljare/informtion S1, stod.saljre S1, stod.saljare S1 by]\n",
            [
                "14:9: Regeln 'stod.saljare' har ingen åtgärd 'informtion'. Menade du 'information'?",
                "14:37: Okänd regel 'stod.saljre'. Menade du 'stod.saljare'?",
                (
                    "14:53: 'stod.saljare S1 by' går inte att läsa som ett beslut. Skriv regel/åtgärd och vem det gäller, "
                    "till exempel 'stod.saljare/erbjudande S1', och vid behov by FUNKTION och sist #händelse."
                ),
            ],
        ),
        (
            MET + "  due: [stod.saljare/information S1 by aklagare]\n",
            ["14:9: 'aklagare' svarar inte för stod.saljare. Giltigt är polisen."],
        ),
        (MET + "  reply: Ja.\n", ["14:10: reply svarar på question, som saknas. Skriv frågan också."]),
        (MET + "  knows:\n    polis: Inget.\n", ["15:5: okänd funktion 'polis'. Menade du 'polisen'?"]),
        (
            MET.replace("S1 seller", "S2 seller"),
            [
                "7:3: 'S1' förekommer inte i något steg. Ta bort namnet eller rätta id:t.",
                "9:3: 'S2' har inget namn. Skriv under who vad den eller det kallas.",
            ],
        ),
        (
            MET.replace("Polisen knackar på.", "Ring 070-123 45 67."),
            ["13:10: texten ser ut att innehålla ett telefonnummer. Hitta på, eller skriv om utan."],
        ),
    ],
)
def test_every_fault_has_its_place(tmp_path: Path, steps: str, found: list[str]) -> None:
    assert faults(tmp_path, steps, {"S1": "kvinnan"}) == found


def test_a_name_without_subject_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, MET, {"S1": "kvinnan", "B7": "mannen"}) == [
        "8:3: 'B7' förekommer inte i något steg. Ta bort namnet eller rätta id:t."
    ]


def test_a_scenario_belongs_to_its_plan(tmp_path: Path) -> None:
    path = write_scenario(tmp_path, MET, {"S1": "kvinnan"})
    path.write_text(path.read_text(encoding="utf-8").replace("plan: exempel", "plan: sverige"), encoding="utf-8")
    with pytest.raises(PlanError, match="3:7: fel: scenariot är skrivet för planen 'sverige', inte för 'exempel'"):
        read_scenario(example_plan(), read_outline(path))


def test_files_that_are_none(tmp_path: Path) -> None:
    empty = tmp_path / "tom.yaml"
    empty.write_text("# inget\n", encoding="utf-8")
    for path, text in (
        (empty, "filen är tom. Ett scenario börjar med 'scenario: id'."),
        (tmp_path / "saknas.yaml", "filen finns inte."),
        (tmp_path, "det är en mapp, ingen fil."),
    ):
        with pytest.raises(PlanError) as caught:
            read_outline(path)
        assert text in str(caught.value)


def test_what_a_scenario_must_have(tmp_path: Path) -> None:
    path = tmp_path / "provet.yaml"
    path.write_text("scenario: provet\ndifficulty: 7\nsteps: []\n", encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_outline(path)
    said = str(caught.value)
    for key in ("title", "plan", "summary", "who"):
        assert f"nyckeln '{key}' saknas" in said
    assert "'7' kan inte stå här. Skriv 1, 2, 3, 4 eller 5." in said
    assert "här står inget" in said


def test_easy_scenarios_come_first(tmp_path: Path) -> None:
    for name, difficulty in (("a", 3), ("b", 1)):
        path = write_scenario(tmp_path, MET, {"S1": "kvinnan"})
        text = path.read_text(encoding="utf-8").replace("provet", name).replace("difficulty: 2", f"difficulty: {difficulty}")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        path.unlink()
    assert [(outline.id, outline.difficulty) for outline in outlines(tmp_path)] == [("b", 1), ("a", 3)]


# -- another first day ---------------------------------------------------------------------------------------------------------

CONSENT = """\
- at: 2013-05-15 10:00
  event: consent_given
  about: S1
  recipient: migrationsverket
  telling: identity
  until: 2013-05-20
"""
OLD = """\
- at: 2013-05-15 11:00
  event: buyer_caught
  about: K1 purchase of B1, S1
  offence_at: 2013-05-13
"""


def test_everything_moves_by_days_and_keeps_its_time(tmp_path: Path) -> None:
    read = scenario(tmp_path, MET + LATE + CONSENT + OLD)
    winter = moved(read, example_plan(), date(2013, 12, 23))
    met, late, consent, old = winter.steps
    assert met.at == datetime(2013, 12, 23, 20, 10, tzinfo=UTC)
    assert (late.events[0].at, late.events[0].known_at) == (
        datetime(2013, 12, 23, 20, 30, tzinfo=UTC),
        datetime(2013, 12, 24, 8, tzinfo=UTC),
    )
    assert consent.events[0].until == datetime(2013, 12, 29, 23, tzinfo=UTC)
    assert old.events[0].offence_at == datetime(2013, 12, 21, 23, tzinfo=UTC)
    assert moved(winter, example_plan(), date(2013, 5, 14)) == read


def test_steps_that_would_change_places_are_refused(tmp_path: Path) -> None:
    steps = MET.replace("2013-05-14 21:10", "2013-10-27 02:50+02:00") + "- at: 2013-10-27 02:10+01:00\n"
    read = scenario(tmp_path, steps, {"S1": "kvinnan"})
    with pytest.raises(PlanError, match="14:3: fel: steget hamnar före det föregående"):
        moved(read, example_plan(), date(2013, 10, 28))


def test_there_is_an_end_of_time(tmp_path: Path) -> None:
    read = scenario(tmp_path, MET + "- after: 3 days\n", {"S1": "kvinnan"})
    with pytest.raises(PlanError, match="9:3: fel: Ett prov: dagen 9999-12-31 ligger för långt bort"):
        moved(read, example_plan(), date(9999, 12, 31))


# -- the schema ----------------------------------------------------------------------------------------------------------------


def test_the_schema_knows_the_keys_of_a_step() -> None:
    schema = scenario_schema()
    assert set(schema["required"]) == {"scenario", "title", "plan", "difficulty", "summary", "who", "steps"}
    step = schema["$defs"]["Step"]["properties"]
    assert {"at", "after", "event", "about", "done", "due", "not", "exactly", "story", "knows"} <= set(step)
    assert step["event"]["x-words"] == "events"
    assert step["revision"]["type"] == "integer"
    assert schema["$defs"]["Step"]["additionalProperties"] is False


def test_a_name_that_fills_no_page_is_refused_and_not_repeated(tmp_path: Path) -> None:
    assert scenario(tmp_path, MET, {"S1": "k" * 100}).who == {"S1": "k" * 100}
    (fault,) = faults(tmp_path, MET, {"S1": "k" * 101})
    assert fault.endswith("texten är längre än 100 tecken. Korta den.")
    assert "kkk" not in fault
