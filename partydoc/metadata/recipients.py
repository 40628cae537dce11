"""Recipients: the list under "Nơi nhận" at the left of the signature.

Hướng dẫn 05-HD/VPTW: lines of 12 pt that begin with a dash and end with a comma or semicolon, the
last one the copy that is kept; Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 9b.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from partydoc.document import Field
from partydoc.metadata.finding import found, legible
from partydoc.metadata.layout import Segment, join, rows, segments
from partydoc.metadata.likeness import begins, key
from partydoc.metadata.rules import keys
from partydoc.metadata.spelling import is_plausible, mend_text
from partydoc.page import Page, Word

#: What stands behind the stop of an item in fewer letters and less surely is no part of it.
STROKE, SHORT = 0.8, 3
#: So sure is a list of nothing but what most lists have; in others these say nothing.
USUAL = 0.93
#: Lines of the list stand this close, in heights of their letters; more is its end.
PITCH = 3.4
LINES = 40

_DASH = re.compile(r"^[\s.]*[-–—‐−~_•*«=¬ˆ]+(?:\s+[-–—~_=¬ˆ])*\s*")
#: In a list so many of its items may have lost their dash, if the one above each ends clearly.
UNDASHED = 0.34
# The registry's copy, "Lưu: VT": two letters that OCR takes for others.
_KEPT = re.compile(r"^(\W*Lưu\s*:?\s*)[VÝY][TIFŢ]F?(?=\W|$)")
# What is asked of a recipient, of no weight and mostly read badly: "(b/c)".
_NOTE = re.compile(r"\(\w/.{0,3}$")
_END = re.compile(r"[;,.:]\s*$")


@dataclass(frozen=True)
class _Item:
    lines: tuple[Segment, ...]

    @property
    def words(self) -> Sequence[Word]:
        """Its words without what the signature left behind its stop."""
        words = [word for line in self.lines for word in line.words]
        ends = (i for i, word in enumerate(words) if word.text.endswith((";", ".")))
        end = next((i for i in ends if all(map(_is_stroke, words[i + 1 :]))), len(words))
        return words[: end + 1]

    @property
    def text(self) -> str:
        whole = " ".join(word.text for word in self.words)
        whole = _KEPT.sub(r"\1VT", whole)
        return mend_text(re.sub(r"[\s;,.:]+$", "", _DASH.sub("", whole)).strip(" -–—"))


def _is_stroke(word: Word) -> bool:
    return word.confidence < STROKE and len(key(word.text)) < SHORT


def read(pages: Sequence[Page]) -> Field | None:
    """Return the field `recipients`: each without its dash and its stop; of the last such list."""
    for page in reversed(pages):
        cut = segments(page)
        start = next((each for each in cut if _is_label(each)), None)
        if start is None:
            continue
        items = [
            item for item in _items(list(_below(cut, start)), start) if len(key(item.text)) > 1
        ]
        return _field(items) if items else None
    return None


def _is_label(segment: Segment) -> bool:
    if segment.box.left > 0.4 or len(segment.words) > 4:
        return False
    return any(begins(segment.key, text) for text in keys("signing", "recipients", "texts"))


def _below(cut: Sequence[Segment], start: Segment) -> Iterator[Segment]:
    """Yield the lines of the left column under the label, down to a wider gap."""
    column = [
        each
        for each in cut
        if each.box.top > start.box.top + 0.4 * (start.box.bottom - start.box.top)
        and each.box.left < 0.47
        and each.centre < 0.52
    ]
    above = start
    for line in map(join, rows(column)):
        if line.box.top - above.box.bottom > PITCH * max(start.height, 0.008):
            return
        yield line
        above = line


def _items(lines: Sequence[Segment], label: Segment) -> Iterator[_Item]:
    """Join lines to items: a dash begins one, or a line after one that has ended."""
    dashed = sum(bool(_DASH.match(line.text)) for line in lines) >= 0.5 * len(lines)
    item: list[Segment] = []
    for line in lines[:LINES]:
        ended = bool(item) and _END.search(item[-1].text) is not None
        begins_one = bool(_DASH.match(line.text)) or (
            ended and (not dashed or line.text[0].isupper())
        )
        if item and begins_one:
            yield _Item(tuple(item))
            if _is_last(_Item(tuple(item))):
                return
            item = []
        item.append(line)
    if item:
        yield _Item(tuple(item))


def _is_last(item: _Item) -> bool:
    """Tell whether it is the copy that is kept ("Lưu …"), with which a list ends."""
    return key(item.text).startswith("luu") and item.lines[-1].text.rstrip().endswith(".")


def _field(items: Sequence[_Item]) -> Field:
    lines = [line for item in items for line in item.lines]
    words = [word for item in items if not _is_usual(item) for word in item.words]
    words = [word for word in words if key(word.text) and not _NOTE.match(word.text)]
    sure = legible(words) if words else USUAL
    if not key(items[-1].text).startswith("luu"):
        sure = min(sure, 0.75)
    if not _is_clear_where_each_begins(items) or not all(map(_is_text, items)):
        sure = min(sure, 0.75)
    return replace(found("", sure, lines), value=[item.text for item in items])


def _is_usual(item: _Item) -> bool:
    """Tell whether an item is spelled, but for the number of an article, as in most lists."""
    return key(item.text).rstrip("0123456789") in keys("signing", "recipients", "usual")


def _is_clear_where_each_begins(items: Sequence[_Item]) -> bool:
    """Tell whether each item has its dash, or few have lost it and stand behind a semicolon."""
    undashed = [i for i, item in enumerate(items) if not _is_dashed(item)]
    behind = (i and items[i - 1].lines[-1].text.rstrip().endswith(";") for i in undashed)
    return len(undashed) <= UNDASHED * len(items) and all(behind)


def _is_text(item: _Item) -> bool:
    """Tell whether an item is made of words, and of none but its own: no "VT. Lưu: VT"."""
    return " Lưu" not in item.text and all(map(is_plausible, item.text.split()))


def _is_dashed(item: _Item) -> bool:
    return _DASH.match(item.lines[0].text) is not None
