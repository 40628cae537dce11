"""Rows of registers as lines for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from partydoc.archive import whereabouts
from partydoc.archive.registerrow import BESIDE_FIELDS, KINDS, NAMES
from partydoc.commands.session import clock, notice
from partydoc.commands.terminal import printable
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.archive.registerrow import RegisterRow
    from partydoc.archive.rowlist import Listed
    from partydoc.registeredits import Version

#: What is told of a scan among the changes of a row.
_LINKED = "linked"


def form(catalogue: Catalogue, row: RegisterRow) -> dict[str, Any]:
    """Return a row in the form of `register list --json`."""
    from partydoc.archive.rowlist import listed
    from partydoc.registerrules import today_of

    return form_of(listed(catalogue, row), today_of(clock()))


def change(name: str, before: str | None, after: str | None) -> str:
    """Return what was changed in a row: `deadline: unknown → 30/11/2026`."""
    from partydoc.registerfields import label, shown

    if name in BESIDE_FIELDS:
        old, new = (plain(name, one) or _("unknown") for one in (before, after))
    else:
        old, new = (shown(name, one) or _("unknown") for one in (before, after))
    return f"{label(name)}: {old} → {new}"


def plain(name: str, value: str | None) -> str | None:
    """Return a value of a version; of a scan only that there is one, for it may stand in hold."""
    return _LINKED if name == "document" and value else value


def tell_faults(catalogue: Catalogue, kind: str, series: list[str], quiet: bool) -> None:
    """Say which numbers are missing without a reason, and which were given twice."""
    from partydoc import ranges
    from partydoc.archive import registers

    for name in series:
        if missing := registers.missing(catalogue, kind, name):
            message = _("{register} {series}: missing without a reason: {numbers}.")
            hint = _("Say why: partydoc register gap {register} {first}/{series} --reason TEXT")
            said = {
                "register": NAMES[kind],
                "series": name,
                "numbers": ranges.written(missing),
                "first": ranges.written(missing[:1]),
            }
            notice(f"{message.format(**said)} {hint.format(**said)}", quiet)
        if doubled := registers.doubled(catalogue, kind, name):
            message = _("{register} {series}: given twice: {numbers}.")
            said = {"register": NAMES[kind], "series": name, "numbers": ", ".join(doubled)}
            notice(message.format(**said), quiet)


def faults(catalogue: Catalogue, kind: str, series: list[str]) -> dict[str, list[str]]:
    """Return the same for scripts, as references."""
    from partydoc import ranges
    from partydoc.archive import registers

    missing, doubled = [], []
    for name in series:
        missing += [
            f"{ranges.written([one])}/{name}" for one in registers.missing(catalogue, kind, name)
        ]
        doubled += [f"{one}/{name}" for one in registers.doubled(catalogue, kind, name)]
    return {"missing": missing, "doubled": doubled}


def lines(rows: Iterable[Listed], today: str) -> Iterator[str]:
    """Yield rows for people, those of each series below its name."""
    for series, of_it in groupby(rows, key=lambda one: one.row.series.name):
        yield printable(f"{series}:")
        yield from (line(one, today) for one in of_it)


def line(one: Listed, today: str) -> str:
    row, fields = one.row, _shown(one.row)
    if row.line == "gap":
        text = _("{figure:>7}  no document: {reason}").format(figure=row.figure, reason=row.reason)
        text = " · ".join(filter(None, (text, row.series.type)))
    else:
        name = " ".join(filter(None, (fields.get("type"), fields.get("subject"))))
        arrived = (fields.get("issuer"), fields.get("code"), fields.get("date"), name)
        departs = (fields.get("code"), name, fields.get("signer"), fields.get("recipients"))
        parts = arrived if row.kind == KINDS[0] else departs
        text = f"{row.figure:>7}  {_day(row):10}  {' · '.join(filter(None, parts))}"
    if row.void is not None:
        why = _("void: {reason}").format(reason=row.void)
        return click.style(printable(text), strikethrough=True) + printable(f" · {why}")
    marks = _marks(one, today)
    return printable(" · ".join((text, *marks)))


def _day(row: RegisterRow) -> str:
    from partydoc.registerfields import shown

    return shown("date", row.day)


def _marks(one: Listed, today: str) -> list[str]:
    """Return what is to be seen of a row at a glance."""
    row, fields, marks = one.row, _shown(one.row), []
    if forward := fields.get("forward"):
        marks.append(f"→ {forward}")
    if (deadline := fields.get("deadline")) and one.is_open:
        late = one.is_overdue(today)
        text = _("OVERDUE since {day}") if late else _("to be settled by {day}")
        marks.append(text.format(day=deadline))
    answers = ", ".join(
        answer.fields.get("code") or answer.reference for answer in one.told_answers
    )
    if answers:
        marks.append(_("answered by {codes}").format(codes=answers))
    if one.document:
        marks.append(_("scan"))
    if row.corrected:
        marks.append(_("corrected"))
    return marks


def _shown(row: RegisterRow) -> dict[str, str]:
    from partydoc.registerfields import shown

    return {name: shown(name, value) for name, value in row.fields.items()}


def record(catalogue: Catalogue, row: RegisterRow) -> list[str]:
    """Return all that is known of a row for people, a line a field."""
    from partydoc.archive.rowlist import listed
    from partydoc.registerfields import label, ordered, shown

    one = listed(catalogue, row)
    said = {
        _("row"): f"{row.register} {row.reference}",
        **{label(name): shown(name, value) for name, value in ordered(row.fields)},
        label("answers"): _names(one.answers),
        _("answered by"): _names(one.told_answers),
        label("document"): _scan(catalogue, row, one.document),
        _("reason"): row.reason,
        label("void"): row.void,
    }
    width = max(len(name) for name, value in said.items() if value)
    return [f"{name:<{width}}  {value}" for name, value in said.items() if value]


def _names(rows: tuple[RegisterRow, ...]) -> str:
    return ", ".join(f"{one.register} {one.reference}" for one in rows)


def _scan(catalogue: Catalogue, row: RegisterRow, document: str | None) -> str:
    from partydoc import lookup
    from partydoc.archive import disposals

    if document is None:
        gone = disposals.by_urn(catalogue, row.destroyed) if row.destroyed else None
        return lookup.fate(gone) if gone else ""
    where = whereabouts.of(catalogue, document)
    return where[0].reference if where else document[:12]


def version(one: Version) -> str:
    """Return a version on one line: when, who, and what was changed."""
    said = "; ".join(change(name, *both) for name, both in one.changed.items())
    what = said or (_("registered") if one.first else _("unchanged"))
    return f"{one.commit.when.astimezone():%d/%m/%Y %H:%M}  {one.commit.actor}  {what}"


def version_form(one: Version) -> dict[str, Any]:
    from partydoc.archive.kept import stamp

    return {
        "when": stamp(one.commit.when),
        "who": one.commit.actor,
        "operation": one.operation,
        "before": {name: plain(name, old) for name, (old, _new) in one.changed.items()},
        "after": {name: plain(name, new) for name, (_old, new) in one.changed.items()},
    }


def form_of(one: Listed, today: str) -> dict[str, Any]:
    row = one.row
    return {
        "version": 1,
        "register": row.register,
        "reference": row.reference,
        "line": row.line,
        "series": row.series.name,
        "number": row.figure,
        "fields": dict(row.fields),
        "answers": [each.reference for each in one.answers],
        "answered_by": [each.reference for each in one.told_answers],
        "id": one.document,
        "reason": row.reason,
        "void": row.void,
        "corrected": list(row.corrected),
        "open": one.is_open,
        "overdue": one.is_overdue(today),
        "urn": row.urn,
    }
