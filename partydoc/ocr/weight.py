"""How much a PDF asks for, told before it is drawn: small files can hold endless work.

A content stream is weighed in bytes, unpacked and with every form, pattern and soft mask counted
as often as it is called, and so every letter of a font whose shapes are contents themselves
(Type 3); a picture of 50 pixels costs a renderer about as much as one byte.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import settings

from partydoc.document import Refusal
from partydoc.ocr import media, type3

#: Of one page; renderers take some twenty seconds for as much.
MOST_DRAWING = 64 << 20
#: Bytes that one packed stream may become; a font for all of Unicode has half of that.
_MOST_UNPACKED = 64 << 20
_PIXELS_A_BYTE = 50
#: A picture in the content itself is unpacked as a whole, and should be small.
_INLINE_PIXELS_A_BYTE = 5
#: What calling a form costs beside what it draws.
_CALLING = 100
#: How deep forms are drawn in forms (pdfium's own bound): a form that calls itself ends there.
_DEEPEST = 40
_DEFLATE_RATIO = 1032
_CALL = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(Do|gs|scn|SCN)\b")
_INLINE = re.compile(rb"\bBI\b(.{1,400}?)\bID\b", re.DOTALL)
_SIDE = re.compile(rb"/([WH])(?:idth|eight)?\s+(\d{1,9})\b")
_CATEGORIES = {b"Do": "/XObject", b"gs": "/ExtGState", b"scn": "/Pattern", b"SCN": "/Pattern"}
#: What packs pictures; in any other stream it is nonsense, and dangerous.
PICTURE_FILTERS = {"/JBIG2Decode", "/JPXDecode", "/DCTDecode", "/CCITTFaxDecode"}
_JPX_SIZE = b"\xff\x4f\xff\x51"


def limit_unpacking() -> None:
    """Let no stream in this process be unpacked to more than a document can need."""
    settings.set_qpdf_limits(flate_max_memory=_MOST_UNPACKED, run_length_max_memory=_MOST_UNPACKED)


def filters(stream: Any) -> list[str]:
    """Return the names of the filters that a stream passes through; none if it is no stream."""
    if not isinstance(stream, pikepdf.Stream):
        return []
    found: Any = stream.get("/Filter", [])
    return [_spelled(name) for name in (found if isinstance(found, pikepdf.Array) else [found])]


def _spelled(name: Any) -> str:
    try:
        return str(name)
    except UnicodeDecodeError:
        return ""  # no filter is called so


def refusal(pdf: pikepdf.Pdf) -> Refusal | None:
    """Say whether a PDF asks for more than a page or a document can be; None if it does not."""
    for number, page in enumerate(pdf.pages, 1):
        inches = _inches(page)
        if inches > media.MAX_INCHES:
            return Refusal("too-large", f"page {number}: {inches:.0f} inches")
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and (found := _refused_stream(item)):
            return found
    drawing, left = _Drawing(), media.MAX_ALL_PIXELS // _PIXELS_A_BYTE
    for number, page in enumerate(pdf.pages, 1):
        weight = drawing.of_page(page)
        left -= weight
        if weight > MOST_DRAWING or left < 0:
            return Refusal("resource-limit", f"page {number}: endless drawing")
    return None


def _inches(page: pikepdf.Page) -> float:
    """Return the longer side of a page."""
    left, bottom, right, top = map(float, page.mediabox)
    unit = float(page.obj.get("/UserUnit", 1))
    return max(abs(right - left), abs(top - bottom)) * unit / 72


def _refused_stream(stream: Any) -> Refusal | None:
    kinds = stream.get("/Type"), stream.get("/Subtype")
    if "/Image" in kinds:
        pixels = max(_declared_pixels(stream), _coded_pixels(stream))
        if pixels > media.MAX_PIXELS:
            return Refusal("too-large", f"{pixels // 1_000_000} megapixels")
    elif "/EmbeddedFile" not in kinds and _may_burst(stream) and _unpacked(stream) is None:
        return Refusal("resource-limit", f"stream {stream.objgen[0]}")
    return None


def _declared_pixels(picture: Any) -> int:
    try:
        return int(picture.get("/Width", 0)) * int(picture.get("/Height", 0))
    except (TypeError, ValueError):
        return 0  # not numbers: nothing will be drawn


def _coded_pixels(picture: Any) -> int:
    """Return the pixels that JPEG 2000 data speak of themselves, whatever the PDF says."""
    if filters(picture) != ["/JPXDecode"]:
        return 0
    data = picture.read_raw_bytes()
    start = data.find(_JPX_SIZE)
    if start < 0 or len(data) < start + 16:
        return 0
    width, height = struct.unpack_from(">II", data, start + 8)
    return int(width * height)


def _may_burst(stream: Any) -> bool:
    """Tell whether the packed bytes are enough to unpack to more than is allowed."""
    rounds = sum(name != "/ASCIIHexDecode" for name in filters(stream))
    try:
        packed = len(stream.get_raw_stream_buffer())
    except pikepdf.PdfError:
        return False  # not there
    return bool(rounds) and packed * _DEFLATE_RATIO**rounds > _MOST_UNPACKED


def _unpacked(stream: Any) -> bytes | None:
    """Return the bytes of a stream: none where they are damaged, None where they are too many."""
    if PICTURE_FILTERS & set(filters(stream)):
        return b""
    try:
        return bytes(stream.read_bytes(pikepdf.StreamDecodeLevel.specialized))
    except pikepdf.PdfError as error:
        return None if "memory limit" in str(error) else b""


class _Drawing:
    """Weighs what pages draw; forms that many pages share are weighed once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], tuple[int, Counter[tuple[bytes, bytes]]]] = {}
        self._weights: dict[tuple[int, int, int], int] = {}
        self._codes: dict[tuple[int, int], Counter[int]] = {}

    def of_page(self, page: pikepdf.Page) -> int:
        """Return the weight of a page."""
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
        return sum(self._orders(stream, page.resources, _DEEPEST) for stream in streams)

    def _called(self, stream: Any, resources: Any, depth: int) -> int:
        if not depth:
            return 0
        key = (*stream.objgen, depth)
        if key not in self._weights:
            if stream.get("/Subtype") == "/Image":
                self._weights[key] = _declared_pixels(stream) // _PIXELS_A_BYTE
            else:
                own = stream.get("/Resources", resources)
                self._weights[key] = min(self._orders(stream, own, depth), 2 * MOST_DRAWING)
        return self._weights[key]

    def _orders(self, stream: Any, resources: Any, depth: int) -> int:
        size, calls = self._reading(stream)
        called = sum(
            times * (_CALLING + self._called(called, resources, depth - 1))
            for (name, operator), times in calls.items()
            for called in _named(resources, _CATEGORIES[operator], name)
        )
        return size + called + self._written(stream, resources, depth)

    def _written(self, stream: Any, resources: Any, depth: int) -> int:
        """Return the weight of letters that are drawn, each in the font in which it is heaviest."""
        heaviest: Counter[int] = Counter()
        for font in type3.fonts(resources):
            own = font.get("/Resources", resources)
            for shape, codes in type3.shapes(font):
                weight = _CALLING + self._called(shape, own, depth - 1)
                heaviest |= Counter(dict.fromkeys(codes, weight))
        if not heaviest:
            return 0
        if stream.objgen not in self._codes:
            self._codes[stream.objgen] = type3.written(stream)
        return sum(times * heaviest[code] for code, times in self._codes[stream.objgen].items())

    def _reading(self, stream: Any) -> tuple[int, Counter[tuple[bytes, bytes]]]:
        if stream.objgen not in self._read:
            orders = _unpacked(stream) or b""
            inline = sum(map(_inline_pixels, _INLINE.findall(orders)))
            size = len(orders) + inline // _INLINE_PIXELS_A_BYTE
            self._read[stream.objgen] = size, Counter(_CALL.findall(orders))
        return self._read[stream.objgen]


def _inline_pixels(entries: bytes) -> int:
    """Return the pixels of a picture that stands in the content itself."""
    sides = dict(_SIDE.findall(entries))
    return int(sides.get(b"W", 0)) * int(sides.get(b"H", 0))


def _named(resources: Any, category: str, name: bytes) -> Iterator[Any]:
    """Yield what a name stands for in the resources, if it is something that draws."""
    names = resources.get(category) if isinstance(resources, pikepdf.Dictionary) else None
    key = "/" + name.decode("latin-1")
    found = names.get(key) if isinstance(names, pikepdf.Dictionary) else None
    if category == "/ExtGState" and isinstance(found, pikepdf.Dictionary):
        mask = found.get("/SMask")
        found = mask.get("/G") if isinstance(mask, pikepdf.Dictionary) else None
    if isinstance(found, pikepdf.Stream):
        yield found
