"""Whether a page is empty paper. Empty pages are listed and stay where they are."""

from __future__ import annotations

from partydoc.ocr import picture

#: Less ink than this share of the page is dust.
_DUST = 0.0008
#: Shadows of the edge and holes for filing lie this near to it, in shares of the page.
_MARGIN = 0.05


def is_blank(drawn: picture.Drawn) -> bool:
    """Tell whether next to no ink of any colour lies inside the margins of a page."""
    mask = picture.ink(drawn.image.convert("L"), drawn.dpi)
    across, down = round(mask.width * _MARGIN), round(mask.height * _MARGIN)
    inner = mask.crop((across, down, mask.width - across, mask.height - down))
    return picture.ink_share(inner)[0] < _DUST
