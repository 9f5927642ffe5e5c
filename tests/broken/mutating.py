"""Mutations of what is right: trees with parts swapped, put, dropped, renamed or doubled; bytes with pieces cut out or put in.

How many examples a run tries: few in the suite, always the same ones; `SAMVERKAN_FUZZ=100000` tries that many, new ones each time.
"""

from __future__ import annotations

import copy
import os
import re
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

DEEP = int(os.environ.get("SAMVERKAN_FUZZ", "0"))

SECRETS = (
    "19121212-1212", "191212121212", "121212+1212", "19121212--1212", "19121212 1212", "1912 12 12 1212", "19121272-1212",
    "19121212_1212", "1 9 1 2 1 2 1 2 1 2 1 2", "١٩١٢١٢١٢-١٢١٢", "１９１２１２１２－１２１２",
)  # fmt: skip
"""Nobody's numbers, in the ways in which people write them."""
ODD = (
    "", " ", "-", "unknown", "any", "some", "åäö", "9999", "9999-12-31", "0001-01-01", "2026-03-29 02:30", "0", "-1", "1.5", "NaN",
    "true", "ja", "no", "null", "~", "seller.age", "a.b.c", "x/y/z", "/", ".", "..", "S1 seller", "case", "K1 purchase of B1, S1",
    "14 days", "99999 weeks", "1e9", "😀", "аdult", "\u202e", "\x00", "\x1b[2J", "\ud800", "'", '"', "a" * 300, "\n", "\t",
    "%s", "{0}", "*", "&a", "!!x", "S1\u0301", "ﬁ", "#", "stod.saljare/information S1", "rule", "__class__",
)  # fmt: skip
BYTES = st.binary(max_size=6) | st.sampled_from(
    [
        *(text.encode("utf-8") for text in SECRETS),
        *(text.encode("utf-8", "surrogatepass") for text in ODD),
        *(b"[" * 30, b"{", b"}", b"]", b",", b":", b'"', b"'", b"- ", b"\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"&a ", b"*a"),
        *(b"<<: ", b"\\u0000", b"\\ud800", b"\\u202e", b"1e999", b"NaN", b"9" * 40, b"---\n", b"? ", b"|\n", b">-\n", b"#"),
    ]
)  # fmt: skip
Cut = tuple[float, int, bytes]
CUTS: st.SearchStrategy[list[Cut]] = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 0, 1, 2, 5, 40, 400]), BYTES), min_size=1, max_size=4
)


def profile(few: int, deep_share: float = 1.0) -> settings:
    """How many examples a test tries: `few` in the suite; of a deep run a share, for what takes longer."""
    if not DEEP:
        return settings(max_examples=few, deadline=None, derandomize=True, database=None)
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=max(1, int(DEEP * deep_share)), deadline=None, database=None, suppress_health_check=slow)


def cut(content: bytes, cuts: list[Cut]) -> bytes:
    """The bytes with pieces replaced: at a share of their length, so many, by these."""
    for share, length, instead in cuts:
        start = int(share * len(content))
        content = content[:start] + instead + content[start + length :]
    return content


Change = tuple[int, str, Any, str]


def changes(words: list[str], scalars: tuple[Any, ...] = ()) -> st.SearchStrategy[list[Change]]:
    """Up to four changes of a tree: where (a number), how, a value and a word. `scalars`: what isn't text, where that may stand."""
    texts = st.sampled_from([*words, *ODD, *SECRETS])
    leaves = texts | st.sampled_from(scalars) if scalars else texts
    values = st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
    )
    how = st.sampled_from(["swap", "swap", "swap", "put", "put", "drop", "rename", "double", "secret"])
    return st.lists(st.tuples(st.integers(0, 10**6), how, values, texts), min_size=1, max_size=4)


def changed(tree: Any, wanted: list[Change]) -> Any:
    """A copy of the tree with the changes made."""
    tree = copy.deepcopy(tree)
    for where, how, value, word in wanted:
        places = _places(tree)
        if not places:
            break
        parent, key = places[where % len(places)]
        old = parent[key]
        if how == "swap":
            parent[key] = word if isinstance(old, str) else old
        elif how == "put":
            parent[key] = copy.deepcopy(value)  # it may be put again, inside itself
        elif how == "secret":
            parent[key] = f"{old if isinstance(old, str) else ''} {SECRETS[where % len(SECRETS)]}".strip()
        elif how == "double" and isinstance(parent, list):
            parent.insert(key, copy.deepcopy(old))
        elif how in ("drop", "rename"):
            del parent[key]
            if how == "rename" and isinstance(parent, dict):
                parent[word] = old
    return tree


def words_of(tree: Any) -> list[str]:
    """Every text of a tree, keys too."""
    found: set[str] = set()
    for parent, key in _places(tree):
        found.update(part for part in (key, parent[key]) if isinstance(part, str))
    return sorted(found)


def piece_in(text: str) -> str | None:
    """Whatever of the numbers the text repeats, also only the end of one; for what was swapped and put as a whole."""
    return secret_in(text) or next((end for end in ("1212", "12 12", "١٢١٢", "１２１２") if end in text), None)


def secret_in(text: str) -> str | None:
    """The number that the text repeats, or None. Not where it stands in a longer row of digits: then it is none."""
    for secret in SECRETS:
        if re.search(rf"(?<![\w-]){re.escape(secret)}(?![\w-])", text):
            return secret
    return None


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """(list or mapping, key) of every part, the outer ones first."""
    found: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        inside = list(part.items()) if isinstance(part, dict) else list(enumerate(part)) if isinstance(part, list) else []
        for key, value in inside:
            found.append((part, key))
            waiting.append(value)
    return found
