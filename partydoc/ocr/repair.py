"""Spelling of recognised words, mended only where it cannot be wrong.

An engine says Ð for Đ, letters in parts, a tone on the wrong vowel (ngừơi) or on two (Hộị). Where
the orthography leaves one way to write what was seen, that is taken, and the word as recognised is
kept beside it. hoà and hòa are both right and stay as printed; where two different tones were seen
(cáỉ), either may be the right one. No word becomes another word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from partydoc import syllable
from partydoc.box import Box
from partydoc.page import Word
from partydoc.text import clean

#: One letter that was read in both ways.
_TWICE = re.compile("ĐÐ|ÐĐ|đð|ðđ")
#: Letters with all marks that belong to them, also those that no letter takes.
_CORE = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
#: Shorter than this, what follows a doubled Đ may be an abbreviation (ĐĐ, Đảng đoàn).
_SHORTEST = 3


def words(recognised: str, box: Box, confidence: float) -> Iterator[Word]:
    """Yield the words of what an engine read in one box."""
    for part in recognised.split():
        for text in mended(part).split():
            yield Word(text, box, confidence, None if text == part else part)


@lru_cache(maxsize=8192)
def mended(word: str) -> str:
    """Return a word as it must be spelled, in NFC; the same where that is not certain."""
    return _CORE.sub(lambda core: _spelled(core[0]), clean(_once(word)))


def _once(word: str) -> str:
    once = _TWICE.sub(lambda pair: "Đ" if "Đ" in pair[0] else "đ", word)
    core = clean(once).strip(".,;:()\"'").lower()
    return once if len(core) >= _SHORTEST and syllable.is_spelled(core) else word


def _spelled(core: str) -> str:
    lower = core.lower()
    if lower.isascii() or syllable.is_spelled(lower):
        return core
    tones = _tones(lower)
    found = syllable.spellings(syllable.toneless(lower)[0], *tones) if len(tones) == 1 else ()
    if len(found) != 1:
        return core
    shape, _ = syllable.toneless(core)
    return "".join(
        letter.upper() if seen.isupper() else letter
        for letter, seen in zip(found[0], shape, strict=True)
    )


def _tones(word: str) -> set[str]:
    """Return the tones of a word; consonants bear none, so what stands on them counts if alone."""
    borne: set[str] = set()
    stray: set[str] = set()
    below = ""
    for letter in unicodedata.normalize("NFD", word):
        if letter in syllable.TONES:
            (borne if below in syllable.VOWELS else stray).add(letter)
        elif not unicodedata.combining(letter):
            below = letter
    return borne or stray
