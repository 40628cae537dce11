"""Images become pages: of their size, in their order, as they look, and without loss."""

from __future__ import annotations

from pathlib import Path

import drawn
import pikepdf
import pypdfium2
import pytest
from PIL import Image, TiffImagePlugin

from partydoc.ocr import binding

A4 = (595, 842)


def bound(path: Path) -> pypdfium2.PdfDocument:
    binding.bind(path, path.with_suffix(".bound.pdf"))
    assert not list(path.parent.glob("tmp*"))
    return pypdfium2.PdfDocument(path.with_suffix(".bound.pdf"))


def seen(page: pypdfium2.PdfPage, pixels: int) -> Image.Image:
    """Draw a page so wide."""
    return page.render(scale=pixels / page.get_width()).to_pil().convert("RGB")


def packing(pdf: pypdfium2.PdfDocument, path: Path) -> str:
    """Name the filter of the only picture."""
    pdf.close()
    with pikepdf.open(path.with_suffix(".bound.pdf")) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        return str(image.Filter if isinstance(image.Filter, pikepdf.Name) else image.Filter[0])


@pytest.mark.parametrize("dpi", [(150, 150), (72, 72), None, (1, 1)])
def test_a_picture_becomes_a_page_of_its_size_or_a4(tmp_path, dpi):
    """A resolution no scanner has (72, 1) says nothing: the page is taken for A4."""
    original = tmp_path / "page.png"
    Image.new("L", (1240, 1754), 255).save(original, **({"dpi": dpi} if dpi else {}))
    with bound(original) as pdf:
        assert pdf[0].get_size() == pytest.approx(A4, abs=1)


def test_a_jpeg_is_kept_as_it_was_compressed(tmp_path):
    original = tmp_path / "page.jpg"
    original.write_bytes(drawn.jpeg(drawn.sheet(50), 50))
    assert packing(bound(original), original) == "/DCTDecode"


def test_what_a_phone_writes_is_kept_without_the_pictures_behind_it(tmp_path):
    page = drawn.sheet(50)
    exif = Image.Exif()
    exif[0x0112] = 6
    original = tmp_path / "page.mpo"
    page.save(original, save_all=True, append_images=[page.reduce(2)], exif=exif)
    with bound(original) as pdf:
        assert len(pdf) == 1 and pdf[0].get_rotation() == 90
    (stored,) = drawn.raw_pictures(original.with_suffix(".bound.pdf"))
    data = original.read_bytes()
    dots = data[data.index(b"\xff\xda") : data.index(b"\xff\xd9")]
    assert dots in stored and len(stored) < len(data) * 0.9


def test_a_tiff_may_hold_pages_of_every_kind(tmp_path):
    """Only what is no JPEG and no G4 is packed again, page by page."""
    colour = drawn.noisy(drawn.sheet(50), 20)
    grey = colour.convert("L")
    kinds = [(colour, "jpeg"), (grey.convert("1"), "group4"), (colour, "raw"), (grey, "tiff_lzw")]
    original = tmp_path / "pages.tif"
    with TiffImagePlugin.AppendingTiffWriter(original, new=True) as file:
        for image, compression in kinds:
            image.save(file, "TIFF", compression=compression, dpi=(50, 50), strip_size=1 << 30)
            file.newFrame()
    bound(original).close()
    with pikepdf.open(original.with_suffix(".bound.pdf")) as pdf:
        images = [image for page in pdf.pages for image in page.Resources.XObject.values()]
        found = [str(image.Filter) for image in images]
        assert found == ["/DCTDecode", "/CCITTFaxDecode", "/FlateDecode", "/FlateDecode"]
        for image, (wanted, _) in list(zip(images, kinds, strict=True))[2:]:
            assert pikepdf.PdfImage(image).as_pil_image().tobytes() == wanted.tobytes()


def test_printing_inks_become_colours_that_pdf_a_knows(tmp_path):
    original = tmp_path / "page.jpg"
    drawn.sheet(50).convert("CMYK").save(original)
    bound(original).close()
    with pikepdf.open(original.with_suffix(".bound.pdf")) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert image.ColorSpace == "/DeviceRGB" and "/DecodeParms" not in image


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_a_png_is_kept_as_it_was_compressed(tmp_path, mode):
    original = tmp_path / "page.png"
    drawn.sheet(50).convert(mode).save(original)
    data = original.read_bytes()
    start = data.index(b"IDAT")
    packed = data[start + 4 : start + 4 + int.from_bytes(data[start - 4 : start], "big")]
    bound(original).close()
    assert packed in original.with_suffix(".bound.pdf").read_bytes()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_a_page_lies_as_the_camera_says(tmp_path, suffix, orientation):
    """The corner that is dark in the file appears where the orientation puts it."""
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("black", (0, 0, 20, 10))
    exif = Image.Exif()
    exif[0x0112] = orientation
    original = tmp_path / f"page.{suffix}"
    picture.save(original, exif=exif)
    with bound(original) as pdf:
        page = seen(pdf[0], 60 if orientation < 5 else 40)
    right, low = page.width - 5, page.height - 5
    corners = {"top left": (5, 5), "top right": (right, 5), "low left": (5, low),
               "low right": (right, low)}  # fmt: skip
    dark = [name for name, at in corners.items() if page.getpixel(at)[0] < 100]
    expected = {1: "top left", 2: "top right", 3: "low right", 4: "low left", 5: "top left",
                6: "top right", 7: "low right", 8: "low left"}  # fmt: skip
    assert dark == [expected[orientation]]


def test_many_pages_stay_in_their_order(tmp_path, monkeypatch):
    monkeypatch.setattr(binding, "_AT_ONCE", 4)
    shades = [10 * number for number in range(1, 12)]
    leaves = [Image.new("L", (30, 40), shade) for shade in shades]
    original = tmp_path / "pages.tif"
    leaves[0].save(original, save_all=True, append_images=leaves[1:])
    with bound(original) as pdf:
        found = [seen(page, 30).getpixel((15, 20))[0] for page in pdf]
    assert found == pytest.approx(shades, abs=1)


def test_a_tall_picture_loses_no_row_where_its_bands_meet():
    tall = Image.new("RGBA", (4, 2_500), "blue")
    assert binding.plain(tall).getcolors() == [(10_000, (0, 0, 255))]


def test_transparency_lies_on_white():
    glass = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert binding.plain(glass).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "white", "black"),
    [
        ("I;16", 65_535, 0), ("I", 255, 0), ("F", 255.0, 0.0), ("I;16", 4095, 0), ("I;16", 1023, 0),
        ("F", 1.0, 0.0),
    ],
)  # fmt: skip
def test_many_levels_become_256(mode, white, black):
    wide = Image.new(mode, (10, 10), black)
    wide.paste(Image.new(mode, (5, 10), white), (0, 0))
    flat = binding.plain(wide)
    assert (flat.mode, flat.getpixel((2, 5)), flat.getpixel((8, 5))) == ("L", 255, 0)


def test_a_page_of_a_tiff_that_cannot_be_unpacked_is_named(tmp_path):
    pages = [Image.effect_noise((400, 400), 90) for _ in range(3)]
    path = tmp_path / "pages.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_lzw")
    with Image.open(path) as image:
        image.seek(2)
        (at, *_), (size, *_) = image.tag_v2[273], image.tag_v2[279]
    data = bytearray(path.read_bytes())
    data[at : at + size] = b"\xff" * size
    path.write_bytes(data)
    with pytest.raises(binding.DamagedImage, match="page 3"):
        binding.bind(path, tmp_path / "bound.pdf")
