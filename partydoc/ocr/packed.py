"""A picture packed as a PDF holds it, and a page of a PDF that is this picture."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

#: Rows that are packed at a time.
_BAND = 256
#: Of a grainy A4 page in colour at 300 dpi the first level packs 26 MB in 0.5 s of processor time;
#: a PNG, which looks for the best of five filters a row, takes 1.6 s and is 2 % smaller.
_LEVEL, _MEMORY = 1, 9
#: By the number of colours.
_SPACES = {1: Name.DeviceGray, 3: Name.DeviceRGB}
_PROFILES = {1: b"GRAY", 3: b"RGB "}


@dataclass(frozen=True)
class Packed:
    """The data of a picture of one bit or eight a dot and colour, its size in dots, how it is
    unpacked (the entries of its dictionary), and an ICC profile for its colours.
    """

    data: bytes
    size: tuple[int, int]
    colours: int
    unpacking: Mapping[str, Any]
    bits: int = 8
    profile: bytes | None = field(default=None, repr=False)

    def write(self, points: tuple[float, float], into: Path, turn: int = 0) -> None:
        """Write a PDF of one page of this size, turned clockwise by so many degrees when shown."""
        with pikepdf.new() as pdf:
            image = pdf.make_stream(
                self.data, Type=Name.XObject, Subtype=Name.Image, BitsPerComponent=self.bits,
                Width=self.size[0], Height=self.size[1], ColorSpace=self._space(pdf),
                **self.unpacking,
            )  # fmt: skip
            page = pdf.add_blank_page(page_size=points)
            page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
            orders = "q {:.4f} 0 0 {:.4f} 0 0 cm /Im0 Do Q".format(*points)
            page.obj.Contents = pdf.make_stream(orders.encode())
            page.obj.Rotate = turn
            pdf.save(into)

    def _space(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        plain = _SPACES[self.colours]
        if not self.profile or self.profile[16:20] != _PROFILES[self.colours]:
            return plain
        profile = pdf.make_stream(self.profile, N=self.colours, Alternate=plain)
        return Array([Name.ICCBased, profile])


def flat(image: Image.Image) -> Packed:
    """Pack a picture of mode L or RGB without loss, in as little time as that takes."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, _MEMORY, _strategy(image))
    data = BytesIO()
    for band in _bands(image):
        data.write(packer.compress(band))
    data.write(packer.flush())
    profile = image.info.get("icc_profile")
    unpacking = {"Filter": Name.FlateDecode}
    return Packed(data.getvalue(), image.size, len(image.mode), unpacking, profile=profile)


def _bands(image: Image.Image) -> Iterator[bytes]:
    for top in range(0, image.height, _BAND):
        yield image.crop((0, top, image.width, min(top + _BAND, image.height))).tobytes()


def _strategy(image: Image.Image) -> int:
    """Return how to pack: in grain nothing is found twice, and not to look for it is faster."""
    middle = image.height // 2
    band = image.crop((0, middle, image.width, min(middle + _BAND // 4, image.height))).tobytes()
    sizes = {
        strategy: len(zlib.compressobj(_LEVEL, strategy=strategy).compress(band) or b"")
        for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY)
    }
    return min(sizes, key=sizes.__getitem__)
