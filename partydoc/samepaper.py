"""Links between scans of one paper: written into the record of the later one, nothing is deleted.

The link counts as a person's: somebody saw what the check finds and asked for it, so it outlives
another reading of the document, is undone like any correction, and who says that the document is
the same paper as none (`edit REF same_paper=-`) is never asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partydoc import editing, rescans
from partydoc.archive.recovery import Opened
from partydoc.archive.sketched import documents
from partydoc.editing import Draft, Edit
from partydoc.rescans import Rescan


def draft(opened: Opened, found: Sequence[Rescan]) -> tuple[Draft, ...]:
    """Return the documents as they would stand with their links; nothing is written.

    What was found may be some time ago: left out is what was linked, held or corrected meanwhile so
    that it cannot be the same paper.
    """
    return editing.draft(opened.archive, list(_standing(opened, found)))


def _standing(opened: Opened, found: Sequence[Rescan]) -> Iterator[Edit]:
    concerned = {id_ for one in found for id_ in (one.document, one.first)}
    known = {one.id: one for one in documents(opened.catalogue) if one.id in concerned}
    for one in found:
        here, there = known.get(one.document), known.get(one.first)
        if here and there and not here.said and not rescans.contradict(here, there):
            yield Edit(one.document, {"same_paper": one.first})
