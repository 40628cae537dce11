"""What a reader copies out of the access copy is what was read of the page."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pypdfium2

from partydoc.ocr.contents import LINE_END_HYPHENS
from partydoc.page import Page
from partydoc.text import clean

#: So many signs of a page may have been read twice: a share, or a few.
_DOUBLED, _FEW = 0.01, 2
#: PDFium keeps the pictures of all pages it was asked for, until the document is closed.
_AT_ONCE = 20
_HYPHENS = dict.fromkeys(map(ord, LINE_END_HYPHENS), "-")


def differing(access_copy: Path, pages: Iterable[Page]) -> list[int]:
    """Return the numbers of the pages whose words are not those that can be copied.

    Order and white space apart: a gap that one program takes for a space is none to another.
    """
    wrong: list[int] = []
    left = iter(pages)
    while some := list(islice(left, _AT_ONCE)):
        with pypdfium2.PdfDocument(access_copy) as pdf:
            wrong += [page.number for page in some if not _is_same(page, pdf)]
    return wrong


def _is_same(page: Page, pdf: pypdfium2.PdfDocument) -> bool:
    return same(page.text, text_of(pdf, page.number), page.origin != "text-layer")


def text_of(pdf: pypdfium2.PdfDocument, number: int) -> str:
    """Return the text that can be copied from the page of a number."""
    leaf = pdf[number - 1]
    text = leaf.get_textpage()
    said = text.get_text_range(errors="ignore")
    text.close()
    leaf.close()
    return str(said).translate(_HYPHENS)


def same(read: str, copied: str, laid: bool = False) -> bool:
    """Tell whether two texts have the same words, or differ in where words end alone.

    Only letters and digits count. `laid`: the words were recognised and laid under the page; of
    a sign that was read twice in one place PDFium says one.
    """
    one, other = Counter(_plain(read).split()), Counter(_plain(copied).split())
    if one == other:
        return True
    lost, gained = _letters(one - other), _letters(other - one)
    doubled = max(_FEW, _DOUBLED * len(read)) if laid else 0
    return not gained - lost and (lost - gained).total() <= doubled


def _letters(words: Counter[str]) -> Counter[str]:
    return Counter(filter(str.isalnum, "".join(words.elements())))


def _plain(text: str) -> str:
    """Return text with ligatures (fi, fl) spelled out and without what is not printed."""
    return "".join(map(_opened, clean(text)))


def _opened(char: str) -> str:
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    return "" if unicodedata.category(char) == "Cc" and not char.isspace() else char
