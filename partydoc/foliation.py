"""The sheet numbers of a folder: those that are missing, and those that stand twice.

Archivists list both by hand in the closing certificate (chứng từ kết thúc: khuyết số, số trùng).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partydoc import ranges
from partydoc.archive.order import Filed
from partydoc.archive.units import Unit
from partydoc.findings import Finding
from partydoc.ranges import Run


def findings(folder: Unit, filed: Iterable[Filed]) -> Iterator[Finding]:
    """Yield what is wrong with the sheets of a folder's entries."""
    name = folder.reference
    runs = []
    for one in filed:
        if one.first_sheet is None:
            continue
        last = one.first_sheet if one.last_sheet is None else one.last_sheet
        if last < one.first_sheet:
            what = f"{one.first_sheet}-{last}"
            yield Finding("sheets-backwards", name, one.reference, one.document, what)
        else:
            runs.append((one.first_sheet, last))
    if gaps := missing(runs, folder.value("volume")):
        yield Finding("missing-sheets", name, what=ranges.written(gaps))
    if shared := ranges.doubled(runs):
        yield Finding("sheets-twice", name, what=ranges.written(shared))
    yield from _totals(folder, sum(last - first + 1 for first, last in runs))


def missing(runs: Iterable[Run], volume: str | None) -> list[Run]:
    """Return the sheets that are missing among runs of them.

    `volume`: which of several volumes it is; sheets of a later one may be counted on.
    """
    return ranges.missing(runs, since=None if volume else 1)


def _totals(folder: Unit, counted: int) -> Iterator[Finding]:
    """Yield a folder of which another number of sheets is stated than its entries have; as long as
    it is open more of them may still come.
    """
    stated = folder.value("sheets")
    if stated and (counted > int(stated) or (folder.closed and counted < int(stated))):
        yield Finding("totals-differ", folder.reference, what=stated, of=str(counted))
