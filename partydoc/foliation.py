"""The sheet numbers of a folder: those that are missing, and those that stand twice.

Archivists list both by hand in the closing certificate (chứng từ kết thúc: khuyết số, số trùng).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partydoc import ranges
from partydoc.archive.order import Filed
from partydoc.findings import Finding


def findings(folder: str, filed: Iterable[Filed], volume: str | None) -> Iterator[Finding]:
    """Yield what is wrong with the sheets of a folder's entries.

    `volume`: which of several volumes it is; sheets of a later one may be counted on.
    """
    runs = []
    for one in filed:
        if one.first_sheet is None:
            continue
        last = one.first_sheet if one.last_sheet is None else one.last_sheet
        if last < one.first_sheet:
            what = f"{one.first_sheet}-{last}"
            yield Finding("sheets-backwards", folder, one.reference, one.document, what)
        else:
            runs.append((one.first_sheet, last))
    if gaps := ranges.missing(runs, since=None if volume else 1):
        yield Finding("missing-sheets", folder, what=ranges.written(gaps))
    if shared := ranges.doubled(runs):
        yield Finding("sheets-twice", folder, what=ranges.written(shared))
