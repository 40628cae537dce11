"""From a workbook that was filled in to edits: what may be written, and which rows are left.

A cell that somebody has changed in the archive meanwhile makes the whole workbook stale: nothing of
it is to be written then.
"""

from __future__ import annotations

from dataclasses import replace

from partydoc import editing, fieldnames
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.root import Archive
from partydoc.describing import local_tables
from partydoc.document import Record
from partydoc.editing import Edit, Value
from partydoc.errors import Unreadable, UsageProblem
from partydoc.language import _
from partydoc.metadata.rules import Local
from partydoc.returned import Filled, Returned, Trouble
from partydoc.workbook import CHECKED, ID, plain

#: What says that a row is right; x in any case.
_MARKS = ("x", "✓", "đúng")


def edits(
    archive: Archive, catalogue: Catalogue, returned: Returned
) -> tuple[list[Edit], list[Trouble]]:
    """Return what a workbook changes in the archive as it stands, and which rows cannot be used.

    There are no edits where a row is stale.
    """
    found, troubles = [], list(returned.troubles)
    local = local_tables(archive.settings)
    for row in returned.rows:
        known = catalogue.row(row.document)
        if known is None or known.kept is None:
            message = _("the archive has no such document to edit.")
            troubles.append(returned.trouble(row, ID, message))
            continue
        values, wrong = _values(returned, row, known.kept.fields, local)
        edit = Edit(row.document, values, {name: known.kept.fields.get(name) for name in values})
        wrong = wrong or _refused(archive, returned, row, edit)
        if values and not wrong:
            found.append(edit)
        troubles += wrong
    stale = any(trouble.stale for trouble in troubles)
    return [] if stale else found, sorted(troubles, key=lambda trouble: trouble.row)


def _refused(archive: Archive, returned: Returned, row: Filled, edit: Edit) -> list[Trouble]:
    """Return why an edit cannot be made, if it cannot: one bad row must not stop the others."""
    try:
        editing.draft(archive, [edit] if edit.values else [])
    except (UsageProblem, Unreadable) as problem:
        return [returned.trouble(row, None, f"{problem.message} {problem.hint}")]
    return []


def _values(
    returned: Returned, row: Filled, record: Record, local: Local
) -> tuple[dict[str, Value], list[Trouble]]:
    """Return the values of a row that are to be written, and what is wrong with them."""
    values: dict[str, Value] = {}
    wrong = _mistaken_mark(returned, row)
    for name in _wanted(row, record):
        field, text = record.get(name), row.texts[name]
        now = plain(fieldnames.shown(name, field))
        if now == text and field and field.accepted:
            continue
        confirmed = field is not None and field.source == "person" and not row.was_said(name)
        if now != text and (confirmed or now != row.before.get(name, "")):
            said = _("somebody has changed {name} to {value} meanwhile.")
            message = said.format(name=fieldnames.label(name), value=now or '""')
            wrong.append(replace(returned.trouble(row, name, message), stale=True))
            continue
        try:
            values[name] = fieldnames.parse(name, text, local)
        except UsageProblem as problem:
            wrong.append(returned.trouble(row, name, f"{problem.message} {problem.hint}"))
    return values, wrong


def _mistaken_mark(returned: Returned, row: Filled) -> list[Trouble]:
    """Return that something else than a mark stands where a person says that all is right."""
    text = row.texts.get(CHECKED, "")
    if not text or text.casefold() in _MARKS:
        return []
    message = _("{text} is no mark: write x where all is right, else leave the cell empty.")
    return [returned.trouble(row, CHECKED, message.format(text=text))]


def _wanted(row: Filled, record: Record) -> list[str]:
    """Return the fields of a row that count: those filled in, and the unsure ones of a row marked
    as right. Number and symbol make the code, or it them: the side that was filled in counts.
    """
    wanted = row.changed
    if row.texts.get(CHECKED):
        unsure = [name for name, field in record.items() if field and not field.accepted]
        wanted += [name for name in unsure if row.texts.get(name) and name not in wanted]
        parts, code = {"number", "symbol"}, {"code"}
        follow = parts if "code" in row.changed else code if parts & set(wanted) else set()
        wanted = [name for name in wanted if name in row.changed or name not in follow]
    return wanted
