"""The gate: marks are found wherever and however they stand, words that look alike are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet import LEFT, RIGHT, body, line, page, party, signature, state

from partydoc.metadata.secrecy import judge
from partydoc.page import Line, Page

PLAIN = (*party(), *body(), *signature())
#: What a round seal gives when it is read in pieces, three times over.
SEAL = tuple(
    line(text, top, 130, sure=0.4)
    for text, top in (
        ("ĐẢNG BỘ", 210), ("HUYỆN", 213), ("MẪU", 217), ("MÃI SƠN", 217.5), ("SÁ", 222),
        ("ĐÔNG", 226), ("mẬ", 229), ("NĂM", 232),
    )
)  # fmt: skip


def level_of(*lines: Line, stamps: tuple[Line, ...] = (), number: int = 1) -> str | None:
    pages = [page(*PLAIN)] if number > 1 else []
    pages.append(page(*PLAIN, *lines, number=number, stamps=stamps))
    return judge(pages).level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("MẬT", "Mật"), ("TỐI MẬT", "Tối mật"), ("TUYỆT MẬT", "Tuyệt mật"), ("MẤT", "Mật"),
        ("MÂT", "Mật"), ("MÅT", "Mật"), ("TỐI MẠT", "Tối mật"), ("TUYET MAT", "Tuyệt mật"),
        ("M Ậ T", "Mật"), ("| MẬT |", "Mật"), ("[ TỐI MẬT ]", "Tối mật"), ("TUYỆTMẬT", "Tuyệt mật"),
        ("(MẬT)", "Mật"), ("TÔI MẶT", "Tối mật"), ("TUYỆI MẬT", "Tuyệt mật"), ("MẬ:", "Mật"),
    ],
)  # fmt: skip
def test_a_printed_mark_is_found(text: str, level: str) -> None:
    assert level_of(line(text, 62, LEFT)) == level


@pytest.mark.parametrize(
    "label", ["ĐỘ MẬT: MẬT", "Độ mật: Mật", "Mức độ mật: mật", "ĐỘMẠT:MÃTI ˆ. .."]
)
def test_a_labelled_mark_is_found(label: str) -> None:
    assert level_of(line(label, 30, LEFT)) == "Mật"


def test_a_labelled_mark_may_have_lost_a_letter() -> None:
    assert level_of(line("Độ mật: Tối mậ", 30, LEFT)) == "Tối mật"


def test_the_label_names_the_higher_level() -> None:
    assert level_of(line("Độ mật: Tối mật", 30, LEFT)) == "Tối mật"


def test_a_mark_beside_the_header_is_found() -> None:
    head = line("MẬT ¦ ĐẢNG CỘNG SẢN VIỆT NAM", 14, 120)
    assert level_of(head) == "Mật"


@pytest.mark.parametrize("mark", ["MẬT", "MÂT"])
def test_a_mark_beside_ban_dan_van_or_below_it_is_found(mark: str) -> None:
    assert level_of(line(f"BAN DÂN VẬN ¦ {mark}", 30, 60)) == "Mật"
    assert level_of(line("BAN DÂN VẬN", 55, 60), line(mark, 62, 60)) == "Mật"


@pytest.mark.parametrize(
    "lines",
    [
        (line("HUYỆN ỦY SƠN DƯƠNG ¦ MẬT", 30, 60),),
        (line("HUYỆN ỦY SƠN DƯƠNG", 55, 60), line("MẬT", 62, 60)),
    ],
)
def test_a_mark_that_a_name_could_carry_on_is_for_a_person(lines: tuple[Line, ...]) -> None:
    assert judge([page(*PLAIN, *lines)]).kind == "unsure"


@pytest.mark.parametrize(
    "lines",
    [
        (line("CÔNG TÁC GIỮ GÌN BÍ ¦ MẬT", 62, 60),),
        (line("CÔNG TÁC GIỮ GÌN BÍ", 55, 60), line("MẬT", 62, 60)),
        (line("GIẢI ¦ MẬT", 62, 60),), (line("HUYỆN ỦY SƠN DƯƠNG ¦ MẶT", 62, 60),),
    ],
)  # fmt: skip
def test_bi_mat_in_two_pieces_is_no_mark_in_the_head(lines: tuple[Line, ...]) -> None:
    assert judge([page(*PLAIN, *lines)]).kind == "clear"


def test_a_mark_on_a_later_page_is_found_there() -> None:
    verdict = judge([page(*PLAIN), page(*body(), line("TUYỆT MẬT", 270), number=2)])
    assert (verdict.kind, verdict.level, verdict.page) == ("marked", "Tuyệt mật", 2)


def test_the_highest_mark_counts() -> None:
    first = page(*PLAIN, line("MẬT", 62, LEFT))
    verdict = judge([first, page(*body(), line("TỐI MẬT", 30), number=2)])
    assert (verdict.level, verdict.page) == ("Tối mật", 2)


def test_a_mark_in_a_table_cell_is_found() -> None:
    assert level_of(line("07 ¦ MẬT ¦ 12", 150)) == "Mật"


def test_a_mark_with_a_wide_space_keeps_its_level() -> None:
    assert level_of(line("TỐI ¦ MẬT", 62, LEFT)) == "Tối mật"


def test_the_title_above_does_not_raise_a_mark() -> None:
    assert level_of(line("QUYẾT", 60, LEFT), line("MẬT", 64, LEFT)) == "Mật"


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN MẶT TRẬN TỔ QUỐC", "CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC", "GIẢI MẬT", "ĐÃ GIẢI MẬT",
        "mật độ dân số", "MẬT ĐỘ", "tài liệu mật", "Mật", "mật", "ĐỘ MẬT", "ĐỘ MẬT:",
        "Độ mật: Thường", "BÍ ¦ MẬT ¦ NHÀ NƯỚC", "MẶT ¦ TRẬN TỔ QUỐC", "- Phòng Bảo mật;",
        "MẪU", "MAI", "MỤC", "TÀI LIỆU MẬT MÃ", "Tiền mặt", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC",
    ],
)  # fmt: skip
def test_other_words_are_no_mark(text: str) -> None:
    assert judge([page(*PLAIN, line(text, 62, LEFT))]).kind == "clear"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("TUYỆT MẬT - HỎA TỐC", "Tuyệt mật"), ("TỐI MẬT (Bản số: 05)", "Tối mật"),
        ("TỐI MẬT, HỎA TỐC", "Tối mật"), ("MẬT - KHẨN", "Mật"), ("MẬT HỎA TỐC", "Mật"),
        ("MẬT A", "Mật"), ("Số 12-BC/ĐU (MẬT)", "Mật"), ("ĐỘ MẬT - TỐI MẬT", "Tối mật"),
    ],
)  # fmt: skip
def test_a_mark_that_shares_its_line_with_urgency_or_a_copy_number_is_found(
    text: str, level: str
) -> None:
    assert level_of(line(text, 62, LEFT)) == level


@pytest.mark.parametrize(
    "text",
    [
        "TÀI LIỆU TUYỆT MẬT", "TÀI LIỆU MẬT", "VĂN BẢN MẬT", "BÁO CÁO MẬT", "Tối mật", "Tuyệt mật",
        "ĐỘ MẬT TỐI MẬT", "DANH MỤC TÀI LIỆU TỐI MẬT",
    ],
)  # fmt: skip
def test_what_may_be_a_mark_in_the_head_is_for_a_person(text: str) -> None:
    assert judge([page(*PLAIN, line(text, 62, LEFT))]).kind == "unsure"


@pytest.mark.parametrize(
    "lines",
    [
        (line("TT ¦ CÓ ¦ VẮNG", 150, left=30.0), line("MẶT ¦ MẶT", 154, left=60.0)),
        (line("SỐ ¦ TIỀN ¦ GHI", 150, left=30.0), line("TT ¦ MẶT ¦ CHÚ", 154, left=30.0)),
        (line("1 ¦ TRẦN VĂN ¦ MẬT ¦ 1965", 150, left=20.0),),
        (line("Ghế xoay ¦ MẤT", 150, left=30.0),), (line("KHOA ¦ MẮT", 150, left=30.0),),
        (line("KHOA", 150, left=60.0), line("MẮT", 156, left=62.0)),
    ],
)  # fmt: skip
def test_other_words_in_cells_of_a_table_are_no_mark(lines: tuple[Line, ...]) -> None:
    assert judge([page(*PLAIN, *lines)]).kind == "clear"


@pytest.mark.parametrize("mark", ["MẬT", "TUYỆT MẬT"])
def test_a_mark_beside_the_lines_under_a_title_is_found(mark: str) -> None:
    title = line("THÔNG BÁO", 60)
    assert level_of(*party(), title, line(f"{mark} ¦ về công tác lưu trữ", 66, left=30.0))


def test_the_rim_of_a_seal_is_no_mark() -> None:
    assert judge([page(*PLAIN, stamps=(line("MẠI", 200, sure=0.41),))]).kind == "clear"
    assert judge([page(*PLAIN, stamps=(line("MẠI", 200, sure=0.7),))]).kind != "clear"


def test_a_heading_that_breaks_before_mat_is_no_mark() -> None:
    lines = (line("CÔNG TÁC GIỮ GÌN BÍ", 150), line("MẬT", 157))
    assert judge([page(*PLAIN, *lines)]).kind == "clear"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("MẬT", "Mật"), ("MAT", "Mật"), ("MẬI", "Mật"), ("|MậT|", "Mật"), ("MẠI]", "Mật"),
        ("TOI MAT", "Tối mật"), ("TỐI MẬI", "Tối mật"), ("ÏTUYỆI MẠI]", "Tuyệt mật"),
        ("ÏLUYỆt MẬI]", "Tuyệt mật"), ("~ MẬT . ,", "Mật"), ("xG TUYỆT MẬT", "Tuyệt mật"),
        ("T U Y Ệ T M Ậ T", "Tuyệt mật"), ("l— MẬT|", "Mật"),
    ],
)  # fmt: skip
def test_a_stamped_mark_is_found(text: str, level: str) -> None:
    assert level_of(stamps=(line(text, 62, LEFT, sure=0.3),)) == level


def test_a_number_that_was_read_many_times_is_no_seal() -> None:
    number = tuple(line(f"{sign} 123-NQ/ĐU", 47, LEFT, sure=0.4) for sign in "¡šïñõ")
    assert level_of(stamps=(line("MAT", 54, LEFT), *number)) == "Mật"


def test_a_look_alike_that_was_read_once_is_a_doubt_and_twice_a_mark() -> None:
    once = line("MAI", 62, LEFT)
    assert judge([page(*PLAIN, stamps=(once,))]).kind == "unsure"
    assert level_of(stamps=(once, line("MAL", 62.2, LEFT))) == "Mật"


def test_small_letters_among_the_stamps_are_print() -> None:
    assert judge([page(*PLAIN, stamps=(line("mất", 62, LEFT),))]).kind == "clear"


def test_a_piece_of_a_printed_heading_is_no_mark() -> None:
    heading, piece = line("2. MẶT YẾU", 75, left=30.0), line("2. MẶT", 75, left=30.0)
    assert judge([page(*PLAIN, heading, stamps=(piece,))]).kind == "clear"


def test_a_mark_close_behind_small_letters_is_found_in_the_head() -> None:
    assert level_of(line("về chống lụt bão TỐI MẬT", 66)) == "Tối mật"


def test_another_word_in_a_row_of_a_table_is_no_mark() -> None:
    row = line("07 ¦ Hồ ¦ 12 ¦ MẤT", 60)
    assert judge([page(*PLAIN, row)]).kind == "clear"


def test_a_stamped_mark_is_found_beside_a_seal() -> None:
    assert level_of(stamps=(*SEAL, line("MẬT", 62, LEFT))) == "Mật"


def test_a_stamped_mark_in_two_lines_keeps_its_level() -> None:
    assert level_of(stamps=(line("TUYỆT", 60, LEFT), line("MẬT", 66, LEFT))) == "Tuyệt mật"


def test_a_stamped_mark_whose_first_word_is_damaged_keeps_its_level() -> None:
    stamps = (line("†UYET", 60, left=40), line("E£T MÁI", 60, left=46))
    assert level_of(stamps=stamps) == "Tuyệt mật"


@pytest.mark.parametrize("text", ["TUYên MẬNo|v", "HMẬT/", "TổiMÂTgào ;", "kMÂBo|v"])
def test_what_text_left_of_a_stamped_mark_is_unsure(text: str) -> None:
    verdict = judge([page(*PLAIN), page(*body(), number=2, stamps=(line(text, 62, LEFT),))])
    assert (verdict.kind, verdict.page) == ("unsure", 2)


def test_what_is_left_of_a_mark_in_the_text_is_unsure_where_it_was_read_badly() -> None:
    assert judge([page(*PLAIN, line("TUY£TE@0.3 MẬïRo@0.3 giao", 75))]).kind == "unsure"
    assert judge([page(*PLAIN, line("CÔNG TÁC CỦA MẬU", 75))]).kind == "clear"


@pytest.mark.parametrize("text", ["XÃ MẬU SƠN", "BÍ MẬTT", "CƠ MẬTI", "ĐỒNG MẪU"])
def test_other_words_in_ink_leave_no_doubt(text: str) -> None:
    assert judge([page(*PLAIN, stamps=(line(text, 62, LEFT),))]).kind == "clear"


def test_a_seal_is_no_mark() -> None:
    assert judge([page(*PLAIN, stamps=SEAL)]).kind == "clear"


@pytest.mark.parametrize(
    "stamps",
    [
        (line("GIẢI MẬT", 60, LEFT), line("Từ: 05/9/2024", 66, LEFT)),
        (line("ĐÃ GIẢI MẬT", 60, LEFT),),
        (line("GIẢI", 60, left=40), line("MẬT", 60, left=52)),
        (line("KHẨN", 60, LEFT),),
        (line("ĐẾN", 60, LEFT), line("Số: 214", 66, LEFT), line("Ngày: 02/3/2021", 72, LEFT)),
        (line("MẶT TRẬN", 215, 130), line("TỔ QUỐC", 219, 130)),
    ],
)
def test_other_stamps_are_no_mark(stamps: tuple[Line, ...]) -> None:
    assert judge([page(*PLAIN, stamps=stamps)]).kind == "clear"


def test_giai_mat_that_is_hardly_read_leaves_a_doubt() -> None:
    stamps = (
        line("G", 60, left=48), line("MẬT", 60, left=52), line("Từ: 05/9/2024", 66, left=46)
    )  # fmt: skip
    assert judge([page(*PLAIN, stamps=stamps)]).kind == "unsure"


def test_a_mark_beside_a_date_alone_is_held() -> None:
    stamps = (line("MẬT", 60, LEFT), line("Từ: 05/9/2024", 66, LEFT))
    assert level_of(stamps=stamps) == "Mật"


@given(st.text(alphabet="abcdefgiklnopqrsuvxy ,.", max_size=40))
def test_small_letters_are_never_a_mark(text: str) -> None:
    lines = (line(text, 150),) if text.split() else ()
    assert judge([page(*PLAIN, *lines)]).kind == "clear"


def test_a_state_document_is_clear() -> None:
    assert judge([page(*state(), *body(), *signature())]).kind == "clear"


def test_page_one_without_words_is_unsure() -> None:
    verdict = judge([page(), page(*body(), number=2)])
    assert (verdict.kind, verdict.page) == ("unsure", 1)


def test_no_page_at_all_is_unsure() -> None:
    assert judge([]).kind == "unsure"


def test_an_empty_back_is_clear() -> None:
    assert judge([page(*PLAIN), page(number=2)]).kind == "clear"


def test_a_head_that_could_not_be_read_is_unsure() -> None:
    noise = tuple(line("ẳI Wx yÊ lƒ", 20 + 9 * i, LEFT, sure=0.2) for i in range(4))
    assert judge([page(*noise, *body(150))]).kind == "unsure"


def test_a_later_page_of_noise_is_unsure() -> None:
    noise = tuple(line("ẳI Wx yÊ lƒ", 20 + 9 * i, RIGHT, sure=0.2) for i in range(4))
    verdict = judge([page(*PLAIN), page(*noise, number=2)])
    assert (verdict.kind, verdict.page) == ("unsure", 2)


def test_a_form_full_of_dots_is_not_noise() -> None:
    rows = ("Số tờ:...................................@0.1 tờ", "Đặc điểm tài liệu trong hồ sơ:")
    form = tuple(line(row, 30 + 9 * i) for i, row in enumerate(rows * 4))
    assert judge([page(*PLAIN), page(*form, number=2)]).kind == "clear"


def test_a_mark_outweighs_a_doubt() -> None:
    assert judge([Page(1, 210, 297), page(line("TỐI MẬT", 20), number=2)]).kind == "marked"
