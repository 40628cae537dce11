"""Empty paper is what bears no ink, not what could not be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import drawn
import pikepdf
import pytest
from PIL import Image, ImageDraw

from partydoc.ocr.blank import is_blank
from partydoc.ocr.picture import Drawn
from partydoc.page import Page

SIZE = (1654, 2339)


def page(paper: str = "white") -> Image.Image:
    return Image.new("RGB", SIZE, paper)


def with_shadow(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).rectangle((0, 0, 40, SIZE[1]), fill=(60, 60, 60))
    return image


def punched(image: Image.Image) -> Image.Image:
    """Punch two holes of 6 mm, 80 mm apart, as for a file."""
    for y in (830, 1460):
        ImageDraw.Draw(image).ellipse((68, y, 115, y + 47), fill=(30, 30, 30))
    return image


def pale(image: Image.Image, share: float) -> Image.Image:
    """Let so much of what stands on a page be seen on grey paper."""
    return Image.blend(page("#f0f0ec"), image, share)


def shone_through(flip: Image.Transpose = Image.Transpose.FLIP_LEFT_RIGHT) -> Image.Image:
    """Return the back of a printed page on thin paper."""
    return pale(drawn.sheet().transpose(flip), 0.1)


def pencilled() -> Image.Image:
    image = page()
    for row, text in enumerate(drawn.BODY[:3]):
        face = drawn.font(16, 200, "LiberationSerif-Italic")
        ImageDraw.Draw(image).text((200, 400 + 90 * row), text[:40], (90, 90, 90), face)
    return pale(image, 0.3)


@pytest.mark.parametrize(
    "image",
    [
        page(), page("#e8dcb8"), drawn.speckled(page(), 300), drawn.noisy(page("#f4f0e8"), 12),
        with_shadow(page()), punched(page()), punched(with_shadow(page())), shone_through(),
        drawn.print_over(page(), drawn.stamp("12", ink=(0, 0, 0), framed=False), (0.5, 0.93)),
    ],
)  # fmt: skip
def test_paper_dust_shadows_and_a_lone_page_number_are_blank(image):
    assert is_blank(Drawn(image, 200))


@pytest.mark.parametrize(
    "image",
    [
        drawn.print_over(page(), drawn.stamp("MẬT"), (0.7, 0.3)),
        drawn.print_over(page(), drawn.seal(), (0.5, 0.5)),
        drawn.sheet(),
    ],
)
def test_a_mark_of_any_colour_is_not(image):
    assert not is_blank(Drawn(image, 200))


@pytest.mark.parametrize(
    "image",
    [
        page("black"), page("#303840"), drawn.noisy(page("black"), 60),
        Image.radial_gradient("L").resize(SIZE).point(lambda level: level // 4).convert("RGB"),
    ],
)  # fmt: skip
def test_a_dark_page_is_no_empty_paper(image):
    """It is a photograph, or paper that lay the wrong way; to list it as empty would lose it."""
    assert not is_blank(Drawn(image, 200))


def read_as(images: list[Image.Image], read: Callable, into: Path) -> tuple[Page, ...]:
    finished, _ = read(drawn.scan(into / "pages.pdf", *images))
    assert finished.reading
    return finished.reading.pages


@pytest.mark.slow
def test_holes_and_print_that_shows_through_leave_no_word_on_an_empty_page(read, tmp_path):
    turned = shone_through(Image.Transpose.FLIP_TOP_BOTTOM)
    everything = punched(with_shadow(shone_through()))
    images = [page(), punched(page()), shone_through(), turned, everything]
    found = read_as(images, read, tmp_path)
    assert [(each.blank, each.text, each.stamps) for each in found] == [(True, "", ())] * 5


@pytest.mark.slow
def test_a_pale_mark_and_a_note_in_pencil_are_read_and_the_page_is_not_blank(read, tmp_path):
    red = pale(drawn.print_over(page(), drawn.stamp("MẬT"), (0.7, 0.12)), 0.15)
    grey = drawn.stamp("TỐI MẬT", ink=(40, 40, 40))
    plain = pale(drawn.print_over(page(), grey, (0.7, 0.12)), 0.15)
    over = Image.blend(shone_through(), drawn.print_over(page(), grey, (0.7, 0.5)), 0.15)
    found = read_as([red, plain, over, pencilled()], read, tmp_path)
    said = [{line.text for line in (*each.lines, *each.stamps)} for each in found]
    assert not any(each.blank for each in found)
    assert "MẬT" in said[0] and "TỐI MẬT" in said[1] and "TỐI MẬT" in said[2]
    assert "chương trình" in found[3].text


@pytest.mark.slow
def test_a_heading_alone_is_read_however_the_page_lies(read, tmp_path):
    def cover(turn: int) -> Image.Image:
        image = Image.new("RGB", SIZE[::-1], "white")
        ImageDraw.Draw(image).text((700, 500), "PHỤ LỤC", "black", drawn.font(13, 200))
        return image.rotate(turn, expand=True)

    found = read_as([cover(turn) for turn in (0, 90, 180)], read, tmp_path)
    assert [(each.text.strip(), each.blank) for each in found] == [("PHỤ LỤC", False)] * 3


@pytest.mark.slow
def test_a_page_whose_picture_cannot_be_unpacked_is_not_called_blank(read, tmp_path):
    path = drawn.scan(tmp_path / "pages.pdf", drawn.sheet(), drawn.sheet())
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        (picture,) = pdf.pages[1].Resources.XObject.values()
        picture.write(picture.read_raw_bytes()[:2000], filter=pikepdf.Name.DCTDecode)
        pdf.save(path)
    finished, _ = read(path)
    assert finished.reading
    assert [(bool(page.text), page.blank) for page in finished.reading.pages] == [
        (True, False), (False, False),
    ]  # fmt: skip
