"""Folders whose term has run out are destroyed by two people and a decision, wholly or not."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import desk
import disposed
import inhold
import judge
import pytest
from conftest import Run
from disposed import INPUTS, KEPT, NAME, NOTE, OLD, ORDER, WORDS, People
from forms import judge as form
from forms import written
from test_crash import STRIDE, in_child, steps_of

from partydoc import disposing, registeredits, registering, searching
from partydoc.archive import census, disposals
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.audit import actor
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.units import Entry
from partydoc.errors import PartydocError, UsageProblem
from partydoc.operations import Operation
from partydoc.registering import Wish
from torture import canary


@pytest.fixture(autouse=True)
def elsewhere(fast_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(fast_disk / "state"))


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> People:
    return People(monkeypatch)


@pytest.fixture
def made(fast_disk: Path, people: People) -> tuple[Archive, SimpleNamespace]:
    return disposed.new_archive(fast_disk / "a")


def approved(made: tuple[Archive, SimpleNamespace], people: People) -> None:
    """`an` has proposed the old folder, and `binh` has approved it."""
    archive, ids = made
    people.now("an")
    disposed.propose(archive.root)
    people.now("binh")
    disposed.approve(archive.root, ids.scan[:12])


def sound(archive: Archive, *names: str) -> None:
    """The archive is whole, and holds these inputs alone."""
    judge.nothing_lost_nothing_doubled(archive.root, {name: INPUTS[name] for name in names})
    judge.objects_are_valid(archive.root)
    judge.catalogue_agrees(archive.root)
    judge.staging_is_empty(archive.root)
    judge.audit_chain_holds(archive.root)


# two people and a decision


def test_who_has_proposed_it_neither_approves_nor_executes(
    made: tuple[Archive, SimpleNamespace], people: People
) -> None:
    archive, ids = made
    assert disposed.propose(archive.root).state == "proposed"
    with pytest.raises(PartydocError, match="has proposed this"):
        disposed.approve(archive.root, ids.scan)
    people.now("archive")
    with pytest.raises(PartydocError, match="own account"):
        disposed.approve(archive.root, ids.scan)
    people.now("binh")
    with pytest.raises(UsageProblem, match="has not been approved"):
        disposed.execute(archive.root)
    assert disposed.approve(archive.root, ids.scan).state == "approved"
    people.now("an")
    with pytest.raises(PartydocError, match="has proposed this"):
        disposed.execute(archive.root)
    people.now("binh")
    assert disposed.execute(archive.root).state == "executed"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"closed": None}, "is open"), ({"retention": "Vĩnh viễn"}, "kept for good"),
        ({"retention": None}, "not known how long"), ({"retention": "70 năm"}, "until 31/12/2082"),
    ],
)  # fmt: skip
def test_what_must_be_kept_cannot_be_proposed(
    made: tuple[Archive, SimpleNamespace], said: dict[str, str | None], told: str
) -> None:
    archive, _ids = made
    with disposed.at(archive.root) as opened:
        disposed.say(opened, OLD, **said)
    with pytest.raises(UsageProblem, match=told):
        disposed.propose(archive.root)


def test_what_stands_in_hold_keeps_its_folder(
    made: tuple[Archive, SimpleNamespace], run: Run
) -> None:
    archive, ids = made
    run("-a", archive.root, "classify", ids.gone[:12], "--secret", "mat")
    with pytest.raises(UsageProblem, match="something stands in hold: 001"):
        disposed.propose(archive.root)


def test_a_folder_is_in_one_proposal_and_that_can_be_withdrawn(
    made: tuple[Archive, SimpleNamespace], people: People
) -> None:
    archive, ids = made
    disposed.propose(archive.root)
    with pytest.raises(UsageProblem, match="proposed already: proposal 1"):
        disposed.propose(archive.root, KEPT, OLD)
    with disposed.at(archive.root) as opened:
        assert disposing.withdraw(opened, 1, desk.NOW).state == "withdrawn"
    people.now("binh")
    with pytest.raises(UsageProblem, match="withdrawn"):
        disposed.approve(archive.root, ids.scan)
    assert disposed.propose(archive.root).number == 2


@pytest.mark.parametrize("step", [disposed.approve, disposed.execute])
def test_what_has_changed_since_must_be_proposed_anew(
    made: tuple[Archive, SimpleNamespace], people: People, run: Run, step: object
) -> None:
    archive, ids = made
    disposed.propose(archive.root)
    people.now("binh")
    if step is disposed.execute:
        disposed.approve(archive.root, ids.scan)
    run("-a", archive.root, "edit", ids.gone[:12], "place=Đồng Mẫu")
    with pytest.raises(UsageProblem, match=f"Something in {OLD} has changed"):
        disposed.approve(archive.root, ids.scan) if step is disposed.approve else (
            disposed.execute(archive.root)
        )
    sound(archive, *INPUTS)


def test_the_scan_of_a_decision_is_a_document_that_is_kept(
    made: tuple[Archive, SimpleNamespace], people: People, fast_disk: Path
) -> None:
    archive, ids = made
    disposed.propose(archive.root)
    people.now("binh")
    with pytest.raises(UsageProblem, match="is 15-QĐ/ĐU"):
        disposed.approve(archive.root, ids.scan, code="16-QĐ/ĐU")
    with pytest.raises(UsageProblem, match="destroyed with what it decides"):
        disposed.approve(archive.root, ids.gone, code="12-BC/ĐU")
    paper = fast_disk / "scan.pdf"
    paper.write_bytes(b"another")
    with pytest.raises(UsageProblem, match="is not in the archive"):
        disposed.approve(archive.root, str(paper))
    paper.write_bytes(INPUTS["quyết định"])
    decision = disposed.approve(archive.root, str(paper)).decision
    assert decision and decision.scan == ids.scan
    with disposed.at(archive.root) as opened:
        disposed.close(opened, ORDER)
    with pytest.raises(UsageProblem, match="scan of the decision on proposal 1"):
        disposed.propose(archive.root, ORDER)


# what is left


def test_it_is_gone_without_a_trace_and_its_references_tell_of_it(
    made: tuple[Archive, SimpleNamespace], people: People, run: Run
) -> None:
    archive, ids = made
    at = ("-a", archive.root)
    run(*at, "register", "in", "issuer=Huyện uỷ", "subject=về Mới", "--quiet")
    run(*at, "register", "link", "in", "1", ids.gone[:12])
    approved(made, people)
    disposed.execute(archive.root)
    sound(archive, "chung", "quyết định")
    assert not canary.traces([archive.root], WORDS)
    assert "It was destroyed on" in run(*at, "register", "show", "in", "1").out
    assert run(*at, "register", "list", "in", "--unscanned").out == ""
    with open_for_reading(archive) as catalogue:
        assert list(census.arrivals(catalogue)) == []
    for reference in (f"{OLD}-001", ids.gone[:12]):
        err = run(*at, "show", reference, code=8).err
        assert "It was destroyed on 02/03/2026 by decision 15-QĐ/ĐU (proposal 1)." in err
    assert "It was destroyed on" in run(*at, "catalogue", "show", f"{OLD}-003").out
    assert "It was destroyed on" in run(*at, "catalogue", "show", OLD).out
    line = run(*at, "catalogue", "show", OLD, "--json").lines[0]
    form("json/catalogue", line)
    assert line["disposal"] == 1
    assert "tủ sách" in run(*at, "show", f"{KEPT}-001").out
    assert OLD not in run(*at, "dispose", "list", "--by", "2099").out
    (told,) = run(*at, "dispose", "list", "--proposals", "--json").lines
    form("json/dispose", told)
    assert (told["state"], told["folders"], told["documents"]) == ("executed", [OLD], 1)
    assert told["proposed"]["who"].startswith("an ") and told["executed"]["who"].startswith("binh ")
    assert run(*at, "verify", "--deep").out == ""
    for name, data in written(archive):
        form(name, data)


def test_it_outlives_the_catalogue_and_cannot_be_taken_back(
    made: tuple[Archive, SimpleNamespace], people: People, run: Run
) -> None:
    archive, ids = made
    approved(made, people)
    disposed.execute(archive.root)
    with archive.writing(wait=5):
        archive.catalogue.unlink()
        assert rebuild_catalogue(archive) == []
    sound(archive, "chung", "quyết định")
    assert "by decision 15-QĐ/ĐU" in run("-a", archive.root, "show", ids.gone, code=8).err
    number = next(line["operation"] for line in run("-a", archive.root, "log", "--json").lines
                  if line["what"] == "dispose-execute")  # fmt: skip
    assert "can only be scanned again" in run("-a", archive.root, "undo", number, code=2).err


def test_undoing_what_was_done_before_brings_nothing_back(
    made: tuple[Archive, SimpleNamespace], people: People, run: Run
) -> None:
    archive, ids = made
    at = ("-a", archive.root)
    with disposed.at(archive.root) as opened:
        paper = Entry("001", 1, 1, None, NOTE, {"subject": f"về {NOTE}"})
        disposed.say(opened, "A29-01-0003", **{"entry 001": paper})
        disposed.say(opened, OLD, closed=None)
    run(*at, "edit", ids.gone[:12], "place=Đồng Mẫu")
    registered(archive, ids.gone)
    run(*at, "register", "unlink", "in", "1")
    run(*at, "catalogue", "move", "A29-01-0003-001", "--to", OLD)
    with disposed.at(archive.root) as opened:
        disposed.close(opened)
    approved(made, people)
    disposed.execute(archive.root)
    assert not canary.traces([archive.root], WORDS)
    before = [one for one in run(*at, "log", "--json").lines if one["what"] != "undo"]
    unlinked = max(one["operation"] for one in before if one["fields"] == ["document"])
    for one in before:
        if one["operation"] and one["fields"]:
            run(*at, "undo", one["operation"], code=3 if one["operation"] == unlinked else 0)
    assert "scan" not in run(*at, "register", "list", "in").out
    sound(archive, "chung", "quyết định")
    assert not canary.traces([archive.root], WORDS)
    assert "It was destroyed on" in run(*at, "catalogue", "show", "A29-01-0003-001").out


def test_nothing_is_put_into_a_folder_that_was_destroyed(
    made: tuple[Archive, SimpleNamespace], people: People, run: Run
) -> None:
    archive, ids = made
    approved(made, people)
    disposed.execute(archive.root)
    at = ("-a", archive.root, "catalogue")
    for words in (
        ("close", OLD, "--reopen"), ("add", "entry", OLD, "--document", ids.both[:12]),
        ("edit", f"{OLD}-001", f"document={ids.both[:12]}"), ("move", f"{KEPT}-001", "--to", OLD),
    ):  # fmt: skip
        assert "has been destroyed" in run(*at, *words, code=2).err, words
    assert run(*at, "check", OLD).out == ""


def test_the_same_bytes_are_a_new_document_and_that_is_said(
    made: tuple[Archive, SimpleNamespace], people: People, run: Run
) -> None:
    archive, ids = made
    approved(made, people)
    disposed.execute(archive.root)
    with disposed.at(archive.root) as opened:
        work = inhold.keep(opened, NAME, True, None)
        assert inhold.read(opened, work, "BÁO CÁO") == ids.gone
        inhold.settle(opened, work)
        said = disposing.once(opened.catalogue, ids.gone)
        assert said and "has been in the archive before. It was destroyed on" in said
        assert disposing.once(opened.catalogue, ids.both) is None
    assert "BÁO CÁO" in run("-a", archive.root, "show", ids.gone, "--text").out
    with disposed.at(archive.root):
        pass  # sweeps up what stands for the inspector in tests
    sound(archive, *INPUTS)


# crashes


@pytest.mark.slow
def test_a_proposal_is_whole_or_not_there_and_never_missed(
    made: tuple[Archive, SimpleNamespace], fast_disk: Path, run: Run
) -> None:
    template = made[0].root
    count = shutil.copytree(template, fast_disk / "count")
    total = steps_of(lambda: _proposed(count), fast_disk)
    for n in range(1, total + 1, min(STRIDE, 3)):
        root = shutil.copytree(template, fast_disk / "run")
        in_child(lambda r=root: _proposed(r), f"{n}:kill")
        assert run("-a", root, "verify", "--deep").out == "", n
        _proposed(root)
        sound(open_archive(root), *INPUTS)
        assert run("-a", root, "verify", "--deep").out == "", n
        (told,) = run("-a", root, "dispose", "list", "--proposals", "--json").lines
        assert told["state"] == "proposed"
        shutil.rmtree(root)


def _proposed(root: Path) -> None:
    with suppress(UsageProblem):  # it is there already
        disposed.propose(root)


@pytest.mark.slow
@pytest.mark.parametrize("trouble", ["kill", "enospc", "eio"])
def test_whatever_step_is_the_last_it_is_destroyed_wholly_or_not_at_all(
    made: tuple[Archive, SimpleNamespace], people: People, fast_disk: Path, trouble: str, run: Run
) -> None:
    archive, ids = made
    registered(archive, ids.gone)
    approved(made, people)
    template = shutil.copytree(archive.root, fast_disk / "template")
    count = shutil.copytree(template, fast_disk / "count")
    total = steps_of(lambda: disposed.destroy(count), fast_disk)
    assert total > 40
    seen = set()
    for n in range(1, total + 1, min(STRIDE, 3) if trouble == "kill" else STRIDE):
        root = shutil.copytree(template, fast_disk / "run")
        status = in_child(lambda r=root: disposed.destroy(r), f"{n}:{trouble}")
        assert os.WIFSIGNALED(status) or trouble != "kill", f"step {n} was never reached"
        assert run("-a", root, "verify", "--deep").out == "", n
        in_child(lambda r=root: disposed.destroy(r), f"{1 + n % 13}:kill")
        if n % 2:
            (root / "catalogue.sqlite").unlink()
        with disposed.at(root) as opened:  # recovery alone finishes it
            found = disposals.numbered(opened.catalogue, 1)
        assert found
        seen.add(found.state)
        now = open_archive(root)
        assert run("-a", root, "verify", "--deep").out == "", n
        if found.executed:
            sound(now, "chung", "quyết định")
            assert not canary.traces([root], WORDS), n
            with disposed.at(root) as opened:
                (row,) = opened.catalogue.register_rows("")
            assert (row.document, row.destroyed) == (None, found.urn)
            assert [one["ids"] for one in log(now, "destroyed")][0] == [ids.gone]
        else:
            sound(now, *INPUTS)
            assert searching.search(now, [disposed.TEXT], 10, 0).total == 1
        shutil.rmtree(root)
    assert seen == {"approved", "executed"}


def registered(archive: Archive, document: str) -> None:
    """A document is the scan of a row of the register of arrivals."""
    fields = {"issuer": "Huyện uỷ", "subject": "về Mới", "arrival_date": "2026-03-02"}
    with disposed.at(archive.root) as opened:
        row = registering.register(opened, Wish("arrival", fields), desk.NOW).row
        registeredits.carry_out(
            opened, [registeredits.linked(opened.catalogue, row, document)],
            Operation(None, desk.NOW, actor(), "register-edit"),
        )  # fmt: skip


@pytest.mark.slow
def test_a_tombstone_that_is_damaged_in_between_waits_for_its_mending(
    made: tuple[Archive, SimpleNamespace], people: People, fast_disk: Path
) -> None:
    approved(made, people)
    root = made[0].root
    with disposed.at(root) as opened:
        (found,) = disposals.every(opened.catalogue)
        folder = opened.store.where(found.urn)
        assert folder
    count = shutil.copytree(root, fast_disk / "count")
    total = steps_of(lambda: disposed.destroy(count), fast_disk)
    in_child(lambda: disposed.destroy(root), f"{total // 2}:kill")
    data = (folder / "inventory.json").read_bytes()
    (folder / "inventory.json").chmod(0o640)
    (folder / "inventory.json").write_bytes(b"?")
    with disposed.at(root) as opened:
        assert len(opened.unfinished) == 1
    (folder / "inventory.json").write_bytes(data)
    with disposed.at(root) as opened:
        assert not opened.unfinished
    sound(open_archive(root), "chung", "quyết định")
    assert not canary.traces([root], WORDS)


def log(archive: Archive, what: str) -> list[dict]:
    lines = (line for path in sorted(archive.audit.iterdir())
             for line in path.read_text("utf-8").splitlines())  # fmt: skip
    return [one for one in map(json.loads, lines) if one["what"] == what]
