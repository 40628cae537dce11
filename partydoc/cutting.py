"""Where a scan is cut: from the pages on which its papers begin to its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partydoc.archive.kept import Kept
from partydoc.archive.lineage import part_id
from partydoc.errors import UsageProblem
from partydoc.language import _


@dataclass(frozen=True)
class Cut:
    """A part of a scan: its pages there from `first` to `last`, counted from 1, and its id."""

    id: str
    first: int
    last: int

    @property
    def pages(self) -> int:
        """How many there are."""
        return self.last - self.first + 1


def cuts(kept: Kept, at: Sequence[int]) -> tuple[Cut, ...]:
    """Return the parts of a document that begin on its first page and on those of `at`.

    Raises UsageProblem for pages on which no part can begin, and for a document that is signed.
    """
    name, last = kept.id[:12], kept.pages
    if "signed" in kept.particulars:
        message = _("{id} is signed electronically: its pages stay together, bit for bit.")
        raise UsageProblem(message.format(id=name), _("Nothing was changed."))
    if last == 1:
        message = _("{id} has one page only; it cannot be divided.").format(id=name)
        raise UsageProblem(message, _("Nothing was changed."))
    hint = _("Name the pages on which the next papers begin: --at 4,9")
    for before, page in zip((1, *at), at, strict=False):
        if not 2 <= page <= last:
            message = _("{id} has {pages} pages; no second part can begin on page {page}.")
            raise UsageProblem(message.format(id=name, pages=last, page=page), hint)
        if page <= before:
            message = _("Page {page} stands behind page {before}: the pages must rise.")
            raise UsageProblem(message.format(page=page, before=before), hint)
    if not at:
        raise UsageProblem(_("No page is named on which a second part begins."), hint)
    ends = [*(page - 1 for page in at), last]
    spans = zip((1, *at), ends, strict=True)
    return tuple(Cut(part_id(kept.id, first, end), first, end) for first, end in spans)
