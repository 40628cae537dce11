"""A closed folder stays as it was counted."""

from __future__ import annotations

from pathlib import Path

import pytest
import shelved
from conftest import Run
from shelved import ONE, TWO, close, done, enter, move, unit

from partydoc import (
    arranging,
    closing,
    entering,
    lookup,
    unitediting,
)
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.errors import UsageProblem


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return shelved.new_archive(fast_disk / "a")


def test_a_closed_folder_takes_a_supplement_only(archive: Archive) -> None:
    close(archive, ONE)
    folder = unit(archive, ONE)
    assert (folder.closed, folder.fields["sheets"]) == ("2026-03-02", "2")
    enter(archive, ONE, type="Báo cáo")
    assert [entry.supplement for entry in unit(archive, ONE).entries] == [False, False, True]
    with pytest.raises(UsageProblem, match="was closed on 02/03/2026"):
        move(archive, f"{ONE}-001", to=TWO)


@pytest.mark.parametrize(
    ("stated", "said"), [({"sheets": "9"}, "9 is stated, .* 2"), ({"pages": "1"}, "1 is stated")]
)
def test_a_folder_does_not_close_while_totals_differ(
    archive: Archive, stated: dict[str, str | None], said: str
) -> None:
    with open_for_reading(archive) as catalogue:
        drafts = unitediting.draft(catalogue, [lookup.unit(catalogue, ONE)], stated)
    done(archive, drafts, "catalogue-edit")
    with pytest.raises(UsageProblem, match=said):
        close(archive, ONE)
    assert unit(archive, ONE).closed is None


def test_a_folder_does_not_close_while_paper_is_not_numbered(archive: Archive) -> None:
    enter(archive, ONE, type="Báo cáo")
    with pytest.raises(UsageProblem, match="003 have no sheet numbers"):
        close(archive, ONE)


def test_nothing_new_stands_in_a_closed_fonds_until_it_is_open_again(archive: Archive) -> None:
    close(archive, "A29")
    with open_for_reading(archive) as catalogue:
        with pytest.raises(UsageProblem, match="A29 was closed"):
            arranging.placed(catalogue, "inventory", "A29-03", "Mới")
        draft = closing.reopened(lookup.unit(catalogue, "A29"))
    done(archive, (draft,), "catalogue-close")
    with open_for_reading(archive) as catalogue:
        assert arranging.placed(catalogue, "inventory", "A29-03", "Mới").reference == "A29-03"


def test_sheets_that_were_counted_stay_as_long_as_a_folder_is_closed(archive: Archive) -> None:
    close(archive, ONE)
    enter(archive, ONE, sheets=(3, 3), type="Báo cáo")
    with open_for_reading(archive) as catalogue:
        counted, late = (entering.place(catalogue, f"{ONE}-{one}") for one in ("002", "003"))
        with pytest.raises(UsageProblem, match="was closed on 02/03/2026"):
            entering.changed_entries(archive, catalogue, [counted], {"sheets": (2, 9)})
        assert entering.changed_entries(archive, catalogue, [late], {"sheets": (3, 4)})


def test_a_closed_fonds_is_closed_down_to_its_folders(archive: Archive) -> None:
    close(archive, "A29")
    with open_for_reading(archive) as catalogue:
        with pytest.raises(UsageProblem, match="A29 was closed"):
            arranging.placed(catalogue, "folder", "A29-01-0005", "Mới")
        with pytest.raises(UsageProblem, match="A29 was closed"):
            entering.new_entry(archive, catalogue, ONE, None, None, {"type": "Báo cáo"})


def test_nothing_is_filed_into_an_open_folder_of_a_closed_fonds(archive: Archive, run: Run) -> None:
    close(archive, "A29")
    (archive.inbox / "1.pdf").write_bytes(b"%PDF 1")
    said = run("-a", archive.root, "scan", "--folder", ONE, "--unclassified", code=2).err
    assert "A29 was closed on 02/03/2026" in said and (archive.inbox / "1.pdf").exists()
