"""The registers as the law wants them printed: columns and rows as values, with one to sign.

Nghị định 30/2020/NĐ-CP, Phụ lục IV; the columns are a table, metadata/registers.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partydoc import registerfields
from partydoc.archive.rowlist import Listed
from partydoc.metadata.rules import table


@dataclass(frozen=True)
class Column:
    """A column: its title, its share of the width, and whether it stays empty to be signed in."""

    title: str
    share: int
    sign: bool


@dataclass(frozen=True)
class Line:
    """The cells of a row, "" where nothing is known; `struck` of a row that is void."""

    cells: tuple[str, ...]
    struck: bool = False


@dataclass(frozen=True)
class Book:
    """A register as it is printed."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def book(kind: str, listed: Iterable[Listed]) -> Book:
    """Return the official table of a register (`arrival` or `departure`) with these rows."""
    form = next(one for one in table("registers")["register"] if one["kind"] == kind)
    columns = tuple(
        Column(one["title"], one["share"], one["title"] == form["sign"]) for one in form["columns"]
    )
    lines = tuple(_line(one, form) for one in listed)
    return Book(form["title"], columns, lines)


def _line(listed: Listed, form: Mapping) -> Line:
    row = listed.row
    values = {name: registerfields.shown(name, value) for name, value in row.fields.items()}
    values |= {"number": row.figure, "remarks": _remarks(listed)}
    if row.kind == "departure":
        values["code"] = row.fields.get("code") or row.figure
    cells = tuple(
        " ".join(filter(None, (values.get(name) for name in one["fields"])))
        for one in form["columns"]
    )
    return Line(cells, row.void is not None)


def _remarks(listed: Listed) -> str:
    """Return what is to be said of a row beside its fields, in the words of the register."""
    row, words = listed.row, table("registers")["remarks"]
    codes = (one.fields.get("code") or one.figure for one in listed.told_answers)
    said = [row.fields.get("urgency"), row.fields.get("note")]
    said += [words["answered"].format(code=code) for code in codes]
    if row.void is not None:
        said.append(words["void"].format(reason=row.void))
    said.append(row.reason)
    if row.corrected:
        said.append(words["corrected"])
    return "; ".join(filter(None, said))
