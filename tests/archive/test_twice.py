"""Of a document that stands in the store and in hold the older one is set aside, in hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import desk
import inhold
import judge
import pytest
from conftest import Run

from partydoc.archive import jobs, ocfl, purging
from partydoc.archive.aside import set_aside_of
from partydoc.archive.finding import Finding
from partydoc.archive.jobs import Intent
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.errors import Damage
from partydoc.repairing import MENDED, repair
from partydoc.verifying import verify
from partydoc.withholding import withhold_all


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


@pytest.fixture
def ids(archive: Archive) -> dict[str, str]:
    """Name -> id of documents in the store and in hold."""
    return inhold.some(archive)


@pytest.fixture
def copy(archive: Archive, ids: dict[str, str], fast_disk: Path) -> Path:
    """A copy of the archive as it was before anything happened."""
    return shutil.copytree(archive.root, fast_disk / "copy", symlinks=True)


def places(archive: Archive, document: str) -> tuple[Path, Path]:
    urn = DOCUMENT_PREFIX + document
    return ocfl.object_path(archive.store, urn), ocfl.object_path(archive.hold, urn)


def bring_back(archive: Archive, copy: Path, place: Path) -> None:
    """Let an object stand again where it stood, as a restored backup would."""
    shutil.copytree(copy / place.relative_to(archive.root), place)


def withheld_since(archive: Archive, copy: Path, document: str) -> None:
    with desk.at_work(archive) as opened:
        withhold_all(opened, [document], "Mật", desk.NOW)
    bring_back(archive, copy, places(archive, document)[0])


def kinds(archive: Archive, deep: bool) -> list[str]:
    return [finding.kind for finding in verify(archive, deep=deep).findings]


def mend(archive: Archive, copy: Path) -> list[Finding]:
    with desk.at_work(archive) as opened:
        return list(repair(opened, copy, (), desk.NOW))


def in_hold_alone(archive: Archive, document: str) -> bool:
    in_store, in_hold = places(archive, document)
    return in_hold.is_dir() and not in_store.exists()


@pytest.mark.parametrize("deep", [False, True])
def test_it_is_found_whatever_the_catalogue_says(
    archive: Archive, ids: dict[str, str], copy: Path, run: Run, deep: bool
) -> None:
    withheld_since(archive, copy, ids["open"])
    assert kinds(archive, deep) == ["stands-twice"]
    run("-a", archive.root, "index", "--rebuild")
    assert kinds(archive, deep) == ["stands-twice"]


def test_what_was_withheld_since_leaves_the_store_again(
    archive: Archive, ids: dict[str, str], copy: Path
) -> None:
    withheld_since(archive, copy, ids["open"])
    assert {one.kind for one in mend(archive, copy)} == {MENDED}
    assert in_hold_alone(archive, ids["open"]) and ids["open"] not in inhold.entries(archive)
    (aside,) = set_aside_of(archive, places(archive, ids["open"])[0].name)
    assert list(aside.glob("v*/content/access.pdf")) and aside.parent.stat().st_mode & 0o077 == 0
    assert kinds(archive, deep=True) == []
    judge.catalogue_agrees(archive.root)
    judge.staging_is_empty(archive.root)


def test_what_was_released_since_stays_released_with_all_that_was_said_of_it(
    archive: Archive, ids: dict[str, str], copy: Path, run: Run
) -> None:
    document = ids["unsure"]
    run("-a", archive.root, "classify", document, "--open")
    run("-a", archive.root, "edit", document, "note=mới")
    in_store, in_hold = places(archive, document)
    bring_back(archive, copy, in_hold)
    assert {one.kind for one in mend(archive, copy)} == {MENDED}
    assert in_store.is_dir() and not in_hold.exists() and document in inhold.entries(archive)
    assert "mới" in run("-a", archive.root, "show", document).out
    assert kinds(archive, deep=True) == []


def test_what_cannot_be_trusted_in_the_store_does_not_stay_there(
    archive: Archive, ids: dict[str, str], copy: Path, run: Run
) -> None:
    run("-a", archive.root, "classify", ids["unsure"], "--open")
    in_store, in_hold = places(archive, ids["unsure"])
    bring_back(archive, copy, in_hold)
    original = next(in_store.glob("v1/content/original/*"))
    original.chmod(0o640)
    original.write_bytes(b"altered")
    assert {one.kind for one in mend(archive, copy)} == {MENDED}
    assert in_hold_alone(archive, ids["unsure"])


def test_what_a_crash_leaves_in_the_middle_is_finished_by_recovery(
    archive: Archive, ids: dict[str, str], copy: Path
) -> None:
    withheld_since(archive, copy, ids["open"])
    jobs.intend(jobs.begin(archive.hold_staging), Intent(DOCUMENT_PREFIX + ids["open"]))
    with desk.at_work(archive):
        assert in_hold_alone(archive, ids["open"])
    assert kinds(archive, deep=True) == []


def _classify(archive: Archive, document: str) -> None:
    with desk.at_work(archive) as opened:
        withhold_all(opened, [document], "Mật", desk.NOW)
    assert in_hold_alone(archive, document)


def _purge(archive: Archive, document: str) -> None:
    with desk.at_work(archive) as opened:
        purging.purge(opened, document, desk.NOW)
    in_store, in_hold = places(archive, document)
    assert not (in_store.exists() or in_hold.exists() or set_aside_of(archive, in_hold.name))


@pytest.mark.parametrize("act", [_classify, _purge])
def test_who_withholds_or_destroys_it_leaves_nothing_in_the_store(
    archive: Archive, ids: dict[str, str], copy: Path, act: Callable[[Archive, str], None]
) -> None:
    withheld_since(archive, copy, ids["open"])
    act(archive, ids["open"])
    assert kinds(archive, deep=True) == []


def test_what_is_to_be_released_must_not_stand_in_the_store_already(
    archive: Archive, ids: dict[str, str], copy: Path
) -> None:
    withheld_since(archive, copy, ids["open"])
    with pytest.raises(Damage, match="in the store and in hold"):
        Store(archive, hold=True).release(DOCUMENT_PREFIX + ids["open"])
