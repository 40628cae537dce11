"""Pages that are no letters: a table, foreign papers, a photograph, handwriting; A4 at 200 dpi."""

from __future__ import annotations

import math
import textwrap

from PIL import Image, ImageDraw, ImageFilter

from benchmarks.gate import texts
from benchmarks.gate.press import BLACK, BLUE, font
from benchmarks.gate.sorts import Told
from samples.drawing.ink import draw_strokes

_SIZE = (1654, 2339)
_MM = 200 / 25.4
_COLUMNS_MM = (22, 36, 120, 145, 190)


def table(told: Told) -> Image.Image:
    """Return a ruled table with short words in its cells, some of them in capitals."""
    added = texts.words(told.set_name)
    cells, face = added.table, font(added.text_face, round(12 * 200 / 72))
    page = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(page)
    rows = [cells["head"]]
    for i in range(1, told.chance.randint(9, 22)):
        name, note = told.chance.choice(cells["names"]), told.chance.choice(cells["notes"])
        rows.append([str(i), name, str(told.chance.randint(1, 240)), note])
    for row, said in enumerate(rows):
        top = (30 + 9 * row) * _MM
        for i, text in enumerate(said):
            left, right = _COLUMNS_MM[i] * _MM, _COLUMNS_MM[i + 1] * _MM
            pen.rectangle((left, top, right, top + 9 * _MM), None, BLACK, 2)
            pen.text((left + 10, top + 4.5 * _MM), text, BLACK, face, anchor="lm")
    return page


def foreign(told: Told) -> Image.Image:
    """Return a page in English, or in a script that is not Latin."""
    added = texts.words(told.set_name)
    page = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(page)
    if told.number % 3 == 2:
        face = font(added.text_face, round(15 * 200 / 72))
        for row in range(told.chance.randint(12, 24)):
            said = "  ".join(told.chance.choices(added.foreign["scripts"], k=2))
            pen.text((22 * _MM, (25 + 10 * row) * _MM), said, BLACK, face)
        return page
    title = font(added.stamp_faces[told.number % 2], round(16 * 200 / 72))
    pen.text((827, 28 * _MM), told.chance.choice(added.foreign["titles"]), BLACK, title, "mm")
    _column(pen, told, (25, 40), (92, 12), told.chance.randint(2, 4))
    return page


def newspaper(told: Told) -> Image.Image:
    """Return a page of columns under a large title, with a grey picture."""
    added = texts.words(told.set_name)
    page = Image.new("RGB", _SIZE, (242, 240, 234))
    pen = ImageDraw.Draw(page)
    titles = added.foreign["titles"]
    large, middle = (font(added.stamp_faces[0], round(points * 200 / 72)) for points in (34, 17))
    pen.text((827, 26 * _MM), told.chance.choice(titles), BLACK, large, "mm")
    for column in range(3):
        left = 15 + 62 * column
        pen.text((left * _MM, 48 * _MM), told.chance.choice(titles)[:18], BLACK, middle, "ls")
        top = 52.0
        if column == told.number % 3:
            page.paste(_clouds(told, (430, 400)), (round(left * _MM), round(top * _MM)))
            top += 55
        _column(pen, told, (left, top), (36, 9.5), 4)
    return page


def photo(told: Told) -> Image.Image:
    """Return a photograph that fills most of the sheet."""
    page = Image.new("RGB", _SIZE, "white")
    wide, high = told.chance.randint(1100, 1500), told.chance.randint(900, 2000)
    page.paste(_clouds(told, (wide, high)), ((1654 - wide) // 2, (2339 - high) // 2))
    return page


def handwritten(told: Told) -> Image.Image:
    """Return a page of joined-up handwriting without any print."""
    page = Image.new("RGB", _SIZE, "white")
    strokes = []
    for row in range(told.chance.randint(8, 20)):
        x, y = 25.0, 35 + 11.5 * row
        while x < 180:
            letters = told.chance.randint(2, 8)
            strokes.append(_word(told, x, y, letters))
            x += letters * 3.2 + 5
    return draw_strokes(page, strokes, 0.5 * _MM, told.chance.choice((BLUE, BLACK)))


def _word(told: Told, x: float, y: float, letters: int) -> list[tuple[float, float]]:
    points = []
    tall = [told.chance.choice((1.2, 1.2, 1.5, 3.4)) for _ in range(letters)]
    for step in range(letters * 12):
        turn = step / 12 * 2 * math.pi
        across = x + step * 3.2 / 12 - 0.9 * math.sin(turn)
        up = tall[step // 12] * (1 - math.cos(turn)) / 2 + told.chance.uniform(-0.1, 0.1)
        points.append((across * _MM, (y - up) * _MM))
    return points


def _column(
    pen: ImageDraw.ImageDraw, told: Told, place: tuple[float, float],
    form: tuple[int, float], paragraphs: int,
) -> None:  # fmt: skip
    """Set paragraphs from a place on; `form` is letters a line and points."""
    added = texts.words(told.set_name)
    letters, points = form
    face = font(added.text_face, round(points * 200 / 72))
    x, y = place
    for _ in range(paragraphs):
        for line in textwrap.wrap(told.chance.choice(added.foreign["paragraphs"]), letters):
            pen.text((x * _MM, y * _MM), line, BLACK, face, "ls")
            y += points * 0.353 * 1.3
        y += 3


def _clouds(told: Told, size: tuple[int, int]) -> Image.Image:
    coarse = Image.frombytes("RGB", (9, 7), told.chance.randbytes(189))
    smooth = coarse.resize(size, Image.Resampling.BICUBIC)
    grain = Image.frombytes("L", (size[0] // 3, size[1] // 3),
                            told.chance.randbytes((size[0] // 3) * (size[1] // 3)))  # fmt: skip
    grain = grain.filter(ImageFilter.GaussianBlur(2)).resize(size)
    return Image.blend(smooth, grain.convert("RGB"), 0.25)
