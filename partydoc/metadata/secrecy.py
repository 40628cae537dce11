"""The secrecy gate: is a mark on any page, or was a page not read well enough to say?

Luật Bảo vệ bí mật nhà nước 117/2025/QH15; forms of the stamps in Thông tư 24/2020/TT-BCA, mẫu 02
and 05. In printed lines a mark stands alone in capitals; in coloured ink, read apart and full of
noise, a damaged letter is forgiven, because a mark that is missed costs more than one too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from partydoc.document import Verdict
from partydoc.metadata import amid, declassified, framed, stamp, tongue
from partydoc.metadata.layout import Segment, cut
from partydoc.metadata.legibility import doubtful_page
from partydoc.metadata.level import Level, exactly, levels, nearly
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import keys, table
from partydoc.page import Line, Page

#: From this confidence on a mark is taken for itself on a page that is not in Vietnamese.
_PLAIN = 0.8
#: In the head MẬT stands apart from a line by so much of its height, in shares of the page.
_APART = 0.8
#: Marks stand apart by less than columns do.
GAP = 1.1
#: What is left of MẬT when its last letter meets the frame.
_DAMAGED = re.compile(r"M[ẬÂ][T1I:|!LJF7]?")


def judge(pages: Sequence[Page]) -> Verdict:
    """Say of a document whether it is marked (the highest level counts), unsure, or clear.

    GIẢI MẬT, clearly read, lifts the marks of its own page; in all other cases a person decides.
    """
    foreign = tongue.is_foreign(pages)
    lifted = [declassified.state(page) for page in pages]
    marks: list[tuple[Level, int]] = []
    doubts: list[int] = []
    for page, state in zip(pages, lifted, strict=True):
        found = list(_plain_marks(page) if foreign else _marks(page))
        if found and not any(lifted):
            marks += [(level, page.number) for level in found]
        elif state == "doubtful" or found and not state:
            doubts.append(page.number)
        if not found and not state and not foreign and _has_traces(page):
            doubts.append(page.number)
    if marks:
        level, number = max(marks, key=lambda mark: (mark[0].rank, -mark[1]))
        return Verdict("marked", level.value, number)
    doubtful = doubtful_page(pages) or next(iter(doubts), None)
    return Verdict("unsure", None, doubtful) if doubtful else Verdict("clear")


def _has_traces(page: Page) -> bool:
    shared = "doubtful" in amid.read(page, stamp.HEAD)
    return shared or stamp.traces(page) or "unread" in framed.read(page)


def _marks(page: Page) -> Iterator[Level]:
    for previous, line in zip((None, *page.lines), page.lines, strict=False):
        yield from _printed(page, line, previous)
    yield from stamp.marks(page)
    yield from (each for each in framed.read(page) if isinstance(each, Level))
    yield from (each for each in amid.read(page, stamp.HEAD) if isinstance(each, Level))


def _plain_marks(page: Page) -> Iterator[Level]:
    """Yield what stands alone, with all its marks and surely read: enough on foreign pages."""
    for line in (*page.lines, *page.stamps):
        named = (level for level in levels() if line.text == level.value.upper())
        if line.confidence >= _PLAIN and (level := next(named, None)):
            yield level


def _printed(page: Page, line: Line, previous: Line | None) -> Iterator[Level]:
    """Find the marks in a printed line: alone in a segment, all capitals, no other word's part."""
    labelled = _labelled(line.text)
    if labelled:
        yield labelled
    parts = list(_parts(page, line))
    for i, part in enumerate(parts):
        level = _level(part)
        among = len(parts) > 2 or part.box.top > stamp.HEAD
        if level is None or among and _is_other_word(part):
            continue
        before = _before(parts[i - 1]) if i else [""]
        after = parts[i + 1].key if i + 1 < len(parts) else ""
        if previous is not None and _runs_on(previous, part):
            before = [*(before if i else ()), *_above(previous, part)]
        if len(level.key) > 3:
            yield level
        elif not any(_is_part_of_word(each, after) for each in before):
            yield next(filter(None, (exactly(each + level.key) for each in before)), level)


def _parts(page: Page, line: Line) -> Iterator[Segment]:
    """Cut a line at its wide gaps, and in the head of a page where capitals name a level."""
    for part in cut(page, line, GAP):
        tail = next(filter(None, (_tail(part, size) for size in (2, 1))), None)
        if tail and part.box.top <= stamp.HEAD:
            yield Segment(part.page, part.words[: -len(tail.words)])
            yield tail
        else:
            yield part


def _tail(part: Segment, size: int) -> Segment | None:
    """Return the last words if they are a mark set beside a line in small letters."""
    before, tail = part.part(0, -size), part.part(-size)
    if not before or not tail or not _is_upper(tail.text) or _is_upper(before.words[-1].text):
        return None
    level = exactly(tail.key)
    apart = tail.box.left - before.box.right > _APART * (part.box.bottom - part.box.top)
    return tail if level and (size > 1 or apart) else None


def _is_other_word(part: Segment) -> bool:
    """Tell whether a cell of a table surely says MẤT, or another word but for its marks."""
    named = {level.value.upper() for level in levels()}
    return part.confidence >= _PLAIN and not part.text.isascii() and part.text not in named


def _level(part: Segment) -> Level | None:
    """Return the level that a segment in capitals names; in the head of a page nearly names."""
    if not _is_upper(part.text):
        return None
    level = exactly(part.key)
    if level or part.box.top > stamp.HEAD:
        return level
    if _DAMAGED.fullmatch(re.sub(r"[\s\[\](){}_.—-]", "", part.text).strip("|:!")):
        return exactly("mat")
    return nearly(part.key)


def _runs_on(previous: Line, part: Segment) -> bool:
    """Tell whether a segment follows closely under the line before: no mark beside a title does."""
    over, under = previous.box, part.box
    beneath = over.left < under.right and under.left < over.right
    return beneath and 0 < under.top - over.top < 3 * (under.bottom - under.top)


def _before(part: Segment) -> list[str]:
    """Return what a segment may end that MẬT carries on: its words, and the last of them."""
    last = part.words[-1].text
    if last.lower() in table("secrecy")["neighbours"]["unlike"]:
        return [""]
    return [part.key, key(last)]


def _above(line: Line, part: Segment) -> list[str]:
    """Return the words that a segment may carry on: the last of the line above, and in a column
    those that stand over it.
    """
    over = [
        word
        for word in line.words
        if word.box.left < part.box.right and part.box.left < word.box.right
    ]
    unlike = table("secrecy")["neighbours"]["unlike"]
    words = (word.text for word in (*over, line.words[-1]))
    return [key(text) for text in words if text.lower() not in unlike]


def _is_upper(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all(char.isupper() for char in letters)


def _is_part_of_word(before: str, after: str) -> bool:
    """Tell whether the words beside make it another word: bí mật, Mặt trận."""
    rules = table("secrecy")["neighbours"]
    ends = any(
        before == each or before.endswith(each) and len(before) > 8 for each in rules["before"]
    )
    return ends or any(after.startswith(each) for each in rules["after"])


def _labelled(text: str) -> Level | None:
    """Read "Độ mật: Tối mật", as forms and cover sheets print it, the value damaged or not."""
    label, colon, value = text.rpartition(":")
    if not colon or not key(label).endswith(keys("secrecy", "label", "texts")):
        return None
    said = key(value)
    named = next((level for level in levels() if said.startswith(level.key)), None)
    return named or nearly(said)
