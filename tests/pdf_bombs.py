"""Writes PDFs that are small on disk and endless when opened, and some that only look so.

Each function writes one file into a folder and returns its path; `bombs.py` says how each ends.
"""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from handmade import endless, flat, packed, page, pdf, second_page, stream, write
from PIL import Image

HUGE = 60_000
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
_LINE = b"0 0 m 500 800 l S\n"


def giant_picture(folder: Path) -> Path:
    """A page of ordinary size with a picture of 60000 by 60000 dots."""
    size = b"/Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray" % (HUGE, HUGE)
    picture = endless(b"\0", b"/Type /XObject /Subtype /Image " + size)
    content = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    names = b"/XObject << /I 5 0 R >>"
    return write(folder, "giant-picture.pdf", page(content, picture, resources=names))


def giant_inline_picture(folder: Path) -> Path:
    """The same, written into the page itself."""
    start = b"q 595 0 0 842 0 0 cm BI /W %d /H %d /BPC 8 /CS /G /F /Fl ID " % (HUGE, HUGE)
    content = stream(start + packed(b"\0", 8) + b" EI Q")
    return write(folder, "inline.pdf", page(content))


def one_picture_many_times(folder: Path) -> Path:
    """One picture as large as is allowed, drawn three thousand times."""
    size = b"/Width 20000 /Height 25000 /BitsPerComponent 8 /ColorSpace /DeviceGray "
    picture = stream(packed(b"\0", 2), b"/Subtype /Image /Filter /FlateDecode " + size)
    content = stream(b"q 595 0 0 842 0 0 cm /I Do Q " * 3_000)
    names = b"/XObject << /I 5 0 R >>"
    return write(folder, "poster.pdf", page(content, picture, resources=names))


def endless_content(folder: Path) -> Path:
    """A page that draws lines for a gigabyte."""
    return write(folder, "content.pdf", page(endless(_LINE)))


def endless_second_page(folder: Path) -> Path:
    """The same behind a page that is empty."""
    return write(folder, "second.pdf", second_page(b"/Contents 5 0 R", endless(_LINE)))


def letters_without_end(folder: Path, size: int = 50_000, times: int = 30_000) -> Path:
    """A font whose one letter is drawn by so many fills, and a second page full of that letter."""
    letter = b"1000 0 d0 " + b"0 0 m 900 900 l 0 900 l f " * size
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] "
        b"/CharProcs << /a 7 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 "
        b"/LastChar 97 /Widths [1000] >>"
    )
    content = b"BT /F 400 Tf " + b"1 0 0 1 50 50 Tm (a) Tj " * times + b"ET"
    names = b"/Contents 5 0 R /Resources << /Font << /F 6 0 R >> >>"
    return write(folder, "letters.pdf", second_page(names, flat(content), font, flat(letter)))


def fine_tiling_behind(folder: Path) -> Path:
    """A page filled with tiles of a ten-thousandth of a point, behind one that is empty."""
    names = b"/Contents 5 0 R /Resources << /Pattern << /P 6 0 R >> >>"
    return write(folder, "tiling2.pdf", second_page(names, *_tiled()))


def packed_five_times(folder: Path) -> Path:
    """A content stream that is a small file in a small file in a small file."""
    content = packed(_LINE, 1024)
    for _ in range(4):
        content = zlib.compress(content, 9)
    filters = b"/Filter [" + b"/FlateDecode " * 5 + b"]"
    return write(folder, "five.pdf", page(stream(content, filters)))


def runs_of_spaces(folder: Path) -> Path:
    """A content stream in which each two bytes are 128 spaces, and they are packed as well."""
    content = zlib.compress(b"\x81 " * (4 << 20), 9)
    filters = b"/Filter [/FlateDecode /RunLengthDecode]"
    return write(folder, "runs.pdf", page(stream(content, filters)))


def one_content_many_times(folder: Path) -> Path:
    """A page that names one content of a megabyte ten thousand times."""
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [%s] >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        leaf % (b"4 0 R " * 10_000),
        stream(packed(_LINE, 1), b"/Filter /FlateDecode"),
    )
    return write(folder, "again.pdf", pdf(*objects))


def forms_in_forms(folder: Path) -> Path:
    """Thirty forms of which each draws the next one ten times."""
    calling = [
        stream(b"/F Do " * 10, _FORM + _named(b"/XObject", number)) for number in range(6, 35)
    ]
    forms = [*calling, stream(_LINE, _FORM)]
    names = b"/XObject << /F 5 0 R >>"
    return write(folder, "forms.pdf", page(stream(b"/F Do"), *forms, resources=names))


def _named(category: bytes, number: int) -> bytes:
    return b"/Resources << %s << /F %d 0 R >> >> " % (category, number)


def form_in_itself(folder: Path, calls: int = 2) -> Path:
    """A form that draws itself twice."""
    form = stream(b"/F Do " * calls + _LINE, _FORM + _named(b"/XObject", 5))
    names = b"/XObject << /F 5 0 R >>"
    return write(folder, "itself.pdf", page(stream(b"/F Do"), form, resources=names))


