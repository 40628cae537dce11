"""The filing plan: the folders of a year by their codes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import desk
import printable
import pytest
from formtext import cells, lines, rows

from partydoc import filingplan, printing
from partydoc.archive import order
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit
from partydoc.errors import UsageProblem
from partydoc.prints.form import Form
from partydoc.printwishes import Wishes


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Beside the folders of every archive two that have only codes, and one that had a code."""
    archive = printable.archive_of(tmp_path_factory.mktemp("plan") / "a")
    with desk.at_work(archive) as opened:
        for code, title, fields in (
            ("TH.10/2026", "Báo cáo tháng", {"retention": "10 năm", "compiler": "Lê Thị Bình"}),
            ("TH.9/2026", "Nghị quyết", {"retention": "Vĩnh viễn", "note": "2 tập"}),
        ):
            unit = new_unit("folder", code, title, None, within="A29")
            opened.shelves.add(replace(unit, fields=fields), printable.COMMIT)
        folder = opened.catalogue.unit("A29-02-0001")
        assert folder
        opened.shelves.revise([replace(folder, former=("TH.02/2016",))], printable.COMMIT)
    return archive


def plan(archive: Archive, **said: Any) -> Form:
    wishes = Wishes("danh-muc-ho-so", **said)
    with open_for_reading(archive) as catalogue:
        return printing.form(catalogue, archive.settings, "A29", wishes, desk.NOW)


def test_the_folders_of_a_year_stand_by_their_codes(archive: Archive) -> None:
    form = plan(archive, year=2026)
    assert cells(form) == [
        ("TH.9/2026", "Nghị quyết", "Vĩnh viễn", "", "2 tập"),
        ("TH.10/2026", "Báo cáo tháng", "10 năm", "Lê Thị Bình", ""),
    ]
    said = lines(form)
    assert "DANH MỤC HỒ SƠ" in said and "Năm 2026" in said
    assert said[-3:] == [
        "Danh mục hồ sơ này có 2 hồ sơ, bao gồm:", "1 hồ sơ bảo quản vĩnh viễn;",
        "1 hồ sơ bảo quản có thời hạn.",
    ]  # fmt: skip


def test_a_folder_is_known_by_the_code_it_had_or_by_its_beginning(archive: Archive) -> None:
    assert [row[0] for row in cells(plan(archive, year=2016))] == ["TH.02/2016"]
    assert [row[0] for row in cells(plan(archive, year=2010))] == ["A29-01-0003"]


def test_without_a_year_all_stand_under_their_inventories(archive: Archive) -> None:
    form = plan(archive)
    heads = [row.cells[1] for row in rows(form) if row.head]
    assert heads == ["I. KHÓA XII", "II. KHÓA XIII"]
    assert len(cells(form)) == 5


def test_folders_in_no_inventory_stand_under_the_head_of_none(archive: Archive) -> None:
    for kind, column in (("danh-muc-ho-so", 0), ("muc-luc-ho-so", 1)):
        with open_for_reading(archive) as catalogue:
            wishes = Wishes(kind)
            form = printing.form(catalogue, archive.settings, "A29", wishes, desk.NOW)
        assert [row.cells[column] for row in rows(form)[:2]] == ["TH.9/2026", "TH.10/2026"]
        assert rows(form)[2].head
    with open_for_reading(archive) as catalogue:
        depths = {one.reference: one.depth for one in order.below(catalogue, "A29", 1)}
    assert depths == {"A29": 0, "TH.9/2026": 1, "TH.10/2026": 1, "A29-01": 1, "A29-02": 1}


def test_what_nobody_has_decided_is_counted(archive: Archive) -> None:
    form = plan(archive)
    assert "1 hồ sơ chưa xác định thời hạn bảo quản." in lines(form)


def test_a_year_without_folders_is_told(archive: Archive) -> None:
    with pytest.raises(UsageProblem, match="no folders"):
        plan(archive, year=1975)


def test_heads_are_numbered_in_roman_figures() -> None:
    found = [filingplan._roman(number) for number in (1, 4, 8, 9, 14, 29)]
    assert found == ["I", "IV", "VIII", "IX", "XIV", "XXIX"]
