"""The sorts of pages, marked and not, and how one page of a sort is made."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from PIL import Image

from benchmarks.gate.texts import FIRST, plain
from benchmarks.ocr import drafts, kinds
from samples.drawing import scan

Group = Literal["clear marks", "degraded marks", "ordinary", "degraded", "without words"]

LEVELS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
VALUES = {"MẬT": "Mật", "TỐI MẬT": "Tối mật", "TUYỆT MẬT": "Tuyệt mật"}


@dataclass(frozen=True)
class Told:
    """What a sort is told to draw: one page by the number of it, in the words of a set."""

    set_name: str
    number: int
    chance: random.Random

    @property
    def level(self) -> str:
        """The mark of this page, by turns."""
        return LEVELS[self.number % len(LEVELS)]


@dataclass(frozen=True)
class Made:
    """The bytes of a file."""

    data: bytes
    extension: str


@dataclass(frozen=True)
class Sort:
    """A sort of pages: the group it counts with, and what draws a page of it."""

    name: str
    group: Group
    draw: Callable[[Told], Made]

    @property
    def marked(self) -> bool:
        """Whether its pages are to be held."""
        return self.group.endswith("marks")


def make(sort: Sort, set_name: str, number: int) -> Made:
    """Draw page `number` of a sort; the same arguments give the same bytes."""
    seed = f"gate {set_name} {sort.name} {number}"
    return sort.draw(Told(set_name, number, random.Random(seed)))


def letter(
    told: Told,
    before: Callable[[kinds.Paper], Image.Image] = lambda paper: paper.image,
    texts: Callable[[str, random.Random], drafts.Texts] = plain,
    **scanning: object,
) -> Made:
    """Draw a signed and sealed letter; `scanning` are fields of `kinds.Kind`."""
    kind = kinds.Kind(before=before, **{"dpi": 200, **scanning})  # type: ignore[arg-type]
    number = FIRST[told.set_name] + told.chance.randrange(10_000)
    made = kinds.make("clean200", texts(told.set_name, told.chance), number, kind)
    return Made(made.data, made.extension)


def picture(image: Image.Image, told: Told, grey: bool = True, dpi: int = 200) -> Made:
    """Scan a page that is no letter."""
    image = scan.scanned(image, FIRST[told.set_name] + told.number, grey=grey)
    return Made(scan.jpeg(image, dpi), "jpg")


def bound(*pages: Made) -> Made:
    """Bind pages (JPEG) to one PDF."""
    import img2pdf

    out = BytesIO()
    img2pdf.convert(
        [page.data for page in pages], outputstream=out, nodate=True,
        engine=img2pdf.Engine.internal,
    )  # fmt: skip
    return Made(out.getvalue(), "pdf")
