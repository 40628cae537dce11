"""How long a folder is kept."""

from __future__ import annotations

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
