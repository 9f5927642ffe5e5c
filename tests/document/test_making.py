"""What the document holds: every rule once, what is to be confirmed counted, and nothing of another day."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from tests.document.pages import DAY, SINCE, Page, shipped, shipped_page
from tests.stories import example_plan

from samverkan.document.making import document
from samverkan.document.model import Document, Entry
from samverkan.document.rendering import render
from samverkan.document.wording import number_key
from samverkan.plan.loading import load_plan
from samverkan.review.change import changed, in_force, is_there


def entries(found: Document) -> list[Entry]:
    return [e for c in found.chapters for e in (*(e for group in c.groups for e in group.entries), *c.borrowed)]


def test_every_rule_of_the_day_stands_once() -> None:
    plan = load_plan()
    told = [entry.id for entry in entries(shipped())]
    assert len(told) == len(set(told))
    assert {rule.id for rule in plan.rules.values() if in_force(rule, DAY)} <= set(told)
    others = {one: plan.rules[one] for one in told if not in_force(plan.rules[one], DAY)}
    assert all(rule.by_offence and rule.first <= DAY for rule in others.values()), "only what old offences are judged by"
    assert {entry.id for entry in entries(shipped()) if entry.old} == set(others)


def test_numbers_and_anchors_are_unique_and_in_order() -> None:
    found = shipped()
    numbers = [entry.reference.number for entry in entries(found)]
    assert len(numbers) == len(set(numbers))
    for chapter in found.chapters:
        own = [entry.reference.number for group in chapter.groups for entry in group.entries]
        assert own == [f"{chapter.number}.{place}" for place in range(1, len(own) + 1)]


def test_the_most_urgent_stands_first_in_each_phase() -> None:
    for chapter in shipped().chapters:
        for group in chapter.groups:
            urgent = [entry.time == "genast" for entry in group.entries]
            assert urgent == sorted(urgent, reverse=True)


def test_the_first_page_counts_what_is_to_be_confirmed() -> None:
    plan, found = load_plan(), shipped()
    counts = {one.anchor: (one.count, one.whole) for one in found.confirms}
    units = [unit for unit in plan.units.values() if is_there(unit, DAY)]
    assert counts["bekrafta-enheter"] == (sum(not unit.confirmed for unit in units), len(units))
    cited = [c for clause in plan.clauses.values() if (c := clause.cited(DAY)) is not None]
    assert counts["bekrafta-kallor"] == (sum(not citation.seen for citation in cited), len(cited))
    assert len(found.unchecked) == counts["bekrafta-kallor"][0]
    assert sum(len(own) for _, own in found.unconfirmed) == counts["bekrafta-enheter"][0]
    assert len(found.assumed) == counts["bekrafta-antaganden"][0]
    assert [bar.whole for bar in found.bars] == [len(entries(found)), len(cited), len(cited)]
    assert "700-1744-09" in found.reconstructed


def test_at_most_a_fifth_of_the_clauses_have_only_a_reason() -> None:
    shares = {share.label: share.count for share in shipped().bars[2].shares}
    assert shares["har bara ett skäl till att regel saknas"] <= 0.2 * shipped().bars[2].whole


def test_a_place_whose_rules_hold_on_other_days_only_does_not_count_as_having_rules() -> None:
    plan, shares = load_plan(), {share.label: share.count for share in shipped().bars[2].shares}
    resting = {
        clause
        for rule in plan.rules.values() if rule.by_offence or in_force(rule, DAY)
        for clause in (*rule.because, *(one.allowed_clause for one in rule.then if one.allowed_clause is not None))
    }  # fmt: skip
    cited = {clause.id for clause in plan.clauses.values() if clause.cited(DAY) is not None}
    assert shares["har regler"] == len(cited & resting)
    assert shares["har regler bara för andra dagar"] == len({one for one in cited - resting if plan.clauses[one].unruled is None})


def test_sources_are_cited_as_of_the_day() -> None:
    before = document(load_plan(), date(2025, 6, 30))
    texts = {source.text for entry in entries(before) for source in entry.sources}
    assert "14 kap. 1 § socialtjänstlagen (2001:453)" in texts
    assert "14 kap. 1 § socialtjänstlagen (2001:453)" not in {s.text for e in entries(shipped()) for s in e.sources}


PAST = date(2015, 4, 10)


@cache
def on(day: date) -> Document:
    return shipped() if day == DAY else document(load_plan(), day)


@pytest.mark.parametrize("day", [PAST, DAY], ids=str)
def test_a_rule_is_told_with_every_citation_in_force_on_the_day_and_no_other(day: date) -> None:
    plan = load_plan()
    for entry in entries(on(day)):
        if not entry.old:
            there = [c for one in plan.rules[entry.id].because if (c := plan.clauses[one].cited(day)) is not None]
            assert {source.text for source in entry.sources} == {citation.text for citation in there}, entry.id
            assert {s.text for s in entry.sources if not s.seen} == {c.text for c in there if not c.seen}, entry.id
            assert there, entry.id


@pytest.mark.parametrize("day", [PAST, DAY], ids=str)
def test_a_rule_of_old_offences_alone_is_cited_as_while_it_was_valid(day: date) -> None:
    plan, old = load_plan(), [entry for entry in entries(on(day)) if entry.old]
    for entry in old:
        rule = plan.rules[entry.id]
        for source in entry.sources:
            then = [
                citation.text
                for end in (day, rule.first, rule.last)
                if end and (citation := plan.clauses[source.clause].cited(end))
            ]
            assert source.text in then, entry.id
        assert entry.sources, entry.id
    assert bool(old) == (day == DAY)


def test_what_was_written_later_is_no_ground_on_a_past_day() -> None:
    text = Page(render(on(PAST))).text
    for later in (
        "4 kap. 1 b § brottsbalken",
        "den nationella manualen, steg",
        "40 kap. 7 g §",
        "(2018)",
        "2020 och 2021",
        "2025:400",
    ):
        assert later in Page(shipped_page()).text, later
        assert later not in text, later


@pytest.mark.parametrize("day", [PAST, DAY], ids=str)
def test_requirements_of_the_day_are_those_that_a_source_has_then(day: date) -> None:
    plan = load_plan()
    owed = {one.title for one in plan.requirements.values() if any(plan.clauses[clause].cited(day) for clause in one.because)}
    assert [must.title for must in on(day).musts] == [one.title for one in plan.requirements.values() if one.title in owed]
    assert (len(owed) < len(plan.requirements)) == (day == PAST)
    assert all(must.sources for must in on(day).musts)


def test_what_is_new_is_told_and_marked() -> None:
    found, what = shipped(), changed(load_plan(), SINCE, DAY)
    assert found.news is not None
    assert {one.title for one in found.news.added} == {rule.title for rule in what.added}
    for references in (found.news.added, [one for one, _ in found.news.changed]):
        numbers = [tuple(map(int, one.number.split("."))) for one in references]
        assert numbers == sorted(set(numbers))
    marks = {entry.id: entry.news for entry in entries(found)}
    assert all(marks[rule.id] == "ny" for rule in what.added)
    assert all(marks[one.after.id] == "ändrad" for one in what.changed)
    assert document(load_plan(), DAY).news is None


def test_what_is_coming_is_told() -> None:
    told = document(load_plan(), date(2022, 1, 1)).coming
    assert any(text.startswith("31 juli 2022: ") and text.endswith(" upphör.") for text in told)
    assert any(text.startswith("1 augusti 2022: Socialnämnden får ansöka om betänketid") for text in told)


@pytest.mark.parametrize("functions", [("socialnamnd-barn",), ("socialnamnd-vuxen", "stod-utsatta")])
def test_a_part_has_what_its_functions_bear_with_the_numbers_of_the_whole(functions: tuple[str, ...]) -> None:
    plan, whole, part = load_plan(), shipped(), shipped(*functions)
    numbers = {entry.id: entry.reference.number for entry in entries(whole)}
    own = [entry.id for entry in entries(part)]
    assert len(own) == len(set(own))
    assert all(entry.reference.number == numbers[entry.id] for entry in entries(part))
    bearers = {
        rule.id: {rule.function, *(one for measure in rule.then for one in (*measure.who, measure.offered_by))}
        for rule in plan.rules.values()
    }
    borne = {rule for rule, bears in bearers.items() if rule in numbers and bears & set(functions)}
    assert borne <= set(own)
    assert [chapter.anchor for chapter in part.chapters] == [f"funktion-{one}" for one in plan.functions if one in functions]


def test_events_lead_to_rules_that_the_document_has() -> None:
    found = shipped()
    anchors = {entry.reference.anchor for entry in entries(found)}
    minor = next(one for one in found.happenings if one.place.anchor == "handelse-minor_involved")
    assert minor.place.title == "En minderårig är inblandad"
    assert "Polisen" in [doing.who for doing in minor.doings]
    for happening in found.happenings:
        doings = (*happening.doings, *happening.otherwise)
        lines = (*(line for doing in doings for line in doing.lines), *happening.later)
        assert {line.reference.anchor for line in lines} <= anchors


def test_every_flow_says_what_allows_it() -> None:
    flows = [flow for _, by_told in shipped().flows for told, own in by_told for flow in own if flow.told == told]
    assert len(flows) == sum(len(own) for _, by_told in shipped().flows for _, own in by_told)
    assert flows
    for flow in flows:
        assert flow.ground
        assert flow.what
    assert all(flow.what != "vem det gäller" for flow in flows if flow.kind == "open"), "identity is told only with a ground"


def test_another_plan_makes_a_document_too() -> None:
    found = document(example_plan(), date(2022, 8, 1))
    assert {entry.id for entry in entries(found)}
    assert found.letters


def test_a_part_leaves_out_what_is_said_of_the_whole_plan() -> None:
    plan, part = load_plan(), shipped("skola")
    assert part.musts == ()
    assert len(shipped().musts) == len(plan.requirements)
    assert len(shipped().concluded) == len(plan.conclusions)
    assert len(part.concluded) < len(plan.conclusions)


def test_a_requirement_about_a_relation_asks_about_the_person_at_its_end() -> None:
    sentences = [must.then for must in shipped().musts]
    assert "Då ska någon ta reda på om den som säljer eller utnyttjas är under 18 år." in sentences
    assert not any("om köpet är under" in sentence for sentence in sentences)


def test_no_source_is_told_twice_of_one_rule() -> None:
    found = shipped()
    for sources in (*(e.sources for e in entries(found)), *(must.sources for must in (*found.musts, *found.concluded))):
        texts = [source.text for source in sources]
        assert len(texts) == len(set(texts))


def test_rules_stand_by_their_numbers_in_lists_and_index() -> None:
    found = shipped()
    lists = [entry.rules for group in found.sources for entry in group.entries]
    lists += [term.references for letter in found.letters for term in letter.terms]
    for references in lists:
        places = [tuple(map(int, one.number.split("."))) for one in references]
        assert places == sorted(set(places))


def test_the_index_begins_with_the_word_that_one_looks_for() -> None:
    for letter in shipped().letters:
        for term in letter.terms:
            assert term.word[0].upper() == letter.letter
            assert term.word.split()[0] not in ("att", "om", "en", "ett")
            assert len(term.word) < 110


def test_what_is_said_alike_of_all_tasks_is_said_once() -> None:
    warned = next(entry for entry in entries(shipped()) if entry.id == "insats.forvarna")
    assert len(warned.tasks) > 1
    assert "Den som gör det antecknar skälet." in warned.alike
    assert all(not task.allowed and not task.notes for task in warned.tasks)


def test_whom_a_unit_is_for_is_told_without_the_name_of_the_fact() -> None:
    units = {unit.label: unit for chapter in shipped().chapters for unit in chapter.units}
    assert units["Kvinnocentrum i Västerås"].serves == "kvinna"
    assert units["Polismyndigheten i Västmanland"].serves == "alla"


def test_units_that_another_chapter_has_are_not_told_again() -> None:
    found = {chapter.anchor: chapter for chapter in shipped().chapters}
    again = found["funktion-socialnamnd-barn-hem"]
    assert again.units_in is not None
    assert again.units_in.anchor == "funktion-socialnamnd-barn"
    assert again.units == found[again.units_in.anchor].units
    (alone,) = shipped("socialnamnd-barn-hem").chapters
    assert alone.units_in is None, "the chapter that has them must be there"


def test_a_clause_is_cited_except_where_the_citation_is_the_whole_source() -> None:
    entries = {entry.anchor: entry for group in shipped().sources for entry in group.entries}
    assert not entries["kalla-sol-anmalningsplikt"].plain
    plain = [entry for entry in entries.values() if entry.plain]
    assert {entry.cited.text for entry in plain} >= {"broschyren om insatsveckorna"}
    assert all(entry.cited.about for entry in plain)


def test_sections_of_a_law_stand_in_its_order() -> None:
    group = next(group for group in shipped().sources if group.title == "Brottsbalken")
    texts = [entry.cited.text for entry in group.entries]
    assert texts.index("4 kap. 1 b § brottsbalken") < texts.index("24 kap. 4 § brottsbalken")
    assert number_key("9 § x") < number_key("9 a § x") < number_key("10 § x")


def test_the_index_leads_from_a_function_to_its_chapter() -> None:
    terms = {term.word: term for letter in shipped().letters for term in letter.terms}
    police = terms["polisen"]
    assert police.chapter is not None
    assert police.chapter.anchor == "funktion-polisen"
    assert terms["åldern"].chapter is None
