"""Writes files that no archive wants, and good documents with names that break programs.

Each function writes one thing into a folder and returns its path. Everything is made here;
`DAMAGED`, `UNUSUAL` and `ODD_NAMES` gather the functions for parametrised tests.
"""

from __future__ import annotations

import io
import os
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import bombs
import handmade
import pdf_bombs
import pikepdf
from paper import jpeg, party_page, save_scan_pdf
from PIL import Image

PASSWORD = "mật khẩu thử"


@cache
def good_jpeg() -> bytes:
    """Return a readable page as a small JPEG."""
    return jpeg(party_page(dpi=100).convert("L"), dpi=100)


@cache
def good_pdf() -> bytes:
    """Return the same page as a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "good.pdf")
        save_scan_pdf([party_page(dpi=100).convert("L")], path, dpi=100)
        return path.read_bytes()


def _write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def empty(folder: Path) -> Path:
    """A file of zero bytes."""
    return _write(folder, "empty.pdf", b"")


def zip_named_pdf(folder: Path) -> Path:
    """A ZIP archive that calls itself a PDF."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("nghị quyết.txt", "không phải là PDF")
    return _write(folder, "zip.pdf", out.getvalue())


def truncated_pdf(folder: Path) -> Path:
    """A PDF whose copying stopped half way through its only picture."""
    content = good_pdf()
    return _write(folder, "truncated.pdf", content[: len(content) // 2])


def corrupt_page_tree_pdf(folder: Path) -> Path:
    """A PDF that is whole but whose page tree leads back into itself."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Pages /Count 1 /Kids [2 0 R] /Parent 2 0 R >>",
    )
    return _write(folder, "page-tree.pdf", handmade.pdf(*objects))


def password_pdf(folder: Path) -> Path:
    """A PDF that nobody can open without its password."""
    return _encrypted(folder, "password.pdf", user=PASSWORD)


def owner_password_pdf(folder: Path) -> Path:
    """A PDF that everybody can open but, says its owner's password, nobody may change."""
    return _encrypted(folder, "owner-password.pdf", user="")


def _encrypted(folder: Path, name: str, user: str) -> Path:
    path = folder / name
    with pikepdf.open(io.BytesIO(good_pdf())) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user=user, owner=PASSWORD + " 2"))
    return path


def jpeg_named_pdf(folder: Path) -> Path:
    """A JPEG that calls itself a PDF."""
    return _write(folder, "picture.pdf", good_jpeg())


def truncated_jpeg(folder: Path) -> Path:
    """A JPEG of which the lower half is missing."""
    return _write(folder, "truncated.jpg", good_jpeg()[: len(good_jpeg()) // 2])


def bomb_png(folder: Path) -> Path:
    """A PNG of a few bytes that claims to be 60000 by 60000 dots."""
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b""))
    content = b"\x89PNG\r\n\x1a\n"
    for kind, data in parts:
        check = zlib.crc32(kind + data)
        content += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
    return _write(folder, "bomb.png", content)


def rgba_png(folder: Path) -> Path:
    """A page with a transparent ground."""
    page = party_page(dpi=100).convert("RGBA")
    page.putalpha(page.convert("L").point(lambda v: 255 - v))
    path = folder / "rgba.png"
    page.save(path, dpi=(100, 100))
    return path


def sixteen_bit_tiff(folder: Path) -> Path:
    """A page in 65536 greys."""
    page = party_page(dpi=100).convert("L")
    wide = Image.frombytes("I;16", page.size, bytes(b for v in page.tobytes() for b in (v, v)))
    path = folder / "sixteen-bit.tif"
    wide.save(path, dpi=(100, 100))
    return path


def cmyk_jpeg(folder: Path) -> Path:
    """A page in printing inks."""
    path = folder / "cmyk.jpg"
    party_page(dpi=100).convert("CMYK").save(path, quality=70, dpi=(100, 100))
    return path


def fifo(folder: Path) -> Path:
    """A named pipe; whoever opens it to read waits for ever."""
    path = folder / "fifo.pdf"
    os.mkfifo(path)
    return path


def symlink(folder: Path) -> Path:
    """A symbolic link to a good document outside the folder's own files."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    path = folder / "link.pdf"
    path.symlink_to(_write(elsewhere, "target.dat", good_pdf()))
    return path


def newline_name(folder: Path) -> Path:
    """A good document with a line break in its name."""
    return _write(folder, "hai\ndòng.pdf", good_pdf())


def nfd_name(folder: Path) -> Path:
    """A good document whose name is in decomposed Unicode, as a Mac writes it."""
    return _write(folder, unicodedata.normalize("NFD", "nghị quyết đảng uỷ.pdf"), good_pdf())


def invalid_utf8_name(folder: Path) -> Path:
    """A good document whose name is no text at all."""
    return _write(folder, os.fsdecode(b"van-ban-\xff\xfe.pdf"), good_pdf())


def long_name(folder: Path) -> Path:
    """A good document with a name of 250 bytes."""
    return _write(folder, "đ" * 123 + ".pdf", good_pdf())


def dash_name(folder: Path) -> Path:
    """A good document whose name looks like an option."""
    return _write(folder, "-rf.pdf", good_pdf())


Writer = Callable[[Path], Path]

#: What cannot be taken in.
DAMAGED: tuple[Writer, ...] = (
    empty, zip_named_pdf, truncated_pdf, corrupt_page_tree_pdf, password_pdf, truncated_jpeg,
    bomb_png, fifo, symlink, pdf_bombs.giant_picture, pdf_bombs.endless_second_page,
    pdf_bombs.forms_in_forms, bombs.tiff_of_many_pages, bombs.endless_comment,
)  # fmt: skip

#: Rare, and all the same to be taken in.
UNUSUAL: tuple[Writer, ...] = (
    owner_password_pdf, jpeg_named_pdf, rgba_png, sixteen_bit_tiff, cmyk_jpeg,
)  # fmt: skip

#: Good documents under names that break programs.
ODD_NAMES: tuple[Writer, ...] = (
    newline_name, nfd_name, invalid_utf8_name, long_name, dash_name,
)  # fmt: skip
