"""What a stamp of arrival covers is read: it is paler than print, or its frame is in the way."""

from __future__ import annotations

from difflib import SequenceMatcher

import drawn
import pytest
from PIL import Image, ImageDraw

from partydoc.ocr import beneath, engine
from partydoc.ocr.picture import Drawn
from partydoc.ocr.recognise import Recogniser
from partydoc.text import fold

DPI = 200
PALE, BLACK = (105, 105, 105), (0, 0, 0)
NUMBER = "so 12-nq/du"


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(DPI, drawn.BODY[:3])


def arrived(sheet: Image.Image, ink: tuple[int, int, int], tilt: float, above: int) -> Image.Image:
    """Return a page with a stamp of arrival whose office or frame runs through its number."""
    stamp = Image.new("RGB", (400, 250), "white")
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((2, 2, 397, 247), outline=ink, width=4)
    face = drawn.font(9, DPI, "LiberationSerif-Bold")
    pen.text((200, 30), "HỢP TÁC XÃ SAO MAI", ink, face, anchor="ma")
    pen.text((30, 100), "ĐẾN", ink, drawn.font(15, DPI, "LiberationSerif-Bold"))
    for i, label in enumerate(("Số: ............", "Ngày: ..........")):
        pen.text((190, 80 + 50 * i), label, ink, drawn.font(10, DPI))
    stamp = stamp.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    centre = 300 / sheet.width, (above + stamp.height / 2) / sheet.height
    return drawn.print_over(sheet, stamp, centre).convert("L")


def read(reader: engine.Engine, page: Image.Image, foot: int) -> list[str]:
    """Return the lines at the head of a page in small letters without marks."""
    head = page.crop((0, 0, page.width, foot))
    return [fold(line.text) for line in reader.read(head, DPI, engine.COLUMN)]


def likeness(lines: list[str]) -> float:
    """Return how like its number the line is that is most like it."""
    return max(SequenceMatcher(None, line, NUMBER).ratio() for line in lines)


def before_and_after(reader: engine.Engine, page: Image.Image) -> tuple[list[str], list[str]]:
    """Return what is read with the stamp and without."""
    frame = beneath.frame_on(page, DPI)
    assert frame
    bare = beneath.bare(page, DPI, frame)
    return read(reader, page, frame.bottom), read(reader, bare, frame.bottom)


@pytest.mark.parametrize("tilt", [-2.5, 0, 2])
def test_a_number_is_read_beneath_a_paler_stamp(reader, sheet, tilt):
    before, after = before_and_after(reader, arrived(sheet, PALE, tilt, 275))
    assert likeness(after) > 0.8 > likeness(before)
    assert any("sao mai" in line for line in after)  # the letterhead, not the stamp's office
    assert not any("hop tac" in line for line in after)


@pytest.mark.parametrize("tilt", [0, 1])
def test_a_frame_as_black_as_print_is_taken_off_the_number_it_runs_through(reader, sheet, tilt):
    page = arrived(sheet, BLACK, tilt, 306)
    before, after = before_and_after(
        reader, page.point([255 * (level > 128) for level in range(256)])
    )
    assert likeness(after) > likeness(before)
    assert any("den" in line for line in after)  # what stands in it stays


def test_only_what_is_as_large_as_a_stamp_of_arrival_is_one(sheet):
    assert beneath.frame_on(sheet.convert("L"), DPI) is None
    mark = drawn.print_over(sheet, drawn.stamp("HỎA TỐC", DPI, ink=PALE), (0.3, 0.15))
    assert beneath.frame_on(mark.convert("L"), DPI) is None


def test_the_page_outside_a_stamp_stays_as_it_is(sheet):
    page = arrived(sheet, PALE, 0, 275)
    bare = beneath.bare(page, DPI, beneath.frame_on(page, DPI))
    below = (0, 600, page.width, page.height)
    assert bare.size == page.size and bare.crop(below).tobytes() == page.crop(below).tobytes()


def test_a_stamped_page_has_its_number(reader, tessdata, sheet):
    recogniser = Recogniser(reader, engine.choose("program", ["vie"], tessdata), tessdata)
    page = Drawn(arrived(sheet, PALE, 2, 275), DPI)
    lines = recogniser.read(page, lambda: None).lines
    assert likeness([fold(line.text) for line in lines]) > 0.8
    assert any("den" in fold(line.text).split() for line in lines)
