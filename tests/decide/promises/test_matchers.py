"""§10 of the contract: the matchers agree on every state, and the answer is the same bytes with either, anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decide.promises.matching_states import FEWEST, GENERATED, Example, corpus, generated, judged
from tests.decide.promises.played import played, story
from tests.decide.promises.telling import histories
from tests.stories import example_plan, plan_of

from samverkan.case.case import Case
from samverkan.decide.deciding import decide
from samverkan.decide.durable import DurableError, is_installed
from samverkan.decide.events import Event
from samverkan.decide.groups import groups, values_of
from samverkan.decide.judging import Judge
from samverkan.decide.knowledge import deliver, known
from samverkan.decide.matching import Compiled, _together
from samverkan.decide.world import World
from samverkan.plan.loading import load_plan
from samverkan.plan.model import UNKNOWN, Plan

ROOT = Path(__file__).parents[3]
HERE = "tests.decide.promises"
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG", "VIRTUAL_ENV"))}


def ran(*arguments: str, python: str = sys.executable, **environment: str) -> bytes:
    """What a program of ours writes in a process of its own."""
    env = {**CLEAN, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'engine'}", **environment}
    done = subprocess.run([python, *arguments], cwd=ROOT, env=env, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


@cache
def played_here() -> bytes:
    """The long story's answers with the compiled matcher, in this process."""
    return played().encode()


# -- the shared corpus of states, and generated ones ---------------------------------------------------------------------------


def test_the_corpus_is_of_a_good_size_and_shows_every_rule_of_the_example_plan_in_every_way() -> None:
    examples = corpus()
    rules = set(example_plan().rules)
    assert len(examples) >= 40
    assert set().union(*(one.holds for one in examples)) == rules
    may_ask = {r.id for r in example_plan().rules.values() if any(UNKNOWN not in atom.values for atom in r.when.atoms)}
    assert set().union(*(one.asks for one in examples)) == may_ask
    never = {rule: [one for one in examples if rule not in one.holds | one.asks] for rule in may_ask}
    assert all(never.values())


@pytest.mark.parametrize("example", corpus(), ids=lambda one: one.shows)
def test_the_compiled_matcher_says_of_each_state_what_was_written_by_hand(example: Example) -> None:
    plan = example_plan()
    assert judged(plan, Compiled(groups(plan)), example) == (example.holds, example.asks)


def test_durable_rules_says_the_same_of_the_corpus_and_of_generated_states_of_every_group() -> None:
    if not is_installed():
        with pytest.raises(DurableError):
            Case(example_plan(), matcher="durable")
        return
    told = json.loads(ran("-m", f"{HERE}.matching_states"))
    assert told.pop("corpus") == []
    for name, plan in (("exempel", example_plan()), ("vastmanland", load_plan("vastmanland"))):
        compared = told.pop(name)
        assert set(compared) == {group.name for group in groups(plan)}
        for number, group in enumerate(groups(plan)):
            count, every_term_was_true, differences = compared[group.name]
            assert len(group.terms) <= FEWEST, "the mutants need more states: tools/mutation/trial.py"
            assert count == len(list(generated(group, number))) <= GENERATED
            assert every_term_was_true
            assert differences == []
    assert not told


@settings(deadline=None, max_examples=40, derandomize=True)
@given(histories(), st.sampled_from([1, 30, 200, 1500]))
def test_the_compiled_matcher_says_what_the_plans_words_say_read_one_by_one(events: tuple[Event, ...], hours: int) -> None:
    """The rules of each subject, judged straight from the plan's conditions, against the matcher's tables."""
    plan = example_plan()
    now = events[0].at + timedelta(hours=hours)
    world = World(plan, known(deliver({}, events), now))
    judge, matcher = Judge(world), Compiled(groups(plan))
    for number, group in enumerate(groups(plan)):
        for subject in (s for s, sort in world.sorts.items() if sort == group.of and world.exists(s, now)):
            when = judge.when(group.rules[0].rule, subject, now)
            state = tuple(codes[judge.value(atom, subject, when)] for atom, codes in zip(group.atoms, group.codes, strict=True))
            true, possible = matcher.match(number, state)
            for one in group.rules:
                excepted = bool(true & one.unless)
                verdict = 0 if excepted else 2 if true & one.when else 1 if possible & one.when else 0
                assert verdict == judge.rule(one.rule, subject, now), (one.rule.id, subject)


def test_a_state_has_a_code_for_every_value_and_unknown_is_nothing() -> None:
    plan = example_plan()
    for group in groups(plan):
        for (_, fact), values, codes in zip(group.slots, group.values, group.codes, strict=True):
            assert values == values_of(plan, fact)
            assert codes["unknown"] == 0
            assert len(set(codes.values())) == len(values)


