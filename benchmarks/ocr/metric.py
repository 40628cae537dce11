"""How wrong a reading is: each printed line against its best match, wherever that stands.

The order of columns is no matter of recognition, so a line may be found anywhere; what was put
out beyond the print is counted apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from partydoc.text import fold

_SIGNS = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "´": "'",
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "…": "...",
})  # fmt: skip


@dataclass(frozen=True)
class Score:
    """Wrong characters of so many printed ones, and pages with the signer's name right.

    `signs` and `put_out` are the characters printed and put out without spaces; `signer_folded`
    forgives case and marks.
    """

    errors: int
    printed: int
    signs: int
    put_out: int
    signer: int
    signer_folded: int
    pages: int = 1

    @property
    def error(self) -> float:
        """Line error in per cent."""
        return 100 * self.errors / self.printed

    @property
    def ratio(self) -> float:
        """Characters put out for each that is printed."""
        return self.put_out / self.signs


def plain(text: str) -> str:
    """Return text in NFC on one line, quotes and dashes of one kind, lone signs left out."""
    unified = unicodedata.normalize("NFC", text).translate(_SIGNS)
    return " ".join(word for word in unified.split() if any(map(str.isalnum, word)))


def score(lines: Sequence[str], signer: str, text: str) -> Score:
    """Compare what was read with the printed lines."""
    read, printed = plain(text), [line for line in map(plain, lines) if line]
    return Score(
        errors=sum(distance(line, read) for line in printed),
        printed=sum(map(len, printed)),
        signs=len("".join(printed).replace(" ", "")),
        put_out=len(read.replace(" ", "")),
        signer=int(plain(signer) in read),
        signer_folded=int(fold(plain(signer)) in fold(read)),
    )


def distance(line: str, text: str) -> int:
    """Return the least edits that make a line out of any stretch of the text.

    Myers' bit vectors (1999): one step a character of the text.
    """
    if not line:
        return 0
    where: dict[str, int] = {}
    for i, char in enumerate(line):
        where[char] = where.get(char, 0) | 1 << i
    whole, last = (1 << len(line)) - 1, 1 << len(line) - 1
    up, down = whole, 0
    edits = best = len(line)
    for char in text:
        same = where.get(char, 0)
        across = (((same & up) + up) ^ up) | same
        grows = down | (~(across | up) & whole)
        falls = up & across
        edits += bool(grows & last) - bool(falls & last)
        best = min(best, edits)
        grows, falls = grows << 1 & whole, falls << 1 & whole
        same |= down
        up, down = falls | (~(same | grows) & whole), grows & same
    return best


def total(scores: Iterable[Score]) -> Score:
    """Add scores up."""
    return Score(*map(sum, zip(*map(astuple, scores), strict=True)))
