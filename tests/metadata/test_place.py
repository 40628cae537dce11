"""Places before the date: whole, spelled as they are, and nothing else."""

from __future__ import annotations

import pytest
from sheet import body, page, party, signature, state

from partydoc.document import Field
from partydoc.metadata.describe import describe


def read(place: str, *issuer: str) -> Field | None:
    date = f"{place}, ngày 05 tháng 6 năm 2023"
    lines = party(date=date, issuer=issuer or ("ĐẢNG BỘ TỈNH MẪU", f"ĐẢNG ỦY {place.upper()}"))
    return describe([page(*lines, *body(), *signature())])["place"]


@pytest.mark.parametrize(
    "place",
    [
        "Phường 5", "Quận 1", "Ô Môn", "Y Tý", "Ia O", "Bà Rịa-Vũng Tàu", "Phan Rang-Tháp Chàm",
        "Cư M'Gar", "TP.HCM", "TP. Hồ Chí Minh", "Huế",
    ],
)  # fmt: skip
def test_a_place_of_figures_single_letters_or_joined_words_is_whole(place: str) -> None:
    field = read(place)
    assert field is not None
    assert str(field.value).replace(" - ", "-") == place


def test_a_place_of_which_a_sure_word_cannot_be_one_is_for_a_person() -> None:
    field = read("Mẫu 12 Sơn")
    assert field is None or not field.accepted


def test_a_day_of_the_week_is_no_place() -> None:
    lines = state(date="Thứ Hai, ngày 5 tháng 6 năm 2023")
    assert describe([page(*lines, *body())])["place"] is None


def test_a_province_is_spelled_as_the_letterhead_has_it_and_a_district_stays() -> None:
    field = read("Trà Vĩnh", "TỈNH ỦY TRÀ VINH")
    assert field is not None and field.value == "Trà Vinh"
    field = read("Phù Yên", "ĐẢNG BỘ TỈNH SƠN LA", "HUYỆN ỦY PHÙ YÊN")
    assert field is not None and field.value == "Phù Yên"
