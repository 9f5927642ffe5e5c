"""Data are frozen: nothing that a decision is made of, or carries, can be changed afterwards or grow a field."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import is_dataclass

import pytest

from samverkan.plan.plain import Plain

ROOMS = ("samverkan.directory", "samverkan.decide", "samverkan.case")
WORKING = {"Moment", "Holding"}
"""What one call of `decide` works with, and nobody else sees."""


def dataclasses() -> Iterator[type]:
    """Every dataclass of the rooms."""
    for room in map(importlib.import_module, ROOMS):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            for one in vars(importlib.import_module(module.name)).values():
                if isinstance(one, type) and is_dataclass(one) and one.__module__ == module.name:
                    yield one


@pytest.mark.parametrize("kind", list(dataclasses()), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_data_are_frozen_and_have_the_fields_that_they_have(kind: type) -> None:
    assert kind.__dataclass_params__.frozen is (kind.__name__ not in WORKING)  # type: ignore[attr-defined]
    assert "__slots__" in vars(kind)
    if issubclass(kind, Plain):  # which compares and shows them; made for each class anew it would take time at every start
        assert not {"__eq__", "__repr__"} & vars(kind).keys()
