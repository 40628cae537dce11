"""The pages of a document changed: read first, filed in one version, taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import desk
import inhold
import judge
import pytest
import rows
import test_crash as crash
from conftest import Run
from forms import judge as form
from readied import _ready as _ready
from readied import sound
from test_linking import SAME

from partydoc import cli, ocr
from partydoc.archive import jobs
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.kept import Kept
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.store import Store
from partydoc.box import Box
from partydoc.document import Field
from partydoc.work import Work
from torture import oracle, ready
from torture.ready import paper

ONE, TWO, THREE, NEW = "về nước sạch", "về trường học", "về chợ xã", "về đường liên xã"
PAPER = paper("\f".join((ONE, TWO, THREE)))
ID = oracle.sha256(PAPER)
REF = f"{inhold.FOLDER}-001"


@pytest.fixture
def archive(fast_disk: Path, run: Run) -> Archive:
    """An archive with one document of three pages, of which somebody has said something."""
    return filled(fast_disk, run)


def filled(root: Path, run: Run, network: str = "connected", data: bytes = PAPER) -> Archive:
    archive = inhold.new_archive(root / "a", network)
    (archive.inbox / "1.pdf").write_bytes(data)
    run("-a", archive.root, "scan", "--folder", inhold.FOLDER)
    run("-a", archive.root, "edit", REF, "signer=Nguyễn Văn Mẫu", "subject=về việc mẫu")
    return archive


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A page that was scanned again."""
    path = tmp_path / "trang.pdf"
    path.write_bytes(paper(NEW))
    return path


def kept(archive: Archive) -> Kept:
    return Store(archive, hold=True).known(ID)


def page(run: Run, archive: Archive, *words: object, code: int = 0) -> dict[str, Any]:
    """Run `partydoc page`; return its line."""
    (line,) = run("-a", archive.root, "page", *words, "--json", code=code).lines
    form("json/page", line)
    return line


def texts(archive: Archive) -> list[str]:
    """Return the line of each page that is its own."""
    return [list(filter(None, text.splitlines()))[-2] for text in Store(archive).texts(ID)]


def finds(run: Run, archive: Archive, words: str) -> bool:
    lines = run("-a", archive.root, "search", "--json", f'"{words}"').lines
    return ID in [line.get("id") for line in lines]


def unchanged(archive: Archive, before: Kept) -> None:
    assert kept(archive) == before and texts(archive) == [ONE, TWO, THREE]
    sound(archive)


# what is changed, and what stays


def test_a_page_scanned_again_is_found_and_the_old_one_is_not(
    run: Run, archive: Archive, new: Path
) -> None:
    before = kept(archive)
    line = page(run, archive, "replace", REF, 2, new)
    assert line["pages"] == 3 and line["reference"] == REF
    assert texts(archive) == [ONE, NEW, THREE]
    assert finds(run, archive, NEW) and not finds(run, archive, TWO)
    now = kept(archive)
    assert (now.id, now.names, now.added_at) == (before.id, before.names, before.added_at)
    assert now.fields["signer"].value == "Nguyễn Văn Mẫu"  # type: ignore[union-attr]
    originals = sorted(Store(archive).where(now.urn).glob("v*/content/original/*"))  # type: ignore[union-attr]
    assert [path.read_bytes() for path in originals] == [PAPER, new.read_bytes()]
    assert [path.name for path in originals] == ["0001.pdf", "0002.pdf"]
    assert new.exists()
    sound(archive)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("insert", REF, 1, "{new}"), [NEW, ONE, TWO, THREE]),
        (("insert", REF, 4, "{new}"), [ONE, TWO, THREE, NEW]),
        (("remove", REF, 2), [ONE, THREE]),
        (("move", REF, 1, "--to", 3), [TWO, THREE, ONE]),
        (("move", REF, 3, "--to", 1), [THREE, ONE, TWO]),
        (("rotate", REF, 2, "--by", 90), [ONE, TWO, THREE]),
    ],
)
def test_pages_come_go_and_change_places_and_that_is_taken_back(
    run: Run, archive: Archive, new: Path, words: tuple[object, ...], expected: list[str]
) -> None:
    before = kept(archive)
    line = page(run, archive, *(str(word).format(new=new) for word in words))
    assert texts(archive) == expected and kept(archive).pages == len(expected)
    sound(archive)
    (back,) = run("-a", archive.root, "undo", line["operation"], "--json").lines
    form("json/page", back)
    now = kept(archive)
    assert texts(archive) == [ONE, TWO, THREE]
    assert (now.bound, now.pages, now.fields) == (before.bound, before.pages, before.fields)
    assert finds(run, archive, TWO)
    run("-a", archive.root, "undo", back["operation"])
    assert texts(archive) == expected
    sound(archive)
    run("-a", archive.root, "verify", "--deep")


