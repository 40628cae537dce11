"""The kinds of damage, most of them those of `benchmarks.ocr`, at the resolutions of an office.

Ordinary is what a scanner delivers day by day: the targets hold there. Degraded is the rest.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image

from benchmarks.metadata import ink, layout
from benchmarks.metadata.invent import Inventor
from benchmarks.metadata.plan import Plan
from benchmarks.metadata.texts import Texts
from benchmarks.ocr import drafts
from benchmarks.ocr.kinds import KINDS as OCR
from benchmarks.ocr.kinds import Kind, Paper
from samples.drawing import scan
from samples.drawing.draft import Draft
from samples.drawing.paint import paint
from samples.drawing.sheet import Sheet

ORDINARY: dict[str, Kind] = {
    "colour200": Kind(200, colour=True, quality=80),
    "colour300": Kind(300, colour=True, quality=75),
    "clean300": OCR["clean300"],
    "clean200": OCR["clean200"],
    "d150": OCR["d150"],
    "skew": replace(OCR["skew"], dpi=200, colour=True),
    "yellow": replace(OCR["yellow"], dpi=200),
    "bleed": replace(OCR["bleed"], dpi=200),
    "jpegq40": OCR["jpegq40"],
    "bw": OCR["bw"],
    "typewriter": replace(OCR["typewriter"], dpi=200),
}
DEGRADED: dict[str, Kind] = {
    name: OCR[name] for name in ("noise", "blur", "worst", "seal", "greyseal", "rot90", "rot180")
}
KINDS = {**ORDINARY, **DEGRADED}


@dataclass(frozen=True)
class Made:
    """A document to read: the bytes of its file, its pages, and the plan they were made after."""

    data: bytes
    extension: str
    pages: int
    plan: Plan


def make(name: str, texts: Texts, number: int) -> Made:
    """Draw document `number` of a kind; the same arguments give the same bytes."""
    kind = KINDS[name]
    chance = random.Random(f"{texts.name} {name} {number} paper")
    plan = Inventor(texts, chance, kind.mono).paper()
    with drafts.typeface(getattr(texts, plan.style.face)):
        sheets = layout.Setter(plan).set()
        images = ink.executed(plan, sheets, kind.dpi, chance)
        back = _back(sheets, kind.dpi)
        done = [
            _befallen(kind, plan, image, (chance, number + i), back)
            for i, image in enumerate(images)
        ]
    data, extension = file_of(done, kind.dpi, kind.quality)
    return Made(data, extension, len(done), plan)


def _back(sheets: list[Sheet], dpi: int) -> Callable[[], Image.Image]:
    typed = [run for run in sheets[-1].runs if run.style != "hand"]
    return lambda: paint(Sheet(typed, sheets[-1].rules), dpi)


def _befallen(
    kind: Kind, plan: Plan, image: Image.Image, seed: tuple[random.Random, int],
    back: Callable[[], Image.Image],
) -> Image.Image:  # fmt: skip
    """Return one page as it comes from the scanner."""
    chance, number = seed
    draft = Draft(
        layout="party" if plan.family == "party" else "state", issuer=plan.issuer, number="",
        symbol="", place=plan.truth["place"], date=plan.truth["date"], subject="", body=(),
        authority="", signer=plan.signer,
    )  # fmt: skip
    paper = Paper(draft, image, chance, number, back)
    scanned = scan.scanned(kind.before(paper), number, grey=not kind.colour)
    return kind.after(scanned, paper)


def file_of(images: list[Image.Image], dpi: int, quality: int | None) -> tuple[bytes, str]:
    """Return a file of pages and its extension: without `quality` one-bit TIFF, else JPEG, PDF."""
    if quality is None:
        out = BytesIO()
        first, *rest = images
        first.save(
            out, "TIFF", compression="group4", dpi=(dpi, dpi), save_all=True, append_images=rest
        )
        return out.getvalue(), "tif"
    pictures = [scan.jpeg(image, dpi, quality) for image in images]
    if len(pictures) == 1:
        return pictures[0], "jpg"
    import img2pdf

    size = img2pdf.get_fixed_dpi_layout_fun((dpi, dpi))
    engine = img2pdf.Engine.internal  # the only one that writes no random identifier
    return img2pdf.convert(pictures, layout_fun=size, nodate=True, engine=engine), "pdf"
