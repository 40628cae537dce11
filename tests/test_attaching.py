"""A file beside a document: kept bit for bit, shown with it, taken back."""

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
from forms import judge as form
from readied import _ready as _ready
from readied import sound
from test_rebinding import ID, PAPER, REF, filled, finds, kept, texts

from partydoc import cli
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from torture.ready import paper

SIGNED = paper("bản ký số về bạchyếnkín", "signed")


@pytest.fixture
def archive(fast_disk: Path, run: Run) -> Archive:
    return filled(fast_disk, run)


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    path = tmp_path / "đã ký.pdf"
    path.write_bytes(SIGNED)
    return path


def attach(run: Run, archive: Archive, *words: object, code: int = 0) -> dict[str, Any]:
    """Run `partydoc attach`; return its line."""
    (line,) = run("-a", archive.root, "attach", REF, *words, "--json", code=code).lines
    form("json/page", line)
    return line


def beside(run: Run, archive: Archive) -> list[tuple[str, bytes]]:
    """Return (role, bytes) of what is shown beside the document."""
    shown = run("-a", archive.root, "show", REF, "--json").lines[0]
    form("json/show", shown)
    return [
        (file["role"], (archive.root / file["path"]).read_bytes())
        for file in shown["files"]
        if file["role"] in ("annex", "signed-copy")
    ]


def test_a_signed_copy_is_kept_bit_for_bit_and_shown_and_not_searched(
    run: Run, archive: Archive, signed: Path
) -> None:
    attach(run, archive, signed, "--role", "signed-copy")
    assert beside(run, archive) == [("signed-copy", SIGNED)]
    assert "attached/0001.pdf" in run("-a", archive.root, "show", REF).out
    assert len(texts(archive)) == 3 and not finds(run, archive, "bạchyếnkín")
    (one,) = kept(archive).attached
    assert (one.role, one.flags, one.name) == ("signed-copy", ("signed",), signed.name)
    sound(archive)
    run("-a", archive.root, "verify", "--deep")


def test_several_are_numbered_and_each_is_taken_back_by_itself(
    run: Run, archive: Archive, signed: Path, tmp_path: Path
) -> None:
    annex = tmp_path / "phụ lục.pdf"
    annex.write_bytes(paper("phụ lục"))
    first = attach(run, archive, signed, "--role", "signed-copy")
    attach(run, archive, annex, "--role", "annex")
    both = [("signed-copy", SIGNED), ("annex", annex.read_bytes())]
    assert beside(run, archive) == both
    back = run("-a", archive.root, "undo", first["operation"], "--json").lines[0]
    assert beside(run, archive) == both[1:]
    sound(archive)
    run("-a", archive.root, "undo", back["operation"])
    assert beside(run, archive) == both
    sound(archive)


def test_pages_may_be_changed_meanwhile_and_that_stands_when_it_is_taken_back(
    run: Run, archive: Archive, signed: Path
) -> None:
    line = attach(run, archive, signed, "--role", "annex")
    run("-a", archive.root, "page", "remove", REF, 2)
    run("-a", archive.root, "undo", line["operation"])
    assert len(texts(archive)) == 2 and not beside(run, archive)
    sound(archive)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(paper("", "refused"), "damaged-pdf"), (b"", "empty"),
     (paper("x", "unsure"), "page-unsure"), (paper("x", "fails"), "page-unsure")],
)  # fmt: skip
def test_a_file_that_cannot_come_in_is_told_and_nothing_changes(
    run: Run, archive: Archive, tmp_path: Path, data: bytes, reason: str
) -> None:
    before, file = kept(archive), tmp_path / "f.pdf"
    file.write_bytes(data)
    line = attach(run, archive, file, "--role", "annex", code=3)
    assert line["reason"] == reason and kept(archive) == before
    sound(archive)


