"""What people say of fonds, inventories and folders."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from shutil import copytree, rmtree

import desk
import judge
import pytest
import test_crash as crash
from conftest import Run
from forms import judge as form
from test_catalogue import COMMIT, add

from partydoc import indexing, operations, searching, unitediting
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.audit import Audit, actor
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable
from partydoc.operations import Operation

FOLDER = "A29-01-0003"
NEW = {"box": "8", "retention": "20 năm"}


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with two folders, in one of them a document."""
    archive = desk.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        for kind, reference in (
            ("fonds", "A29"), ("inventory", "A29-01"), ("folder", FOLDER),
            ("folder", "A29-01-0004"),
        ):  # fmt: skip
            add(opened, kind, reference, "7" if kind == "folder" else None)
        (archive.inbox / "1.pdf").write_bytes(b"%PDF 1")
        work = desk.keep(opened, archive.inbox / "1.pdf", FOLDER)
        desk.file(opened, work)  # type: ignore[arg-type]
        opened.shelves.settle(COMMIT)
        indexing.bring_up_to_date(opened)
    return archive


def unit(archive: Archive, reference: str = FOLDER) -> Unit:
    with desk.at_work(archive) as opened:
        found = opened.catalogue.unit(reference)
        assert found and found == Store(archive).unit(found.urn)
        return found


def edit(archive: Archive, values: dict[str, str | None], after: int = 0) -> Operation:
    with desk.at_work(archive) as opened:
        found = opened.catalogue.unit(FOLDER)
        assert found
        drafts = unitediting.draft(opened.catalogue, [found], values)
        now = desk.NOW + timedelta(seconds=after)
        return unitediting.carry_out(
            opened, drafts, Operation(None, now, actor(), "catalogue-edit")
        )


def undo(archive: Archive, number: int, after: int = 0) -> Operation:
    with desk.at_work(archive) as opened:
        found = operations.find(opened.audit, number)
        assert found and found.of_units
        drafts = unitediting.undone(opened.store, opened.catalogue, found)
        now = desk.NOW + timedelta(seconds=after)
        back = Operation(None, now, actor(), "undo", undoes=number)
        return unitediting.carry_out(opened, drafts, back)


def test_what_is_said_stands_in_the_store_and_outlives_the_catalogue(archive: Archive) -> None:
    done = edit(archive, NEW)
    assert done.edited[0].changed == ("box", "retention")
    before = unit(archive)
    assert (before.box, before.fields) == ("8", {"retention": "20 năm"})
    with archive.writing(wait=5):
        archive.catalogue.unlink()
        assert rebuild_catalogue(archive) == []
    assert unit(archive) == before
    judge.objects_are_valid(archive.root)


def test_documents_are_found_where_their_folder_lies_now(archive: Archive) -> None:
    edit(archive, {"box": "12"})
    (found,) = searching.search(archive, ["văn phòng"], 10, 0).results
    assert found.where and found.where.box == "12"


def test_what_is_said_already_is_no_operation(archive: Archive) -> None:
    edit(archive, NEW)
    assert edit(archive, NEW).number is None
    assert len(Store(archive).versions(unit(archive).urn, "record.json")) == 3


def test_undo_puts_back_what_stood_and_leaves_what_was_changed_since(archive: Archive) -> None:
    first = edit(archive, NEW)
    edit(archive, {"box": "9"}, after=5)
    assert first.number
    back = undo(archive, first.number, after=10)
    assert back.edited[0].changed == ("retention",) and back.edited[0].stale == ("box",)
    assert (unit(archive).box, unit(archive).fields) == ("9", {})
    assert back.number
    undo(archive, back.number, after=15)
    assert unit(archive).fields == {"retention": "20 năm"}


def test_a_damaged_folder_is_told_and_nothing_is_changed(archive: Archive) -> None:
    before = unit(archive)
    path = Store(archive).where(before.urn)
    assert path
    sidecar = path / "inventory.json.sha512"
    whole = sidecar.read_bytes()
    sidecar.chmod(0o640)
    sidecar.write_bytes(b"0" * 128 + b" inventory.json\n")
    with pytest.raises(Unreadable):
        edit(archive, NEW)
    sidecar.write_bytes(whole)
    assert unit(archive) == before


