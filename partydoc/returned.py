"""A workbook that comes back: what stands in its cells, and what stood there.

What is wrong with the workbook as a whole is an error; what is wrong with a row is a value that
names sheet, row and column.
"""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from partydoc import fieldnames
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.workbook import COLUMNS, HIDDEN, ID, REFERENCE, SAID, plain

#: Bytes that unpacking may add; 500 rows add some three million, pictures next to none.
_LARGEST = 200_000_000
#: What Excel calls a formula, an error, a yes or no: none of them is a text.
_NO_TEXT = ("f", "e", "b")
_Cells = list[list[Any]]


@dataclass(frozen=True)
class Trouble:
    """Why a row was left as it was: sheet, row from 1, and the column's letters if it is one.

    `stale`: somebody has changed the cell in the archive since the workbook was written.
    """

    sheet: str
    row: int
    column: str | None
    document: str | None
    message: str
    stale: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `edit --from --json`."""
        return {
            "version": 1,
            "outcome": "left",
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "id": self.document,
            "message": self.message,
        }

    @property
    def line(self) -> str:
        """The sentence with the place before it."""
        where = _("{sheet}, row {row}") if self.column is None else _("{sheet}, cell {column}{row}")
        place = where.format(sheet=self.sheet, row=self.row, column=self.column)
        return f"{place}: {self.message}"


@dataclass(frozen=True)
class Filled:
    """One row: what stands in its cells and what stood there, by column name."""

    number: int
    document: str
    texts: Mapping[str, str]
    before: Mapping[str, str]

    def was_said(self, name: str) -> bool:
        """Whether a person had filled a field in when the workbook was written, if it tells."""
        said = self.before.get(SAID, "").split()
        return not said or name in said[1:]

    @property
    def changed(self) -> list[str]:
        """The fields whose cells were filled in; an emptied cell says nothing."""
        return [
            name
            for name in fieldnames.EDITABLE
            if self.texts.get(name) and self.texts[name] != self.before.get(name, "")
        ]


@dataclass(frozen=True)
class Returned:
    """A workbook as it was read; `columns`: name -> letters."""

    sheet: str
    columns: Mapping[str, str]
    rows: tuple[Filled, ...]
    troubles: tuple[Trouble, ...]

    def trouble(self, row: Filled, name: str | None, message: str) -> Trouble:
        """Return a trouble in a row, at the column of a name."""
        column = self.columns.get(name) if name else None
        return Trouble(self.sheet, row.number, column, row.document or None, message)


def read(path: Path) -> Returned:
    """Read a workbook; raises UsageProblem when it is none of ours, or has other columns."""
    try:
        hidden, title, cells = _opened(path)
    except Exception as trouble:  # a foreign file can break its reader anywhere
        if isinstance(trouble, OSError) and trouble.errno != errno.EINVAL:  # EINVAL: sent nowhere
            raise
        raise _no_workbook(path) from trouble
    keys, labels, *stood = ([plain(cell.value) for cell in row] for row in hidden)
    if not {ID} <= set(keys) <= {*COLUMNS, SAID}:
        raise _no_workbook(path)
    head, *rows = cells or [[]]
    columns = _columns(title, head, dict(zip(labels, keys, strict=False)))
    letters = {name: _letters(index) for name, index in columns.items()}
    known = {row[0]: dict(zip(keys, row, strict=False)) for row in stood if row and row[0]}
    return _sorted(Returned(title, letters, (), ()), rows, columns, known)


def _opened(path: Path) -> tuple[_Cells, str, _Cells]:
    """Return what stands in the hidden sheet, and the title of the other with what stands there."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(path) as parts:
        if sum(part.file_size - part.compress_size for part in parts.infolist()) > _LARGEST:
            raise ValueError("too large")
    with closing(load_workbook(path, read_only=True, keep_links=False)) as book:
        seen = next(one for one in book.worksheets if one.title != HIDDEN)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write wrong ones
        hidden, cells = ([list(row) for row in one.iter_rows()] for one in (book[HIDDEN], seen))
        if len(hidden) < 2:
            raise ValueError("no columns")
        return hidden, seen.title, cells


def _no_workbook(path: Path) -> UsageProblem:
    message = _("{path} is no workbook that was written by partydoc review.").format(path=path)
    return UsageProblem(message, _("Write one: partydoc review --to FILE.xlsx"))


def _sorted(
    returned: Returned, cells: _Cells, columns: Mapping[str, int], known: Mapping[str, Any]
) -> Returned:
    """Return the workbook with its rows: those that can be used, and what is wrong with others."""
    rows: list[Filled] = []
    troubles: list[Trouble] = []
    for number, row in enumerate(cells, 2):
        filled, wrong = _filled(returned, number, row, columns)
        message = _not_known(filled, known, rows) if any(filled.texts.values()) else ""
        if message:
            wrong = [returned.trouble(filled, ID, message)]
        elif filled.document in known and not wrong:
            rows.append(replace(filled, before=known[filled.document]))
        troubles += wrong
    return replace(returned, rows=tuple(rows), troubles=tuple(troubles))


def _not_known(filled: Filled, known: Mapping[str, Any], rows: Sequence[Filled]) -> str:
    if filled.document not in known:
        return _("this is no document of the workbook; was its id changed?")
    stood, stands = known[filled.document].get(REFERENCE), filled.texts.get(REFERENCE)
    if stood and stands and stood != stands:
        message = _("its id is that of {reference}; were the columns sorted apart?")
        return message.format(reference=stood)
    if any(filled.document == other.document for other in rows):
        return _("the document stands in a row above already; this row was left.")
    return ""


def _columns(sheet: str, head: Sequence[Any], names: Mapping[str, str]) -> dict[str, int]:
    """Return where each column stands; they may be moved, hidden or left out, but not renamed."""
    found: dict[str, int] = {}
    for index, cell in enumerate(head):
        text = plain(cell.value)
        name = names.get(text)
        if text and (name is None or name in found):
            message = _("{sheet}, cell {column}1: there is no column {text}, or it is there twice.")
            where = {"sheet": sheet, "column": _letters(index), "text": text}
            raise UsageProblem(message.format(**where), _UNCHANGED())
        if name:
            found[name] = index
    if ID not in found:
        message = _("{sheet}, row 1: the column with the ids of the documents is missing.")
        raise UsageProblem(message.format(sheet=sheet), _UNCHANGED())
    return found


def _UNCHANGED() -> str:  # noqa: N802
    return _("Nothing was changed. Bring the first row back as it was written.")


def _filled(
    returned: Returned, number: int, row: Sequence[Any], columns: Mapping[str, int]
) -> tuple[Filled, list[Trouble]]:
    """Return what stands in a row, and which of its cells are no text."""
    texts = {
        name: plain(_in_one_line(name, row[index].value))
        for name, index in columns.items()
        if index < len(row)
    }
    filled = Filled(number, texts.get(ID, ""), texts, {})
    message = _("this is a formula, an error or a yes or no, not a value.")
    wrong = [
        returned.trouble(filled, name, message)
        for name, index in columns.items()
        if index < len(row) and row[index].data_type in _NO_TEXT
    ]
    return filled, wrong


def _in_one_line(name: str, value: Any) -> Any:
    """Return what stands in a cell; recipients may stand one below the other."""
    if name == "recipients" and isinstance(value, str):
        return ";\n".join(line.rstrip(" ;") for line in value.splitlines() if line.strip())
    return value


def _letters(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(index + 1)
