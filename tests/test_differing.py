"""Whether two texts contradict each other."""

from __future__ import annotations

import pytest

from partydoc.differing import Differences, differences

TEXT = (
    "Số 12-QĐ/ĐU ngày 05 tháng 6 năm 2021. Giao đồng chí Nguyễn Văn Mẫu làm tổ trưởng. Văn phòng và"
    " đồng chí Nguyễn Văn Mẫu chịu trách nhiệm thi hành quyết định này."
)


def contradicting(other: str) -> int:
    return differences([TEXT], [other]).contradicting


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
    assert contradicting(TEXT.replace(before, after) if before else TEXT) == count


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("trách nhiệm", "trach nhlệm"), ("quyết định", "quyêt đjnh"), ("Mẫu", "Mấu"),
        ("thi hành", "thihành"), ("Văn phòng và", "Văn phòng vả"), ("Số 12", "Sô l2"),
        ("05", "O5"), ("đồng chí", "ðông chi"), ("Giao", ""), ("tổ trưởng", "tổ ~~ :: trưởng"),
    ],
)  # fmt: skip
def test_what_was_misread_does_not(before: str, after: str) -> None:
    assert contradicting(TEXT.replace(before, after)) == 0


def test_a_long_document_is_compared_by_its_beginning() -> None:
    pages = [TEXT] * 400
    last, first = [*pages[:-1], TEXT.replace("12", "13")], [TEXT.replace("12", "13"), *pages[1:]]
    assert differences(pages, last).contradicting == 0
    assert differences(pages, first).contradicting == 1


def test_columns_that_were_read_in_another_order_do_not_contradict() -> None:
    foot = "Nơi nhận: Như trên, Lưu Văn phòng", "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ Lò Văn Mẫu"
    found = differences([TEXT, *foot], [TEXT, *reversed(foot)])
    assert found.contradicting == 0 and not found.speak_of_two


def test_the_more_was_misread_the_more_may_contradict_by_chance() -> None:
    assert not Differences(1, 0).speak_of_two and Differences(2, 0).speak_of_two
    assert Differences(2, 20, again=True).speak_of_two
    assert not Differences(2, 20).speak_of_two and Differences(6, 20).speak_of_two
