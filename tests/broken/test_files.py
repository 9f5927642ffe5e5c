"""Files and folders that aren't what they are called, and what is too big to be kept as a case: made here, refused the same way."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.broken.running import HERE, command
from tests.cli.running import EXEMPEL, Ran

from samverkan.case.event_files import MOST_EVENTS
from samverkan.plan.file_bytes import MAX_BYTES

LITEN = (HERE.parent / "plan" / "liten" / "plan.yaml").read_bytes()
MET = {"id": "h1", "event": "person_met", "about": "S1 seller", "at": "2013-05-14 21:10"}


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "plan.yaml").write_bytes(LITEN)
    monkeypatch.chdir(tmp_path)


def check() -> tuple[int, str]:
    ran = command("check", "p")
    assert ran.err == ""
    return ran.code, ran.out.partition("\n")[0]


def play(name: str = "f.yaml") -> tuple[int, str]:
    return _failed(command("play", name, "--plan", EXEMPEL))


def decide(name: str = "f.json", typed: bytes = b"") -> tuple[int, str]:
    return _failed(command("decide", "--plan", EXEMPEL, "--events", name, typed=typed))


def _failed(ran: Ran) -> tuple[int, str]:
    assert ran.out == ""
    return ran.code, ran.err.rstrip("\n")


@contextmanager
def nobody_in_particular() -> Iterator[None]:
    """As a user who isn't the owner of the files; whoever runs the tests as root would be let in anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


LOOP = "filen är en länk som bara leder till sig själv. Ta bort länken, eller låt den peka på en fil."

# -- no file, or none that can be read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (Path.exists, "filen finns inte. Kontrollera namnet och mappen."),
        (lambda path: path.mkdir(), "det är en mapp, ingen fil. Ange en fil."),
        (lambda path: path.symlink_to(path.name), LOOP),
        (lambda path: path.symlink_to("saknas"), "filen finns inte. Kontrollera namnet och mappen."),
        (lambda path: os.mkfifo(path), "det är ingen vanlig fil. Ange en fil."),
        (lambda path: path.symlink_to("/dev/zero"), "det är ingen vanlig fil. Ange en fil."),
    ],
    ids=["saknas", "mapp", "länk runt", "länk till inget", "rör", "enhet"],
)  # fmt: skip
def test_what_is_no_file(make: object, text: str, tmp_path: Path) -> None:
    assert callable(make)
    for name in ("f.yaml", "f.json", "p/x.yaml"):
        make(tmp_path / name)
    assert play() == (2, f"samverkan play: f.yaml:1:1: fel: {text}")
    assert decide() == (2, f"samverkan decide: f.json:1:1: fel: {text}")
    if (tmp_path / "p" / "x.yaml").is_symlink() or (tmp_path / "p" / "x.yaml").is_fifo():
        assert check() == (2, f"p/x.yaml:1:1: fel: {text}")
    else:
        assert check()[0] == 0


