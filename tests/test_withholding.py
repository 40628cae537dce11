"""A document that turns out to be secret leaves store, catalogue, folders and index."""

from __future__ import annotations

from pathlib import Path

import desk
import inhold
import judge
import pytest
from conftest import Run
from forms import judge as has_form
from forms import written

from partydoc.archive.catalogue import Catalogue
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


def test_the_whole_object_goes_and_its_entries_wait_for_it(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    assert inhold.entries(archive)[0] == ids["open"]
    line = run("-a", archive.root, "classify", ids["open"], "--secret", "mat", "--json").lines[0]
    has_form("json/scan", line)
    assert (line["outcome"], line["reason"]) == ("held", "classified")
    assert inhold.entries(archive) == [None] * 4
    with desk.at_work(archive) as opened:
        kept = opened.store.kept(ids["open"])
        assert kept and kept.status == "held" and opened.store.in_hold(kept.urn)
        assert len(opened.store.texts(ids["open"])) == 1  # in hold, with all that was read
        row = opened.catalogue.row(ids["open"])
        assert row and row.kept is None
    judge.catalogue_agrees(archive.root)
    judge.staging_is_empty(archive.root)
    judge.objects_are_valid(archive.root)
    for name, data in written(archive):
        has_form(name, data)


def test_entries_that_it_got_later_wait_for_it_too_and_get_it_back(
    archive: Archive, run: Run
) -> None:
    ids = inhold.some(archive)
    with desk.at_work(archive) as opened:
        opened.shelves.add(new_unit("folder", "A29-01-0004", "Khác", None), inhold.COMMIT)
        other = opened.shelves.folder("A29-01-0004").urn
        opened.shelves.reserve(other, ids["open"], 1)
        opened.shelves.settle(inhold.COMMIT)

    def second() -> str | None:
        with desk.at_work(archive) as opened:
            return opened.shelves.folder("A29-01-0004").entries[0].document

    assert second() == ids["open"]
    run("-a", archive.root, "classify", ids["open"], "--secret", "toi-mat")
    assert second() is None
    at = ("-a", archive.root, "hold", "release", ids["open"], "--reason", "x", "--no-ocr")
    assert run(*at, "--json").lines[0]["outcome"] == "archived"
    assert second() == ids["open"] and inhold.entries(archive)[0] == ids["open"]
    data = run("-a", archive.root, "show", ids["open"], "--json").lines[0]
    assert data["record"]["subject"]["value"] == "về tủ sách xã"  # what a person said is kept


def test_one_that_waits_for_classification_can_be_called_secret(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    at = ("-a", archive.root, "classify", ids["unsure"], ids["held"], "--secret", "tuyet-mat")
    assert [line["outcome"] for line in run(*at, "--json").lines] == ["held", "held"]
    with desk.at_work(archive) as opened:
        held = opened.store.kept(ids["held"])
        assert held and held.reason == "secrecy-mark"  # it was held already: nothing was changed


def test_the_catalogue_becomes_a_new_file_and_stays_open(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    before = archive.catalogue.stat().st_ino
    with Catalogue(archive.catalogue) as reader:
        run("-a", archive.root, "classify", ids["open"], "--secret", "mat")
        assert reader.row(ids["open"])  # whoever reads goes on reading the old one
    assert archive.catalogue.stat().st_ino != before
    assert archive.catalogue.stat().st_mode & 0o777 == 0o640
    again = archive.catalogue.stat().st_ino
    run("-a", archive.root, "index")
    assert archive.catalogue.stat().st_ino == again  # once is enough
