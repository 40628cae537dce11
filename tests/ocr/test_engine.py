"""Engines behind one seam: the same words, in the same places."""

from __future__ import annotations

import drawn
import pytest
from PIL import Image

from partydoc.ocr import capi, engine, tools

DPI = 150
ENGINES = {
    "program": engine.Program,
    **({"library": capi.Library} if capi.library() else {}),
    **({"fast": engine.InProcess} if tools.fast() else {}),
}


@pytest.fixture(scope="module", params=ENGINES)
def each(request, tessdata) -> engine.Engine:
    return ENGINES[request.param](["vie"], tessdata)


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
    program = engine.Program(["vie"], tessdata)
    runs = []
    run = program._pytesseract.image_to_data
    monkeypatch.setattr(
        program._pytesseract, "image_to_data", lambda *a, **k: runs.append(a) or run(*a, **k)
    )
    assert all(program.read_all([strip] * 3, DPI, engine.BLOCK))
    assert len(runs) == 1


def test_both_engines_name_their_version(each):
    assert each.name.startswith("tesseract ") and each.name[10].isdigit()


def test_the_library_reads_what_the_program_reads(tessdata, strip):
    library, program = (
        kind(["vie"], tessdata).read(strip, DPI) for kind in (capi.Library, engine.Program)
    )
    assert [(line.text, line.box, line.block) for line in library] == [
        (line.text, line.box, line.block) for line in program
    ]
    sure = [word.confidence for line in library for word in line.words]
    rounded = [word.confidence for line in program for word in line.words]
    assert all(0 <= one - other < 0.011 for one, other in zip(sure, rounded, strict=True))


def test_without_the_library_the_program_is_used(tessdata, monkeypatch):
    monkeypatch.setattr(capi, "library", lambda: None)
    assert isinstance(engine.choose("program", ["vie"], tessdata), engine.Program)


def test_a_library_that_is_not_there_is_none(monkeypatch):
    monkeypatch.setattr(capi, "_SONAME", "libtesseract.so.999")
    assert capi.library.__wrapped__() is None


def test_a_language_that_is_not_there_is_told(tessdata):
    with pytest.raises(RuntimeError, match="xyz"):
        capi.Library(["xyz"], tessdata)
