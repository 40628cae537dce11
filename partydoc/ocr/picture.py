"""Pictures of pages, and what is done to them before the engine sees them.

The picture that is read is never the one that is kept: about 200 dpi reads as well as 300 and
a third faster, and blur helps only where there is noise.
"""

from __future__ import annotations

from collections.abc import Iterable

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from partydoc.box import Box
from partydoc.ocr import plate

#: What the engine gets; between the two a scan is read as it is.
OCR_DPI, LOWEST_DPI = 200, 120
#: Pages are drawn no finer than this, and never with more pixels, nor with more on a side (the
#: engine counts them in 16 bits).
DRAWN_DPI = 300
MAX_DRAWN_PIXELS, MAX_DRAWN_SIDE = 60_000_000, 32_700
#: The scale on which ink is counted.
_INK_DPI = 50
#: Ink is so much darker than paper, and darker than this at any rate.
_APART, _INK = 40, 200
#: Paper is never so dark: what is, is a negative, a photograph or the lid of the scanner. Print is
#: no more of a page than this share.
_DARK, _PRINT = 100, 0.2
#: Spread of the difference to a median-filtered picture, from which on a page counts as noisy.
_NOISY = 4.0


class Drawn:
    """A page as displayed: `image` (RGB or L) at `dpi`."""

    def __init__(self, image: Image.Image, dpi: float) -> None:
        self.image = image
        self.dpi = dpi

    def turned(self, degrees: int) -> Drawn:
        """Return it turned clockwise by 90, 180 or 270 degrees."""
        turns = {
            90: Image.Transpose.ROTATE_270,
            180: Image.Transpose.ROTATE_180,
            270: Image.Transpose.ROTATE_90,
        }
        return Drawn(self.image.transpose(turns[degrees]), self.dpi) if degrees else self


def draw(
    page: pypdfium2.PdfPage,
    scan_dpi: float | None,
    most: float = DRAWN_DPI,
    scale: float = 1.0,
    opaque: bool = False,
) -> Drawn:
    """Draw a page at the resolution of its scan (None: nothing scanned), `most` dpi at most.

    `opaque`: no picture on it has a mask. `scale`: how many times as large as its points the paper
    is taken for (`paper.scales`); the resolution of what is drawn is that of the paper.
    """
    width, height = (side * scale for side in page.get_size())
    dpi = min(scan_dpi / scale if scan_dpi else OCR_DPI, most)
    area = max(width * height / 72**2, 0.01)
    dpi = min(dpi, (MAX_DRAWN_PIXELS / area) ** 0.5, MAX_DRAWN_SIDE * 72 / max(width, height, 1))
    if opaque and (stored := plate.of(page, (width * dpi / 72, height * dpi / 72))):
        return Drawn(stored, dpi)
    bitmap = page.render(scale=dpi * scale / 72, rev_byteorder=True)
    image = bitmap.to_pil()
    bitmap.close()
    if image.mode != "RGB":
        image = image.convert("RGB")
    return Drawn(image, dpi)


def brightest(image: Image.Image) -> int:
    """Return the highest level of a picture of mode L."""
    return max(image.tobytes(), default=0)


def for_reading(drawn: Drawn) -> Drawn:
    """Return a page in no more dots than the engine gets."""
    if round(drawn.dpi) <= OCR_DPI:
        return drawn
    return Drawn(scaled(drawn.image, OCR_DPI / drawn.dpi), OCR_DPI)


def for_engine(grey: Image.Image, dpi: float) -> tuple[Image.Image, int]:
    """Return the picture at a resolution that reads best, and that resolution."""
    wanted = OCR_DPI if dpi > OCR_DPI or dpi < LOWEST_DPI else dpi
    if round(wanted) != round(dpi):
        grey = scaled(grey, wanted / dpi)
    if is_noisy(grey):
        grey = grey.filter(ImageFilter.GaussianBlur(1))
    return grey, round(wanted)


