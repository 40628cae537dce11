"""The texts of a set, and the two ways in which Vietnamese tones are placed."""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SETS = ("tune", "test")

_TONES = "\u0300\u0301\u0309\u0303\u0323"


@dataclass(frozen=True)
class Texts:
    """One set: all that its pages say, its three typefaces and its hands."""

    name: str
    serif: str
    sans: str
    mono: str
    hands: tuple[int, ...]
    provinces: tuple[str, ...]
    firsts: tuple[str, ...]
    seconds: tuple[str, ...]
    hamlets: tuple[str, ...]
    families: tuple[str, ...]
    middles: tuple[str, ...]
    givens: tuple[str, ...]
    named: tuple[str, ...]
    letters: tuple[str, ...]
    meetings: tuple[str, ...]
    invitations: tuple[str, ...]
    openings: tuple[str, ...]
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    units: tuple[str, ...]
    appendices: tuple[str, ...]
    bodies: tuple[dict[str, Any], ...]

    def person(self, chance: random.Random) -> str:
        """Return an invented name of a person."""
        parts = (self.families, self.middles, self.givens)
        return " ".join(part for part in map(chance.choice, parts) if part)

    def place(self, chance: random.Random) -> str:
        """Return an invented name of a commune or district."""
        return f"{chance.choice(self.firsts)} {chance.choice(self.seconds)}"


@cache
def table(name: str) -> dict[str, Any]:
    """Read NAME.toml beside this module."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))


@cache
def load(name: str) -> Texts:
    """Read the set `tune` or `test`."""
    values: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in table(name).items()
    }
    return Texts(name=name, **values)


def _old_places() -> dict[str, str]:
    """Return how open oa, oe and uy were written before: tone on the last letter."""
    found = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            for one, two in (
                (first, second),
                (first.upper(), second),
                (first.upper(), second.upper()),
            ):
                new = unicodedata.normalize("NFC", one + tone) + two
                found[new] = one + unicodedata.normalize("NFC", two + tone)
    return found


_OLD = _old_places()
_NEW_PLACE = re.compile(rf"(?<![qQ])(?:{'|'.join(_OLD)})(?![^\W\d_])")


def old_tones(text: str) -> str:
    """Return text with the tones of open oa, oe, uy on the last letter: ủy -> uỷ."""
    return _NEW_PLACE.sub(lambda pair: _OLD[pair[0]], text)
