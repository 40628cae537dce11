"""A register as a form to be printed, with a column in which is signed."""

from __future__ import annotations

from partydoc import registerbook
from partydoc.archive import rowlist
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.rowlist import Wanted
from partydoc.archive.settings import Settings
from partydoc.fieldvalues import written
from partydoc.printed import creator_of, letterhead, title, under
from partydoc.prints.form import A4_WIDE, Beside, Block, Column, Form, Line, Row, Table

#: Millimetres: a row is high enough for a signature.
_LEAST = 9
_SIZE = 10
_OPEN_FONDS = (
    "SELECT reference FROM units WHERE kind = 'fonds' AND record ->> '$.closed' IS NULL LIMIT 2"
)
#: table -> the register whose rows it lists.
TABLES = {"in": "arrival", "out": "departure", "handling": "arrival"}


def form(catalogue: Catalogue, settings: Settings, table: str, wanted: Wanted, today: str) -> Form:
    """Return the register of arrivals (`in`), of departures (`out`), or how arrivals are settled
    (`handling`), with the rows that are wanted; `today` is ISO.
    """
    rows = rowlist.rows(catalogue, TABLES[table], wanted)
    kind = table if table == "handling" else TABLES[table]
    book = registerbook.book(kind, rows, wanted.secret)
    columns = tuple(
        Column(one.title, A4_WIDE.room * one.share / 100, "left") for one in book.columns
    )
    lines = tuple(Row(line.cells, line.head, line.struck) for line in book.lines)
    blocks: tuple[Block, ...] = (
        _letterhead(catalogue, settings),
        title(book.title),
        *under(_span(wanted, today)),
        Line("", size=6),
        Table(columns, lines, _SIZE, _LEAST),
    )
    return Form(f"{book.title} {today}", blocks, A4_WIDE)


def secret_rows(catalogue: Catalogue, table: str, wanted: Wanted) -> list[str]:
    """Return the ids of the rows of secret documents among those that are wanted, for the log."""
    rows = rowlist.rows(catalogue, TABLES[table], wanted)
    return [one.row.urn for one in rows if one.row.series.secret]


def _letterhead(catalogue: Catalogue, settings: Settings) -> Beside:
    """Return whose register it is: as the settings say, else who formed the only open fonds; where
    neither tells, how departures are counted says whether it is a body of the Party.
    """
    found = [catalogue.unit(reference) for (reference,) in catalogue.ask(_OPEN_FONDS)]
    fonds = found[0] if len(found) == 1 else None
    formed = creator_of(catalogue, fonds) if fonds else ""
    body = settings.organisation or formed or settings.name
    unnamed = "state" if settings.numbering == "year" else "party"
    return letterhead(body, family=None if body else unnamed)


def _span(wanted: Wanted, today: str) -> str:
    last = written("date", wanted.last or today)
    if wanted.first is None:
        return f"Đến ngày {last}"
    return f"Từ ngày {written('date', wanted.first)} đến ngày {last}"
