"""Signers: the name alone, of the page that is signed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sheet import body, line, page, party, signature, state

from partydoc.document import Field
from partydoc.metadata.describe import describe
from partydoc.page import Line, Page

HEAD = (*party(), *body())


def read(*pages: Page) -> Field | None:
    return describe(pages)["signer"]


@pytest.mark.parametrize(
    "block",
    [
        ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
        ("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ TỔ CHỨC"),
        ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"), ("Q. CỤC TRƯỞNG",),
        ("CHI CỤC TRƯỞNG",), ("CHICỤC TRƯỞNG",),
    ],
)  # fmt: skip
def test_the_name_under_every_block_is_found(block: tuple[str, ...]) -> None:
    field = read(page(*HEAD, *signature(block=block)))
    assert field is not None and (field.value, field.accepted) == ("Nguyễn Văn Mẫu", True)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Trung tá Ngô Văn Thử", "Ngô Văn Thử"), ("ThS. Lê Thị Mẫu", "Lê Thị Mẫu"),
        ("TS.BS. Lê Thị Mẫu", "Lê Thị Mẫu"), ("Đồng chí Lê Mẫu", "Lê Mẫu"),
        ("Đại tú Ngô Văn Thử", "Ngô Văn Thử"), ("s@0.7 đại@0.8 Lương Văn Mẫu", "Lương Văn Mẫu"),
        ("BSCKI Lê Thị Mẫu", "Lê Thị Mẫu"), ("BSCKl Lê Thị Mẫu", "Lê Thị Mẫu"),
        ("Il@0.9 Tô Văn Mẫu", "Tô Văn Mẫu"), ("Trần Ván Mẫu", "Trần Văn Mẫu"),
        ("⁄Đỗ Văn Mẫu", "Đỗ Văn Mẫu"), ("Đỉnh Vẫn Mẫu", "Đinh Văn Mẫu"),
        ("Trần Thị Ví Dụ", "Trần Thị Ví Dụ"),
    ],
)  # fmt: skip
def test_a_name_is_written_without_titles(printed: str, name: str) -> None:
    end = signature()[:-1]
    field = read(page(*HEAD, *end, line(printed, 238, 155)))
    assert field is not None and field.value == name


@pytest.mark.parametrize(
    ("printed", "name"), [("Trần Hông Mẫu", "Trần Hồng Mẫu"), ("Lê Hãng", "Lê Hằng")]
)
def test_a_name_that_nobody_bears_is_mended_for_a_person_to_look_at(
    printed: str, name: str
) -> None:
    field = read(page(*HEAD, *signature()[:-1], line(printed, 238, 155)))
    assert field is not None and (field.value, field.accepted) == (name, False)


@pytest.mark.parametrize("name", ["Trần Thị Dzoãn", "Lò Thị Mẫu", "Vàng Thị Mậu"])
def test_a_rare_name_that_no_letter_was_taken_for_is_accepted(name: str) -> None:
    field = read(page(*HEAD, *signature()[:-1], line(name, 238, 155)))
    assert field is not None and (field.value, field.accepted) == (name, True)


def signed(*lines: Line, number: int) -> Page:
    return page(*body(30), *lines, number=number)


def test_it_is_on_the_page_with_the_recipients() -> None:
    annex = (
        line("NGƯỜI LẬP BIỂU", 200, 60),
        line("GIÁM ĐỐC", 200, 155),
        line("Lê Thị Mẫu", 235, 155),
    )
    field = read(page(*HEAD), signed(*signature(), number=2), signed(*annex, number=3))
    assert field is not None and (field.value, field.page) == ("Nguyễn Văn Mẫu", 2)


def test_an_appendix_is_not_looked_at() -> None:
    annex = page(
        line("PHỤ LỤC I", 20), *body(40), *signature()[3:5], line("Lê Thị Mẫu", 238, 155), number=2
    )
    bare = tuple(each for each in signature() if each.box.left > 0.5)
    field = read(page(*HEAD, *bare), annex)
    assert field is not None and (field.value, field.page) == ("Nguyễn Văn Mẫu", 1)


@pytest.mark.parametrize(
    "shown", ["NNG S— ¬>@0.1", "12/3/2020", "đã ký", "Nguyễn", "- Lưu: VT, Văn phòng Mẫu Một Hai"]
)
def test_what_is_no_name_is_none(shown: str) -> None:
    assert read(page(*HEAD, *signature()[:-1], line(shown, 238, 155))) is None


def test_a_name_under_a_seal_is_not_accepted() -> None:
    field = read(page(*HEAD, *signature()[:-1], line("Nguyễn@0.4 Vần@0.5 Mẫu@0.3", 238, 155)))
    assert field is not None and not field.accepted


def test_a_family_name_that_nobody_bears_is_not_accepted() -> None:
    field = read(page(*HEAD, *signature()[:-1], line("Bùf Thị Mẫu", 238, 155)))
    assert field is not None and not field.accepted


@pytest.mark.parametrize(("family", "accepted"), [("Lương", True), ("Lường", False)])
def test_of_two_family_names_that_differ_by_marks_the_rarer_is_for_a_person(
    family: str, accepted: bool
) -> None:
    field = read(page(*HEAD, *signature()[:-1], line(f"{family} Văn Mẫu", 238, 155)))
    assert field is not None and (field.value, field.accepted) == (f"{family} Văn Mẫu", accepted)


def test_a_page_without_a_block_has_no_signer() -> None:
    assert read(page(*state(), *body(), line("Nguyễn Văn Mẫu", 238, 155))) is None


def test_two_signers_read_as_one_line_are_told_apart() -> None:
    end = (line("THƯ KÝ", 200, 60), line("CHỦ TRÌ", 200, 155))
    *first, last = line("Trần Thị Ví Dụ", 235, 60).words
    second = line("Hoàng Văn Thử", 235, 155).words
    reaching = replace(last, box=last.box._replace(right=second[0].box.left - 0.01))
    field = read(page(*HEAD, *end, Line((*first, reaching, *second))))
    assert field is not None and field.value == "Hoàng Văn Thử"


@pytest.mark.parametrize(("sure", "accepted"), [(0.95, True), (0.8, False)])
def test_a_name_in_coloured_ink_must_be_read_like_print(sure: float, accepted: bool) -> None:
    sheet = page(*HEAD, *signature()[:-1], stamps=[line("Lê Thị Mẫu", 238, 155, sure)])
    field = read(sheet)
    assert field is not None and (field.value, field.accepted) == ("Lê Thị Mẫu", accepted)


@pytest.mark.parametrize(
    ("damaged", "whole"), [("Nđuyễn", "Nguyễn"), ("Lưựớng", "Lương"), ("Bhnong", "Bhnong")]
)
def test_a_family_name_that_is_no_syllable_is_mended_if_it_is_near_one_and_never_accepted(
    damaged: str, whole: str
) -> None:
    field = read(page(*HEAD, *signature()[:-1], line(f"{damaged} Văn Mẫu", 238, 155)))
    assert field is not None and (field.value, field.accepted) == (f"{whole} Văn Mẫu", False)


@pytest.mark.parametrize(("left", "whole"), [("rần@0.4", "Trần"), ("ũ@0.6", "Vũ")])
def test_the_end_of_a_family_name_is_enough_if_the_whole_stands_in_the_middle(
    left: str, whole: str
) -> None:
    end = signature()[:-1]
    field = read(page(*HEAD, *end, line(f"{left} Văn Mẫu", 238, 156.5)))
    assert field is not None and (field.value, field.accepted) == (f"{whole} Văn Mẫu", True)
    field = read(page(*HEAD, *end, line(f"{left} Văn Mẫu", 238, 165)))
    assert field is not None and not field.accepted


@pytest.mark.parametrize("printed", ["Thi Thu Mẫu", "Văn Mẫu", "đãng@0.9 Công Mẫu", "ăn@0.9 Mẫu"])
def test_a_name_that_lost_its_family_is_not_accepted(printed: str) -> None:
    field = read(page(*HEAD, *signature()[:-1], line(printed, 238, 155)))
    assert field is None or not field.accepted


def test_strokes_of_the_signature_are_no_part_of_the_name() -> None:
    field = read(page(*HEAD, *signature()[:-1], line("W##,@0.4 Nguyễn Văn Mẫu", 238, 155)))
    assert field is not None and field.value == "Nguyễn Văn Mẫu"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Vừ A Mẫu", "Vừ A Mẫu"), ("Y Thanh Hà Niê Kđăm", "Y Thanh Hà Niê Kđăm"),
        ("H'Yim Kđoh", "H'Yim Kđoh"), ("ThS.Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu"),
        ("Nguyễn Văn Mẫu (đã ký)", "Nguyễn Văn Mẫu"),
    ],
)  # fmt: skip
def test_names_of_single_letters_and_apostrophes_are_read(printed: str, name: str) -> None:
    field = read(page(*HEAD, *signature()[:-1], line(printed, 238, 155)))
    assert field is not None and field.value == name


def test_a_name_of_two_words_that_stands_askew_may_have_lost_its_first() -> None:
    middle, askew = (
        read(page(*HEAD, *signature()[:-1], line("Đinh Mẫu", 238, centre))) for centre in (155, 160)
    )
    assert middle is not None and askew is not None
    assert middle.accepted and not askew.accepted
