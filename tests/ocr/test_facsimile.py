"""A page that becomes a picture keeps its size, its dots and its kind of ink."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import drawn
import img2pdf
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from partydoc.ocr import facsimile

A4 = (595, 842)


def replaced(path: Path) -> pikepdf.Pdf:
    pdf = pikepdf.open(path)
    facsimile.replace(pdf, 0, path.with_name("scratch.pdf"))
    return pdf


def picture(pdf: pikepdf.Pdf) -> pikepdf.Object:
    (found,) = pdf.pages[0].Resources.XObject.values()
    return found


def two_levels(dpi: int) -> Image.Image:
    return drawn.sheet(dpi).convert("L").point([0] * 140 + [255] * 116).convert("1")


def test_black_and_white_stays_as_it_was_dot_by_dot(tmp_path):
    sheet = two_levels(200)
    buffer = BytesIO()
    sheet.save(buffer, "TIFF", compression="group4", dpi=(200, 200))
    (tmp_path / "scan.pdf").write_bytes(img2pdf.convert(buffer.getvalue()))
    with replaced(tmp_path / "scan.pdf") as pdf:
        found = picture(pdf)
        assert (list(found.Filter), found.BitsPerComponent) == (["/CCITTFaxDecode"], 1)
        assert (found.Width, found.Height) == sheet.size
        again = pikepdf.PdfImage(found).as_pil_image().convert("1")
        changed = sum(a != b for a, b in zip(again.tobytes(), sheet.tobytes(), strict=True))
        assert changed < 0.001 * len(sheet.tobytes())


@pytest.mark.parametrize("dpi", [100, 200, 400])
def test_a_scan_keeps_its_resolution_and_grey_stays_grey(tmp_path, dpi):
    sheet = drawn.sheet(dpi).convert("L")
    with replaced(drawn.scan(tmp_path / "scan.pdf", sheet, dpi=dpi)) as pdf:
        found = picture(pdf)
        assert (found.Width, found.Height) == pytest.approx(sheet.size, abs=1)
        assert found.ColorSpace == pikepdf.Name.DeviceGray


def test_print_loses_no_dot_and_colour_stays(tmp_path):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    with replaced(path) as pdf:
        found = picture(pdf)
        assert (found.Filter, found.ColorSpace) == ("/FlateDecode", "/DeviceGray")
        assert (found.Width, found.Height) == pytest.approx((2480, 3508), abs=2)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"1 0 0 rg 100 100 2 2 re f")
        pdf.save(path)
    with replaced(path) as pdf:
        assert picture(pdf).ColorSpace == "/DeviceRGB"


@pytest.mark.parametrize("turn", [0, 90])
def test_a_page_keeps_its_size_and_says_nothing(tmp_path, turn):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY[:1])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(turn, relative=True)
        pdf.save(path)
    with replaced(path) as pdf:
        pdf.save(tmp_path / "replaced.pdf")
    with pypdfium2.PdfDocument(tmp_path / "replaced.pdf") as pages:
        assert pages[0].get_size() == pytest.approx(A4[::-1] if turn else A4, abs=1)
        assert pages[0].get_textpage().get_text_range() == ""