def is_noisy(grey: Image.Image) -> bool:
    """Measure the grain of the paper, on a strip in the middle of the page."""
    left, top = grey.width // 4, grey.height * 9 // 20
    strip = grey.crop((left, top, grey.width - left, grey.height - top))
    grain = ImageChops.difference(strip, _median(strip))
    return quantile(grain.histogram(), 0.6) > _NOISY


def _median(grey: Image.Image) -> Image.Image:
    """Return the median of each dot and its eight neighbours, six times as fast as MedianFilter.

    It is the middle of the highest low, the middle middle and the lowest high of three columns.
    """
    lighter, darker = ImageChops.lighter, ImageChops.darker

    def middle(one: Image.Image, other: Image.Image, third: Image.Image) -> Image.Image:
        return lighter(darker(one, other), darker(lighter(one, other), third))

    def around(image: Image.Image, x: int, y: int) -> tuple[Image.Image, Image.Image, Image.Image]:
        return ImageChops.offset(image, x, y), image, ImageChops.offset(image, -x, -y)

    above, here, below = around(grey, 0, 1)
    lows = around(darker(darker(above, here), below), 1, 0)
    middles = around(middle(above, here, below), 1, 0)
    highs = around(lighter(lighter(above, here), below), 1, 0)
    low = lighter(lighter(lows[0], lows[1]), lows[2])
    high = darker(darker(highs[0], highs[1]), highs[2])
    return middle(low, middle(*middles), high)


def ink(grey: Image.Image, dpi: float) -> Image.Image:
    """Return a small mask (mode L, 255 = ink) of what is darker than the paper.

    On a dark page ink is what is lighter than most of it, unless that is so much that it is paper.
    """
    factor = max(1, round(dpi / _INK_DPI))
    small = grey.reduce(factor)
    ground = paper(small)
    if ground >= _DARK:
        return _between(small, 0, _level(ground))
    light = _between(small, ground + _APART, 256)
    return light if ink_share(light)[0] < _PRINT else ImageChops.invert(light)


def _between(grey: Image.Image, least: int, below: int) -> Image.Image:
    return grey.point([255 if least <= level < below else 0 for level in range(256)])


def below(grey: Image.Image, limit: int) -> Image.Image:
    """Return a mask of the dots that are darker than a level."""
    return _between(grey, 0, limit)


def ink_level(grey: Image.Image) -> int:
    """Return the level below which a dot is ink."""
    return _level(paper(grey))


def _level(ground: int) -> int:
    return min(ground - _APART, _INK)


def is_dark(grey: Image.Image) -> bool:
    """Tell whether most of a page is darker than any paper."""
    return paper(grey) < _DARK


def paper(grey: Image.Image) -> int:
    """Return the level of the paper."""
    return quantile(grey.histogram(), 0.6)


def ink_share(mask: Image.Image, boxes: Iterable[Box] = ()) -> tuple[float, float]:
    """Return which share of the mask is ink, and which share of the ink lies in the boxes."""
    all_ink = mask.histogram()[255]
    rest = mask.copy()
    pen = ImageDraw.Draw(rest)
    for box in boxes:
        pen.rectangle(
            (
                box.left * mask.width - 1,
                box.top * mask.height - 1,
                box.right * mask.width + 1,
                box.bottom * mask.height + 1,
            ),
            fill=0,
        )
    left = rest.histogram()[255]
    return all_ink / (mask.width * mask.height), 1 - left / all_ink if all_ink else 1.0


def quantile(histogram: list[int], share: float) -> int:
    """Return the level that so large a share of the dots does not exceed."""
    wanted = sum(histogram) * share
    for level, count in enumerate(histogram):
        wanted -= count
        if wanted <= 0:
            return level
    return 255


def scaled(image: Image.Image, scale: float) -> Image.Image:
    """Return a picture so many times as large."""
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    smooth = Image.Resampling.HAMMING if scale < 1 else Image.Resampling.BICUBIC
    return image.resize(size, smooth)
