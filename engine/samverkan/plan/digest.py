"""The fingerprint of a plan: SHA-256 of what it says, whatever files it was written in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from samverkan.plan.model import Plan

_NOT_SAID = frozenset({"at", "digest", "outside", "warnings"})
_ORDERED = frozenset({"ends", "units"})
"""Mappings whose order means something: the ends of a relation, and the units that are asked in turn."""
_UNORDERED = frozenset({"opposites", "impossible"})


def digest_of(plan: Plan) -> str:
    """SHA-256 (hex) of the canonical JSON of the plan, without positions and with words and rules in order of their ids."""
    return hashlib.sha256(canonical(plan).encode()).hexdigest()


def canonical(plan: Plan) -> str:
    """The plan as canonical JSON: equal plans, equal text."""
    return json.dumps(_plain(plan, ""), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any, name: str) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = {key: _plain(item, "") for key, item in value.items()}
        return list(pairs.items()) if name in _ORDERED else pairs
    if isinstance(value, tuple):
        items = [_plain(item, "") for item in value]
        return sorted(items, key=json.dumps) if name in _UNORDERED else items
    if is_dataclass(value):
        cls: type = type(value)
        return {its: _plain(getattr(value, its), its) for its in _said(cls)}
    raise TypeError(f"{type(value).__name__} is no part of a plan")


@cache
def _said(cls: type) -> tuple[str, ...]:
    return tuple(its.name for its in fields(cls) if its.name not in _NOT_SAID)
