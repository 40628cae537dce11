"""Whether a page is empty paper. Empty pages are listed and stay where they are.

A dark page is none, whatever is on it: a photograph, a negative, paper that lay the wrong way.
"""

from __future__ import annotations

from PIL import Image

from partydoc.ocr import holes, picture

#: Less ink than this share of the page is a heading or dust.
_DUST = 0.0008
#: With so much more, holes for filing may be all that is on it.
_HOLES = 0.006
#: Shadows of the edge lie this near to it, in shares of the page.
_MARGIN = 0.05


def is_blank(drawn: picture.Drawn) -> bool:
    """Tell whether next to no ink of any colour lies inside the margins of a page."""
    grey = drawn.image.convert("L")
    mask = picture.ink(grey, drawn.dpi)
    bare = is_bare(mask, drawn.dpi * mask.width / drawn.image.width)
    return bare and not picture.is_dark(grey)


def is_bare(mask: Image.Image, dpi: float) -> bool:
    """Tell whether next to no ink is on a mask (`dpi` is its own), margins and holes aside."""
    share = _inside(mask)
    if _DUST <= share < _HOLES:
        share = _inside(holes.wiped(mask, dpi))
    return share < _DUST


def _inside(mask: Image.Image) -> float:
    across, down = round(mask.width * _MARGIN), round(mask.height * _MARGIN)
    inner = mask.crop((across, down, mask.width - across, mask.height - down))
    return picture.ink_share(inner)[0]
