"""Files that were whole once, each with some of its bytes changed; always the same ones.

What is changed is drawn from a seed: bits, blocks, figures, the end. Most of the files that it is
done to are small, so that reading what is still whole does not take long.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image, ImageDraw

_SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "scans"
#: One in so many is a copy of a sample, a whole page as it comes from a scanner.
_ONE_IN = 6
_TEXT = ("ĐẢNG ỦY XÃ HƯƠNG CAU", "Số 12-NQ/ĐU", "NGHỊ QUYẾT", "về xây dựng thư viện xã")
_HEAD = 1024

Change = Callable[[bytearray, random.Random], None]


def mutants(folder: Path, count: int, seed: int) -> Iterator[Path]:
    """Write so many changed files into a folder, named after what was done to what."""
    small, whole = _small(), {path.name: path.read_bytes() for path in _samples()}
    chosen = random.Random(seed)
    for number in range(count):
        sources = whole if whole and number % _ONE_IN == 0 else small
        name = chosen.choice(sorted(sources))
        change = chosen.choice(_CHANGES)
        data = bytearray(sources[name])
        for _ in range(chosen.choice((1, 1, 2, 5))):
            change(data, chosen)
        path = folder / f"{number:04}-{change.__name__[1:]}-{name}"
        path.write_bytes(data)
        yield path


def _samples() -> list[Path]:
    return sorted(_SAMPLES.glob("*.pdf"))


def _small() -> dict[str, bytes]:
    """Return small pages in every form that is taken in."""
    grey = Image.new("L", (620, 300), 255)
    draw = ImageDraw.Draw(grey)
    for row, line in enumerate(_TEXT):
        draw.text((30, 30 + 50 * row), line, fill=0, font_size=24)
    colour, bits = grey.convert("RGB"), grey.convert("1")
    made = {
        "grey.jpg": _saved(grey, "JPEG"),
        "colour.jpg": _saved(colour, "JPEG", progressive=True),
        "cmyk.jpg": _saved(colour.convert("CMYK"), "JPEG"),
        "grey.png": _saved(grey, "PNG"),
        "palette.png": _saved(colour.convert("P"), "PNG"),
        "fax.tif": _saved(bits, "TIFF", compression="group4"),
        "lzw.tif": _saved(colour, "TIFF", compression="tiff_lzw"),
        "pages.tif": _saved(grey, "TIFF", save_all=True, append_images=[colour, bits]),
        "grey.bmp": _saved(grey, "BMP"),
        "colour.webp": _saved(colour, "WEBP"),
        "grey.jp2": _saved(grey, "JPEG2000"),
        "palette.gif": _saved(colour.convert("P"), "GIF"),
    }  # fmt: skip
    for name in ("grey.jpg", "grey.png", "fax.tif"):
        made[name.partition(".")[0] + name[-3:] + ".pdf"] = _bound(made[name])
    return made


def _bound(picture: bytes) -> bytes:
    """Return a PDF of a picture, the same whenever it is made."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(img2pdf.convert(picture, nodate=True))) as pdf:
        del pdf.trailer["/ID"]
        pdf.save(out, deterministic_id=True, linearize=True)
    return out.getvalue()


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _at(data: bytearray, chosen: random.Random) -> int:
    """Choose a place; in a fourth of all cases at the head, where the formats speak."""
    most = len(data) if chosen.random() < 0.75 else min(len(data), _HEAD)
    return chosen.randrange(max(most, 1))


def _bits(data: bytearray, chosen: random.Random) -> None:
    for _ in range(chosen.choice((1, 4, 32))):
        if data:
            data[_at(data, chosen)] ^= 1 << chosen.randrange(8)


def _noise(data: bytearray, chosen: random.Random) -> None:
    start, length = _at(data, chosen), chosen.choice((4, 64, 512))
    data[start : start + length] = chosen.randbytes(length)


def _zeroes(data: bytearray, chosen: random.Random) -> None:
    start, length = _at(data, chosen), chosen.choice((4, 512, 4096))
    data[start : start + length] = bytes(min(length, len(data) - start))


def _gone(data: bytearray, chosen: random.Random) -> None:
    start = _at(data, chosen)
    del data[start : start + chosen.choice((1, 16, 1024))]


def _twice(data: bytearray, chosen: random.Random) -> None:
    start = _at(data, chosen)
    data[start:start] = data[start : start + chosen.choice((16, 1024))]


def _cut(data: bytearray, chosen: random.Random) -> None:
    del data[_at(data, chosen) :]


def _figures(data: bytearray, chosen: random.Random) -> None:
    """Change numbers that are written out: places, lengths, sizes of a PDF."""
    found = list(re.finditer(rb"\d{1,10}", bytes(data)))
    if found:
        number = chosen.choice(found)
        other = chosen.choice((b"0", b"-1", b"1", b"2147483648", b"99999999999999999999", b"1e9"))
        data[number.start() : number.end()] = other


def _extremes(data: bytearray, chosen: random.Random) -> None:
    """Put the largest and smallest numbers of binary formats in the place of others."""
    start = _at(data, chosen)
    other = chosen.choice((b"\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"))
    data[start : start + len(other)] = other


_CHANGES: tuple[Change, ...] = (
    _bits, _noise, _zeroes, _gone, _twice, _cut, _figures, _extremes,
)  # fmt: skip