# -- which matcher, and what a difference does ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "tables"),
    [
        ([], []),
        ([8, 16], [range(2)]),
        ([8, 17], [range(1), range(1, 2)]),
        ([300, 2, 4], [range(1), range(1, 3)]),
        ([2, 300, 4], [range(1), range(1, 2), range(2, 3)]),
    ],
)
def test_a_table_is_for_as_many_slots_as_have_few_combinations_or_for_one(sizes: list[int], tables: list[range]) -> None:
    assert list(_together(sizes)) == tables


def test_a_library_defaults_to_the_compiled_matcher() -> None:
    assert Case(example_plan()).matcher.name == "compiled"
    assert Case(example_plan(), matcher="compiled").matcher.name == "compiled"
    assert Case.replay(example_plan(), ()).matcher.name == "compiled"


WHICH = """
from tests.stories import example_plan
from samverkan.case.case import Case
for name in ("auto", "durable"):
    case = Case(example_plan(), matcher=name)
    print(case.matcher.name)
"""


def test_auto_is_durable_where_it_is_installed() -> None:
    if is_installed():
        assert ran("-c", WHICH).split() == [b"durable", b"durable"]
    else:
        assert Case(example_plan(), matcher="auto").matcher.name == "compiled"


DIFFERS = '''
import json
from pathlib import Path
from tests.decide.promises.played import story
from tests.stories import PLANS, example_plan, plan_of
from samverkan.decide.asjson import answer_to_json, canonical
from samverkan.decide.deciding import decide
from samverkan.decide.durable import Compared, Durable
from samverkan.decide.groups import groups
from samverkan.plan.loading import read_plan

files = {path.name: path.read_bytes() for path in sorted((PLANS / "exempel").glob("*.yaml"))}
files["polisen.yaml"] = files["polisen.yaml"].replace(b"when: {age: [child, maybe_child]}", b"when: {age: [child]}", 1)
told, plan = story(), example_plan()
wrong = Compared(groups(plan))
wrong._durable = Durable(groups(read_plan(files)))
now = told.when("2022-07-29 21:10")
one, other = decide(plan, told.events, now, wrong), decide(plan, told.events, now)
same = canonical(answer_to_json(one, plan)) == canonical(answer_to_json(other, plan))
rules = """
rules:
- {rule: en, for: purchase, when: {payment: handed_over}, then: [{must inform: stod, about: seller}]}
- {rule: tva, for: purchase, when: {seller.age: [child, maybe_child]}, then: [{must inform: stod, about: seller}]}
"""
said = []
wide, narrow = (groups(plan_of(text)) for text in (rules, rules.replace("[child, maybe_child]", "child")))
for reference, wrongly in ((wide, narrow), (narrow, wide)):
    small = Compared(reference)
    small._durable = Durable(wrongly)
    small.match(0, (reference[0].values[0].index("none"), reference[0].values[1].index("maybe_child")))
    said += small.diagnostics
print(json.dumps([same, list(wrong.diagnostics), "orosanmalan" in canonical(answer_to_json(one, plan)), said]))
'''


def test_a_difference_goes_to_diagnostics_never_into_the_answer_which_is_the_references() -> None:
    """durable-rules is given another plan's rules, in which one rule forgets those who may be children."""
    if is_installed():
        same, diagnostics, notified, said = json.loads(ran("-c", DIFFERS))
        assert same
        assert notified
        assert len(diagnostics) == 1
        assert "barn.orosanmalan" in diagnostics[0]
        assert '"age": "maybe_child"' in diagnostics[0]
        more_or_less = 'purchase: {"payment": "none", "seller.age": "maybe_child"}: tva'
        assert said == [more_or_less, more_or_less]
    else:
        assert Case(example_plan(), matcher="auto").matcher.diagnostics == ()


def test_the_answer_does_not_depend_on_which_matcher_gave_it() -> None:
    told = story()
    assert decide(told.plan, told.events, told.when(), Compiled(groups(told.plan))) == told.answer()


# -- the same bytes everywhere -------------------------------------------------------------------------------------------------

PLACES = {
    "seed 0, Auckland, C": ("compiled", {"PYTHONHASHSEED": "0", "TZ": "Pacific/Auckland", "LC_ALL": "C"}),
    "seed 1, UTC, durable": ("durable" if is_installed() else "compiled", {"PYTHONHASHSEED": "1", "TZ": "UTC"}),
    "random seed, durable": ("durable" if is_installed() else "compiled", {"PYTHONHASHSEED": "random", "LC_ALL": "C"}),
    "optimised": ("compiled", {"PYTHONHASHSEED": "random", "PYTHONOPTIMIZE": "1", "TZ": "America/Los_Angeles"}),
}


