"""The words of a typed page: its own where they are true, others where it shows others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from partydoc.ocr import contents, doubt, inset, merge, notes, patch, picture, recognise, trust
from partydoc.page import Line, Word

#: What was read where nothing is typed may be a mark if it is no longer.
_MARK_WORDS = 4


class Sheet(NamedTuple):
    """What a typed page says, and what became of its own lines.

    `shown`: which of the lines are its own, if not all; `marks`: what was read in place of its
    words or beside them, and is not among the lines; `sure`: the lines that account for the ink
    they cover; `doubtful`, `denied`: some of its words cannot be trusted, and are not true;
    `mostly_typed`: it says most of its words itself.
    """

    lines: tuple[Line, ...]
    shown: tuple[int, ...]
    marks: tuple[Line, ...]
    sure: tuple[Line, ...]
    doubtful: bool
    denied: bool
    mostly_typed: bool


def read(
    found: contents.Contents, seen: picture.Drawn, recogniser: recognise.Recogniser,
    whole: Sequence[Line] | None, *, bare: bool,
) -> Sheet:  # fmt: skip
    """Return what a typed page says.

    `whole` is what was read of all of it, if it was: else only the lines in doubt are read. `bare`:
    it has print where it has no words.
    """
    doubts = list(doubt.lines(found.lines, found.doubted))
    again = _again([line for line, _ in doubts], seen, recogniser) if whole is None else whole
    nonsense = bool(doubts) and trust.verdict(found.text) is False
    false = [line for line, words in doubts if nonsense or doubt.denied(words, again)]
    kept = [line for line in found.lines if not any(line is each for each in false)]
    inside = inset.read(found.pictures, kept, seen, recogniser)
    beside = notes.without(again, [*kept, *inside])
    added = list(_added(beside, found, false, bare=bare))
    lines = merge.placed(kept, [*inside, *added])
    own = set(map(id, kept))
    shown = (
        ()
        if len(lines) == len(own)
        else tuple(i for i, line in enumerate(lines) if id(line) in own)
    )
    left = [words for line, words in doubts if not any(line is each for each in false)]
    marks = tuple(inset.legible((*doubt.unsaid(left, again), *_marks(beside, added))))
    sure = (*notes.without(lines, [words for _, words in doubts]), *again)
    mostly = _length(kept) >= _length(added)
    return Sheet(lines, shown, marks, sure, bool(doubts), bool(false), mostly)


def _again(
    lines: Sequence[Line], seen: picture.Drawn, recogniser: recognise.Recogniser
) -> tuple[Line, ...]:
    """Read some lines of a page, whatever they say."""
    if not lines:
        return ()
    boxes = (word.box for line in lines for word in line.words)
    return recogniser.print_on(picture.Drawn(patch.only(seen.image, boxes), seen.dpi))


def _added(
    beside: Sequence[Line], found: contents.Contents, false: Sequence[Line], *, bare: bool
) -> Iterator[Line]:
    """Yield what was read in place of false lines, and where there is print without words."""
    places = [_as_one(line) for line in false]
    yield from inset.legible(notes.within(beside, places))
    if bare:
        yield from inset.text(notes.without(inset.beside(beside, found.pictures), places))


def _length(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _as_one(line: Line) -> Line:
    return Line((Word(line.text, line.box, line.confidence),))


def _marks(beside: Sequence[Line], added: Sequence[Line]) -> Iterator[Line]:
    """Yield the short lines that were read where nothing is typed, and are not on the page."""
    return (line for line in notes.without(beside, added) if len(line.words) <= _MARK_WORDS)
