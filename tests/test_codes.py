"""Number, symbol and code say one thing three ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.codes import completed, followed, joined, split
from partydoc.document import Field
from partydoc.errors import UsageProblem
from partydoc.fieldnames import ABSENT


def said(value: str) -> Field:
    return Field(value, source="person", accepted=True)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("12-NQ/ĐU", ("12", "NQ/ĐU")), ("15/QĐ-BNV", ("15", "QĐ-BNV")),
        ("05/BNV-VP", ("05", "BNV-VP")),
        ("30/2020/NĐ-CP", ("30", "NĐ-CP")), ("33/2024/QH15", ("33", "QH15")),
        ("08A-NQ/HNTW", ("08A", "NQ/HNTW")), ("5053-CV/VPTW/nb", ("5053", "CV/VPTW/nb")),
        ("12", ("12", None)),
    ],
)  # fmt: skip
def test_a_code_is_taken_apart(code: str, parts: tuple[str, str | None]) -> None:
    assert split(code) == parts


@pytest.mark.parametrize("code", ["12/2020", "12-", "NQ/ĐU"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(UsageProblem):
        split(code)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "7-NQ/ĐU"), ("12-NQ/ĐU", "7-NQ/ĐU"), ("12/NQ/ĐU", "7/NQ/ĐU"),
        ("12-KH/ĐU", "7-NQ/ĐU"),
    ],
)  # fmt: skip
def test_a_new_number_keeps_the_form_of_the_code(before: str | None, after: str) -> None:
    assert joined("7", "NQ/ĐU", before) == after


def test_a_normative_code_keeps_its_year() -> None:
    assert joined("31", "NĐ-CP", "30/2020/NĐ-CP") == "31/2020/NĐ-CP"


@given(
    st.from_regex(r"[1-9][0-9]{0,3}[a-z]?", fullmatch=True),
    st.sampled_from(["NQ/ĐU", "QĐ-BNV", "QĐ/TWĐTN", "CV/VPTW/nb", "QH15"]),
)
def test_what_is_joined_comes_apart_again(number: str, symbol: str) -> None:
    assert split(joined(number, symbol)) == (number, symbol)


def test_a_code_brings_its_parts_along() -> None:
    assert completed({"code": "12-NQ/ĐU", "date": "2026"}) == {
        "code": "12-NQ/ĐU", "date": "2026", "number": "12", "symbol": "NQ/ĐU",
    }  # fmt: skip
    assert completed({"code": None}) == {"code": None, "number": None}
    assert completed({"code": "5"}) == {"code": "5", "number": "5"}
    with pytest.raises(UsageProblem, match="contradict"):
        completed({"code": "12-NQ/ĐU", "number": "13"})


def test_a_persons_number_renews_the_code_with_a_sure_symbol() -> None:
    symbol = Field("NQ/ĐU", 0.98, accepted=True)
    code = followed({"number": said("12"), "symbol": symbol, "code": None})["code"]
    assert code == said("12-NQ/ĐU")


def test_a_code_without_a_symbol_takes_the_one_that_is_known() -> None:
    fields = {"number": said("5"), "symbol": Field("NQ/ĐU", 0.98, accepted=True)}
    assert followed({**fields, "code": said("5")})["code"] == said("5-NQ/ĐU")
    assert followed({**fields, "symbol": None, "code": said("5")})["code"] == said("5")


def test_a_persons_number_and_an_unsure_symbol_make_an_unsure_code() -> None:
    fields = {"number": said("12"), "symbol": Field("NQ/ĐU", 0.7), "code": None}
    assert followed(fields)["code"] == Field("12-NQ/ĐU", 0.7)


def test_a_known_absent_number_makes_the_code_absent() -> None:
    fields = {"number": ABSENT, "symbol": Field("NQ/ĐU", 0.9, accepted=True), "code": None}
    assert followed(fields)["code"] == ABSENT


def test_a_symbol_that_is_read_later_joins_a_persons_number() -> None:
    """Reading again brings the machine's number in the machine's code; the person's stands."""
    read = {"number": said("12"), "symbol": Field("NQ/ĐU", 0.6), "code": Field("72-NQ/ĐU", 0.6)}
    assert followed(read)["code"] == Field("12-NQ/ĐU", 0.6)


def test_what_the_machine_alone_read_is_left_as_it_is() -> None:
    fields = {"number": Field("1"), "symbol": None, "code": Field("1-NQ/ĐU")}
    assert followed(fields) == fields
