"""What speed and memory are measured on: scans of 300 dpi, bound to documents."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path

import img2pdf
from PIL import Image

from benchmarks.ocr import drafts, engines, kinds
from samples.drawing import scan

#: The documents of a mixed batch, by pages: 60 pages in all.
MIXED = (1,) * 12 + (2,) * 4 + (5,) * 4 + (20,)

#: How the pages are scanned: JPEG in colour and in grey, CCITT G4 in one bit.
SCANS = {
    "colour": kinds.Kind(300, colour=True, quality=75),
    "grey": kinds.Kind(300, quality=75),
    "one-bit": kinds.Kind(300, quality=None, after=lambda image, paper: scan.bilevel(image)),
}
_DIFFERENT = 20
#: An A4 page drawn so fine is an A3 page of 600 dpi.
_A3_DPI, _AS_A4 = 600, 848


@dataclass(frozen=True)
class Batch:
    """Documents, and the same pages as pictures: what each contestant gets is its own form."""

    name: str
    documents: tuple[tuple[Path, int], ...]
    pictures: tuple[Path, ...]


class Press:
    """Draws the pages of one kind of scan once, into a new folder, and binds them to documents."""

    def __init__(self, folder: Path, pages: int = _DIFFERENT, kind: str = "colour") -> None:
        self.folder, self.kind = folder, kind
        folder.mkdir()
        different = min(pages, _DIFFERENT)
        with ProcessPoolExecutor(engines.CORES) as pool:
            drawn = pool.map(_draw, [folder] * different, [kind] * different, range(different))
            self._pictures = tuple(drawn)

    def bind(self, name: str, sizes: tuple[int, ...]) -> Batch:
        """Return a batch with documents of so many pages each."""
        pages = cycle(self._pictures)
        documents, pictures = [], []
        folder = self.folder / name
        folder.mkdir()
        for number, size in enumerate(sizes, 1):
            chosen = list(islice(pages, size))
            path = folder / f"{number:03}.pdf"
            with path.open("wb") as file:
                img2pdf.convert([str(picture) for picture in chosen], outputstream=file)
            documents.append((path, size))
            pictures += chosen
        return Batch(name, tuple(documents), tuple(pictures))

    def large(self) -> Batch:
        """Return one page of A3 in colour at 600 dpi."""
        made = kinds.make("clean300", drafts.load("test"), 0, kinds.Kind(_AS_A4, colour=True))
        path = self.folder / "a3.pdf"
        with Image.open(BytesIO(made.data)) as image:
            scan.save_scan_pdf([image], path, _A3_DPI)
        return Batch("1 page, A3 at 600 dpi", ((path, 1),), ())


def _draw(folder: Path, kind: str, number: int) -> Path:
    made = kinds.make("clean300", drafts.load("test"), number, SCANS[kind])
    path = folder / f"{number:02}.{made.extension}"
    path.write_bytes(made.data)
    return path
