from __future__ import annotations

import pickle
import typing

import pytest

from citetool.struct import NamedTuple, Struct, Value, replace


class Span(NamedTuple):
    """A stretch."""

    start: int
    end: int = 9
    label: str | None = None

    @property
    def length(self) -> int:
        return self.end - self.start

    @classmethod
    def empty(cls) -> Span:
        return cls(0, 0)


class Likewise(typing.NamedTuple):
    """A stretch."""

    start: int
    end: int = 9
    label: str | None = None


class Point(Struct):
    """Two numbers."""

    __slots__ = ("x", "y")

    def __init__(self, x: int, y: int = 0) -> None:
        self.x = x
        self.y = y


class Place(Point):
    """Another class with the same fields."""

    __slots__ = ()


def test_structs_are_compared_by_class_and_fields() -> None:
    assert Point(1, 2) == Point(1, 2)
    assert Point(1, 2) != Point(1, 3)
    assert Point(1) != Place(1)
    assert Point(1) != (1, 0)


def test_what_may_change_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Point(1))


class Day(Value):
    """What does not change."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number


def test_what_does_not_change_has_that_of_its_fields() -> None:
    assert {Day(1), Day(1), Day(2)} == {Day(2), Day(1)}


def test_a_struct_shows_the_call_that_makes_it() -> None:
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"


def test_replacing_leaves_the_first_as_it_was() -> None:
    first = Point(1, 2)
    assert replace(first, y=5) == Point(1, 5)
    assert first == Point(1, 2)
    with pytest.raises(AttributeError, match="Point has no field 'z'"):
        replace(first, z=1)


def test_a_named_tuple_is_what_typing_makes() -> None:
    assert Span._fields == Likewise._fields
    assert Span._field_defaults == Likewise._field_defaults
    assert Span.__doc__ == Likewise.__doc__
    assert (Span.__module__, Span.__qualname__) == (__name__, "Span")
    assert tuple(Span(2)) == tuple(Likewise(2)) == (2, 9, None)
    assert repr(Span(2)) == "Span(start=2, end=9, label=None)"
    assert Span(2)._replace(end=4) == (2, 4, None)
    assert Span(2)._asdict() == Likewise(2)._asdict()
    assert Span.__match_args__ == Likewise.__match_args__
    with pytest.raises(TypeError, match=r"Span.__new__\(\) missing 1 required positional argument: 'start'"):
        Span()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Span has no field 'width'"):
        Span(2)._replace(width=4)  # type: ignore[call-arg]


def test_named_tuples_of_as_many_fields_keep_their_own_names() -> None:
    class Box(NamedTuple):
        width: int
        height: int = 2
        label: str = ""

    assert Box(1).width == 1
    assert Box(height=3, width=1) == (1, 3, "")
    assert not hasattr(Box(1), "start")
    assert Span(start=4).end == 9


def test_a_named_tuple_keeps_its_methods() -> None:
    assert Span(2).length == 7
    assert Span.empty() == (0, 0, None)
    assert pickle.loads(pickle.dumps(Span(1, 2))) == Span(1, 2)
