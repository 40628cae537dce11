"""What a print says of folders beyond their entries: from when to when their documents run, how
many there are, and which of them bear a secrecy mark.

A mark counts though nobody has accepted it yet. Of what stands in hold nothing is told.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from partydoc.archive.catalogue import Catalogue

_EXTENTS = """
SELECT place, min(day), max(day), count(DISTINCT id) FROM (
    SELECT units.reference AS place, id,
        CASE WHEN documents.record ->> '$.fields.date.accepted'
            THEN documents.record ->> '$.fields.date.value' END AS day
    FROM units JOIN entries ON folder = urn JOIN documents ON id = document
    WHERE units.reference IN (SELECT value FROM json_each(?1)) AND NOT held
        AND (?2 OR documents.record ->> '$.fields.secrecy.value' IS NULL)
    UNION ALL
    SELECT units.reference, NULL, entry.value ->> '$.fields.date' AS typed
    FROM units, json_each(units.record, '$.entries') AS entry
    WHERE units.reference IN (SELECT value FROM json_each(?1))
        AND entry.value ->> '$.document' IS NULL AND typed IS NOT NULL)
GROUP BY place
"""
_SCANS = (
    "SELECT document, record ->> '$.fields.secrecy.value', record ->> '$.names[0]'"
    " FROM entries JOIN documents ON id = document AND NOT held WHERE folder = ?"
)


@dataclass(frozen=True)
class Extent:
    """The documents of a folder: the first and the last day of those that have an accepted date,
    and of papers without a scan of which one was typed (ISO, perhaps shortened), and how many
    documents there are.
    """

    first: str | None = None
    last: str | None = None
    documents: int = 0


@dataclass(frozen=True)
class Scan:
    """A document that is filed somewhere: the name of its file as it came, and its secrecy mark."""

    name: str | None
    mark: str | None


def extents(
    catalogue: Catalogue, folders: Collection[str], secret: bool = False
) -> Mapping[str, Extent]:
    """Return reference -> extent of folders in which anything is known to lie; with `secret` also
    by what bears a mark.
    """
    rows = catalogue.ask(_EXTENTS, json.dumps(list(folders)), secret)
    return {place: Extent(first, last, count) for place, first, last, count in rows}


def scans(catalogue: Catalogue, folder: str) -> Mapping[str, Scan]:
    """Return id -> scan of the documents that are filed in a folder (its URN)."""
    rows = catalogue.ask(_SCANS, folder)
    return {document: Scan(name, mark) for document, mark, name in rows}
