"""Two engines behind one seam: the same words, in the same places."""

from __future__ import annotations

import drawn
import pytest
from PIL import Image

from partydoc.ocr import engine, tools

DPI = 150
NAMES = ["program", *(["fast"] if tools.fast() else [])]


@pytest.fixture(scope="module", params=NAMES)
def each(request, tessdata) -> engine.Engine:
    return engine.choose(request.param, ["vie"], tessdata)


@pytest.fixture(scope="module")
def strip() -> Image.Image:
    """The top of a sheet: header and title."""
    sheet = drawn.sheet(DPI).convert("L")
    return sheet.crop((0, 0, sheet.width, sheet.height // 3))


def test_words_come_with_places_and_confidence(each, strip):
    lines = each.read(strip, DPI)
    assert drawn.HEADER[1] in [line.text for line in lines]
    title = next(line for line in lines if line.text == drawn.TITLE[0])
    assert 0.3 < title.box.left < title.box.right < 0.7
    assert 0 < title.box.top < title.box.bottom < 1
    assert 0.8 < title.confidence <= 1


def test_several_pictures_keep_their_order_and_empty_ones_their_place(each, strip):
    blank = Image.new("L", (300, 80), 255)
    half = strip.crop((0, 0, strip.width, strip.height // 2))
    together = each.read_all([half, blank, strip], DPI, engine.BLOCK)
    assert together == [each.read(one, DPI, engine.BLOCK) for one in (half, blank, strip)]
    assert together[1] == ()
    assert each.read_all([], DPI) == []


def test_several_pictures_are_one_process(tessdata, strip, monkeypatch):
    program = engine.choose("program", ["vie"], tessdata)
    runs = []
    run = program._pytesseract.image_to_data
    monkeypatch.setattr(
        program._pytesseract, "image_to_data", lambda *a, **k: runs.append(a) or run(*a, **k)
    )
    assert all(program.read_all([strip] * 3, DPI, engine.BLOCK))
    assert len(runs) == 1


def test_both_engines_name_their_version(each):
    assert each.name.startswith("tesseract ") and each.name[10].isdigit()
