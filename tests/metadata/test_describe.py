"""From a page to a record: Party and state documents of several eras, and what is no document."""

from __future__ import annotations

import pytest
from sheet import LEFT, body, line, page, party, signature, state

from partydoc.document import FIELDS, FURTHER_FIELDS
from partydoc.metadata.describe import describe
from partydoc.page import Page


def values(*pages: Page) -> dict[str, str | None]:
    """Return the accepted values."""
    found = describe(pages)
    return {k: str(f.value) for k, f in found.items() if f is not None and f.accepted}


def test_a_party_resolution_is_read_whole() -> None:
    assert values(page(*party(), *body(), *signature())) == {
        "type": "Nghị quyết",
        "number": "12",
        "symbol": "NQ/ĐU",
        "code": "12-NQ/ĐU",
        "date": "2023-06-05",
        "place": "Mẫu Sơn",
        "superior": "ĐẢNG BỘ HUYỆN MẪU SƠN",
        "issuer": "ĐẢNG ỦY XÃ VÍ DỤ",
        "subject": "về công tác xây dựng Đảng và hệ thống chính trị",
        "signer": "Nguyễn Văn Mẫu",
        "position": "BÍ THƯ",
        "authority": "T/M ĐẢNG ỦY",
        "recipients": "['Như trên', 'Lưu Văn phòng']",
        "language": "Tiếng Việt",
    }


def test_a_state_decision_is_read_whole() -> None:
    end = signature(block=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))
    assert values(page(*state(), *body(), *end)) == {
        "type": "Quyết định",
        "number": "15",
        "symbol": "QĐ-SNV",
        "code": "15/QĐ-SNV",
        "date": "2021-11-24",
        "place": "Mẫu Sơn",
        "superior": "UBND TỈNH ĐỒNG NAI",
        "issuer": "SỞ NỘI VỤ",
        "subject": "về việc ban hành quy chế tiếp công dân",
        "signer": "Nguyễn Văn Mẫu",
        "position": "PHÓ GIÁM ĐỐC",
        "authority": "KT. GIÁM ĐỐC",
        "recipients": "['Như trên', 'Lưu Văn phòng']",
        "language": "Tiếng Việt",
    }


def test_a_party_letter_of_1999_is_read() -> None:
    lines = party(
        "Số 07 - CV/TU", "Mẫu Sơn, ngày 15 tháng 4 năm 1999", "", (), ("TỈNH UỶ ĐỒNG NAI",)
    )
    lines += (
        line("V/v chuẩn bị đại hội", 60, LEFT),
        line("Kính gửi: Các huyện uỷ", 75),
    )
    found = values(
        page(*lines, *body(), *signature(block=("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG")))
    )
    assert found["type"] == "Công văn"
    assert found["code"] == "07-CV/TU"
    assert found["subject"] == "chuẩn bị đại hội"
    assert found["issuer"] == "TỈNH UỶ ĐỒNG NAI"
    assert found["date"] == "1999-04-15"
    assert "superior" not in found


def test_a_state_letter_of_2011_is_read() -> None:
    lines = state("Số: 1846 /SGDĐT-VP", title="", subject=())
    lines += (
        line("V/v kiểm tra kho lưu trữ", 50, LEFT),
        line("mùa mưa bão", 55.5, LEFT),
        line("Kính gửi: Các trường trực thuộc", 70),
    )
    found = values(page(*lines, *body()))
    assert (found["type"], found["code"]) == ("Công văn", "1846/SGDĐT-VP")
    assert found["subject"] == "kiểm tra kho lưu trữ mùa mưa bão"


def test_minutes_are_signed_by_the_chair() -> None:
    end = (
        line("NGƯỜI GHI BIÊN BẢN", 200, 60),
        line("CHỦ TRÌ HỘI NGHỊ", 200, 155),
        line("Trần Thị Ví Dụ", 235, 60),
        line("Hoàng Văn Thử", 235, 155),
    )
    head = party("Số 06-BB/CB", title="BIÊN BẢN", subject=("Hội nghị chi bộ tháng 6",))
    found = values(page(*head, *body(), *end))
    assert (found["type"], found["signer"]) == ("Biên bản", "Hoàng Văn Thử")


