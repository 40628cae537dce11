"""Subjects: under the type name, or under the number of a công văn."""

from __future__ import annotations

import pytest
from sheet import LEFT, MIDDLE, body, line, page, party, signature, state

from partydoc.metadata.describe import describe
from partydoc.metadata.spelling import mend_text
from partydoc.metadata.subject import tidy
from partydoc.page import Line


def read(*lines: Line) -> str | None:
    field = describe([page(*lines)])["subject"]
    return str(field.value) if field else None


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("V/v kiểm tra kho", "kiểm tra kho"), ("v/v kiểm tra kho", "kiểm tra kho"),
        ("(V/ kiểm tra kho)", "kiểm tra kho"), ("Ví kiểm tra kho", "kiểm tra kho"),
        ("V/v: kiểm tra kho.", "kiểm tra kho"), ("( Về việc kiểm tra )", "về việc kiểm tra"),
        ("Về việc kiểm tra kho", "về việc kiểm tra kho"),
        ("về kho lưu trữ -----", "về kho lưu trữ"),
        ("Vì sao phải lưu trữ", "Vì sao phải lưu trữ"), ("việc cần làm ngay", "việc cần làm ngay"),
        ("kiểm tra kho (lần 2)", "kiểm tra kho (lần 2)"),
        ("V/vkiểm tra kho", "kiểm tra kho"), ("W⁄v kiểm tra kho", "kiểm tra kho"),
        ("về kết quả bầu củ", "về kết quả bầu cử"), ("về việc kiếm tra", "về việc kiểm tra"),
        ("chi nắm 2015", "chi năm 2015"),
    ],
)  # fmt: skip
def test_a_subject_is_tidied(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_three_lines_are_joined() -> None:
    subject = ("về tăng cường sự lãnh đạo của cấp ủy", "đối với công tác lưu trữ", "năm 2023")
    assert read(*party(subject=subject), *body(110)) == " ".join(subject)


def test_it_ends_at_the_rule_under_it() -> None:
    lines = (*party(subject=("về công tác lưu trữ",)), line("-----", 76), line("ý kiến khác", 81))
    assert read(*lines) == "về công tác lưu trữ"


def test_it_ends_where_the_body_begins_close_below() -> None:
    text = (
        line("Trong năm qua các cấp ủy đã lãnh đạo công tác lưu trữ đạt kết quả", 81, left=40),
        line("nhiều đơn vị đã thu về kho đầy đủ tài liệu của nhiệm kỳ trước đây rồi", 88, left=30),
    )
    assert read(*party(subject=("về công tác lưu trữ",)), *text) == "về công tác lưu trữ"


def test_it_ends_before_the_addressee() -> None:
    lines = state("Số: 15/TTr-SNV", title="TỜ TRÌNH", subject=("về việc mua giá kệ",))
    close = line("Kính gửi: Ủy ban nhân dân tỉnh", 68, MIDDLE)
    assert read(*lines, close, *body()) == "về việc mua giá kệ"


def test_it_ends_before_the_authority_of_a_decision() -> None:
    lines = state(subject=("về việc mua giá kệ",))
    assert read(*lines, line("GIÁM ĐỐC SỞ NỘI VỤ", 68, MIDDLE), *body()) == "về việc mua giá kệ"


def test_words_after_the_type_name_belong_to_it() -> None:
    lines = party("Số 12-TB/ĐU", title="THÔNG BÁO KẾT LUẬN", subject=("của Ban Thường vụ",))
    assert read(*lines, *body()) == "kết luận của Ban Thường vụ"


def test_a_stamp_beside_it_is_no_part_of_it() -> None:
    lines = party(subject=("về công tác lưu trữ", "trong toàn huyện"))
    stamp = (line("ĐẾN Số: 214", 70, left=25), line("Ngày: 02/3/2021", 77, left=25))
    assert read(*lines, *stamp, *body(110)) == "về công tác lưu trữ trong toàn huyện"


def test_a_letter_of_the_party_has_it_under_the_number() -> None:
    lines = party("Số 245-CV/VPTU", title="", subject=(), issuer=("TỈNH ỦY MẪU", "VĂN PHÒNG"))
    lines += (
        line("về việc cử cán bộ tham gia", 54, LEFT),
        line("lớp bồi dưỡng lưu trữ", 59, LEFT),
        line("Kính gửi: Các ban", 75),
    )
    assert read(*lines, *body()) == "về việc cử cán bộ tham gia lớp bồi dưỡng lưu trữ"


def test_an_urgency_under_the_number_is_no_part_of_it() -> None:
    lines = state("Số: 402/UBND-VP", title="", subject=())
    lines += (
        line("V/v phòng, chống bão", 50, LEFT),
        line("HỎA TỐC", 57, LEFT),
        line("Kính gửi: Các xã", 75),
    )
    assert read(*lines, *body()) == "phòng, chống bão"


def test_what_runs_into_the_right_column_is_not_accepted() -> None:
    lines = state("Số: 402/UBND-VP", title="", subject=())
    crossing = line("V/v phòng, chống bão 1. Đồng chí Mẫu xem và chuyển các phòng", 50, left=30)
    field = describe([page(*lines, crossing, line("Kính gửi: Các xã", 75), *body())])["subject"]
    assert field is None or not field.accepted


def test_without_one_there_is_none() -> None:
    assert read(*state("Số: 4/UBND-VP", title="", subject=()), *body(), *signature()) is None


@pytest.mark.parametrize(
    ("read_as", "text"),
    [
        ("kết nạp đẳng viên", "kết nạp đảng viên"), ("các chỉ bộ", "các chi bộ"),
        ("các chỉ, đảng bộ", "các chi, đảng bộ"), ("các chỉ thị", "các chỉ thị"),
        ("chỉ đăng ký một lần", "chỉ đăng ký một lần"), ("Đẳng bộ xã;", "Đảng bộ xã;"),
        ("họp cấp uỷ", "họp cấp uỷ"), ("họp cấp ủy", "họp cấp ủy"),
    ],
)  # fmt: skip
def test_words_that_mean_nothing_are_mended(read_as: str, text: str) -> None:
    assert mend_text(read_as) == text


def test_a_line_out_of_the_middle_has_lost_words() -> None:
    lines = party(subject=())
    for centre, accepted in ((MIDDLE, True), (MIDDLE + 10, False)):
        field = describe([page(*lines, line("công tác lưu trữ", 58, centre), *body())])["subject"]
        assert field is not None and field.accepted is accepted


def test_scraps_beside_the_first_line_do_not_end_it() -> None:
    scraps = (line("lzm@0.1 _...@0.1", 56, left=24),)
    lines = party(subject=())
    subject = line("tổng kết công tác xây dựng Đảng", 58, MIDDLE)
    assert read(*lines, *scraps, subject, *body()) == "tổng kết công tác xây dựng Đảng"


@pytest.mark.parametrize("about", ["VZ", "VÁ'", "V#W", "V/v"])
def test_a_damaged_about_under_the_number_is_cut(about: str) -> None:
    lines = state("Số: 402/UBND-VP", title="", subject=())
    under = line(f"{about} phòng, chống bão", 50, LEFT - 10)
    assert read(*lines, under, line("Kính gửi: Các xã", 75), *body()) == "phòng, chống bão"


def test_a_damaged_about_does_not_make_a_subject_doubtful() -> None:
    under = line("V⁄y@0.1 phòng, chống bão", 50, LEFT - 10)
    lines = state("Số: 402/UBND-VP", title="", subject=())
    field = describe([page(*lines, under, line("Kính gửi: Các xã", 75), *body())])["subject"]
    assert field is not None and (field.value, field.accepted) == ("phòng, chống bão", True)


def test_a_rule_beside_a_line_is_no_part_of_it() -> None:
    lines = party(subject=("về công tác xây dựng", "—— Đảng năm 2024"))
    assert read(*lines, *body()) == "về công tác xây dựng Đảng năm 2024"


def test_a_word_that_is_none_is_not_accepted() -> None:
    for word, accepted in (("lưu", True), ("lưưu", False)):
        lines = party(subject=(f"về công tác {word} trữ",))
        field = describe([page(*lines, *body())])["subject"]
        assert field is not None and field.accepted is accepted


def test_the_last_figure_of_a_year_is_no_letter() -> None:
    assert tidy("tổng kết công tác năm 201 I") == "tổng kết công tác năm 2011"


@pytest.mark.parametrize(
    ("whose", "subject"),
    [
        (("CỦA ỦY BAN NHÂN DÂN TỈNH VÍ DỤ",), "Về việc tiếp công dân"),
        (("CỦA BAN THƯỜNG VỤ", "HUYỆN ỦY VÍ DỤ"), "về công tác cán bộ"),
        (("CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",), "V/v thành lập Hội đồng"),
        (("Của Ủy ban nhân dân huyện Mẫu",), "Về việc thu hồi đất"),
    ],
)  # fmt: skip
def test_whose_a_document_is_is_no_part_of_its_subject(
    whose: tuple[str, ...], subject: str
) -> None:
    lines = state(title="QUYẾT ĐỊNH", subject=(*whose, subject))
    assert read(*lines, *body()) == tidy(subject)


def test_a_resolution_of_a_congress_is_about_that() -> None:
    congress = ("ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ HUYỆN MẪU", "LẦN THỨ XX")
    assert read(*party(subject=congress), *body()) == " ".join(congress)


def test_text_below_that_begins_with_a_scrap_is_no_part_of_it() -> None:
    lines = party(subject=("về công tác lưu trữ",))
    text = line('"Xét@0.1 đề nghị của các bộ phận, thông báo một số nội dung sau:', 70, left=33.0)
    assert read(*lines, text, *body()) == "về công tác lưu trữ"
