"""Several documents that are one paper become one: read first, filed at once, taken back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import desk
import inhold
import judge
import pytest
import test_crash as crash
from conftest import Run
from divided import ONE, SECRET, THREE, TWO, Sharper, entries, found, kept, lines, texts
from forms import judge as form
from readied import _ready as _ready
from readied import sound, strike

from partydoc import ocr
from partydoc.archive import census, tally
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.document import Refusal
from torture import oracle, ready
from torture.ready import paper

PAPERS = [paper(ONE), paper(f"{TWO}\f{THREE}"), paper("về y tế")]
A, B, C = map(oracle.sha256, PAPERS)
REFS = [f"{inhold.FOLDER}-00{number}" for number in (1, 2, 3)]


@pytest.fixture
def archive(fast_disk: Path, run: Run) -> Archive:
    """An archive with three documents in a folder, of each of which somebody has said something."""
    return filled(fast_disk, run)


def filled(
    root: Path, run: Run, network: str = "connected", papers: list[bytes] = PAPERS
) -> Archive:
    archive = inhold.new_archive(root / "a", network)
    for number, data in enumerate(papers, 1):
        (archive.inbox / f"{number}.pdf").write_bytes(data)
    run("-a", archive.root, "scan", "--folder", inhold.FOLDER, "--jobs", 1)
    for number, reference in enumerate(REFS[: len(papers)], 1):
        run("-a", archive.root, "edit", reference, f"signer=Nguyễn Văn Mẫu {number}")
    return archive


def merge(run: Run, archive: Archive, *words: object, code: int = 0) -> dict[str, Any]:
    """Run `partydoc merge`; return its line."""
    (line,) = run("-a", archive.root, "merge", *words, "--json", code=code).lines
    form("json/merge", line)
    return line


def state(archive: Archive) -> object:
    return [kept(archive, one) for one in (A, B, C)], entries(archive)


# what it becomes


def test_the_first_has_the_pages_of_all_and_the_others_lead_to_it(
    run: Run, archive: Archive
) -> None:
    line = merge(run, archive, REFS[0], REFS[1])
    assert (line["id"], line["reference"], line["pages"], line["merged"]) == (A, REFS[0], 3, [B])
    assert texts(archive, A) == [ONE, TWO, THREE]
    assert found(run, archive, ONE) == found(run, archive, THREE) == [A]
    assert kept(archive, A).fields["signer"].value == "Nguyễn Văn Mẫu 1"  # type: ignore[union-attr]
    for name in (A, B, *REFS[:2]):
        assert run("-a", archive.root, "show", name, "--json").lines[0]["id"] == A
    assert lines(archive) == [("001", 1, 3, A), ("003", 4, 4, C)]
    originals = sorted(Store(archive).where(f"urn:sha256:{A}").glob("v*/content/original/*"))  # type: ignore[union-attr]
    assert [path.read_bytes() for path in originals] == PAPERS[:2]
    assert kept(archive, B).status == "merged" and texts(archive, B) == [TWO, THREE]
    sound(archive)
    run("-a", archive.root, "verify", "--deep")
    with desk.at_work(archive) as opened:
        assert tally.counts(opened.catalogue) == {"review": 2} and opened.catalogue.unread() == []


def test_pages_stand_in_the_order_in_which_the_documents_are_named(
    run: Run, archive: Archive
) -> None:
    merge(run, archive, REFS[2], REFS[0], REFS[1])
    assert texts(archive, C) == ["về y tế", ONE, TWO, THREE]
    assert [line[0] for line in lines(archive)] == ["001", "002", "003"]  # they lie before it
    assert [line[3] for line in lines(archive)] == [None, None, C]
    assert [one.note for one in entries(archive)] == [f"belongs to {REFS[2]}"] * 2 + [None]
    for name in REFS:
        assert run("-a", archive.root, "show", name, "--json").lines[0]["id"] == C
    sound(archive)
    with desk.at_work(archive) as opened:
        (counted,) = census.folders(opened.catalogue)
    assert [one.document for one in counted] == [C]  # the others are no papers without a scan
    run("-a", archive.root, "ocr", REFS[0])
    assert texts(archive, C) == ["về y tế", ONE, TWO, THREE]
    sound(archive)


def test_all_of_it_outlives_catalogue_and_index(run: Run, archive: Archive) -> None:
    merge(run, archive, *REFS)
    before = lines(archive)
    shutil.rmtree(archive.index)
    with archive.writing(wait=5):
        archive.catalogue.unlink()
        assert rebuild_catalogue(archive) == []
    assert found(run, archive, TWO) == [A] and lines(archive) == before
    assert run("-a", archive.root, "show", B, "--json").lines[0]["id"] == A
    sound(archive)


def test_what_stands_in_another_folder_stands_there_still(run: Run, archive: Archive) -> None:
    run("-a", archive.root, "catalogue", "add", "folder", "A29-01-0004", "--title", "Khác")
    run("-a", archive.root, "catalogue", "move", REFS[1], "--to", "A29-01-0004")
    merge(run, archive, A, B)
    shown = run("-a", archive.root, "show", "A29-01-0004-001", "--json").lines[0]
    assert (
        shown["id"] == A and run("-a", archive.root, "show", REFS[1], "--json").lines[0]["id"] == A
    )
    sound(archive)


def test_attached_files_come_along(run: Run, archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "f.pdf"
    file.write_bytes(paper("phụ lục"))
    for reference in REFS[:2]:
        run("-a", archive.root, "attach", reference, file, "--role", "annex")
    file.write_bytes(paper("phụ lục hai"))
    run("-a", archive.root, "attach", REFS[1], file, "--role", "annex")
    merge(run, archive, *REFS[:2])
    files = run("-a", archive.root, "show", A, "--json").lines[0]["files"]
    digests = [one["sha256"] for one in files if one["role"] == "annex"]
    assert digests == [oracle.sha256(paper("phụ lục")), oracle.sha256(paper("phụ lục hai"))]
    sound(archive)


def test_parts_that_were_cut_can_be_merged_again(run: Run, archive: Archive) -> None:
    run("-a", archive.root, "split", REFS[1], "--at", 2)
    merge(run, archive, REFS[1], f"{REFS[1]}a")
    assert texts(archive, kept(archive, B).heirs[0].id) == [TWO, THREE]
    assert run("-a", archive.root, "show", f"{REFS[1]}a", "--json").lines[0]["reference"] == REFS[1]
    sound(archive)
    run("-a", archive.root, "classify", REFS[1], "--secret", "mat")
    judge.no_trace(archive.root, [TWO, THREE])
    sound(archive)


# taken back


def test_each_has_its_pages_again_and_no_bytes_of_the_others(run: Run, archive: Archive) -> None:
    before = [line for line in lines(archive)]
    records = [kept(archive, one) for one in (A, B)]
    line = merge(run, archive, *REFS[:2])
    run("-a", archive.root, "edit", REFS[0], "note=sau khi gộp")
    back = run("-a", archive.root, "undo", line["operation"], "--json").lines
    for one in back:
        form("json/page", one)
    assert [(one["id"], one["reference"]) for one in back] == [(A, REFS[0]), (B, REFS[1])]
    assert lines(archive) == before and texts(archive, A) == [ONE]
    assert found(run, archive, TWO) == [B] and found(run, archive, ONE) == [A]
    assert kept(archive, B) == records[1]
    now = kept(archive, A)
    assert now.fields["note"].value == "sau khi gộp"  # type: ignore[union-attr]
    assert (now.originals, now.bound, now.pages, now.sources) == ((), (), 1, ())
    folder = Store(archive).where(now.urn)
    assert folder and not [
        one for one in folder.rglob("*") if one.is_file() and TWO.encode() in one.read_bytes()
    ]
    sound(archive)
    run("-a", archive.root, "verify", "--deep")
    assert "partydoc merge" in run("-a", archive.root, "undo", back[0]["operation"], code=2).err
    merge(run, archive, *REFS[:2])
    sound(archive)


def test_it_is_not_taken_back_when_pages_were_changed_since(run: Run, archive: Archive) -> None:
    line = merge(run, archive, *REFS[:2])
    run("-a", archive.root, "page", "remove", REFS[0], 2)
    assert "changed again" in run("-a", archive.root, "undo", line["operation"], code=2).err
    assert texts(archive, A) == [ONE, THREE]


def test_entries_that_were_emptied_are_filled_again(run: Run, archive: Archive) -> None:
    before = lines(archive)
    line = merge(run, archive, REFS[2], REFS[0])
    run("-a", archive.root, "undo", line["operation"])
    assert lines(archive) == before
    assert run("-a", archive.root, "show", REFS[0], "--json").lines[0]["id"] == A
    sound(archive)


# what cannot be


def test_what_cannot_be_merged_is_named_and_nothing_changes(run: Run, archive: Archive) -> None:
    before = state(archive)
    for words, said in (
        ((REFS[0],), "alone"), ((REFS[0], REFS[0]), "twice"), ((REFS[0], A[:8]), "twice"),
        ((REFS[0], f"{inhold.FOLDER}-099"), "099"), ((REFS[0], "0" * 8), "00000000"),
    ):  # fmt: skip
        ran = run("-a", archive.root, "merge", *words, code=2)
        assert said in ran.err and len(ran.err.splitlines()) == 2
    assert state(archive) == before
    merge(run, archive, *REFS[:2])
    assert "twice" in run("-a", archive.root, "merge", *REFS[:2], code=2).err
    assert "twice" in run("-a", archive.root, "merge", REFS[2], REFS[0], B, code=2).err
    run("-a", archive.root, "split", REFS[0], "--at", 2)
    assert "no document any more" in run("-a", archive.root, "merge", REFS[2], A, code=2).err
    sound(archive)


def test_what_is_signed_stays_as_it_is(run: Run, fast_disk: Path) -> None:
    archive = filled(fast_disk, run, papers=[PAPERS[0], paper("ký số", "signed")])
    assert "signed electronically" in run("-a", archive.root, "merge", *REFS[:2], code=2).err


class _Failing(ready.Readers):
    """Makes no copy of what is put together."""

    def submit(self, ticket: str, *arguments: Any, **options: Any) -> None:
        super().submit(ticket, *arguments, **options)
        reading = self._done[-1].reading
        self._done[-1] = ocr.Finished(ticket, reading, Refusal("access-copy-failed"), 0.0)


def test_what_cannot_be_read_as_one_stays_apart(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(archive)
    monkeypatch.setattr(ocr, "Readers", _Failing)
    line = merge(run, archive, *REFS[:2], code=3)
    assert (line["outcome"], line["reason"]) == ("failed", "access-copy-failed")
    assert state(archive) == before
    sound(archive)


# secrets


def test_nothing_that_stands_in_hold_is_merged(run: Run, archive: Archive) -> None:
    run("-a", archive.root, "classify", REFS[1], "--secret", "mat")
    for words in ((REFS[0], B), (B, REFS[0])):
        assert "hold" in run("-a", archive.root, "merge", *words, code=8).err
    judge.no_trace(archive.root, [TWO])
    sound(archive)


def test_when_it_is_secret_all_that_has_its_bytes_goes_into_hold(
    run: Run, archive: Archive
) -> None:
    merge(run, archive, *REFS)
    run("-a", archive.root, "classify", REFS[0], "--secret", "mat")
    assert all(kept(archive, one).secret for one in (A, B, C))
    judge.no_trace(archive.root, [ONE, TWO, THREE])
    assert [line[3] for line in lines(archive)] == [None]
    sound(archive)
    run("-a", archive.root, "hold", "release", A, "--reason", "nhầm")
    assert found(run, archive, TWO) == [A] and lines(archive) == [("001", 1, 4, A)]
    assert run("-a", archive.root, "hold", "list").out == ""
    sound(archive)


def test_what_is_secret_alone_leaves_nothing_behind_after_an_undo(
    run: Run, archive: Archive
) -> None:
    line = merge(run, archive, *REFS[:2])
    run("-a", archive.root, "undo", line["operation"])
    run("-a", archive.root, "classify", REFS[1], "--secret", "mat")
    judge.no_trace(archive.root, [TWO, THREE])
    assert not kept(archive, A).secret
    sound(archive)


def test_a_mark_that_is_seen_now_holds_the_document_that_bears_it(
    run: Run, fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "Readers", Sharper)
    data = paper(f"MẬT\nvề {SECRET}")
    archive = filled(fast_disk, run, papers=[PAPERS[0], data])
    line = merge(run, archive, *REFS[:2])
    secret = oracle.sha256(data)
    assert (line["outcome"], line["id"], line["merged"]) == ("held", secret, [])
    assert kept(archive, secret).status == "held" and texts(archive, A) == [ONE]
    judge.no_trace(archive.root, [SECRET])
    sound(archive)


def test_on_an_independent_lan_the_highest_mark_counts(run: Run, fast_disk: Path) -> None:
    archive = filled(fast_disk, run, "independent-lan")
    run("-a", archive.root, "classify", REFS[1], "--secret", "toi mat")
    run("-a", archive.root, "classify", REFS[2], "--secret", "mat")
    merge(run, archive, *REFS)
    assert kept(archive, A).fields["secrecy"].value == "Tối mật"  # type: ignore[union-attr]
    sound(archive)


# crashes


def test_whatever_step_is_the_last_documents_are_one_or_apart(
    run: Run, archive: Archive, fast_disk: Path
) -> None:
    seen = set()
    for struck in strike(archive, fast_disk, ["merge", *REFS[:2]], crash.STRIDE):
        done = kept(struck, B).status == "merged"
        seen.add(done)
        assert texts(struck, A) == ([ONE, TWO, THREE] if done else [ONE])
        assert len(lines(struck)) == (2 if done else 3)
        run("-a", struck.root, "index")
        assert found(run, struck, TWO) == [A if done else B]
        run("-a", struck.root, "verify")
    assert seen == {False, True}


def test_whatever_step_is_the_last_of_an_undo_documents_are_one_or_apart(
    run: Run, archive: Archive, fast_disk: Path
) -> None:
    line = merge(run, archive, *REFS[:2])
    seen = set()
    for struck in strike(archive, fast_disk, ["undo", str(line["operation"])], crash.STRIDE):
        done = kept(struck, B).status == "review"
        seen.add(done)
        assert texts(struck, A) == ([ONE] if done else [ONE, TWO, THREE])
        assert len(lines(struck)) == (3 if done else 2)
        run("-a", struck.root, "index")
        assert found(run, struck, TWO) == [B if done else A]
        run("-a", struck.root, "verify")
    assert seen == {False, True}


# registers


def test_the_row_of_another_is_that_of_the_first_and_comes_back(run: Run, archive: Archive) -> None:
    run("-a", archive.root, "register", "in", "issuer=Huyện uỷ", "subject=về Mới", "--quiet")
    run("-a", archive.root, "register", "link", "in", 1, REFS[1])
    line = merge(run, archive, *REFS[:2])

    def scan() -> str | None:
        with desk.at_work(archive) as opened:
            (row,) = opened.catalogue.register_rows("")
        return row.document

    assert scan() == A
    sound(archive)
    run("-a", archive.root, "undo", line["operation"])
    assert scan() == B
    sound(archive)


def test_what_was_held_instead_is_not_taken_back(
    run: Run, fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "Readers", Sharper)
    data = paper(f"MẬT\nvề {SECRET}")
    archive = filled(fast_disk, run, papers=[PAPERS[0], data])
    line = merge(run, archive, *REFS[:2])
    run("-a", archive.root, "undo", line["operation"], code=8)
    run("-a", archive.root, "hold", "release", oracle.sha256(data), "--reason", "nhầm")
    before = kept(archive, oracle.sha256(data))
    assert "stopped" in run("-a", archive.root, "undo", line["operation"], code=2).err
    assert kept(archive, oracle.sha256(data)) == before
    again = merge(run, archive, *REFS[:2])  # a person has let it pass
    assert again["outcome"] == "merged" and kept(archive, A).fields.get("secrecy") is None
    sound(archive)


def test_a_folder_that_was_changed_since_is_named_before_anything_begins(
    run: Run, archive: Archive
) -> None:
    line = merge(run, archive, REFS[2], REFS[0])
    run("-a", archive.root, "catalogue", "edit", REFS[0], f"document={B}")
    assert "changed again" in run("-a", archive.root, "undo", line["operation"], code=2).err
    assert "STOPPED" not in run("-a", archive.root, "log").out
    sound(archive)
