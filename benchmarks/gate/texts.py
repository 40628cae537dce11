"""What stands on the drawn pages: the texts of benchmarks/ocr, and words that look like marks."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.ocr import drafts

#: Pages of the two sets are numbered apart, so that no seed serves twice.
FIRST = {"tune": 10_000, "test": 50_000}
_MOST_PARAGRAPHS = (1, 2, 2, 5)


@dataclass(frozen=True)
class Words:
    """What one set adds: faces of stamps and of plain print, look-alikes, foreign text, a table."""

    stamp_faces: tuple[str, ...]
    text_face: str
    headings: tuple[str, ...]
    paragraphs: tuple[str, ...]
    marks_that_are_none: tuple[str, ...]
    rooms: tuple[str, ...]
    heads: tuple[dict[str, Any], ...]
    foreign: dict[str, list[str]]
    table: dict[str, list[str]]


@cache
def words(set_name: str) -> Words:
    """Read what the set `tune` or `test` adds."""
    text = Path(__file__).with_name(f"{set_name}.toml").read_text("utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    frozen: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in data.items()
    }
    return Words(**frozen)


def plain(set_name: str, chance: random.Random) -> drafts.Texts:
    """Return the texts of a letter, short or long."""
    texts = drafts.load(set_name)
    few = chance.sample(
        texts.paragraphs, min(chance.choice(_MOST_PARAGRAPHS), len(texts.paragraphs))
    )
    return replace(texts, paragraphs=tuple(few))


def alike(set_name: str, chance: random.Random) -> drafts.Texts:
    """Return the texts of a letter full of words that look like marks."""
    texts, added = plain(set_name, chance), words(set_name)
    return replace(
        texts, heads=added.heads, headings=added.headings,
        paragraphs=added.paragraphs + texts.paragraphs[:2],
    )  # fmt: skip
