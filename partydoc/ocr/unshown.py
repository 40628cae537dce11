"""What the layers of a PDF hide is taken away, and no layer is left: what remains always shows.

Else a program that knows no layers, or another one of them, would draw, read and copy it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, PdfError, Stream

from partydoc.ocr import facsimile, resources
from partydoc.ocr.groups import Groups
from partydoc.ocr.sieve import Entangled, Sieve

#: Bytes of a content that are taken apart: they take a hundred times as much memory.
_MOST = 4 << 20


def drop_notes(pdf: pikepdf.Pdf) -> None:
    """Take away the annotations that do not show, before the others are drawn into the page."""
    groups = Groups(pdf)
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        if not isinstance(notes, Array):
            continue
        shown = [note for note in notes if not groups.hide(_entry(note, "/OC"))]
        if len(shown) < len(notes):
            page.obj.Annots = Array(shown)


def take_away(pdf: pikepdf.Pdf, scratch: Path) -> None:
    """Take away whatever else does not show; `scratch`: a file that may be written.

    A page on which it cannot be told from what shows becomes a picture of itself.
    """
    cleaner = _Cleaner(pdf)
    entangled = [index for index, page in enumerate(pdf.pages) if not cleaner.clean(page)]
    for index in entangled:
        facsimile.replace(pdf, index, scratch)
    cleaner.forget_layers()


class _Cleaner:
    """Goes through all that draws; until the end the layers stay marked, for others share them."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._groups = Groups(pdf)
        #: By their numbers: pages and streams that were gone through, and those in vain.
        self._known: set[tuple[int, int]] = set()
        self._entangled: set[tuple[int, int]] = set()
        #: What tells to which layer something belongs, and the key that does.
        self._marks: list[tuple[Any, str]] = []

    def clean(self, page: pikepdf.Page) -> bool:
        """Clean a page with all that it draws; False where that cannot be done."""
        notes = page.obj.get("/Annots")
        self._marks += [(note, "/OC") for note in (notes if isinstance(notes, Array) else ())]
        left: list[tuple[Any, Any]] = [(page.obj, None)]
        seen: set[tuple[int, int]] = set()
        while left:
            holder, inherited = left.pop()
            if holder.objgen in seen:
                continue
            seen.add(holder.objgen)
            named = holder.get("/Resources", inherited)
            if holder.objgen not in self._known:
                self._known.add(holder.objgen)
                if not self._is_cleaned(holder, named):
                    self._entangled.add(holder.objgen)
            elif not self._entangled:
                continue  # nor is anything below it
            left += _drawing(holder.get("/Resources", inherited))
        return not seen & self._entangled

    def forget_layers(self) -> None:
        """Let nothing belong to a layer any more."""
        for bearer, key in self._marks:
            if isinstance(bearer, (Dictionary, Stream)) and key in bearer:
                if key == "/OC":
                    del bearer[key]
                else:
                    bearer[key] = Dictionary()

    def _is_cleaned(self, holder: Any, named: Any) -> bool:
        """Take what does not show out of a page or a stream; False where it cannot be told."""
        marking, things = (dict(_named(named, kind)) for kind in ("/Properties", "/XObject"))
        for name, layer in marking.items():
            if _entry(layer, "/Type") in (Name.OCG, Name.OCMD):
                self._marks.append((named["/Properties"], name))
        self._marks += [(thing, "/OC") for thing in things.values()]
        hidden = {name for name, layer in marking.items() if self._groups.hide(layer)}
        off = {name for name, thing in things.items() if self._groups.hide(_entry(thing, "/OC"))}
        if not hidden and not off:
            return True
        try:
            sieve = self._sift(holder, Sieve(hidden, off))
        except (Entangled, PdfError, ValueError, TypeError, IndexError):
            return False
        gone = (sieve.dropped | off) - sieve.drawn
        if gone and "/Resources" in holder and not any(map(_is_bare, things.values())):
            own = resources.own(resources.own(holder, "/Resources"), "/XObject")
            for key in gone & set(own.keys()):
                del own[key]
        return True

    def _sift(self, holder: Any, sieve: Sieve) -> Sieve:
        content = _content(holder)
        if len(content) > _MOST:
            raise Entangled
        for order in pikepdf.parse_content_stream(Stream(self._pdf, content)):
            sieve.take(list(order.operands), order.operator)
        if sieve.caught:
            left = pikepdf.unparse_content_stream(sieve.kept)
            if isinstance(holder, Stream):
                holder.write(left)
            else:
                holder.Contents = self._pdf.make_stream(left)
        return sieve


def _content(holder: Any) -> bytes:
    """Return the orders of a page or a stream."""
    found = holder if isinstance(holder, Stream) else holder.get("/Contents")
    parts = list(found) if isinstance(found, Array) else [found]
    return b"\n".join(part.read_bytes() for part in parts if isinstance(part, Stream))


def _drawing(named: Any) -> Iterator[tuple[Stream, Any]]:
    """Yield the streams with orders that resources name, and what each lives off without own."""
    for _, thing in _named(named, "/XObject"):
        if _entry(thing, "/Subtype") == Name.Form:
            yield thing, named
    for _, thing in _named(named, "/Pattern"):
        if isinstance(thing, Stream):
            yield thing, named
    for _, state in _named(named, "/ExtGState"):
        if isinstance(group := _entry(_entry(state, "/SMask"), "/G"), Stream):
            yield group, named
    for _, font in _named(named, "/Font"):
        for _, glyph in _named(font, "/CharProcs"):
            if isinstance(glyph, Stream):
                yield glyph, font.get("/Resources", named)


def _is_bare(thing: Any) -> bool:
    """Tell whether a form lives off the resources of whatever draws it."""
    return _entry(thing, "/Subtype") == Name.Form and "/Resources" not in thing


def _entry(thing: Any, key: str) -> Any:
    return thing.get(key) if isinstance(thing, (Dictionary, Stream)) else None


def _named(thing: Any, kind: str) -> Iterable[tuple[str, Any]]:
    """Return the names of a kind in resources, and what they stand for."""
    found = _entry(thing, kind)
    return found.items() if isinstance(found, Dictionary) else ()
