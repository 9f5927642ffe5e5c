from __future__ import annotations

import pytest

from samverkan.plan.errors import PlanError
from samverkan.plan.file_bytes import MAX_BYTES
from samverkan.plan.yaml_nodes import MAX_NESTING, Node, read_yaml


def read(text: str | bytes) -> Node:
    node = read_yaml(text.encode() if isinstance(text, str) else text, "f.yaml")
    assert node is not None
    return node


def said_of(content: bytes) -> str:
    with pytest.raises(PlanError) as caught:
        read_yaml(content, "f.yaml")
    return str(caught.value)


def test_every_scalar_is_text() -> None:
    plain = read("a: no\nb: 21:10\nc: 2013-05-14\nd: 1_000\ne: [yes, ~, 0x1, 1.50]\n").plain()
    assert plain == {"a": "no", "b": "21:10", "c": "2013-05-14", "d": "1_000", "e": ["yes", "~", "0x1", "1.50"]}


def test_positions_count_from_one_in_characters() -> None:
    node = read("å: ä\nrules:\n- {rule: x, ö: y}\n")
    assert str(node["å"].at) == "f.yaml:1:4"
    (rule,) = node["rules"]
    assert str(rule.at) == "f.yaml:3:3"
    assert str(rule.keys["ö"].at) == "f.yaml:3:13"
    assert str(rule["ö"].at) == "f.yaml:3:16"


@pytest.mark.parametrize(
    "content", ["a: b\nc: [d, e]\n", "\ufeffa: b\nc: [d, e]\n", "a: b\r\nc: [d, e]\r\n", "\ufeffa: b\rc: [d, e]\r"]
)
def test_a_mark_and_windows_line_ends_change_nothing(content: str) -> None:
    node = read(content)
    assert node.plain() == {"a": "b", "c": ["d", "e"]}
    assert str(node["c"].at) == "f.yaml:2:4"


def test_running_text_may_go_over_lines() -> None:
    assert read("a: |\n  en\n  två\nb: >\n  en\n  två\nc: en\n  två\n").plain() == {"a": "en\ntvå", "b": "en två", "c": "en två"}


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"# bara en kommentar\n", b"---\n"])
def test_an_empty_file_says_nothing(content: bytes) -> None:
    assert read_yaml(content, "f.yaml") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: \xe5\n", "f.yaml:1:4: fel: filen är inte kodad i UTF-8. Spara om den som UTF-8 i textredigeraren."),
        (
            "b: ö\r\na: å".encode() + b"\xff",
            "f.yaml:2:5: fel: filen är inte kodad i UTF-8. Spara om den som UTF-8 i textredigeraren.",
        ),
        (b"a: b\nc: d\0\n", "f.yaml:2:5: fel: osynligt styrtecken (U+0000). Ta bort det."),
        (
            "a: \u202eb\n".encode(),
            "f.yaml:1:4: fel: osynligt tecken som vänder skrivriktningen (U+202E). Det kan dölja vad filen säger. Ta bort det.",
        ),
        ("a: b\u200bc\n".encode(), "f.yaml:1:5: fel: osynligt styrtecken (U+200B). Ta bort det."),
        ("a: b\u2028c\n".encode(), "f.yaml:1:5: fel: osynligt styrtecken (U+2028). Ta bort det."),
        (b"a: b\nc:\n \t d: e\n", "f.yaml:3:2: fel: tabb i indraget. Använd blanksteg: YAML räknar dem, och tabbar syns inte."),
        (b"a: &x b\n", "f.yaml:1:4: fel: ankaret '&x' går inte att använda här. Skriv värdet som det är."),
        (b"a: b\nc: *x\n", "f.yaml:2:4: fel: hänvisningen '*x' går inte att använda här. Skriv ut värdet."),
        (b"a: !!int 1\n", "f.yaml:1:4: fel: märkningen 'tag:yaml.org,2002:int' går inte att använda här. Skriv värdet som det är."),
        (b"a: !x 1\n", "f.yaml:1:4: fel: märkningen '!x' går inte att använda här. Skriv värdet som det är."),
        (b"a: b\na: c\n", "f.yaml:2:1: fel: nyckeln 'a' står två gånger; den stod redan på rad 1. Behåll en av dem."),
        (b"{a: b, a: c}\n", "f.yaml:1:8: fel: nyckeln 'a' står två gånger; den stod redan på rad 1. Behåll en av dem."),
        (b"? [a]\n: b\n", "f.yaml:1:3: fel: en nyckel måste vara ett ord. Saknas citattecken eller ett kolon?"),
        (b"a: b\n---\nc: d\n", "f.yaml:2:1: fel: filen har flera dokument (---). En fil är ett dokument: dela den på flera filer."),
        (b"a: b: c\n", "f.yaml:1:5: fel: kolonet passar inte här: fel indrag, eller en text som behöver citattecken."),
        (b"a: 'b\n", "f.yaml:2:1: fel: filen tar slut mitt i en text. Ett citattecken är inte avslutat."),
        (b"a: @b\n", "f.yaml:1:4: fel: texten får inte börja med det tecknet. Sätt citattecken om den."),
        (b'a: "\\x"\n', "f.yaml:1:7: fel: texten går inte att tolka som YAML. Kontrollera indrag, kolon och citattecken på raden."),
        (b"a: " + b"b" * MAX_BYTES, "f.yaml:1:1: fel: filen är större än 1 MB. Dela upp den på flera filer i samma mapp."),
    ],
)  # fmt: skip
def test_says_what_is_wrong_and_where(content: bytes, said: str) -> None:
    assert said_of(content) == said


def test_nesting_is_bounded() -> None:
    assert read("[" * MAX_NESTING + "]" * MAX_NESTING).items is not None
    assert said_of(b"[" * (MAX_NESTING + 1) + b"]" * (MAX_NESTING + 1)).startswith(
        f"f.yaml:1:{MAX_NESTING + 1}: fel: filen är nästlad"
    )
    assert said_of(b"[" * 500_000).startswith("f.yaml:1:")


def test_a_merge_key_is_only_a_word() -> None:
    assert read("<<: {a: b}\n").plain() == {"<<": {"a": "b"}}


def test_without_the_c_parser_all_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    text = "a: [b, {c: 'd: e'}]\n# kommentar\nf: >\n  g\n  h\n"
    quick = read(text)
    monkeypatch.delattr(yaml, "CBaseLoader")
    slow = read(text)
    assert slow.plain() == quick.plain()
    assert slow["f"].at == quick["f"].at
    assert "står två gånger" in said_of(b"a: b\na: c\n")