@pytest.fixture
def open_to_all(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that everybody may enter, with a plan, a scenario and a file of events; pytest's own are closed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(EXEMPEL, folder / "planer" / "exempel")
        (folder / "p").mkdir()
        (folder / "p" / "plan.yaml").write_bytes(LITEN)
        (folder / "f.yaml").write_text("scenario: x\n", encoding="utf-8")
        (folder / "f.json").write_text("[]\n", encoding="utf-8")
        monkeypatch.chdir(folder)
        command("check", "p")  # so that all modules are there
        command("decide", "--plan", "planer/exempel", "--events", "f.json")
        yield folder


def test_what_one_may_not_read(open_to_all: Path) -> None:
    for name in ("f.yaml", "f.json", "p/plan.yaml"):
        (open_to_all / name).chmod(0)
    text = "filen går inte att läsa. Kontrollera att du har rätt att läsa den."
    with nobody_in_particular():
        assert play() == (2, f"samverkan play: f.yaml:1:1: fel: {text}")
        ran = command("decide", "--plan", "planer/exempel", "--events", "f.json")
        assert (ran.code, ran.out, ran.err) == (2, "", f"samverkan decide: f.json:1:1: fel: {text}\n")
        assert check() == (2, f"p/plan.yaml:1:1: fel: {text}")


def test_a_folder_that_one_may_not_read(open_to_all: Path) -> None:
    (open_to_all / "p").chmod(0o711 if os.geteuid() == 0 else 0o311)
    try:
        with nobody_in_particular():
            assert check() == (2, "fel: mappen p går inte att läsa. Kontrollera att du har rätt att läsa den.")
    finally:
        (open_to_all / "p").chmod(0o755)


@pytest.mark.parametrize("name", ["x" * 300, "x\0y"])
def test_what_no_file_can_be_called(name: str) -> None:
    said = "filens namn är för långt. Kontrollera namnet." if "\0" not in name else "så kan ingen fil heta. Kontrollera namnet."
    for code, text in (play(f"{name}.yaml"), decide(f"{name}.json")):
        assert code == 2
        assert text.endswith(f"fel: {said}")
    code, text = _failed(command("decide", "--plan", name, "--event", "person_met S1 seller"))
    assert code == 2
    assert "det finns ingen plan '" in text


@pytest.mark.parametrize("name", ["regler.yml", "REGLER.YAML", "mapp/regler.yaml"])
def test_a_file_that_nobody_would_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "p" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("acts: {ga: gå}\n", encoding="utf-8")
    code, text = check()
    assert code == 2
    assert text.startswith(f"p/{name}:1:1: fel: fil")
    assert text.endswith("så att inga regler blir kvar oupptäckta.")


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text(json.dumps([MET]), encoding="utf-8")
    (tmp_path / "l.json").symlink_to("f.json")
    assert command("decide", "--plan", EXEMPEL, "--events", "l.json").code == 0


# -- what is accepted --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_byte_order_mark_and_any_line_ends_are_accepted(mark: bytes, end: bytes, tmp_path: Path) -> None:
    (tmp_path / "p" / "plan.yaml").write_bytes(mark + LITEN.replace(b"\n", end))
    assert check()[0] == 0
    (tmp_path / "f.json").write_bytes(mark + json.dumps([MET], indent=1).encode().replace(b"\n", end))
    assert command("decide", "--plan", EXEMPEL, "--events", "f.json").code == 0
    scenario = (HERE / "scenarios" / "om-ingen.yaml").read_bytes().replace(b"moved", b"person_met").replace(b"S1\n", b"S1 seller\n")
    (tmp_path / "f.yaml").write_bytes(mark + scenario.replace(b"\n", end))
    assert command("play", "f.yaml", "--plan", EXEMPEL).code == 0


@pytest.mark.parametrize("valid", ["{from: 2013-01-01, until: 9999-12-31}", "{from: 9999-12-31}"])
def test_a_rule_may_be_valid_to_the_end_of_the_calendar(valid: str, tmp_path: Path) -> None:
    before, rule, after = LITEN.decode().partition("\n\n- rule: barn.utredning")
    text = before.removesuffix("{from: 2013-01-01}") + valid + rule + after
    (tmp_path / "p" / "plan.yaml").write_text(text, encoding="utf-8")
    assert valid in text
    assert check()[0] == 0


def test_events_may_come_on_standard_in_in_any_order_and_twice() -> None:
    moved = {"id": "h2", "event": "moved", "about": "S1", "at": "2013-05-14 22:10", "facts": {"stay_municipality": "sala"}}
    one = command("decide", "--plan", EXEMPEL, "--events", "-", "--json", typed=json.dumps([MET, moved]).encode())
    other = command("decide", "--plan", EXEMPEL, "--events", "-", "--json", typed=json.dumps([moved, MET, moved]).encode())
    assert (one.code, one.err) == (0, "")
    assert one == other
    assert json.loads(one.out)["as_of"] == "2013-05-14T22:10:00+02:00"


def test_names_from_right_to_left_and_other_scripts_are_names() -> None:
    for name in ("שלום", "شخص1", "Ж1", "人1", "S1:a.b-c_d"):
        ran = command("decide", "--plan", EXEMPEL, "--events", "-", typed=json.dumps([{**MET, "about": f"{name} seller"}]).encode())
        assert (ran.code, ran.err) == (0, "")
        assert name in ran.out


def test_the_example_of_the_document_is_right() -> None:
    text = (HERE.parents[1] / "docs" / "events.md").read_text(encoding="utf-8")
    example = text.partition("```json\n")[2].partition("```")[0]
    ran = command("decide", "--events", "-", typed=example.encode())
    assert (ran.code, ran.err) == (0, "")
    assert "18 år eller äldre" in ran.out


def test_standard_in_that_is_no_list() -> None:
    assert decide("-", b"{}") == (
        2,
        (
            "samverkan decide: standard in:1:1: fel: filen är ingen lista av händelser. "
            'Skriv en lista: [{"id": "h1", "event": …, "about": …, "at": …}].'
        ),
    )


def test_null_is_as_good_as_nothing() -> None:
    empty = dict.fromkeys(("type", "facts", "void", "revision", "known_at", "recipient", "reason", "done", "same_as"))
    one, other = (
        command("decide", "--plan", EXEMPEL, "--events", "-", "--json", typed=json.dumps([event]).encode())
        for event in (MET, {**empty, **MET})
    )
    assert (one.code, one) == (0, other)


@pytest.mark.parametrize("name", ["19121212-1212.json", "19121212_1212", "191212121212.json"])
def test_a_file_that_is_called_after_somebody(name: str, tmp_path: Path) -> None:
    for make in (lambda: None, lambda: (tmp_path / name).write_text("[{}]", encoding="utf-8")):
        make()
        code, text = decide(name)
        assert code == 2
        assert "1212" not in text
        assert "…" in text


def test_events_come_in_one_way() -> None:
    ran = command("decide", "--plan", EXEMPEL, "--events", "f.json", "--event", "person_met S1 seller")
    assert (ran.code, ran.err) == (
        2,
        "samverkan decide: fel: Händelser anges antingen med --event eller i en fil med --events, inte på båda sätten.\n",
    )


def test_before_the_first_event_nothing_has_happened(tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text(json.dumps([MET]), encoding="utf-8")
    ran = command("decide", "--plan", EXEMPEL, "--events", "f.json", "--today", "2013-05-14 21:00")
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        "samverkan decide: fel: Tiden (--today) ligger före den första händelsen, så inget har hänt än.\n",
    )


# -- what is too much --------------------------------------------------------------------------------------------------------


def test_a_file_over_the_cap(tmp_path: Path) -> None:
    much = b"# " + b"x" * MAX_BYTES
    for name in ("p/x.yaml", "f.yaml", "f.json"):
        (tmp_path / name).write_bytes(much)
    advice = "filen är större än 1 MB. Dela upp den på flera filer i samma mapp."
    assert check() == (2, f"p/x.yaml:1:1: fel: {advice}")
    assert play() == (2, f"samverkan play: f.yaml:1:1: fel: {advice}")
    assert decide() == (
        2,
        f"samverkan decide: f.json:1:1: fel: filen är större än 1 MB. Dela upp den: en fil rymmer högst {MOST_EVENTS} händelser.",
    )
    assert decide("-", much)[1].startswith("samverkan decide: standard in:1:1: fel: filen är större än 1 MB.")


def test_more_events_than_a_case_has(tmp_path: Path) -> None:
    events = [{**MET, "id": f"h{number}"} for number in range(MOST_EVENTS + 1)]
    (tmp_path / "f.json").write_text("[\n" + ",\n".join(map(json.dumps, events)) + "\n]\n", encoding="utf-8")
    assert decide() == (
        2,
        (
            f"samverkan decide: f.json:{MOST_EVENTS + 2}:1: fel: filen har {MOST_EVENTS + 1} händelser, "
            f"men en fil rymmer högst {MOST_EVENTS}. Dela upp den: ett ärende i varje."
        ),
    )


def _many(line: str, head: str = "", number: int = 20_000) -> bytes:
    lines = []
    size = len(head) + 1
    for count in range(number):
        lines.append(line.replace("#", str(count)))
        size += len(lines[-1].encode()) + 1
        if size > MAX_BYTES - 200:
            break
    return (head + "\n" + "\n".join(lines) + "\n").encode()


@pytest.mark.parametrize(
    "content",
    [
        _many("okand-#: x"),
        _many("  acts: x#"),
        _many("- {rule: r#}", "rules:"),
        _many("  a#: gå", "acts:", 3000),
        _many("  a#: {of: seller, label: a, when: {b#: true}, because: [lag/anmalan]}", "conclusions:", 3000),
        _many("  a#: {of: person, label: a, values: {b: c}, in conflict: okant}", "facts:", 3000),
        _many("- {unit: u#, label: U, is: [okand#], open: always}", "units:", 3000),
        _many("- {unit: u#, label: U, is: [polisen], open: always, stand-in: jouren}", "units:", 500),
        _many(f"- {'x' * 400}#", "opposites:"),
        b"acts: {ga: g" + b"\xc3\xa5" * 400_000 + b"}\n",
        b"acts: [" + b"[]," * 50_000 + b"]\n",
        b"acts: {" + b"a: {" * 150_000,
        b"? " * 300_000,
        b"- " * 300_000,
        b"'" * 900_000,
        b'"' + b"\\u0041" * 150_000 + b'"\n',
    ],
    ids=range(16),
)
def test_a_plan_full_of_faults_is_soon_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "p" / "x.yaml").write_bytes(content)
    began = time.process_time()
    ran = command("check", "p")
    assert time.process_time() - began < 30
    assert ran.code in (0, 2)
    assert len(ran.out) < 2_000_000