def masks_in_masks(folder: Path) -> Path:
    """Twenty transparency groups of which each is masked twice by the next one."""
    fill = b"q /G gs 0 0 595 842 re f Q "
    group = _FORM + b"/Group << /S /Transparency >> "
    mask = b"/Resources << /ExtGState << /G << /SMask << /S /Luminosity /G %d 0 R >> >> >> >>"
    masked = [stream(fill * 2, group + mask % number) for number in range(6, 25)]
    forms = [*masked, stream(b"0 0 595 842 re f", group)]
    names = b"/XObject << /F 5 0 R >>"
    return write(folder, "masks.pdf", page(stream(b"/F Do"), *forms, resources=names))


def endless_font(folder: Path) -> Path:
    """A font program of a gigabyte."""
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /F /FontDescriptor 6 0 R >>"
    descriptor = b"<< /Type /FontDescriptor /FontName /F /Flags 4 /FontFile2 7 0 R >>"
    content = stream(b"BT /F 12 Tf 50 50 Td (abc) Tj ET")
    names = b"/Font << /F 5 0 R >>"
    objects = (content, font, descriptor, endless(b"\0\1\0\0"))
    return write(folder, "font.pdf", page(*objects, resources=names))


def endless_stamp(folder: Path) -> Path:
    """A stamp annotation that is drawn for a gigabyte."""
    stamp = b"<< /Type /Annot /Subtype /Stamp /Rect [0 0 99 99] /AP << /N 6 0 R >> >>"
    content = page(stream(b""), stamp, endless(_LINE, _FORM), entries=b"/Annots [5 0 R]")
    return write(folder, "stamp.pdf", content)


def endless_objects(folder: Path) -> Path:
    """An object stream of a gigabyte; the page needs something out of it."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 5 0 R >>",
        4: endless(b"1 0 ", b"/Type /ObjStm /N 100 /First 1000"),
    }
    out, rows = bytearray(b"%PDF-1.7\n"), bytearray(6)
    for number, content in objects.items():
        rows += struct.pack(">BIB", 1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows += struct.pack(">BIB", 2, 4, 0) + struct.pack(">BIB", 1, len(out), 0)
    table = stream(bytes(rows), b"/Type /XRef /W [1 4 1] /Size 7 /Root 1 0 R")
    out += b"6 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))
    return write(folder, "objects.pdf", bytes(out))


def one_page_many_times(folder: Path) -> Path:
    """A document that names one page a hundred thousand times."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 100000 /Kids [" + b"3 0 R " * 100_000 + b"] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    return write(folder, "pages.pdf", pdf(*objects))


def giant_jpeg2000(folder: Path, side: int = HUGE) -> Path:
    """A PDF that says its picture has 100 by 100 dots; the picture says 60000 by 60000."""
    out = io.BytesIO()
    Image.new("L", (64, 64)).save(out, "JPEG2000", no_jp2=True)
    data = bytearray(out.getvalue())
    struct.pack_into(">II", data, 8, side, side)
    size = b"/Subtype /Image /Width 100 /Height 100 /Filter /JPXDecode"
    content = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    names = b"/XObject << /I 5 0 R >>"
    return write(folder, "jpx.pdf", page(content, stream(bytes(data), size), resources=names))


def one_poster_on_each_page(folder: Path) -> Path:
    """A PDF whose thousand pages show the same picture, as large as is allowed."""
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>"
    size = b"/Width 20000 /Height 25000 /BitsPerComponent 8 /ColorSpace /DeviceGray "
    kids = b" ".join(b"%d 0 R" % number for number in (3, *range(6, 1005)))
    shown = leaf % b"/Resources << /XObject << /I 5 0 R >> >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1000 /Kids [%s] >>" % kids,
        shown,
        stream(b"q 595 0 0 842 0 0 cm /I Do Q"),
        stream(packed(b"\0", 2), b"/Subtype /Image /Filter /FlateDecode " + size),
        *[shown] * 999,
    )
    return write(folder, "posters.pdf", pdf(*objects))


def deep_array(folder: Path) -> Path:
    """A page with an array in an array in an array, a hundred thousand times."""
    entry = b"/X " + b"[" * 100_000 + b"]" * 100_000
    return write(folder, "array.pdf", page(stream(_LINE), entries=entry))


def fine_tiling(folder: Path) -> Path:
    """A page that is filled with tiles of a ten-thousandth of a point."""
    return write(folder, "tiling.pdf", page(*_tiled(), resources=b"/Pattern << /P 5 0 R >>"))


def _tiled() -> tuple[bytes, bytes]:
    tile = b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 "
    pattern = stream(b"0 0 m 1 1 l S", tile + b"/Resources << >>")
    return stream(b"/Pattern cs /P scn 0 0 595 842 re f"), pattern


def long_program(folder: Path) -> Path:
    """A shading whose colours are computed by a program of twenty thousand steps."""
    program = stream(
        b"{ " + b"pop 0 " * 20_000 + b" dup dup }",
        b"/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]",
    )
    shading = (
        b"<< /ShadingType 1 /ColorSpace /DeviceRGB /Matrix [595 0 0 842 0 0] /Function 6 0 R >>"
    )
    names = b"/Shading << /S 5 0 R >>"
    content = stream(b"/S sh " * 1000)
    return write(folder, "program.pdf", page(content, shading, program, resources=names))


def form_in_itself_once(folder: Path) -> Path:
    """A form that draws itself once: renderers stop at some depth."""
    return form_in_itself(folder, calls=1)
