"""A document that turns out to be secret leaves store, catalogue, folders and index."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import desk
import inhold
import judge
import pytest
import test_crash as crash
from conftest import Run
from forms import judge as has_form
from forms import written

from partydoc.archive import jobs
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit
from partydoc.archive.store import Store
from partydoc.commands.session import Session
from partydoc.withholding import withhold
from torture import canary


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
        opened.shelves.enter(opened.shelves.free(other), ids["open"], 1)
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


def test_what_was_typed_of_it_leaves_folder_and_register_with_it(
    archive: Archive, run: Run
) -> None:
    word = "kếhoạchcanary"
    ids = inhold.some(archive)
    at = ("-a", archive.root)
    number = run(*at, "catalogue", "list", inhold.FOLDER, "--json").lines[0]["reference"]
    run(*at, "catalogue", "edit", number, f"note={word}", f"topic={word}")
    run(*at, "register", "in", f"issuer={word}", f"subject={word}", "date=2026-02-20")
    run(*at, "register", "link", "in", "1", ids["open"])
    assert traces(archive, word)
    run(*at, "classify", ids["open"], "--secret", "mat")
    assert traces(archive, word) == []
    assert run(*at, "register", "list", "in", "--secret").out  # the number stays
    judge.objects_are_valid(archive.root)
    judge.catalogue_agrees(archive.root)


def traces(archive: Archive, word: str) -> list[str]:
    """Return the files outside hold that have a word."""
    files = (path for path in archive.root.rglob("*") if path.is_file())
    outside = (path for path in files if not path.is_relative_to(archive.root / "hold"))
    return [str(path) for path in outside if word.encode() in path.read_bytes()]


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


def shown(archive: Archive, run: Run, document: str) -> str:
    """What the commands that only read print of it."""
    at = ("-a", archive.root)
    for how in ("--text", "--original", "--history"):
        assert run(*at, "show", document, how, code=8).out == ""
    return run(*at, "show", document).out + run(*at, "search", "tủ sách xã").out


@pytest.mark.parametrize("step", ["revise", "withhold"])
def test_what_is_on_its_way_into_hold_is_shown_to_nobody(
    archive: Archive, run: Run, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    document = inhold.some(archive)["open"]
    with monkeypatch.context() as power:
        power.setattr(Store, step, lambda *_: os._exit(9))
        at = ("-a", archive.root, "classify", document, "--secret", "mat")
        assert os.waitstatus_to_exitcode(crash.in_child(lambda: run(*at))) == 9
    with Catalogue(archive.catalogue) as catalogue:
        assert catalogue.row(document).held
    assert "tủ sách" not in shown(archive, run, document)


def test_whoever_shows_a_document_never_looks_into_hold(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    with desk.at_work(archive) as opened:
        opened.store.withhold(f"urn:sha256:{ids['open']}")  # and the catalogue does not know
    assert Store(archive, hold=True).texts(ids["open"])
    assert not Store(archive).texts(ids["open"])
    assert "tủ sách" not in run("-a", archive.root, "show", ids["open"], "--text", code=8).out
    run("-a", archive.root, "show", ids["open"], "--original", code=8)


def test_a_catalogue_made_anew_knows_what_its_record_calls_held(archive: Archive) -> None:
    ids = inhold.some(archive)
    with desk.at_work(archive) as opened:
        kept = opened.store.known(ids["open"])
        job = jobs.begin(archive.staging)
        opened.store.revise_document(replace(kept, status="held"), {}, b"", inhold.COMMIT, job)
    rebuild_catalogue(archive)
    with Catalogue(archive.catalogue) as catalogue:
        row = catalogue.row(ids["open"])
        assert row and row.held and row.kept is None


def damage(archive: Archive, document: str, name: str) -> None:
    (folder,) = archive.root.glob(f"*/**/urn%3asha256%3a{document}")
    for path in folder.rglob(name):
        path.unlink()


@pytest.mark.parametrize("name", ["record.json", "events.jsonl", "inventory.json"])
def test_one_that_is_damaged_goes_as_it_is_and_stops_no_other(
    archive: Archive, run: Run, name: str
) -> None:
    broken = inhold.some(archive)["open"]
    with desk.at_work(archive) as opened:
        work = inhold.keep(opened, "whole", unclassified=True)
        whole = inhold.read(opened, work)
        inhold.settle(opened, work)
    damage(archive, broken, name)
    at = ("-a", archive.root, "classify", broken, whole, "--secret", "mat")
    lines = {line["id"]: line for line in run(*at, "--json", code=4).lines}
    for line in lines.values():
        has_form("json/scan", line)
    assert [lines[one]["outcome"] for one in (broken, whole)] == ["held", "held"]
    assert (lines[broken]["reason"], lines[whole]["reason"]) == ("damaged-in-hold", "classified")
    assert not list(archive.store.glob(f"**/*{broken}")) and list(
        archive.hold.glob("**/*" + broken)
    )
    assert inhold.entries(archive) == [None] * 5
    assert "tủ sách" not in run("-a", archive.root, "search", "tủ sách xã").out
    judge.staging_is_empty(archive.root)


def test_recovery_moves_a_damaged_one_that_was_on_its_way(
    archive: Archive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = inhold.some(archive)["open"]
    damage(archive, document, "record.json")
    with monkeypatch.context() as power:
        power.setattr(Store, "withhold", lambda *_: os._exit(9))
        at = ("-a", archive.root, "classify", document, "--secret", "mat")
        assert os.waitstatus_to_exitcode(crash.in_child(lambda: run(*at))) == 9
    assert list(archive.store.glob(f"**/*{document}"))
    with desk.at_work(archive):
        pass
    assert not list(archive.store.glob(f"**/*{document}"))


def test_the_next_command_that_writes_cleans_the_index(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    with desk.at_work(archive) as opened:
        kept = opened.store.known(ids["open"])
        job = jobs.begin_for(kept, archive.hold_staging)
        withhold(opened, kept, job, b"", "classified", desk.NOW)  # and then the power goes
    assert canary.traces([archive.index], ["sach"])
    with Session(archive.root).writing(5):
        pass
    assert not canary.traces([archive.index], ["sach"])
