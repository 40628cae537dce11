"""A print written into a file, which is an export, and told of."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from partydoc.commands.session import Session, notice, print_json
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.prints.form import Form


@dataclass(frozen=True)
class Draft:
    """What is to be printed: its kind, what draws it up, and what of it the log names."""

    kind: str
    form: Callable[[Catalogue], Form]
    shown: Callable[[Catalogue], Sequence[str]]


@dataclass(frozen=True)
class Printout:
    """A print that was written; `unknown`: the signs that its font does not have."""

    kind: str
    path: Path
    rows: int
    seconds: float
    unknown: frozenset[str]

    def tell(self, as_json: bool, quiet: bool) -> None:
        """Print what became of it."""
        if as_json:
            print_json({
                "version": 1, "outcome": "written", "kind": self.kind, "path": str(self.path),
                "rows": self.rows, "seconds": round(self.seconds, 2),
            })  # fmt: skip
        notice(_("{path} is written.").format(path=self.path), quiet or as_json)
        if self.unknown:
            message = _("The font does not have all signs; □ stands for {signs}.")
            notice(message.format(signs=" ".join(sorted(self.unknown))), quiet)


def write(session: Session, draft: Draft, to: Path, now: datetime, wait: float) -> Printout:
    """Write a print.

    Nobody waits while it is drawn. So all is looked at again under the lock, and drawn again where
    something was changed meanwhile: nothing is shown that went into hold.
    """
    from partydoc import outfile, printing
    from partydoc.archive.opening import open_for_reading

    started, archive = time.monotonic(), session.archive
    write = printing.writer_of(to)
    outfile.require_free(to, archive.root, _("Name another file."))
    with open_for_reading(archive) as catalogue:
        form = draft.form(catalogue)
    with outfile.arriving(to) as part:
        unknown = write(form, part, now)
        with session.writing(wait) as opened:
            latest = draft.form(opened.catalogue)
            if latest != form:
                form, unknown = latest, write(latest, part, now)
            opened.audit.add("exported", now, list(draft.shown(opened.catalogue)))
    return Printout(draft.kind, to, form.rows, time.monotonic() - started, unknown)
