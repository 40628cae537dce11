"""A scan of which a part is secret, or that stands in hold, divided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import judge
import pytest
from conftest import Run
from divided import (
    FIRST,
    FOUR,
    ID,
    MIXED,
    MIXED_ID,
    ONE,
    PARTS,
    REF,
    SECOND,
    SECRET,
    THIRD,
    THREE,
    TWO,
    Sharper,
    arrival,
    filled,
    found,
    kept,
    lines,
    original,
    split,
)
from divided import archive as archive
from divided import secret as secret
from forms import judge as form
from readied import _ready as _ready
from readied import sound

from partydoc import ocr
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.document import Refusal
from torture import oracle, ready
from torture.ready import paper


class _Blind(ready.Readers):
    """Overlooks a mark in the parts as well."""

    def submit(
        self, ticket: str, original: Path, look: Any, into: Path, binding: Any = None
    ) -> None:
        for path, _kind in binding.originals.values():
            data = path.read_bytes().replace("MẬT\n".encode(), b"--\n")
            path.unlink()  # it is a link
            path.write_bytes(data)
        super().submit(ticket, original, look, into, binding)


def test_a_part_with_a_mark_goes_into_hold_and_the_whole_scan_with_it(
    run: Run, secret: Archive
) -> None:
    arrival(run, secret, f"note={SECRET}")
    run("-a", secret.root, "catalogue", "edit", REF, f"note={SECRET}", f"subject={SECRET}")
    run("-a", secret.root, "edit", REF, f"note={SECRET}")
    line = split(run, secret, REF, "--at", "2,3")
    assert [(one["reference"], one["held"]) for one in line["parts"]] == [
        (REF, False), (None, True), (f"{REF}b", False),
    ]  # fmt: skip
    judge.no_trace(secret.root, [SECRET])
    store = Store(secret, hold=True)
    assert [store.in_hold(f"urn:sha256:{one}") for one in (MIXED_ID, FIRST, SECOND, THIRD)] == [
        True, False, True, False,
    ]  # fmt: skip
    assert lines(secret) == [("001", 1, 1, FIRST), ("001a", 2, 2, None), ("001b", 3, 3, THIRD)]
    assert original(secret, SECOND) == paper(f"MẬT\nvề {SECRET}")
    sound(secret)
    run("-a", secret.root, "verify", "--deep")
    assert "hold" in run("-a", secret.root, "undo", line["operation"], code=8).err
    listed = run("-a", secret.root, "hold", "list", "--json").lines
    assert {(one["id"], one["status"]) for one in listed} == {(MIXED_ID, "held"), (SECOND, "held")}
    assert [one["references"] for one in listed if one["id"] == SECOND] == [[f"{REF}a"]]
    for one in listed:
        form("json/hold", one)
    shown = run("-a", secret.root, "show", MIXED_ID, "--json").lines[0]
    form("json/show", shown)
    assert shown["status"] == "held"


def test_all_of_it_is_known_to_be_in_hold_when_the_catalogue_is_lost(
    run: Run, secret: Archive
) -> None:
    split(run, secret, REF, "--at", "2,3")
    before = lines(secret)
    with secret.writing(wait=5):
        secret.catalogue.unlink()
        assert rebuild_catalogue(secret) == []
    assert lines(secret) == before and found(run, secret, THREE) == [THIRD]
    judge.no_trace(secret.root, [SECRET])
    sound(secret)


def test_when_the_secret_part_is_released_the_scan_follows_and_is_not_searched(
    run: Run, secret: Archive
) -> None:
    line = split(run, secret, REF, "--at", "2,3")
    ran = run("-a", secret.root, "hold", "release", MIXED_ID, "--reason", "nhầm", "--json", code=3)
    assert ran.lines[0]["reason"] == "part-in-hold"
    run("-a", secret.root, "hold", "release", SECOND, "--reason", "đã giải mật")
    assert kept(secret, SECOND).status == "review"
    assert kept(secret, MIXED_ID).status == "divided"
    assert run("-a", secret.root, "hold", "list").out == ""
    assert found(run, secret, SECRET) == [SECOND]
    assert lines(secret) == [("001", 1, 1, FIRST), ("001a", 2, 2, SECOND), ("001b", 3, 3, THIRD)]
    sound(secret)
    run("-a", secret.root, "undo", line["operation"])
    assert found(run, secret, SECRET) == [MIXED_ID]
    sound(secret)


def test_a_part_that_is_classified_later_takes_the_scan_along(run: Run, archive: Archive) -> None:
    split(run, archive, REF, "--at", "2,4")
    run("-a", archive.root, "classify", f"{REF}a", "--secret", "mat")
    assert [kept(archive, one).secret for one in (ID, *PARTS)] == [True, False, True, False]
    judge.no_trace(archive.root, [TWO, THREE])
    sound(archive)
    run("-a", archive.root, "hold", "release", PARTS[1], "--reason", "nhầm")
    assert not kept(archive).secret and found(run, archive, TWO) == [PARTS[1]]
    sound(archive)


@pytest.mark.parametrize("name", ["record.json", "inventory.json"])
def test_a_damaged_scan_goes_along_as_it_is(run: Run, archive: Archive, name: str) -> None:
    split(run, archive, REF, "--at", "2,4")
    folder = Store(archive).where(f"urn:sha256:{ID}")
    assert folder
    for path in folder.rglob(name):
        path.chmod(0o600)
        path.write_text("{}")
    run("-a", archive.root, "classify", f"{REF}a", "--secret", "mat")
    assert Store(archive, hold=True).in_hold(f"urn:sha256:{ID}")
    judge.no_trace(archive.root, [TWO, THREE])
    run("-a", archive.root, "hold", "release", PARTS[1], "--reason", "nhầm")
    assert found(run, archive, TWO) == [PARTS[1]]


def test_what_was_put_back_takes_its_parts_along(run: Run, archive: Archive) -> None:
    line = split(run, archive, REF, "--at", "2,4")
    run("-a", archive.root, "undo", line["operation"])
    run("-a", archive.root, "classify", REF, "--secret", "mat")
    assert all(kept(archive, one).secret for one in (ID, *PARTS))
    judge.no_trace(archive.root, [ONE, TWO, THREE, FOUR])
    sound(archive)
    run("-a", archive.root, "hold", "release", ID, "--reason", "nhầm")
    assert run("-a", archive.root, "hold", "list").out == ""
    assert [kept(archive, one).status for one in PARTS] == ["merged"] * 3
    sound(archive)


def test_what_is_secret_is_handed_over_with_its_scan(run: Run, secret: Archive) -> None:
    split(run, secret, REF, "--at", "2,3")
    stick = secret.root.parent / "stick"
    run("-a", secret.root, "hold", "export", "--all", "--to", stick)
    assert (stick / f"{MIXED_ID}.pdf").read_bytes() == MIXED
    assert (stick / f"{SECOND}.pdf").read_bytes() == paper(f"MẬT\nvề {SECRET}")


def test_parts_of_what_was_declared_open_need_not_be_sure(run: Run, fast_disk: Path) -> None:
    data = paper(f"{ONE}\f{TWO}", "unsure")
    archive = filled(fast_disk, run, "connected", data, "--unclassified")
    line = split(run, archive, oracle.sha256(data), "--at", "2")
    assert line["outcome"] == "divided"
    sound(archive)


class _Duller(ready.Readers):
    """Reads the pages of a part badly."""

    def submit(
        self, ticket: str, original: Path, look: Any, into: Path, binding: Any = None
    ) -> None:
        if binding:
            for path, _kind in binding.originals.values():
                data = path.read_bytes().replace(b"ready\nread", b"ready\nunsure")
                path.unlink()  # it is a link
                path.write_bytes(data)
        super().submit(ticket, original, look, into, binding)


def test_who_has_looked_at_the_paper_may_say_so(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "Readers", _Duller)
    before = kept(archive), lines(archive)
    line = split(run, archive, REF, "--at", "2", code=3)
    assert (line["outcome"], line["reason"]) == ("refused", "page-unsure")
    assert "pages 1-1" in line["message"] and (kept(archive), lines(archive)) == before
    sound(archive)
    line = split(run, archive, REF, "--at", "2", "--unclassified")
    assert line["outcome"] == "divided" and kept(archive, line["parts"][0]["id"]).open
    assert "declared-unclassified" in "".join(one.read_text() for one in archive.audit.iterdir())


class _Failing(Sharper):
    """Fails at the last part."""

    def submit(self, ticket: str, *arguments: Any, **options: Any) -> None:
        super().submit(ticket, *arguments, **options)
        if ticket in (PARTS[2], THIRD):
            reading = self._done[-1].reading
            self._done[-1] = ocr.Finished(ticket, reading, Refusal("access-copy-failed"), 0.0)


def test_a_part_that_cannot_be_read_is_told_and_nothing_changes(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "Readers", _Failing)
    before = kept(archive), lines(archive)
    line = split(run, archive, REF, "--at", "2,4", code=3)
    assert (line["outcome"], line["reason"]) == ("failed", "access-copy-failed")
    assert "pages 4-4" in line["message"] and (kept(archive), lines(archive)) == before
    sound(archive)


def test_a_mark_that_is_seen_holds_the_scan_although_it_cannot_be_divided(
    run: Run, secret: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "Readers", _Failing)
    line = split(run, secret, REF, "--at", "2,3")
    assert (line["outcome"], line["parts"]) == ("held", [])
    assert kept(secret, MIXED_ID).status == "held" and lines(secret) == [("001", 1, 3, None)]
    judge.no_trace(secret.root, [SECRET])
    sound(secret)


def test_on_an_independent_lan_a_mark_is_a_field_of_its_part(run: Run, fast_disk: Path) -> None:
    archive = filled(fast_disk, run, "independent-lan", MIXED)
    split(run, archive, REF, "--at", "2,3")
    said = [kept(archive, one).fields.get("secrecy") for one in (FIRST, SECOND, THIRD)]
    assert [one and one.value for one in said] == [None, "Mật", None]
    sound(archive)


# a scan that is in hold


def test_the_open_papers_of_a_scan_that_is_held_for_a_mark_come_out(
    run: Run, fast_disk: Path
) -> None:
    archive = filled(fast_disk, run, data=MIXED)
    assert kept(archive, MIXED_ID).status == "held" and lines(archive) == [("001", 1, 3, None)]
    line = split(run, archive, MIXED_ID, "--at", "2,3")
    assert [(one["reference"], one["held"]) for one in line["parts"]] == [
        (REF, False), (None, True), (f"{REF}b", False),
    ]  # fmt: skip
    assert lines(archive) == [("001", 1, 1, FIRST), ("001a", 2, 2, None), ("001b", 3, 3, THIRD)]
    assert found(run, archive, ONE) == [FIRST] and found(run, archive, THREE) == [THIRD]
    assert [kept(archive, one).secret for one in (MIXED_ID, FIRST, SECOND, THIRD)] == [
        True, False, True, False,
    ]  # fmt: skip
    judge.no_trace(archive.root, [SECRET])
    sound(archive)
    run("-a", archive.root, "verify", "--deep")
    run("-a", archive.root, "undo", line["operation"], code=8)
    run("-a", archive.root, "hold", "release", SECOND, "--reason", "đã giải mật")
    assert lines(archive)[1] == ("001a", 2, 2, SECOND) and not kept(archive, MIXED_ID).secret
    sound(archive)


def test_what_a_person_holds_or_nobody_has_read_is_not_divided(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("-a", archive.root, "classify", REF, "--secret", "mat")
    before = kept(archive)
    assert "hold" in run("-a", archive.root, "split", ID, "--at", 2, code=8).err
    (archive.inbox / "2.pdf").write_bytes(paper(f"{ONE}\f{THREE}", "unsure"))
    run("-a", archive.root, "scan")
    unsure = oracle.sha256(paper(f"{ONE}\f{THREE}", "unsure"))
    assert "hold" in run("-a", archive.root, "split", unsure, "--at", 2, code=8).err
    assert kept(archive) == before
    sound(archive)


def test_where_no_mark_is_seen_any_more_nothing_leaves_hold(
    run: Run, fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = filled(fast_disk, run, data=MIXED)
    before = kept(archive, MIXED_ID)
    monkeypatch.setattr(ocr, "Readers", _Blind)
    line = split(run, archive, MIXED_ID, "--at", "2,3", code=3)
    assert (line["outcome"], line["reason"]) == ("refused", "mark-not-seen")
    assert kept(archive, MIXED_ID) == before and lines(archive) == [("001", 1, 3, None)]
    judge.no_trace(archive.root, [SECRET])
    sound(archive)


def test_a_held_scan_of_which_a_part_cannot_be_read_stays_in_hold(
    run: Run, fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = filled(fast_disk, run, data=MIXED)
    before = kept(archive, MIXED_ID)
    monkeypatch.setattr(ocr, "Readers", _Failing)
    line = split(run, archive, MIXED_ID, "--at", "2,3", code=3)
    assert (line["outcome"], line["reason"]) == ("failed", "access-copy-failed")
    assert kept(archive, MIXED_ID) == before
    judge.no_trace(archive.root, [SECRET])
    sound(archive)


def test_parts_that_were_put_back_go_into_hold_with_their_scan(
    run: Run, secret: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as blind:
        blind.setattr(ocr, "Readers", _Blind)
        line = split(run, secret, REF, "--at", "2")
    run("-a", secret.root, "undo", line["operation"])
    again = split(run, secret, REF, "--at", "3")
    assert [one["held"] for one in again["parts"]] == [True, False]
    assert all(kept(secret, one["id"]).secret for one in line["parts"])
    judge.no_trace(secret.root, [SECRET])
    sound(secret)
    run("-a", secret.root, "hold", "release", again["parts"][0]["id"], "--reason", "nhầm")
    assert run("-a", secret.root, "hold", "list").out == ""
    sound(secret)


class _Unsure(Sharper):
    """Reads the last part badly."""

    def submit(self, ticket: str, *arguments: Any, **options: Any) -> None:
        super().submit(ticket, *arguments, **options)
        if ticket == THIRD:
            reading = ready.reading_of((THREE, 0.5))
            self._done[-1] = ocr.Finished(ticket, reading, None, 0.0)


def test_a_mark_that_is_seen_holds_the_scan_although_another_part_is_not_sure(
    run: Run, secret: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "Readers", _Unsure)
    line = split(run, secret, REF, "--at", "2,3")
    assert (line["outcome"], line["parts"]) == ("held", [])
    judge.no_trace(secret.root, [SECRET])
    sound(secret)
    line = split(run, secret, MIXED_ID, "--at", "2,3", code=3)
    assert (line["outcome"], line["reason"]) == ("refused", "page-unsure")
    assert kept(secret, MIXED_ID).status == "held"
    line = split(run, secret, MIXED_ID, "--at", "2,3", "--unclassified")
    assert [one["held"] for one in line["parts"]] == [False, True, False]
    sound(secret)
