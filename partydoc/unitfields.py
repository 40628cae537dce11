"""Fields of fonds, inventories and folders, as people name and write them.

The names and the lists of values are a table, metadata/units.toml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partydoc import text
from partydoc.archive import retention
from partydoc.errors import UsageProblem
from partydoc.fieldnames import NONES
from partydoc.fieldtable import FieldTable
from partydoc.fieldvalues import day, written
from partydoc.language import _

#: Every field of a unit, in the order in which they are shown.
FIELDS = (
    "title", "box", "volume", "term", "term_start", "retention", "start", "end", "period",
    "access", "language", "keywords", "sheets", "pages", "physical_state", "reliability",
    "information_sign", "paper_code", "compiler", "state", "history", "scheme", "backup", "note",
)  # fmt: skip


def find(kinds: Sequence[str], name: str) -> str:
    """Return the field that a name means and that units of all these kinds have.

    Raises UsageProblem, with the nearest names, when there is none.
    """
    known = [one for one in FIELDS if all(one in TABLE.of(kind) for kind in kinds)]
    found = TABLE.find(name)
    if found not in known:
        raise TABLE.unknown(name, known)
    assert found is not None
    return found


def of(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind of unit."""
    return TABLE.of(kind)


def label(field: str) -> str:
    """Return the name of a field for people, in the language of the messages."""
    return TABLE.label(field)


def parse(field: str, typed: str) -> str | None:
    """Return what a person typed as the value of a field; None: there is none ("-").

    Days, months and years become ISO, terms of retention "Vĩnh viễn" or "20 năm". Raises
    UsageProblem when it cannot be a value of that field.
    """
    value = text.clean(typed).strip()
    if value in NONES and field != "title":
        return None
    if value in ("", *NONES):
        message = _("{name} is empty.").format(name=label(field))
        none = _("If there is none: {field}=-").format(field=field)
        raise UsageProblem(message, _("Type a title.") if field == "title" else none)
    line = TABLE.line(field, value)
    reader = {"date": day, "retention": _retention, "count": _count}.get(TABLE.kind(field))
    return reader(line) if reader else line


def shown(field: str, value: str | None) -> str:
    """Return a value as people write it, "" where nothing is known; `parse` reads it back."""
    if value is None:
        return ""
    return written("date", value) if TABLE.kind(field) == "date" else value


def ordered(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return names and values of fields in the order in which they are shown."""
    return [(name, fields[name]) for name in FIELDS if name in fields]


def _retention(line: str) -> str:
    try:
        return retention.parse(line)
    except ValueError:
        message = _("{text} is no retention period.").format(text=line)
        raise UsageProblem(message, _("Write it as: vĩnh viễn, or 20 năm")) from None


def _count(line: str) -> str:
    if line.isascii() and line.isdigit() and 0 < int(line) < 1_000_000:
        return str(int(line))
    message = _("{text} is no number of sheets or pages.").format(text=line)
    raise UsageProblem(message, _("Write it in figures, as: 120"))


def _labels() -> dict[str, str]:
    return {
        "title": _("title"),
        "box": _("box"),
        "volume": _("volume"),
        "term": _("term of office"),
        "term_start": _("beginning of the term"),
        "retention": _("retention"),
        "start": _("from"),
        "end": _("to"),
        "period": _("period"),
        "access": _("access"),
        "language": _("language"),
        "keywords": _("keywords"),
        "sheets": _("number of sheets"),
        "pages": _("number of pages"),
        "physical_state": _("physical state"),
        "reliability": _("reliability"),
        "information_sign": _("information sign"),
        "paper_code": _("code of the paper folder"),
        "compiler": _("compiled by"),
        "state": _("state"),
        "history": _("history of the body"),
        "scheme": _("scheme of arrangement"),
        "backup": _("backup"),
        "note": _("note"),
    }


TABLE = FieldTable("units", FIELDS, _labels)
