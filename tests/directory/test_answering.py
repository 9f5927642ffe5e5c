from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from tests.directory.building import CHILDREN, MIGRATION, PROSECUTOR, SUPPORT, local, plan, unit

from samverkan.directory.answering import Answering, Directory
from samverkan.directory.calendar import CalendarError
from samverkan.plan.model import Hours, Unit

COUNTY = Directory(plan())
WOMAN, MAN, NOT_KNOWN = {"gender": "woman"}, {"gender": "man"}, {"gender": "unknown"}
SATURDAY_NIGHT = local("2013-05-18 23:30")
TUESDAY = local("2013-05-14 10:00")
TUESDAY_NIGHT = local("2013-05-14 21:10")


def children(municipality: str | None, at: datetime) -> Answering:
    return COUNTY.answering("socialnamnd-barn", municipality, {}, at)


def support(municipality: str | None, person: dict[str, str], at: datetime, *on_call: str) -> Answering:
    return COUNTY.answering("stod-utsatta", municipality, person, at, frozenset(on_call))


def only(*units: Unit, hours: tuple[Hours, ...] = ()) -> Directory:
    return Directory(plan(units, hours=hours))


def test_a_saturday_night_in_hallstahammar_socialjouren_stands_in() -> None:
    assert children("hallstahammar", SATURDAY_NIGHT) == Answering(
        "socialnamnd-barn", "socialjouren", True, None, "hallstahammar-barn"
    )
    assert children("hallstahammar", TUESDAY) == Answering("socialnamnd-barn", "hallstahammar-barn", True)


@pytest.mark.parametrize("municipality", [None, "unknown", "sala", "elsewhere", "abroad"])
@pytest.mark.parametrize("at", [TUESDAY, SATURDAY_NIGHT])
def test_without_a_unit_of_its_own_or_a_known_municipality_socialjouren_answers(municipality: str | None, at: datetime) -> None:
    assert children(municipality, at) == Answering("socialnamnd-barn", "socialjouren", True)


def test_whether_a_municipality_that_becomes_known_changes_the_unit_depends_on_the_hour() -> None:
    assert children(None, SATURDAY_NIGHT).unit == children("hallstahammar", SATURDAY_NIGHT).unit
    assert children(None, TUESDAY).unit != children("hallstahammar", TUESDAY).unit


def test_kvinnocentrum_is_closed_on_a_holiday_and_open_at_night_when_its_function_is_on_call() -> None:
    ascension = local("2013-05-09 11:00")
    assert support("vasteras", WOMAN, TUESDAY).unit == "kvinnocentrum"
    assert support("vasteras", WOMAN, ascension) == Answering("stod-utsatta", "socialjouren", True, None, "kvinnocentrum")
    assert support("vasteras", WOMAN, TUESDAY_NIGHT).unit == "socialjouren"
    for at in (ascension, TUESDAY_NIGHT):
        assert support("vasteras", WOMAN, at, "stod-utsatta") == Answering("stod-utsatta", "kvinnocentrum", True)
    assert support("vasteras", WOMAN, TUESDAY_NIGHT, "polisen").unit == "socialjouren"


def test_midsommarafton_2026() -> None:
    eve = local("2026-06-19 10:00")
    assert children("vasteras", eve).stands_in_for == "vasteras-barn"
    assert COUNTY.answering("migrationsverket", None, {}, eve).opens == local("2026-06-22 08:00")


def test_who_is_served_and_who_is_not_known_to_be() -> None:
    assert support("vasteras", MAN, TUESDAY).unit == "kriscentrum-man"
    assert support("sala", MAN, TUESDAY).unit == "kriscentrum-man"
    assert support(None, MAN, TUESDAY).unit == "kriscentrum-man"
    assert support("sala", WOMAN, TUESDAY).unit == "socialjouren"
    for person in ({}, NOT_KNOWN, {"gender": "other"}):
        assert support("vasteras", person, TUESDAY) == Answering("stod-utsatta", "socialjouren", True)


def test_a_unit_that_is_closed_gives_way_to_the_next_that_is_open() -> None:
    assert support("vasteras", MAN, TUESDAY_NIGHT) == Answering("stod-utsatta", "socialjouren", True)


def test_a_unit_that_changes_on_new_years_day_2017() -> None:
    def migration(at: str) -> Answering:
        return COUNTY.answering("migrationsverket", None, {}, local(at))

    assert migration("2016-12-30 10:00").unit == "migrationsverket-norrkoping"
    assert migration("2016-12-31 23:59:59").unit == "migrationsverket-norrkoping"
    assert migration("2017-01-01 00:00").unit == "migrationsverket-vasteras"
    assert migration("2017-01-02 10:00") == Answering("migrationsverket", "migrationsverket-vasteras", True)
    assert COUNTY.changes == (date(2017, 1, 1),)


