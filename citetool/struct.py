"""Base classes for plain field holders, cheap at start-up.

`dataclass` writes the code of a class's methods each time it is imported, half a millisecond a class; citing one record
meets twenty of them. Here the constructor is written out, and the rest is inherited. `typing.NamedTuple` compiles the
annotation of each field, a tenth of a millisecond a class, of which citing meets thirty; ours leaves them as text.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - handed on to those who import it from here
else:

    class _NamedTupleMaker(type):
        """Makes of a class body with annotated fields what `typing.NamedTuple` makes of it."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            """Return a tuple class with the fields of the body, their defaults, and its methods."""
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = list(namespace.get("__annotations__", {}))
            defaults = [namespace.pop(field) for field in fields if field in namespace]
            made = namedtuple(name, fields, defaults=defaults, module=namespace.pop("__module__"))
            for key, value in namespace.items():
                setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_NamedTupleMaker):
        """`typing.NamedTuple` for the classes that every command loads; type checkers see that one.

        As there, fields without a default come first, a body may have methods, and no other base may stand beside it.
        """


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
