"""Documents that are to become one: as that would be, and what brings the others' bytes in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from partydoc.archive import disk, jobs
from partydoc.archive.kept import Kept
from partydoc.archive.ocfl import Staged
from partydoc.archive.ordinary import opened as opened_file
from partydoc.archive.store import Store
from partydoc.document import Verdict
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.metadata.secrecy import judge
from partydoc.page import Reading


@dataclass(frozen=True)
class Brought:
    """A file of a document that becomes one of another: its paths there and here, its digest."""

    owner: Kept
    there: str
    here: str
    sha256: str


@dataclass(frozen=True)
class Joint:
    """Documents in their order, and the first of them with the pages of all (`after`).

    `brought`: the files of the others that become its own; `lent`: of the originals among them
    whose, the path there and the number here.
    """

    documents: tuple[Kept, ...]
    after: Kept
    brought: tuple[Brought, ...]
    lent: tuple[tuple[Kept, str, int], ...]

    def lend(self, store: Store, job: Path) -> bool:
        """Give a job the bytes of all originals in use; False where one of them is missing."""
        for document, there, number in self.lent:
            path = store.file(document.urn, there)
            if path is None or not path.is_file():
                return False
            jobs.lend(job, path, number)
        return store.lend(self.after, job)

    def copied(self, store: Store, job: Path) -> dict[str, Staged] | None:
        """Copy the files of the others, as files of a version; None where one is not whole."""
        files = {}
        for number, one in enumerate(self.brought):
            path, copy = store.file(one.owner.urn, one.there), job / f"brought-{number}"
            if path is None or not path.is_file():
                return None
            with opened_file(path) as source:
                files[one.here] = Staged(copy, disk.copy(source, copy))
            if files[one.here].digests.sha256 != one.sha256:
                return None
        return files

    def verdicts(self, reading: Reading) -> Iterator[tuple[Kept, Verdict]]:
        """Yield what the gate says of each document's pages; a person may have let them pass."""
        at = 0
        for document in self.documents:
            pages = reading.pages[at : at + document.pages]
            at += document.pages
            yield document, Verdict("clear") if document.cleared else judge(pages)


def check(documents: Sequence[Kept]) -> None:
    """Raise UsageProblem for documents that cannot become one."""
    if len(documents) < 2:
        message = _("One document alone is not merged.")
        raise UsageProblem(message, _("Name two or more: partydoc merge REF REF"))
    seen: set[str] = set()
    for one in documents:
        if one.id in seen:
            message = _("{id} is named twice: a document is not merged with itself.")
            raise UsageProblem(message.format(id=one.id[:12]), _("Name other documents."))
        if "signed" in one.particulars:
            message = _("{id} is signed electronically: its pages stay as they are, bit for bit.")
            hint = _("Nothing was changed.")
            raise UsageProblem(message.format(id=one.id[:12]), hint)
        seen.add(one.id)


def of(documents: Sequence[Kept]) -> Joint:
    """Return documents as one: the first with the pages, and the attached files, of all."""
    first, *others = documents
    originals, leaves, attached = [*first.originals], [*first.leaves], [*first.attached]
    brought, lent = [], []
    for other in others:
        numbers = {}
        for number in other.in_use:
            originals.append(other.original_of(number))
            numbers[number] = len(originals) + 1
            lent.append((other, other.path_of(number), numbers[number]))
        leaves += [leaf.but(original=numbers[leaf.original]) for leaf in other.leaves]
        for one in other.attached:
            number = max((each.number for each in attached), default=0) + 1
            if one.sha256 not in (each.sha256 for each in attached):
                attached.append(replace(one, number=number))
                brought.append(Brought(other, one.path, attached[-1].path, one.sha256))
    after = replace(
        first, originals=tuple(originals), bound=tuple(leaves), pages=len(leaves),
        attached=tuple(attached),
        open=all(one.open for one in documents), cleared=all(one.cleared for one in documents),
        sources=tuple(dict.fromkeys((*first.sources, *(one.id for one in others)))),
    )  # fmt: skip
    brought += [
        Brought(other, there, after.path_of(number), after.digest_of(number))
        for other, there, number in lent
    ]
    return Joint(tuple(documents), after, tuple(brought), tuple(lent))
