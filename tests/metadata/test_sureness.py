"""Sureness: curves rise, stay within 0 and 1, and one threshold holds for all fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.document import FIELDS, FURTHER_FIELDS, Field
from partydoc.metadata import sureness
from partydoc.metadata.rules import table

NAMES = (*FIELDS, *FURTHER_FIELDS)


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(NAMES))
def test_more_evidence_never_makes_less_sure(one: float, other: float, name: str) -> None:
    low, high = sorted((one, other))
    before, after = sureness.probability(name, low), sureness.probability(name, high)
    assert 0 <= before <= after <= 1


def test_every_curve_belongs_to_a_field_and_rises() -> None:
    curves = table("sureness")["curves"]
    assert set(curves) <= {"default", *NAMES}
    for points in curves.values():
        assert points == sorted(points)
        assert [sure for _, sure in points] == sorted(sure for _, sure in points)


def test_between_two_points_lies_a_line() -> None:
    points = ((0.2, 0.0), (0.4, 1.0))
    assert [sureness.along(points, at) for at in (0.1, 0.2, 0.4, 0.9)] == [0.0, 0.0, 1.0, 1.0]
    assert sureness.along(points, 0.3) == pytest.approx(0.5)


def test_what_a_person_or_a_file_name_says_is_left_alone() -> None:
    said = {"number": Field("12", 1.0, source="person", accepted=True), "type": None,
            "signer": Field("Lê Mẫu", 0.5, source="file-name")}  # fmt: skip
    assert sureness.weigh(said) == said


def test_a_code_is_as_sure_as_its_weaker_half() -> None:
    found = sureness.weigh(
        {"number": Field("12", 0.3), "symbol": Field("NQ/ĐU", 1.0), "code": Field("12-NQ/ĐU", 1.0)}
    )
    assert found["number"] and found["code"]
    assert found["code"].confidence == found["number"].confidence
    assert not found["code"].accepted


def test_a_pencilled_number_is_never_accepted() -> None:
    found = sureness.weigh({"sheets": Field("12", 1.0)})["sheets"]
    assert found is not None and not found.accepted
