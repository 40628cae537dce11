"""Values: what stands for itself, by its kind and its parts."""

import pytest

from partydoc.value import Value


class Box(Value):
    left: int
    right: int = 9


class Other(Value):
    left: int
    right: int = 9


def test_parts_are_given_by_place_or_name_and_have_defaults():
    assert Box(1, 2) == Box(left=1, right=2) == Box(right=2, left=1)
    assert Box(1).right == 9
    assert repr(Box(1)) == "Box(left=1, right=9)"


@pytest.mark.parametrize("wrong", [lambda: Box(), lambda: Box(1, 2, 3), lambda: Box(1, top=2)])
def test_missing_and_unknown_parts_are_refused(wrong):
    with pytest.raises(TypeError, match="Box has the parts left, right"):
        wrong()


def test_another_kind_with_the_same_parts_is_not_equal():
    assert Box(1, 2) != Other(1, 2)
    assert len({Box(1, 2), Box(1, 2), Other(1, 2), Box(1, 3)}) == 3


def test_some_parts_can_be_others():
    assert Box(1, 2).but(right=3) == Box(1, 3)
    with pytest.raises(TypeError, match="Box has the parts left, right"):
        Box(1).but(top=3)


def test_a_value_does_not_change():
    box = Box(1, 2)
    with pytest.raises(AttributeError, match="Box does not change"):
        box.left = 5
    with pytest.raises(AttributeError, match="Box does not change"):
        del box.left
    assert box == Box(1, 2)


def test_parts_are_matched_by_place():
    match Box(1, 2):
        case Other(_, _):
            raise AssertionError("another kind")
        case Box(left, right):
            assert (left, right) == (1, 2)
