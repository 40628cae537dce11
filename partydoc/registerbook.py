"""The registers as the law wants them printed: columns and rows as values, with one to sign.

Nghị định 30/2020/NĐ-CP, Phụ lục IV; the columns are a table, metadata/registers.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from partydoc import registerfields
from partydoc.archive.registerrow import RegisterRow, Series
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
    """The cells of a row, "" where nothing is known; `struck` of a row that is void, `head` of one
    that says in which series those below it are counted.
    """

    cells: tuple[str, ...]
    struck: bool = False
    head: bool = False


@dataclass(frozen=True)
class Book:
    """A register as it is printed."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def book(kind: str, listed: Iterable[Listed], secret: bool = False) -> Book:
    """Return an official table with these rows: `arrival`, `departure`, or `handling`, by which it
    is followed how arrivals are settled; `secret`: that of secret documents.
    """
    form = next(one for one in table("registers")["register"] if one["kind"] == kind)
    columns = tuple(
        Column(one["title"], one["share"], one["title"] == form.get("sign"))
        for one in form["columns"]
    )
    title = form["secret_title" if secret else "title"]
    return Book(title, columns, tuple(_lines(listed, form["columns"])))


def _lines(listed: Iterable[Listed], columns: Sequence[Mapping]) -> Iterator[Line]:
    """Yield the lines of rows; those of each series have a head where there are several."""
    parts = [list(rows) for _name, rows in groupby(listed, lambda one: one.row.series.name)]
    for rows in parts:
        if len(parts) > 1:
            name = _named(rows[0].row.series)
            cells = (name if "type" in one["fields"] else "" for one in columns)
            yield Line(tuple(cells), head=True)
        yield from (_line(one, columns) for one in rows)


def _named(series: Series) -> str:
    """Return the name of a series in the words of the register: Báo cáo, nhiệm kỳ 2025-2030."""
    words = table("registers")["series"]
    period = words["year" if series.period.isdigit() else "term"].format(period=series.period)
    secret = words["secret"] if series.secret else None
    name = ", ".join(filter(None, (series.type, series.issuer, secret, period)))
    return name[:1].upper() + name[1:]


def _line(listed: Listed, columns: Sequence[Mapping]) -> Line:
    row = listed.row
    codes = [one.fields.get("code") or one.figure for one in listed.told_answers]
    values = {name: registerfields.shown(name, value) for name, value in row.fields.items()}
    values.setdefault("type", row.series.type or "")  # of a gap
    values |= {"number": row.figure, "answered": ", ".join(codes)}
    if row.kind == "departure":
        values["code"] = row.fields.get("code") or row.figure
    told = any("answered" in one["fields"] for one in columns)
    values["remarks"] = _remarks(row, [] if told else codes)
    cells = tuple(
        one.get("between", " ").join(filter(None, map(values.get, one["fields"])))
        for one in columns
    )
    return Line(cells, row.void is not None)


def _remarks(row: RegisterRow, codes: Sequence[str]) -> str:
    """Return what is to be said of a row beside its fields, in the words of the register."""
    words = table("registers")["remarks"]
    said = [row.fields.get(name) for name in ("secrecy", "urgency", "note")]
    said += [words["answered"].format(code=code) for code in codes]
    if row.void is not None:
        said.append(words["void"].format(reason=row.void))
    said.append(row.reason)
    if row.corrected:
        said.append(words["corrected"])
    return "; ".join(filter(None, said))
