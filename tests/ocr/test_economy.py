"""A document on its way through a reading process: no program is started without need, and the
disk holds it once more at most, as its copy."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import drawn
import pikepdf
import pytest
from PIL import Image, ImageFilter

from partydoc.ocr import draft, reading, tools
from partydoc.ocr.recognise import HEADER_DPI, Recogniser

#: Pages of a request.
STEP = 2
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
    where = {"folder": str(folder), "lent": str(folder)}
    asked = {**where, "media_type": "application/pdf", "pages": pages}
    for first in range(1, pages + 1, STEP):
        last = min(first + STEP - 1, pages)
        part = {**asked, "first": first, "last": last, "fresh": first == 1}
        assert reader.handle(part) == {"read": [first, last]}
    return reader.handle({**asked, "fresh": False})


def test_a_clean_document_starts_no_program(reader, started, tmp_path):
    drawn.scan(tmp_path / draft.ORIGINAL, drawn.sheet(150), drawn.sheet(150), dpi=150)
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
    drawn.scan(tmp_path / draft.ORIGINAL, sheet, dpi=150)
    assert read(reader, tmp_path, 1) == {"done": 1}
    assert [round(page.height / 297 * 25.4) for page in headers] == [HEADER_DPI]
    assert [Path(each).name for each in started] == ([] if mode == "fast" else ["tesseract"])


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[int, int]]:
    """Whenever a PDF has been written: the bytes of the largest file but the original, and those of
    all others."""
    seen: list[tuple[int, int]] = []
    save = pikepdf.Pdf.save

    def saved(pdf: pikepdf.Pdf, *arguments, **options) -> None:
        save(pdf, *arguments, **options)
        sizes = [path.stat().st_size for path in tmp_path.iterdir() if path.name != draft.ORIGINAL]
        seen.append((max(sizes, default=0), sum(sizes) - max(sizes, default=0)))

    monkeypatch.setattr(pikepdf.Pdf, "save", saved)
    return seen


def grain(pages: int) -> Iterator[Image.Image]:
    """Pages of which nothing can be packed any closer, without a word on them."""
    chance = random.Random(1)
    for _ in range(pages):
        yield Image.frombytes("L", (300, 424), chance.randbytes(300 * 424)).point(
            [200 + level // 8 for level in range(256)]
        )


@pytest.mark.parametrize("pages", [4, 12])
def test_nothing_grows_with_a_document_but_its_copy(reader, written, tmp_path, pages):
    path = drawn.scan(tmp_path / draft.ORIGINAL, *grain(pages), dpi=150)
    before, document = path.read_bytes(), path.stat().st_size
    written.clear()
    assert read(reader, tmp_path, pages) == {"done": pages}
    *excerpts, (copy, beside) = written
    assert len(excerpts) == pages / STEP and copy > 0.9 * document
    page, words = document / pages, 1000
    for excerpt, others in excerpts:
        assert excerpt < (STEP + 0.5) * page and others < words * pages
    assert beside < words * pages
    left = {path.name for path in tmp_path.iterdir() if not path.name.startswith("part-")}
    assert left == {draft.ORIGINAL, "access.pdf", "pages.json"} and path.read_bytes() == before
