"""What a scanner makes of paper: skew, shadow, dust, yellow paper, and image-only files."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

PAPER = (246, 245, 241)


def skew(image: Image.Image, degrees: float) -> Image.Image:
    """Return the image turned by a few degrees, clockwise if positive, at the same size."""
    blank = image.getpixel((2, 2))
    return image.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=blank)


def paper(image: Image.Image, seed: int = 0, tone: tuple[int, int, int] = PAPER) -> Image.Image:
    """Return the image on slightly uneven, off-white paper with a few specks of dust."""
    chance = random.Random(seed)
    ground = Image.new("RGB", image.size, tone)
    cloud = Image.frombytes("L", (9, 13), chance.randbytes(117))
    cloud = cloud.point(lambda v: 246 + v * 9 // 255).resize(image.size, Image.Resampling.BICUBIC)
    ground = ImageChops.multiply(ground, Image.merge("RGB", (cloud,) * 3))
    draw = ImageDraw.Draw(ground)
    for _ in range(chance.randint(12, 30)):
        x, y = chance.randrange(image.width), chance.randrange(image.height)
        size = chance.choice((1, 1, 2))
        draw.rectangle((x, y, x + size, y + size // 2), fill=(130, 128, 124))
    return ImageChops.multiply(image.convert("RGB"), ground)


def yellow(image: Image.Image, seed: int = 0) -> Image.Image:
    """Return the image on paper that has yellowed, darker and stained towards its edges."""
    chance = random.Random(seed)
    faded = image.convert("RGB").point(lambda v: 48 + v * 207 // 255)
    aged = ImageChops.multiply(faded, Image.new("RGB", image.size, (233, 214, 166)))
    stains = Image.frombytes("L", (8, 11), chance.randbytes(88)).point(lambda v: 226 + v // 9)
    stains = stains.resize(image.size, Image.Resampling.BICUBIC)
    edge = Image.radial_gradient("L").point(lambda v: 255 - max(0, v - 120) // 4)
    stains = ImageChops.multiply(stains, edge.resize(image.size, Image.Resampling.BICUBIC))
    return ImageChops.multiply(aged, Image.merge("RGB", (stains,) * 3))


def noise(image: Image.Image, strength: int = 5, seed: int = 0) -> Image.Image:
    """Return the image with grain of at most `strength` grey levels either way."""
    chance = random.Random(seed)
    grain = Image.frombytes("L", image.size, chance.randbytes(image.width * image.height))
    grain = grain.point(lambda v: 128 + (v - 128) * strength // 128)
    if image.mode == "RGB":
        grain = Image.merge("RGB", (grain,) * 3)
    return ImageChops.add(image, grain, offset=-128)


def shadow(image: Image.Image, side: str = "left", reach_mm: float = 6) -> Image.Image:
    """Return the image with the grey shadow of a lid along `side`: left, right, top or bottom."""
    turns = {"top": 0, "left": 90, "bottom": 180, "right": 270}
    depth = reach_mm / 297 * max(image.size)
    length = image.height if side in ("left", "right") else image.width
    band = Image.linear_gradient("L").point(lambda v: 120 + v * 135 // 255)
    band = band.rotate(turns[side], expand=True)
    size = (round(depth), length) if side in ("left", "right") else (length, round(depth))
    band = band.resize(size)
    left = image.width - size[0] if side == "right" else 0
    top = image.height - size[1] if side == "bottom" else 0
    full = Image.new("L", image.size, 255)
    full.paste(band, (left, top))
    layer = Image.merge("RGB", (full,) * 3) if image.mode == "RGB" else full
    return ImageChops.multiply(image, layer)


def blur(image: Image.Image, radius: float = 0.6) -> Image.Image:
    """Return the image as slightly soft optics see it."""
    return image.filter(ImageFilter.GaussianBlur(radius))


def scanned(image: Image.Image, seed: int = 0, grey: bool = False) -> Image.Image:
    """Return a clean page as an ordinary office scanner delivers it."""
    result = noise(blur(paper(image, seed)), 4, seed)
    return result.convert("L") if grey else result


def bilevel(image: Image.Image, threshold: int = 150) -> Image.Image:
    """Return the image in pure black and white, as a fax-like scanner setting makes it."""
    return image.convert("L").point(lambda v: 255 if v > threshold else 0).convert("1")


def jpeg(image: Image.Image, dpi: int = 200, quality: int = 75) -> bytes:
    """Return the image as JPEG bytes."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, dpi=(dpi, dpi), optimize=True)
    return out.getvalue()


def save_scan_pdf(
    images: Iterable[Image.Image], path: Path, dpi: int = 200, quality: int = 75
) -> None:
    """Write a PDF of JPEG pictures and nothing else; the same pictures give the same bytes."""
    import img2pdf

    pictures = [jpeg(image, dpi, quality) for image in images]
    layout = img2pdf.get_fixed_dpi_layout_fun((dpi, dpi))
    # The engine of its own writes no random identifier.
    engine = img2pdf.Engine.internal
    path.write_bytes(img2pdf.convert(pictures, layout_fun=layout, nodate=True, engine=engine))


def save_tiff(images: Iterable[Image.Image], path: Path, dpi: int = 200) -> None:
    """Write a multi-page TIFF of black and white pictures in CCITT group 4."""
    first, *rest = [image if image.mode == "1" else bilevel(image) for image in images]
    first.save(
        path, "TIFF", compression="group4", dpi=(dpi, dpi), save_all=True, append_images=rest
    )
