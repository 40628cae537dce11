"""Objects in the store and in hold."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import desk
import judge
import ocfl
import pytest

from partydoc import failing
from partydoc.archive import jobs
from partydoc.archive import ocfl as layout
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.inbox import Source
from partydoc.archive.kept import Kept
from partydoc.archive.originals import Original
from partydoc.archive.units import Unit
from partydoc.document import Bound
from partydoc.filing import Filer
from partydoc.keeping import Keeper
from partydoc.page import Page, Reading
from partydoc.work import Work

DATA = b"%PDF-1.4 the paper"
DIGEST = hashlib.sha256(DATA).hexdigest()


def described(root: Path, text: str = desk.BODY):
    """Return an archive with one described document."""
    archive = desk.new_archive(root)
    (archive.inbox / "van-ban.pdf").write_bytes(DATA)
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "van-ban.pdf", unclassified=True)
        assert isinstance(work, Work)
        desk.file(opened, work, text)
    return archive


def test_the_original_is_kept_bit_for_bit_and_the_inbox_is_emptied(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    assert list(judge.originals(archive.root)) == [DIGEST]
    assert not list(archive.inbox.iterdir())


def test_a_described_document_has_two_versions_and_the_first_is_still_whole(
    fast_disk: Path,
) -> None:
    archive = described(fast_disk / "a")
    folder = layout.object_path(archive.store, f"urn:sha256:{DIGEST}")
    inventory = layout.read_inventory(folder)
    assert inventory["head"] == "v2"
    first = layout.version_files(inventory, "v1")
    assert set(first) == {"original/0001.pdf", "record.json", "events.jsonl"}
    assert json.loads((folder / first["record.json"]).read_bytes())["status"] == "pending"
    second = layout.head_files(inventory)
    assert {"access.pdf", "pages.json", "text/0001.txt"} < set(second)
    assert second["original/0001.pdf"] == "v1/content/original/0001.pdf"


def test_the_storage_roots_are_valid_to_an_outside_judge(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    assert judge.objects_are_valid(archive.root) == 1
    for root in (archive.store, archive.hold):
        storage = ocfl.StorageRoot(root=str(root))
        assert storage.validate(log_warnings=False)


def test_a_stranger_can_check_an_object_with_sha512sum(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    folder = layout.object_path(archive.store, f"urn:sha256:{DIGEST}")
    check = ["sha512sum", "-c", "inventory.json.sha512"]
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode == 0


def test_on_a_connected_machine_a_document_stands_in_hold_until_it_is_judged(
    fast_disk: Path,
) -> None:
    archive = desk.new_archive(fast_disk / "a")
    (archive.inbox / "van-ban.pdf").write_bytes(DATA)
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "van-ban.pdf")
        assert isinstance(work, Work)
        assert opened.store.in_hold(work.kept.urn)
        assert desk.file(opened, work).outcome == "archived"
        assert not opened.store.in_hold(work.kept.urn)


def test_on_an_independent_lan_nothing_waits_in_hold_and_a_mark_is_a_field(
    fast_disk: Path,
) -> None:
    archive = desk.new_archive(fast_disk / "a", network="independent-lan")
    (archive.inbox / "van-ban.pdf").write_bytes(DATA)
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "van-ban.pdf")
        assert isinstance(work, Work)
        assert not opened.store.in_hold(work.kept.urn)
        assert desk.file(opened, work, "TỐI MẬT\n" + desk.BODY).outcome == "archived"
        kept = opened.store.kept(DIGEST)
    assert kept and kept.fields["secrecy"] and kept.fields["secrecy"].value == "Tối mật"


def test_a_mark_takes_a_declared_open_document_out_of_the_store(fast_disk: Path) -> None:
    archive = desk.new_archive(fast_disk / "a")
    (archive.inbox / "canary-ten.pdf").write_bytes(DATA)
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, archive.inbox / "canary-ten.pdf", unclassified=True)
        assert isinstance(work, Work)
        assert not opened.store.in_hold(work.kept.urn)
        outcome = desk.file(opened, work, "MẬT\ncanary-chu")
    assert outcome.outcome == "held"
    assert "canary" not in json.dumps(outcome.to_dict())
    with desk.at_work(archive):
        pass  # recovery throws the job folder away
    judge.no_trace(archive.root, ["canary-ten", "canary-chu"])
    assert not list(archive.store.glob("??"))


def test_the_same_bytes_make_no_second_document(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    (archive.inbox / "ten-khac.pdf").write_bytes(DATA)
    with desk.at_work(archive) as opened:
        again = desk.keep(opened, archive.inbox / "ten-khac.pdf")
    assert not isinstance(again, Work) and again.outcome == "duplicate"
    assert not list(archive.inbox.iterdir())
    assert judge.objects_are_valid(archive.root) == 1


def test_an_inbox_file_stays_when_the_stored_copy_is_damaged(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    original = judge.originals(archive.root)[DIGEST][0]
    original.chmod(0o640)
    original.write_bytes(b"rotten")
    (archive.inbox / "lan-nua.pdf").write_bytes(DATA)
    with desk.at_work(archive) as opened:
        again = desk.keep(opened, archive.inbox / "lan-nua.pdf")
    assert not isinstance(again, Work) and again.reason == "stored-copy-damaged"
    assert (archive.inbox / "lan-nua.pdf").read_bytes() == DATA


def test_an_object_that_is_there_is_never_replaced(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    with desk.at_work(archive) as opened:
        kept = opened.store.kept(DIGEST)
        assert kept
        from partydoc.archive import jobs
        from partydoc.archive.ocfl import Commit

        job = jobs.begin_for(kept, archive.staging)
        files = {"original/0001.pdf": b"other", "record.json": kept.to_json()}
        with pytest.raises(FileExistsError):
            opened.store.add(kept.urn, files, Commit("x", "x", desk.NOW), job)
        assert opened.store.is_whole(kept.urn)


def test_reading_a_held_document_again_does_not_release_it(fast_disk: Path) -> None:
    from partydoc.intake import Line, Wishes

    archive = described(fast_disk / "a", "MẬT\n" + desk.BODY)
    with desk.at_work(archive) as opened, Line(opened, Wishes(), desk.clock) as line:
        outcomes = list(line.read_again([DIGEST]))
        assert [outcome.outcome for outcome in outcomes] == ["held"]
        assert opened.store.in_hold(f"urn:sha256:{DIGEST}")


def test_of_a_document_in_hold_no_name_is_told_whatever_fails(
    fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = desk.new_archive(fast_disk / "a")
    paper = fast_disk / "canary.pdf"
    for n in range(1, 60):
        paper.write_bytes(b"%PDF " + str(n).encode())
        with desk.at_work(archive) as opened:
            monkeypatch.setattr(failing, "taken", 0)
            monkeypatch.setenv("PARTYDOC_FAIL_AT", f"{n}:eio")
            found = desk.keep(opened, paper)
            if isinstance(found, Work):
                found = desk.file(opened, found, "MẬT")
            monkeypatch.delenv("PARTYDOC_FAIL_AT")
            told = json.dumps(found.to_dict())
            if found.id and opened.store.in_hold(f"urn:sha256:{found.id}"):
                assert "canary" not in told


def test_the_same_secret_twice_in_a_batch_tells_no_name(fast_disk: Path) -> None:
    archive = desk.new_archive(fast_disk / "a")
    (fast_disk / "canary.pdf").write_bytes(DATA)
    with desk.at_work(archive) as opened:
        glance = desk.Glance(archive.desk)
        keeper = Keeper(opened, glance, desk.clock, None, False, [])  # type: ignore[arg-type]
        first = keeper.keep(Source(fast_disk / "canary.pdf"), None, ())
        assert isinstance(first, Work)
        again = keeper.keep(Source(fast_disk / "canary.pdf"), None, (first.kept.id,))
    assert not isinstance(again, Work) and again.outcome == "awaiting-class"
    assert "canary" not in json.dumps(again.to_dict())


def test_an_unsure_second_reading_leaves_a_passed_document_in_the_store(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    with desk.at_work(archive) as opened:
        kept = opened.store.kept(DIGEST)
        assert kept
        work = Work(replace(kept, open=False), jobs.begin_for(kept, archive.desk), 0.0)
        (work.job / "access.pdf").write_bytes(b"%PDF")
        (work.job / "pages.json").write_text("{}")
        nothing = Reading("test", ("vie",), (Page(1, 210, 297),))
        assert Filer(opened, desk.clock, []).file(work, nothing).outcome == "archived"
        assert not opened.store.in_hold(kept.urn)


def test_a_damaged_object_stops_neither_the_batch_nor_the_index(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    for record in archive.store.rglob("record.json"):
        record.chmod(0o640)
        record.write_bytes(b"{")
    (archive.inbox / "a.pdf").write_bytes(DATA)
    (archive.inbox / "b.pdf").write_bytes(b"%PDF new")
    with desk.at_work(archive) as opened:
        known = desk.keep(opened, archive.inbox / "a.pdf")
        assert not isinstance(known, Work) and known.reason == "stored-copy-damaged"
        assert isinstance(desk.keep(opened, archive.inbox / "b.pdf"), Work)
    assert (archive.inbox / "a.pdf").exists()
    archive.catalogue.unlink()
    assert len(rebuild_catalogue(archive)) == 1


@pytest.mark.parametrize("read", [Kept.from_json, Unit.from_json])
def test_half_a_letter_in_a_record_is_damage(read: Callable[[bytes], object]) -> None:
    with pytest.raises(ValueError, match="utf-8"):
        read(b'{"id": "\xed\xa0\x80", "urn": "\xed\xa0\x80"}')


def test_a_version_may_leave_files_out_and_have_old_ones_again(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    with desk.at_work(archive) as opened:
        urn = f"urn:sha256:{DIGEST}"
        kept, before = opened.store.known(DIGEST), opened.store.state(urn)
        text = before["text/0001.txt"]
        for files in ({"text/0001.txt": None}, {"text/0002.txt": text}):
            job = jobs.begin_for(kept, archive.staging)
            opened.store.revise(urn, files, layout.Commit("test", "x@y", desk.NOW), job)
            jobs.end(job)
            found = opened.store.state(urn)
            assert found == {k: v for k, v in before.items() if k != "text/0001.txt"} | (
                {"text/0002.txt": text} if "text/0002.txt" in files else {}
            )
        assert opened.store.state(urn, 2) == before
        assert len(opened.store.texts(DIGEST)) == 1
    assert judge.objects_are_valid(archive.root) == 1


def test_the_originals_in_use_are_lent_and_none_that_is_missing(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    with desk.at_work(archive) as opened:
        kept = opened.store.known(DIGEST)
        job = jobs.begin_for(kept, archive.staging)
        assert opened.store.lend(kept, job)
        assert jobs.lent(job).read_bytes() == DATA and jobs.size_lent(job) == len(DATA)
        later = Original("b" * 64, "image/png", "png", 1, "2.png")
        more = replace(kept, originals=(later,), bound=(Bound(2, 1),))
        assert not opened.store.lend(more, job)
        jobs.end(job)
