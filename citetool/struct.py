"""Base classes for plain field holders, cheap at start-up.

`dataclass` writes the code of a class's methods each time it is imported, half a millisecond a class; citing one record
meets twenty of them. Here the constructor is written out, and the rest is inherited. `typing.NamedTuple` compiles the
constructor of each class and the annotation of each field, a fifth of a millisecond a class, of which citing meets
thirty; ours leaves annotations as text, and compiles one class for each number of fields.
"""

from __future__ import annotations

from collections import namedtuple
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - handed on to those who import it from here
else:

    class _NamedTuple(tuple):
        """The methods that all named tuples have."""

        __slots__ = ()

        def __repr__(self) -> str:
            """Return the call that makes an equal one."""
            values = zip(self._fields, self, strict=True)
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in values)})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def _replace(self, /, **changes: Any) -> Any:
            values = [changes.pop(name, value) for name, value in zip(self._fields, self, strict=True)]
            if changes:
                raise TypeError(f"{type(self).__name__} has no field {', '.join(map(repr, changes))}")
            return tuple.__new__(type(self), values)

    @cache
    def _pattern(count: int) -> type:
        """Return a named tuple of so many fields, whose constructor and properties others take over."""
        return namedtuple("Pattern", [f"field{number}" for number in range(count)])

    class _NamedTupleMaker(type):
        """Makes of a class body with annotated fields what `typing.NamedTuple` makes of it."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            """Return a tuple class with the fields of the body, their defaults, and its methods."""
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace.pop(field) for field in fields if field in namespace}
            pattern = _pattern(len(fields))
            made = pattern.__new__
            code = made.__code__.replace(co_varnames=("_cls", *fields), co_qualname=f"{name}.__new__")
            namespace["__new__"] = FunctionType(code, made.__globals__, "__new__", tuple(defaults.values()))
            properties = [vars(pattern)[field] for field in pattern._fields]
            namespace |= {"__slots__": (), "__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
            return type(name, (_NamedTuple,), namespace | dict(zip(fields, properties, strict=True)))

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
