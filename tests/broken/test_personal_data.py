"""What counts as personal data and what doesn't: every way of writing a number, and ordinary text that only looks like one."""

from __future__ import annotations

import hashlib
import time
import uuid
from random import Random

import pytest

from samverkan.plan.personal import personal_data, without_identity, without_personal_data

# Nobody's numbers.
IDENTITY = [
    "19121212-1212", "121212-1212", "1212121212", "191212121212", "121212+1212", "19121212+1212", "200101611234",
    "121272-1212", "19121272-1212", "19121291-1212", "970312-TF12", "970312-T123", "19121212--1212", "19121212__1212",
    "19121212  1212", "19121212 - - 1212", "1912--12--12--1212", "1912 12 12 1212", "1912.12.12.1212",
    "1912/12/12/1212", "1912-12-12-1212", "12 12 12 1212", "19121212.1212", "19121212,1212", "121212:1212",
    "19121212_1212", "121212-12 12", "19121212 – 1212", "121212‑1212", "121212−1212", "1 2 1 2 1 2 1 2 1 2",
    "1 9 1 2 1 2 1 2 - 1 2 1 2", "1.2.1.2.1.2.1.2.1.2", "121212***1212", "١٢١٢١٢-١٢١٢", "१२१२१२-१२१२", "１２１２１２－１２１２",
    "𝟏𝟐𝟏𝟐𝟏𝟐-𝟏𝟐𝟏𝟐", "①②①②①②-①②①②", "12\u200b1212-1212", "121212\u00ad-1212", "1\u03322\u033212\u033212-1212",
    "121212\n1212", "121212\t1212", "S121212-1212", "pnr:1212121212", '"121212-1212"', "(121212-1212)",
    "Hon, 121212-1212 kräver tolk", "121212-1212 kränktes", "121212-1212x", "121212-1212s", "121212 (1212)", "121212-12-12",
]  # fmt: skip
TELEPHONE = [
    "070-123 45 67", "0701234567", "070 - 123 45 67", "070--123--45--67", "070.123.45.67", "070_123_45_67",
    "+46 70 123 45 67", "+46701234567", "+46(0)70-1234567", "+46 (0)70 123 45 67", "+46.70.123.45.67",
    "tel:+46-70-123-45-67", "0046701234567", "46701234567", "46 70 123 45 67", "021-12 34 56", "(021) 12 34 56",
    "08-123 456 78", "0221-123 45", "021/123456", "０７０-１２３４５６７", "+1 202 555 0100", "0701-12-12 345",
    "070.1234567", "070:1234567",
]  # fmt: skip
MAIL = [
    "anna@example.se", "anna＠example.se", "a.b+c@x.y.se",
]  # fmt: skip
ORDINARY = [
    "", "S1", "h-17", "2026-05-13", "2013-05-14 21:10", "2013-05-14 21:10:33.123456", "2013-05-14T21:10:00+02:00",
    "20130514T2110", "20260513 14:30", "20260513-14.30", "2013-05-14 2013-05-20", "2013-05-14–2013-05-20",
    "2013-05-01 - 2013-05-31", "01-02-2013", "05/14/2013", "0001-01-01", "9999-12-31", "9999", "08.00-16.30",
    "08:00-16:30", "kl. 0800-1630", "2013-05-14 08:00-16:30", "kl. 21.10–22.30", "2013-05-14 kl21",
    "14 maj 2013 kl. 21.10", "1 500 kronor", "1 500 000 kr", "2013-05-14, 1500 kronor", "2013-05-14 1500 kr",
    "Betalade 1500 kr den 2013-05-14. 2000 kronor återstår", "199 900 kronor", "700-1744-09", "dnr 700-1744-09",
    "Dnr 801-1234-2013", "SFS 2025:400", "socialtjänstlagen (2025:400)", "lag (2025:586)", "14 kap. 1 §",
    "5 kap. 3 § 2 p.", "OSL 2009:400, 10 kap. 18 a §", "0123456", "K 1234-26", "5000-K123456-26", "H-2026-05-13-001",
    "a-2013-05-14-1", "rum 412, våning 3", "0,5 liter", "1.2.3.4", "brb/kop-av-barn", "https://exempel.se/a/b",
    "550e8400-e29b-41d4-a716-446655440000", "v. 20 2026", "den 2013-05-14 1500 kronor", "kl 07.30",
]  # fmt: skip


@pytest.mark.parametrize("text", [*IDENTITY, *TELEPHONE, *MAIL])
def test_it_is_recognised_also_in_the_midst_of_text(text: str) -> None:
    assert personal_data(text)
    assert personal_data(f"ring {text}, snarast")
    assert personal_data(f"Hon heter inte så.\n{text}\nSlut.")


@pytest.mark.parametrize("text", [*IDENTITY, *TELEPHONE, *MAIL])
def test_it_is_taken_out_of_a_message(text: str) -> None:
    shown = without_personal_data(f"det finns ingen plan '{text}'.")
    assert personal_data(shown) is None
    assert shown.startswith("det finns ingen plan '")
    assert shown.endswith("'.")


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_left_alone(text: str) -> None:
    for told in (text, f"({text})", f"Den {text} kom de.", f"{text}, sade hon"):
        assert personal_data(told) is None
        assert without_personal_data(told) == without_identity(told) == told


def test_what_a_machine_named_is_no_number() -> None:
    random = Random(1)
    names = [str(uuid.UUID(int=random.getrandbits(128), version=4)) for _ in range(2000)]
    names += [hashlib.sha256(name.encode()).hexdigest() for name in names[:500]]
    assert [name for name in names if personal_data(name) or personal_data(f"händelse {name}.")] == []


@pytest.mark.parametrize("piece", ["a", "0", "0 ", "19", "1-", "a@", "a.", "+4 ", "f1", "é", "9 0 ", "46 7", "0.12", "@"])
def test_the_time_grows_as_the_text(piece: str) -> None:
    began = time.process_time()
    for text in (piece * (30_000 // len(piece)), f"x@{piece * (30_000 // len(piece))}"):
        without_personal_data(text)
    assert time.process_time() - began < 5
