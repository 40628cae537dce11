"""The working copy: a plain PDF made of whatever came in, which becomes the access copy.

The original is never touched. The working copy has no password, no signature, no scripts, no
attachments and no form; its pages end where the viewer ends them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import img2pdf
import pikepdf
import pypdfium2
from pikepdf import sanitize
from PIL import Image, ImageOps, ImageSequence

from partydoc.ocr import media, picture

_A4_INCHES = (8.27, 11.69)
_CREDIBLE_DPI = (100, 2400)
_PAGE_KEYS = {
    "/Type", "/Parent", "/Resources", "/MediaBox", "/Contents", "/Rotate", "/UserUnit",
    "/Group", "/Annots",
}  # fmt: skip
_TRANSPOSED_AS_IS = (1, 3, 6, 8)


class DynamicForm(Exception):
    """The pages of the file exist only in the program that fills in its form (dynamic XFA)."""


def make(original: Path, media_type: str, into: Path) -> None:
    """Write the working copy of a PDF or an image to `into`."""
    Image.MAX_IMAGE_PIXELS = media.MAX_PIXELS
    if media_type == media.PDF.media_type:
        _from_pdf(original, into)
    else:
        _from_image(original, into)


def _from_pdf(original: Path, into: Path) -> None:
    """Take over the pages alone: scripts, attachments, forms and private data stay behind."""
    with pikepdf.open(original) as pdf, pikepdf.new() as fresh:
        if pdf.Root.get("/NeedsRendering", False):
            raise DynamicForm
        _flatten(pdf)
        sanitize.remove_javascript(pdf)
        fresh.pages.extend(pdf.pages)
        for page in fresh.pages:
            _crop(page)
            for key in set(page.obj.keys()) - _PAGE_KEYS:
                del page.obj[key]
        fresh.save(into)


def _flatten(pdf: pikepdf.Pdf) -> None:
    """Draw form fields and signature pictures into the page, then let the form go."""
    if "/AcroForm" not in pdf.Root:
        return
    with suppress(pikepdf.PdfError, ValueError, TypeError):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")
    with suppress(KeyError):
        del pdf.Root["/AcroForm"]


def _crop(page: pikepdf.Page) -> None:
    box = [float(side) for side in page.cropbox]
    media_box = [float(side) for side in page.mediabox]
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    x1, x2 = sorted((media_box[0], media_box[2]))
    y1, y2 = sorted((media_box[1], media_box[3]))
    shown = [max(left, x1), max(bottom, y1), min(right, x2), min(top, y2)]
    if shown[2] - shown[0] < 1 or shown[3] - shown[1] < 1:
        shown = [x1, y1, x2, y2]
    if shown[2] - shown[0] < 1 or shown[3] - shown[1] < 1:
        shown = [0, 0, 612, 792]  # no box that makes sense: what viewers assume
    page.mediabox = pikepdf.Array(shown)


def _from_image(original: Path, into: Path) -> None:
    with Image.open(original, formats=media.FORMATS) as image:
        if _usable_as_is(image):
            size = _page_points(image.size, image.info.get("dpi"))
            with into.open("wb") as file:
                img2pdf.convert(
                    original.read_bytes(),
                    layout_fun=img2pdf.get_layout_fun(size),
                    rotation=img2pdf.Rotation.ifvalid,
                    outputstream=file,
                )
            return
        pages = list(_frames(image))
    _bind(pages, into)


def _usable_as_is(image: Image.Image) -> bool:
    """Tell whether the compressed picture can stand in a PDF just as it is."""
    if image.format != "JPEG" or image.mode not in ("L", "RGB"):
        return False
    orientation = image.getexif().get(0x0112, 1)
    return orientation in (0, *_TRANSPOSED_AS_IS)


def _frames(image: Image.Image) -> Iterator[bytes]:
    """Yield each page of an image as a one-page PDF."""
    frames = ImageSequence.Iterator(image) if image.format == "TIFF" else [image]
    for frame in frames:
        dpi = frame.info.get("dpi")
        upright = ImageOps.exif_transpose(frame)
        flat = plain(upright)
        buffer = BytesIO()
        if flat.mode == "1":
            flat.save(buffer, "TIFF", compression="group4")
        else:
            flat.save(buffer, "PNG", compress_level=3)
        layout = img2pdf.get_layout_fun(_page_points(flat.size, dpi))
        yield img2pdf.convert(buffer.getvalue(), layout_fun=layout)


def plain(image: Image.Image) -> Image.Image:
    """Return an image of mode 1, L or RGB: eight bits, no palette, transparency on white."""
    if image.mode in ("1", "L", "RGB"):
        return image.copy()
    if image.mode.startswith("I") or image.mode == "F":
        wide = image.convert("I") if image.mode.startswith("I") else image
        high = max(float(level) for level in wide.getextrema())  # type: ignore[arg-type]
        top = 255 if high <= 255 else 65535 if high <= 65535 else high
        return wide.convert("F").point(lambda level: level * (255 / top)).convert("L")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")


def _page_points(size: tuple[int, int], dpi: tuple[float, float] | None) -> tuple[float, float]:
    """Return the page in points: by the resolution if that is credible, else as A4.

    A4 and A3 have one shape; what no scanner says is taken for the commoner one.
    """
    width, height = size
    low, high = _CREDIBLE_DPI
    if dpi and all(low <= float(value) <= high for value in dpi):
        inches = width / float(dpi[0]), height / float(dpi[1])
        if max(inches) < media.MAX_INCHES and min(inches) > 0.5:
            return inches[0] * 72, inches[1] * 72
    short, long = _A4_INCHES
    scale = min(long / max(size), short / min(size))
    return width * scale * 72, height * scale * 72


def _bind(pages: list[bytes], into: Path) -> None:
    with pikepdf.new() as pdf:
        for page in pages:
            with pikepdf.open(BytesIO(page)) as single:
                pdf.pages.extend(single.pages)
        pdf.save(into)


def as_pictures(path: Path) -> None:
    """Turn every page of a working copy into a picture: the form that can always be kept."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.new() as fresh:
        fresh.pages.extend(pdf.pages)
        with pypdfium2.PdfDocument(path) as drawn:
            for index in range(len(drawn)):
                leaf = drawn[index]
                replace_page(fresh, index, picture.draw(leaf, picture.DRAWN_DPI).image)
                leaf.close()
        fresh.save(path)


def replace_page(pdf: pikepdf.Pdf, index: int, image: Image.Image) -> None:
    """Put a picture in the place of a page whose text cannot be trusted."""
    width, height = _displayed_points(pdf.pages[index])
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=85)
    layout = img2pdf.get_layout_fun((width, height))
    with pikepdf.open(BytesIO(img2pdf.convert(buffer.getvalue(), layout_fun=layout))) as single:
        pdf.pages[index] = single.pages[0]


def _displayed_points(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = map(float, page.mediabox)
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = (right - left) * unit, (top - bottom) * unit
    turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
    return (height, width) if turned else (width, height)
