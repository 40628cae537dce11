"""How large the paper is: what a file claims, and what is believed when its pages are read.

A resolution that somebody set wrong makes a letter as small as a stamp, and what is drawn as small
as that cannot be read. So a page smaller than A5 is read twice, as large as it claims to be and as
A4, and a scan smaller than an identity card, or larger than A2, as A4 only. What is archived keeps
its claim, for it may be true and costs no dot of the picture; but an image that says nothing of its
size, or what cannot be, becomes a page of A4.
"""

from __future__ import annotations

from partydoc.ocr import media

_MM = 25.4
#: Millimetres. A4 and A3 have one shape; what no scanner says is taken for the commoner one.
_A4 = (210.0, 297.0)
#: The longer sides, in millimetres, of what is smaller than a card (85.6 mm, ISO/IEC 7810); of an
#: A5 sheet (210 mm), which has room for an A4 page read at two thirds of its scale, and that is
#: enough; and of a sheet a little larger than A2.
_CARD, _A5, _A2 = 80, 200, 600
#: With fewer dots on its longer side nothing is the scan of a letter.
_SCAN = 500
#: What is so many times as long as wide is no sheet but a strip; it is read at this resolution.
_STRIP, _STRIP_DPI = 5, 200
#: The coarsest resolutions of scanners: fax machines (ITU-T T.4) have 204 x 98, 196 or 391 dpi.
_COARSEST, _COARSEST_ROWS = 100, 90
_MOST_UNEVEN = 5


def scales(
    page: tuple[float, float], scan_dpi: float | None, unit: float = 1.0
) -> tuple[float, ...]:
    """Return how many times as large as its points the paper of a page may be, the claim first.

    `page`: its width and height in points; `scan_dpi`: dots to an inch of 72 points, None where
    nothing is scanned; `unit`: its UserUnit.
    """
    long = max(*page, 0.01) / 72 * _MM
    claimed, dots = long * unit, long / _MM * (scan_dpi or 0)
    likely = _likely(page, dots)
    believed: tuple[float, ...]
    if claimed > _A2:
        believed = (likely,) if scan_dpi else (claimed,)
    elif claimed >= _A5 or scan_dpi and dots < _SCAN:
        believed = (claimed,)
    else:
        believed = (likely,) if claimed < _CARD else (claimed, likely)
    return tuple(each / long for each in believed)


def points(size: tuple[int, int], dpi: tuple[float, float] | None) -> tuple[float, float]:
    """Return the page, in points, of an image: by its resolution if that is credible, else as A4.

    Dots that are higher than wide stay so, whatever else is wrong with the resolution.
    """
    across, down = (float(dpi[0]), float(dpi[1])) if dpi else (0.0, 0.0)
    if not 0 < max(across, down) <= _MOST_UNEVEN * min(across, down):
        across = down = 1.0
    inches = size[0] / across, size[1] / down
    if not (_is_of_a_scanner(across, down) and _is_of_a_page(inches, max(size))):
        scale = _likely(inches, max(size)) / _MM / max(inches)
        inches = inches[0] * scale, inches[1] * scale
    return inches[0] * 72, inches[1] * 72


def _is_of_a_scanner(across: float, down: float) -> bool:
    return max(across, down) >= _COARSEST and min(across, down) >= _COARSEST_ROWS


def _is_of_a_page(inches: tuple[float, float], dots: int) -> bool:
    small = dots >= _SCAN and max(inches) * _MM < _CARD
    return not small and max(inches) < media.MAX_INCHES and min(inches) > 0.5


def _likely(sides: tuple[float, float], dots: float) -> float:
    """Return the longer side, in millimetres, of a sheet of this shape that fits on A4."""
    long, short = max(sides), max(min(sides), 0.01)
    length = min(_A4[1], _A4[0] * long / short)
    if long > _STRIP * short:
        length = max(length, min(dots / _STRIP_DPI, media.MAX_INCHES - 1) * _MM)
    return length
