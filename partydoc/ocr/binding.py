"""Images bound into a PDF: as they were compressed where a PDF can hold that, else without loss.

Memory holds one page at a time, and the disk the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import img2pdf
import pikepdf
from PIL import Image, ImageOps, ImageSequence

from partydoc.ocr import media, paper

#: Orientations (EXIF) that a PDF can express by turning the page.
_TURNED = (0, 1, 3, 6, 8)
_AS_IT_LIES = img2pdf.Rotation.none
#: Files that are open at a time.
_AT_ONCE = 64
#: Rows of a page that are converted at a time.
_BAND = 256


def bind(original: Path, into: Path) -> None:
    """Write an image as a PDF with as many pages as it has."""
    with Image.open(original, formats=media.FORMATS) as image:
        if _usable_as_is(image, original):
            turned = img2pdf.Rotation.ifvalid if image.format == "JPEG" else _AS_IT_LIES
            _as_page(original, paper.points(image.size, image.info.get("dpi")), into, turned)
            return
        with TemporaryDirectory(dir=into.parent) as folder:
            _join(list(_leaves(image, Path(folder))), into)


def _usable_as_is(image: Image.Image, original: Path) -> bool:
    """Tell whether the compressed picture can stand in a PDF just as it is."""
    if image.format == "JPEG":
        return image.mode in ("L", "RGB") and image.getexif().get(0x0112, 1) in _TURNED
    if image.format != "PNG" or image.mode not in ("1", "L", "P", "RGB"):
        return False
    # Pillow tells the orientation of a PNG only when it has unpacked the picture.
    may_be_turned = b"eXIf" in original.read_bytes()
    return not (may_be_turned or "transparency" in image.info or image.info.get("interlace"))


def _as_page(picture: Path, points: tuple[float, float], into: Path, turned: Any) -> None:
    with into.open("wb") as file:
        img2pdf.convert(
            str(picture),
            layout_fun=lambda *_: (*points, *points),
            rotation=turned,
            outputstream=file,
        )


def _leaves(image: Image.Image, folder: Path) -> Iterator[Path]:
    """Write each page of an image as a PDF of one page."""
    frames = ImageSequence.Iterator(image) if image.format == "TIFF" else [image]
    for number, frame in enumerate(frames):
        size = frame.size
        points = paper.points(size, frame.info.get("dpi"))
        ImageOps.exif_transpose(frame, in_place=True)
        flat = plain(frame)
        picture = folder / "picture"
        if flat.mode == "1":
            flat.save(picture, "TIFF", compression="group4")
        else:
            flat.save(picture, "PNG", compress_level=3)
        leaf = folder / f"{number}.pdf"
        _as_page(picture, points if flat.size == size else points[::-1], leaf, _AS_IT_LIES)
        yield leaf


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
    """Return the level that is white."""
    levels = image.convert("I") if image.mode.startswith("I;") else image
    high = max(float(level) for level in levels.getextrema())  # type: ignore[arg-type]
    return 255 if high <= 255 else 65535 if high <= 65535 else high


def _grey(band: Image.Image, top: float) -> Image.Image:
    levels = band.convert("I") if band.mode.startswith("I") else band
    return levels.convert("F").point(lambda level: level * (255 / top)).convert("L")


def _on_white(band: Image.Image) -> Image.Image:
    if band.mode not in ("RGBA", "LA", "PA", "RGBa", "La") and "transparency" not in band.info:
        return band.convert("RGB")
    layered = band.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")
