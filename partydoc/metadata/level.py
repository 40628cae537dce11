"""The levels of secrecy (Luật Bảo vệ bí mật nhà nước, Điều 8), and how their names are known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import table


@dataclass(frozen=True)
class Level:
    """A level of secrecy: its name, its rank among the levels, and how it is compared."""

    value: str
    rank: int
    key: str


@cache
def levels() -> tuple[Level, ...]:
    """Return the levels, the longest name first."""
    found = (
        Level(each["value"], each["rank"], key(each["value"])) for each in table("secrecy")["level"]
    )
    return tuple(sorted(found, key=lambda level: -len(level.key)))


def plain(text: str) -> str:
    """Return a key with the letters that OCR takes for each other in stamps made one."""
    return text.translate(_look_alikes())


@cache
def _look_alikes() -> dict[int, str]:
    confusions = table("secrecy")["stamp"]["confusions"]
    return {ord(each): letter for letter, others in confusions.items() for each in others}


def exactly(text: str) -> Level | None:
    """Return the level whose name a key is: "toimat"."""
    return next((level for level in levels() if level.key == text), None)


def nearly(text: str) -> Level | None:
    """Return the level of more than one word whose name a key is but for one letter."""
    long = (level for level in levels() if len(level.key) > 3)
    return next((level for level in long if distance(text, level.key, 1) <= 1), None)
