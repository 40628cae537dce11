"""The secrecy gate: is a mark on any page, or was a page not read well enough to say?

Luật Bảo vệ bí mật nhà nước 117/2025/QH15; forms of the stamps in Thông tư 24/2020/TT-BCA, mẫu 02
and 05. In printed lines a mark stands alone in capitals; in coloured ink, read apart and full of
noise, a damaged letter is forgiven, because a mark that is missed costs more than one too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from partydoc.document import Line, Page, Verdict
from partydoc.metadata.layout import cut
from partydoc.metadata.legibility import doubtful_page
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import keys, table

#: Marks stand apart by less than columns do.
GAP = 1.1


@dataclass(frozen=True)
class Level:
    """A level of secrecy: its name, its rank among the levels, and how it is compared."""

    value: str
    rank: int
    key: str


def judge(pages: Sequence[Page]) -> Verdict:
    """Say of a document whether it is marked (the highest level counts), unsure, or clear."""
    marks = [(level, page.number) for page in pages for level in _marks(page)]
    if marks:
        level, number = max(marks, key=lambda mark: (mark[0].rank, -mark[1]))
        return Verdict("marked", level.value, number)
    doubtful = doubtful_page(pages)
    return Verdict("unsure", None, doubtful) if doubtful else Verdict("clear")


@cache
def levels() -> tuple[Level, ...]:
    """Return the levels, the longest name first."""
    found = (
        Level(each["value"], each["rank"], key(each["value"])) for each in table("secrecy")["level"]
    )
    return tuple(sorted(found, key=lambda level: -len(level.key)))


def _marks(page: Page) -> Iterator[Level]:
    for previous, line in zip((None, *page.lines), page.lines, strict=False):
        yield from _printed(page, line, previous)
    stamps = sorted(page.stamps, key=lambda line: line.box.top)
    for above, line in zip((None, *stamps), stamps, strict=False):
        level = _stamped(line, above)
        if level:
            yield level


def _printed(page: Page, line: Line, previous: Line | None) -> Iterator[Level]:
    """Find the marks in a printed line: alone in a segment, all capitals, no other word's part."""
    labelled = _labelled(line.text)
    if labelled:
        yield labelled
    parts = list(cut(page, line, GAP))
    for i, part in enumerate(parts):
        level = _exact(part.key)
        if level is None or not _is_upper(part.text):
            continue
        before = parts[i - 1].key if i else ""
        after = parts[i + 1].key if i + 1 < len(parts) else ""
        if not i and previous is not None and _runs_on(previous, line):
            before = key(previous.words[-1].text)
        if not _is_part_of_word(before, after):
            yield level


def _runs_on(previous: Line, line: Line) -> bool:
    """Tell whether a line follows closely under the one before."""
    return 0 < line.box.top - previous.box.top < 3 * (line.box.bottom - line.box.top)


def _is_upper(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all(char.isupper() for char in letters)


def _is_part_of_word(before: str, after: str) -> bool:
    rules = table("secrecy")["neighbours"]
    return any(before.endswith(each) for each in rules["before"] if len(before) < 24) or any(
        after.startswith(each) for each in rules["after"]
    )


def _exact(text: str) -> Level | None:
    return next((level for level in levels() if level.key == text), None)


def _labelled(text: str) -> Level | None:
    """Read "Độ mật: Tối mật", as forms and cover sheets print it."""
    label, colon, value = text.rpartition(":")
    if not colon or not key(label).endswith(keys("secrecy", "label", "texts")):
        return None
    return _exact(key(value))


def _stamped(line: Line, above: Line | None) -> Level | None:
    """Find a mark in a line of coloured ink, alone in it or between noise."""
    text = key(line.text)
    if any(text.endswith(each) for each in keys("secrecy", "declassified", "texts")):
        return None
    if above is not None and key(above.text) in ("giai", "dagiai"):
        return None
    return _alike(text) or next(filter(None, map(_alike, _pieces(line))), None)


def _pieces(line: Line) -> Iterator[str]:
    """Yield words and pairs of words that stand between noise; a word of a sentence is none."""
    words = [key(word.text) for word in line.words]
    rules = table("secrecy")["neighbours"]
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        after = words[i + 1] if i + 1 < len(words) else ""
        if i + 1 < len(words) and len(words) <= 6:
            yield word + after
        if before in rules["before"] or after in rules["after"]:
            continue
        if len(before) <= 2 and len(after) <= 2 and len(word) >= 3:
            yield word


def _alike(text: str) -> Level | None:
    """Return the level a stamp's text comes near to."""
    for level in levels():
        if len(level.key) > 3 and distance(text, level.key, 1) <= 1:
            return level
        if len(level.key) <= 3 and re.fullmatch(_confused(level.key), text):
            return level
    return None


@cache
def _confused(short: str) -> str:
    """Return a pattern for a short mark: one letter of it confused, or one stray sign beside it."""
    confusions = table("secrecy")["stamp"]["confusions"]
    forms = [short, f"[il1|]{short}", f"{short}[il1|j]"]
    for i, char in enumerate(short):
        others = "".join(confusions.get(char, ()))
        if others:
            forms.append(f"{short[:i]}[{others}]{short[i + 1 :]}")
    return "|".join(forms)