def test_after_five_hundred_errors_one_gives_up(tmp_path: Path) -> None:
    (tmp_path / "p" / "x.yaml").write_bytes(_many("okand-#: x"))
    ran = command("check", "p")
    lines = ran.out.splitlines()
    assert lines[499].startswith("p/x.yaml:501:1: fel: okänd nyckel 'okand-499'.")
    assert lines[500] == "p/x.yaml:502:1: fel: efter 500 fel har läsningen avbrutits här. Rätta de första och försök igen."
    assert lines[501] == ""


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 900_000,
        b'[{"id": "' + b"x" * 900_000 + b'"}]',
        b"[" + b",".join([b"0"] * 400_000) + b"]",
        b'[{"' + b'": 1, "'.join(b"k%d" % number for number in range(60_000)) + b'": 1}]',
        b'[{"about": "' + b"S " * 400_000 + b'"}]',
        b"[" + b"9" * 900_000 + b"]",
        b'["' + b"\\u0041" * 150_000 + b'"]',
        b"[" + b'{"id": "h1", "event": "okand"},' * 999 + b'{"id": "h1"}]',
        b"\n" * 900_000 + b"x",
        b'"' + b"\\" * 900_000,
    ],
    ids=range(10),
)
def test_a_file_of_events_full_of_faults_is_soon_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "f.json").write_bytes(content)
    began = time.process_time()
    code, text = decide()
    assert time.process_time() - began < 15
    assert code == 2
    assert len(text) < 200_000
