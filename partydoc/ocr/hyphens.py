"""Hyphens of TCVN3 fonts that are an ư: by the words in which they stand.

Some programs call a letter by the name that its code has elsewhere, and ư has that of a hyphen. The
words tell: "tr-ờng" is none, "trường" is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2

from partydoc import syllable
from partydoc.ocr import excerpt
from partydoc.ocr.legacy import Hyphen, say
from partydoc.text import clean

#: Letters of nobody, one for each code that is not settled.
_OWN = 0xE000
#: So many words must be syllables with it, and that share of those in which it stands.
_ENOUGH, _MOSTLY = 3, 0.8
#: Pages that tell enough.
_PAGES = 20


def settle(pdf: pikepdf.Pdf, hyphens: Sequence[Hyphen], path: Path) -> None:
    """Let the codes that are an ư say so; `path`: a file that may be written."""
    if not hyphens:
        return
    for number, each in enumerate(hyphens):
        say(pdf, each.font, {**each.said, each.code: chr(_OWN + number)})
    with excerpt.of(pdf, range(min(len(pdf.pages), _PAGES)), path):
        text = _text(path)
    for number, each in enumerate(hyphens):
        is_letter = _is_letter(text, chr(_OWN + number))
        say(pdf, each.font, {**each.said, each.code: each.letter if is_letter else "-"})


def _text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return clean("\n".join(page.get_textpage().get_text_range() for page in pdf)).lower()


def _is_letter(text: str, own: str) -> bool:
    words = re.findall(rf"[^\W\d_]*{own}[^\W\d_{own}]*", text)
    spelled = sum(syllable.is_spelled(word.replace(own, "ư")) for word in words)
    return spelled >= _ENOUGH and spelled >= _MOSTLY * len(words)
