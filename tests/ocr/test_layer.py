"""The invisible text of an access copy: found, copied and placed like print."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partydoc.box import Box
from partydoc.ocr.layer import Layer
from partydoc.page import Line, Page, Word

LETTERS = "".join(
    {unicodedata.normalize("NFC", base + tone)
     for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309",
                                                       "\u0323")} | {"đ", "Đ"}
)  # fmt: skip


def laid(*lines: Line, pages: int = 1, box: tuple[float, ...] = (0, 0, 595, 842)) -> bytes:
    pdf = pikepdf.new()
    text = Layer(pdf)
    for number in range(1, pages + 1):
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[-1].mediabox = pikepdf.Array(box)
        text.lay(pdf.pages[-1], Page(number, 210, 297, lines))
    text.close()
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def line(text: str, top: float = 0.1, left: float = 0.1, height: float = 0.012) -> Line:
    words, step = text.split(), 0.8 / max(len(text), 1)
    found, at = [], left
    for word in words:
        found.append(Word(word, Box(at, top, at + step * len(word), top + height), 0.9))
        at += step * (len(word) + 1)
    return Line(tuple(found))


def copied(data: bytes, index: int = 0) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return pdf[index].get_textpage().get_text_range()


def test_every_vietnamese_letter_can_be_copied():
    assert copied(laid(line(LETTERS))) == LETTERS


@given(st.lists(st.text(LETTERS + "abcxyz0123456789-/.,()", min_size=1, max_size=9),
                min_size=1, max_size=8))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_words_are_copied_as_they_were_read(words):
    said = copied(laid(line(" ".join(words)))).replace("\ufffe", "-")  # pdfium's mark of a hyphen
    assert said.split() == words


def test_one_font_serves_all_pages():
    data = laid(line("một trang"), pages=3)
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = {page.obj.Resources.Font["/PartydocText"].objgen for page in pdf.pages}
    assert len(fonts) == 1
    assert copied(data, 2) == "một trang"


def test_a_page_that_lies_askew_keeps_its_lines():
    words = [Word(f"từ{n}", Box(0.1 * n, 0.3 + 0.002 * n, 0.1 * n + 0.08, 0.31 + 0.002 * n), 0.9)
             for n in range(1, 9)]  # fmt: skip
    below = [Word(f"sau{n}", Box(0.1 * n, 0.32 + 0.002 * n, 0.1 * n + 0.08, 0.33 + 0.002 * n), 0.9)
             for n in range(1, 9)]  # fmt: skip
    text = copied(laid(Line(tuple(words)), Line(tuple(below))))
    assert text.split() == [word.text for word in (*words, *below)]


def test_words_read_in_one_box_stand_side_by_side():
    box = Box(0.1, 0.1, 0.5, 0.12)
    both = Line((Word("hai", box, 0.9), Word("chữ", box, 0.9)))
    assert copied(laid(both)) == "hai chữ"


@pytest.mark.parametrize("box", [(0, 0, 595, 842), (-300, 50, 295, 892)])
def test_text_stands_where_the_box_of_the_page_begins(box):
    data = laid(line("góc"), box=box)
    with pypdfium2.PdfDocument(data) as pdf:
        left, bottom, right, top = pdf[0].get_textpage().get_charbox(0, loose=True)
    assert left == pytest.approx(box[0] + 59.5, abs=0.1)
    assert (bottom, top) == pytest.approx((box[3] - 0.112 * 842, box[3] - 84.2), abs=0.6)


def test_nothing_is_added_to_a_page_without_words():
    with pikepdf.open(BytesIO(laid())) as pdf:
        assert "/PartydocText" not in str(pdf.pages[0].obj)


def test_what_a_page_shares_with_others_stays_as_it_is():
    pdf = pikepdf.new()
    shared = pdf.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary()))
    for _ in range(2):
        pdf.add_blank_page()
        pdf.pages[-1].obj.Resources = shared
    text = Layer(pdf)
    text.lay(pdf.pages[0], Page(1, 210, 297, (line("một"),)))
    text.close()
    assert "/PartydocText" not in shared.Font
    assert "/PartydocText" in pdf.pages[0].obj.Resources.Font


def test_words_that_stand_before_the_last_one_stay_on_the_page():
    boxes = [Box(0.7, 0.1, 0.95, 0.12), Box(0.1, 0.1, 0.3, 0.12), Box(0.4, 0.1, 0.6, 0.12)]
    data = laid(Line(tuple(Word(f"từ{n}", box, 0.9) for n, box in enumerate(boxes))))
    with pypdfium2.PdfDocument(data) as pdf:
        text = pdf[0].get_textpage()
        for n, box in enumerate(boxes):
            index, _ = text.search(f"từ{n}").get_next()
            assert text.get_charbox(index, loose=True)[0] == pytest.approx(box.left * 595, abs=1)
