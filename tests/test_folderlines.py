"""The lines of a folder shared among the parts of a scan, and joined into one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc import folderlines
from partydoc.archive.kept import Place
from partydoc.archive.units import Entry, Unit
from partydoc.cutting import Cut

SCAN, OTHER = "a" * 64, "b" * 64
FOLDER = Unit("urn:uuid:0", "folder", "A29-01-0003", "Nghị quyết")


def cuts(*spans: tuple[int, int]) -> list[Cut]:
    return [Cut(f"{first:064x}", first, last) for first, last in spans]


def shared(folder: Unit, *spans: tuple[int, int], held: tuple[str, ...] = ()) -> Unit:
    entry = folder.entry_of(SCAN)
    assert entry
    return folderlines.shared(folder, entry, cuts(*spans), held)[0]


def sheets(folder: Unit) -> list[tuple[str, int | None, int | None]]:
    return [(one.ordinal, one.first_sheet, one.last_sheet) for one in folder.entries]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (16, [("005", 9, 10), ("005a", 11, 14), ("005b", 15, 16)]),  # a sheet a page
        (12, [("005", 9, 9), ("005a", 10, 11), ("005b", 12, 12)]),  # written on both sides
        (9, [("005", 9, 9), ("005a", 9, 9), ("005b", 9, 9)]),
        (None, [("005", 9, 9), ("005a", 9, 9), ("005b", 9, 9)]),
    ],
)
def test_sheets_are_divided_by_pages(
    last: int | None, expected: list[tuple[str, int, int]]
) -> None:
    folder = replace(FOLDER, entries=(Entry("005", 9, last, SCAN),))
    assert sheets(shared(folder, (1, 2), (3, 6), (7, 8))) == expected


def test_a_paper_that_begins_on_the_back_of_a_sheet_shares_it() -> None:
    folder = replace(FOLDER, entries=(Entry("005", 1, 2, SCAN),))
    assert sheets(shared(folder, (1, 1), (2, 4))) == [("005", 1, 1), ("005a", 1, 2)]


def test_sheets_that_nobody_knows_stay_unknown() -> None:
    folder = replace(FOLDER, entries=(Entry("005", None, None, SCAN),))
    assert sheets(shared(folder, (1, 1), (2, 2))) == [("005", None, None), ("005a", None, None)]


@given(st.integers(1, 30), st.integers(2, 30), st.data())
def test_no_sheet_is_lost_and_none_comes_in_between(
    count: int, pages: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(2, pages))
    folder = replace(FOLDER, entries=(Entry("005", 1, count, SCAN),))
    (_, first, middle), (_, after, last) = sheets(shared(folder, (1, at - 1), (at, pages)))
    assert first == 1 and last == count
    assert middle is not None and after is not None and 0 <= after - middle <= 1


def test_letters_that_are_given_are_passed_over_and_then_numbers_follow() -> None:
    given_ = tuple(Entry(f"005{letter}", None, None, OTHER) for letter in "acdefghijklmnopqrstuvwx")
    folder = replace(FOLDER, entries=(Entry("005", None, None, SCAN), *given_),
                     moved={"005z": Place("urn:uuid:1", "001")})  # fmt: skip
    after, ordinals = folderlines.shared(
        folder, folder.entries[0], cuts((1, 1), (2, 2), (3, 3), (4, 4), (5, 5))
    )
    assert ordinals == ["005", "005b", "005y", "006", "007"]
    assert len({one.ordinal for one in after.entries}) == len(after.entries)


def test_an_entry_with_a_letter_is_followed_by_the_next_ones() -> None:
    folder = replace(FOLDER, entries=(Entry("005b", 1, 2, SCAN),))
    assert [one[0] for one in sheets(shared(folder, (1, 1), (2, 2)))] == ["005b", "005c"]


def test_of_what_is_secret_there_are_sheets_and_nothing_typed_is_left() -> None:
    entry = Entry("005", 1, 2, SCAN, "ghi chú", {"subject": "về mẫu"}, supplement=True)
    folder = replace(FOLDER, entries=(entry,))
    open_, secret = cuts((1, 1), (2, 2))
    after = shared(folder, (1, 1), (2, 2), held=(secret.id,))
    assert after.entries == (
        Entry("005", 1, 1, open_.id, supplement=True),
        Entry("005a", 2, 2, None, supplement=True),
    )
    kept = shared(folder, (1, 1), (2, 2))
    assert [one.note for one in kept.entries] == ["ghi chú", None]


def test_a_line_that_was_changed_since_is_not_restored() -> None:
    before = replace(FOLDER, entries=(Entry("001", 1, 1, SCAN), Entry("002", 2, 2, OTHER)))
    after = replace(FOLDER, entries=(Entry("001", 1, 2, SCAN),),
                    moved={"002": Place(FOLDER.urn, "001")})  # fmt: skip
    assert folderlines.restored(after, before, after) == before
    noted = replace(after, entries=(Entry("001", 1, 2, SCAN, "mới"), Entry("009", 3, 3, None)))
    again = folderlines.restored(noted, before, after)
    assert again and [(one.ordinal, one.note) for one in again.entries] == [
        ("001", "mới"), ("002", None), ("009", None),
    ]  # fmt: skip
    refilled = replace(after, entries=(Entry("001", 1, 2, OTHER),))
    assert folderlines.restored(refilled, before, after) is None
