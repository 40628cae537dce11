"""Fields of the rows of registers, as people name and write them.

The names and the lists of values are a table, metadata/registers.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from partydoc import text
from partydoc.errors import UsageProblem
from partydoc.fieldnames import NONES
from partydoc.fieldtable import FieldTable
from partydoc.fieldvalues import day, read, written
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.metadata.rules import Local

#: Every field of a row, in the order in which they are shown.
FIELDS = (
    "arrival_date", "issuer", "code", "symbol", "date", "type", "subject", "signer", "recipients",
    "keeper", "copies", "forward", "forwarded", "deadline", "progress", "settled", "answers",
    "secrecy", "urgency", "term", "note",
)  # fmt: skip
#: What is read as the same field of a document is.
_AS_OF_DOCUMENTS = ("symbol", "type", "subject", "recipients")
_MOST_COPIES = 100_000


def of(kind: str) -> tuple[str, ...]:
    """Return the fields of a register: `arrival` or `departure`."""
    return TABLE.of(kind)


def find(kind: str, name: str) -> str:
    """Return the field of a register that a name means; raises UsageProblem, with the nearest."""
    known, found = of(kind), TABLE.find(name)
    if found not in known:
        raise TABLE.unknown(name, known)
    assert found is not None
    return found


def label(field: str) -> str:
    """Return the name of a field for people, in the language of the messages."""
    return TABLE.label(field)


def parse(field: str, typed: str, local: Local | None = None) -> str | None:
    """Return what a person typed as the value of a field; None: there is none ("-").

    Days become ISO. `local`: what the archive adds to the tables. Raises UsageProblem when it
    cannot be a value of that field.
    """
    value = text.clean(typed).strip()
    if value in NONES:
        return None
    if not value:
        message = _("{name} is empty.").format(name=label(field))
        raise UsageProblem(message, _("If there is none: {field}=-").format(field=field))
    if field == "code":
        return _code(value)
    if field in _AS_OF_DOCUMENTS:
        found = read(field, value, local)
        return found if isinstance(found, str) else "; ".join(found)
    line = TABLE.line(field, value)
    reader = {"day": whole_day, "date": day, "count": _count}.get(TABLE.kind(field))
    return reader(line) if reader else line


def shown(field: str, value: str | None) -> str:
    """Return a value as people write it, "" where nothing is known; `parse` reads it back."""
    if value is None:
        return ""
    return written("date", value) if TABLE.kind(field) in ("day", "date") else value


def ordered(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return names and values of fields in the order in which they are shown."""
    return [(name, fields[name]) for name in FIELDS if name in fields]


def whole_day(line: str) -> str:
    """Return a day in ISO; raises UsageProblem where no more than month or year is named."""
    found = day(line)
    if len(found) == len("2026-11-23"):
        return found
    message = _("{text} is no whole day.").format(text=line)
    raise UsageProblem(message, _("Write it with its day, as: 02/9/2026"))


def _code(value: str) -> str:
    try:
        return str(read("code", value))
    except UsageProblem as problem:
        hint = _("Write 12-CV/TU; if the document has no number: code=- note={text}")
        raise UsageProblem(problem.message, hint.format(text=value)) from None


def _count(line: str) -> str:
    if line.isascii() and line.isdigit() and 0 < int(line) < _MOST_COPIES:
        return str(int(line))
    message = _("{text} is no number of copies.").format(text=line)
    raise UsageProblem(message, _("Write it in figures, as: 15"))


def _labels() -> dict[str, str]:
    return {
        "arrival_date": _("arrival date"),
        "issuer": _("issuer"),
        "code": _("code"),
        "symbol": _("symbol"),
        "date": _("date"),
        "type": _("type"),
        "subject": _("subject"),
        "signer": _("signer"),
        "recipients": _("recipients"),
        "keeper": _("who keeps the file copy"),
        "copies": _("number of copies"),
        "forward": _("forwarded to"),
        "forwarded": _("forwarded on"),
        "deadline": _("to be settled by"),
        "progress": _("progress"),
        "settled": _("settled on"),
        "answers": _("answers"),
        "secrecy": _("secrecy"),
        "urgency": _("urgency"),
        "term": _("term of office"),
        "note": _("note"),
        "document": _("scan"),
        "void": _("void"),
    }


#: The fields of rows; what is asked for everywhere stands above.
TABLE = FieldTable("registers", FIELDS, _labels)
