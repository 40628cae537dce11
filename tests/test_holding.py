"""What stands in hold is told without text and without names."""

from __future__ import annotations

import json
import os
from pathlib import Path

import desk
import inhold
import pytest
import test_crash as crash
from conftest import Run
from forms import judge

from partydoc import holding
from partydoc.archive.inbox import Source
from partydoc.archive.kept import Kept
from partydoc.archive.root import Archive
from partydoc.errors import PartydocError, UsageProblem
from partydoc.keeping import Keeper


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


def test_the_list_tells_where_in_its_stack_a_paper_lies(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    lines = run("-a", archive.root, "hold", "list", "--json").lines
    for line in lines:
        judge("json/hold", line)
        assert line["batch"] == line["added_at"] == "2026-03-02T08:30:00Z"
        assert line["references"][0].startswith("A29-01-0003-")
        assert line["position"] == 1 and line["pages"] == 1 and line["purge"] is None
    told = {line["id"]: (line["status"], line["reason"]) for line in lines}
    assert told == {
        ids["held"]: ("held", "secrecy-mark"),
        ids["unsure"]: ("awaiting-class", "unsure"),
        ids["unread"]: ("awaiting-class", "not-read"),
    }


def test_the_list_for_people_has_ids_and_next_steps_but_no_name(archive: Archive, run: Run) -> None:
    ids = inhold.some(archive)
    ran = run("-a", archive.root, "hold", "list")
    assert len(ran.out.splitlines()) == 4
    assert all(ids[name][:12] in ran.out for name in ("held", "unsure", "unread"))
    assert not any(f"{name}.pdf" in ran.out for name in ids) and "BC/ĐU" not in ran.out
    assert "classify ID --open" in ran.err and "hold release ID --reason" in ran.err
    assert run("-a", archive.root, "hold", "list", "--quiet").err == ""


def test_an_empty_hold_says_so(archive: Archive, run: Run) -> None:
    ran = run("-a", archive.root, "hold", "list")
    assert ran.out == "" and "Nothing" in ran.err


def test_papers_come_in_the_order_of_their_stack(
    archive: Archive, run: Run, fast_disk: Path
) -> None:
    for n in (1, 2, 10):
        (fast_disk / f"{n}.pdf").write_bytes(b"%PDF " + str(n).encode())
    with desk.at_work(archive) as opened:
        glance = desk.Glance(opened.archive.desk)
        keeper = Keeper(opened, glance, desk.clock, None, False, [])  # type: ignore[arg-type]
        for n in (1, 2, 10):
            keeper.keep(Source(fast_disk / f"{n}.pdf"), None, ())
    lines = run("-a", archive.root, "hold", "list", "--json").lines
    assert [line["position"] for line in lines] == [1, 2, 3]


def test_a_record_of_the_first_version_tells_no_batch() -> None:
    kept = Kept("0" * 64, desk.NOW, "application/pdf", "pdf", 1, batch=desk.NOW, position=3)
    assert Kept.from_json(kept.to_json()) == kept
    data = json.loads(kept.to_json())
    for name in ("batch", "position", "cleared"):
        del data[name]
    first = Kept.from_json(json.dumps(data))
    assert (first.batch, first.position, first.cleared) == (None, None, False)


def test_a_damaged_object_is_named_by_its_folder(archive: Archive, run: Run) -> None:
    inhold.some(archive)
    record = next(archive.hold.rglob("v1/content/record.json"))
    for version in record.parents[2].glob("v*/content/record.json"):
        version.unlink()
    ran = run("-a", archive.root, "hold", "list", "--json", code=4)
    assert len(ran.lines) == 2 and "cannot be read" in ran.err


def test_only_what_stands_in_hold_can_be_named(archive: Archive) -> None:
    ids = inhold.some(archive)
    with desk.at_work(archive) as opened:
        found = holding.find(archive, opened.catalogue, [ids["held"][:8], ids["held"][:12]])
        assert found == [ids["held"]]
        with pytest.raises(UsageProblem, match="does not stand in hold"):
            holding.find(archive, opened.catalogue, [ids["open"][:12]])


def test_whoever_may_not_look_into_hold_gets_a_sentence(archive: Archive, fast_disk: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    fast_disk.chmod(0o755)
    assert (archive.root / "hold").stat().st_mode & 0o777 == 0o700

    def look() -> None:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65533)
        with pytest.raises(PartydocError, match="may not look into the hold"):
            holding.require_rights(archive)

    assert crash.in_child(look) == 0


def test_a_night_warns_while_hold_is_not_empty(archive: Archive, run: Run) -> None:
    assert run("-a", archive.root, "nightly", "--quiet").err == ""
    with desk.at_work(archive) as opened:
        work = inhold.keep(opened, "held")
        inhold.read(opened, work, "MẬT\nSố 01-BC/ĐU")
        inhold.settle(opened, work)
    for how in ((), ("--quiet",), ("--json",)):
        assert "partydoc hold list" in run("-a", archive.root, "nightly", *how).err
    assert "secret and stand in hold: partydoc hold list" in run("-a", archive.root, "nightly").out
