"""The commands edit, log and undo."""

from __future__ import annotations

import errno
import io
import os
import re
import shlex
import stat
from pathlib import Path

import desk
import papers
import pytest
from conftest import Run
from forms import judge
from papers import value

from partydoc.archive.root import Archive
from partydoc.work import Work
from torture import canary

REFERENCE = "A29-01-0003-001"


@pytest.fixture
def filled(fast_disk: Path) -> tuple[Archive, list[str]]:
    return papers.filled(fast_disk, 3)


@pytest.fixture
def archive(filled: tuple[Archive, list[str]]) -> Archive:
    return filled[0]


@pytest.fixture
def ids(filled: tuple[Archive, list[str]]) -> list[str]:
    return filled[1]


def editor(
    monkeypatch: pytest.MonkeyPatch, folder: Path, *commands: str
) -> Path:  # what it is given to edit is kept in "seen"
    """Let an editor run sed scripts on the text that it is given."""
    script = folder / "editor.sh"
    lines = [f"sed -i '{command}' \"$1\"" for command in commands]
    script.write_text("\n".join(["#!/bin/sh", f'cp "$1" "{folder}/seen"', *lines]) + "\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.delenv("VISUAL", raising=False)
    return folder / "seen"


def test_fields_are_named_in_vietnamese_and_dates_written_as_people_do(
    run: Run, archive: Archive, ids: list[str]
) -> None:
    ran = run("-a", archive.root, "edit", REFERENCE, "so=13", "kyhieu=NQ/ĐU", "ngay=05/6/2010",
              "trích yếu=về công tác lưu trữ", "tên loại=nghi quyet")  # fmt: skip
    assert f"{REFERENCE}  code: 12-NQ/ĐU → 13-NQ/ĐU" in ran.out
    assert "date: 05/06/2023 → 05/06/2010" in ran.out
    assert re.search(r"1 document changed. To take it back: partydoc undo \d+", ran.err)
    shown = run("-a", archive.root, "show", "--json", REFERENCE).lines[0]
    assert {name: shown["record"][name]["value"] for name in ("type", "code", "date")} == {
        "type": "Nghị quyết", "code": "13-NQ/ĐU", "date": "2010-06-05",
    }  # fmt: skip


def test_many_documents_are_named_or_read_from_stdin(
    run: Run, archive: Archive, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{ids[1]}  x\n\n".encode())))
    lines = run("-a", archive.root, "edit", "--json", ids[0][:8], "-", "place=Hà Mẫu").lines
    for line in lines:
        judge("json/edit", line)
    assert [line["id"] for line in lines] == ids[:2]
    assert len({line["operation"] for line in lines}) == 1
    assert [value(archive, one, "place") for one in ids] == ["Hà Mẫu", "Hà Mẫu", "Mẫu Sơn"]


def test_a_dry_run_tells_and_writes_nothing(run: Run, archive: Archive, ids: list[str]) -> None:
    log = run("-a", archive.root, "log").out
    ran = run("-a", archive.root, "edit", "--dry-run", REFERENCE, "place=Hà Mẫu")
    assert "place: Mẫu Sơn → Hà Mẫu" in ran.out and "would change" in ran.err
    line = run("-a", archive.root, "edit", "--dry-run", "--json", REFERENCE, "so=-").lines[0]
    judge("json/edit", line)
    assert line["operation"] is None and line["after"]["number"]["value"] is None
    assert run("-a", archive.root, "log").out == log


def test_there_is_none_and_forget(run: Run, archive: Archive) -> None:
    out = run("-a", archive.root, "edit", REFERENCE, "số=-", "người ký=-").out
    assert "number: 12 → K/số" in out and "code: 12-NQ/ĐU → K/số" in out
    assert "signer: unknown → -" in out
    out = run("-a", archive.root, "edit", REFERENCE, "--forget", "số", "--forget", "nguoi ky").out
    assert "code: K/số → 12-NQ/ĐU" in out and "signer: - → unknown" in out
    out = run("-a", archive.root, "edit", REFERENCE, "place=Mẫu Sơn").out
    assert "place: Mẫu Sơn (confirmed)" in out
    assert "Nothing changed." in run("-a", archive.root, "edit", REFERENCE, "place=Mẫu Sơn").err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["số="], "--forget number"), (["trich yu=x"], "subject (trích yếu)"),
        (["ngày=31/2/2010"], "31/2/2010"), (["so=12", "number=13"], "two values"),
        (["A29-01-0003-009", "so=12"], "A29-01-0003-009"), (["so=12", "code=13-NQ/ĐU"], "13-NQ/ĐU"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_a_sentence_and_changes_nothing(
    run: Run, archive: Archive, ids: list[str], words: list[str], told: str
) -> None:
    assert told in run("-a", archive.root, "edit", REFERENCE, *words, code=2).err
    assert value(archive, ids[0], "number") == "12"
    assert run("-a", archive.root, "edit", "so=12", code=2).err


def test_of_a_document_in_hold_nothing_is_edited_and_neither_are_the_others(
    run: Run, archive: Archive, ids: list[str], fast_disk: Path
) -> None:
    (fast_disk / "h.pdf").write_bytes(b"%PDF held")
    with desk.at_work(archive) as opened:
        held = desk.keep(opened, fast_disk / "h.pdf")
    assert isinstance(held, Work)
    name = held.kept.id[:10]
    err = run("-a", archive.root, "edit", REFERENCE, name, "place=Hà Mẫu", code=8).err
    assert f"{name} stands in hold" in err
    assert value(archive, ids[0], "place") == "Mẫu Sơn"


def test_the_record_opens_in_an_editor(
    run: Run, archive: Archive, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = editor(monkeypatch, tmp_path, "s/^place: .*/place: Hà Mẫu/", "s/^signer:.*/signer: -/",
                  "$ a ghi chú: rách góc")  # fmt: skip
    run("-a", archive.root, "edit", REFERENCE)
    assert REFERENCE in seen.read_text("utf-8") and "place: Mẫu Sơn" in seen.read_text("utf-8")
    shown = run("-a", archive.root, "show", "--json", REFERENCE).lines[0]["record"]
    assert [shown[name]["value"] for name in ("place", "signer", "note")] == [
        "Hà Mẫu", None, "rách góc",
    ]  # fmt: skip
    assert shown["signer"]["source"] == "person" and shown["date"]["source"] == "machine"


def test_an_unsure_value_counts_when_its_mark_is_taken_away(
    run: Run, archive: Archive, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = editor(monkeypatch, tmp_path, "s/^place: .*/place: Hà Mẫu/")
    run("-a", archive.root, "edit", REFERENCE)
    assert "number: 12 ?" in seen.read_text("utf-8")
    number = run("-a", archive.root, "show", "--json", REFERENCE).lines[0]["record"]["number"]
    assert not number["accepted"]
    editor(monkeypatch, tmp_path, "s/ ?$//")
    out = run("-a", archive.root, "edit", REFERENCE).out
    assert "number: 12 (confirmed)" in out and "code: 12-NQ/ĐU (confirmed)" in out


def test_an_editor_that_changes_nothing_changes_nothing(
    run: Run, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path)
    assert "Nothing changed." in run("-a", archive.root, "edit", REFERENCE).err


def test_the_archives_own_types_are_understood(
    run: Run, archive: Archive, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (archive.root / "partydoc.toml").open("a", encoding="utf-8") as settings:
        settings.write('[[types]]\nname = "Phiếu trình"\nabbreviation = "PTr"\n')
    run("-a", archive.root, "edit", REFERENCE, "type=PTr")
    assert value(archive, ids[0], "type") == "Phiếu trình"
    editor(monkeypatch, tmp_path, "s/^type: .*/type: ptr/")
    run("-a", archive.root, "edit", "A29-01-0003-002")
    assert value(archive, ids[1], "type") == "Phiếu trình"


@pytest.mark.parametrize(
    ("script", "line"),
    [("s/^place: .*/place:/", "empty"), ("s/^date:.*/date: hôm qua/", "hôm qua"),
     ("$ a rách góc", "rách góc"), ("$ a place: x", "twice")],
)  # fmt: skip
def test_a_text_that_cannot_be_understood_is_shown_and_stands_nowhere(
    run: Run, archive: Archive, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    script: str, line: str,
) -> None:  # fmt: skip
    editor(monkeypatch, tmp_path, script, "s/^issuer:.*/issuer: CHI BỘ MẪU/")
    err = run("-a", archive.root, "edit", REFERENCE, code=2).err
    assert re.search(r"Line \d+", err) and line in err
    assert "What was typed:" in err and "issuer: CHI BỘ MẪU" in err
    assert not canary.traces([archive.root], ["CHI BỘ MẪU"])
    assert value(archive, ids[0], "issuer") != "CHI BỘ MẪU"


def test_without_an_editor_or_with_many_documents_a_field_must_be_named(
    run: Run, archive: Archive, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "FIELD=VALUE" in run("-a", archive.root, "edit", *ids[:2], code=2).err
    monkeypatch.setenv("EDITOR", "/nowhere/ed")
    monkeypatch.delenv("VISUAL", raising=False)
    run("-a", archive.root, "edit", REFERENCE, code=7)
    monkeypatch.delenv("EDITOR")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert "FIELD=VALUE" in run("-a", archive.root, "edit", REFERENCE, code=2).err


def test_what_somebody_changes_while_the_editor_is_open_is_not_overwritten(
    run: Run, archive: Archive, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "s/^place: .*/place: Hà Mẫu/", "s/^signer:.*/signer: Lê Mẫu/")
    from partydoc.commands import editor as module

    opened = module._open

    def meanwhile(command: list[str], path: Path) -> None:
        opened(command, path)
        papers.say(archive, ids[0], {"place": "Sông Mẫu"})

    monkeypatch.setattr(module, "_open", meanwhile)
    ran = run("-a", archive.root, "edit", REFERENCE, code=3)
    assert "place was changed meanwhile and stays: Sông Mẫu" in ran.out
    assert f"partydoc edit {ids[0][:12]} 'place=Hà Mẫu'" in ran.err
    assert value(archive, ids[0], "signer") == "Lê Mẫu"


def test_what_was_typed_in_an_editor_and_cannot_be_saved_is_shown(
    run: Run, archive: Archive, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "s/^place: .*/place: Hà Mẫu/", "s/^number: .*/number: -/")
    again = f"partydoc edit {ids[0][:12]} 'number=K/số' 'place=Hà Mẫu'"
    with archive.writing(wait=5):
        assert again in run("-a", archive.root, "edit", REFERENCE, "--wait", "0", code=6).err
    with monkeypatch.context() as full:
        full.setattr("partydoc.archive.disk._sync", no_room)
        assert again in run("-a", archive.root, "edit", REFERENCE, code=9).err
    assert not canary.traces([archive.root], ["Hà Mẫu"])
    run(*shlex.split(again.replace("partydoc", f"-a {archive.root}", 1)))
    assert value(archive, ids[0], "place") == "Hà Mẫu"


def no_room(path: Path) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_of_an_editor_that_fails_nothing_stays(
    run: Run, archive: Archive, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = editor(monkeypatch, tmp_path, "s/^place: .*/place: Hà Mẫu/")
    with (tmp_path / "editor.sh").open("a") as script:
        script.write("exit 1\n")
    err = run("-a", archive.root, "edit", REFERENCE, code=2).err
    assert seen.exists() and "editor ended with an error" in err and "place: Hà Mẫu" in err
    assert not canary.traces([archive.root], ["Hà Mẫu"])


def test_log_and_undo(run: Run, archive: Archive, ids: list[str]) -> None:
    run("-a", archive.root, "edit", ids[0][:8], ids[1][:8], "place=Hà Mẫu")
    run("-a", archive.root, "edit", ids[0][:8], "signer=Lê Mẫu")
    lines = run("-a", archive.root, "log", "--json").lines
    for line in lines:
        judge("json/log", line)
    assert [(line["what"], line["documents"], line["fields"]) for line in lines] == [
        ("edit", 1, ["signer"]), ("edit", 2, ["place"]), ("scan", 3, []),
    ]  # fmt: skip
    assert len(run("-a", archive.root, "log", "--limit", 1).out.splitlines()) == 1
    assert [line["what"] for line in run("-a", archive.root, "log", "--json", ids[1]).lines] == [
        "edit", "scan",
    ]  # fmt: skip
    number = lines[1]["operation"]
    assert "place: Hà Mẫu → Mẫu Sơn" in run("-a", archive.root, "undo", number).out
    undone = run("-a", archive.root, "undo", number + 2, "--json").lines
    for line in undone:
        judge("json/edit", line)
    assert [line["after"]["place"]["value"] for line in undone] == ["Hà Mẫu", "Hà Mẫu"]
    text = run("-a", archive.root, "log").out.splitlines()[0]
    assert f"undoes {number + 2}" in text and "2 documents" in text and os.uname().nodename in text


def test_undo_of_what_cannot_be_undone_says_what_to_do(run: Run, archive: Archive) -> None:
    assert "partydoc log" in run("-a", archive.root, "undo", 99, code=2).err
    assert "partydoc edit" in run("-a", archive.root, "undo", 1, code=2).err


def test_undo_tells_how_many_documents_stand_in_hold_now(
    run: Run, archive: Archive, ids: list[str]
) -> None:
    run("-a", archive.root, "edit", *ids[:2], "place=Hà Mẫu")
    run("-a", archive.root, "classify", ids[0], "--secret", "mat")
    for reached in (1, 0):
        ran = run("-a", archive.root, "undo", 2, code=3)
        assert "1 document stands in hold now" in ran.err and ids[0][:8] not in ran.out + ran.err
        assert ran.out.count("→") == reached
    *_others, held = run("-a", archive.root, "undo", 2, "--json", code=3).lines
    judge("json/edit", held)
    assert held == {"version": 1, "outcome": "held", "documents": 1}


def test_undo_leaves_what_was_changed_since(run: Run, archive: Archive, ids: list[str]) -> None:
    run("-a", archive.root, "edit", REFERENCE, "place=Hà Mẫu", "signer=Lê Mẫu")
    run("-a", archive.root, "edit", REFERENCE, "place=Sông Mẫu")
    ran = run("-a", archive.root, "undo", 2, code=3)
    assert "place was changed meanwhile and stays: Sông Mẫu" in ran.out
    assert value(archive, ids[0], "signer") is None
