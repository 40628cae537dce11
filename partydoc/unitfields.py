"""Fields of fonds, inventories and folders, as people name and write them.

The names and the lists of values are a table, metadata/units.toml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partydoc import entryfields, text
from partydoc.archive import references, retention
from partydoc.archive.units import Entry, entry_in
from partydoc.errors import UsageProblem
from partydoc.fieldnames import NONES
from partydoc.fieldtable import FieldTable
from partydoc.fieldvalues import day, written
from partydoc.language import _

#: Every field of a unit, in the order in which they are shown.
FIELDS = (
    "title", "box", "volume", "term", "term_start", "retention", "start", "end", "period",
    "access", "language", "keywords", "sheets", "pages", "physical_state", "reliability",
    "information_sign", "paper_code", "compiler", "creator", "predecessors", "history", "scheme",
    "backup", "note",
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


def label(name: str) -> str:
    """Return the name of a field, or of what else stands in a unit, for people."""
    if entry := entry_in(name):
        return _("entry {ordinal}").format(ordinal=entry)
    places = {"reference": _("reference"), "within": _("stands in"), "closed": _("closed on")}
    return places.get(name) or TABLE.label(name)


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
    readers = {
        "date": day, "retention": _retention, "count": _count, "organisation": _organisations,
        "organisations": _organisations,
    }  # fmt: skip
    reader = readers.get(TABLE.kind(field))
    return reader(line) if reader else line


def shown(name: str, value: Any) -> str:
    """Return what stands under a name in a unit as people write it, "" for nothing; of fields
    `parse` reads it back.
    """
    if value is None:
        return ""
    if isinstance(value, Entry):
        return entryfields.shown(value)
    dated = name == "closed" or name in FIELDS and TABLE.kind(name) == "date"
    return written("date", value) if dated else value


def organisations_in(values: Mapping[str, str | None]) -> list[str]:
    """Return the references of organisations that stand in the values of fields."""
    named = [value for name, value in values.items()
             if value and TABLE.kind(name).startswith("organisation")]  # fmt: skip
    return [reference for value in named for reference in value.split("; ")]


def ordered(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return names and values of fields in the order in which they are shown."""
    return [(name, fields[name]) for name in FIELDS if name in fields]


def _retention(line: str) -> str:
    try:
        return retention.parse(line)
    except ValueError:
        message = _("{text} is no retention period.").format(text=line)
        raise UsageProblem(message, _("Write it as: vĩnh viễn, or 20 năm")) from None


def _organisations(line: str) -> str:
    parts = (part.strip() for part in line.split(";"))
    return "; ".join(references.check("organisation", part) for part in parts if part)


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
        "creator": _("body that formed the fonds"),
        "predecessors": _("predecessors"),
        "history": _("history of the body"),
        "scheme": _("scheme of arrangement"),
        "backup": _("backup"),
        "note": _("note"),
    }


TABLE = FieldTable("units", FIELDS, _labels)
