"""What is packed without loss is the same when it is unpacked."""

from __future__ import annotations

import zlib

import drawn
import pikepdf
import pytest
from PIL import Image, ImageCms

from partydoc.ocr import packed


def opened(image: Image.Image, tmp_path) -> tuple[Image.Image, pikepdf.Object]:
    path = tmp_path / "page.pdf"
    packed.flat(image).write((300, 400), path)
    with pikepdf.open(path) as pdf:
        (stored,) = pdf.pages[0].Resources.XObject.values()
        return pikepdf.PdfImage(stored).as_pil_image().copy(), repr(stored.ColorSpace)


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("grain", [0, 60])
def test_no_dot_is_lost_where_bands_meet_or_grain_is(tmp_path, mode, grain):
    tall = Image.linear_gradient("L").resize((37, 2 * packed._BAND + 3)).convert(mode)
    image = drawn.noisy(tall.convert("RGB"), grain).convert(mode) if grain else tall
    seen, _ = opened(image, tmp_path)
    assert (seen.mode, seen.tobytes()) == (mode, image.tobytes())


def test_grain_is_packed_smaller_than_by_a_search_for_what_comes_again():
    grain = Image.effect_noise((400, 600), 40)
    assert len(packed.flat(grain).data) < len(zlib.compress(grain.tobytes(), 1))


def test_print_is_packed_smaller_than_letter_by_letter():
    sheet = drawn.sheet(50).convert("L")
    packer = zlib.compressobj(1, strategy=zlib.Z_HUFFMAN_ONLY)
    letters = packer.compress(sheet.tobytes()) + packer.flush()
    assert len(packed.flat(sheet).data) < len(letters) / 2


@pytest.mark.parametrize(("mode", "kept"), [("RGB", True), ("L", False)])
def test_a_profile_stays_with_the_colours_it_is_for(tmp_path, mode, kept):
    image = Image.new(mode, (30, 40))
    image.info["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert ("ICCBased" in opened(image, tmp_path)[1]) == kept
