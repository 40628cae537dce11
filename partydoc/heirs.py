"""Who has the pages of a document that was divided or merged."""

from __future__ import annotations

from typing import Any

from partydoc.archive import whereabouts
from partydoc.archive.catalogue import Catalogue, Row
from partydoc.archive.kept import Kept
from partydoc.archive.lineage import MERGED
from partydoc.errors import UsageProblem
from partydoc.language import _


def followed(catalogue: Catalogue, row: Row) -> Row:
    """Return a document, or the one into which it was merged."""
    seen = {row.id}
    while row.status == MERGED and row.kept and (heirs := row.kept.heirs):
        heir = catalogue.row(heirs[0].id)
        if heir is None or heir.id in seen:
            break
        seen.add(heir.id)
        row = heir
    return row


def told(catalogue: Catalogue, kept: Kept) -> list[dict[str, Any]]:
    """Return who has the pages of a document now, and where that is filed."""
    found = []
    for one in kept.heirs:
        row = catalogue.row(one.id)
        heir = followed(catalogue, row).id if row else one.id
        where = whereabouts.of(catalogue, heir)
        reference = where[0].reference if where else None
        found.append({"id": heir, "reference": reference, "first": one.first, "last": one.last})
    return found


def divided(kept: Kept) -> UsageProblem:
    """Return the error that others have the pages of a document."""
    heirs = ", ".join(one.id[:12] for one in kept.heirs)
    message = _("{reference} is no document any more; its pages are in {heirs}.")
    text = message.format(reference=kept.id[:12], heirs=heirs)
    return UsageProblem(text, _("Name one of these: partydoc show ID"))
