"""The record of a document, read from its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from partydoc.document import FIELDS, Field, Page
from partydoc.metadata import date, filename, issuer, kind, letterhead, number, signer, subject
from partydoc.metadata.finding import ACCEPT
from partydoc.metadata.spelling import spellings


def describe(pages: Sequence[Page], file_names: Sequence[str] = ()) -> dict[str, Field | None]:
    """Return the fields of `document.FIELDS`, each with its place, or None where nothing was found.

    `file_names` are names the file came under: they bear a number out or offer one, no more.
    """
    record: dict[str, Field | None] = dict.fromkeys(FIELDS)
    head = letterhead.read(pages)
    if head is None:
        return record
    spelled = spellings(pages)
    record |= date.read(head, spelled) | issuer.read(head, spelled)
    head = head.in_force(str(record["date"].value) if record["date"] else None)
    record |= number.read(head)
    record["subject"] = subject.read(head)
    record["type"] = kind.read(head, record["symbol"], record["subject"])
    record["signer"] = signer.read(pages[head.page - 1 :])
    record["number"] = filename.weigh(record["number"], file_names)
    record["code"] = _code(record)
    return record


def _code(record: dict[str, Field | None]) -> Field | None:
    """Return the code with the confidence of its weaker half."""
    code, number, symbol = record["code"], record["number"], record["symbol"]
    if code is None or number is None or symbol is None:
        return None
    sure = min(number.confidence, symbol.confidence)
    return replace(code, confidence=sure, accepted=sure >= ACCEPT)
