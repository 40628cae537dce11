"""Archives that earlier releases wrote: this one opens, checks, searches and changes them."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path

import judge
import pytest
from conftest import Run

from partydoc.archive import tally
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.store import Store

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.tar.xz"))
#: What stands in a golden archive: status -> how many documents.
COUNTS = {
    "described": 1, "review": 1, "original-only": 1, "pending": 1, "awaiting-class": 2, "held": 1,
}  # fmt: skip
FOLDER = "A29-01-0003"


def unpack(packed: Path, folder: Path) -> Archive:
    """Unpack an archive with the rights of its files."""
    how = {"filter": "tar"} if hasattr(tarfile, "tar_filter") else {}
    with tarfile.open(packed) as tar:
        tar.extractall(folder, **how)  # type: ignore[arg-type]
    return open_archive(folder / "archive")


@pytest.fixture(params=GOLDEN, ids=lambda path: path.name)
def archive(request: pytest.FixtureRequest, fast_disk: Path) -> Archive:
    """A golden archive, unpacked."""
    return unpack(request.param, fast_disk)


def test_there_is_a_golden_archive() -> None:
    assert GOLDEN


def test_every_byte_of_it_is_whole(archive: Archive, run: Run) -> None:
    ran = run("-a", archive.root, "verify", "--deep")
    assert ran.out == "" and "nothing wrong" in ran.err
    assert judge.objects_are_valid(archive.root) == sum(COUNTS.values()) + 3
    judge.catalogue_agrees(archive.root)
    assert judge.audit_chain_holds(archive.root) > 10


def test_nobody_and_no_machine_is_named_in_it(archive: Archive) -> None:
    lines = [
        line for path in archive.audit.iterdir() for line in path.read_text("utf-8").splitlines()
    ]
    assert {json.loads(line)["who"] for line in lines} == {"archivist@archive"}


def test_its_documents_are_shown_and_found(archive: Archive, run: Run) -> None:
    with open_for_reading(archive) as catalogue:
        assert tally.counts(catalogue) == COUNTS
    hits = run("-a", archive.root, "search", "--json", "dong mau").lines
    assert f"{FOLDER}-001" in {hit["reference"] for hit in hits}
    shown = run("-a", archive.root, "show", "--json", f"{FOLDER}-002").lines[0]
    assert shown["record"]["place"]["value"] == "Đồng Mẫu"


def test_a_document_of_it_can_be_corrected_and_that_be_undone(archive: Archive, run: Run) -> None:
    run("-a", archive.root, "edit", f"{FOLDER}-001", "note=đã soát lại")
    assert run("-a", archive.root, "search", "--json", "note:soát").lines
    number = run("-a", archive.root, "log", "--json").lines[0]["operation"]
    run("-a", archive.root, "undo", str(number))
    run("-a", archive.root, "verify", "--deep")


def answers(archive: Archive, run: Run) -> list[object]:
    """What the archive says of its documents that are not in hold."""
    ids = sorted(kept.id for kept in Store(archive).documents() if not isinstance(kept, Path))
    shown = [run("-a", archive.root, "show", "--json", one).lines[0] for one in ids]
    hits = [
        (hit["id"], hit["reference"], hit["snippet"])
        for query in ("dong mau", 'type:"Nghị quyết"', f"folder:{FOLDER}")
        for hit in run("-a", archive.root, "search", "--json", query).lines
    ]
    return [shown, hits]


def test_the_store_alone_brings_catalogue_folders_and_index_back(
    archive: Archive, run: Run, fast_disk: Path
) -> None:
    before = answers(archive, run)
    new = fast_disk / "new"
    run("init", new, "--network", "connected", "--engine", "whoosh")
    shutil.rmtree(new / "store")
    shutil.copytree(archive.store, new / "store")
    run("-a", new, "index", "--rebuild")
    assert answers(open_archive(new), run) == before
    run("-a", new, "verify", "--deep")
