"""What is said of an entry, a line of a folder's contents: its sheets, its note, and of paper that
is not scanned whatever is known of the document.
"""

from __future__ import annotations

import re

from partydoc import fieldnames, text
from partydoc.archive.units import Entry
from partydoc.errors import UsageProblem
from partydoc.fieldtable import key
from partydoc.fieldvalues import written
from partydoc.language import _

#: Nothing is written of secret papers outside hold; sheets and note are the entry's own.
_KEPT_OUT = ("secrecy", "sheets", "note")
FIELDS = tuple(one for one in fieldnames.EDITABLE if one not in _KEPT_OUT)
_RANGE = re.compile(r"([1-9]\d{0,5})(?:\s*[-–—]\s*([1-9]\d{0,5}))?")


def find(name: str) -> str:
    """Return what a name means: `document`, `sheets`, `note`, or a field of documents.

    Raises UsageProblem.
    """
    if key(name) in ("document", "vanban"):
        return "document"
    found = fieldnames.find(name)
    if found in ("sheets", "note", *FIELDS):
        return found
    message = _("{name} is not said of an entry.").format(name=fieldnames.label(found))
    raise UsageProblem(message, _("A secret paper stands in the contents by its sheets alone."))


def parse(field: str, typed: str) -> str | tuple[int, int] | None:
    """Return what a person typed as it is kept, of `sheets` the first and the last; None: there is
    none ("-"). Raises UsageProblem when it cannot be a value of that field.
    """
    line = text.clean(typed).strip()
    if line in fieldnames.NONES:
        return None
    if field == "document" and line:
        return line
    if field == "sheets":
        return sheets(line)
    value = fieldnames.parse(field, line)
    return "; ".join(value) if isinstance(value, list) else value


def sheets(typed: str) -> tuple[int, int]:
    """Return the first and the last sheet of 12-14, or of 12; raises UsageProblem."""
    found = _RANGE.fullmatch(typed.strip())
    if not found:
        message = _("{text} are no sheets.").format(text=typed)
        raise UsageProblem(message, _("Write the first and the last, as: 12-14, or 12 alone."))
    first = int(found[1])
    last = int(found[2] or first)
    if last < first:
        message = _("The sheets {text} run backwards.").format(text=typed)
        raise UsageProblem(message, _("Write the first before the last, as: 12-14"))
    return first, last


def range_of(first: int | None, last: int | None) -> str:
    """Return sheets as people write them: 12-14, 12, or "" where they are not numbered."""
    if first is None:
        return ""
    return f"{first}-{last}" if last and last > first else str(first)


def shown(entry: Entry) -> str:
    """Return an entry in a line for people, without its ordinal."""
    twice = ("number", "symbol") if "code" in entry.fields else ()
    names = (name for name in FIELDS if name in entry.fields and name not in twice)
    said = [written(name, entry.fields[name]) for name in names]
    paper = entry.document[:12] if entry.document else ""
    leaves = range_of(entry.first_sheet, entry.last_sheet)
    sheets_ = _("sheets {range}").format(range=leaves) if leaves else ""
    parts = (sheets_, paper, *said, entry.note, _("supplement") if entry.supplement else "")
    return " · ".join(filter(None, parts))
