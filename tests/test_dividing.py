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
from forms import judge as form
from test_rebinding import sound

from partydoc import cli, ocr
from partydoc.archive import tally
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.kept import Kept
from partydoc.archive.lineage import part_id
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.archive.units import Entry
from partydoc.document import Refusal
from torture import oracle, ready
from torture.ready import paper

ONE, TWO, THREE, FOUR = "về nước sạch", "về trường học", "về chợ xã", "về đường liên xã"
SCAN = paper("\f".join((ONE, TWO, THREE, FOUR)))
ID = oracle.sha256(SCAN)
REF = f"{inhold.FOLDER}-001"
PARTS = [part_id(ID, 1, 1), part_id(ID, 2, 3), part_id(ID, 4, 4)]
SECRET = "bạchyếnkín"


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put ready readings in the place of OCR."""
    for name in ("Inspector", "Readers"):
        monkeypatch.setattr(ocr, name, getattr(ready, name))
    monkeypatch.setattr(ocr, "require", lambda *_: None)


@pytest.fixture
def archive(fast_disk: Path, run: Run) -> Archive:
    """An archive with one scan of four pages in a folder, of which somebody has said something."""
    return filled(fast_disk, run)


def filled(
    root: Path, run: Run, network: str = "connected", data: bytes = SCAN, *more: object
) -> Archive:
    archive = inhold.new_archive(root / "a", network)
    (archive.inbox / "1.pdf").write_bytes(data)
    run("-a", archive.root, "scan", "--folder", inhold.FOLDER, *more)
    return archive


def kept(archive: Archive, document: str = ID) -> Kept:
    return Store(archive, hold=True).known(document)


def split(run: Run, archive: Archive, *words: object, code: int = 0) -> dict[str, Any]:
    """Run `partydoc split`; return its line."""
    (line,) = run("-a", archive.root, "split", *words, "--json", code=code).lines
    form("json/split", line)
    return line


def texts(archive: Archive, document: str) -> list[str]:
    """Return the line of each page that is its own."""
    found = Store(archive, hold=True).texts(document)
    return [list(filter(None, text.splitlines()))[-2] for text in found]


def found(run: Run, archive: Archive, words: str) -> list[str]:
    lines = run("-a", archive.root, "search", "--json", f'"{words}"').lines
    return [line["id"] for line in lines]


def entries(archive: Archive) -> list[Entry]:
    with desk.at_work(archive) as opened:
        return list(opened.shelves.folder(inhold.FOLDER).entries)


def lines(archive: Archive) -> list[tuple[str, int | None, int | None, str | None]]:
    return [
        (one.ordinal, one.first_sheet, one.last_sheet, one.document) for one in entries(archive)
    ]


def original(archive: Archive, document: str) -> bytes:
    path = Store(archive, hold=True).file(f"urn:sha256:{document}", "original/0001.pdf")
    assert path
    return path.read_bytes()


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


def arrival(run: Run, archive: Archive, *words: object) -> None:
    said = ("issuer=Huyện uỷ", "subject=về Mới", *words)
    run("-a", archive.root, "register", "in", *said, "--quiet")
    run("-a", archive.root, "register", "link", "in", 1, REF)


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


# secrets


class _Sharper(ready.Readers):
    """Sees a mark that was overlooked while the pages were those of one scan."""

    def submit(
        self, ticket: str, original: Path, look: Any, into: Path, binding: Any = None
    ) -> None:
        if not binding:
            blind = original.with_name("blind")
            blind.write_bytes(original.read_bytes().replace(b"M\xe1\xba\xacT\n", b"--\n"))
            original = blind
        super().submit(ticket, original, look, into, binding)


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


@pytest.fixture
def secret(fast_disk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive with a scan of three papers, the second of them secret, taken for open."""
    monkeypatch.setattr(ocr, "Readers", _Sharper)
    archive = filled(fast_disk, run, data=MIXED)
    assert kept(archive, MIXED_ID).status == "review"
    return archive


MIXED = paper(f"{ONE}\fMẬT\nvề {SECRET}\f{THREE}")
MIXED_ID = oracle.sha256(MIXED)
FIRST, SECOND, THIRD = (part_id(MIXED_ID, page, page) for page in (1, 2, 3))


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


class _Failing(_Sharper):
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


class _Unsure(_Sharper):
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
