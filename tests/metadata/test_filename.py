"""File names: they bear a number out, doubt it, or offer one; they settle none."""

from __future__ import annotations

import pytest
from sheet import body, page, state

from partydoc.document import Field
from partydoc.metadata.describe import describe
from partydoc.metadata.filename import numbers


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("TB_207_thong_bao.pdf", ("207",)), ("12-NQ-DU.pdf", ("12",)), ("QĐ 15.pdf", ("15",)),
        ("cv so 245 vptu.PDF", ("245",)), ("scan0001.pdf", ()), ("001.03.08.H30.81.2024.pdf", ()),
        ("/inbox/2020/TTr-09.pdf", ("9",)), ("IMG_20200105.jpg", ()),
        ("BC_12_KH_13.pdf", ("12", "13")),
    ],
)  # fmt: skip
def test_numbers_stand_beside_an_abbreviation(name: str, found: tuple[str, ...]) -> None:
    assert set(numbers([name])) == set(found)


def read(line: str, *names: str) -> Field | None:
    return describe([page(*state(line), *body())], names)["number"]


def test_a_name_bears_out_a_doubtful_number() -> None:
    number = read("Số: 207@0.6 /QĐ-SNV", "QD_207.pdf")
    assert number is not None and (number.value, number.accepted) == ("207", True)


def test_a_name_does_not_bear_out_noise() -> None:
    number = read("Số: 207@0.2 /QĐ-SNV", "QD_207.pdf")
    assert number is not None and not number.accepted


def test_a_name_that_says_otherwise_raises_a_doubt() -> None:
    number = read("Số: 207/QĐ-SNV", "QD_208.pdf")
    assert number is not None and (number.value, number.accepted) == ("207", False)


def test_a_name_offers_what_the_page_does_not_tell() -> None:
    found = describe([page(*state("Số: ....../QĐ-SNV"), *body())], ["QD_208.pdf"])
    number, code = found["number"], found["code"]
    assert number is not None
    assert (number.value, number.source, number.accepted) == ("208", "file-name", False)
    assert code is None or not code.accepted


def test_two_numbers_in_a_name_say_nothing() -> None:
    number = read("Số: 207/QĐ-SNV", "QD_208_TB_209.pdf")
    assert number is not None and number.accepted


@pytest.mark.parametrize(
    "name", ["NQ_2023_12.pdf", "NQ 2023 ve cong tac.pdf", "BC 6 thang dau nam 2023.pdf"]
)
def test_years_and_months_are_no_numbers(name: str) -> None:
    assert numbers([name]) == ()
