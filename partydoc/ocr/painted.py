"""What the resources of a page tell of the pictures that it draws."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from PIL import Image

_MASKS = ("/SMask", "/SMaskInData", "/Mask", "/ImageMask")


def drawn(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Return the pictures, and the forms that may hold some, that a page draws."""
    return _drawn(page.obj)


def masked(things: list[pikepdf.Object]) -> frozenset[tuple[int, int]]:
    """Return the sizes in dots of the pictures that have a mask, those in forms too."""
    return frozenset(
        (int(each.get("/Width", 0)), int(each.get("/Height", 0)))
        for each in _all(things)
        if _has_mask(each)
    )


def are_whole(things: list[pikepdf.Object]) -> bool:
    """Tell whether all are pictures, of which none lets shine through what is below."""
    return bool(things) and all(
        each.get("/Subtype") == "/Image" and not _has_mask(each) for each in things
    )


def is_in_colour(picture: pikepdf.Object) -> bool:
    """Tell whether a picture may have colours."""
    space = picture.get("/ColorSpace")
    if isinstance(space, pikepdf.Array) and len(space) > 1 and space[0] == "/ICCBased":
        profile = space[1]
        inks = profile.get("/N", 3) if isinstance(profile, pikepdf.Stream) else 3
        return not isinstance(inks, int) or inks > 1
    return space not in ("/DeviceGray", "/CalGray")


def is_cut_off(picture: pikepdf.Object) -> bool:
    """Tell whether a JPEG ends before its picture does: viewers draw nothing of some of them."""
    if picture.get("/Filter") not in ("/DCTDecode", pikepdf.Array([pikepdf.Name.DCTDecode])):
        return False
    try:
        with Image.open(io.BytesIO(picture.read_raw_bytes())) as image:
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, pikepdf.PdfError):
        return True
    return False


def _drawn(holder: pikepdf.Object) -> list[pikepdf.Object]:
    found: pikepdf.Object | None = holder
    for key in ("/Resources", "/XObject"):
        is_one = isinstance(found, pikepdf.Dictionary | pikepdf.Stream)
        found = found.get(key) if found is not None and is_one else None
    things = found.values() if isinstance(found, pikepdf.Dictionary) else ()
    return [each for each in things if isinstance(each, pikepdf.Stream)]


def _all(things: list[pikepdf.Object]) -> Iterator[pikepdf.Object]:
    """Yield what is drawn, and what the forms among it draw, each once."""
    left, seen = list(things), set()
    while left:
        thing = left.pop()
        if thing.objgen not in seen:
            seen.add(thing.objgen)
            yield thing
            left += _drawn(thing)


def _has_mask(picture: pikepdf.Object) -> bool:
    return any(key in picture for key in _MASKS)
