"""A secrecy mark that shares its line with other words: TUYỆT MẬT - HỎA TỐC, TÀI LIỆU MẬT, (MẬT).

A level alone in its line is a mark; beside words that say something of the paper itself, how
urgent it is, its copy number, it is one too. Beside others it may be what the paper is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from partydoc.metadata.layout import Segment, cut
from partydoc.metadata.level import Level, exactly
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import GENERAL, table
from partydoc.page import Line, Page

#: Marks stand apart by less than columns do.
_GAP = 1.1
_WORD = re.compile(r"[^\W\d_]+")
_LEVELS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
#: MẬT in capitals, its marks damaged or not, and no look-alike: MẶT, MẤT.
_SURELY = re.compile(r"\W*M[ẬÂ]T\W*")
_BRACKETED = re.compile(rf"[(\[]\s*({'|'.join(_LEVELS)})\s*[)\]]")
#: By itself in small letters, as a typist wrote it.
_SMALL = re.compile(r"\W*(tuyệt mật|tối mật)\W*", re.IGNORECASE)


def read(page: Page, head: float) -> Iterator[Level | Literal["doubtful"]]:
    """Yield the marks of a page that share their line, and what may be one.

    `head`: only above this share of the page's height it may be one, or stand in brackets.
    """
    previous = None
    for line in page.lines:
        above = line.box.top <= head
        if above and (bracketed := _BRACKETED.search(line.text)):
            yield _level(bracketed[1])
        parts = list(cut(page, line, _GAP))
        for part in parts:
            found = _of(part)
            if isinstance(found, Level) or found and above:
                yield found
        if above and _is_set_apart(parts, previous):
            yield "doubtful"
        previous = line


def _of(part: Segment) -> Level | Literal["doubtful"] | None:
    words = _WORD.findall(part.text)
    if _SMALL.fullmatch(part.text) and not part.text.isupper():
        return "doubtful"
    for name in _LEVELS:
        named = name.split()
        at = next((i for i in range(len(words)) if words[i : i + len(named)] == named), None)
        if at is None or len(words) == len(named):
            continue
        before, after = words[:at], words[at + len(named) :]
        if len(named) == 1 and _is_part_of_word(before, after):
            return None
        return _beside(name, [*before, *after], part)
    return None


def _is_set_apart(parts: Sequence[Segment], previous: Line | None) -> bool:
    """Tell whether MẬT stands alone, or apart from what stands beside it, in a head.

    The end of a place's name (BÌNH DƯƠNG) makes it no other word there; BÍ does.
    """
    at = next((i for i, part in enumerate(parts) if _SURELY.fullmatch(part.text)), None)
    if at is None or len(parts) > 2:
        return False
    before = parts[0].words if at else previous.words if previous else ()
    whole = table("secrecy")["amid"]["inseparable"]
    return not before or key(before[-1].text) not in whole


def _beside(
    name: str, others: Sequence[str], part: Segment
) -> Level | Literal["doubtful"] | None:  # fmt: skip
    """Judge a level by the words beside it."""
    rest = {key(each) for each in others}
    rules = table("secrecy")["amid"]
    own = {key(word) for text in rules["own"] for word in text.split()}
    if all(each in own or len(each) < 2 for each in rest):
        return _level(name)
    if not part.is_capitals:
        return None
    if name != _LEVELS[-1]:
        return "doubtful"
    papers = [*rules["papers"], *(each.name for each in GENERAL.all_types)]
    return "doubtful" if key("".join(others)) in map(key, papers) else None


def _is_part_of_word(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether the words beside it make it another word: BÍ MẬT, ĐỘ MẬT, MẬT ĐỘ."""
    rules = table("secrecy")["neighbours"]
    ends = {*rules["before"], *table("secrecy")["amid"]["labels"]}
    return (
        bool(before) and key(before[-1]) in ends or bool(after) and key(after[0]) in rules["after"]
    )


def _level(name: str) -> Level:
    level = exactly(key(name))
    assert level is not None
    return level
