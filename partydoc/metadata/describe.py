"""The record of a document, read from its pages."""

from __future__ import annotations

from collections.abc import Sequence

from partydoc.document import FIELDS, FURTHER_FIELDS, Field
from partydoc.metadata import (
    agreement,
    arrival,
    capacity,
    copying,
    date,
    filename,
    heads,
    issuer,
    kind,
    language,
    letterhead,
    number,
    recipients,
    sheets,
    signature,
    signer,
    subject,
    sureness,
    term,
    urgency,
)  # fmt: skip
from partydoc.metadata.agreement import ALONE, Neighbours
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.rules import NOTHING_OWN, Local, rules_with
from partydoc.metadata.spelling import Spelled, spellings
from partydoc.page import Page

Fields = dict[str, Field | None]


def describe(
    pages: Sequence[Page],
    file_names: Sequence[str] = (),
    folder: Neighbours = ALONE,
    local: Local = NOTHING_OWN,
) -> dict[str, Field | None]:
    """Return every field of `document`, each with its place, or None where nothing was found.

    `file_names` are names the file came under: they bear a number out or offer one, no more;
    `folder`: what stands next to it; `local`: what the archive adds to the tables.
    """
    return sureness.weigh(evidence(pages, file_names, folder, local))


def evidence(
    pages: Sequence[Page],
    file_names: Sequence[str] = (),
    folder: Neighbours = ALONE,
    local: Local = NOTHING_OWN,
) -> dict[str, Field | None]:
    """Return what `describe` does, with the readers' own evidence in place of a probability."""
    record: Fields = dict.fromkeys((*FIELDS, *FURTHER_FIELDS))
    rules = rules_with(local)
    copy = copying.find(pages)
    own = copying.without(pages, copy)
    head = letterhead.read(own, rules)
    if head is None:
        return record
    spelled = spellings(own, rules)
    pages_of_it = own[head.page - 1 :]
    record |= _head(head, spelled, pages_of_it)
    record |= _end(pages_of_it, spelled, record["issuer"], record["type"])
    day = str(record["date"].value) if record["date"] else None
    record["authority"] = capacity.in_force(record["authority"], head.family, day)
    record |= arrival.read(head.stamp)
    record["urgency"] = urgency.read(own)
    record["copy_type"] = copying.read(copy)
    record["language"] = language.read(own)
    record["sheets"] = sheets.read(own)
    record["term"] = term.read(own, record["date"]) if head.family == "party" else None
    record["number"] = filename.weigh(record["number"], file_names, rules)
    return agreement.weigh(record, pages, folder)


def _head(head: Letterhead, spelled: Spelled, pages: Sequence[Page]) -> Fields:
    """Return the fields of the letterhead; who signs `pages` tells whose it is."""
    signed = next(iter(signature.find(pages)), None)
    record = issuer.read(head, spelled, capacity.signatory(signed, head.rules))
    bodies = [str(field.value) for field in record.values() if field]
    record |= date.read(head, bodies, spelled)
    head = head.in_force(str(record["date"].value) if record["date"] else None)
    joined = " ".join(bodies)  # VĂN PHÒNG, TỈNH ỦY: VPTU
    record |= number.read(head, [*bodies, joined])
    record["issuer"] = issuer.against(record["issuer"], record["symbol"], [*bodies[:1], joined])
    record["subject"] = subject.read(head)
    record["type"] = kind.read(head, record["symbol"], record["subject"])
    return record


def _end(
    pages: Sequence[Page], spelled: Spelled, issuer: Field | None, kind: Field | None
) -> Fields:
    """Return the fields of the signature."""
    name = str(issuer.value) if issuer else None
    chiefs = heads.of(name, str(kind.value) if kind else None)
    block, signed = signer.read(signature.find(pages, chiefs))
    record: Fields = {"signer": signed, "recipients": recipients.read(pages)}
    return record | capacity.read(block, spelled, name, chiefs)
