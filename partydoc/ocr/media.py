"""What a file is, by its first bytes: the kinds that are taken in, and names for what is not."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of file that can be a document; `extensions[0]` is the one we write."""

    media_type: str
    extensions: tuple[str, ...]


PDF = Kind("application/pdf", ("pdf",))

#: By Pillow's name of the format. MPO is what phones write: a JPEG with a second picture behind.
IMAGES = {
    "JPEG": Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
    "MPO": Kind("image/jpeg", ("jpg", "jpeg", "jpe", "mpo")),
    "PNG": Kind("image/png", ("png",)),
    "TIFF": Kind("image/tiff", ("tif", "tiff")),
    "BMP": Kind("image/bmp", ("bmp", "dib")),
    "WEBP": Kind("image/webp", ("webp",)),
    "GIF": Kind("image/gif", ("gif",)),
    "JPEG2000": Kind("image/jp2", ("jp2", "j2k", "jpx", "jpf")),
}

#: What Pillow is asked to try; it recognises an MPO as a JPEG first.
FORMATS = tuple(name for name in IMAGES if name != "MPO")

#: More pixels than an A0 sheet at 600 dpi are refused before anything is decoded.
MAX_PIXELS = 19_866 * 28_087
#: No image is longer: 200 inches, as long as a page can be, at 250 dpi.
MAX_SIDE = 50_000
MAX_PAGES = 2_000
#: All pages together: as many as are allowed, A3 at 600 dpi.
MAX_ALL_PIXELS = MAX_PAGES * 7_016 * 9_921
#: The longest side of a page that PDF allows, in inches.
MAX_INCHES = 200.0

_IMAGE_STARTS = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"II*\0",
    b"MM\0*",
    b"II+\0",
    b"MM\0+",
    b"BM",
    b"GIF87a",
    b"GIF89a",
    b"\0\0\0\x0cjP  ",
    b"\xff\x4f\xff\x51",
)
_OTHER_STARTS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"%!PS", "postscript"),
    (b"<?xml", "xml"),
    (b"<", "html"),
)


def is_too_large(size: tuple[int, int]) -> bool:
    """Tell whether an image, by its size in pixels, can be no page."""
    return size[0] * size[1] > MAX_PIXELS or max(size) > MAX_SIDE


def is_pdf(head: bytes) -> bool:
    """Tell whether the first kilobyte holds the mark of a PDF."""
    return b"%PDF-" in head[:1024]


def is_image(head: bytes) -> bool:
    """Tell whether the first bytes are those of an image we take."""
    return head.startswith(_IMAGE_STARTS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def name_of_other(head: bytes) -> str:
    """Name a file that is no document: `zip`, `docx`, `ole`, `text`, `unknown`, …"""
    for start, name in _OTHER_STARTS:
        if head.startswith(start):
            return _office_name(head) if name == "zip" else name
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return "text" if error.start > len(head) - 4 else "unknown"
    return "unknown" if b"\0" in head else "text"


def _office_name(head: bytes) -> str:
    for mark, name in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
        if mark in head:
            return name
    return "zip"
