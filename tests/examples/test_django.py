"""The Django site in examples/: a real server on a real database, asked over HTTP and by its commands."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from jsonschema import Draft202012Validator

from samverkan.case.case_schemas import ledger_schema, outcome_schema
from samverkan.case.schemas import answer_schema

pytestmark = pytest.mark.xdist_group("django")

SITE = Path(__file__).parents[2] / "examples" / "django"
TOKEN = "prov"
AT = datetime.now(UTC) - timedelta(hours=3)
MET = {"id": "h1", "event": "minor_involved", "about": "S1 seller", "at": AT.isoformat(timespec="seconds")}


class Site:
    """The site: its commands, and its pages where it is served."""

    def __init__(self, home: Path) -> None:
        self.database = home / "cases.sqlite3"
        self.environment = {
            **os.environ, "CASES_DATABASE": str(self.database), "CASES_TOKEN": TOKEN, "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]

    def command(self, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "error", str(SITE / "manage.py"), *words]
        return subprocess.run(command, cwd=SITE, env=self.environment, input=said, capture_output=True, encoding="utf-8")

    def ask(self, path: str, data: object = None, token: str = TOKEN) -> tuple[int, str]:
        """Status and text of a page; `data` is posted, as JSON or, where it is bytes, as it is."""
        body = data if isinstance(data, bytes) else None if data is None else json.dumps(data).encode()
        asked = Request(f"http://127.0.0.1:{self.port}/arenden/{path}", body, {"Authorization": f"Bearer {token}"})
        try:
            with urlopen(asked, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as problem:
            with problem:
                return problem.code, problem.read().decode()

    def rows(self, what: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(what).fetchall()
        finally:
            connection.close()

    def numbers(self, ref: str) -> list[int]:
        """The numbers of a case's rows."""
        rows = "select number from cases_steprecord join cases_caserecord c on c.id = case_id"
        return [number for (number,) in self.rows(f"{rows} where ref = '{ref}' order by number")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with its tables made, served."""
    site = Site(tmp_path_factory.mktemp("site"))
    made = site.command("migrate")
    assert made.returncode == 0, made.stderr
    log = site.database.with_name("log")
    with log.open("w") as output:
        command = [sys.executable, str(SITE / "manage.py"), "runserver", "--noreload", f"127.0.0.1:{site.port}"]
        server = subprocess.Popen(command, cwd=SITE, env=site.environment, stdout=output, stderr=output)
        try:
            for _ in range(600):
                assert server.poll() is None, log.read_text()
                try:
                    socket.create_connection(("127.0.0.1", site.port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield site
        finally:
            server.terminate()
            server.wait(60)


def valid(schema: dict[str, Any], text: str) -> dict[str, Any]:
    """What a page says, as its schema has it."""
    found: dict[str, Any] = json.loads(text)
    assert [f"{e.json_path}: {e.message}" for e in Draft202012Validator(schema).iter_errors(found)] == []
    return found


def test_an_event_comes_in_and_what_is_due_and_was_shown_goes_out(site: Site) -> None:
    status, text = site.ask("A1/handelser", MET)
    assert status == 201, text
    outcome = valid(outcome_schema(), text)
    assert ("notify", "socialnamnd-barn") in {(one["kind"], one["object"]) for one in outcome["due"]}
    answer = valid(answer_schema(), site.ask("A1/svar.json")[1])
    assert {one["status"] for one in answer["decisions"]} == {"due"}
    ledger = valid(ledger_schema(), site.ask("A1/liggare.json")[1])
    assert [entry["cause"] for entry in ledger["entries"]] == ["event"]
    status, page = site.ask("A1/")
    assert status == 200
    assert "<h1>Ärende A1</h1>" in page
    assert "Polisen ska underrätta socialtjänstens barn- och ungdomsenhet om S1, med uppgift om vem det gäller" in page
    assert "en händelse" in page


def test_the_same_as_a_cloud_event_and_a_mark(site: Site) -> None:
    envelope = {
        "specversion": "1.0", "id": "h1", "source": "/prov", "type": "se.exempel.minor_involved", "subject": "S1 seller",
        "time": MET["at"],
    }  # fmt: skip
    status, text = site.ask("A2/handelser", envelope)
    assert status == 201, text
    due = next(one for one in json.loads(text)["due"] if one["kind"] == "notify")
    named = f"{due['id']['rule']}/{due['id']['measure']} S1 by {due['id']['bearer']}"
    done = {"id": "m1", "done": named, "at": (AT + timedelta(hours=1)).isoformat(timespec="seconds")}
    status, text = site.ask("A2/handelser", done)
    assert status == 201, text
    assert [one["id"] for one in json.loads(text)["done"]] == [due["id"]]
    assert site.numbers("A2") == [1, 2]


def test_the_command_records_an_event_and_time_goes_on_by_another(site: Site) -> None:
    early = {**MET, "at": (AT - timedelta(days=30)).isoformat(timespec="seconds")}
    ran = site.command("record_event", "B1", said=json.dumps(early))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "due: " in ran.stdout
    told = site.command("advance_cases")
    assert (told.returncode, told.stderr) == (0, "")
    status, page = site.ask("B1/")
    assert status == 200
    assert "(försenat)" in page


@pytest.mark.parametrize(
    ("path", "data", "token", "status", "says"),
    [
        ("C1/handelser", MET, "fel", 403, "Du har inte tillgång till ärendet."),
        ("C1/", None, "", 403, "Du har inte tillgång till ärendet."),
        ("C1/handelser", {**MET, "event": "minor_involvd"}, TOKEN, 400, "Menade du 'minor_involved'?"),
        ("C1/handelser", b"{", TOKEN, 400, "Det som skickades är ingen JSON."),
        ("C1/handelser", [], TOKEN, 400, "En händelse är ett objekt"),
        ("C12345/handelser", MET, TOKEN, 400, "Skriv en beteckning som A7"),
        ("19121212-1212/", None, TOKEN, 400, "Skriv en beteckning som A7"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_kept(
    site: Site, path: str, data: object, token: str, status: int, says: str
) -> None:
    code, text = site.ask(path, data, token)
    assert code == status
    assert says in json.loads(text)["fel"]
    assert site.rows("select ref from cases_caserecord where ref like 'C%' or ref like '1%'") == []


def test_personal_data_are_neither_kept_nor_repeated(site: Site) -> None:
    number = "19121212" + "-1212"
    status, text = site.ask("D1/handelser", {**MET, "about": f"{number} seller"})
    assert status == 400
    assert number not in text
    assert number.encode() not in site.database.read_bytes()


def test_those_who_write_at_once_wait_or_are_told_and_no_event_is_lost(site: Site) -> None:
    def one(number: int) -> int:
        event = {**MET, "id": f"h{number}", "about": f"S{number} seller"}
        for _ in range(50):
            status, text = site.ask("E1/handelser", event)
            if status == 201:
                return number
            assert status in (400, 409), text
            # Somebody else was first: with this row, or with a later time.
            assert "Försök igen" in text or "ligger före det senaste" in text
        raise AssertionError("never let in")

    with ThreadPoolExecutor(8) as writers:
        assert sorted(writers.map(one, range(8))) == list(range(8))
    assert site.numbers("E1") == list(range(1, 9))
    ledger = json.loads(site.ask("E1/liggare.json")[1])
    assert {entry["event"] for entry in ledger["entries"] if entry["cause"] == "event"} == {f"h{n}" for n in range(8)}


def test_the_tables_are_what_the_models_say(site: Site) -> None:
    ran = site.command("makemigrations", "--check", "--dry-run")
    assert ran.returncode == 0, ran.stdout


def test_a_row_is_never_changed_or_taken_away(site: Site) -> None:
    code = (
        "from cases.models import StepRecord; row = StepRecord.objects.first()\n"
        "for act in (row.save, row.delete):\n"
        "    try: act()\n"
        "    except TypeError as refused: print(refused)"
    )
    assert site.ask("F1/handelser", MET)[0] == 201
    ran = site.command("shell", "-c", code)
    assert ran.stdout.count("A step is never") == 2, ran.stderr
