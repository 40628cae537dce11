"""What becomes of a wish to change the pages of a document, and what was read for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from partydoc.archive.kept import Kept
from partydoc.archive.ocfl import Files, Staged
from partydoc.document import Field, Verdict
from partydoc.metadata.secrecy import judge
from partydoc.page import Reading
from partydoc.paging import Wish


@dataclass(frozen=True)
class Rebound:
    """What became of a wish: `changed`, `held` with a mark that was seen, `refused` (the file) or
    `failed` (what would be there cannot be read), these two with nothing changed and a `reason`.

    `kept`: the document as it stands now; `name`: that of the file; `operation`: its number.
    """

    outcome: Literal["changed", "held", "refused", "failed"]
    kept: Kept
    operation: int | None = None
    reason: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Read:
    """A document as it would be: what was read of it, and the files of that."""

    wish: Wish
    before: Kept
    after: Kept
    job: Path
    reading: Reading
    fields: dict[str, Field | None]
    files: Files
    staged: Staged | None

    def new_file(self) -> Files:
        """Return the file that comes in, under its place in the object."""
        number = len(self.after.originals) + 1
        return {self.after.path_of(number): self.staged} if self.staged else {}

    def carried_over(self, now: Kept) -> Kept:
        """Return the document as it stands now, with the new pages."""
        after = self.after
        return replace(now, originals=after.originals, bound=after.bound, pages=after.pages)

    def verdict(self, cleared: bool) -> Verdict:
        """Judge the document; a person let it pass with its old pages, not with what comes in."""
        number = len(self.after.originals) + 1 if self.staged else 0
        pairs = zip(self.reading.pages, self.after.leaves, strict=True)
        new = [page for page, leaf in pairs if leaf.original == number]
        of_new = judge(new) if new else Verdict("clear")
        of_all = Verdict("clear") if cleared else judge(self.reading.pages)
        return next((one for one in (of_new, of_all) if one.kind == "marked"), of_new)