def test_all_fields_are_there_and_say_where_they_stand() -> None:
    found = describe([page(*party(), *body(), *signature())])
    assert tuple(found) == (*FIELDS, *FURTHER_FIELDS)
    for name in (*FIELDS, "position", "authority", "recipients"):
        field = found[name]
        assert field is not None and field.box is not None
        assert field.page == 1 and field.source == "machine"
        assert 0 <= field.box.left < field.box.right <= 1
        assert 0 <= field.box.top < field.box.bottom <= 1


def test_a_letterhead_behind_a_cover_is_found() -> None:
    found = describe([page(line("HỒ SƠ", 120)), page(*party(), *body(), *signature(), number=2)])
    assert found["code"] is not None and (found["code"].value, found["code"].page) == (
        "12-NQ/ĐU",
        2,
    )


NEWS = (
    line("BÁO MẪU SƠN", 15),
    line("Số 212 ¦ ngày 5 tháng 6 năm 2023", 25, left=20),
    line("Thành tựu mới trong chăn nuôi", 40),
)
ENGLISH = (
    line("RIVERSIDE LIBRARY", 20),
    line("No. 12/RL-2019, 5 June 2019", 30),
    line("Dear Sir, thank you for your letter of last month.", 60, left=30),
)
ROWS = tuple(line(f"{i} ¦ Nguyễn Văn Mẫu ¦ 1.200.000", 30 + 8 * i, left=25) for i in range(1, 20))


@pytest.mark.parametrize(
    "pages",
    [
        (), (page(),), (page(*body(20)),), (page(line("HỒ SƠ", 120)),), (page(*NEWS, *body(60)),),
        (page(*ENGLISH),), (page(line("BÁO CÁO", 20), *ROWS),), (page(line("BẢNG KÊ", 20), *ROWS),),
    ],
)  # fmt: skip
def test_what_is_no_official_document_has_no_fields(pages: tuple[Page, ...]) -> None:
    assert set(describe(pages).values()) == {None}


def test_a_letterhead_read_as_one_line_is_cut_in_two() -> None:
    joined = (
        line("UBND TỈNH ĐỒNG NAI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 20),
        line("SỞ NỘI VỤ ¦ ¦ Độc lập - Tự do - Hạnh phúc", 26),
    )
    found = values(page(*joined, *state()[4:], *body()))
    assert (found["superior"], found["issuer"]) == ("UBND TỈNH ĐỒNG NAI", "SỞ NỘI VỤ")


def test_damaged_capitals_are_still_anchors() -> None:
    head = list(state())
    head[0] = line("CỌNG HÒA XÀ HÔI CHÙ NGHIÃ VIÊT NAM", 20, 148)
    head[6] = line("QU YẾT ĐỊNH", 54)
    found = values(page(*head, *body()))
    assert (found["type"], found["issuer"]) == ("Quyết định", "SỞ NỘI VỤ")


def test_what_a_stamp_lies_over_is_read_from_the_ink_and_never_accepted() -> None:
    head = [each for each in party() if not each.text.startswith(("Số", "NGHỊ"))]
    ink = [line("Số 12-NQ/ĐU", 40, LEFT), line("NGHỊ QUYẾT", 53)]
    found = describe([page(*head, *body(), stamps=ink)])
    for name, value in (("type", "Nghị quyết"), ("code", "12-NQ/ĐU")):
        field = found[name]
        assert field is not None and (field.value, field.accepted) == (value, False)


def test_a_symbol_in_ink_that_type_and_issuer_bear_out_is_accepted_without_its_number() -> None:
    head = [each for each in party() if not each.text.startswith("Số")]
    found = describe([page(*head, *body(), stamps=[line("Số 12-NQ/ĐU", 40, LEFT)])])
    symbol, number = found["symbol"], found["number"]
    assert symbol is not None and (symbol.value, symbol.accepted) == ("NQ/ĐU", True)
    assert number is not None and not number.accepted
