"""Coloured ink is read apart from the text, because a secrecy mark must not be overlooked."""

from __future__ import annotations

from io import BytesIO

import drawn
import pytest
from PIL import Image, ImageDraw

from partydoc.ocr import colour, stamps
from partydoc.page import FRAME, Line
from partydoc.text import fold

DPI = 200


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(DPI)


def scanned(image: Image.Image) -> Image.Image:
    return Image.open(BytesIO(drawn.jpeg(image, DPI, 70))).convert("RGB")


def inks(image: Image.Image) -> colour.Inks:
    return colour.apart(scanned(image))


def says(lines: tuple[Line, ...], mark: str) -> bool:
    return any(fold(mark) in fold(line.text) for line in lines)


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "ĐẾN"])
@pytest.mark.parametrize("tilt", [-5, 0, 4])
def test_marks_are_found_straight_and_tilted(reader, sheet, mark, tilt):
    image = drawn.print_over(sheet, drawn.stamp(mark, DPI, tilt=tilt), (0.7, 0.27))
    assert says(stamps.read(inks(image), DPI, reader), mark)


@pytest.mark.parametrize("tilt", [-18, 15])
def test_marks_are_found_that_lean_far(reader, sheet, tilt):
    image = drawn.print_over(sheet, drawn.stamp("TỐI MẬT", DPI, tilt=tilt), (0.7, 0.27))
    assert says(stamps.read(inks(image), DPI, reader), "TỐI MẬT")


def test_a_frame_is_told_apart_from_what_was_read(reader, sheet):
    image = drawn.print_over(sheet, drawn.stamp("KHẨN", DPI), (0.7, 0.27))
    framed = [line for line in stamps.read(inks(image), DPI, reader) if line.text == FRAME]
    assert framed
    box = framed[0].box
    assert box.left < 0.7 < box.right
    assert box.top < 0.27 < box.bottom


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT"])
def test_marks_printed_over_text_are_found(reader, sheet, mark):
    image = drawn.print_over(sheet, drawn.stamp(mark, DPI, points=18), (0.5, 0.4))
    assert says(stamps.read(inks(image), DPI, reader), mark)


def test_faded_mark_without_frame_is_found(reader, sheet):
    ink = drawn.stamp("TUYỆT MẬT", DPI, ink=(228, 142, 148), framed=False)
    image = drawn.print_over(sheet, ink, (0.7, 0.27))
    assert says(stamps.read(inks(image), DPI, reader), "TUYỆT MẬT")


def test_mark_on_brown_paper_is_found(reader):
    image = drawn.print_over(
        drawn.sheet(DPI, paper=(222, 196, 150)), drawn.stamp("TỐI MẬT", DPI), (0.7, 0.27)
    )
    assert says(stamps.read(inks(image), DPI, reader), "TỐI MẬT")


def test_mark_is_where_it_was_stamped(reader, sheet):
    image = drawn.print_over(sheet, drawn.stamp("MẬT", DPI), (0.7, 0.27))
    line = next(x for x in stamps.read(inks(image), DPI, reader) if says((x,), "MẬT"))
    assert (line.box.left + line.box.right) / 2 == pytest.approx(0.7, abs=0.01)
    assert (line.box.top + line.box.bottom) / 2 == pytest.approx(0.27, abs=0.005)


def test_what_is_scrawled_in_blue_is_no_text(reader, sheet):
    image = sheet.copy()
    pen = ImageDraw.Draw(image)
    left, top = image.width * 0.6, image.height * 0.7
    scrawl = [(left + 7 * i, top + 35 * (i % 2) + 3 * (i % 5)) for i in range(30)]
    pen.line(scrawl, (35, 60, 165), 4, joint="curve")
    assert stamps.read(inks(image), DPI, reader) == ()


@pytest.mark.parametrize("ink", [(35, 60, 165), (98, 52, 148), (20, 130, 70)])
def test_marks_in_blue_violet_and_green_are_found(reader, sheet, ink):
    image = drawn.print_over(sheet, drawn.stamp("TỐI MẬT", DPI, ink=ink, tilt=3), (0.7, 0.27))
    assert says(stamps.read(inks(image), DPI, reader), "TỐI MẬT")


def arrival(framed: bool) -> Image.Image:
    """Draw a stamp of arrival of 50 x 30 mm in blue on white, filled in with a stamp of dates."""
    blue, size = (40, 50, 150), (round(50 / 25.4 * DPI), round(30 / 25.4 * DPI))
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for text, x, y, points in (
        ("ĐẾN", 0.07, 0.3, 16), ("Số: 318", 0.42, 0.2, 13), ("Ngày: 14-06-2023", 0.42, 0.5, 10),
    ):  # fmt: skip
        pen.text((x * size[0], y * size[1]), text, blue, drawn.font(points, DPI))
    if framed:
        pen.rectangle((1, 1, size[0] - 3, size[1] - 3), outline=blue, width=4)
    return image.rotate(2, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def test_a_framed_stamp_of_arrival_in_blue_is_read_whole(reader, sheet):
    image = drawn.print_over(sheet, arrival(framed=True), (0.7, 0.12))
    found = stamps.read(inks(image), DPI, reader)
    assert says(found, "Số: 318") and says(found, "Ngày: 14-06-2023")


def test_blue_ink_without_a_frame_may_be_written_and_is_not_read(reader, sheet):
    image = drawn.print_over(sheet, arrival(framed=False), (0.7, 0.12))
    found = stamps.read(inks(image), DPI, reader)
    assert not says(found, "Số: 318") and not says(found, "Ngày")


@pytest.mark.parametrize("paper", ["white", (222, 196, 150), (128, 128, 128)])
def test_pages_without_coloured_ink_have_no_stamps(reader, paper):
    assert stamps.read(inks(drawn.sheet(DPI, paper=paper)), DPI, reader) == ()


def test_a_whole_page_costs_one_call_for_each_way_of_reading(reader, sheet, monkeypatch):
    image = sheet
    for place in (0.2, 0.5, 0.8):
        image = drawn.print_over(image, drawn.stamp("KHẨN", DPI, tilt=3), (place, 0.27))
    modes = []
    read_all = reader.read_all

    def counted(pictures, dpi, mode):
        modes.append(mode)
        return read_all(pictures, dpi, mode)

    monkeypatch.setattr(reader, "read_all", counted)
    assert says(stamps.read(inks(image), DPI, reader), "KHẨN")
    assert len(modes) == len(set(modes))
