"""How long a folder is kept."""

from __future__ import annotations

from datetime import date

import pytest

from partydoc.archive import retention


@pytest.mark.parametrize("typed", ["vĩnh viễn", "VINH VIEN", "vv"])
def test_what_is_kept_for_good_is_written_in_one_way(typed: str) -> None:
    assert retention.parse(typed) == retention.PERMANENT


@pytest.mark.parametrize(
    ("typed", "written"), [("20", "20 năm"), ("05 NĂM", "5 năm"), ("70nam", "70 năm")]
)
def test_a_term_is_a_number_of_years(typed: str, written: str) -> None:
    assert retention.parse(typed) == written
    assert retention.parse(written) == written


@pytest.mark.parametrize("typed", ["", "lâu", "0", "100 năm", "20 tháng", "-5"])
def test_anything_else_is_no_term(typed: str) -> None:
    with pytest.raises(ValueError, match=f"^{typed}$"):
        retention.parse(typed)


@pytest.mark.parametrize(
    ("term", "ended", "last"),
    [
        ("5 năm", "2015-03-02", date(2020, 12, 31)), ("5 năm", "2015-12", date(2020, 12, 31)),
        ("1 năm", "2015-01-01", date(2016, 12, 31)), ("70 năm", "2015", date(2085, 12, 31)),
        (retention.PERMANENT, "2015", None),
    ],
)  # fmt: skip
def test_a_term_ends_with_its_last_whole_year_after_the_work(
    term: str, ended: str, last: date | None
) -> None:
    assert retention.last_day(term, ended) == last
