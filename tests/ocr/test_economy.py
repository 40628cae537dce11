"""A document on its way through a reading process: no program is started without need, and the
disk holds two copies at most."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import drawn
import pikepdf
import pytest
from PIL import Image, ImageFilter

from partydoc.ocr import reading, tools
from partydoc.ocr.recognise import HEADER_DPI, Recogniser

MODES = ["program", *(["fast"] if tools.fast() else [])]

_started: list[str] = []
sys.addaudithook(
    lambda event, args: _started.append(str(args[0])) if event == "subprocess.Popen" else None
)


@pytest.fixture
def started() -> list[str]:
    _started.clear()
    return _started


@pytest.fixture(scope="module", params=MODES)
def mode(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def reader(mode, tessdata) -> reading.Reader:
    return reading.Reader(["vie"], tessdata, mode)


def read(reader: reading.Reader, folder: Path, pages: int) -> dict:
    asked = {"folder": str(folder), "media_type": "application/pdf", "pages": pages}
    assert reader.handle({**asked, "first": 1, "last": pages}) == {"read": [1, pages]}
    return reader.handle(asked)


def test_a_clean_document_starts_no_program(reader, started, tmp_path):
    drawn.scan(tmp_path / reading.ORIGINAL, drawn.sheet(150), drawn.sheet(150), dpi=150)
    assert read(reader, tmp_path, 2) == {"done": 2}
    assert not started


@pytest.fixture
def headers(monkeypatch: pytest.MonkeyPatch) -> list[Image.Image]:
    """The pages of which the header was read again."""
    seen: list[Image.Image] = []
    again = Recogniser._header
    monkeypatch.setattr(
        Recogniser,
        "_header",
        lambda self, page, lines: seen.append(page) or again(self, page, lines),
    )
    return seen


def test_an_unsure_header_starts_one_program_and_none_with_fast(
    reader, mode, started, headers, tmp_path
):
    sheet = drawn.sheet(150)  # enough that is sure to tell that it stands upright
    header = (0, 0, sheet.width, sheet.height // 4)
    sheet.paste(sheet.crop(header).filter(ImageFilter.GaussianBlur(3)), header)
    drawn.scan(tmp_path / reading.ORIGINAL, sheet, dpi=150)
    assert read(reader, tmp_path, 1) == {"done": 1}
    assert [round(page.height / 297 * 25.4) for page in headers] == [HEADER_DPI]
    assert [Path(each).name for each in started] == ([] if mode == "fast" else ["tesseract"])


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    """The bytes in the folder whenever a PDF has been written."""
    seen: list[int] = []
    save = pikepdf.Pdf.save

    def saved(pdf: pikepdf.Pdf, *arguments, **options) -> None:
        save(pdf, *arguments, **options)
        seen.append(sum(path.stat().st_size for path in tmp_path.iterdir()))

    monkeypatch.setattr(pikepdf.Pdf, "save", saved)
    return seen


def grain() -> Iterator[Image.Image]:
    """Pages of which nothing can be packed any closer, without a word on them."""
    chance = random.Random(1)
    for _ in range(3):
        yield Image.frombytes("L", (300, 424), chance.randbytes(300 * 424)).point(
            [200 + level // 8 for level in range(256)]
        )


def test_the_disk_never_holds_a_third_copy(reader, copies, tmp_path):
    path = drawn.scan(tmp_path / reading.ORIGINAL, *grain(), dpi=150)
    document = path.stat().st_size
    copies.clear()
    assert read(reader, tmp_path, 3) == {"done": 3}
    assert len(copies) >= 2  # the working copy, the access copy
    assert max(copies) < 2.3 * document
    left = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert left < 1.3 * document
