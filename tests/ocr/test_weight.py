"""What a page asks for is told before it is drawn."""

from __future__ import annotations

from pathlib import Path

import handmade
import pdf_bombs
import pikepdf
import pytest

from partydoc.ocr import weight

_SHAPE = b"1000 0 d0 0 0 m 900 900 l 0 900 l f "
_NAMED = b"/CharProcs << /a 6 0 R /b 7 0 R >> /Encoding %s /FirstChar 97 /LastChar 98"


def weight_of(path: Path, page: int = 1) -> int:
    with pikepdf.open(path) as pdf:
        return weight._Drawing().of_page(pdf.pages[page - 1])


def lettered(folder: Path, text: bytes, encoding: bytes = b"<< /Differences [97 /a /b] >>") -> Path:
    """A page with text in a font of two shapes, of which the second is a hundred times heavier."""
    font = b"<< /Type /Font /Subtype /Type3 " + _NAMED % encoding + b" >>"
    shapes = handmade.stream(_SHAPE), handmade.stream(_SHAPE * 100)
    content = handmade.stream(b"BT /F 12 Tf 50 50 Td " + text + b" ET")
    made = handmade.page(content, font, *shapes, resources=b"/Font << /F 5 0 R >>")
    return handmade.write(folder, "letters.pdf", made)


def test_each_letter_of_a_font_of_drawings_is_weighed(tmp_path):
    once = weight_of(pdf_bombs.letters_without_end(tmp_path, 1000, 1), 2)
    often = weight_of(pdf_bombs.letters_without_end(tmp_path, 1000, 100), 2)
    assert often > 99 * once
    assert weight_of(pdf_bombs.letters_without_end(tmp_path, 1000, 1)) == 0


@pytest.mark.parametrize(
    "text",
    [b"(bb) Tj", b"<6262> Tj", b"[(b) -9 (\\142)] TJ", b"(b) ' 1 2 (b) \"", b"(b\\\n) Tj (b) Tj"],
)
def test_letters_are_found_however_they_are_written(tmp_path, text):
    light = weight_of(lettered(tmp_path, b"(aa) Tj"))
    heavy = weight_of(lettered(tmp_path, text))
    assert 198 * len(_SHAPE) <= heavy - light <= 200 * len(_SHAPE)


def test_a_letter_weighs_what_its_shape_weighs(tmp_path):
    assert weight_of(lettered(tmp_path, b"(aaa) Tj")) < 100 * len(_SHAPE)


@pytest.mark.parametrize("encoding", [b"/WinAnsiEncoding", b"<< /Differences [97 /a] >>"])
def test_a_shape_without_a_code_of_its_own_may_have_any_that_is_left(tmp_path, encoding):
    assert weight_of(lettered(tmp_path, b"(bb) Tj", encoding)) > 200 * len(_SHAPE)


def test_in_a_broken_content_each_byte_may_be_a_letter(tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise pikepdf.PdfError

    monkeypatch.setattr(pikepdf, "parse_content_stream", broken)
    assert weight_of(lettered(tmp_path, b"(b")) > 100 * len(_SHAPE)


def test_shapes_that_show_one_another_end(tmp_path):
    font = b"<< /Type /Font /Subtype /Type3 /CharProcs << /a 6 0 R >> /Encoding"
    font += b" << /Differences [97 /a] >> /Resources << /Font << /F 5 0 R >> >> >>"
    shape = handmade.stream(b"BT /F 1 Tf (aa) Tj ET")
    content = handmade.stream(b"BT /F 1 Tf (a) Tj ET")
    made = handmade.page(content, font, shape, resources=b"/Font << /F 5 0 R >>")
    assert weight_of(handmade.write(tmp_path, "x.pdf", made)) > weight.MOST_DRAWING
