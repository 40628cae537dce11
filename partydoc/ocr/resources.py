"""What a page names and does not bring, or does not need: its fonts above all.

A hidden text layer is taken away letter by letter, and its font stays named; PDF/A asks of every
font that is named, used or not, that its shapes are in the file.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from partydoc.ocr import substitute

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_MAX_DEPTH = 5
#: What a page can name (ISO 32000-1, table 33); programs leave other things there.
_KINDS = {
    "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet",
    "/Properties",
}  # fmt: skip


def settle(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Drop the fonts that are named only, and give shapes to those that are written in.

    Where no free font has the same widths it stays as it is: the page is no PDF/A.
    """
    for holder in _holders(page):
        _drop_the_unknown(holder)
        named = _named(holder, "/Font")
        for font in named.values():
            _complete(font)
        lacking = {key for key, font in named.items() if not _has_shapes(font)}
        if lacking:
            _settle(pdf, holder, lacking)


def _drop_the_unknown(holder: pikepdf.Object) -> None:
    named = holder.get("/Resources")
    if isinstance(named, Dictionary) and set(named.keys()) - _KINDS:
        known = own(holder, "/Resources")
        for key in set(known.keys()) - _KINDS:
            del known[key]


def _complete(font: pikepdf.Object) -> None:
    """Say what PDF/A wants said, and leave out what it does not need and nobody checks."""
    for bearer in font.get("/DescendantFonts", ()) if isinstance(font, Dictionary) else ():
        if not isinstance(bearer, Dictionary):
            continue
        if bearer.get("/Subtype") == Name.CIDFontType2 and "/CIDToGIDMap" not in bearer:
            bearer["/CIDToGIDMap"] = Name.Identity  # what it means where nothing is said
        described = bearer.get("/FontDescriptor")
        if isinstance(described, Dictionary) and "/CIDSet" in described:
            del described["/CIDSet"]  # needed in PDF/A-1 only


def _settle(pdf: pikepdf.Pdf, holder: pikepdf.Object, lacking: set[str]) -> None:
    used = _written_in(holder)
    named = own(own(holder, "/Resources"), "/Font")
    for key in lacking:
        if key not in used:
            del named[key]
        elif isinstance(font := named[key], Dictionary):
            substitute.embed(pdf, font)


def _holders(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """Yield the page, its notes' looks and the forms they draw: whatever names fonts."""
    seen: set[tuple[int, int]] = set()
    yield from _with_forms(page.obj, seen, _MAX_DEPTH)
    notes = page.obj.get("/Annots")
    for note in notes if isinstance(notes, Array) else ():
        for look in _looks(note):
            yield from _with_forms(look, seen, _MAX_DEPTH)


def _looks(note: pikepdf.Object) -> Iterator[Stream]:
    """Yield how a note looks, in each of its states."""
    looks = note.get("/AP") if isinstance(note, Dictionary) else None
    for look in looks.values() if isinstance(looks, Dictionary) else ():
        if isinstance(look, Stream):
            yield look
        elif isinstance(look, Dictionary):
            yield from (state for state in look.values() if isinstance(state, Stream))


def _with_forms(
    holder: pikepdf.Object, seen: set[tuple[int, int]], depth: int
) -> Iterator[pikepdf.Object]:
    if holder.objgen in seen:
        return
    seen.add(holder.objgen)
    yield holder
    for thing in _named(holder, "/XObject").values():
        if depth and _is_form(thing):
            yield from _with_forms(thing, seen, depth - 1)


def _named(holder: pikepdf.Object, kind: str) -> dict[str, pikepdf.Object]:
    """Return what a page or a form names of a kind."""
    resources = holder.get("/Resources")
    named = resources.get(kind) if isinstance(resources, Dictionary) else None
    return dict(named.items()) if isinstance(named, Dictionary) else {}


def _has_shapes(font: pikepdf.Object) -> bool:
    if not isinstance(font, Dictionary):
        return False
    if font.get("/Subtype") == Name.Type3:
        return True
    for bearer in (font, *font.get("/DescendantFonts", ())):
        described = bearer.get("/FontDescriptor") if isinstance(bearer, Dictionary) else None
        if isinstance(described, Dictionary) and any(key in described for key in _PROGRAMS):
            return True
    return False


def _written_in(holder: pikepdf.Object) -> set[str]:
    """Return the fonts that are selected in a page or a form, and in forms that live off it."""
    drawn = _named(holder, "/XObject").values()
    bare = [form for form in drawn if _is_form(form) and "/Resources" not in form]
    whole = holder if isinstance(holder, Stream) else pikepdf.Page(holder)
    return {
        str(selected.operands[0])
        for content in (whole, *bare)
        for selected in pikepdf.parse_content_stream(content, "Tf")
    }


def own(owner: pikepdf.Object, key: str) -> pikepdf.Object:
    """Return a dictionary of a page as its own: others may share the one it has."""
    shared = owner.get(key)
    owner[key] = Dictionary({} if shared is None else dict(shared.items()))
    return owner[key]


def _is_form(thing: pikepdf.Object) -> bool:
    return isinstance(thing, Stream) and thing.get("/Subtype") == Name.Form
