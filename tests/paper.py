"""Draws pages for tests, with the code that draws the samples.

`party_page(type="Báo cáo", symbol="BC/ĐU")` is a clean page; `seal`, `stamp`, `arrival_stamp`,
`sign` put ink on it (places in millimetres); `skew`, `noise`, `shadow`, `yellow`, `scanned` age
it; `save_scan_pdf` and `save_tiff` write it.
"""

from __future__ import annotations

from drawing.draft import Draft
from drawing.ink import handwrite, sign
from drawing.page import PARTY, STATE, pages, party_page, state_page, text_lines
from drawing.scan import (
    bilevel,
    blur,
    jpeg,
    noise,
    paper,
    save_scan_pdf,
    save_tiff,
    scanned,
    shadow,
    skew,
    yellow,
)
from drawing.stamps import arrival_stamp, seal, stamp

__all__ = [
    "PARTY",
    "STATE",
    "Draft",
    "arrival_stamp",
    "bilevel",
    "blur",
    "handwrite",
    "jpeg",
    "noise",
    "pages",
    "paper",
    "party_page",
    "save_scan_pdf",
    "save_tiff",
    "scanned",
    "seal",
    "shadow",
    "sign",
    "skew",
    "stamp",
    "state_page",
    "text_lines",
    "yellow",
]
