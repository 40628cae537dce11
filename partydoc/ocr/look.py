"""The inspecting child: what a file is, by its content, before anything else is done with it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from partydoc.document import Look, Refusal
from partydoc.ocr import media, rights, weight

_HEAD = 4096
_TAIL = 2048
_MAX_DEPTH = 5
_THUMBNAIL = 200  # pixels of the longer side, enough to know that page 1 can be drawn


def handle(request: Mapping[str, Any]) -> dict[str, Any]:
    """Answer the parent's `{"name", "file_name"}` with a look or a refusal."""
    weight.limit_unpacking()
    found = look(Path(request["name"]), request["file_name"])
    if isinstance(found, Refusal):
        return {"refusal": found.reason, "detail": found.detail}
    return {"look": [found.media_type, found.extension, found.pages, list(found.flags)]}


def look(path: Path, file_name: str) -> Look | Refusal:
    """Open a file by its content, count its pages and draw the first one small."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return Refusal("empty")
    if media.is_pdf(head):
        found = _look_at_pdf(path)
    elif media.is_image(head):
        found = _look_at_image(path)
    else:
        return Refusal("not-a-document", media.name_of_other(head))
    if isinstance(found, Refusal):
        return found
    kind, pages, flags = found
    suffix = PurePosixPath(file_name).suffix[1:].lower()
    if suffix not in kind.extensions:
        flags.append("extension-mismatch")
    return Look(kind.media_type, kind.extensions[0], pages, tuple(sorted(set(flags))))


Found = tuple[media.Kind, int, list[str]]


def _look_at_pdf(path: Path) -> Found | Refusal:
    try:
        with pikepdf.open(path) as pdf:
            return _examine(pdf, path)
    except pikepdf.PasswordError:
        return Refusal("needs-password")
    except pypdfium2.PdfiumError as error:
        reason = "needs-password" if "password" in str(error) else "damaged-pdf"
        return Refusal(reason, str(error)[:200])
    except (pikepdf.PdfError, ValueError, TypeError) as error:
        reason = "damaged-pdf" if _has_end(path) else "truncated"
        return Refusal(reason, str(error)[:200])


def _examine(pdf: pikepdf.Pdf, path: Path) -> Found | Refusal:
    pages = len(pdf.pages)
    if not pages:
        return Refusal("damaged-pdf" if _has_end(path) else "truncated", "no pages")
    if pages > media.MAX_PAGES:
        return Refusal("too-large", f"{pages} pages")
    if pdf.get_warnings() and not _has_end(path):
        return Refusal("truncated", "no end mark")
    if refusal := weight.refusal(pdf):
        return refusal
    flags = [*_flags(pdf)]
    try:
        _draw_small(path)
    except pypdfium2.PdfiumError as error:
        if "password" not in str(error):
            raise
        with TemporaryDirectory() as folder:  # pikepdf knows more ciphers
            unlocked = Path(folder, "unlocked.pdf")
            pdf.save(unlocked)
            _draw_small(unlocked)
    return media.PDF, pages, flags


def _draw_small(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as drawn:
        page = drawn[0]
        longer = max(*page.get_size(), 1.0)
        page.render(scale=min(1.0, _THUMBNAIL / longer)).close()


def _has_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return b"%%EOF" in file.read()


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for item in pdf.objects:
        yield from _nested(item, _MAX_DEPTH)


def _nested(item: Any, depth: int) -> Iterator[Any]:
    """Yield a dictionary and those that stand directly in it, for those have no number."""
    if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    yield item
    for value in item.values() if depth else ():
        if isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
            yield from _nested(value, depth - 1)


def _flags(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "owner-password"
        yield from rights.withheld(pdf)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        yield "acroform"
        if "/XFA" in form:
            yield "xfa-form"
    if len(pdf.attachments):
        yield "attachments"
    for item in _dictionaries(pdf):
        if "/ByteRange" in item and "/Contents" in item:
            yield "signed"
        if item.get("/S") in ("/JavaScript", "/Launch"):
            yield "active-content"
        if item.get("/Subtype") in ("/FileAttachment", "/RichMedia", "/Movie"):
            yield "attachments"


def _look_at_image(path: Path) -> Found | Refusal:
    Image.MAX_IMAGE_PIXELS = media.MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=media.FORMATS) as image:
                return _examine_image(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        return Refusal("too-large", str(error)[:200])
    except MemoryError:
        raise
    except Exception as error:  # decoders raise whatever they stumble over
        return Refusal(_reason(str(error)), f"{type(error).__name__}: {error}"[:200])


def _reason(message: str) -> str:
    """Tell from Pillow's words what ails an image."""
    if "truncated" in message:
        return "truncated"
    return "resource-limit" if "MAX_TEXT" in message else "damaged-image"


def _examine_image(image: Image.Image) -> Found | Refusal:
    kind = media.IMAGES[image.format or ""]
    if media.is_too_large(image.size):
        return Refusal("too-large", f"{image.width} x {image.height}")
    if image.format in ("GIF", "WEBP") and getattr(image, "n_frames", 1) > 1:
        return Refusal("not-a-document", "animation")
    pages = _pages_of_tiff(image) if image.format == "TIFF" else 1
    if isinstance(pages, Refusal):
        return pages
    image.seek(0)
    image.draft("RGB", (_THUMBNAIL, _THUMBNAIL))
    image.load()
    return kind, pages, []


def _pages_of_tiff(image: Image.Image) -> int | Refusal:
    """Count the pages one by one, and none beyond what is allowed."""
    left = media.MAX_ALL_PIXELS
    for page in range(1, media.MAX_PAGES + 1):
        left -= image.width * image.height
        if media.is_too_large(image.size) or left < 0:
            return Refusal("too-large", f"page {page}: {image.width} x {image.height}")
        try:
            image.seek(page)
        except EOFError:
            return page
    return Refusal("too-large", f"more than {media.MAX_PAGES} pages")
