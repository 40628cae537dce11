"""A page that is one picture is taken as it is, and every other page is not."""

from __future__ import annotations

import drawn
import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops, ImageStat

from partydoc.ocr.facsimile import facsimile


@pytest.fixture
def scan(tmp_path):
    return drawn.scan(tmp_path / "scan.pdf", drawn.sheet(100), dpi=100)


def taken(path, most_dpi=301):
    with pypdfium2.PdfDocument(path) as pdf:
        return facsimile(pdf[0], most_dpi, 301)


def changed(path, change):
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf, pdf.pages[0])
        pdf.save(path)
    return path


def test_a_scan_is_taken_dot_by_dot_and_looks_as_drawn(scan):
    image, dpi = taken(scan)
    assert dpi == pytest.approx(100, abs=0.2)
    with pypdfium2.PdfDocument(scan) as pdf:
        seen = pdf[0].render(scale=dpi / 72, rev_byteorder=True).to_pil().convert("RGB")
    difference = ImageChops.difference(image, seen.resize(image.size))
    assert max(ImageStat.Stat(difference).mean) < 2


def test_a_layer_of_hidden_text_does_not_matter(scan):
    assert taken(drawn.add_text(scan, b"hidden"))


def turn(pdf, page):
    page.rotate(90, relative=True)


def note(pdf, page):
    box = pikepdf.Array([0, 0, 50, 50])
    square = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=box)
    page.obj.Annots = pikepdf.Array([pdf.make_indirect(square)])


def flip(pdf, page):
    width, height = float(page.mediabox[2]), float(page.mediabox[3])
    page.contents_add(f"-1 0 0 -1 {width} {height} cm ".encode(), prepend=True)


def margin(pdf, page):
    page.mediabox = pikepdf.Array([-30, -30, page.mediabox[2], page.mediabox[3]])


def line(pdf, page):
    page.contents_add(b" 0 0 m 100 100 l S ")


def clip(pdf, page):
    page.contents_add(b"0 0 50 50 re W n ", prepend=True)


@pytest.mark.parametrize("change", [turn, note, flip, margin, line, clip])
def test_a_page_that_is_more_or_other_than_its_picture_must_be_drawn(scan, change):
    assert taken(changed(scan, change)) is None


def test_visible_text_must_be_drawn(scan):
    assert taken(drawn.add_text(scan, b"seen", mode=0)) is None


def test_a_picture_finer_than_wanted_must_be_drawn(scan):
    assert taken(scan, most_dpi=90) is None


def test_a_grey_picture_may_be_finer(tmp_path):
    path = drawn.scan(tmp_path / "grey.pdf", drawn.sheet(100).convert("L"), dpi=100)
    image, dpi = taken(path, most_dpi=90)
    assert (image.mode, round(dpi)) == ("L", 100)
