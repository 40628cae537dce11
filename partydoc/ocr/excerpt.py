"""A few pages of a PDF as a file of their own, for who can only open files; soon it is gone again.

So temporary files are as large as these pages, however long the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

#: What leads from a page, or from a note on it, to other pages, which would come along.
_LEADING_AWAY = {"/Parent", "/P", "/Dest", "/A", "/AA", "/PA", "/Popup", "/IRT"}


@contextmanager
def of(pdf: pikepdf.Pdf, indexes: Iterable[int], path: Path) -> Iterator[Path]:
    """Write the pages of these indexes (from 0), to `path`; links there lead nowhere."""
    leaves = [pdf.make_indirect(_alone(pdf.pages[index].obj)) for index in indexes]
    whole = pdf.Root.Pages
    plant(pdf, leaves)
    try:
        pdf.save(path)
    finally:
        pdf.Root.Pages = whole
    try:
        yield path
    finally:
        path.unlink()


def plant(pdf: pikepdf.Pdf, leaves: list[Any]) -> None:
    """Hang these pages on a new tree, for the old one may bear anything."""
    tree = Dictionary(Type=Name.Pages, Count=len(leaves), Kids=Array(leaves))
    pdf.Root.Pages = pdf.make_indirect(tree)
    for leaf in leaves:
        leaf.Parent = pdf.Root.Pages


def _alone(leaf: Any) -> Dictionary:
    alone = _led_nowhere(leaf)
    if isinstance(notes := alone.get("/Annots"), Array):
        alone.Annots = Array([_led_nowhere(one) for one in notes if isinstance(one, Dictionary)])
    return alone


def _led_nowhere(thing: Any) -> Dictionary:
    return Dictionary({key: value for key, value in thing.items() if key not in _LEADING_AWAY})
