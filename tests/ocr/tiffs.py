"""TIFFs put together by hand: strips that were packed elsewhere, and what is said of them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

#: Numbers of tags (TIFF 6.0).
WIDTH, LENGTH, BITS, COMPRESSION, PHOTOMETRIC, FILL_ORDER = 256, 257, 258, 259, 262, 266
OFFSETS, ORIENTATION, SAMPLES, ROWS, COUNTS = 273, 274, 277, 278, 279
X_RESOLUTION, Y_RESOLUTION, PROFILE = 282, 283, 34675
_SHORT, _LONG, _RATIONAL, _UNDEFINED = 3, 4, 5, 7
_FORMATS = {_SHORT: "H", _LONG: "I", _RATIONAL: "I", _UNDEFINED: "B"}
_KINDS = {OFFSETS: _LONG, COUNTS: _LONG, WIDTH: _LONG, LENGTH: _LONG, ROWS: _LONG,
          X_RESOLUTION: _RATIONAL, Y_RESOLUTION: _RATIONAL, PROFILE: _UNDEFINED}  # fmt: skip


def write(
    path: Path, strips: Sequence[bytes], said: dict[int, Sequence[int]], *, once: bool = False
) -> Path:
    """Write a TIFF of one page of 100 dpi; `once`: all strips are said to lie in one place."""
    data = bytearray(b"II*\0\0\0\0\0")
    places = []
    for strip in strips:
        places.append(8 if once else len(data))
        if not once or len(places) == 1:
            data += strip + b"\0" * (len(strip) % 2)
    tags = {OFFSETS: places, COUNTS: [len(strip) for strip in strips],
            X_RESOLUTION: (100, 1), Y_RESOLUTION: (100, 1), **said}  # fmt: skip
    entries = []
    for tag, values in sorted(tags.items()):
        kind = _KINDS.get(tag, _SHORT)
        packed = struct.pack(f"<{len(values)}{_FORMATS[kind]}", *values)
        count = len(values) // (2 if kind == _RATIONAL else 1)
        if len(packed) > 4:
            place = len(data)
            data += packed + b"\0" * (len(packed) % 2)
            packed = struct.pack("<I", place)
        entries.append(struct.pack("<HHI", tag, kind, count) + packed.ljust(4, b"\0"))
    data[4:8] = struct.pack("<I", len(data))
    data += struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)
    path.write_bytes(data)
    return path


def jpeg_strips(image: Image.Image, rows: int, **how: object) -> list[bytes]:
    """Pack strips of so many rows, each by itself, as JPEG."""
    strips = []
    for top in range(0, image.height, rows):
        buffer = BytesIO()
        image.crop((0, top, image.width, min(top + rows, image.height))).save(
            buffer, "JPEG", **{"quality": 80, "subsampling": 2, **how}
        )
        strips.append(buffer.getvalue())
    return strips


def of_jpeg(path: Path, image: Image.Image, rows: int, **how: object) -> Path:
    """Write a TIFF of JPEG strips as scanners do: YCbCr, or grey."""
    return write(path, jpeg_strips(image, rows, **how), said_of(image, rows))


def said_of(image: Image.Image, rows: int) -> dict[int, Sequence[int]]:
    """Return what a TIFF says of an image in JPEG strips of so many rows."""
    samples = len(image.getbands())
    return {
        WIDTH: [image.width], LENGTH: [image.height], BITS: [8] * samples, COMPRESSION: [7],
        PHOTOMETRIC: [6 if samples == 3 else 1], SAMPLES: [samples], ROWS: [rows],
    }  # fmt: skip
