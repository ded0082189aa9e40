"""Base classes for plain field holders, cheap at start-up.

`dataclass` writes the code of a class's methods each time it is imported, half a millisecond a class; citing one record
meets twenty of them. Here the constructor is written out, and the rest is inherited.
"""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T", bound="Struct")


class Struct:  # noqa: PLW1641 - `Value` has it
    """Its fields are `__slots__`, named as the parameters of the constructor; it is compared and shown by them.

    A struct has no hash, since it may change; a `Value` has.
    """

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Return whether the other is of the same class, with equal fields."""
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __repr__(self) -> str:
        """Return the call that makes an equal one."""
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__)})"


class Value(Struct):
    """A struct that by rule does not change after it is made."""

    __slots__ = ()

    def __hash__(self) -> int:
        """Return the hash of the fields."""
        names: tuple[str, ...] = self.__slots__
        return hash(tuple([getattr(self, name) for name in names]))


def replace(value: T, **changes: Any) -> T:
    """Return an equal struct but for these fields. Raises AttributeError for a field that it has not got."""
    new = object.__new__(type(value))
    for name in value.__slots__:
        setattr(new, name, changes.pop(name) if name in changes else getattr(value, name))
    for name in changes:
        raise AttributeError(f"{type(value).__name__} has no field {name!r}")
    return new
