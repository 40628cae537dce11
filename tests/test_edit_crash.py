"""The power goes at each step of an edit in turn; nothing may be lost, doubled, or half told."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import desk
import judge
import papers
import pytest
import test_crash as crash
from papers import kept, say, value

from partydoc import editing, indexing, lookup, operations, searching, undoing
from partydoc.archive.audit import Audit, actor
from partydoc.archive.root import Archive, open_archive
from partydoc.editing import Edit
from partydoc.operations import Operation

NEW = "Nguyễn Văn Mẫu"


@pytest.fixture(autouse=True)
def _own_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def prepared(fast_disk: Path) -> tuple[Archive, list[str]]:
    """Return an archive of two documents of which somebody has said something already."""
    archive, ids = papers.filled(fast_disk)
    for document in ids:
        say(archive, document, {"place": "Hà Mẫu"})
    return archive, ids


def copy_of(archive: Archive, name: str) -> Archive:
    target = archive.root.with_name(name)
    shutil.copytree(archive.root, target, copy_function=shutil.copy2)
    return open_archive(target)


def edit(archive: Archive, ids: list[str]) -> None:
    with desk.at_work(archive) as opened:
        editing.apply(opened, [Edit(one, {"signer": NEW}) for one in ids], desk.NOW)


def undo(archive: Archive, number: int) -> None:
    with desk.at_work(archive) as opened:
        found = operations.find(opened.audit, number)
        assert found
        back = Operation(None, desk.NOW, actor(), "undo", undoes=number)
        editing.carry_out(opened, undoing.draft(archive, found), back)


def assert_sound(archive: Archive, ids: list[str]) -> None:
    """The store is valid, catalogue and index say what it says, and every change is in the log."""
    judge.objects_are_valid(archive.root)
    judge.catalogue_agrees(archive.root)
    judge.staging_is_empty(archive.root)
    judge.audit_chain_holds(archive.root)
    assert indexing.check(archive) == ()
    signed = {one for one in ids if value(archive, one, "signer") == NEW}
    found = searching.search(archive, ["signer:mau"], 10, 0).results
    assert {one.hit.id for one in found} == signed
    known = {one.number: one.ids for one in operations.log(Audit(archive.audit))}
    for document in ids:
        with desk.at_work(archive) as opened:
            row = opened.catalogue.row(document)
            assert row and row.kept == opened.store.kept(document)
        assert value(archive, document, "place") == "Hà Mẫu", "an earlier correction is lost"
        for happened in lookup.history_of(archive, document):
            assert "fields" not in happened or document in known[happened["operation"]]


def times_signed(archive: Archive, document: str) -> int:
    events = lookup.history_of(archive, document)
    return sum(happened.get("fields") == ["signer"] for happened in events)


@pytest.mark.slow
def test_an_edit_that_is_killed_at_any_step_is_finished_by_the_same_edit(fast_disk: Path) -> None:
    archive, ids = prepared(fast_disk)
    count = copy_of(archive, "count")
    total = crash.steps_of(lambda: edit(count, ids), fast_disk)
    assert total > 40
    for n in range(1, total + 1, crash.STRIDE):
        mine = copy_of(archive, str(n))
        status = crash.in_child(lambda a=mine: edit(a, ids), f"{n}:kill")
        assert os.WIFSIGNALED(status), f"step {n} was never reached"
        # once more, in the middle of the recovery
        crash.in_child(lambda a=mine: edit(a, ids), f"{1 + n % 13}:kill")
        assert crash.in_child(lambda a=mine: edit(a, ids)) == 0
        assert_sound(mine, ids)
        assert [value(mine, one, "signer") for one in ids] == [NEW, NEW]
        assert [times_signed(mine, one) for one in ids] == [1, 1]
        shutil.rmtree(mine.root)


@pytest.mark.slow
@pytest.mark.parametrize("trouble", ["kill", "enospc"])
def test_what_an_edit_did_before_it_was_stopped_is_undone(fast_disk: Path, trouble: str) -> None:
    archive, ids = prepared(fast_disk)
    before = [kept(archive, one).fields for one in ids]
    last = next(operations.log(Audit(archive.audit))).number
    assert last
    count = copy_of(archive, "count")
    total = crash.steps_of(lambda: edit(count, ids), fast_disk)
    seen = set()
    for n in range(1, total + 1, crash.STRIDE):
        mine = copy_of(archive, str(n))
        crash.in_child(lambda a=mine: edit(a, ids), f"{n}:{trouble}")
        stopped = next(operations.log(Audit(mine.audit)))
        seen.add((stopped.what, stopped.finished))
        if stopped.number == last + 1:
            undo(mine, last + 1)
        else:
            indexed = crash.in_child(lambda a=mine: edit(a, []))
            assert indexed == 0
        assert_sound(mine, ids)
        assert [kept(mine, one).fields for one in ids] == before
        shutil.rmtree(mine.root)
    assert ("edit", False) in seen


def test_a_stopped_edit_shows_in_the_log(fast_disk: Path) -> None:
    archive, ids = prepared(fast_disk)

    def watch(drafts):
        yield drafts[0]
        raise KeyboardInterrupt

    with desk.at_work(archive) as opened, pytest.raises(KeyboardInterrupt):
        edits = [Edit(one, {"signer": NEW}) for one in ids]
        editing.apply(opened, edits, desk.NOW, watch=watch)
    stopped = next(operations.log(Audit(archive.audit)))
    assert (stopped.what, stopped.documents, stopped.finished) == ("edit", 2, False)
    edit(archive, ids)
    assert next(operations.log(Audit(archive.audit))).ids == (ids[1],)
    assert_sound(archive, ids)
