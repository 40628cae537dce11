"""A working copy put together: pages of several originals, in any order, turned as a person wants.

Each original first becomes a working copy of its own, so nothing of it comes along but its pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf

from partydoc.ocr import excerpt, severed, working

#: Original, page there (both from 1) and turn in degrees clockwise, or None.
Leaf = Sequence[int | None]


def make(
    lent: Path, media_types: Iterable[tuple[int, str]], pages: Sequence[Leaf], into: Path,
    on: Callable[[], None], cut: bool = False,
) -> None:  # fmt: skip
    """Write the working copy to `into`, of `lent/original-N`.

    `on` is called when one of them is done; of what is `cut` nothing is left that is of other pages
    of theirs: it leaves them. Raises what `working.make` raises, and LookupError for
    a page that an original does not have.
    """
    wholes = {}
    for number, media_type in media_types:
        whole = into.with_name(f"whole-{number}.pdf")
        working.make(lent / f"original-{number}", media_type, whole)
        wholes[number] = whole
        on()
    _bind(wholes, pages, into, cut)
    for whole in wholes.values():
        whole.unlink()


def turned(pages: Iterable[Leaf]) -> frozenset[int]:
    """Return the numbers of the pages that a person has turned, counted from 1."""
    return frozenset(number for number, page in enumerate(pages, 1) if page[2] is not None)


def _bind(wholes: Mapping[int, Path], pages: Sequence[Leaf], into: Path, cut: bool) -> None:
    """Hang the pages on one tree: in the file of most of them, for a copied page takes memory."""
    most = Counter(original for original, _page, _turn in pages).most_common(1)[0][0]
    with ExitStack() as stack:
        files = {n: stack.enter_context(pikepdf.open(path)) for n, path in wholes.items()}
        pdf = files[most or 0]
        own = [page.obj for page in pdf.pages]
        leaves = []
        for original, page, turn in pages:
            assert original is not None and page is not None
            if original == most:  # a list may name a page twice, each time turned otherwise
                leaf = pdf.make_indirect(pikepdf.Dictionary(dict(own[page - 1].items())))
            else:
                leaf = _copied(pdf, files[original], page)
            leaf.Rotate = (int(leaf.get("/Rotate", 0)) + (turn or 0)) % 360
            if "/Annots" in leaf:  # only links are left, perhaps to pages that are not there
                del leaf["/Annots"]
            leaves.append(leaf)
        excerpt.plant(pdf, leaves)
        if cut:
            severed.sever(pdf, leaves, into)
        pdf.save(into, force_version=working.VERSION)


def _copied(pdf: pikepdf.Pdf, other: pikepdf.Pdf, page: int) -> Any:
    pdf.pages.append(other.pages[page - 1])
    return pdf.pages[-1].obj
