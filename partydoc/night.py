"""The night's work: inbox, pending OCR, index, a thirtieth of verify, and a short report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partydoc import indexing, linking
from partydoc.archive import inbox, tally
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.finding import Finding
from partydoc.errors import Exit
from partydoc.indexed import Indexed
from partydoc.intake import Line, Wishes
from partydoc.language import _, ngettext
from partydoc.turns import Turns
from partydoc.verifying import verify_slice

_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Report:
    """What a night did, and what waits now: outcome -> count, status -> count, quarantined files.

    `head` is the digest of the last line of the audit log: kept elsewhere, it proves that nobody
    cut the log's end. `index_made`: the run that had to make the index anew, if there was one.
    `verified`: how many objects were read whole; `damage`: what was found in them;
    `catalogue_anew`: nothing but the catalogue was damaged, and that was made anew; `linked`: how
    many rows of registers got their scans, beside those whose scans were taken in.
    """

    outcomes: dict[str, int]
    counts: dict[str, int]
    quarantined: int
    head: str
    seconds: float
    index_made: Indexed | None = None
    verified: int = 0
    damage: tuple[Finding, ...] = ()
    catalogue_anew: bool = False
    linked: int = 0

    @property
    def exit_code(self) -> Exit:
        """4 when damage was found, else 3 when something could not be taken in."""
        if self.damage:
            return Exit.DAMAGED
        incomplete = {"quarantined", "waiting", "failed"} & self.outcomes.keys()
        return Exit.INCOMPLETE if incomplete else Exit.DONE

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `nightly --json`."""
        return {
            "version": 1,
            "outcomes": self.outcomes,
            "documents": self.counts,
            "quarantined": self.quarantined,
            "audit_head": self.head,
            "verified": self.verified,
            "damage": [finding.to_dict() for finding in self.damage],
            "seconds": round(self.seconds, 1),
            "catalogue_anew": self.catalogue_anew,
            "linked": self.linked,
            "index_anew": self.index_made.anew if self.index_made else None,
        }

    @property
    def warning(self) -> str | None:
        """A sentence while hold is not empty: no secret may stay on a connected machine."""
        count = sum(self.counts.get(name, 0) for name in ("awaiting-class", "held"))
        if not count:
            return None
        said = ngettext("{n} document stands in hold.", "{n} documents stand in hold.", count)
        return f"{said.format(n=count)} " + _("See what is to be done: partydoc hold list")

    def lines(self) -> list[str]:
        """Return the report for people, each thing that waits with its next step."""
        taken = sum(self.outcomes.get(name, 0) for name in ("archived", "original-only"))
        searchable = sum(self.counts.get(name, 0) for name in ("described", "review"))
        rows = [
            (taken, _("taken in tonight"), ""),
            (searchable, _("documents can be searched"), ""),
            (self.counts.get("review", 0), _("of them wait for a person"), ""),
            (self.counts.get("pending", 0), _("wait for OCR"), "partydoc ocr"),
            (self.counts.get("awaiting-class", 0), _("wait for classification in hold"),
             "partydoc hold list"),
            (self.counts.get("held", 0), _("are secret and stand in hold"), "partydoc hold list"),
            (self.linked, _("rows of the registers got their scans"), ""),
            (self.outcomes.get("waiting", 0), _("are still being written in the inbox"), ""),
            (self.outcomes.get("failed", 0), _("could not be taken in or read"), "partydoc scan"),
            (self.quarantined, _("files lie in quarantine/, each with its reason"), ""),
            (self.verified, _("objects read again, every byte"), ""),
            (len(self.damage), _("damages found in them"), "partydoc verify --repair-from COPY"),
        ]  # fmt: skip
        lines = [
            f"{count:>6}  {what}" + (f": {step}" if step else "")
            for i, (count, what, step) in enumerate(rows)
            if count or i < 2
        ]
        lines += [finding.message for finding in self.damage]
        if self.catalogue_anew:
            lines.append(_("The catalogue was damaged. It was made anew from the store."))
        if self.index_made:
            lines.append(self.index_made.sentence())
        seconds = round(self.seconds)
        lines.append(ngettext("{n} second", "{n} seconds", seconds).format(n=seconds))
        return [*lines, _("audit log: {head}").format(head=self.head)]


def work_through(turns: Turns, workers: int, clock: Callable[[], datetime]) -> Report:
    """Do everything that needs nobody; others may write meanwhile."""
    begun = clock()
    outcomes: Counter[str] = Counter()
    archive = turns.archive
    with Line(turns, Wishes(workers=workers), clock) as line:
        for outcome in line.take_in(inbox.sources((), archive)):
            outcomes[outcome.outcome] += 1
        with turns.turn() as opened:
            pending = [row.id for row in opened.catalogue.unread()]
        for outcome in line.read_again(pending):
            outcomes[outcome.outcome] += 1
    linked = linking.all_waiting(turns, clock)
    doubtful = indexing.doubtful(archive)
    read = verify_slice(archive)
    damage = read.findings
    anew = bool(damage) and all(one.kind == "damaged-catalogue" for one in damage)
    if anew:  # all else is whole, so the store can say what it should hold
        with archive.writing(wait=_PATIENCE_SECONDS):
            rebuild_catalogue(archive)
    whole = indexing.bring_up_to_date(turns, deep=doubtful)
    with turns.turn() as opened:
        done = {"outcomes": dict(outcomes), "slice": read.number}
        opened.audit.add("nightly", clock(), read.damaged, **done)
        counts, head = tally.counts(opened.catalogue), opened.audit.head
    lying = {path.name for path in archive.quarantine.iterdir()}
    quarantined = sum(1 for name in lying if f"{name}.json" in lying)
    return Report(
        outcomes=dict(outcomes),
        counts=counts,
        quarantined=quarantined,
        head=head,
        seconds=(clock() - begun).total_seconds(),
        index_made=whole if whole.anew else line.index_made,
        verified=read.objects,
        damage=() if anew else damage,
        catalogue_anew=anew,
        linked=linked,
    )