def test_whatever_step_is_the_last_an_edit_is_whole_or_not_there(
    archive: Archive, fast_disk: Path
) -> None:
    def work() -> None:
        edit(archive, NEW)

    saved = fast_disk / "saved"
    copytree(archive.root, saved)
    steps = crash.steps_of(work, fast_disk)
    assert steps > 20
    for step in range(1, steps + 1, 5):
        rmtree(archive.root)
        copytree(saved, archive.root)
        crash.in_child(work, fail_at=f"{step}:kill")
        now = unit(archive)  # recovers, and compares store and catalogue
        assert (now.box, now.fields) in (("7", {}), ("8", {"retention": "20 năm"}))
        judge.objects_are_valid(archive.root)
        judge.catalogue_agrees(archive.root)
        judge.staging_is_empty(archive.root)
        operation = next(operations.log(Audit(archive.audit)))
        if operation.what == "catalogue-edit" and now.box == "8":
            assert operation.number
            undo(archive, operation.number, after=5)
            assert unit(archive).box == "7"


# the commands


def test_the_commands_say_what_stands_there_in_both_forms(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "catalogue")
    changed = run(*at, "edit", FOLDER, "thời hạn=20", "hop=8", "bat dau=3/2021", "--json").lines
    assert changed[0]["after"] == {"box": "8", "retention": "20 năm", "start": "2021-03"}
    shown = run(*at, "show", FOLDER)
    assert "retention" in shown.out and "20 năm" in shown.out and "03/2021" in shown.out
    lines = [*changed, *run(*at, "show", FOLDER, "--json").lines, *run(*at, "tree", "--json").lines]
    lines += [*run(*at, "list", "--json").lines, *run(*at, "list", FOLDER, "--json").lines]
    assert len(lines) == 1 + 1 + 4 + 1 + 1
    for line in lines:
        form("json/catalogue", line)
    tree = run(*at, "tree").out.splitlines()
    assert [len(line) - len(line.lstrip()) for line in tree] == [0, 2, 4, 4]
    assert "A29-01-0003  Nghị quyết năm 2021 · box 8 · 1 document, 1 sheet" in tree[2]
    assert run(*at, "list", FOLDER).out.startswith("  001          1  ")


def test_an_edit_can_be_looked_at_first_and_taken_back(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root)
    many = ("catalogue", "edit", FOLDER, "A29-01-0004", "ghi chú=đã chỉnh lý")
    assert "2 would change." in run(*at, *many, "--dry-run").err
    assert not unit(archive).fields
    done = run(*at, *many)
    assert "2 changed. To take it back: partydoc undo" in done.err
    number = done.err.split()[-1]
    assert "catalogue-edit" in run(*at, "log").out and "note" in run(*at, "log").out
    back = run(*at, "undo", number, "--json").lines
    assert [line["reference"] for line in back] == [FOLDER, "A29-01-0004"]
    for line in back:
        form("json/catalogue", line)
    assert not unit(archive).fields and not unit(archive, "A29-01-0004").fields


@pytest.mark.parametrize(
    "words",
    [
        (FOLDER,), ("box=7",), ("A29-01-0099", "box=7"), (FOLDER, "hộ=7"), ("A29", "box=7"),
        (FOLDER, "box=7", "hộp=8"), (FOLDER, "bắt đầu=31/02/2021"), (FOLDER, "title=-"),
        (FOLDER, "bắt đầu=2022", "kết thúc=2021"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_and_changes_nothing(
    run: Run, archive: Archive, words: tuple[str, ...]
) -> None:
    before = unit(archive)
    err = run("-a", archive.root, "catalogue", "edit", *words, code=2).err
    assert err.startswith("partydoc: ") and len(err.splitlines()) == 2
    assert unit(archive) == before


def test_an_empty_catalogue_and_an_unknown_reference_say_what_to_type(
    run: Run, fast_disk: Path
) -> None:
    new = desk.new_archive(fast_disk / "new")
    assert "catalogue add fonds" in run("-a", new.root, "catalogue", "tree").err
    assert "catalogue tree" in run("-a", new.root, "catalogue", "list", "A1", code=2).err


def test_the_log_names_the_units_and_tells_what_was_done_to_one(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root)
    run(*at, "catalogue", "edit", FOLDER, "box=9")
    assert FOLDER in run(*at, "log", "--limit", 1).out
    run(*at, "catalogue", "edit", "A29", "note=x")
    out = run(*at, "log", FOLDER).out
    assert "catalogue-edit" in out and out.count("catalogue-edit") == 1


def test_a_unit_that_was_added_stays_and_what_to_do_with_it_is_told(
    run: Run, archive: Archive
) -> None:
    at = ("-a", archive.root)
    run(*at, "catalogue", "add", "inventory", "A29-09", "--title", "Nhầm")
    number = run(*at, "log", "--limit", 1, "--json").lines[0]["operation"]
    assert "catalogue move REF --to REF" in run(*at, "undo", number, code=2).err
