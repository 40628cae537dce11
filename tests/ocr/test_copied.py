"""The words of a page are the words that can be copied from it."""

from __future__ import annotations

import drawn
import pytest

from partydoc.box import Box
from partydoc.ocr import copied
from partydoc.page import Line, Page, Word

TEXT = "\n".join(drawn.BODY)


@pytest.mark.parametrize(
    "said",
    [
        TEXT,
        " ".join(reversed(TEXT.split())),
        TEXT.replace("thư viện", "thưviện"),
        TEXT.replace("Đảng", "Ðảng"),
        TEXT.replace("Thực", "Thu\u031b\u0323c"),
        TEXT.replace("một", "mộ\u00adt"),
    ],
)
def test_order_space_and_form_of_letters_do_not_matter(said):
    assert copied.same(TEXT, said)


def test_ligatures_are_letters():
    assert copied.same("final office", "ﬁnal oﬃce")


@pytest.mark.parametrize(
    "said",
    [
        "",
        TEXT + " trang 1",
        TEXT.replace("một", "mot"),
        TEXT.replace("Một là, mỗi thôn", ""),
        TEXT.replace("thư viện", "thư thư viện"),
    ],
)
def test_other_words_do(said):
    assert not copied.same(TEXT, said)


def test_what_was_read_twice_in_one_place_is_copied_once():
    assert copied.same("1E 1 0.8 0.6", "1E 0.8 0.6", laid=True)
    assert not copied.same("1E 1 0.8 0.6", "1E 0.8 0.6")
    assert not copied.same("1E 0.8 0.6", "1E 1 0.8 0.6", laid=True)
    assert not copied.same(TEXT, TEXT.replace("Một là, mỗi thôn", ""), laid=True)


def page_of(number: int, lines: tuple[str, ...]) -> Page:
    place = Box(0.1, 0.1, 0.2, 0.2)
    return Page(
        number,
        210,
        297,
        tuple(Line(tuple(Word(each, place, 1.0) for each in line.split())) for line in lines),
    )


def test_the_pages_that_differ_are_named(tmp_path):
    import pikepdf

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
