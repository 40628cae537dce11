"""Issuer and superior: the lines of the left column, parted by the words for kinds of bodies."""

from __future__ import annotations

import pytest
from sheet import LEFT, body, line, page, party, signature, state

from partydoc.document import Field
from partydoc.metadata.describe import describe


def read(*issuer: str) -> tuple[Field | None, Field | None]:
    found = describe([page(*party("Số 12", issuer=issuer), *body())])
    return found["superior"], found["issuer"]


@pytest.mark.parametrize(
    ("lines", "superior", "issuer"),
    [
        (["HUYỆN ỦY MẪU SƠN"], None, "HUYỆN ỦY MẪU SƠN"),
        (["ĐẢNG BỘ TỈNH MẪU", "HUYỆN UỶ VÍ DỤ"], "ĐẢNG BỘ TỈNH MẪU", "HUYỆN UỶ VÍ DỤ"),
        (["ĐẢNG ỦY XÃ MẪU", "CHI BỘ", "TRƯỜNG TIỂU HỌC THỬ"], "ĐẢNG ỦY XÃ MẪU",
         "CHI BỘ TRƯỜNG TIỂU HỌC THỬ"),
        (["TỈNH ỦY MẪU", "BAN TUYÊN GIÁO"], "TỈNH ỦY MẪU", "BAN TUYÊN GIÁO"),
        (["ỦY BAN NHÂN DÂN", "THÀNH PHỐ VÍ DỤ"], None, "ỦY BAN NHÂN DÂN THÀNH PHỐ VÍ DỤ"),
        (["ỦY BAN NHÂN DÂN", "TỈNH THỬ", "SỞ TÀI CHÍNH"], "ỦY BAN NHÂN DÂN TỈNH THỬ",
         "SỞ TÀI CHÍNH"),
        (["SỞ LÂM NGHIỆP VÍ DỤ", "CHI CỤC KIỂM ĐỊNH", "GIỐNG CÂY TRỒNG"], "SỞ LÂM NGHIỆP VÍ DỤ",
         "CHI CỤC KIỂM ĐỊNH GIỐNG CÂY TRỒNG"),
        (["BAN CHẤP HÀNH", "ĐẢNG BỘ HUYỆN THỬ"], None, "BAN CHẤP HÀNH ĐẢNG BỘ HUYỆN THỬ"),
        (["ĐẢNG BỘ TỈNH THỬ", "ĐẢNG ỦY KHỐI CƠ QUAN", "TOÀN TỈNH"], "ĐẢNG BỘ TỈNH THỬ",
         "ĐẢNG ỦY KHỐI CƠ QUAN TOÀN TỈNH"),
    ],
)  # fmt: skip
def test_lines_are_grouped_into_bodies(lines: list[str], superior: str | None, issuer: str) -> None:
    above, below = read(*lines)
    assert (above.value if above else None) == superior
    assert below is not None and (below.value, below.accepted) == (issuer, True)


@pytest.mark.parametrize(("last", "accepted"), [("GIANG", True), ("GTANG", False)])
def test_what_is_no_syllable_and_no_abbreviation_is_doubted(last: str, accepted: bool) -> None:
    _, issuer = read("HUYỆN ỦY MẪU SƠN", f"ĐẢNG ỦY XÃ THUẬN {last}")
    assert issuer is not None and issuer.accepted is accepted


def test_a_superior_is_accepted_where_both_are_named_and_the_issuer_is_doubted() -> None:
    issuer = ("HUYỆN ỦY MẪU SƠN", "ĐẢNG ỦY CÔNG TY MÍA")
    found = describe([page(*party("Số 12-BC/UBKTHU", issuer=issuer), *body())])
    above, below = found["superior"], found["issuer"]
    assert above is not None and (above.value, above.accepted) == (issuer[0], True)
    assert below is not None and (below.value, below.accepted) == (issuer[1], False)


@pytest.mark.parametrize(
    ("symbol", "issuer"),
    [("156-NQ/ĐĐU", "ĐẢNG ỦY XÃ THỬ"), ("12-HD/VETU", "VĂN PHÒNG"), ("30 - KHTU", "TỈNH ỦY MẪU")],
)
def test_a_damaged_symbol_is_no_word_against_the_issuer(symbol: str, issuer: str) -> None:
    above = ("ĐẢNG BỘ HUYỆN MẪU",) if issuer.startswith("ĐẢNG") else ("TỈNH ỦY MẪU",)
    lines = (issuer,) if issuer in above else (*above, issuer)
    field = describe([page(*party(f"Số {symbol}", issuer=lines), *body())])["issuer"]
    assert field is not None and (field.value, field.accepted) == (issuer, True)


def test_two_unknown_lines_are_not_accepted() -> None:
    above, below = read("MẪU VIỆT THỬ", "NGHIỆM VÍ DỤ")
    assert above is not None and not above.accepted
    assert below is not None and (below.value, below.accepted) == ("NGHIỆM VÍ DỤ", False)


