"""JPEG pictures are taken apart and joined without being unpacked."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import drawn
import pytest
import tiffs
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from partydoc.ocr import jpeg

PAGE = drawn.sheet(20).crop((0, 0, 120, 80))
STRIPS = tiffs.jpeg_strips(PAGE, 16)
TOLD = jpeg.Told(PAGE.size, 16, 3, True)


def phone() -> bytes:
    """Return what a phone writes: a picture, and a smaller one behind it."""
    buffer = BytesIO()
    PAGE.save(buffer, "MPO", save_all=True, append_images=[PAGE.reduce(2)], quality=80)
    return buffer.getvalue()


def test_the_first_of_several_pictures_is_cut_out_at_its_end():
    alone = jpeg.first(phone())
    assert alone.count(b"\xff\xd8\xff") == 1 < phone().count(b"\xff\xd8\xff")
    with Image.open(BytesIO(alone)) as seen, Image.open(BytesIO(phone())) as wanted:
        assert seen.format == "JPEG" and wanted.format == "MPO"
        assert seen.tobytes() == wanted.tobytes()


def test_a_thumbnail_inside_is_not_taken_for_the_end():
    small = BytesIO()
    PAGE.reduce(4).save(small, "JPEG")
    whole = BytesIO()
    PAGE.save(whole, "JPEG", exif=b"Exif\0\0" + small.getvalue())
    assert jpeg.first(whole.getvalue()) == whole.getvalue()


def test_joined_strips_are_one_picture_of_their_dots():
    whole = Image.open(BytesIO(jpeg.joined(b"", STRIPS, TOLD)))
    wanted = Image.new("RGB", PAGE.size)
    for i, strip in enumerate(STRIPS):
        wanted.paste(Image.open(BytesIO(strip)), (0, 16 * i))
    grey = [image.convert("L").tobytes() for image in (whole, wanted)]
    # Colour is blurred where strips meet; light is not.
    assert sum(abs(one - other) > 3 for one, other in zip(*grey, strict=True)) < len(grey[0]) / 500


@pytest.mark.parametrize(
    ("strips", "told"),
    [
        (STRIPS[:-1], TOLD),
        (STRIPS, TOLD._replace(size=(PAGE.width, PAGE.height + 1))),
        (STRIPS, TOLD._replace(size=(PAGE.width + 1, PAGE.height))),
        (STRIPS, TOLD._replace(colours=1)),
        ([*STRIPS[:2], *tiffs.jpeg_strips(PAGE, 16, quality=30)[2:]], TOLD),
        (STRIPS[:1], TOLD._replace(rows=PAGE.height)),
    ],
)  # fmt: skip
def test_strips_that_do_not_fit_are_not_joined(strips, told):
    with pytest.raises(jpeg.Broken):
        jpeg.joined(b"", strips, told)


@given(st.integers(0, 700), st.integers(0, 255), st.integers(0, 2000))
def test_what_is_damaged_is_broken_or_still_a_picture(at, byte, end):
    data = bytearray(STRIPS[0][:end])
    if at < len(data):
        data[at] = byte
    with suppress(jpeg.Broken):
        jpeg.joined(b"", [bytes(data), *STRIPS[1:]], TOLD)
    with suppress(jpeg.Broken):
        jpeg.joined(bytes(data), [bytes(data)], TOLD)
    with suppress(jpeg.Broken):
        assert jpeg.first(bytes(data)).endswith(b"\xff\xd9")
