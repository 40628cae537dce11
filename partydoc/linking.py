"""Scans link themselves to their rows in the registers.

A scan is that of a row when number and day of arrival agree, or code and day and the issuer, when
nothing that is known of both speaks against it, and when there is no second such row or scan. Only
what is accepted of a document counts; one in hold is never looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from partydoc.archive import signs
from partydoc.archive.audit import actor
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.kept import Kept
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.registers import Registers
from partydoc.errors import Unreadable
from partydoc.lookup import living
from partydoc.text import fold
from partydoc.turns import Turns

_FREE = "line = 'document' AND NOT void AND document IS NULL"
_LINKED = "WHERE document = ? AND line = 'document' AND NOT void LIMIT 1"
#: Rows without a scan of which some document has the code or the arrival.
_WAITING = (
    f"WHERE {_FREE} AND (EXISTS (SELECT 1 FROM signs s WHERE s.code = register_rows.code)"
    " OR EXISTS (SELECT 1 FROM signs s WHERE s.arrival = register_rows.arrival))"
)


@dataclass(frozen=True)
class _Paper:
    """What is sure of a document; `stamped`: somebody or something read an arrival number."""

    id: str
    code: str | None
    arrival: str | None
    date: str | None
    issuer: str | None
    secret: bool
    stamped: bool


def of_document(opened: Opened, document: str, now: datetime) -> RegisterRow | None:
    """Link a document that was just filed to the row that waits for it; return that row."""
    paper = _paper(opened.catalogue, document)
    if paper is None or row_of(opened.catalogue, document):
        return None
    condition = f"WHERE {_FREE} AND (code = ? OR arrival = ?)"
    rows = opened.catalogue.register_rows(condition, paper.code, paper.arrival)
    fitting = [row for row in rows if _fits(opened, row, paper)]
    if len(fitting) != 1 or len(_papers_of(opened, fitting[0])) != 1:
        return None
    with suppress(Unreadable):  # a damaged row stops no document; verify tells of it
        return _link(opened, fitting[0], document, now)
    return None


def of_row(opened: Opened, row: RegisterRow, now: datetime) -> RegisterRow:
    """Link a row to the scan that was there before it; return the row as it stands then."""
    papers = _papers_of(opened, row) if row.line == "document" and not row.document else []
    linked = of_document(opened, papers[0].id, now) if len(papers) == 1 else None
    return linked if linked and linked.urn == row.urn else row


def all_waiting(turns: Opened | Turns, clock: Callable[[], datetime]) -> int:
    """Link every row whose scan is there; return how many were linked."""
    with turns.turn() as opened:
        waiting = [row.urn for row in opened.catalogue.register_rows(_WAITING)]
    linked = 0
    for urn in waiting:
        with turns.turn() as opened:
            row = opened.catalogue.register_row(urn)
            if row and not row.document:
                linked += of_row(opened, row, clock()).document is not None
    return linked


def named(opened: Opened, reference: str) -> str:
    """Return the id of the document that a person names; raises UsageProblem, and Unreadable for
    one in hold.
    """
    return living(opened.archive, opened.catalogue, reference).id


def row_of(catalogue: Catalogue, document: str) -> RegisterRow | None:
    """Return the row that counts whose scan a document is; None where it is that of no row."""
    return next(catalogue.register_rows(_LINKED, document), None)


def _link(opened: Opened, row: RegisterRow, document: str, now: datetime) -> RegisterRow:
    number = opened.audit.operation or opened.audit.begin()
    linked = replace(row.with_value("document", document), operation=number)
    registers = Registers(opened.store, opened.catalogue, opened.archive.staging)
    registers.revise(linked, Commit("linked", actor(), now))
    opened.audit.add("linked", now, [row.urn, document])
    return linked


def _papers_of(opened: Opened, row: RegisterRow) -> list[_Paper]:
    """Return the documents without a row that may be the scan of one."""
    number = signs.arrival_key(row.figure, row.day) if row.kind == "arrival" else None
    code = signs.code_key(row.fields.get("code"))
    query = "SELECT document FROM signs WHERE code = ? OR arrival = ?"
    found = [document for (document,) in opened.catalogue.ask(query, code, number)]
    free = (one for one in found if not row_of(opened.catalogue, one))
    papers = [_paper(opened.catalogue, one) for one in free]
    return [paper for paper in papers if paper and _fits(opened, row, paper)]


def _paper(catalogue: Catalogue, document: str) -> _Paper | None:
    row = catalogue.row(document)
    if row is None or row.held or row.kept is None:
        return None
    return _paper_of(row.kept)


def _paper_of(kept: Kept) -> _Paper:
    code, arrival = signs.of(kept)
    date, issuer = (signs.accepted(kept.fields, name) for name in ("date", "issuer"))
    secret = signs.accepted(kept.fields, "secrecy") is not None
    stamped = kept.fields.get("arrival_number")
    return _Paper(kept.id, code, arrival, date, issuer, secret, bool(stamped and stamped.value))


def _fits(opened: Opened, row: RegisterRow, paper: _Paper) -> bool:
    if paper.id in row.apart or row.series.secret != paper.secret:
        return False
    arrival = signs.arrival_key(row.figure, row.day) if row.kind == "arrival" else None
    code = signs.code_key(row.fields.get("code"))
    if _differ(arrival, paper.arrival) or _differ(code, paper.code):
        return False
    day = row.fields.get("date")
    if day and paper.date and not (day.startswith(paper.date) or paper.date.startswith(day)):
        return False  # a month is no other day than one of its days
    if arrival and arrival == paper.arrival:
        return True
    own = opened.archive.settings.organisation if row.kind == "departure" else None
    issuer = row.fields.get("issuer") or own
    if code is None or day is None or (code, day) != (paper.code, paper.date):
        return False
    return _is_by(issuer, paper, row.kind)


def _is_by(issuer: str | None, paper: _Paper, kind: str) -> bool:
    """Whether a document is of the body that a row names; without a name of our own what bears
    a stamp of arrival did not depart from here.
    """
    if kind == "departure" and paper.stamped:
        return False
    if not issuer:
        return kind == "departure"
    return paper.issuer is not None and _alike(issuer, paper.issuer)


def _alike(one: str, other: str) -> bool:
    """Whether one name is the other, or stands in it word by word."""
    first, second = (f" {' '.join(fold(name).split())} " for name in (one, other))
    return first in second or second in first


def _differ(one: str | None, other: str | None) -> bool:
    """Whether both are known and are not the same."""
    return one is not None and other is not None and one != other
