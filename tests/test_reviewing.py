"""What waits for a person, and in which order."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import desk
import pytest
import waiting
from hypothesis import given
from hypothesis import strategies as st
from waiting import KNOWN, sure, unsure

from partydoc import reviewing
from partydoc.archive.ocfl import Commit
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit
from partydoc.commands.asking import Completer
from partydoc.document import Field
from partydoc.errors import UsageProblem
from partydoc.reviewing import Claims, Queue, asked, completed, in_turn, look_up, sample

UNSURE = KNOWN | {"date": unsure("2010-07")}


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with three documents that wait and one that is described."""
    return waiting.archive_of(fast_disk / "a", [UNSURE, KNOWN, UNSURE, UNSURE])


def ids(archive: Archive) -> list[str]:
    return [kept.id for kept in waiting.records(archive)]


def test_a_folder_is_worked_through_in_the_order_of_its_entries(archive: Archive) -> None:
    first, _known, *others = ids(archive)
    assert in_turn(archive, "review", waiting.FOLDER) == [first, *others]
    assert sorted(in_turn(archive, "review", None)) == sorted([first, *others])
    assert in_turn(archive, "described", waiting.FOLDER) == [_known]


def test_what_was_described_meanwhile_is_passed_over(archive: Archive) -> None:
    first, _known, third, _fourth = ids(archive)
    with Claims(archive) as claims:
        queue = Queue(archive, claims, in_turn(archive, "review", waiting.FOLDER), "review")
        waiting.change(archive, first, {"date": "2010-07-05"})
        paper = queue.next()
        assert paper and paper.kept.id == third and queue.left == 1
        queue.again(first)  # asked for by a person: whatever its status
        again = queue.next()
        assert again and again.kept.id == first


def test_a_document_that_another_process_claims_is_passed_over(archive: Archive) -> None:
    waiting_ids = in_turn(archive, "review", waiting.FOLDER)
    code = (
        "import sys; from pathlib import Path; from partydoc.archive.root import open_archive\n"
        "from partydoc.reviewing import Claims\n"
        f"claims = Claims(open_archive(Path({str(archive.root)!r})))\n"
        f"print(claims.take({waiting_ids[0]!r}), flush=True); sys.stdin.readline()\n"
        f"claims.drop({waiting_ids[0]!r}); print('dropped', flush=True); sys.stdin.readline()"
    )
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout and other.stdin and other.stdout.readline() == "True\n"
        with Claims(archive) as claims:
            queue = Queue(archive, claims, waiting_ids, "review")
            paper = queue.next()
            assert paper and paper.kept.id == waiting_ids[1] and queue.elsewhere == 1
            other.stdin.write("\n")
            other.stdin.flush()
            assert other.stdout.readline() == "dropped\n"
            assert claims.take(waiting_ids[0])
        other.kill()


def test_a_paper_knows_what_its_neighbours_have(archive: Archive) -> None:
    paper = look_up(archive, ids(archive)[3])
    assert paper and paper.reference == "A29-01-0003-004"
    assert paper.beside["issuer"] == "ĐẢNG UỶ XÃ ĐỒNG MẪU" and paper.beside["symbol"] == "TTr/ĐU"
    assert "number" not in paper.beside and "date" not in paper.beside


def test_nothing_of_a_document_in_hold_is_looked_up(archive: Archive) -> None:
    document = ids(archive)[0]
    with desk.at_work(archive) as opened:
        kept = opened.store.kept(document)
        assert kept is not None
        opened.store.withhold(kept.urn)
        opened.catalogue.note(kept, held=True)
    assert look_up(archive, document) is None
    assert document not in in_turn(archive, "review", None)
    assert document not in in_turn(archive, "review", waiting.FOLDER)


