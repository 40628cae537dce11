"""Images bound into a PDF: as they were compressed where a PDF can hold that, else without loss.

Memory holds one page at a time, and the disk the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import img2pdf
import pikepdf
from PIL import Image, ImageOps, ImageSequence

from partydoc.ocr import jpeg, media, packed, paper, strips

#: Orientations (EXIF) that a PDF can express by turning the page: clockwise, in degrees.
_TURNS = {0: 0, 1: 0, 3: 180, 6: 90, 8: 270}
_ORIENTATION = 0x0112
_AS_IT_LIES = img2pdf.Rotation.none
#: Files that are open at a time.
_AT_ONCE = 64
_WHITE = (255, 1023, 4095, 16383, 65535)
#: Rows of a page that are converted at a time.
_BAND = 256


class DamagedImage(Exception):
    """A page of the image cannot be unpacked."""


def bind(original: Path, into: Path) -> None:
    """Write an image as a PDF with as many pages as it has."""
    with Image.open(original, formats=media.FORMATS) as image:
        if stored := _stored(image, original):
            _as_page(image, stored, into)
            return
        with TemporaryDirectory(dir=into.parent) as folder, original.open("rb") as file:
            _join(list(_leaves(image, file, Path(folder))), into)


def _stored(image: Image.Image, original: Path) -> bytes | None:
    """Return a JPEG or a PNG as it is compressed, if it can stand in a PDF just so.

    Inks for printing (CMYK) cannot: PDF/A wants to know what each of them looks like.
    """
    if image.format in ("JPEG", "MPO") and image.mode in ("L", "RGB"):
        if image.getexif().get(_ORIENTATION, 1) not in _TURNS:
            return None
        data = original.read_bytes()
        return data if image.format == "JPEG" else _first(data)
    if image.format == "PNG" and image.mode in ("1", "L", "P", "RGB"):
        data = original.read_bytes()
        # Pillow tells the orientation of a PNG only when it has unpacked the picture.
        may_be_turned = b"eXIf" in data
        other = may_be_turned or "transparency" in image.info or image.info.get("interlace")
        return None if other else data
    return None


def _as_page(image: Image.Image, stored: bytes, into: Path) -> None:
    points = paper.points(image.size, image.info.get("dpi"))
    with into.open("wb") as file:
        img2pdf.convert(
            stored,
            layout_fun=lambda *_: (*points, *points),
            rotation=_AS_IT_LIES if image.format == "PNG" else img2pdf.Rotation.ifvalid,
            outputstream=file,
        )


def _first(data: bytes) -> bytes | None:
    try:
        return jpeg.first(data)
    except jpeg.Broken:
        return None


def _leaves(image: Image.Image, file: BinaryIO, folder: Path) -> Iterator[Path]:
    """Write each page of an image, which lies in a file, as a PDF of one page."""
    frames = ImageSequence.Iterator(image) if image.format == "TIFF" else [image]
    for number, frame in enumerate(frames):
        leaf = folder / f"{number}.pdf"
        try:
            if image.format != "TIFF" or not _take(image, file, leaf):
                _repack(frame, leaf)
        except OSError as trouble:
            if trouble.errno is not None:  # the disk's, not the picture's
                raise
            raise DamagedImage(f"page {number + 1}: {trouble}") from trouble
        yield leaf


def _take(frame: Any, file: BinaryIO, leaf: Path) -> bool:
    """Write a page of a TIFF as it is packed; tell whether a PDF can hold it so."""
    turn = _TURNS.get(frame.tag_v2.get(_ORIENTATION, 1))
    stored = None if turn is None else strips.of(frame, file)
    if turn is None or stored is None:
        return False
    stored.write(paper.points(stored.size, frame.info.get("dpi")), leaf, turn)
    return True


def _repack(frame: Image.Image, leaf: Path) -> None:
    size = frame.size
    points = paper.points(size, frame.info.get("dpi"))
    ImageOps.exif_transpose(frame, in_place=True)
    page = plain(frame)
    stored = strips.g4(page) if page.mode == "1" else packed.flat(page)
    stored.write(points if page.size == size else points[::-1], leaf)


def _join(leaves: Sequence[Path], into: Path) -> None:
    """Join PDFs of one page, from file to file; it takes two steps where they are many."""
    groups = [leaves[at : at + _AT_ONCE] for at in range(0, len(leaves), _AT_ONCE)]
    if len(groups) == 1:
        _join_at_once(leaves, into)
        return
    joined = [group[0].with_suffix(".joined") for group in groups]
    for group, part in zip(groups, joined, strict=True):
        _join_at_once(group, part)
    _join_at_once(joined, into)


def _join_at_once(parts: Sequence[Path], into: Path) -> None:
    with ExitStack() as stack, pikepdf.new() as pdf:
        for part in parts:
            pdf.pages.extend(stack.enter_context(pikepdf.open(part)).pages)
        pdf.save(into)
    for part in parts:
        part.unlink()


def plain(image: Image.Image) -> Image.Image:
    """Return an image of mode 1, L or RGB: eight bits, no palette, transparency on white."""
    if image.mode in ("1", "L", "RGB") and "transparency" not in image.info:
        return image
    image.load()
    wide = image.mode.startswith("I") or image.mode == "F"
    top = _highest(image) if wide else 255
    flat = Image.new("L" if wide else "RGB", image.size)
    for row in range(0, image.height, _BAND):
        band = image.crop((0, row, image.width, min(row + _BAND, image.height)))
        flat.paste(_grey(band, top) if wide else _on_white(band), (0, row))
    return flat


def _highest(image: Image.Image) -> float:
    """Return the level that is white: scanners of 10, 12 or 14 bits leave the others empty."""
    levels = image.convert("I") if image.mode.startswith("I;") else image
    high = max(float(level) for level in levels.getextrema())  # type: ignore[arg-type]
    if image.mode == "F" and 0 < high <= 1:
        return 1
    return next((level for level in _WHITE if high <= level), high)


def _grey(band: Image.Image, top: float) -> Image.Image:
    levels = band.convert("I") if band.mode.startswith("I") else band
    return levels.convert("F").point(lambda level: level * (255 / top)).convert("L")


def _on_white(band: Image.Image) -> Image.Image:
    if band.mode not in ("RGBA", "LA", "PA", "RGBa", "La") and "transparency" not in band.info:
        return band.convert("RGB")
    layered = band.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")
