"""What frozen dataclasses get from `eq` and `repr`, written once: making those methods for each class slows every start."""

from __future__ import annotations


class Plain:
    """Equal where the class and all fields are; hashed and shown by its fields. For dataclasses with `slots=True, eq=False`."""

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__slots__))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__)})"
