"""Runs of document numbers, and what is missing in them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from partydoc.numberruns import NumberRuns, Run


def runs(
    codes: Iterable[str], date: str = "2021-05-06", term: str | None = None
) -> tuple[Run, ...]:
    """Return the runs of papers of one issuer with these codes."""
    found = NumberRuns()
    for code in codes:
        found.add({"code": code, "date": date, "issuer": "Đảng ủy xã Đồng Mẫu"}, term)
    return found.runs()


def numbered(*numbers: int, symbol: str = "-NQ/ĐU") -> list[str]:
    return [f"{number:02}{symbol}" for number in numbers]


def test_what_is_missing_stands_between_the_lowest_and_the_highest() -> None:
    (run,) = runs(numbered(3, 4, 7, 9, 10, 11))
    assert (run.issuer, run.symbol, run.period) == ("Đảng ủy xã Đồng Mẫu", "NQ/ĐU", "2021")
    assert (run.first, run.last, run.spanned) == (3, 11, 9)
    assert run.missing == (5, 6, 8) and run.gaps == ((5, 6), (8, 8))


def test_a_letter_behind_a_number_and_a_number_twice_make_no_gap() -> None:
    (run,) = runs([*numbered(1, 2, 3, 5), "04a-NQ/ĐU", "4-NQ/ĐU"])
    assert run.missing == ()


def test_a_party_committee_numbers_within_its_term_and_the_state_within_a_year() -> None:
    for symbol, periods in (("-NQ/ĐU", {"2020-2025"}), ("/QĐ-UBND", {"2021", "2022"})):
        found = NumberRuns()
        for number in range(1, 11):
            date = "2021-12" if number < 6 else "2022-01"
            code = f"{number}{symbol}"
            found.add({"code": code, "date": date, "issuer": "Đồng Mẫu"}, "2020-2025")
        assert {run.period for run in found.runs()} == periods


def test_each_symbol_is_a_run_of_its_own() -> None:
    found = runs(numbered(1, 2, 3, 4, 5) + numbered(1, 2, 3, 4, 6, symbol="/2021/QĐ-UBND"))
    assert {run.symbol: run.missing for run in found} == {"NQ/ĐU": (), "2021/QĐ-UBND": (5,)}


def test_a_few_numbers_and_those_of_which_most_are_elsewhere_are_no_run() -> None:
    assert runs(numbered(1, 2, 3, 9)) == ()
    assert runs(numbered(1, 40, 80, 120, 160, 200)) == ()


@pytest.mark.parametrize("code", ["K/số", "NQ/ĐU", "12", "", "123456-NQ/ĐU"])
def test_a_code_without_number_or_symbol_is_left_out(code: str) -> None:
    assert runs([code] * 6) == ()


def test_what_is_not_known_is_left_out() -> None:
    found = NumberRuns()
    for number in range(6):
        found.add({"code": f"{number}-NQ/ĐU", "date": "2021", "issuer": None}, None)
        found.add({"code": f"{number}-NQ/ĐU", "issuer": "Đồng Mẫu"}, None)
        found.add({"date": "2021", "issuer": "Đồng Mẫu"}, "2020-2025")
    assert found.runs() == ()


def test_the_run_with_the_most_missing_comes_first() -> None:
    found = runs(numbered(*range(1, 9)) + numbered(1, 2, 5, 6, 7, symbol="-BC/ĐU"))
    assert [run.symbol for run in found] == ["BC/ĐU", "NQ/ĐU"]
