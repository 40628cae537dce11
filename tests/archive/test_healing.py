"""What a copy still has comes back; what it has not is said, and nothing is thrown away."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import desk
import inhold
import judge
import pytest
from conftest import Run

from partydoc.archive import healing, ocfl, purging
from partydoc.archive.aside import set_aside_of
from partydoc.archive.finding import Finding
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.errors import UsageProblem
from partydoc.repairing import MENDED, repair
from partydoc.verifying import verify
from partydoc.withholding import withhold_all


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, dict[str, str]]:
    """An archive with documents in the store and in hold; name -> id."""
    archive = inhold.new_archive(tmp_path_factory.mktemp("whole") / "a")
    return archive, inhold.some(archive)


@pytest.fixture
def hurt(whole: tuple[Archive, dict[str, str]], fast_disk: Path) -> Archive:
    """Another copy of it, to be damaged."""
    shutil.copytree(whole[0].root, fast_disk / "a", symlinks=True)
    for path in (fast_disk / "a").rglob("*.*"):
        if path.is_file():
            path.chmod(0o640)
    return open_archive(fast_disk / "a")


def folder(archive: Archive, document: str) -> Path:
    found = Store(archive, hold=True).where(DOCUMENT_PREFIX + document)
    assert found
    return found


def mend(archive: Archive, copy: Path) -> list[Finding]:
    with desk.at_work(archive) as opened:
        return list(repair(opened, copy, (), desk.NOW))


def bytes_of(archive: Archive) -> dict[str, bytes]:
    roots = (archive.store, archive.hold)
    files = (path for root in roots for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(archive.root)): path.read_bytes() for path in files}


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.chmod(0o640)
    path.write_bytes(data)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "original": lambda object_: flip(next(object_.glob("v1/content/original/*"))),
    "record": lambda object_: flip(object_ / "v2" / "content" / "record.json"),
    "inventory": lambda object_: flip(object_ / "inventory.json"),
    "both inventories": lambda object_: [
        flip(object_ / "inventory.json"), flip(object_ / "v2" / "inventory.json")
    ],
    "first inventory": lambda object_: flip(object_ / "v1" / "inventory.json"),
    "sidecar": lambda object_: flip(object_ / "inventory.json.sha512"),
    "mark": lambda object_: (object_ / "0=ocfl_object_1.1").unlink(),
    "version": lambda object_: shutil.rmtree(object_ / "v2"),
    "more": lambda object_: (object_ / "v1" / "content" / "more").write_text("?"),
    "pipe": lambda object_: pipe(next(object_.glob("v1/content/original/*"))),
    "piped record": lambda object_: pipe(object_ / "v2" / "content" / "record.json"),
    "piped inventory": lambda object_: pipe(object_ / "inventory.json"),
    "object": shutil.rmtree,
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["open", "unsure", "held"])
def test_what_is_damaged_or_lost_comes_back_bit_for_bit(
    whole: tuple[Archive, dict[str, str]], hurt: Archive, name: str, damage: str
) -> None:
    copy, ids = whole
    before = bytes_of(hurt)
    DAMAGES[damage](folder(hurt, ids[name]))
    (told,) = mend(hurt, copy.root)
    assert told.kind == MENDED and ids[name] in told.path
    assert bytes_of(hurt) == before == bytes_of(copy)
    assert not list(verify(hurt, deep=True).findings)
    judge.catalogue_agrees(hurt.root)
    judge.staging_is_empty(hurt.root)
    assert judge.audit_chain_holds(hurt.root)
    assert "repaired" in next(iter(sorted(hurt.audit.iterdir()))).read_text("utf-8")


def test_the_damaged_object_is_set_aside_in_hold(
    whole: tuple[Archive, dict[str, str]], hurt: Archive
) -> None:
    place = folder(hurt, whole[1]["open"])
    original = next(place.glob("v1/content/original/*"))
    flip(original)
    damaged = original.read_bytes()
    mend(hurt, whole[0].root)
    (aside,) = set_aside_of(hurt, place.name)
    assert aside.parent.stat().st_mode & 0o077 == 0
    assert (aside / original.relative_to(place)).read_bytes() == damaged


def test_what_was_set_aside_of_a_document_is_destroyed_with_it(
    whole: tuple[Archive, dict[str, str]], hurt: Archive
) -> None:
    document = whole[1]["held"]
    place = folder(hurt, document)
    flip(next(place.glob("v1/content/original/*")))
    mend(hurt, whole[0].root)
    assert set_aside_of(hurt, place.name)
    with desk.at_work(hurt) as opened:
        purging.purge(opened, document, desk.NOW)
    assert not set_aside_of(hurt, place.name)


def test_a_copy_of_the_store_alone_is_enough_for_what_stands_in_the_store(
    whole: tuple[Archive, dict[str, str]], hurt: Archive
) -> None:
    copy, ids = whole
    for name in ("open", "held"):
        flip(next(folder(hurt, ids[name]).glob("v1/content/original/*")))
    told = {finding.kind: finding for finding in mend(hurt, copy.store)}
    assert set(told) == {MENDED, "altered-file"}
    assert ids["held"] in told["altered-file"].path
    assert "cannot be mended: " in told["altered-file"].message
    assert len(list(verify(hurt, deep=True).findings)) == 1


@pytest.mark.parametrize("damage", [flip, pipe])
def test_what_is_damaged_in_the_copy_as_well_is_left_as_it_is(
    whole: tuple[Archive, dict[str, str]], hurt: Archive, fast_disk: Path,
    damage: Callable[[Path], None],
) -> None:  # fmt: skip
    copy = shutil.copytree(whole[0].root, fast_disk / "copy")
    for archive, hurts in ((hurt, flip), (open_archive(copy), damage)):
        hurts(next(folder(archive, whole[1]["open"]).glob("v1/content/original/*")))
    before = bytes_of(hurt)
    (told,) = mend(hurt, copy)
    assert told.kind == "altered-file" and "original/0001.pdf" in told.message
    assert bytes_of(hurt) == before
    assert not (hurt.root / "hold" / "damaged").exists()


def test_two_halves_make_a_whole(
    whole: tuple[Archive, dict[str, str]], hurt: Archive, fast_disk: Path
) -> None:
    copy = shutil.copytree(whole[0].root, fast_disk / "copy")
    flip(folder(open_archive(copy), whole[1]["open"]) / "v2" / "content" / "record.json")
    flip(next(folder(hurt, whole[1]["open"]).glob("v1/content/original/*")))
    assert [finding.kind for finding in mend(hurt, copy)] == [MENDED]
    assert bytes_of(hurt) == bytes_of(whole[0])


def lost(archive: Archive, document: str) -> None:
    """Take an object away, and the folders that led to it alone."""
    place = folder(archive, document)
    shutil.rmtree(place)
    for parent in place.parents[:2]:
        with suppress(OSError):
            parent.rmdir()


def test_what_was_held_never_comes_back_into_the_store(
    whole: tuple[Archive, dict[str, str]], hurt: Archive, fast_disk: Path
) -> None:
    """The copy is from before a mark was found: its object stands in the store, and is open."""
    document = whole[1]["held"]
    copy = open_archive(shutil.copytree(whole[0].root, fast_disk / "copy"))
    there = folder(copy, document)
    target = ocfl.object_path(copy.store, DOCUMENT_PREFIX + document)
    target.parent.mkdir(parents=True)
    shutil.move(there, target)
    lost(hurt, document)
    assert [finding.kind for finding in mend(hurt, copy.root)] == [MENDED]
    assert folder(hurt, document).is_relative_to(hurt.hold)


def test_a_state_from_before_the_mark_was_found_does_not_come_back(
    whole: tuple[Archive, dict[str, str]], hurt: Archive
) -> None:
    document = whole[1]["open"]
    with desk.at_work(hurt) as opened:
        withhold_all(opened, [document], "Mật", desk.NOW)
        assert opened.store.in_hold(DOCUMENT_PREFIX + document)
    lost(hurt, document)
    told = [finding for finding in mend(hurt, whole[0].root) if finding.kind != MENDED]
    assert [finding.kind for finding in told] == ["missing-object"]
    assert "before it was classified" in told[0].message
    assert not ocfl.object_path(hurt.store, DOCUMENT_PREFIX + document).exists()


@pytest.mark.parametrize("damage", ["object", "both inventories"])
def test_it_is_said_where_the_copy_is_older(
    whole: tuple[Archive, dict[str, str]], hurt: Archive, run: Run, damage: str
) -> None:
    document = whole[1]["open"]
    run("-a", hurt.root, "edit", document[:12], "note=mới")
    place = folder(hurt, document)
    if damage == "object":
        shutil.rmtree(place)
    else:
        newest = max(place.glob("v*"))
        for path in (place / "inventory.json", newest / "inventory.json"):
            flip(path)
    (told,) = mend(hurt, whole[0].root)
    assert told.kind == MENDED and "the copy is older" in told.message
    assert not list(verify(hurt, deep=True).findings)


def test_catalogue_and_storage_root_need_no_copy(
    whole: tuple[Archive, dict[str, str]], hurt: Archive
) -> None:
    with sqlite3.connect(hurt.catalogue) as db:
        db.execute("UPDATE documents SET pages = 9 WHERE id = ?", (whole[1]["open"],))
    (hurt.store / "ocfl_layout.json").unlink()
    (hurt.hold / "a0" / "b1").mkdir(parents=True)
    assert {finding.kind for finding in mend(hurt, whole[0].root)} == {MENDED}
    assert not list(verify(hurt, deep=True).findings)


def test_an_object_comes_back_where_the_catalogue_is_gone_as_well(
    whole: tuple[Archive, dict[str, str]], hurt: Archive
) -> None:
    lost(hurt, whole[1]["held"])
    hurt.catalogue.write_bytes(b"rubbish" * 500)
    told = mend(hurt, whole[0].root)
    assert {finding.kind for finding in told} == {MENDED}
    assert folder(hurt, whole[1]["held"]).is_relative_to(hurt.hold)
    assert not list(verify(hurt, deep=True).findings)


def test_an_archive_is_no_copy_of_itself(hurt: Archive, fast_disk: Path) -> None:
    (fast_disk / "empty").mkdir()
    for path in (hurt.root, hurt.store, hurt.root.parent, fast_disk / "empty"):
        with pytest.raises(UsageProblem):
            healing.copy_at(path, hurt)
