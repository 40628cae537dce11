"""Print that no word covers is told from rules and drawings."""

from __future__ import annotations

import drawn
import pytest
from PIL import Image, ImageDraw

from partydoc.box import Box
from partydoc.ocr import outlines
from partydoc.ocr.picture import Drawn

ALL = Box(0, 0, 1, 1)


def paper() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (1654, 2339), "white")
    return image, ImageDraw.Draw(image)


def table(pen: ImageDraw.ImageDraw) -> None:
    for i in range(15):
        pen.line((200, 300 + 60 * i, 1400, 300 + 60 * i), "black", 3)
    for i in range(6):
        pen.line((200 + 240 * i, 300, 200 + 240 * i, 1140), "black", 3)


def emblem(pen: ImageDraw.ImageDraw) -> None:
    pen.regular_polygon((300, 300, 90), 5, fill="black")


@pytest.mark.parametrize("points", [9, 13, 20])
def test_lines_of_print_are_left_unless_they_are_covered(points):
    image, pen = paper()
    for i, line in enumerate(drawn.BODY[:3]):
        pen.text((150, 900 + 4 * points * i), line[:60], "black", drawn.font(points, 200))
    assert outlines.are_left(Drawn(image, 200), [])
    assert not outlines.are_left(Drawn(image, 200), [ALL])


@pytest.mark.parametrize("draw", [table, emblem])
def test_rules_and_an_emblem_are_no_print(draw):
    image, pen = paper()
    draw(pen)
    assert not outlines.are_left(Drawn(image, 200), [])


def test_print_in_a_table_is_left():
    image, pen = paper()
    table(pen)
    for i, line in enumerate(drawn.BODY):
        pen.text((210, 310 + 60 * i), line[:16], "black", drawn.font(11, 200))
        pen.text((450, 310 + 60 * i), line[16:32], "black", drawn.font(11, 200))
    assert outlines.are_left(Drawn(image, 200), [])
    assert not outlines.are_left(Drawn(image, 200), [Box(0.12, 0.12, 0.9, 0.5)])
