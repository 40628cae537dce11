"""Whether two texts contradict each other."""

from __future__ import annotations

import pytest

from partydoc.differing import contradictions

TEXT = (
    "Số 12-QĐ/ĐU ngày 05 tháng 6 năm 2021. Giao đồng chí Nguyễn Văn Mẫu làm tổ trưởng. Văn phòng và"
    " đồng chí Nguyễn Văn Mẫu chịu trách nhiệm thi hành quyết định này."
)


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("Nguyễn Văn Mẫu", "Trần Thị Bình", 6),
        ("12-QĐ", "47-QĐ", 1),
        ("05 tháng 6 năm 2021", "17 tháng 9 năm 2019", 3),
        ("", "", 0),
    ],
)
def test_other_names_and_numbers_contradict(before: str, after: str, count: int) -> None:
    assert contradictions([TEXT], [TEXT.replace(before, after) if before else TEXT]) == count


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("trách nhiệm", "trach nhlệm"), ("quyết định", "quyêt đjnh"), ("Mẫu", "Mấu"),
        ("thi hành", "thihành"), ("Văn phòng và", "Văn phòng vả"), ("Số 12", "Sô l2"),
        ("05", "O5"), ("đồng chí", "ðông chi"), ("Giao", ""), ("tổ trưởng", "tổ ~~ :: trưởng"),
    ],
)  # fmt: skip
def test_what_was_misread_does_not(before: str, after: str) -> None:
    assert contradictions([TEXT], [TEXT.replace(before, after)]) == 0


def test_a_long_document_is_compared_by_its_beginning() -> None:
    pages = [TEXT] * 400
    assert contradictions(pages, [*pages[:-1], TEXT.replace("12", "13")]) == 0
    assert contradictions(pages, [TEXT.replace("12", "13"), *pages[1:]]) == 1
