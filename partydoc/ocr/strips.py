"""What a TIFF holds and a PDF can hold as well: dots packed as JPEG or as CCITT G4, as they are.

The numbers of tags and what they say are those of TIFF 6.0 and of Adobe's Technical Note 2 of 1995
(JPEG, compression 7).
"""

from __future__ import annotations

from collections.abc import Sequence
from io import SEEK_END, BytesIO
from typing import Any, BinaryIO

from pikepdf import Dictionary, Name
from PIL import Image

from partydoc.ocr import jpeg
from partydoc.ocr.packed import Packed

_WIDTH, _LENGTH, _COMPRESSION, _PHOTOMETRIC = 256, 257, 259, 262
_FILL_ORDER, _OFFSETS, _ROWS, _COUNTS = 266, 273, 278, 279
_PLANES, _T6_OPTIONS, _EXTRA, _TABLES = 284, 293, 338, 347
_G4, _JPEG = 4, 7
_WHITE_IS_0, _BLACK_IS_0, _RGB, _YCBCR = 0, 1, 2, 6
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def of(frame: Any, file: BinaryIO) -> Packed | None:
    """Return what the file holds of a frame of a TIFF; None where a PDF cannot hold it so.

    The frame is Pillow's, at which nobody has looked yet.
    """
    tags = frame.tag_v2
    take = {_G4: _g4, _JPEG: _jpeg}.get(tags.get(_COMPRESSION))
    if not take or tags.get(_PLANES, 1) != 1 or tags.get(_EXTRA):
        return None
    strips = _strips(tags, file)
    return take(frame, strips) if strips else None


def g4(image: Image.Image) -> Packed:
    """Pack a picture of mode 1 as CCITT G4."""
    buffer = BytesIO()
    size = (image.width + 7) // 8 * image.height
    image.save(buffer, "TIFF", compression="group4", strip_size=size)
    with Image.open(buffer) as frame:
        packed = of(frame, buffer)
    assert packed
    return packed


def _strips(tags: Any, file: BinaryIO) -> list[bytes]:
    """Return the packed strips; none where one is not there, or not as long as it should be."""
    offsets, counts = tags.get(_OFFSETS, ()), tags.get(_COUNTS, ())
    if not all(isinstance(number, int) for number in (*offsets, *counts, _rows(tags))):
        return []
    wanted = -(-tags[_LENGTH] // max(_rows(tags), 1))
    # Many strips may be said to lie in one place, to fill the memory.
    if not wanted == len(offsets) == len(counts) or sum(counts) > file.seek(0, SEEK_END):
        return []
    strips = []
    for offset, count in zip(offsets, counts, strict=True):
        file.seek(offset)
        strips.append(file.read(count))
        if not count or len(strips[-1]) < count:
            return []
    return strips


def _rows(tags: Any) -> Any:
    return tags.get(_ROWS, tags[_LENGTH])


def _g4(frame: Any, strips: Sequence[bytes]) -> Packed | None:
    """Return the only strip: each begins anew as if after white, so they cannot be joined."""
    tags = frame.tag_v2
    photometric = tags.get(_PHOTOMETRIC)
    plain = frame.mode == "1" and not tags.get(_T6_OPTIONS)
    if len(strips) > 1 or not plain or photometric not in (_WHITE_IS_0, _BLACK_IS_0):
        return None
    width, height = tags[_WIDTH], tags[_LENGTH]
    data = strips[0].translate(_MIRRORED) if tags.get(_FILL_ORDER) == 2 else strips[0]
    black = photometric == _BLACK_IS_0
    how = Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=black)
    unpacking = {"Filter": Name.CCITTFaxDecode, "DecodeParms": how}
    return Packed(data, (width, height), 1, unpacking, bits=1)


def _jpeg(frame: Any, strips: Sequence[bytes]) -> Packed | None:
    tags = frame.tag_v2
    photometric, tables = tags.get(_PHOTOMETRIC), tags.get(_TABLES, b"")
    colours = {_BLACK_IS_0: 1, _RGB: 3, _YCBCR: 3}.get(photometric)
    if not colours or not isinstance(tables, bytes):
        return None
    size = tags[_WIDTH], tags[_LENGTH]
    told = jpeg.Told(size, _rows(tags), colours, photometric == _YCBCR)
    try:
        data = jpeg.joined(tables, strips, told)
    except jpeg.Broken:
        return None
    profile = frame.info.get("icc_profile")
    return Packed(data, size, colours, {"Filter": Name.DCTDecode}, profile=profile)
