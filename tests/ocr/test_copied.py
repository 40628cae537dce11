"""The words of a page are the words that can be copied from it."""

from __future__ import annotations

from dataclasses import replace

import drawn
import pikepdf
import pypdfium2

from partydoc.box import Box
from partydoc.ocr import copied
from partydoc.page import Line, Page, Word


def box(left: float, right: float, top: float = 0.1) -> Box:
    return Box(left, top, right, top + 0.015)


def page_of(number: int, lines: tuple[str, ...]) -> Page:
    place = Box(0.1, 0.1, 0.2, 0.2)
    return Page(
        number,
        210,
        297,
        tuple(Line(tuple(Word(each, place, 1.0) for each in line.split())) for line in lines),
    )


def test_the_pages_that_differ_are_named(tmp_path):
    first = drawn.born_digital(tmp_path / "first.pdf", drawn.BODY)
    second = drawn.born_digital(tmp_path / "second.pdf", (*drawn.BODY[:-1], "Đoạn khác hẳn."))
    with pikepdf.open(first) as pdf, pikepdf.open(second) as other:
        pdf.pages.extend(other.pages)
        pdf.pages.extend(pdf.pages[:1])
        pdf.save(tmp_path / "whole.pdf")
    pages = [page_of(number, drawn.BODY) for number in (1, 2, 3)]
    assert copied.differing(tmp_path / "whole.pdf", pages) == [2]


def test_a_hyphen_at_the_end_of_a_line_is_a_hyphen(tmp_path):
    lines = ("Thông báo về công-", "tác năm nay, số 12-", "NQ/TU của Tỉnh uỷ")
    path = drawn.born_digital(tmp_path / "typed.pdf", lines)
    assert copied.differing(path, [page_of(1, lines)]) == []


def test_words_below_the_edge_of_the_page_are_copied_by_one_viewer_alone(tmp_path):
    """PDFium says what stands beside the paper; poppler, like a reader's eye, does not."""
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].mediabox = pikepdf.Array([0, 790, 595, 842])
        pdf.save(path)
    with pypdfium2.PdfDocument(path) as pdf:
        assert copied.text_of(pdf, 1).split() == " ".join(drawn.BODY).split()
    typed = replace(page_of(1, drawn.BODY), origin="text-layer")
    assert copied.differing(path, [typed]) == [1]


def test_typed_pages_are_the_same_to_both_viewers(tmp_path):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages.extend([pdf.pages[0]] * 2)
        pdf.save(path)
    typed = [replace(page_of(number, drawn.BODY), origin="text-layer") for number in (1, 2, 3)]
    assert copied.differing(path, typed) == []


def test_a_page_is_not_taken_for_the_same_where_poppler_cannot_say(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    assert copied.differing(path, [replace(page_of(1, drawn.BODY), origin="text-layer")]) == [1]
    assert copied.differing(path, [page_of(1, drawn.BODY)]) == []


def test_words_in_one_place_with_a_sign_in_common_are_told():
    one, over = Word("125", box(0.1, 0.2), 0.9), Word("2020", box(0.15, 0.3), 0.9)
    beside, below = Word("12", box(0.31, 0.4), 0.9), Word("52", box(0.1, 0.2, 0.2), 0.9)
    found = Page(1, 210, 297, (Line((one, beside)), Line((over,)), Line((below,))))
    assert set(copied._doubled(found)) == {"125", "2020"}
