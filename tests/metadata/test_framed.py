"""A drawn frame is evidence: fewer letters do in it, and one that was not read is a doubt."""

from __future__ import annotations

import pytest
from sheet import HEIGHT, LEFT, WIDTH, body, line, page, party, signature

from partydoc.box import Box
from partydoc.document import Verdict
from partydoc.metadata.secrecy import judge
from partydoc.page import FRAME, Line, Word

PLAIN = (*party(), *body(), *signature())


def frame(left: float, top: float, wide: float, high: float = 9) -> Line:
    """Set a frame, in millimetres."""
    box = Box(left / WIDTH, top / HEIGHT, (left + wide) / WIDTH, (top + high) / HEIGHT)
    return Line((Word(FRAME, box, 1.0),))


def verdict(*stamps: Line, lines: tuple[Line, ...] = ()) -> Verdict:
    return judge([page(*PLAIN, *lines, stamps=stamps)])


@pytest.mark.parametrize(
    ("read", "level"),
    [
        ("MIẬT", "Mật"), ("TØMẬT", "Tối mật"), ("7OTNAT", "Tối mật"), ("TUY£E MẬT", "Tuyệt mật"),
        ("rUYỆ MẠI", "Tuyệt mật"),
    ],
)  # fmt: skip
def test_damaged_letters_in_a_frame_are_a_mark(read: str, level: str) -> None:
    found = verdict(frame(35, 60, 50), line(read, 62, LEFT, sure=0.1))
    assert (found.kind, found.level) == ("marked", level)


def test_the_level_that_fits_best_counts() -> None:
    assert verdict(frame(35, 60, 50), line("TOI MAT", 62, LEFT, sure=0.6)).level == "Tối mật"


def test_a_frame_that_nobody_could_read_leaves_a_doubt() -> None:
    found = verdict(frame(35, 60, 50), line("#~|", 62, LEFT, sure=0.1))
    assert (found.kind, found.page) == ("unsure", 1)


@pytest.mark.parametrize("text", ["TUYỆ", "TUYỆT", "TUY"])
def test_what_a_seal_left_of_a_mark_explains_no_frame(text: str) -> None:
    assert verdict(frame(35, 60, 50), line(text, 62, LEFT, sure=0.9)).kind != "clear"


@pytest.mark.parametrize("text", ["HỎA TỐC", "KHẨN", "BẢN LƯU", "MẶT TRƯỚC", "SAO Y BẢN CHÍNH"])
def test_a_frame_with_other_capitals_is_clear(text: str) -> None:
    noise = line("| mui lị", 63, LEFT, sure=0.2)
    assert verdict(frame(25, 60, 70), line(text, 62, LEFT, sure=0.9), noise).kind == "clear"


def test_a_frame_around_small_letters_is_clear() -> None:
    assert verdict(frame(40, 130, 50), lines=(line("Ngày giao nhận", 132, 65),)).kind == "clear"


def test_print_that_runs_through_a_frame_does_not_explain_it() -> None:
    text = "Trong tháng đầu năm KHO TÀI LIỆU cũ được dời sang dãy nhà"
    assert verdict(frame(90, 99, 30), lines=(line(text, 101, 105),)).kind == "unsure"


def test_the_frame_of_giai_mat_is_no_mark() -> None:
    stamps = (line("GIẢI MẬT", 62, LEFT), line("Từ: 05/9/2024", 67, LEFT))
    assert verdict(frame(40, 60, 40, 13), *stamps).kind == "clear"


@pytest.mark.parametrize(("read", "sure"), [("KHO CŨ", 0.8), ("LẺ", 0.9)])
def test_pieces_of_print_that_runs_through_a_frame_do_not_explain_it(
    read: str, sure: float
) -> None:
    text = "Trong tháng đầu năm KHO CŨ và kho tài liệu được dời sang dãy nhà"
    found = verdict(frame(90, 126, 30), line(read, 129, 105, sure=sure), lines=(line(text, 128),))
    assert found.kind == "unsure"


def test_other_capitals_over_print_explain_a_frame() -> None:
    text = "Trong tháng đầu năm KHO CŨ và kho tài liệu được dời sang dãy nhà"
    stamps = (frame(90, 126, 30), line("HỎA TỐC", 129, 105, sure=0.9))
    assert verdict(*stamps, lines=(line(text, 128),)).kind == "clear"


def test_a_first_word_with_a_piece_of_the_frame_explains_none() -> None:
    assert verdict(frame(35, 60, 50), line("ITOI", 62, LEFT, sure=0.9)).kind != "clear"
