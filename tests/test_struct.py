from __future__ import annotations

import pytest

from citetool.struct import Struct, Value, replace


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