@pytest.mark.parametrize(
    ("day", "name"),
    [("2016-12-31", "norrkoping"), ("2017-01-01", "vasteras"), ("2013-05-01", "norrkoping"), ("2199-12-31", "vasteras")],
)
def test_the_first_and_the_last_day_count_whichever_is_asked_about_first(day: str, name: str) -> None:
    (place,) = Directory(plan()).places("migrationsverket", None, {}, date.fromisoformat(day))
    assert place.unit.id == f"migrationsverket-{name}"


def test_when_nobody_is_open_the_first_answers_at_its_next_opening() -> None:
    alone = only(unit("vasteras-barn", "socialnamnd-barn", area=("vasteras",)), unit("lanet-barn", "socialnamnd-barn"))
    assert alone.answering("socialnamnd-barn", "vasteras", {}, SATURDAY_NIGHT) == Answering(
        "socialnamnd-barn", "vasteras-barn", False, local("2013-05-20 08:00")
    )
    assert alone.answering("socialnamnd-barn", "sala", {}, SATURDAY_NIGHT).unit == "lanet-barn"


def test_an_opening_that_the_unit_does_not_live_to_see_is_none() -> None:
    ending = local("2016-12-30 17:00")
    assert COUNTY.answering("migrationsverket", None, {}, ending) == Answering(
        "migrationsverket", "migrationsverket-norrkoping", False
    )
    older = unit("aldre", "migrationsverket", last=date(2016, 12, 31))
    younger = unit("yngre", "migrationsverket")
    assert only(older, younger).answering("migrationsverket", None, {}, ending) == Answering(
        "migrationsverket", "yngre", False, local("2017-01-02 08:00")
    )


def test_without_any_unit_nobody_answers() -> None:
    assert only().answering("aklagare", None, {}, TUESDAY) == Answering("aklagare", None, False)
    with pytest.raises(KeyError):
        COUNTY.answering("brandkaren", None, {}, TUESDAY)


def test_the_narrowest_area_goes_first_then_the_narrowest_clientele_then_the_order_of_the_file() -> None:
    narrow_to_wide = (
        unit("en-kommun-kvinnor", "stod-utsatta", area=("sala",), serves={"gender": ("woman",)}),
        unit("en-kommun-fler", "stod-utsatta", area=("sala",), serves={"gender": ("woman", "other")}),
        unit("en-kommun", "stod-utsatta", area=("sala",)),
        unit("tva-kommuner", "stod-utsatta", area=("sala", "vasteras"), serves={"gender": ("woman",)}),
        unit("overallt", "stod-utsatta"),
    )
    names = [each.id for each in narrow_to_wide]
    for order in permutations(narrow_to_wide):
        places = only(*order).places("stod-utsatta", "sala", WOMAN, date(2013, 5, 14))
        assert [place.unit.id for place in places] == names
    twins = (unit("andra", "stod-utsatta"), unit("forsta", "stod-utsatta"))
    assert only(*twins).answering("stod-utsatta", None, {}, TUESDAY).unit == "andra"
    assert only(*reversed(twins)).answering("stod-utsatta", None, {}, TUESDAY).unit == "forsta"


def test_more_facts_make_a_clientele_narrower_than_fewer_values() -> None:
    two_facts = {"gender": ("woman", "man"), "home_municipality": ("sala", "vasteras")}
    found = only(
        unit("en-uppgift", "stod-utsatta", serves={"gender": ("woman",)}),
        unit("tva-uppgifter", "stod-utsatta", serves=two_facts),
    )
    person = {**WOMAN, "home_municipality": "sala"}
    assert found.answering("stod-utsatta", None, person, TUESDAY).unit == "tva-uppgifter"
    assert found.answering("stod-utsatta", None, WOMAN, TUESDAY).unit == "en-uppgift"


def test_a_function_that_is_found_by_nothing_has_no_municipality() -> None:
    local_prosecutor = only(unit("aklagare-sala", "aklagare", area=("sala",)))
    for municipality in (None, "vasteras", "sala"):
        assert local_prosecutor.answering("aklagare", municipality, {}, TUESDAY).unit == "aklagare-sala"
    local_office = only(unit("barn-sala", "socialnamnd-barn", area=("sala",)))
    for municipality in (None, "vasteras"):
        assert local_office.answering("socialnamnd-barn", municipality, {}, TUESDAY).unit is None


def test_a_stand_in_bears_the_function_unless_anyone_may_stand_in() -> None:
    found = only(
        unit("migrationsverket", "migrationsverket", stand_ins=("jouren",)),
        unit("jouren", "polisen", hours="always"),
    )
    strict = found.answering("migrationsverket", None, {}, TUESDAY_NIGHT)
    assert strict == Answering("migrationsverket", "migrationsverket", False, local("2013-05-15 08:00"))
    lenient = found.answering("migrationsverket", None, {}, TUESDAY_NIGHT, any_stand_in=True)
    assert lenient == Answering("migrationsverket", "jouren", True, None, "migrationsverket")