def test_what_is_missing_or_unsure_is_asked_for_and_the_code_is_made() -> None:
    assert asked(KNOWN) == ()
    assert asked({}) == (
        "type", "number", "symbol", "date", "place", "superior", "issuer", "subject", "signer",
    )  # fmt: skip
    assert asked(KNOWN | {"code": unsure("12/TTr")}) == ("code",)
    assert asked(KNOWN | {"number": unsure("12"), "code": unsure("12/TTr")}) == ("number",)
    assert asked(KNOWN | {"urgency": unsure("Khẩn"), "term": None}) == ("urgency",)
    assert asked(KNOWN | {"date": sure("2010-07")}) == ("date",)
    assert asked(KNOWN | {"date": replace(sure("2010-07"), source="person")}) == ()
    assert asked(KNOWN | {"signer": Field(None, source="person", accepted=True)}) == ()
    assert "code" not in asked(KNOWN, everything=True) and len(asked(KNOWN, everything=True)) == 9


@pytest.mark.parametrize(
    ("typed", "reading", "date"),
    [
        ("7", "2010-06", "7/06/2010"), ("7/5", "2010-06", "7/5/2010"), ("7.5", "2010", "7/5/2010"),
        ("7", "2010", "7"), ("2011", "2010-06", "2011"), ("7/2011", "2010", "7/2011"),
        ("7/5/2011", "2010-06-05", "7/5/2011"), ("-", "2010", "-"),
    ],
)  # fmt: skip
def test_a_day_takes_the_rest_of_the_date_from_what_was_read(
    typed: str, reading: str, date: str
) -> None:
    assert completed("date", typed, unsure(reading)) == date
    assert completed("number", typed, unsure(reading)) == typed
    assert completed("date", typed, None) == typed


@given(st.lists(st.text(min_size=1), unique=True), st.integers(0, 120), st.integers())
def test_a_sample_is_a_part_in_order_and_the_same_for_the_same_seed(
    documents: list[str], share: int, seed: int
) -> None:
    drawn = sample(documents, f"{share}%", seed)
    assert drawn == sample(documents, f"{share} %", seed)
    assert drawn == [one for one in documents if one in drawn]
    assert len(drawn) == min(len(documents), -(-len(documents) * share // 100))
    assert len(sample(documents, str(share), seed)) == min(share, len(documents))


@pytest.mark.parametrize("wish", ["", "x", "-3", "10 %%", "1e3"])
def test_a_wish_for_a_sample_that_is_no_number_is_refused(wish: str) -> None:
    with pytest.raises(UsageProblem):
        sample(["a"], wish, 1)


def test_tab_goes_through_what_begins_like_the_line_diacritics_or_not() -> None:
    known = ["Nghị quyết", "Nghị định", "Báo cáo", "Nghị quyết"]
    complete = Completer(lambda: known)
    assert complete("nghi", 0) == "Nghị quyết"
    assert complete("nghi", 1) is None
    assert complete("Nghị quyết", 0) == "Nghị định"
    assert complete("Nghị định", 0) == "Nghị quyết"
    assert complete("bao", 0) == "Báo cáo"
    assert complete("xyz", 0) is None
    assert Completer(known)("", 0) == "Nghị quyết"


def test_a_mark_is_seen_on_an_independent_lan(fast_disk: Path) -> None:
    record = KNOWN | {"secrecy": sure("Mật")}
    archive = waiting.archive_of(fast_disk / "b", [record, KNOWN], network="independent-lan")
    marks = [reviewing.is_marked(paper) for one in ids(archive) if (paper := look_up(archive, one))]
    assert marks == [True, False]


def test_a_document_of_two_folders_has_the_reference_of_the_one_at_hand(archive: Archive) -> None:
    document = ids(archive)[0]
    commit = Commit("added", "x@y", desk.NOW)
    with desk.at_work(archive) as opened:
        opened.shelves.add(new_unit("folder", "A29-01-0009", "Bản sao", "8"), commit)
        folder = opened.catalogue.unit("A29-01-0009")
        assert folder is not None
        opened.shelves.enter(opened.shelves.free(folder.urn), document, 1)
        opened.shelves.settle(commit)
    names = [look_up(archive, document, folder) for folder in (None, "A29-01-0009")]
    assert [paper.name for paper in names if paper] == ["A29-01-0003-001", "A29-01-0009-001"]
