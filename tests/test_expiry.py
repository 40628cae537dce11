"""What need not be kept any longer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import desk
import pytest
from conftest import Run
from forms import judge as form
from test_catalogue import add

from partydoc import expiry
from partydoc.archive.ocfl import Commit
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.units import Entry

COMMIT = Commit("said", "x@y", desk.NOW)
DAY = date(2026, 3, 2)


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with an inventory, to which the tests add folders."""
    archive = desk.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        for kind, reference in (("fonds", "A29"), ("inventory", "A29-01"), ("inventory", "A29-02")):
            add(opened, kind, reference)
    return archive


def folder(archive: Archive, reference: str, *dates: str, **said: str | None) -> None:
    """Add a folder of which something is said, with entries of some dates."""
    with desk.at_work(archive) as opened:
        add(opened, "folder", reference)
        unit = opened.shelves.folder(reference)
        for name, value in said.items():
            unit = unit.with_value(name, value)
        for n, day in enumerate(dates, 1):
            entry = Entry(f"{n:03d}", n, n, None, fields={"date": day})
            unit = unit.with_value(f"entry {n:03d}", entry)
        opened.shelves.revise([unit], COMMIT)


def found(archive: Archive, day: date = DAY, below: str | None = None) -> dict[str, expiry.Term]:
    with open_for_reading(archive) as catalogue:
        unit = catalogue.unit(below) if below else None
        return {one.folder.reference[4:]: one for one in expiry.due(catalogue, unit, day)}


def test_a_term_is_counted_from_the_end_else_the_closing_else_the_latest_document(
    archive: Archive,
) -> None:
    term = {"retention": "5 năm"}
    folder(archive, "A29-01-0001", "2019", end="2010-06", closed="2018-01-05", **term)
    folder(archive, "A29-01-0002", "2019", closed="2018-01-05", **term)
    folder(archive, "A29-01-0003", "2012-03-01", "2014", "2013-12-31", **term)
    told = {name: (one.counted, one.ended, str(one.last_day))
            for name, one in found(archive).items()}  # fmt: skip
    assert told == {
        "01-0001": ("end", "2010-06", "2015-12-31"),
        "01-0002": ("closed", "2018-01-05", "2023-12-31"),
        "01-0003": ("documents", "2014", "2019-12-31"),
    }


def test_a_term_has_run_out_on_the_day_after_its_last(archive: Archive) -> None:
    folder(archive, "A29-01-0001", end="2020-02-01", retention="5 năm")
    assert not found(archive, date(2025, 12, 31))
    assert found(archive, date(2026, 1, 1))


def test_what_is_kept_for_good_never_expires_and_what_is_not_known_is_told(
    archive: Archive,
) -> None:
    folder(archive, "A29-01-0001", end="1950", retention="Vĩnh viễn")
    folder(archive, "A29-01-0002", retention="Vĩnh viễn")
    folder(archive, "A29-01-0003", end="1950")
    folder(archive, "A29-02-0001", retention="1 năm")
    told = found(archive, date(2999, 1, 1))
    assert list(told) == ["01-0003", "02-0001"]
    assert not any(one.known or one.over(DAY) for one in told.values())
    assert list(found(archive, DAY, "A29-02")) == ["02-0001"]
    assert list(found(archive, DAY, "A29-01-0003")) == ["01-0003"]


def test_the_command_lists_them_in_both_forms(archive: Archive, run: Run) -> None:
    folder(archive, "A29-01-0001", end="2010-06", retention="20 năm", closed="2011-01-01")
    folder(archive, "A29-01-0002")
    at = ("-a", archive.root, "dispose", "list")
    assert "A29-01-0001" not in run(*at, "--by", "31/12/2030").out
    later = run(*at, "--by", "2031")
    assert "A29-01-0001" in later.out and "20 năm, until 31/12/2030 · ended 06/2010" in later.out
    assert "term not known · end not known · not closed" in later.out
    assert later.err == "1 folder has been kept long enough.\n"
    for line in run(*at, "--by", "2031", "A29", "--json").lines:
        form("json/dispose", line)
    assert "is no date" in run(*at, "--by", "soon", code=2).err
    assert "catalogue tree" in run(*at, "A77", code=2).err