def test_a_stand_in_is_there_that_day_and_for_that_person_but_wherever_it_is() -> None:
    found = only(
        unit("sala", "stod-utsatta", area=("sala",), stand_ins=("nedlagd", "for-man", "grannen")),
        unit("nedlagd", "stod-utsatta", area=("vasteras",), hours="always", last=date(2013, 4, 30)),
        unit("for-man", "stod-utsatta", area=("vasteras",), hours="always", serves={"gender": ("man",)}),
        unit("grannen", "stod-utsatta", area=("vasteras",), hours="always"),
    )
    assert found.answering("stod-utsatta", "sala", WOMAN, TUESDAY_NIGHT).unit == "grannen"
    assert found.answering("stod-utsatta", "sala", MAN, TUESDAY_NIGHT).unit == "for-man"


def test_stand_ins_are_asked_nearest_first_and_a_ring_ends() -> None:
    found = only(
        unit("forst", "aklagare", stand_ins=("andra", "tredje")),
        unit("tredje", "aklagare", hours="natt"),
        unit("fjarde", "aklagare", hours="always"),
        unit("andra", "aklagare", stand_ins=("fjarde", "forst")),
        hours=(Hours("natt", "natt", (((1260, 1440),),) * 7),),
    )
    order = [place.unit.id for place in found.places("aklagare", None, {}, date(2013, 5, 14))]
    assert order == ["forst", "andra", "tredje", "fjarde"]
    assert found.answering("aklagare", None, {}, TUESDAY_NIGHT).unit == "tredje"
    assert found.answering("aklagare", None, {}, SATURDAY_NIGHT).unit == "tredje"
    early = found.answering("aklagare", None, {}, local("2013-05-14 05:00"))
    assert early == Answering("aklagare", "fjarde", True, None, "forst")


def test_the_nights_when_the_clock_is_moved() -> None:
    night_watch = Hours("natt", "natt", (((120, 180),),) * 7, ((120, 180),))
    found = only(unit("natten", "polisen", hours="natt"), hours=(night_watch,))

    def police(at: datetime) -> Answering:
        return found.answering("polisen", None, {}, at)

    assert [police(datetime(2013, 10, 27, hour, 30, tzinfo=UTC)).open for hour in (0, 1, 2)] == [True, True, False]
    before = police(local("2013-03-31 01:59"))
    assert before == Answering("polisen", "natten", False, local("2013-04-01 02:00"))


def test_any_way_to_write_an_instant_gives_the_same_answer() -> None:
    at = local("2013-10-27 02:30", fold=1)
    assert children("sala", at) == children("sala", at.astimezone(UTC))
    with pytest.raises(ValueError, match="offset"):
        children("sala", datetime(2013, 10, 27, 2, 30))  # noqa: DTZ001


def test_the_municipality_is_the_first_that_is_known() -> None:
    find = COUNTY.municipality_of
    assert find(CHILDREN.id, {"home_municipality": "sala", "stay_municipality": "vasteras"}) == "sala"
    assert find(CHILDREN.id, {"home_municipality": "unknown", "stay_municipality": "vasteras"}) == "vasteras"
    assert find(CHILDREN.id, {"stay_municipality": "abroad"}) == "abroad"
    assert find(CHILDREN.id, {}) is None
    assert find(SUPPORT.id, {"home_municipality": "sala"}) is None
    assert find(PROSECUTOR.id, {"home_municipality": "sala"}) is None
    with pytest.raises(KeyError):
        find("brandkaren", {})


def test_the_facts_that_an_answer_depends_on_are_named() -> None:
    assert COUNTY.facts_read(SUPPORT.id) == ("gender",)
    assert COUNTY.facts_read(MIGRATION.id) == ()
    by_stand_in = only(
        unit("en", "aklagare", stand_ins=("tva",)),
        unit("tva", "polisen", stand_ins=("tre",)),
        unit("tre", "aklagare", serves={"gender": ("man",)}),
    )
    assert by_stand_in.facts_read("polisen") == ("gender",)


def test_a_zone_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(CalendarError, match="Mars/Olympus"):
        Directory(plan(timezone="Mars/Olympus"))


def test_a_unit_that_opens_on_its_last_day_or_before_answers_then_and_one_that_opens_later_does_not() -> None:
    at = local("2016-12-28 18:00")  # a Wednesday; Friday is the last working day of the year
    for last, opens in (
        (date(2016, 12, 28), None),
        (date(2016, 12, 29), "2016-12-29 08:00"),
        (date(2016, 12, 30), "2016-12-29 08:00"),
    ):
        directory = only(unit("slutar", "migrationsverket", last=last))
        expected = Answering("migrationsverket", "slutar", False, local(opens) if opens else None)
        assert directory.answering("migrationsverket", None, {}, at) == expected
