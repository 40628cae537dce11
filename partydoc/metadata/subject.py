"""Subject: the lines under the type name, or "V/v …" under the number of a công văn.

Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW (công văn: "về việc …" in italics under the number);
Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 5a and 5b.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from partydoc.document import Field
from partydoc.metadata.finding import found, legible
from partydoc.metadata.layout import Segment, join, rows, same_row
from partydoc.metadata.letterhead import SAME, Letterhead
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import Rules, keys, table
from partydoc.metadata.spelling import is_plausible, mend_text

#: A word read so badly at the beginning of a line is none of it.
SCRAP = 0.3
#: Lines are centred under the title; one that is so far out has lost words, or is another's.
ASKEW, APART = 0.025, 0.06
#: As sure is what has lost words, or may have.
CUT = 0.7
#: No subject has more lines.
LINES = 8
_ABOUT = re.compile(
    r"^\W*(?:[vVwW]\s*(?:[/⁄IiílL|.]+\s*[vVyYwW/›’]?|[vV])(?=[\s:.(]|$)|V[/⁄]v(?=[^\W\d_]))[\s:.]*"
)

#: What else is left of "V/v" where it stands under the number: VZ, VÁ', V#W.
_DAMAGED = re.compile(r"^[vV](?:[A-ZÁÀẢÃẠ]\W*|\w?[^\w\s]+\w?)\s+(?=\w|$)")
#: What "năm" is taken for before a year; the last figure of a year, read as a letter.
_IN_YEAR = re.compile(r"\b(?:nắm|nằm|nặm)(?= (?:19|20)\d\d\b)")
_YEAR = re.compile(r"\b((?:19|20)\d) ?[Il|](?!\w)")
_RULE = re.compile(r"[-–—_=~*. ]{3,}")
_STROKES = re.compile(r"[—_=~*]+|[-–.]{2,}")
#: What is left of "Về" before "việc", and how OCR spells it at the beginning.
_VE = re.compile(r"^\W*(?:[êềếệeé]\s+(?=việc)|([vV])[êếệểễeéèẻẽẹ]\s+)")


def read(head: Letterhead) -> Field | None:
    """Return the field `subject`: one line from "về …" on, without "V/v"."""
    if head.title is not None:
        return _under_title(head, head.title)
    return _under_number(head) if head.number is not None else None


def _under_title(head: Letterhead, title: Segment) -> Field | None:
    lines = list(_lines_below(head, title))
    rest = _rest_of_title(head, title)
    if not lines and not rest:
        return None
    value = tidy(" ".join([rest, *(line.text for line in lines)]))
    where = lines or [title]
    sure = _confidence(where)
    if any(abs(line.centre - title.centre) > ASKEW for line in lines):
        sure = min(sure, CUT)
    return found(value, sure, where) if value else None


def _rest_of_title(head: Letterhead, title: Segment) -> str:
    """Return what follows the type name on its own line, in small letters."""
    type_key = head.type.key if head.type else ""
    for i in range(1, len(title.words) + 1):
        if len(key(" ".join(word.text for word in title.words[:i]))) >= len(type_key):
            return " ".join(word.text for word in title.words[i:]).lower()
    return ""


def _centred(head: Letterhead, title: Segment) -> Iterable[Segment]:
    """Yield of each row below the title the segment that stands nearest to its middle."""
    bottom = head.addressee.box.top if head.addressee else 1.0
    under = (each for each in head.segments if title.box.top < each.box.top < bottom)
    below = [each for each in under if _is_text(each) or _is_rule(each, title)]
    for row in rows(each for each in below if not same_row(each.box, title.box)):
        yield min(row, key=lambda each: abs(each.centre - title.centre))


def _is_text(line: Segment) -> bool:
    return _is_read(line) and line.confidence >= SCRAP


def _is_rule(line: Segment, title: Segment) -> bool:
    """Tell whether a line is the rule under a subject: that under the issuer stands apart."""
    return bool(_RULE.fullmatch(line.text)) and abs(line.centre - title.centre) < APART


def _without_scraps(line: Segment) -> Segment:
    """Drop what a stamp or a rule beside the line left of itself at its beginning."""
    half = len(line.words) // 2
    scraps = [
        i
        for i, word in enumerate(line.words[:half])
        if word.confidence < SCRAP or _STROKES.fullmatch(word.text)
    ]
    return (line.part(scraps[-1] + 1) if scraps else None) or line


def _lines_below(head: Letterhead, title: Segment) -> Iterable[Segment]:
    """Yield the lines of the subject: close under each other, centred, up to a rule or the body."""
    above, pitch, count = title, 0.0, 0
    whose = not _rest_of_title(head, title)
    for whole in _centred(head, title):
        line = _without_scraps(whole)
        step = line.box.top - above.box.top
        height = max(line.height, title.height, 0.008)
        if count and not pitch:
            height = max(line.height, above.height, 0.008)
        limit = 1.5 * pitch if pitch else (2.5 if count else 3.2) * height
        if whose and not count and step <= limit and _is_of_whom(line, above, head.rules):
            above = line
            continue
        if count >= LINES or step > limit or _begins_body(whole):
            return
        if _is_end(line, title, head.rules) and (count or not _is_congress(line)):
            return
        apart = count or step > 1.8 * height
        if _is_full(line, head) or apart and _is_paragraph(line, head):
            return
        yield line
        if count:
            pitch = max(pitch, step)
        above, count = line, count + 1


def _is_of_whom(line: Segment, above: Segment, rules: Rules) -> bool:
    """Tell whether a line under the type name says whose it is: CỦA ỦY BAN NHÂN DÂN TỈNH …"""
    first = key(line.words[0].text)
    if first == "cua":
        rest = line.part(1)
        return rest is not None and rest.key.startswith(
            (*keys("signing", "positions", "starts"), *rules.body_starts)
        )
    return key(above.words[0].text) == "cua" and line.is_capitals


def _is_congress(line: Segment) -> bool:
    """Tell whether a line of capitals is what a resolution is of: ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ …"""
    return line.key.startswith(keys("letterhead", "body", "congresses"))


def _is_paragraph(line: Segment, head: Letterhead) -> bool:
    """Tell whether a long line begins where the paragraphs of the page do."""
    long = line.box.right - line.box.left > 0.5
    return long and head.indent is not None and abs(line.box.left - head.indent) < SAME


def _is_full(line: Segment, head: Letterhead) -> bool:
    """Tell whether a line runs from the margin, or an indent, to the other margin: body text."""
    left, right = head.margins
    return line.box.right > right - 0.02 and line.box.left < left + 0.09


def _is_end(line: Segment, title: Segment, rules: Rules) -> bool:
    """Tell whether a line is a rule, the start of the body, or stands away from the middle."""
    if len(line.key) < 2 or re.fullmatch(r"[\W_]+", line.text):
        return True
    if _begins_body(line) or re.match(r"^([IVX]+|\d+)\s*[-.]", line.text):
        return True
    if (
        line.is_capitals
        and len(line.words) > 1
        and any(
            line.key.startswith(start)
            for start in (*keys("signing", "positions", "starts"), *rules.body_starts)
        )
    ):
        return True
    return abs(line.centre - title.centre) > APART


def _begins_body(line: Segment) -> bool:
    """Tell whether a line begins as the text below a subject does: Căn cứ …, Xét đề nghị …"""
    starts = keys("letterhead", "body", "starts")
    indented = line.box.left < 0.28 or line.box.right > 0.86
    return indented and any(line.key.startswith(start) for start in starts if len(start) > 3)


def _under_number(head: Letterhead) -> Field | None:
    assert head.number is not None
    bottom = head.addressee.box.top - 0.002 if head.addressee else head.number.box.bottom + 0.15
    column = [
        each
        for each in head.segments
        if head.number.box.top < each.box.top < bottom
        and each.box.left < head.border - 0.08
        and _is_read(each)
        and not same_row(each.box, head.number.box)
    ]
    lines = [join(row) for row in rows(column)]
    start = next((i for i, line in enumerate(lines) if _opens(line)), None)
    if start is None and lines and _follows(lines[0], head.number):
        opened, start = False, 0  # its "V/v" was not read
    elif start is None:
        return None
    else:
        opened = True
    lines = list(_closely(_within(lines[start:], head.border)))
    value = tidy(_DAMAGED.sub("", " ".join(line.text for line in lines)))
    crossed = any(line.box.right > head.border + 0.03 for line in lines)
    sure = _confidence(_opened(lines)) - 0.3 * crossed
    return found(value, sure if opened else min(sure, 0.7), lines) if value else None


def _opened(lines: Sequence[Segment]) -> Sequence[Segment]:
    """Return the lines without their "V/v", which may be read badly: it is no part of a subject."""
    first, *others = lines
    for count in (1, 2):
        said = " ".join(word.text for word in first.words[:count])
        if _ABOUT.fullmatch(said) or _DAMAGED.fullmatch(f"{said} "):
            return [*filter(None, [first.part(count)]), *others] or lines
    return lines


def _follows(line: Segment, number: Segment) -> bool:
    """Tell whether a line of small letters stands right under the number."""
    close = line.box.top - number.box.top < 3 * max(number.height, 0.008)
    return close and not line.is_capitals and len(line.words) > 2


def _is_read(line: Segment) -> bool:
    """Tell whether a line has words: marks that lost their letters are none."""
    return any(sum(map(str.isalpha, word.text)) > 1 for word in line.words)


def _opens(line: Segment) -> bool:
    return bool(_ABOUT.match(line.text) or _DAMAGED.match(line.text)) or line.key.startswith(
        ("veviec", "ve")
    )


def _within(lines: Iterable[Segment], border: float) -> Iterable[Segment]:
    """Cut what runs on into the right column."""
    for line in lines:
        words = tuple(word for word in line.words if word.box.left < border + 0.03)
        if words and len(key(line.text)) > 1:
            yield Segment(line.page, words)


def _closely(lines: Iterable[Segment]) -> Iterable[Segment]:
    above: Segment | None = None
    for line in lines:
        height = max(line.height, 0.008)
        if above and line.box.top - above.box.top > 3.2 * height:
            return
        if above and line.is_capitals and key(line.text) in _urgency():
            return
        yield line
        above = line


def _urgency() -> set[str]:
    return {key(text) for text in table("secrecy")["urgency"]["texts"]}


def _confidence(lines: Sequence[Segment]) -> float:
    words = [word for line in lines for word in line.words if key(word.text)]
    sure = legible(words)
    return sure if all(is_plausible(word.text) for word in words) else min(sure, CUT)


def tidy(text: str) -> str:
    """Return a subject as one line: no "V/v", no brackets around it, no stop at its end."""
    text = _VE.sub(lambda found: f"{'v' if found[1] == 'v' else 'V'}ề ", _ABOUT.sub("", text))
    text = _YEAR.sub(r"\g<1>1", mend_text(text.replace("|", " ")))
    text = _IN_YEAR.sub("năm", text)
    text = " ".join(text.split())
    text = text.strip(" .,;:_-–—*|~=")
    if text.startswith("("):
        text = text[1:].strip()
    if text.count(")") > text.count("("):
        text = text.removesuffix(")").strip()
    if text.startswith("Về "):
        text = "v" + text[1:]
    return text.strip(" .,;:_-–—*|~=")
