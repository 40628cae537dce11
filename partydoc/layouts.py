"""The tables of prints as the law gives them: metadata/prints.toml.

A register is printed the same way: its columns stand there, its rows come from whoever knows them,
and `prints` draws the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from partydoc.metadata.rules import table
from partydoc.prints.form import A3_WIDE, A4, A4_WIDE, Column, Line, Paper, Row, Table

_PAPERS = {"A4": A4, "A4-wide": A4_WIDE, "A3-wide": A3_WIDE}


@dataclass(frozen=True)
class Layout:
    """A table by its name: title, paper, columns, the field that each of them shows, and what
    stands below it.
    """

    title: str
    paper: Paper
    fields: tuple[str, ...]
    columns: tuple[Column, ...]
    size: float
    foot: tuple[str, ...]

    def row(self, values: Mapping[str, str]) -> Row:
        """Return the row of some values, by field; what has no column is left out."""
        return Row(tuple(values.get(field, "") for field in self.fields))

    def head(self, field: str, text: str) -> Row:
        """Return a row that stands above others, its text in the column of a field."""
        return Row(tuple(text if name == field else "" for name in self.fields), head=True)

    def table(self, rows: Iterable[Row], least: float = 0) -> Table:
        """Return the table with its rows; `least` is their least height in millimetres."""
        return Table(self.columns, tuple(rows), self.size, least)

    def below(self, **values: object) -> tuple[Line, ...]:
        """Return the lines below the table, filled in."""
        return tuple(
            Line(line.format(**values), above=3 if not number else 0.5)
            for number, line in enumerate(self.foot)
        )


@cache
def layout(name: str) -> Layout:
    """Return a table of prints.toml by its name."""
    found = next(one for one in section("table") if one["name"] == name)
    columns = tuple(Column(*column[1:]) for column in found["columns"])
    fields = tuple(column[0] for column in found["columns"])
    paper, foot = _PAPERS[found["paper"]], tuple(found.get("foot", ()))
    return Layout(found["title"], paper, fields, columns, found["size"], foot)


def section(name: str) -> Any:
    """Return a section of prints.toml."""
    return table("prints")[name]
