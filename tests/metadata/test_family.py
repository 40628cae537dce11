"""Family names, and what a seal leaves of them."""

from __future__ import annotations

import pytest

from partydoc.metadata import family


@pytest.mark.parametrize(
    ("left", "name"),
    [
        ("rần", "Trần"),
        ("riệu", "Triệu"),
        ("ũ", "Vũ"),
        ("ê", "Lê"),
        ("ách", "Quách"),
        ("inh", "Đinh"),
    ],
)
def test_a_name_is_known_by_its_end_mark_for_mark(left: str, name: str) -> None:
    assert family.is_left_of_one(left) and family.nearest(left) == (name,)


@pytest.mark.parametrize("left", ["ương", "ô", "a", "h", "ran", "Rần", "xyz", "ăn"])
def test_an_end_that_many_have_or_none_is_no_name(left: str) -> None:
    assert not family.is_left_of_one(left)


def test_a_name_is_known_but_for_one_letter() -> None:
    assert family.nearest("Nguyêm") == ("Nguyễn",) and not family.is_left_of_one("Nguyêm")


@pytest.mark.parametrize(("name", "clear"), [("Trần", True), ("Lương", False), ("Mẫu", False)])
def test_a_name_that_ends_like_another_is_not_clear_without_its_first_letter(
    name: str, clear: bool
) -> None:
    assert family.is_unlike_others(name) is clear


def test_a_given_name_is_told_by_its_marks() -> None:
    assert family.is_given("Hạ") and not family.is_given("Hà")


@pytest.mark.parametrize(
    ("name", "likeliest"), [("Dương", True), ("Đường", False), ("Trần", True), ("Lò", False)]
)
def test_of_names_that_differ_by_marks_the_only_common_one_is_likeliest(
    name: str, likeliest: bool
) -> None:
    assert family.is_likeliest(name) is likeliest
