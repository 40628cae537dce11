"""Writes PDFs by hand, with what no library would write."""

from __future__ import annotations

import zlib
from pathlib import Path

_BLOCK = 1 << 20


def pdf(*objects: bytes) -> bytes:
    """Return a PDF of objects numbered from 1, of which the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def page(content: bytes, *more: bytes, resources: bytes = b"", entries: bytes = b"") -> bytes:
    """Return a PDF of one A4 page; `content` is object 4, `more` are 5, 6, …"""
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        leaf + b"/Resources << %s >> %s >>" % (resources, entries),
        content,
        *more,
    )


def second_page(entries: bytes, *more: bytes) -> bytes:
    """Return a PDF of an empty page and one with these entries; `more` are objects 5, 6, …"""
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
        leaf % b"",
        leaf % entries,
        *more,
    )


def flat(content: bytes) -> bytes:
    """Return a stream object, packed by Flate."""
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode")


def packed(unit: bytes, megabytes: int) -> bytes:
    """Return `unit`, over and over, packed by Flate: one block is packed and its bytes repeated."""
    block = unit * (_BLOCK // len(unit))
    packer = zlib.compressobj(9)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1) + packer.flush()


def endless(unit: bytes, entries: bytes = b"") -> bytes:
    """Return a stream of some kilobytes that unpacks to a gigabyte."""
    content = zlib.compress(packed(unit, 1024), 9)
    return stream(content, b"/Filter [/FlateDecode /FlateDecode] " + entries)


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
