"""Closing: nothing more comes to a unit, but to a folder a supplement.

What is made here are drafts: `unitediting.carry_out` writes them.
"""

from __future__ import annotations

from partydoc.archive.catalogue import Catalogue
from partydoc.archive.shelving import require_there
from partydoc.archive.units import Unit
from partydoc.errors import UsageProblem
from partydoc.fieldvalues import written
from partydoc.language import _
from partydoc.unitediting import Draft, drafted
from partydoc.unitfields import label


def closed(catalogue: Catalogue, unit: Unit, day: str) -> Draft:
    """Return a unit closed on a day (ISO): of a folder the sheets are counted, and what was stated
    of them must be true. Raises UsageProblem, with both figures where they differ.
    """
    if unit.kind == "organisation":
        message = _("{reference} is an organisation; it ends: catalogue edit {reference} end=DAY")
        raise UsageProblem(message.format(reference=unit.reference), _("Nothing was changed."))
    require_open(unit)
    after = unit.with_value("closed", day)
    if unit.kind == "folder":
        after = after.with_value("sheets", str(_counted(catalogue, unit)))
    return drafted(unit, after)


def reopened(unit: Unit) -> Draft:
    """Return a unit open again; raises UsageProblem where it is, and where it was destroyed."""
    require_there(unit)
    if unit.closed is None:
        message = _("{reference} is open.").format(reference=unit.reference)
        raise UsageProblem(message, _("Nothing was changed."))
    return drafted(unit, unit.with_value("closed", None))


def require_open(unit: Unit) -> None:
    """Raise UsageProblem for a unit that was closed."""
    if unit.closed:
        message = _("{reference} was closed on {day}.")
        hint = _("Open it again first: partydoc catalogue close {reference} --reopen")
        day = written("date", unit.closed)
        text_ = message.format(reference=unit.reference, day=day)
        raise UsageProblem(text_, hint.format(reference=unit.reference))


def require_open_above(catalogue: Catalogue, unit: Unit) -> None:
    """Raise UsageProblem for a unit that stands in one that was closed, however far above it."""
    while unit.parent and (above := catalogue.unit(unit.parent)):
        require_open(above)
        unit = above


def require_taking(catalogue: Catalogue, folder: Unit) -> None:
    """Raise UsageProblem for a folder to which nothing comes: an open one of a fonds or inventory
    that was closed. To a closed one a supplement may come.
    """
    if not folder.closed:
        require_open_above(catalogue, folder)


def _counted(catalogue: Catalogue, folder: Unit) -> int:
    """Return how many sheets a folder has; raises UsageProblem where more or fewer are stated."""
    bare = [entry.ordinal for entry in folder.entries if not entry.sheets]
    if bare or not folder.entries:
        message = _("{reference} cannot be closed: entries {ordinals} have no sheet numbers.")
        if not bare:
            message = _("{reference} cannot be closed: it has no entries.")
        hint = _("Number them: partydoc catalogue edit {reference}-{ordinal} sheets=1-2")
        names = {"reference": folder.reference, "ordinals": ", ".join(bare)}
        raise UsageProblem(message.format(**names), hint.format(**names, ordinal=[*bare, "001"][0]))
    counted = {"sheets": sum(entry.sheets for entry in folder.entries)}
    pages = [row.pages if row else None for row in map(catalogue.row, _documents(folder))]
    if None not in pages:
        counted["pages"] = sum(filter(None, pages))
    for name, count in counted.items():
        stated = folder.value(name)
        if stated and int(stated) != count:
            message = _("{reference}: for {name} {stated} is stated, its entries have {counted}.")
            hint = _("Correct the entries, or what is stated: partydoc catalogue edit {what}")
            said = {"reference": folder.reference, "name": label(name), "stated": stated}
            what = f"{folder.reference} {name}={count}"
            raise UsageProblem(message.format(**said, counted=count), hint.format(what=what))
    return counted["sheets"]


def _documents(folder: Unit) -> list[str]:
    """Return the documents of a folder, "" for an entry without one."""
    return [entry.document or "" for entry in folder.entries]
