"""What a TIFF holds is handed on as it is packed, and looks as it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import drawn
import pikepdf
import pypdfium2
import pytest
import tiffs
from PIL import Image, ImageChops, ImageCms, ImageStat

from partydoc.ocr import binding, strips

WHOLE = 1 << 30


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """A sealed page of 400 x 566 dots: no multiple of what JPEG packs together."""
    sealed = drawn.print_over(drawn.sheet(50), drawn.seal(50), (0.5, 0.6))
    return drawn.noisy(sealed, 12).crop((0, 0, 400, 566))


def black_and_white(image: Image.Image) -> Image.Image:
    return image.convert("L").point(lambda level: 255 if level > 128 else 0).convert("1")


def bound(path: Path) -> Path:
    binding.bind(path, path.with_suffix(".pdf"))
    return path.with_suffix(".pdf")


def stored(path: Path) -> tuple[str, bytes]:
    """Return the filter and the data of the only picture in a PDF."""
    with pikepdf.open(path) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        return str(image.Filter), bytes(image.read_raw_bytes())


def differs(path: Path, pdf: Path) -> float:
    """Return by how many levels the page differs from what Pillow shows of the file."""
    with Image.open(path) as image, pypdfium2.PdfDocument(pdf) as shown:
        wanted = image.convert("RGB")
        width, height = shown[0].get_size()
        seen = shown[0].render(scale=100 / 72).to_pil().convert("RGB")
    assert (width, height) == pytest.approx([side * 0.72 for side in wanted.size], abs=0.01)
    return max(ImageStat.Stat(ImageChops.difference(wanted, seen.resize(wanted.size))).mean)


@pytest.mark.parametrize(("mode", "subsampling"), [("RGB", 0), ("RGB", 2), ("L", 0)])
@pytest.mark.parametrize("rows", [16, 160, 566])
def test_jpeg_strips_of_a_scanner_become_one_jpeg(tmp_path, page, rows, mode, subsampling):
    image = page.convert(mode)
    path = tiffs.of_jpeg(tmp_path / "page.tif", image, rows, subsampling=subsampling)
    made = bound(path)
    name, data = stored(made)
    assert name == "/DCTDecode" and differs(path, made) < 0.1
    for strip in tiffs.jpeg_strips(image, rows, subsampling=subsampling):
        dots = strip[strip.rindex(b"\xff\xda") + 14 : -2]
        assert dots in data


@pytest.mark.parametrize("size", [4096, WHOLE])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_jpeg_strips_of_a_program_keep_their_tables_and_colours(tmp_path, page, mode, size):
    """libtiff keeps tables apart, and by default packs colours as they are: RGB."""
    path = tmp_path / "page.tif"
    page.convert(mode).save(path, compression="jpeg", strip_size=size, dpi=(100, 100))
    made = bound(path)
    assert stored(made)[0] == "/DCTDecode" and differs(path, made) < 0.1


@pytest.mark.parametrize(
    "write",
    [
        lambda path, page: tiffs.of_jpeg(path, page, 24),  # 4:2:0 goes by 16 rows
        lambda path, page: tiffs.of_jpeg(path, page, 566, progressive=True),
        lambda path, page: tiffs.of_jpeg(path, page, 16, restart_marker_rows=1),
        lambda path, page: tiffs.of_jpeg(path, page, 16, optimize=True),  # tables of their own
        lambda path, page: page.convert("L").save(
            path, compression="jpeg", tiffinfo={tiffs.PHOTOMETRIC: 0}, dpi=(100, 100)
        ),
    ],
)  # fmt: skip
def test_jpeg_strips_that_cannot_be_joined_are_packed_anew(tmp_path, page, write: Callable):
    path = tmp_path / "page.tif"
    write(path, page)
    made = bound(path)
    assert stored(made)[0] == "/FlateDecode" and differs(path, made) < 0.1


@pytest.mark.parametrize("photometric", [0, 1])
@pytest.mark.parametrize("fill_order", [1, 2])
def test_a_g4_strip_is_handed_on_bit_for_bit(tmp_path, page, photometric, fill_order):
    path = tmp_path / "fax.tif"
    said = {tiffs.PHOTOMETRIC: photometric, tiffs.FILL_ORDER: fill_order}
    image = black_and_white(page)
    image.save(path, compression="group4", strip_size=WHOLE, tiffinfo=said, dpi=(100, 100))
    with Image.open(path) as frame:
        (at,), (long,) = frame.tag_v2[tiffs.OFFSETS], frame.tag_v2[tiffs.COUNTS]
    strip = path.read_bytes()[at : at + long]
    if fill_order == 2:
        strip = bytes(int(f"{byte:08b}"[::-1], 2) for byte in strip)
    made = bound(path)
    assert stored(made) == ("/CCITTFaxDecode", strip) and differs(path, made) == 0


@pytest.mark.parametrize("how", [{"compression": "group4", "strip_size": 4096}, {}])
def test_what_is_black_and_white_otherwise_becomes_one_g4_strip(tmp_path, page, how):
    path = tmp_path / "fax.tif"
    black_and_white(page).save(path, dpi=(100, 100), **how)
    made = bound(path)
    assert stored(made)[0] == "/CCITTFaxDecode" and differs(path, made) == 0


@pytest.mark.parametrize("orientation", [3, 6, 8])
@pytest.mark.parametrize("compression", ["jpeg", "group4"])
def test_a_page_that_lies_is_turned_and_not_packed_anew(tmp_path, page, compression, orientation):
    image = page if compression == "jpeg" else black_and_white(page)
    path = tmp_path / "page.tif"
    image.save(path, compression=compression, strip_size=WHOLE, dpi=(100, 100),
               tiffinfo={tiffs.ORIENTATION: orientation})  # fmt: skip
    made = bound(path)
    with pikepdf.open(made) as pdf:
        assert pdf.pages[0].Rotate == {3: 180, 6: 90, 8: 270}[orientation]
    assert stored(made)[0] in ("/DCTDecode", "/CCITTFaxDecode") and differs(path, made) < 2


def test_the_profile_of_a_scanner_stays_with_its_picture(tmp_path, page):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    said = {**tiffs.said_of(page, 16), tiffs.PROFILE: profile}
    path = tiffs.write(tmp_path / "page.tif", tiffs.jpeg_strips(page, 16), said)
    with pikepdf.open(bound(path)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert image.Filter == "/DCTDecode"
        assert image.ColorSpace[1].read_bytes() == profile


def of(path: Path) -> object:
    with Image.open(path) as frame, path.open("rb") as file:
        return strips.of(frame, file)


def test_strips_that_all_lie_in_one_place_are_not_gathered(tmp_path, page):
    """A small file could fill the memory with them."""
    (strip,) = tiffs.jpeg_strips(page.crop((0, 0, 400, 16)), 16)
    many = [strip] * 40
    said = tiffs.said_of(page.resize((400, 640)), 16)
    assert of(tiffs.write(tmp_path / "apart.tif", many, said))
    assert of(tiffs.write(tmp_path / "once.tif", many, said, once=True)) is None


def test_a_strip_that_is_cut_short_is_not_handed_on(tmp_path, page):
    strip = tiffs.jpeg_strips(page, 566)[0]
    said = tiffs.said_of(page, 566)
    assert of(tiffs.write(tmp_path / "whole.tif", [strip], said))
    assert of(tiffs.write(tmp_path / "short.tif", [strip[:-400]], said)) is None
    beyond = {**said, tiffs.COUNTS: [len(strip) + 4000]}
    assert of(tiffs.write(tmp_path / "beyond.tif", [strip], beyond)) is None


def test_a_strip_of_another_size_than_is_said_is_not_handed_on(tmp_path, page):
    said = {**tiffs.said_of(page, 566), tiffs.WIDTH: [page.width - 16]}
    assert of(tiffs.write(tmp_path / "wide.tif", tiffs.jpeg_strips(page, 566), said)) is None
