"""Several objects changed at once: all of them, or none."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import desk
import inhold
import judge
import pytest
import test_crash as crash

from partydoc.archive import bundles, examining, jobs
from partydoc.archive.bundles import ANEW, Change
from partydoc.archive.jobs import Intent
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable

COMMIT = Commit("split 1", "x@y", desk.NOW)
NAMES = ("A29", "A29-01", inhold.FOLDER)


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


def units(opened: Opened) -> list[Unit]:
    found = [opened.catalogue.unit(name) for name in NAMES]
    return [one for one in found if one]


def noted(opened: Opened, note: str = "mới") -> list[Change]:
    """Return changes that write something into each unit, the last of which begins anew."""
    after = [one.with_value("note", note) for one in units(opened)]
    changes = [Change(one.urn, bundles.record(one)) for one in after]
    return [*changes[:-1], replace(changes[-1], behind=ANEW)]


def notes(archive: Archive) -> set[str | None]:
    with desk.at_work(archive) as opened:
        known = {one.value("note") for one in units(opened)}
        assert known == {opened.store.unit(one.urn).value("note") for one in units(opened)}
    return known


def sound(archive: Archive) -> None:
    judge.objects_are_valid(archive.root)
    judge.catalogue_agrees(archive.root)
    judge.staging_is_empty(archive.root)


def test_all_are_changed_and_one_may_begin_anew(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        bundles.carry_out(opened, noted(opened), COMMIT)
        versions = [len(opened.store.versions(one.urn, "record.json")) for one in units(opened)]
    assert notes(archive) == {"mới"} and versions == [2, 2, 1]
    sound(archive)


def test_an_object_may_forget_its_last_versions(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        first = units(opened)[0]
        for note in ("một", "hai", "ba"):
            opened.shelves.revise([units(opened)[0].with_value("note", note)], COMMIT)
        then = first.with_value("note", "bốn")
        change = Change(first.urn, bundles.record(then), behind=2)
        bundles.carry_out(opened, [change], COMMIT)
        said = opened.store.versions(first.urn, "record.json")
        assert [Unit.from_json(data).value("note") for _commit, data in said] == [
            None, "một", "bốn",
        ]  # fmt: skip
        folder = opened.store.where(first.urn)
        assert folder
        files = [one.read_bytes() for one in folder.rglob("*") if one.is_file()]
    assert not [one for one in files if b"hai" in one or b'"ba"' in one]
    sound(archive)


def test_whatever_step_is_the_last_all_are_changed_or_none(
    archive: Archive, fast_disk: Path
) -> None:
    shutil.copytree(archive.root, fast_disk / "saved")

    def work() -> None:
        with desk.at_work(archive) as opened:
            bundles.carry_out(opened, noted(opened), COMMIT)

    seen = set()
    for step in range(1, crash.steps_of(work, fast_disk) + 1):
        shutil.rmtree(archive.root)
        shutil.copytree(fast_disk / "saved", archive.root)
        crash.in_child(work, fail_at=f"{step}:kill")
        (note,) = notes(archive)
        seen.add(note)
        sound(archive)
    assert seen == {None, "mới"}


def test_where_one_is_damaged_none_is_changed(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        folder = opened.store.where(units(opened)[1].urn)
        assert folder
        (folder / "inventory.json").write_text("{}")
        with pytest.raises(Unreadable):
            bundles.carry_out(opened, noted(opened), COMMIT)
    with desk.at_work(archive) as opened:
        assert {one.value("note") for one in units(opened)} == {None}
    judge.staging_is_empty(archive.root)


def test_what_others_have_changed_meanwhile_stays_as_they_left_it(archive: Archive) -> None:
    """As where the disk failed whoever had decided, and then came to itself."""
    with desk.at_work(archive) as opened:
        job = jobs.begin(archive.desk)
        ready = [
            bundles._made_ready(opened, change, COMMIT, bundles._ready(job, number))
            for number, change in enumerate(noted(opened))
        ]
        jobs.intend(job, Intent(ready[0].urn, bundle=tuple(ready)))
        assert {one.urn for one in ready} <= jobs._intent(job).urns  # type: ignore[union-attr]
        opened.shelves.revise([units(opened)[1].with_value("note", "của người khác")], COMMIT)
    assert notes(archive) == {"mới", "của người khác"}
    sound(archive)


def test_a_job_that_was_decided_is_no_damage_to_who_verifies(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        job = jobs.begin(archive.desk)
        ready = bundles._made_ready(opened, noted(opened)[0], COMMIT, bundles._ready(job, 0))
        new = replace(ready, urn="urn:sha256:" + "0" * 64)
        jobs.intend(job, Intent(ready.urn, bundle=(ready, new)))
        assert {ready.urn, new.urn} <= examining.at_work(archive)
        jobs.end(job)
