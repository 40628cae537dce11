"""A page that is one grey picture is taken as it is stored."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import drawn
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from partydoc.ocr import picture, plate, recognise
from partydoc.ocr.leaf import Leaves

DPI = 100


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(DPI).convert("L")


def bound(path: Path, image: Image.Image) -> Path:
    return drawn.scan(path, image, dpi=DPI)


def taken(path: Path) -> Image.Image | None:
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0]
        width, height = page.get_size()
        return plate.of(page, (width * DPI / 72, height * DPI / 72))


def changed(path: Path, change) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf, pdf.pages[0])
        pdf.save(path)
    return path


def test_its_dots_are_those_of_the_file(tmp_path, sheet):
    path = bound(tmp_path / "grey.pdf", sheet)
    with pikepdf.open(path) as pdf:
        (stored,) = pdf.pages[0].obj.Resources.XObject.values()
        unpacked = pikepdf.PdfImage(stored).as_pil_image()
    assert taken(path).tobytes() == unpacked.convert("L").tobytes()


def test_one_bit_becomes_black_and_white(tmp_path, sheet):
    packed = BytesIO()
    bits = sheet.point([0] * 150 + [255] * 106).convert("1")
    bits.save(packed, "TIFF", compression="group4", dpi=(DPI, DPI))
    (tmp_path / "bits.pdf").write_bytes(drawn.img2pdf.convert(packed.getvalue()))
    assert taken(tmp_path / "bits.pdf").tobytes() == bits.convert("L").tobytes()


def test_it_is_what_the_page_shows(tmp_path, sheet):
    path = bound(tmp_path / "grey.pdf", sheet)
    with pypdfium2.PdfDocument(path) as pdf:
        shown = pdf[0].render(scale=DPI / 72).to_pil().convert("L").resize((60, 85))
        seen = picture.draw(pdf[0], float(DPI), opaque=True)
    assert seen.image.mode == "L" and seen.dpi == DPI
    pairs = zip(shown.tobytes(), seen.image.resize((60, 85)).tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) < 12


def _turned(pdf, page):
    page.Rotate = 90


def _smaller(pdf, page):
    page.contents_add(b"0.5 0 0 0.5 0 0 cm", prepend=True)


def _inverted(pdf, page):
    (stored,) = page.obj.Resources.XObject.values()
    stored.Decode = pikepdf.Array([1, 0])


def _written_on(pdf, page):
    page.contents_add(b"0 0 1 rg 10 10 200 200 re f")


def _noted(pdf, page):
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[10, 10, 90, 90], F=4
    )
    page.Annots = pikepdf.Array([pdf.make_indirect(note)])


def _cropped(pdf, page):
    left, bottom, right, top = map(float, page.mediabox)
    page.mediabox = pikepdf.Array([left, bottom, right / 2, top])


def _clipped(pdf, page):
    page.contents_add(b"0 500 595 342 re W n", prepend=True)


def _clipped_aslant(pdf, page):
    page.contents_add(b"0 0 m 596 0 l 0 843 l 596 843 l h W n", prepend=True)


def _clipped_round(pdf, page):
    page.contents_add(b"0 0 m 0 843 l 596 843 900 400 596 0 c h W n", prepend=True)


def _clipped_in_two(pdf, page):
    page.contents_add(b"0 0 595 300 re 0 500 595 342 re W n", prepend=True)


@pytest.mark.parametrize(
    "change",
    [_turned, _smaller, _written_on, _noted, _cropped,
     _clipped, _clipped_aslant, _clipped_round, _clipped_in_two],
)  # fmt: skip
def test_a_page_that_shows_anything_else_is_drawn(tmp_path, sheet, change):
    assert taken(changed(bound(tmp_path / "grey.pdf", sheet), change)) is None


@pytest.mark.parametrize(
    "clip",
    [b"0 0 595 842 re W n", b"0 0 m 0 842 l 595 842 l 595 0 l h W* n", b"0.3 0 594.8 841.7 re W n"],
)
def test_a_clip_that_holds_the_page_hides_nothing_of_it(tmp_path, sheet, clip):
    """Many scanners write one, and round it."""
    path = changed(
        bound(tmp_path / "grey.pdf", sheet),
        lambda pdf, page: page.contents_add(clip, prepend=True),
    )
    assert taken(path)


def test_what_is_stored_as_a_negative_is_seen_as_it_is_shown(tmp_path, sheet):
    path = changed(bound(tmp_path / "grey.pdf", sheet), _inverted)
    with pypdfium2.PdfDocument(path) as pdf:
        shown = pdf[0].render(scale=DPI / 72).to_pil().convert("L").resize((1, 1)).getpixel((0, 0))
        seen = (
            picture.draw(pdf[0], float(DPI), opaque=True)
            .image.convert("L")
            .resize((1, 1))
            .getpixel((0, 0))
        )
    assert shown < 60 and abs(shown - seen) < 6


class Sees:
    """A recogniser that keeps what it is shown."""

    def read(self, seen: picture.Drawn, finer) -> recognise.Recognised:
        self.seen = seen
        return recognise.Recognised((), (), 0)


@pytest.mark.parametrize(("masked", "mode"), [(False, "L"), (True, "RGB")])
def test_a_picture_with_a_mask_is_drawn(tmp_path, sheet, masked, mode):
    path, sees = bound(tmp_path / "grey.pdf", sheet), Sees()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        (stored,) = pdf.pages[0].obj.Resources.XObject.values()
        if masked:
            stored.SMask = pdf.make_stream(
                b"\x80", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
                ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
            )  # fmt: skip
        pdf.save(path)
    with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as pages:
        Leaves(pages, pdf, sees).read(0)
    assert sees.seen.image.mode == mode


def test_a_page_in_colour_is_drawn(tmp_path, sheet):
    colours = drawn.print_over(sheet.convert("RGB"), drawn.seal(DPI), (0.5, 0.5))
    assert taken(bound(tmp_path / "colour.pdf", colours)) is None


def test_another_resolution_is_drawn(tmp_path, sheet):
    with pypdfium2.PdfDocument(bound(tmp_path / "grey.pdf", sheet)) as pdf:
        assert picture.draw(pdf[0], 60.0, opaque=True).image.mode == "RGB"
