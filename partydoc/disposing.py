"""Disposal: folders are proposed to be destroyed, approved by a decision, and destroyed.

It takes two people: who has proposed them neither approves nor executes. What has changed since the
proposal must be proposed anew, for it was not what somebody looked at.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from partydoc import condemned, indexing, lookup
from partydoc.archive import disk, disposals, jobs
from partydoc.archive.audit import account, actor
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.disposal import Act, Decision, Disposal
from partydoc.archive.kept import stamp
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.destroying import require_person
from partydoc.errors import Locked, PartydocError, UsageProblem
from partydoc.language import _
from partydoc.operations import What, begun
from partydoc.text import clean, fold


def propose(
    opened: Opened, references: Sequence[str], reason: str | None, now: datetime
) -> Disposal:
    """Propose folders; raises UsageProblem for one that may not be destroyed."""
    require_person(opened.archive, f"partydoc dispose propose {' '.join(references)}")
    folders = [lookup.unit(opened.catalogue, one) for one in dict.fromkeys(references)]
    sheaves = condemned.sheaves(opened, folders, _today(now))
    number = max((one.number for one in disposals.every(opened.catalogue)), default=0) + 1
    said = " ".join(clean(reason or "").split()) or None
    disposal = Disposal(f"urn:uuid:{uuid.uuid4()}", number, sheaves, _act(now), said)
    with begun(opened, "dispose-propose", now, ()):
        disposals.add(opened, disposal, Commit("dispose-propose", actor(), now))
        opened.audit.add("proposed", now, [disposal.urn])  # before that nothing can be missed
    return disposal


def approve(
    opened: Opened, number: int, code: str, day: date, scan: str, now: datetime
) -> Disposal:  # fmt: skip
    """Note by which decision a proposal is approved; `scan`: the reference of its scan, or a file
    of which the archive has the bytes.

    Raises UsageProblem, and PartydocError for who has proposed it.
    """
    disposal = _standing(opened, number)
    _require_another(opened, disposal, f"partydoc dispose approve {number}")
    if disposal.approved:
        message = _("Proposal {number} has been approved already.").format(number=number)
        raise UsageProblem(message, _("Destroy it: partydoc dispose execute {number}").format(
            number=number))  # fmt: skip
    condemned.require_same(opened, disposal, _today(now))
    decision = _decision(opened, disposal, code, day, scan, now)
    return _write(opened, replace(disposal, decision=decision, approved=_act(now)),
                  "dispose-approve", now)  # fmt: skip


def withdraw(opened: Opened, number: int, now: datetime) -> Disposal:
    """Take a proposal back; whoever may propose may do that."""
    disposal = _standing(opened, number)
    return _write(opened, replace(disposal, withdrawn=_act(now)), "dispose-withdraw", now)


def execute(opened: Opened, number: int, now: datetime) -> Disposal:
    """Destroy what a decision has approved; raises UsageProblem where something stands against it,
    PartydocError for who has proposed it, and Locked while somebody works on one of the documents.
    """
    disposal = _standing(opened, number)
    _require_another(opened, disposal, f"partydoc dispose execute {number}")
    if not disposal.approved:
        message = _("Proposal {number} has not been approved.").format(number=number)
        hint = f"partydoc dispose approve {number} --decision CODE --date DAY --scan REF"
        raise UsageProblem(message, _("First: {command}").format(command=hint))
    condemned.require_same(opened, disposal, _today(now))
    for document in disposal.documents:
        if jobs.elsewhere(document, opened.archive.desk, opened.desk):
            message = _("Another partydoc is working on document {id}.").format(id=document[:12])
            raise Locked(message, _("Wait until it is done, then type the same command again."))
    done = replace(disposal, executed=_act(now))
    with begun(opened, "dispose-execute", now, [disposal.urn]):
        disposals.execute(opened, done, now)
    indexing.forget_withheld(opened)
    return done


def once(catalogue: Catalogue, document: str) -> str | None:
    """Return what to say of a document that is taken in although it was destroyed once."""
    found = disposals.that_destroyed(catalogue, document)
    said = _("{id} has been in the archive before. {fate}")
    return said.format(id=document[:12], fate=lookup.fate(found)) if found else None


def _write(opened: Opened, disposal: Disposal, what: What, now: datetime) -> Disposal:
    with begun(opened, what, now, [disposal.urn]):
        disposals.revise(opened, disposal, Commit(what, actor(), now))
    return disposal


def _act(now: datetime) -> Act:
    return Act(actor(), account(), stamp(now))


def _today(now: datetime) -> date:
    return now.astimezone().date()


def _standing(opened: Opened, number: int) -> Disposal:
    found = disposals.numbered(opened.catalogue, number)
    hint = _("See what there is: partydoc dispose list --proposals")
    if found is None:
        raise UsageProblem(_("There is no proposal {number}.").format(number=number), hint)
    if found.executed:
        message = _("Proposal {number} has been executed; what it names is destroyed.")
        raise UsageProblem(message.format(number=number), hint)
    if found.withdrawn:
        message = _("Proposal {number} has been withdrawn.").format(number=number)
        raise UsageProblem(message, _("Propose it anew: partydoc dispose propose REF"))
    return found


def _require_another(opened: Opened, disposal: Disposal, command: str) -> None:
    require_person(opened.archive, command)
    if disposal.proposed.account == account():
        message = _("{who} has proposed this; somebody else has to do that, from another account.")
        hint = _("From an account of their own: {command}").format(command=command)
        raise PartydocError(message.format(who=disposal.proposed.who), hint)


def _decision(
    opened: Opened, disposal: Disposal, code: str, day: date, scan: str, now: datetime
) -> Decision:  # fmt: skip
    code = " ".join(clean(code).split())
    if not code:
        raise UsageProblem(_("A decision has a number."), _('As: --decision "12-QĐ/ĐU"'))
    if day > _today(now):
        message = _("The decision would be of a day that has not come yet.")
        raise UsageProblem(message, _("Correct it: --date DAY"))
    document = _scan(opened, scan)
    if document in disposal.documents:
        message = _("The scan of the decision would be destroyed with what it decides on.")
        raise UsageProblem(
            message, _("Move it to a folder that is kept: partydoc catalogue move REF --to REF")
        )
    _require_its_own(opened, document, {"code": code, "date": day.isoformat()})
    return Decision(code, day.isoformat(), document)


def _scan(opened: Opened, scan: str) -> str:
    """Return the id of a document that a person names, by the file that was scanned or otherwise;
    raises UsageProblem, and Unreadable for one in hold.
    """
    if not Path(scan).is_file():
        return lookup.living(opened.archive, opened.catalogue, scan).id
    sha256 = disk.digests(Path(scan)).sha256
    if opened.catalogue.row(sha256) is None:
        message = _("{file} is not in the archive.").format(file=scan)
        raise UsageProblem(message, _("Take it in first: partydoc scan {file}").format(file=scan))
    return lookup.living(opened.archive, opened.catalogue, sha256).id


def _require_its_own(opened: Opened, document: str, said: dict[str, str]) -> None:
    """Raise UsageProblem where it is accepted that the scan is of another number or day."""
    row = opened.catalogue.row(document)
    fields = row.kept.fields if row and row.kept else {}
    for name, value in said.items():
        known = fields.get(name)
        if known and known.accepted and known.value and not _agree(str(known.value), value):
            message = _("The decision is said to be {value}, but its scan is {known}.")
            hint = _("Correct one of the two; the scan: partydoc edit {id} {name}=VALUE")
            raise UsageProblem(message.format(value=value, known=known.value),
                               hint.format(id=document[:12], name=name))  # fmt: skip


def _agree(known: str, value: str) -> bool:
    one, other = (fold(text).replace(" ", "") for text in (known, value))
    return one == other or (known[:4].isdigit() and value.startswith(f"{known}-"))
