"""Whole PDFs of one blank page, made by hand: as many as wanted, each with bytes of its own."""

from __future__ import annotations


def leaf(number: int, size: int = 0) -> bytes:
    """Return a PDF with a number of its own, `size` bytes longer than it has to be.

    Whatever of its end is missing, no reader takes it for whole.
    """
    drawn = b"%% leaf %d\n" % number + (b"% " + b"x" * 61 + b"\n") * (size // 64)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 421] /Resources << >> /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
    )
    out, places = b"%PDF-1.7\n", []
    for at, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (at, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 5\n0000000000 65535 f \n%btrailer << /Size 5 /Root 1 0 R >>\n" % table
    return out + tail + b"startxref\n%d\n%%%%EOF\n" % len(out)
