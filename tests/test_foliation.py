"""Sheet numbers of a folder."""

from __future__ import annotations

import pytest

from partydoc import foliation
from partydoc.archive.order import Filed
from partydoc.archive.shelving import new_unit

FOLDER = "A29-01-0003"
Sheets = tuple[int | None, int | None]


def filed(first: int | None, last: int | None, at: int) -> Filed:
    return Filed(f"{FOLDER}-{at:03}", f"{at:03}", first, last, None, None, None, {})


def found(*sheets: Sheets, volume: str | None = None) -> list[tuple[str, str | None]]:
    entries = [filed(*one, at) for at, one in enumerate(sheets, 1)]
    folder = new_unit("folder", FOLDER, "Báo cáo", None).with_value("volume", volume)
    return [(one.kind, one.what) for one in foliation.findings(folder, entries)]


@pytest.mark.parametrize(
    ("sheets", "what"),
    [
        (((1, 2), (3, 3)), []),
        (((1, 2), (5, 9), (11, None)), [("missing-sheets", "3-4, 10")]),
        (((3, 4),), [("missing-sheets", "1-2")]),
        (((1, 4), (4, 6), (5, 5)), [("sheets-twice", "4-5")]),
        (((1, 1), (9, 2), (2, 3)), [("sheets-backwards", "9-2")]),
        (((1, 1), (None, None)), []),
        (((4, 5), (1, 3)), []),
        ((), []),
    ],
)
def test_sheets_are_counted_from_the_first_to_the_last(
    sheets: tuple[Sheets, ...], what: list[tuple[str, str]]
) -> None:
    assert found(*sheets) == what


def test_a_later_volume_may_go_on_counting() -> None:
    assert found((201, 203), (206, 207), volume="2") == [("missing-sheets", "204-205")]


@pytest.mark.parametrize(
    ("stated", "closed", "told"),
    [("2", None, True), ("9", None, False), ("9", "2026-03-02", True), ("3", "2026-03-02", False)],
)
def test_a_total_that_the_entries_belie_is_told(
    stated: str, closed: str | None, told: bool
) -> None:  # fmt: skip
    folder = new_unit("folder", FOLDER, "Báo cáo", None).with_value("sheets", stated)
    found = list(foliation.findings(folder.with_value("closed", closed), [filed(1, 3, 1)]))
    assert [(one.kind, one.what, one.of) for one in found] == [
        ("totals-differ", stated, "3")
    ] * told
