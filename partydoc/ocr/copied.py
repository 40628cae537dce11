"""What a reader copies out of the access copy is what was read of the page."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pypdfium2

from partydoc.ocr.alike import same
from partydoc.ocr.letters import LINE_END_HYPHENS
from partydoc.page import Page, Word

#: PDFium keeps the pictures of all pages it was asked for, until the document is closed.
_AT_ONCE = 20
_HYPHENS = dict.fromkeys(map(ord, LINE_END_HYPHENS), "-")
#: Seconds that poppler gets for the text of so many pages.
_PATIENCE = 60
#: So many words stand at one height of a page, at most.
_BESIDE = 300
#: The confidence of a word that a page says itself.
_TYPED = 1.0


def differing(access_copy: Path, pages: Iterable[Page]) -> list[int]:
    """Return the numbers of the pages whose words are not those that can be copied.

    Order and white space apart: a gap that one program takes for a space is none to another. Words
    that we laid are copied by PDFium; what PDFium told us of a page's own text, by poppler as well.
    """
    wrong: list[int] = []
    left = iter(pages)
    while some := list(islice(left, _AT_ONCE)):
        with pypdfium2.PdfDocument(access_copy) as pdf:
            copied = {page.number: text_of(pdf, page.number) for page in some}
        wrong += [page.number for page in some if not _is_said(page, copied[page.number])]
        own = [page for page in some if _speaks_itself(page) and page.number not in wrong]
        said = _poppler(access_copy, [page.number for page in own])
        wrong += [page.number for page in own if not _is_said(page, said.get(page.number, ""))]
    return sorted(wrong)


def _speaks_itself(page: Page) -> bool:
    return page.origin == "text-layer" and not page.redrawn


def _is_said(page: Page, copied: str) -> bool:
    return same(page.text, copied) or same(page.text, copied, list(_doubled(page)))


def text_of(pdf: pypdfium2.PdfDocument, number: int) -> str:
    """Return the text that can be copied from the page of a number."""
    leaf = pdf[number - 1]
    text = leaf.get_textpage()
    said = text.get_text_range(errors="ignore")
    text.close()
    leaf.close()
    return str(said).translate(_HYPHENS)


def _poppler(pdf: Path, numbers: Sequence[int]) -> dict[int, str]:
    """Return what poppler copies from some pages; nothing where it fails or takes too long."""
    if not numbers:
        return {}
    first, last = numbers[0], numbers[-1]
    command = ["pdftotext", "-q", "-enc", "UTF-8", "-f", str(first), "-l", str(last), str(pdf), "-"]
    try:
        run = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)
    except (subprocess.SubprocessError, OSError):
        return {}
    pages = run.stdout.decode("utf-8", "replace").split("\f")
    return dict(zip(range(first, last + 1), pages, strict=False))


def _doubled(page: Page) -> Iterator[str]:
    """Yield the words that we laid, in part, where we laid another with one of their signs."""
    words = [word for line in page.lines for word in line.words]
    if _speaks_itself(page):
        words = [word for word in words if word.confidence < _TYPED]
    words.sort(key=lambda word: word.box.top)
    for i, word in enumerate(words):
        for other in words[i + 1 : i + _BESIDE]:
            if other.box.top >= word.box.bottom:
                break
            if _lie_over(word, other):
                yield word.text
                yield other.text


def _lie_over(one: Word, other: Word) -> bool:
    beside = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    below = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    return beside > 0 and below > 0 and bool({*one.text} & {*other.text})
