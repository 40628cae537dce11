"""A scan that holds several papers divided: read first, filed at once, taken back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import desk
import disposed
import inhold
import judge
import pytest
from conftest import Run
from divided import (
    FOUR,
    ID,
    ONE,
    PARTS,
    REF,
    SCAN,
    THREE,
    TWO,
    arrival,
    entries,
    filled,
    found,
    kept,
    lines,
    original,
    split,
    texts,
)
from divided import archive as archive
from divided import secret as secret
from forms import judge as form
from readied import _ready as _ready
from readied import sound

from partydoc import cli, ocr
from partydoc.archive import tally
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.lineage import part_id
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from torture import oracle, ready
from torture.ready import paper

# what it becomes


def test_each_part_is_a_document_of_its_own(run: Run, archive: Archive) -> None:
    line = split(run, archive, REF, "--at", "2,4")
    assert [one["id"] for one in line["parts"]] == PARTS
    assert [one["reference"] for one in line["parts"]] == [REF, f"{REF}a", f"{REF}b"]
    assert [(one["first"], one["last"]) for one in line["parts"]] == [(1, 1), (2, 3), (4, 4)]
    assert [texts(archive, one) for one in PARTS] == [[ONE], [TWO, THREE], [FOUR]]
    assert [kept(archive, one).status for one in PARTS] == ["review"] * 3
    assert original(archive, PARTS[1]) == paper(f"{TWO}\f{THREE}")
    assert kept(archive, PARTS[1]).digest_of(1) == oracle.sha256(paper(f"{TWO}\f{THREE}"))
    assert lines(archive) == [
        ("001", 1, 1, PARTS[0]), ("001a", 2, 3, PARTS[1]), ("001b", 4, 4, PARTS[2]),
    ]  # fmt: skip
    sound(archive)
    run("-a", archive.root, "verify", "--deep")


def test_the_whole_scan_stays_and_is_not_searched_or_counted(run: Run, archive: Archive) -> None:
    before = len(run("-a", archive.root, "report", "--json").lines)
    split(run, archive, REF, "--at", "2,4")
    assert original(archive, ID) == SCAN and kept(archive).status == "divided"
    assert [found(run, archive, one) for one in (ONE, TWO, THREE, FOUR)] == [
        [PARTS[0]], [PARTS[1]], [PARTS[1]], [PARTS[2]],
    ]  # fmt: skip
    assert len(run("-a", archive.root, "report", "--json").lines) == before
    with desk.at_work(archive) as opened:
        assert opened.catalogue.unread() == [] and tally.not_searched(opened.catalogue) == {}
        assert tally.counts(opened.catalogue) == {"review": 3}
        assert tally.searched(opened.catalogue) == 3
    assert run("-a", archive.root, "ocr").out == ""
    sound(archive)


def test_all_of_it_outlives_catalogue_and_index(run: Run, archive: Archive) -> None:
    split(run, archive, REF, "--at", "2,4")
    before = lines(archive)
    shutil.rmtree(archive.index)
    with archive.writing(wait=5):
        archive.catalogue.unlink()
        assert rebuild_catalogue(archive) == []
    assert found(run, archive, TWO) == [PARTS[1]] and lines(archive) == before
    sound(archive)


# taken back


def test_the_scan_comes_back_whole_and_all_references_lead_to_it(
    run: Run, archive: Archive
) -> None:
    before, entry = kept(archive), lines(archive)
    line = split(run, archive, REF, "--at", "2,4")
    (back,) = run("-a", archive.root, "undo", line["operation"], "--json").lines
    form("json/page", back)
    assert (back["id"], back["reference"], back["pages"]) == (ID, REF, 4)
    now = kept(archive)
    assert (now.status, now.fields, now.ocr) == (before.status, before.fields, before.ocr)
    assert lines(archive) == entry and found(run, archive, THREE) == [ID]
    for name in (ID[:12], REF, f"{REF}a", f"{REF}b", *(one[:12] for one in PARTS)):
        (shown,) = run("-a", archive.root, "show", name, "--json").lines
        assert shown["id"] == ID
    sound(archive)
    run("-a", archive.root, "verify", "--deep")


def test_what_was_taken_back_can_be_divided_again(run: Run, archive: Archive) -> None:
    line = split(run, archive, REF, "--at", "2,4")
    run("-a", archive.root, "edit", f"{REF}a", "signer=Nguyễn Văn Mẫu")
    before = lines(archive)
    run("-a", archive.root, "undo", line["operation"])
    again = split(run, archive, REF, "--at", "2,4")
    assert [one["id"] for one in again["parts"]] == PARTS
    assert kept(archive, PARTS[1]).fields["signer"].value == "Nguyễn Văn Mẫu"  # type: ignore[union-attr]
    assert lines(archive) == before  # each reference is that of its paper again
    assert kept(archive).sources == ()
    sound(archive)


def test_it_may_be_divided_elsewhere_then(run: Run, archive: Archive) -> None:
    line = split(run, archive, REF, "--at", "2,4")
    run("-a", archive.root, "undo", line["operation"])
    again = split(run, archive, REF, "--at", "3")
    assert [texts(archive, one["id"]) for one in again["parts"]] == [[ONE, TWO], [THREE, FOUR]]
    assert [one["reference"] for one in again["parts"]] == [REF, f"{REF}c"]
    assert run("-a", archive.root, "show", f"{REF}b", "--json").lines[0]["reference"] == REF
    assert set(kept(archive).sources) == set(PARTS)  # they have its bytes
    sound(archive)


def test_it_is_not_taken_back_when_a_part_was_changed_since(run: Run, archive: Archive) -> None:
    line = split(run, archive, REF, "--at", "2")
    later = run("-a", archive.root, "page", "remove", f"{REF}a", 3, "--json").lines[0]
    assert "changed again" in run("-a", archive.root, "undo", line["operation"], code=2).err
    run("-a", archive.root, "undo", later["operation"])
    run("-a", archive.root, "undo", line["operation"])
    sound(archive)


def test_taking_back_is_not_taken_back(run: Run, archive: Archive) -> None:
    line = split(run, archive, REF, "--at", "2")
    (back,) = run("-a", archive.root, "undo", line["operation"], "--json").lines
    assert "partydoc split" in run("-a", archive.root, "undo", back["operation"], code=2).err
    assert "changed again" in run("-a", archive.root, "undo", line["operation"], code=2).err


# what people said


def test_what_people_said_stays_with_the_part_on_whose_pages_it_stands(
    run: Run, fast_disk: Path
) -> None:
    data = paper(f"{ONE}\fQUYẾT ĐỊNH\n{TWO}")
    archive, document = filled(fast_disk, run, data=data), oracle.sha256(data)
    run("-a", archive.root, "edit", REF, "note=đóng chung", "access=Hạn chế")
    first, second = (
        kept(archive, one["id"]).fields
        for one in split(run, archive, document[:12], "--at", "2")["parts"]
    )
    assert first["note"].value == "đóng chung" and "note" not in second  # type: ignore[union-attr]
    assert second["access"].value == "Hạn chế"  # type: ignore[union-attr]


# what cannot be


@pytest.mark.parametrize(
    "at", ["1", "5", "0", "2,2", "3,2", "2,9", "x", "", "2,,3", "-1", "1,2", "2;3", "99999"]
)
def test_pages_on_which_no_part_can_begin_are_named(run: Run, archive: Archive, at: str) -> None:
    before = kept(archive), lines(archive)
    ran = run("-a", archive.root, "split", REF, "--at", at, code=2)
    assert ran.err.startswith("partydoc: ") and len(ran.err.splitlines()) == 2
    assert (kept(archive), lines(archive)) == before
    sound(archive)


def test_one_page_what_is_not_there_and_what_was_divided(run: Run, archive: Archive) -> None:
    line = split(run, archive, REF, "--at", "2")
    assert "one page only" in run("-a", archive.root, "split", REF, "--at", 2, code=2).err
    run("-a", archive.root, "split", "A29-01-0003-099", "--at", 2, code=2)
    for words in (("split", ID, "--at", 2), ("edit", ID, "note=x"), ("page", "remove", ID, 1),
                  ("classify", ID, "--secret", "mat")):  # fmt: skip
        err = run("-a", archive.root, *words, code=2).err
        assert all(one["id"][:12] in err for one in line["parts"])
    ran = run("-a", archive.root, "ocr", ID, "--json", code=3)
    assert ran.lines[0]["reason"] == "passed-on"


def test_what_is_signed_stays_together(run: Run, fast_disk: Path) -> None:
    archive = filled(fast_disk, run, "connected", paper(f"{ONE}\f{TWO}", "signed"))
    assert "signed electronically" in run("-a", archive.root, "split", REF, "--at", 2, code=2).err


def test_a_closed_folder_is_opened_first(run: Run, archive: Archive) -> None:
    run("-a", archive.root, "catalogue", "close", inhold.FOLDER)
    assert "--reopen" in run("-a", archive.root, "split", REF, "--at", 2, code=2).err


def test_the_same_scan_again_is_there_already(run: Run, archive: Archive) -> None:
    split(run, archive, REF, "--at", "2")
    (archive.inbox / "again.pdf").write_bytes(SCAN)
    (line,) = run("-a", archive.root, "scan", "--folder", inhold.FOLDER, "--json").lines
    assert (line["outcome"], line["id"]) == ("duplicate", ID)
    assert len(entries(archive)) == 2
    sound(archive)


# pages that were changed before


def test_a_document_splits_by_what_it_shows_now(run: Run, archive: Archive, tmp_path: Path) -> None:
    new = tmp_path / "trang.pdf"
    new.write_bytes(paper("về thuỷ lợi mới"))
    run("-a", archive.root, "page", "replace", REF, 2, new)
    run("-a", archive.root, "page", "rotate", REF, 3, "--by", 90)
    run("-a", archive.root, "page", "remove", REF, 1)
    line = split(run, archive, REF, "--at", "2")
    first, second = (one["id"] for one in line["parts"])
    assert texts(archive, first) == ["về thuỷ lợi mới"]
    assert texts(archive, second) == [THREE, FOUR]
    assert [leaf.turn for leaf in kept(archive, second).bound] == [0, None]
    assert kept(archive, first).bound == ()
    sound(archive)
    run("-a", archive.root, "ocr", second[:12])
    assert texts(archive, second) == [THREE, FOUR]
    run("-a", archive.root, "undo", line["operation"])
    assert texts(archive, ID) == ["về thuỷ lợi mới", THREE, FOUR]
    sound(archive)


def test_a_part_can_be_divided_again(run: Run, archive: Archive) -> None:
    first = split(run, archive, REF, "--at", "2")
    second = split(run, archive, f"{REF}a", "--at", "3")
    assert [one["reference"] for one in second["parts"]] == [f"{REF}a", f"{REF}b"]
    assert lines(archive) == [
        ("001", 1, 1, PARTS[0]),
        ("001a", 2, 3, second["parts"][0]["id"]),
        ("001b", 4, 4, second["parts"][1]["id"]),
    ]
    assert "changed again" in run("-a", archive.root, "undo", first["operation"], code=2).err
    run("-a", archive.root, "undo", second["operation"])
    run("-a", archive.root, "undo", first["operation"])
    assert found(run, archive, FOUR) == [ID]
    sound(archive)


# registers


def scan_of(archive: Archive) -> tuple[str | None, str | None]:
    """Return the scan of the one row of the registers, and what is typed of it."""
    with desk.at_work(archive) as opened:
        (row,) = opened.catalogue.register_rows("")
    return row.document, row.fields.get("subject")


def test_the_row_of_a_scan_is_that_of_its_first_part_and_comes_back(
    run: Run, archive: Archive
) -> None:
    arrival(run, archive)
    line = split(run, archive, REF, "--at", "2")
    assert scan_of(archive) == (line["parts"][0]["id"], "về Mới")
    sound(archive)
    run("-a", archive.root, "undo", line["operation"])
    assert scan_of(archive) == (ID, "về Mới")
    sound(archive)


# what is destroyed


def test_a_part_that_is_destroyed_takes_the_scan_along(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = disposed.People(monkeypatch)
    line = split(run, archive, REF, "--at", "2,4")
    root, other = archive.root, "A29-01-0004"
    run("-a", root, "catalogue", "add", "folder", other, "--title", "Khác")
    run("-a", root, "catalogue", "move", f"{REF}a", "--to", other)
    (archive.inbox / "2.pdf").write_bytes(paper("QUYẾT ĐỊNH\nvề hủy tài liệu"))
    run("-a", root, "scan")
    run("-a", root, "catalogue", "edit", other, "retention=1", "end=2010")
    run("-a", root, "catalogue", "close", other)
    run("-a", root, "dispose", "propose", other)
    people.now("binh")
    decision = oracle.sha256(paper("QUYẾT ĐỊNH\nvề hủy tài liệu"))
    disposed.approve(root, decision)
    assert "1 document" in run("-a", root, "dispose", "list", "--proposals").out
    run("-a", root, "dispose", "execute", 1)
    assert [Store(archive).kept(one) is None for one in (ID, *PARTS)] == [True, False, True, False]
    judge.no_trace(root, [TWO, THREE])
    assert found(run, archive, ONE) == [PARTS[0]]
    sound(archive)
    run("-a", root, "verify", "--deep")
    assert ID[:12] in run("-a", root, "undo", line["operation"], code=2).err


def test_what_is_in_hold_with_a_part_keeps_its_folder(
    run: Run, secret: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    disposed.People(monkeypatch)
    split(run, secret, REF, "--at", "2,3")
    other = "A29-01-0004"
    run("-a", secret.root, "catalogue", "add", "folder", other, "--title", "Khác")
    run("-a", secret.root, "catalogue", "move", f"{REF}b", "--to", other)
    run("-a", secret.root, "catalogue", "edit", other, "retention=1", "end=2010")
    run("-a", secret.root, "catalogue", "close", other)
    assert "hold" in run("-a", secret.root, "dispose", "propose", other, code=2).err


def test_a_divided_scan_is_filed_nowhere(run: Run, archive: Archive) -> None:
    split(run, archive, REF, "--at", "2")
    run("-a", archive.root, "register", "in", "issuer=Huyện uỷ", "subject=về Mới", "--quiet")
    for words in (("catalogue", "add", "entry", inhold.FOLDER, f"document={ID}"),
                  ("register", "link", "in", 1, ID)):  # fmt: skip
        assert "no document any more" in run("-a", archive.root, *words, code=2).err


def test_who_asks_for_the_scan_is_told_where_its_parts_are(run: Run, archive: Archive) -> None:
    split(run, archive, REF, "--at", "2,4")
    (shown,) = run("-a", archive.root, "show", ID, "--json").lines
    form("json/show", shown)
    assert (shown["status"], shown["reference"]) == ("divided", None)
    assert [(one["reference"], one["first"], one["last"]) for one in shown["heirs"]] == [
        (REF, 1, 1), (f"{REF}a", 2, 3), (f"{REF}b", 4, 4),
    ]  # fmt: skip
    told = run("-a", archive.root, "show", ID).out
    assert "divided" in told and f"{REF}a  (2-3)" in told
    assert ID in run("-a", archive.root, "show", f"{REF}a").out
    assert run("-a", archive.root, "show", ID, "--text", "--page", 4).out
    history = run("-a", archive.root, "show", ID, "--history", "--json").lines
    assert (history[-1]["type"], history[-1]["what"]) == ("modification", "split")


# several folders, several people


def test_a_scan_that_stands_in_two_folders_is_divided_in_both(run: Run, archive: Archive) -> None:
    other = "A29-01-0004"
    run("-a", archive.root, "catalogue", "add", "folder", other, "--title", "Khác")
    run("-a", archive.root, "catalogue", "add", "entry", other, "--document", REF)
    line = split(run, archive, REF, "--at", "2,4")
    for folder in (inhold.FOLDER, other):
        for letter, part in zip(("", "a", "b"), PARTS, strict=True):
            (shown,) = run("-a", archive.root, "show", f"{folder}-001{letter}", "--json").lines
            assert shown["id"] == part
    run("-a", archive.root, "undo", line["operation"])
    for reference in (REF, f"{other}-001", f"{other}-001b"):
        assert run("-a", archive.root, "show", reference, "--json").lines[0]["id"] == ID
    sound(archive)


class _Interrupted(ready.Readers):
    """Reads, and lets another command be run meanwhile."""

    meanwhile: tuple[object, ...] = ()

    def submit(self, *arguments: Any, **options: Any) -> None:
        super().submit(*arguments, **options)
        words, type(self).meanwhile = self.meanwhile, ()
        if words:
            assert cli.run([str(word) for word in words]) == 0


def test_what_is_said_meanwhile_stands(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "Readers", _Interrupted)
    monkeypatch.setattr(_Interrupted, "meanwhile", ("-a", archive.root, "edit", REF, "note=mới"))
    run("-a", archive.root, "split", REF, "--at", 2)
    assert kept(archive, part_id(ID, 1, 1)).fields["note"].value == "mới"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("page", "remove", REF, 2), 3, "pages-changed"),
        (("split", REF, "--at", 3), 2, "no document any more"),
        (("classify", REF, "--secret", "mat"), 8, "hold"),
    ],
)
def test_what_others_did_meanwhile_is_not_filed_over(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch, words: tuple[object, ...],
    code: int, said: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(ocr, "Readers", _Interrupted)
    monkeypatch.setattr(_Interrupted, "meanwhile", ("-a", archive.root, *words))
    ran = run("-a", archive.root, "split", REF, "--at", 2, "--json", code=code)
    assert said in ran.out + ran.err
    sound(archive)


def test_a_document_that_waits_for_ocr_is_not_read_over_its_parts(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "Readers", _Interrupted)
    other = ("-a", archive.root, "split", REF, "--at", 2)
    monkeypatch.setattr(_Interrupted, "meanwhile", other)
    run("-a", archive.root, "ocr", REF)
    assert kept(archive).status == "divided"
    sound(archive)