def test_spelling_is_mended_from_the_text() -> None:
    text = line("Chi cục Kiểm định giống cây trồng đã giao các phòng thực hiện", 120, left=40)
    lines = state(issuer=("SỞY HỌC ĐỒNG NAI", "CHI CỤC KIÊM ĐỊNH", "GIÔNG CÂY TRÔNG"))
    known = line("báo cáo Sở Y học Đồng Nai trước ngày 15", 127, left=30)
    found = describe([page(*lines, *body(), text, known)])
    assert found["superior"] is not None and found["superior"].value == "SỞ Y HỌC ĐỒNG NAI"
    assert found["issuer"] is not None
    assert found["issuer"].value == "CHI CỤC KIỂM ĐỊNH GIỐNG CÂY TRỒNG"


def test_the_tone_placement_of_the_letterhead_stays() -> None:
    text = line("Huyện ủy Ví Dụ giao Văn phòng Huyện ủy Ví Dụ theo dõi", 120, left=40)
    lines = party(issuer=("ĐẢNG BỘ TỈNH MẪU", "HUYỆN UỶ VÍ DỤ"))
    issuer = describe([page(*lines, *body(), text)])["issuer"]
    assert issuer is not None and issuer.value == "HUYỆN UỶ VÍ DỤ"


def test_rules_and_specks_are_no_part_of_a_name() -> None:
    lines = state(issuer=("UBND TỈNH MẪU ˆ@0.3", "-@0.3 SỞ NỘI VỤ _@0.2"))
    found = describe([page(*lines, *body())])
    assert found["superior"] is not None and found["superior"].value == "UBND TỈNH MẪU"
    assert found["issuer"] is not None and found["issuer"].value == "SỞ NỘI VỤ"


def test_lines_read_out_of_order_are_put_in_order() -> None:
    head = [each for each in state() if each.box.left > 0.4 or "Số" in each.text]
    left = (line("VÀ ĐÀO TẠO", 32, LEFT - 10), line("UBND TỈNH MẪU", 20, LEFT - 10))
    right = (line("DỤC", 26.3, left=55), line("SỞ GIÁO", 26, left=33))
    found = describe([page(*left, *right, *head, *body(), *signature())])
    assert found["issuer"] is not None and found["issuer"].value == "SỞ GIÁO DỤC VÀ ĐÀO TẠO"


def test_a_name_broken_within_dang_bo_is_one() -> None:
    above, below = read("ĐẢNG BỘ TỈNH MẪU", "BAN CHẤP HÀNH ĐẢNG", "BỘ XÃ VÍ DỤ")
    assert above is not None and above.value == "ĐẢNG BỘ TỈNH MẪU"
    assert below is not None and below.value == "BAN CHẤP HÀNH ĐẢNG BỘ XÃ VÍ DỤ"


def test_the_first_word_is_spelled_as_kinds_of_bodies_are() -> None:
    _, below = read("HUYỆN ỦY MẪU SƠN", "PHONG NỘI VỤ")
    assert below is not None and below.value == "PHÒNG NỘI VỤ"


@pytest.mark.parametrize("printed", ["SỞ THỰỤC PHẨM", "HẠT KIỂMLÂMMẪU"])
def test_words_that_are_none_are_not_accepted(printed: str) -> None:
    _, below = read("UBND TỈNH MẪU", printed)
    assert below is not None and not below.accepted


def test_an_issuer_against_a_known_symbol_is_not_accepted() -> None:
    issuer = describe([page(*state("Số: 15/QĐ-SXD", issuer=("UBND TỈNH MẪU",)), *body())])["issuer"]
    assert issuer is not None and not issuer.accepted


def test_a_place_is_no_other_word() -> None:
    above, _ = read("HUYỆN ỦY CẨM THUỶ", "ỦY BAN KIỂM TRA")
    assert above is not None and above.value == "HUYỆN ỦY CẨM THUỶ"


def test_who_signs_tells_whose_letterhead_it_is() -> None:
    head = party("Số 12", issuer=("TỈNH ỦY MẪU", "BAN VÍ DỤ THỬ"))
    alone = describe([page(*head, *body())])["issuer"]
    head = party("Số 12-NQ/X#", issuer=("TỈNH ỦY MẪU", "BAN TỔ CHỨC"))
    signed = signature(block=("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"))
    found = describe([page(*head, *body(), *signed)])["issuer"]
    assert alone is not None and found is not None
    assert (found.value, found.accepted) == ("BAN TỔ CHỨC", True)


@pytest.mark.parametrize("printed", ["ĐẢNG ỦY XÃ VÍDỤ", "ĐẢNG ỦY XÃ VÍ@0.1 DỤ@0.1"])
def test_what_stands_in_the_text_too_was_read_well_enough(printed: str) -> None:
    text = line("Tập thể xã ví dụ đã thống nhất những nội dung sau đây", 120, left=30)
    field = describe([page(*party("Số 12-NQ/ĐU", issuer=(printed,)), *body(), text)])["issuer"]
    assert field is not None and (field.value, field.accepted) == ("ĐẢNG ỦY XÃ VÍ DỤ", True)


@pytest.mark.parametrize(
    "name", ["HUYỆN ỦY PHÙ YÊN", "HUYỆN ỦY THẠNH HÓA", "ĐẢNG ỦY XÃ YÊN BÀI", "ĐẢNG ỦY XÃ LÂM ĐÔNG"]
)
def test_a_district_or_commune_is_not_taken_for_a_province(name: str) -> None:
    _above, field = read("ĐẢNG BỘ TỈNH MẪU", name)
    assert field is not None and field.value == name
