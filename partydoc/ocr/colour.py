"""Black print and coloured ink, taken apart: the one is read as text, the other for marks."""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image, ImageChops

from partydoc.ocr import picture

#: From this distance between its channels on, a spot is coloured.
_COLOURED = 40
#: A colour must stand this far above the paper's own; faded stamps keep about 30.
_COLOUR = 24
#: Up to the first luma a stroke is print, whatever its colour; from the second on colour decides.
_PRINT, _INK = 40, 70
#: On a page that looks empty so little is a colour: a stamp that has faded to a tenth.
_PALE = 10
#: Text is blue or violet where this share of the ink is: more than stamps and signatures have.
_TYPED = 0.22
#: Text is in some colour where less than this share of the ink is left without colours.
_LEFT = 0.25


class Inks(NamedTuple):
    """A page in pictures of mode L, dark on light; None: there is no such ink.

    `red` holds seals and most stamps, `cool` what is blue, violet and green: signatures too;
    `sharp` is the page in green light, in which every coloured ink is dark: JPEG keeps colours
    coarser than light.
    """

    black: Image.Image
    red: Image.Image | None = None
    cool: Image.Image | None = None
    sharp: Image.Image | None = None

    def turned(self, degrees: int) -> Inks:
        """Return them turned clockwise by 90, 180 or 270 degrees."""
        black, *inks = (ink and picture.Drawn(ink, 0).turned(degrees).image for ink in self)
        return Inks(black or self.black, *inks)


def grey_if_plain(image: Image.Image) -> Image.Image:
    """Return a page in mode L if nothing on it has a colour, else as it is."""
    return image if image.mode == "L" or is_coloured(image) else image.convert("L")


def apart(image: Image.Image) -> Inks:
    """Return the inks of a page; text that is itself in colour counts as black.

    A picture of mode L has black ink alone.
    """
    if image.mode == "L":
        return Inks(image)
    plain = image.convert("L")
    red, green, blue = image.split()
    beside_red = ImageChops.lighter(green, blue)
    beside_blue = ImageChops.darker(red, green)
    light = ImageChops.lighter(red, beside_red)
    spread = ImageChops.subtract(light, ImageChops.darker(beside_blue, blue))
    reds = _ink(ImageChops.subtract(red, beside_red))
    violet = ImageChops.subtract(blue, beside_blue)
    cool = _ink(ImageChops.lighter(violet, ImageChops.subtract(green, red)))
    whole = _share(plain)
    if cool and _share(cool) > _TYPED * whole:
        black, cool = light, None
    else:
        black = _black(plain, light, spread)
    return Inks(black if _share(black) > _LEFT * whole else plain, reds, cool, green)


def with_pale(inks: Inks, image: Image.Image) -> Inks:
    """Return the inks of a page that looks empty with the palest red on it.

    It is put where blue is, for it may be rust or a stain: there only sure capitals are read.
    """
    if image.mode == "L" or inks.red or inks.cool:
        return inks
    red, green, blue = image.split()
    excess = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    paper = _middle(excess)
    if picture.brightest(excess.reduce(4)) < paper + _PALE:
        return inks
    table = [255 - min(255, max(0, level - paper - _PALE // 2) * 8) for level in range(256)]
    return inks._replace(cool=excess.point(table))


def is_coloured(image: Image.Image) -> bool:
    """Tell whether anything on the page has a colour, the tint of old paper included."""
    red, green, blue = image.reduce(max(1, min(image.size) // 200)).split()
    light = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    dark = ImageChops.darker(ImageChops.darker(red, green), blue)
    return picture.brightest(ImageChops.subtract(light, dark)) > _COLOURED


def _black(plain: Image.Image, light: Image.Image, spread: Image.Image) -> Image.Image:
    """Return max(R, G, B) plus their spread above that of the paper: only black print stays.

    Dark strokes keep their luma: what was stamped over print, or printed in dark blue.
    """
    paper = _middle(spread)  # old paper has a colour too
    bare = ImageChops.add(light, spread.point([max(0, level - paper) for level in range(256)]))
    step = 255 / (_INK - _PRINT)
    ramp = [min(255, max(0, round((level - _PRINT) * step))) for level in range(256)]
    return Image.composite(bare, plain, plain.point(ramp))


def _ink(excess: Image.Image) -> Image.Image | None:
    """Return what stands above the paper's own colour, dark on white."""
    paper = _middle(excess)
    if picture.brightest(excess.reduce(8)) < paper + _COLOUR:
        return None
    table = [255 - min(255, max(0, level - paper - _COLOUR // 2) * 4) for level in range(256)]
    return excess.point(table)


def _middle(image: Image.Image) -> int:
    return picture.quantile(image.reduce(8).histogram(), 0.5)


def _share(grey: Image.Image) -> float:
    return picture.ink_share(picture.ink(grey, picture.OCR_DPI))[0]
