"""Pages that were cut out of a file keep nothing of the pages that stay behind.

Many programs let all pages share one list of what may be drawn: each page of such a file brings
the pictures of all the others along.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

from partydoc.ocr import facsimile, resources

#: What can hold pictures, text or orders (ISO 32000-1, table 33), and the orders that name it.
_KINDS = ("/XObject", "/Pattern", "/ExtGState", "/Font", "/Properties", "/Shading")
_NAMING = "Do Tf gs sc SC scn SCN sh BDC DP"


def sever(pdf: pikepdf.Pdf, leaves: Sequence[Any], scratch: Path) -> None:
    """Leave each page only what it draws; `scratch`: a file that may be written.

    A page whose orders cannot be understood becomes a picture of itself.
    """
    seen: set[tuple[int, int]] = set()
    unclear = [index for index, leaf in enumerate(leaves) if not _is_severed(leaf, seen)]
    for index in unclear:
        facsimile.replace(pdf, index, scratch)


def _is_severed(leaf: Any, seen: set[tuple[int, int]]) -> bool:
    left = [leaf]
    try:
        while left:
            holder = left.pop()
            if holder.objgen not in seen:
                left += _pruned(holder)
                if holder.is_indirect:
                    seen.add(holder.objgen)
    except (pikepdf.PdfError, ValueError, TypeError, LookupError):
        return False
    return True


def _pruned(holder: Any) -> list[Any]:
    """Drop what a page, a form or a font names and does not draw; return what has names itself."""
    used: set[str] = set()
    known: set[object] = set()
    left, below = list(_contents(holder)), []
    while left:
        used |= _named_in(left.pop())
        for name, thing in _drawing(holder.get("/Resources"), used):
            key = thing.objgen if thing.is_indirect else name
            if key in known:
                continue
            known.add(key)
            if "/Resources" in thing:
                below.append(thing)
            else:  # it lives off what its holder names
                left += _contents(thing)
    if isinstance(holder.get("/Resources"), Dictionary):
        own = resources.own(holder, "/Resources")
        for kind in _KINDS:
            if isinstance(own.get(kind), Dictionary):
                named = resources.own(own, kind)
                for key in set(named.keys()) - used:
                    del named[key]
            elif kind in own:
                del own[kind]
    return below


def _contents(holder: Any) -> Iterator[Any]:
    """Yield what can be parsed of a page, of a stream, or of a font whose letters are drawn."""
    if isinstance(holder, Stream):
        yield holder
    elif holder.get("/Type") == Name.Page:
        yield pikepdf.Page(holder)
    elif isinstance(letters := holder.get("/CharProcs"), Dictionary):
        yield from (letter for letter in letters.values() if isinstance(letter, Stream))


def _named_in(content: Any) -> set[str]:
    orders = pikepdf.parse_content_stream(content, _NAMING)
    return {str(one) for order in orders for one in order.operands if isinstance(one, Name)}


def _drawing(named: Any, used: set[str]) -> Iterator[tuple[str, Any]]:
    """Yield what has orders of its own among the things that are used, with their names."""
    for kind in _KINDS if isinstance(named, Dictionary) else ():
        things = named.get(kind)
        for name, thing in things.items() if isinstance(things, Dictionary) else ():
            if name not in used or not isinstance(thing, Dictionary | Stream):
                continue
            mask = thing.get("/SMask") if kind == "/ExtGState" else None
            group = mask.get("/G") if isinstance(mask, Dictionary) else None
            if isinstance(group, Stream):
                yield name, group
            is_form = kind == "/XObject" and thing.get("/Subtype") == Name.Form
            is_tile = kind == "/Pattern" and isinstance(thing, Stream)
            if is_form or is_tile or (kind == "/Font" and "/CharProcs" in thing):
                yield name, thing