def test_a_role_is_asked_for_and_a_document_must_be_there(
    run: Run, archive: Archive, signed: Path
) -> None:
    run("-a", archive.root, "attach", REF, signed, code=2)
    run("-a", archive.root, "attach", REF, signed, "--role", "cover", code=2)
    run("-a", archive.root, "attach", "A29-01-0003-009", signed, "--role", "annex", code=2)


def test_what_cannot_be_read_is_attached_where_somebody_has_looked(
    run: Run, archive: Archive, tmp_path: Path
) -> None:
    file = tmp_path / "f.pdf"
    file.write_bytes(paper("x", "fails"))
    attach(run, archive, file, "--role", "annex", "--unclassified")
    assert beside(run, archive) == [("annex", file.read_bytes())]


def test_a_mark_on_it_takes_the_document_into_hold_with_it(
    run: Run, archive: Archive, tmp_path: Path
) -> None:
    file = tmp_path / "f.pdf"
    file.write_bytes(paper("TỐI MẬT\nvề hoàngoanhẩn"))
    line = attach(run, archive, file, "--role", "annex")
    assert line["outcome"] == "held"
    judge.no_trace(archive.root, ["hoàngoanhẩn"])
    assert inhold.entries(archive) == [None] and kept(archive).status == "held"
    run("-a", archive.root, "hold", "export", ID[:12], "--to", tmp_path / "stick")
    names = sorted(path.name for path in (tmp_path / "stick").iterdir())
    assert names == [f"{ID}-attached-0001.pdf", f"{ID}.pdf", "manifest-sha256.txt"]
    run("-a", archive.root, "hold", "release", ID[:12], "--reason", "đã giải mật")
    assert beside(run, archive) == [("annex", file.read_bytes())]
    sound(archive)


def test_on_an_independent_lan_a_mark_on_it_is_a_field(
    run: Run, fast_disk: Path, tmp_path: Path
) -> None:
    archive = filled(fast_disk, run, "independent-lan")
    file = tmp_path / "f.pdf"
    file.write_bytes(paper("MẬT\nvề bạchyếnkín"))
    attach(run, archive, file, "--role", "annex")
    assert kept(archive).fields["secrecy"].value == "Mật"  # type: ignore[union-attr]
    sound(archive)


@pytest.mark.parametrize("text", ["phụ lục", "MẬT\nvề hoàngoanhẩn"])
def test_whatever_step_is_the_last_it_is_attached_or_not(
    run: Run, archive: Archive, fast_disk: Path, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "f.pdf"
    file.write_bytes(paper(text))
    shutil.copytree(archive.root, fast_disk / "saved")

    def work() -> None:
        cli.run(["-a", str(archive.root), "attach", REF, str(file), "--role", "annex"])

    steps, seen = crash.steps_of(work, fast_disk), set()
    for step in range(1, steps + 1, crash.STRIDE):
        shutil.rmtree(archive.root)
        shutil.copytree(fast_disk / "saved", archive.root)
        crash.in_child(work, fail_at=f"{step}:kill")
        with desk.at_work(archive):
            pass  # recovers
        sound(archive)
        judge.no_trace(archive.root, ["hoàngoanhẩn"])
        now = kept(archive)
        seen.add(len(now.attached))
        assert Store(archive, hold=True).in_hold(now.urn) == (now.status == "held")
        assert len(list(Store(archive, hold=True).state(now.urn))) == 8 + len(now.attached)
    assert seen == {0, 1}


def test_the_same_file_is_attached_once(run: Run, archive: Archive, signed: Path) -> None:
    attach(run, archive, signed, "--role", "annex")
    line = attach(run, archive, signed, "--role", "annex", code=3)
    assert line["reason"] == "same-attached" and len(kept(archive).attached) == 1


def test_what_the_document_is_made_of_is_not_attached_to_it(
    run: Run, archive: Archive, tmp_path: Path
) -> None:
    file = tmp_path / "same.pdf"
    file.write_bytes(PAPER)
    err = run("-a", archive.root, "attach", REF, file, "--role", "annex", code=2).err
    assert "already" in err and not kept(archive).attached
