"""Types: by their printed name, a công văn by its having none."""

from __future__ import annotations

import pytest
from sheet import LEFT, body, line, page, party, state

from partydoc.document import Field
from partydoc.metadata.describe import describe
from partydoc.metadata.rules import types
from partydoc.page import Line


def read(*lines: Line) -> Field | None:
    return describe([page(*lines, *body(110))])["type"]


@pytest.mark.parametrize(
    "name", sorted({t.name for t in types("party")} - {"Công văn", "Thư công"})
)
def test_every_party_type_is_read_from_its_name(name: str) -> None:
    field = read(*party("Số 12/ĐU", title=name.upper(), subject=("năm 2023",)))
    assert field is not None and (field.value, field.accepted) == (name, True)


@pytest.mark.parametrize(
    "name", sorted({t.name for t in types("state")} - {"Công văn", "Thư công"})
)
def test_every_state_type_is_read_from_its_name(name: str) -> None:
    field = read(*state("Số: 12", title=name.upper(), subject=("năm 2023",)))
    assert field is not None and (field.value, field.accepted) == (name, True)


def test_an_abbreviation_that_is_also_an_office_makes_no_letter_a_directive() -> None:
    head = state("Số: 12/CT-KT", title="", subject=())
    letter = (line("V/v kiểm kê kho", 62, left=LEFT), line("Kính gửi: Các đội", 80))
    field = read(*head, *letter)
    assert field is not None and field.value == "Công văn" and not field.accepted


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("QU YẾT ĐỊNH", "Quyết định"), ("QUYÉT ĐỊNH", "Quyết định"), ("THONG BAO", "Thông báo"),
        ("TỜÒ TRÌNH", "Tờ trình"), ("QUY ĐỊNH", "Quy định"), ("BÁO CÁO CHÍNH TRỊ", "Báo cáo"),
        ("THÔNG CÁO", "Thông cáo"), ("THÔNG BÁO", "Thông báo"), ("CHƯƠNG TRINH", "Chương trình"),
    ],
)  # fmt: skip
def test_damaged_names_are_read(printed: str, name: str) -> None:
    field = read(*party("Số 12/ĐU", title=printed))
    assert field is not None and field.value == name


def test_quyet_dinh_and_quy_dinh_share_a_symbol() -> None:
    for title, name in (("QUYẾT ĐỊNH", "Quyết định"), ("QUY ĐỊNH", "Quy định")):
        field = read(*party("Số 12-QĐ/ĐU", title=title))
        assert field is not None and (field.value, field.accepted) == (name, True)


def test_a_letter_needs_no_name() -> None:
    head = state("Số: 402/UBND-VP", title="", subject=())
    field = read(*head, line("V/v họp", 50, LEFT), line("Kính gửi: Các xã", 70))
    assert field is not None and (field.value, field.accepted) == ("Công văn", True)


def test_a_symbol_tells_a_type_whose_name_is_lost() -> None:
    head = state("Số: 15/TTr-SNV", title="", subject=())
    field = read(*head, line("Kính gửi: Ủy ban nhân dân tỉnh", 70))
    assert field is not None and (field.value, field.accepted) == ("Tờ trình", False)


def test_a_name_against_its_symbol_is_not_accepted() -> None:
    head = state("Số: 15/TB-SNV", title="HỘI NGHỊ", subject=())
    assert read(*head) is None


def test_a_council_is_no_contract() -> None:
    field = read(*state("Số: 15/QĐ-HĐ", title="HỘI ĐỒNG"), line("QUYẾT ĐỊNH", 75))
    assert field is not None and field.value == "Quyết định"


def test_a_state_regulation_has_a_symbol_of_its_own() -> None:
    found = describe([page(*state("Số: 15/QyĐ-SNV", title="QUY ĐỊNH"), *body())])
    assert found["type"] is not None and (found["type"].value, found["type"].accepted) == (
        "Quy định",
        True,
    )
    assert found["code"] is not None and (found["code"].value, found["code"].accepted) == (
        "15/QyĐ-SNV",
        True,
    )


def test_a_power_of_attorney_changed_its_symbol_in_2020() -> None:
    for symbol, date in (("UQ", "ngày 24 tháng 11 năm 2015"), ("GUQ", "ngày 24 tháng 11 năm 2021")):
        lines = state(f"Số: 15/{symbol}-SNV", f"Mẫu Sơn, {date}", title="GIẤY ỦY QUYỀN")
        code = describe([page(*lines, *body())])["code"]
        assert code is not None and (code.value, code.accepted) == (f"15/{symbol}-SNV", True)


@pytest.mark.parametrize(("symbol", "accepted"), [("QĐ", True), ("X#", False)])
def test_a_name_that_only_the_ink_shows_is_borne_out_by_the_symbol(
    symbol: str, accepted: bool
) -> None:
    lines = state(f"Số: 15/{symbol}-SNV", title="", subject=())
    sheet = page(*lines, *body(110), stamps=[line("QUYẾT ĐỊNH", 54)])
    field = describe([sheet])["type"]
    assert field is not None and (field.value, field.accepted) == ("Quyết định", accepted)