def test_turns_add_up(run: Run, archive: Archive) -> None:
    for by in (90, 180):
        page(run, archive, "rotate", REF, 2, "--by", by)
    assert [leaf.turn for leaf in kept(archive).bound] == [None, 270, None]
    page(run, archive, "rotate", REF, 2, "--by", 90)
    assert [leaf.turn for leaf in kept(archive).bound] == [None, 0, None]


def test_sheets_and_entry_stay(run: Run, archive: Archive, new: Path) -> None:
    def entries() -> list[Any]:
        with desk.at_work(archive) as opened:
            return list(opened.shelves.folder(inhold.FOLDER).entries)

    before = entries()
    page(run, archive, "insert", REF, 2, new)
    assert entries() == before


def test_all_of_it_outlives_catalogue_and_index(run: Run, archive: Archive, new: Path) -> None:
    page(run, archive, "replace", REF, 2, new)
    shutil.rmtree(archive.index)
    with archive.writing(wait=5):
        archive.catalogue.unlink()
        assert rebuild_catalogue(archive) == []
    assert finds(run, archive, NEW) and not finds(run, archive, TWO)


def test_reading_it_again_reads_the_pages_as_they_are_now(
    run: Run, archive: Archive, new: Path
) -> None:
    page(run, archive, "replace", REF, 2, new)
    page(run, archive, "move", REF, 2, "--to", 1)
    run("-a", archive.root, "ocr", REF)
    assert texts(archive) == [NEW, ONE, THREE]
    sound(archive)


def test_where_a_value_stands_follows_its_page(run: Run, archive: Archive) -> None:
    said = Field("2026-03-02", 1.0, 1, Box(0.5, 0.1, 0.9, 0.2), "person", accepted=True)
    with desk.at_work(archive) as opened:
        job = jobs.begin_for(kept(archive), archive.desk)
        desk.say(opened, Work(kept(archive), job, 0.0), {"date": said})
        jobs.end(job)
    page(run, archive, "move", REF, 1, "--to", 3)
    day = kept(archive).fields["date"]
    assert day and (day.page, day.source) == (3, "person") and day.box
    page(run, archive, "rotate", REF, 3, "--by", 180)
    day = kept(archive).fields["date"]
    assert day and day.page == 3 and day.box is None
    page(run, archive, "remove", REF, 3)
    day = kept(archive).fields["date"]
    assert day and day.value and day.page is None


def test_a_better_scan_takes_the_place_of_all_pages(run: Run, archive: Archive) -> None:
    better = archive.inbox / "rõ hơn.pdf"
    better.write_bytes(paper(f"{NEW}\f{TWO}"))
    (line,) = run("-a", archive.root, "scan", "--replaces", REF, better, "--json").lines
    form("json/page", line)
    assert texts(archive) == [NEW, TWO] and not finds(run, archive, ONE)
    assert kept(archive).fields["subject"].value == "về việc mẫu"  # type: ignore[union-attr]
    assert not better.exists()  # the inbox is emptied when it is safe
    assert "rescan" in run("-a", archive.root, "log", REF).out
    assert len(run("-a", archive.root, "show", REF, "--original").out.splitlines()) == 1
    run("-a", archive.root, "undo", line["operation"])
    assert texts(archive) == [ONE, TWO, THREE]
    sound(archive)


def test_what_was_said_since_stands_when_it_is_taken_back(
    run: Run, archive: Archive, new: Path
) -> None:
    line = page(run, archive, "replace", REF, 2, new)
    run("-a", archive.root, "edit", REF, "note=đã quét lại")
    run("-a", archive.root, "undo", line["operation"])
    assert kept(archive).fields["note"].value == "đã quét lại"  # type: ignore[union-attr]
    assert texts(archive) == [ONE, TWO, THREE]


def test_only_the_last_change_can_be_taken_back(run: Run, archive: Archive) -> None:
    first = page(run, archive, "remove", REF, 2)
    page(run, archive, "move", REF, 1, "--to", 2)
    err = run("-a", archive.root, "undo", first["operation"], code=2).err
    assert "changed again" in err
    assert texts(archive) == [THREE, ONE]


