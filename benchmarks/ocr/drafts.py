"""What the measured pages say: one-page drafts put together from invented texts."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from samples.drawing import sheet
from samples.drawing.draft import Draft
from samples.drawing.sheet import Sheet
from samples.drawing.typeset import typeset

SETS = ("tune", "test")

_FONTS = Path("/usr/share/fonts/truetype")
_STYLES = ("regular", "bold", "italic", "bold-italic")
#: Faces that have all 134 letters of Vietnamese with marks, in the order of _STYLES.
_FACES = {
    "LiberationSerif": ("liberation*", "-Regular", "-Bold", "-Italic", "-BoldItalic"),
    "LiberationMono": ("liberation*", "-Regular", "-Bold", "-Italic", "-BoldItalic"),
    "FreeSerif": ("freefont", "", "Bold", "Italic", "BoldItalic"),
    "FreeMono": ("freefont", "", "Bold", "Oblique", "BoldOblique"),
    "LiberationSans": ("liberation*", "-Regular", "-Bold", "-Italic", "-BoldItalic"),
    "FreeSans": ("freefont", "", "Bold", "Oblique", "BoldOblique"),
}
#: Debian 12 keeps it in liberation2, later releases in liberation.
_PACKAGES = {"liberation*": "fonts-liberation2", "freefont": "fonts-freefont-ttf"}
_HEADING_EVERY = 3


@dataclass(frozen=True)
class Texts:
    """One set of texts with its two typefaces; `heads` are drafts without a body."""

    name: str
    serif: str
    mono: str
    headings: tuple[str, ...]
    paragraphs: tuple[str, ...]
    closing: str
    heads: tuple[dict[str, Any], ...]


@cache
def load(name: str) -> Texts:
    """Read the set `tune` or `test`."""
    data: dict[str, Any] = tomllib.loads(
        Path(__file__).with_name(f"{name}.toml").read_text("utf-8")
    )
    return Texts(name=name, **_frozen(data))


def font_files(face: str) -> dict[str, Path]:
    """Return the files of a typeface by style; FileNotFoundError names the missing package."""
    folder, *suffixes = _FACES[face]
    files = {}
    for style, suffix in zip(_STYLES, suffixes, strict=True):
        found = sorted(_FONTS.glob(f"{folder}/{face}{suffix}.ttf"))
        if not found:
            raise FileNotFoundError(f"{face} is missing: sudo apt install {_PACKAGES[folder]}")
        files[style] = found[-1]
    return files


@contextmanager
def typeface(face: str) -> Iterator[None]:
    """Draw in another typeface than the one samples are drawn in."""
    files = font_files(face)
    usual = sheet.font_file
    sheet.font_file = files.__getitem__  # type: ignore[assignment]
    sheet.font.cache_clear()
    try:
        yield
    finally:
        sheet.font_file = usual
        sheet.font.cache_clear()


def compose(
    texts: Texts, number: int, chance: random.Random, sizes: Sequence[float] = (13, 13.5, 14)
) -> tuple[Draft, Sheet]:
    """Return a draft that fills one page, and that page; call it within its typeface."""
    head = texts.heads[number % len(texts.heads)]
    paragraphs = chance.sample(texts.paragraphs, len(texts.paragraphs))
    headings = chance.sample(texts.headings, len(texts.headings))
    draft = Draft(**_frozen(head), body=(texts.closing,), size=chance.choice(sizes))
    page = typeset(draft)[0]
    body: list[str] = []
    for i, paragraph in enumerate(paragraphs):
        if i % _HEADING_EVERY == 0:
            body.append(headings[i // _HEADING_EVERY % len(headings)])
        body.append(paragraph)
        longer = replace(draft, body=(*body, texts.closing))
        sheets = typeset(longer)
        if len(sheets) > 1:
            break
        draft, page = longer, sheets[0]
    return draft, page


def _frozen(values: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}