@pytest.mark.parametrize("place", PLACES)
def test_the_canonical_json_of_a_played_story_is_the_same_bytes(place: str) -> None:
    matcher, environment = PLACES[place]
    assert ran("-m", f"{HERE}.played", matcher, **environment) == played_here()


def test_the_played_story_shows_what_an_answer_can_hold() -> None:
    """So that bytes that are the same say something."""
    answer = story().answer("2022-12-24 15:00")
    statuses = {d.status for d in story().answer("2022-07-31 09:30").decisions} | {d.status for d in answer.decisions}
    assert statuses == {"ask_first", "due", "done", "declined", "lapsed", "withdrawn"}
    assert {"passed", "overdue"} <= {flag for d in answer.decisions for flag in d.flags}
    assert {"fact", "hanging", "impossible", "nothing_marked"} <= {q.kind for q in answer.questions}
    assert {"consent_ended", "ask"} <= {d.kind for d in answer.decisions}


OTHERS = ("3.12", "3.13")
ASK = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)"


def at_hand() -> dict[str, str]:
    """The other versions of Python that really run here, and where. A manager of versions is told which one is meant."""
    found = {}
    for version in OTHERS:
        try:
            told = subprocess.run(
                [f"python{version}", "-c", ASK], env={**CLEAN, "PYENV_VERSION": version}, capture_output=True, text=True, timeout=60
            )
        except FileNotFoundError:
            continue
        if told.returncode == 0 and told.stdout.split()[0] == version:
            found[version] = told.stdout.split()[1]
    return found


def written_by(python: str, folder: Path) -> bytes:
    """What the story gives under another interpreter, in an environment with only what the core needs."""
    core = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    subprocess.run([python, "-m", "venv", folder], env=CLEAN, check=True, capture_output=True, timeout=300)
    installing = [folder / "bin" / "python", "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", *core]
    done = subprocess.run(installing, env=CLEAN, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return ran("-m", f"{HERE}.played", python=str(folder / "bin" / "python"))


@pytest.mark.slow
@pytest.mark.xdist_group("versions")
def test_other_versions_of_python_write_the_same_bytes(tmp_path: Path) -> None:
    interpreters = at_hand()
    print(f"Other versions of Python at hand: {', '.join(interpreters) or 'none'} (of {', '.join(OTHERS)}).")
    with ThreadPoolExecutor(max_workers=2) as pool:
        writing = {version: pool.submit(written_by, python, tmp_path / version) for version, python in interpreters.items()}
        written = {version: result.result() for version, result in writing.items()}
    assert written == dict.fromkeys(interpreters, played_here())


# -- the hint on speed ---------------------------------------------------------------------------------------------------------


def test_a_case_that_is_taken_on_says_at_every_step_what_one_played_from_the_start_says() -> None:
    told = story()
    case = Case(told.plan)
    for number, event in enumerate(sorted(told.events, key=lambda e: e.known_at)):
        case = case.fire(event, strict=False).case
        now = case.now
        assert now is not None
        assert case.decisions(now) == decide(told.plan, case.events, now), number


def test_an_event_that_is_delivered_behind_what_the_case_has_seen_is_replayed_from_there() -> None:
    told = story()
    behind = next(event for event in told.events if event.id == "anmälan")
    case = Case.replay(told.plan, [event for event in told.events if event is not behind])
    assert case.fire(behind, strict=False).answer == told.answer(case.now)


def test_a_case_is_a_value_firing_leaves_the_old_one_as_it_was() -> None:
    told = story()
    case = Case.replay(told.plan, told.events[:5])
    now = told.when("2022-08-20 12:00")
    before = case.decisions(now)
    for event in told.events[5:]:
        case.fire(event, strict=False)
    assert case.decisions(now) == before
    assert len(case.events) == 5


def test_a_plan_is_made_ready_once_and_equal_plans_decide_alike() -> None:
    text = "rules: [{rule: r, for: seller, when: {age: child}, then: [{must inform: stod}]}]"
    one, other = plan_of(text), plan_of(text)
    event = story().events[1]
    again = replace(event, facts=(("age", "child"),))
    assert isinstance(one, Plan)
    assert one.digest == other.digest
    assert decide(one, [again], again.at).decisions == decide(other, [again], again.at).decisions != ()