# what cannot be


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("replace", REF, 4, "{new}"), 2), (("remove", REF, 9), 2), (("remove", REF, 0), 2),
        (("insert", REF, 5, "{new}"), 2), (("move", REF, 1, "--to", 4), 2),
        (("rotate", REF, 1, "--by", 45), 2), (("remove", "A29-01-0003-099", 1), 2),
    ],
)  # fmt: skip
def test_a_page_that_is_not_there_is_named_and_nothing_changes(
    run: Run, archive: Archive, new: Path, words: tuple[object, ...], code: int
) -> None:
    before = kept(archive)
    ran = run("-a", archive.root, "page", *(str(one).format(new=new) for one in words), code=code)
    assert ran.err.startswith("partydoc: ") and len(ran.err.splitlines()) == 2
    unchanged(archive, before)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (paper("", "refused"), "damaged-pdf"), (b"", "empty"), (None, "gone"),
        (paper(NEW, "fails"), "ocr-failed"), (paper(NEW, "unsure"), "page-unsure"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_come_in_is_told_and_nothing_changes(
    run: Run, archive: Archive, tmp_path: Path, data: bytes | None, reason: str
) -> None:
    before, file = kept(archive), tmp_path / "f.pdf"
    if data is not None:
        file.write_bytes(data)
    line = page(run, archive, "replace", REF, 1, file, code=3)
    assert line["reason"] == reason and line["message"] and line["operation"] is None
    unchanged(archive, before)
    assert run("-a", archive.root, "page", "insert", REF, 1, file, code=3).out


def test_who_has_looked_at_the_paper_may_say_so(run: Run, archive: Archive, new: Path) -> None:
    new.write_bytes(paper(NEW, "unsure"))
    page(run, archive, "replace", REF, 1, new, "--unclassified")
    assert texts(archive) == [NEW, TWO, THREE]
    lines = [path.read_text() for path in archive.audit.iterdir()]
    assert "declared-unclassified" in "".join(lines)


def test_a_document_needs_a_page(run: Run, fast_disk: Path) -> None:
    archive = filled(fast_disk, run, data=paper(ONE))
    assert "page replace" in run("-a", archive.root, "page", "remove", REF, 1, code=2).err


def test_what_is_signed_stays_bit_for_bit(run: Run, archive: Archive, new: Path) -> None:
    before = kept(archive)
    new.write_bytes(paper(NEW, "signed"))
    assert "signed" in run("-a", archive.root, "page", "insert", REF, 1, new, code=2).err
    unchanged(archive, before)
    (archive.inbox / "2.pdf").write_bytes(paper("ký số", "signed"))
    run("-a", archive.root, "scan", "--folder", inhold.FOLDER)
    err = run("-a", archive.root, "page", "rotate", "A29-01-0003-002", 1, "--by", 90, code=2).err
    assert "signed electronically" in err


def test_a_better_scan_is_one_file(run: Run, archive: Archive, new: Path) -> None:
    for words in ((), (new, new), (new, "--no-ocr"), (new, "--folder", inhold.FOLDER)):
        run("-a", archive.root, "scan", "--replaces", REF, *words, code=2)


# secrets


def test_a_page_with_a_mark_takes_the_whole_document_into_hold(
    run: Run, archive: Archive, new: Path
) -> None:
    new.write_bytes(paper("MẬT\nvề bạchyếnkín"))
    line = page(run, archive, "insert", REF, 2, new)
    assert line["outcome"] == "held" and line["reference"] is None and line["pages"] is None
    now = kept(archive)
    assert now.status == "held" and Store(archive, hold=True).in_hold(now.urn)
    judge.no_trace(archive.root, ["bạchyếnkín", TWO])
    assert inhold.entries(archive) == [None]
    digests = {oracle.sha256(path.read_bytes()) for path in archive.hold.rglob("original/*")}
    assert digests == {ID, oracle.sha256(new.read_bytes())}
    sound(archive)
    assert "hold" in run("-a", archive.root, "page", "remove", ID[:12], 2, code=8).err
    assert "hold" in run("-a", archive.root, "undo", line["operation"], code=8).err


def test_when_it_is_released_it_is_read_with_its_new_pages(
    run: Run, archive: Archive, new: Path
) -> None:
    new.write_bytes(paper("MẬT\nvề bạchyếnkín"))
    line = page(run, archive, "replace", REF, 2, new)
    run("-a", archive.root, "hold", "release", ID[:12], "--reason", "đã giải mật")
    assert texts(archive) == [ONE, "về bạchyếnkín", THREE]
    assert kept(archive).fields["signer"].value == "Nguyễn Văn Mẫu"  # type: ignore[union-attr]
    sound(archive)
    run("-a", archive.root, "undo", line["operation"])
    assert texts(archive) == [ONE, TWO, THREE] and kept(archive).status == "review"
    sound(archive)


def test_who_let_the_old_pages_pass_did_not_see_the_new_one(
    run: Run, fast_disk: Path, new: Path
) -> None:
    archive = filled(fast_disk, run)
    run("-a", archive.root, "classify", REF, "--secret", "mat")
    run("-a", archive.root, "hold", "release", ID[:12], "--reason", "nhầm")
    assert kept(archive).cleared
    page(run, archive, "remove", REF, 1)
    new.write_bytes(paper("MẬT\nvề bạchyếnkín"))
    assert page(run, archive, "insert", REF, 1, new)["outcome"] == "held"


def test_bytes_that_stand_in_hold_do_not_come_in_by_another_way(
    run: Run, archive: Archive, new: Path
) -> None:
    new.write_bytes(paper("TỐI MẬT\nvề bạchyếnkín"))
    run("-a", archive.root, "scan", new)
    before = kept(archive)
    line = page(run, archive, "insert", REF, 1, new, "--unclassified", code=3)
    assert line["reason"] == "same-in-hold"
    unchanged(archive, before)


def test_on_an_independent_lan_a_mark_is_a_field(run: Run, fast_disk: Path, new: Path) -> None:
    archive = filled(fast_disk, run, "independent-lan")
    new.write_bytes(paper("MẬT\nvề bạchyếnkín"))
    line = page(run, archive, "insert", REF, 1, new)
    assert line["outcome"] == "changed"
    assert kept(archive).fields["secrecy"].value == "Mật"  # type: ignore[union-attr]
    run("-a", archive.root, "undo", line["operation"])
    assert kept(archive).fields.get("secrecy") is None


# several at once


class _Interrupted(ready.Readers):
    """Reads, and lets another command change the pages meanwhile."""

    meanwhile: tuple[object, ...] = ()

    def submit(self, *arguments: Any, **options: Any) -> None:
        super().submit(*arguments, **options)
        words, type(self).meanwhile = self.meanwhile, ()
        if words:
            assert cli.run([str(word) for word in words]) == 0


@pytest.mark.parametrize(
    ("words", "code"), [(("page", "move", REF, 1, "--to", 3), 3), (("ocr", REF), 0)]
)
def test_pages_that_others_changed_meanwhile_are_not_filed_over(
    run: Run,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[object, ...],
    code: int,
) -> None:
    monkeypatch.setattr(ocr, "Readers", _Interrupted)
    other = ("-a", archive.root, "page", "remove", REF, 2)
    monkeypatch.setattr(_Interrupted, "meanwhile", other)
    run("-a", archive.root, *words, code=code)
    assert texts(archive) == [ONE, THREE]
    sound(archive)


def test_what_is_said_meanwhile_stands(
    run: Run, archive: Archive, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "Readers", _Interrupted)
    other = ("-a", archive.root, "edit", REF, "note=mới")
    monkeypatch.setattr(_Interrupted, "meanwhile", other)
    run("-a", archive.root, "page", "replace", REF, 2, new)
    assert kept(archive).fields["note"].value == "mới"  # type: ignore[union-attr]
    assert texts(archive) == [ONE, NEW, THREE]


# crashes


@pytest.fixture
def stages(fast_disk: Path, archive: Archive) -> Iterator[Archive]:
    """An archive to be struck again and again, and a copy of it to begin with."""
    shutil.copytree(archive.root, fast_disk / "saved")
    yield archive


def strike(stages: Archive, fast_disk: Path, words: list[str], every: int) -> Iterator[Archive]:
    """Kill a command at its steps; yield the archive after each, as recovery leaves it."""

    def work() -> None:
        cli.run(["-a", str(stages.root), *words])

    steps = crash.steps_of(work, fast_disk)
    assert steps > 20
    for step in range(1, steps + 1, every):
        shutil.rmtree(stages.root)
        shutil.copytree(fast_disk / "saved", stages.root)
        crash.in_child(work, fail_at=f"{step}:kill")
        with desk.at_work(stages):
            pass  # recovers
        sound(stages)
        yield open_archive(stages.root)


@pytest.mark.parametrize("every", [crash.STRIDE])
def test_whatever_step_is_the_last_a_page_is_replaced_or_not(
    run: Run, stages: Archive, fast_disk: Path, new: Path, every: int
) -> None:
    words = ["page", "replace", REF, "2", str(new)]
    seen = set()
    for archive in strike(stages, fast_disk, words, every):
        found = texts(archive)
        assert found in ([ONE, TWO, THREE], [ONE, NEW, THREE])
        seen.add(found[1])
        assert len(kept(archive).bound) == (3 if found[1] == NEW else 0)
        assert new.exists()
        run("-a", archive.root, "index")
        assert finds(run, archive, found[1])
    assert seen == {TWO, NEW}


def test_whatever_step_is_the_last_a_marked_page_stands_nowhere_but_in_hold(
    run: Run, stages: Archive, fast_disk: Path, new: Path
) -> None:
    new.write_bytes(paper("MẬT\nvề bạchyếnkín"))
    words = ["page", "insert", REF, "2", str(new)]
    held = set()
    for archive in strike(stages, fast_disk, words, crash.STRIDE):
        judge.no_trace(archive.root, ["bạchyếnkín"])
        now = kept(archive)
        held.add(Store(archive, hold=True).in_hold(now.urn))
        assert Store(archive, hold=True).in_hold(now.urn) == (now.status == "held")
    assert held == {False, True}


def test_whatever_step_is_the_last_of_an_undo_the_pages_are_the_old_or_the_new(
    run: Run, archive: Archive, fast_disk: Path, new: Path
) -> None:
    line = page(run, archive, "replace", REF, 2, new)
    shutil.copytree(archive.root, fast_disk / "saved")
    words = ["undo", str(line["operation"])]
    for struck in strike(archive, fast_disk, words, crash.STRIDE):
        found = texts(struck)
        assert found in ([ONE, TWO, THREE], [ONE, NEW, THREE])
        assert (found[1] == TWO) == (not kept(struck).bound)


def test_the_history_tells_what_was_done(run: Run, archive: Archive, new: Path) -> None:
    line = page(run, archive, "replace", REF, 2, new)
    last = run("-a", archive.root, "show", REF, "--history", "--json").lines[-1]
    assert (last["type"], last["what"], last["page"]) == ("modification", "replace", 2)
    assert last["operation"] == line["operation"]
    assert last["sha256"] == oracle.sha256(new.read_bytes())


def test_the_bytes_of_a_page_make_no_document_of_their_own(
    run: Run, archive: Archive, new: Path
) -> None:
    page(run, archive, "replace", REF, 2, new)
    again = archive.inbox / "again.pdf"
    again.write_bytes(new.read_bytes())
    (line,) = run("-a", archive.root, "scan", "--json").lines
    assert (line["outcome"], line["id"]) == ("duplicate", ID) and not again.exists()
    sound(archive)


def test_a_page_that_was_taken_back_may_become_a_document(
    run: Run, archive: Archive, new: Path
) -> None:
    line = page(run, archive, "replace", REF, 2, new)
    run("-a", archive.root, "undo", line["operation"])
    (line,) = run("-a", archive.root, "scan", new, "--json").lines
    assert (line["outcome"], line["id"]) == ("archived", oracle.sha256(new.read_bytes()))
    sound(archive)


def test_a_page_is_turned_from_how_it_is_shown(run: Run, fast_disk: Path) -> None:
    archive = filled(fast_disk, run, data=paper(f"{ONE}\f{TWO}", "lying"))
    document = oracle.sha256(paper(f"{ONE}\f{TWO}", "lying"))
    for turn in (180, 270):  # it was turned by 90 to be read
        run("-a", archive.root, "page", "rotate", REF, 1, "--by", 90)
        assert [leaf.turn for leaf in Store(archive).known(document).bound] == [turn, None]


def test_what_is_read_better_is_linked_to_its_row_in_the_register(
    run: Run, archive: Archive, new: Path
) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened).row
        job = jobs.begin_for(kept(archive), archive.desk)
        said = {name: Field(one, source="person", accepted=True) for name, one in SAME.items()}
        desk.say(opened, Work(kept(archive), job, 0.0), said)
        jobs.end(job)
    line = page(run, archive, "replace", REF, 2, new)
    with desk.at_work(archive) as opened:
        assert rows.now_of(opened, row).document == ID
    run("-a", archive.root, "undo", line["operation"])
    assert texts(archive) == [ONE, TWO, THREE]
