"""The oracle sees what is wrong: each kind of breach is made by hand."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from partydoc import destroying, ocr
from partydoc.archive import purging
from torture import child, oracle, stock
from torture.stock import Stock, ident

#: What has another meaning where a campaign runs, and would keep it for the tests that follow.
STAND_INS = {
    ocr: ("Inspector", "Readers", "require"), destroying: ("account",), purging: ("account",),
}  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Iterator[Stock]:
    with pytest.MonkeyPatch.context() as patch, stock.fast_folder() as folder:
        for place, names in STAND_INS.items():
            for name in names:
                patch.setattr(place, name, getattr(place, name))  # put back in the end
        yield stock.make(folder)
    child.warm.cache_clear()


def _object(now: Stock, name: str = "one") -> Path:
    (folder,) = oracle.documents(now.root)[ident(name)]
    return folder


def _lose(now: Stock) -> None:
    shutil.rmtree(_object(now))


def _double(now: Stock) -> None:
    folder = _object(now)
    twin = now.root / "hold" / "objects" / folder.relative_to(now.root / "store")
    shutil.copytree(folder, twin)


def _invite(now: Stock) -> None:
    folder = _object(now)
    shutil.copytree(folder, folder.with_name(folder.name[:-4] + "0000"))


def _flip(now: Stock) -> None:
    path = _object(now) / "v2" / "content" / "access.pdf"
    path.chmod(0o600)
    path.write_bytes(b"?" + path.read_bytes()[1:])


def _change_row(now: Stock) -> None:
    with closing(sqlite3.connect(now.root / "catalogue.sqlite")) as db, db:
        db.execute("UPDATE documents SET status = 'described' WHERE id = ?", (ident("two"),))


def _drop_entry(now: Stock) -> None:
    with closing(sqlite3.connect(now.root / "catalogue.sqlite")) as db, db:
        db.execute("DELETE FROM entries WHERE document = ?", (ident("two"),))


def _leave_job(now: Stock) -> None:
    (now.root / "hold" / "staging" / "job-left").mkdir()


def _edit_log(now: Stock) -> None:
    (path,) = (now.root / "audit").iterdir()
    path.write_bytes(path.read_bytes().replace(b'"kept"', b'"Kept"', 1))


def _tear_log(now: Stock) -> None:
    (path,) = (now.root / "audit").iterdir()
    path.write_bytes(path.read_bytes()[:-20])


def _cut_log(now: Stock) -> None:
    (path,) = (now.root / "audit").iterdir()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if b'"edit"' not in line))


def _cut_intake(now: Stock) -> None:
    (path,) = (now.root / "audit").iterdir()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if ident("unread").encode() not in line))


def _cross_unsaid(now: Stock) -> None:
    (held,) = oracle.documents(now.root)[ident("unsure")]
    place = now.root / "store" / held.relative_to(now.root / "hold" / "objects")
    place.parent.mkdir(parents=True)
    held.rename(place)


def _leave_half(now: Stock) -> None:
    (now.root / "store" / "ocfl_layout.json.new-17").touch()


def _forget(now: Stock) -> None:
    now.must("edit", ident("one"), "place=Nơi khác")


@pytest.mark.parametrize(
    ("breach", "word"),
    [
        (_lose, "lost"), (_double, "twice"), (_invite, "uninvited"), (_flip, "broken"),
        (_flip, "broken to ocfl-py"), (_change_row, "catalogue"), (_drop_entry, "catalogue"),
        (_leave_job, "left over"), (_edit_log, "audit"), (_tear_log, "audit"),
        (_cut_log, "unlogged"), (_cut_intake, "unlogged"),
        (_cross_unsaid, "unlogged"), (_leave_half, "left over"), (_forget, "forgotten"),
    ],
)  # fmt: skip
def test_a_breach_is_seen(
    made: Stock, tmp_path: Path, breach: Callable[[Stock], None], word: str
) -> None:
    now = made.copy(tmp_path / "archive")
    assert oracle.judge(now.root, now.inputs, now.said) == []
    breach(now)
    found = oracle.judge(now.root, now.inputs, now.said)
    assert any(one.startswith(f"{word}:") for one in found), found


def test_a_file_still_in_the_inbox_or_in_quarantine_is_not_lost(
    made: Stock, tmp_path: Path
) -> None:
    now = made.copy(tmp_path / "archive")
    paths = [now.root / "inbox" / "a.pdf", now.root / "quarantine" / "b.pdf"]
    for path in paths:
        path.write_bytes(path.name.encode())
    digests = [oracle.sha256(path.read_bytes()) for path in paths]
    assert oracle.lost(now.root, digests) == []
    paths[0].unlink()
    assert oracle.lost(now.root, digests) == [f"lost: {digests[0][:12]}"]


def test_a_second_opinion_that_cannot_be_asked_is_a_finding(
    made: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ocfl.validator", None)
    found = oracle.judge(made.root, made.inputs, made.said)
    assert found and all(one.endswith("NOT RUN: ocfl-py is not installed") for one in found)


def test_the_oracle_imports_nothing_of_partydoc() -> None:
    code = "import torture.oracle, sys, json; print(json.dumps(sorted(sys.modules)))"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    assert not [name for name in json.loads(done.stdout) if name.startswith("partydoc")]
