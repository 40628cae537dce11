"""Issuer and its superior: the lines of the left column above the number.

Quy định 399-QĐ/TW and Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 2: the direct superior stands above,
in regular capitals, the issuer below it in bold.
"""

from __future__ import annotations

from collections.abc import Sequence

from partydoc.document import Field
from partydoc.metadata.finding import found
from partydoc.metadata.layout import Segment, join, rows, same_row
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import keys
from partydoc.metadata.spelling import Spellings, is_known, mend


def read(head: Letterhead, spelled: Spellings) -> dict[str, Field | None]:
    """Return the fields `issuer` and `superior`, spelled as the rest of the document has them."""
    lines = _lines(head)
    groups = split(lines)
    if not groups:
        return {"issuer": None, "superior": None}
    *above, issuer = groups
    known = names_body(issuer[0])
    superior = _field(above[-1], known and len(above) == 1, spelled) if above else None
    return {"issuer": _field(issuer, known and len(above) < 2, spelled), "superior": superior}


def _lines(head: Letterhead) -> list[Segment]:
    """Return the printed lines of the letterhead's left column, cleaned of rules and stars."""
    bottom = head.number or head.date or head.title
    if bottom is None or head.header is None and head.number is None:
        return []
    limit = bottom.box.top
    column = [each for each in head.left(-1.0, limit) if not same_row(each.box, bottom.box)]
    lines = (_letters(join(row)) for row in rows(column))
    return [line for line in lines if line and line.is_capitals and line.confidence > 0.4]


def _letters(segment: Segment) -> Segment | None:
    """Drop what is no word of a name: stars, rules, single signs at either end."""
    words = [word for word in segment.words if key(word.text)]
    while words and len(key(words[0].text)) < 2 and words[0].confidence < 0.6:
        words.pop(0)
    return Segment(segment.page, tuple(words)) if words and len(key(segment.text)) > 2 else None


def split(lines: Sequence[Segment]) -> list[list[Segment]]:
    """Group lines into bodies, top to bottom: a line that names no body carries on the one above.

    With two lines and no known body among them the last one is taken for the issuer.
    """
    groups: list[list[Segment]] = []
    for line in lines:
        if groups and (not names_body(line) or _is_unfinished(groups[-1])):
            groups[-1].append(line)
        else:
            groups.append([line])
    if len(groups) == 1 and len(lines) > 1 and not names_body(lines[0]):
        return [list(lines[:-1]), [lines[-1]]]
    return groups


def names_body(line: Segment) -> bool:
    """Tell whether a line begins with a word for a kind of body; "TỔ" is one, "TOÀN" is not."""
    starts = keys("letterhead", "bodies", "starts")
    firsts = {key("".join(word.text for word in line.words[:n])) for n in range(1, 6)}
    return any(start in firsts or len(start) > 4 and line.key.startswith(start) for start in starts)


def _is_unfinished(group: Sequence[Segment]) -> bool:
    text = "".join(line.key for line in group)
    return text in keys("letterhead", "bodies", "unfinished")


def _field(group: Sequence[Segment], certain: bool, spelled: Spellings) -> Field:
    printed = " ".join(word.text.strip("_*|~-'\"“”.,;:") for line in group for word in line.words)
    confidences = [word.confidence for line in group for word in line.words]
    mean = sum(confidences) / len(confidences)
    sure = mean if min(confidences) >= 0.2 else min(mean, 0.7)
    value = mend(" ".join(printed.upper().split()), spelled)
    if is_known(value, spelled):
        sure = max(sure, 0.9)
    return found(value, sure if certain else min(sure, 0.7), group)
