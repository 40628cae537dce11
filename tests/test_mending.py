"""A search over an index that is damaged, missing, late, or belongs to somebody else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import desk
import papers
import pytest
from conftest import Ran, Run

from partydoc import indexing, mending
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.store import Store
from partydoc.index import ENGINES, Index, parse
from partydoc.searchable import documents_since

NOBODY = 65534
COUNT = 4
WORD = "phoi hop"


@pytest.fixture(params=ENGINES)
def archive(request: pytest.FixtureRequest, fast_disk: Path, run: Run) -> Archive:
    """An archive with four documents, searched by the one engine and by the other."""
    if request.param == "tantivy":
        pytest.importorskip("tantivy", reason="the extra `fast` is not installed")
    archive, _ids = papers.filled(fast_disk, COUNT)
    run("-a", archive.root, "index", "--engine", request.param)
    return open_archive(archive.root)


def data_files(archive: Archive) -> list[Path]:
    found = (path for path in sorted((archive.index / "data").iterdir()) if path.is_file())
    return [path for path in found if "lock" not in path.name.lower()]


def searched(run: Run, archive: Archive) -> str:
    """Search for what all documents hold; return what was said beside the hits and their count."""
    found = run("-a", archive.root, "search", WORD, "--json")
    assert len(found.lines) == COUNT
    *told, count = found.err.splitlines(keepends=True)
    assert json.loads(count)["total"] == COUNT
    return "".join(told)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def garble(path: Path) -> None:
    path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))


MADE_ANEW = r"The search index was {} and has been made anew \(4 documents, \d+ s\)\.\n"


@pytest.mark.slow
@pytest.mark.parametrize("damage", [cut, garble, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_search_mends_what_is_damaged_and_says_so_once(
    run: Run, archive: Archive, damage: Callable[[Path], object]
) -> None:
    names = [path.name for path in data_files(archive)]
    for name in (names[0], names[len(names) // 2], names[-1], "../state.json"):
        path = archive.index / "data" / name
        damage(path if path.exists() else data_files(archive)[0])
        assert re.match(MADE_ANEW.format("damaged"), searched(run, archive))
        assert "anew" not in searched(run, archive)
    assert run("-a", archive.root, "index", "--check").out == ""


def test_a_missing_index_is_made_anew(run: Run, archive: Archive) -> None:
    shutil.rmtree(archive.index)
    assert re.match(MADE_ANEW.format("missing"), searched(run, archive))


def test_an_index_that_lost_documents_is_made_anew_by_the_next_run(
    run: Run, archive: Archive
) -> None:
    with Index(archive.index, archive.settings.engine) as index:
        state = index.state()
        assert state
        lost = run("-a", archive.root, "search", WORD, "--json").lines[0]["id"]
        index.update([], [lost], state.generation, state.mark)
    assert "3 documents instead of 4" in run("-a", archive.root, "index", "--check", code=4).out
    line = run("-a", archive.root, "index", "--json").lines[0]
    assert (line["anew"], line["total"]) == ("damaged", COUNT)
    searched(run, archive)


def test_damage_without_another_size_or_time_is_found_at_night(run: Run, archive: Archive) -> None:
    path = max(data_files(archive), key=lambda path: path.stat().st_size)
    times = path.stat()
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    path.write_bytes(whole)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert run("-a", archive.root, "nightly", "--json").lines[0]["index_anew"] == "damaged"
    assert run("-a", archive.root, "nightly", "--json").lines[0]["index_anew"] is None
    searched(run, archive)


@pytest.fixture
def interrupted(run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Interrupt a rebuild at its last document; return the ids of those read for it since."""
    monkeypatch.setattr("partydoc.index.writing.BATCH", 1)
    read: list[str] = []
    whole = Store.texts

    def texts(self: Store, document: str) -> tuple[str, ...]:
        if len(read) == 3:
            raise KeyboardInterrupt
        read.append(document)
        return whole(self, document)

    with monkeypatch.context() as broken:
        broken.setattr(Store, "texts", texts)
        run("-a", archive.root, "index", "--rebuild", code=130)
    read.clear()
    monkeypatch.setattr(Store, "texts", lambda self, one: read.append(one) or whole(self, one))
    return read


@pytest.mark.parametrize("again", [["index", "--rebuild"], ["index"], ["nightly"]])
def test_an_interrupted_rebuild_is_gone_on_with(
    run: Run, archive: Archive, interrupted: list[str], again: list[str]
) -> None:
    with Index(archive.index, archive.settings.engine) as index:
        assert index.search(parse([WORD]), 5).total == COUNT  # the old one answers
    done = run("-a", archive.root, *again)
    assert len(interrupted) == COUNT - 1  # the last batch may have been one of several
    assert again == ["nightly"] or "2 of 4 documents are done" in done.err
    assert run("-a", archive.root, "index", "--check").out == ""
    assert searched(run, archive) == ""
    assert not list(archive.root.glob("index.*"))


def test_a_change_of_engine_can_be_interrupted(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("tantivy", reason="the extra `fast` is not installed")
    other = next(name for name in ENGINES if name != archive.settings.engine)

    def stopped(self: Store, document: str) -> tuple[str, ...]:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Store, "texts", stopped)
        run("-a", archive.root, "index", "--engine", other, code=130)
    assert open_archive(archive.root).settings == archive.settings
    assert searched(run, archive) == ""
    with monkeypatch.context() as broken:
        broken.setattr("partydoc.archive.settings.change_engine", stopped)
        run("-a", archive.root, "index", "--engine", other, code=130)
    assert re.match(MADE_ANEW.format("out of date"), searched(run, archive))
    run("-a", archive.root, "index", "--engine", other)
    assert open_archive(archive.root).settings.engine == other
    assert searched(run, archive) == ""
    assert not list(archive.root.glob("index.*"))


def test_a_missing_engine_names_both_ways_out_and_changes_nothing(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = archive.settings.engine
    monkeypatch.setitem(sys.modules, engine, None)
    monkeypatch.delitem(sys.modules, f"partydoc.index.{engine}_engine", raising=False)
    monkeypatch.delitem(sys.modules, "partydoc.index.whoosh_fields", raising=False)
    before = (archive.root / "partydoc.toml").read_bytes()
    for command in (["search", WORD], ["index"], ["index", "--rebuild"]):
        err = run("-a", archive.root, *command, code=7).err
        assert "pip install" in err
        assert "partydoc index --engine" in err
    assert (archive.root / "partydoc.toml").read_bytes() == before


def test_a_search_waits_for_nobody_who_writes(run: Run, archive: Archive) -> None:
    with archive.writing(wait=0):
        assert searched(run, archive) == ""
        rebuild_catalogue(archive)  # now the index is one of an earlier catalogue
        assert searched(run, archive) == ""
    assert re.match(MADE_ANEW.format("out of date"), searched(run, archive))


def test_who_finds_damage_while_another_writes_is_told_to_wait(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mending, "_PATIENCE_SECONDS", 0.2)
    garble(data_files(archive)[0])
    with archive.writing(wait=0):
        err = run("-a", archive.root, "search", WORD, code=6).err
        assert "damaged, and another partydoc is writing" in err
    assert re.match(MADE_ANEW.format("damaged"), searched(run, archive))


def test_of_two_searches_over_a_damaged_index_one_mends_it(archive: Archive) -> None:
    garble(data_files(archive)[0])
    command = [sys.executable, "-m", "partydoc", "-a", str(archive.root), "search", WORD]
    environment = os.environ | {"PARTYDOC_LANG": "en"}
    working = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        for _ in range(3)
    ]
    told = [child.communicate() for child in working]
    assert [child.returncode for child in working] == [0, 0, 0], told
    assert sum(err.count(b"made anew") for _out, err in told) == 1
    assert all(b"4 documents found" in err for _out, err in told)


#: Runs partydoc as root on a copy, so that all it needs is loaded, wherever Python may lie; then
#: as somebody who belongs to the archive's group and may only read.
READER = """
import os, sys, tempfile, pwd, zlib
from partydoc import cli, mending
from partydoc.index import foreign
copy, root, user, *words = sys.argv[1:]
cli.run(["-a", copy, *words])
sys.stdout.flush()
os.truncate(1, 0), os.lseek(1, 0, 0)
os.truncate(2, 0), os.lseek(2, 0, 0)
os.setgroups([os.stat(root).st_gid])
os.setgid(int(user))
os.setuid(int(user))
sys.exit(cli.run(["-a", root, *words]))
"""


@pytest.fixture
def as_reader(archive: Archive) -> Iterator[Callable[..., Ran]]:
    """Run partydoc as somebody who may only read; nothing of theirs may stand in the archive."""
    if os.geteuid() != 0:
        pytest.skip("NOT CHECKED: only root can become somebody else")
    around = archive.root.parent
    around.chmod(0o711)
    home = around / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    environment = os.environ | {"PARTYDOC_LANG": "en", "TMPDIR": str(home), "HOME": str(home)}
    environment.pop("XDG_STATE_HOME", None)

    def run_as_reader(*words: str) -> Ran:
        shutil.copytree(archive.root, around / "copy", dirs_exist_ok=True)
        command = [sys.executable, "-c", READER, around / "copy", archive.root, str(NOBODY), *words]
        out, err = around / "out", around / "err"
        with out.open("w") as stdout, err.open("w") as stderr:
            done = subprocess.run(
                command, stdout=stdout, stderr=stderr, env=environment, timeout=60, check=False
            )
        return Ran(done.returncode, out.read_text(), err.read_text())

    before = sorted(archive.root.rglob("*"))
    yield run_as_reader
    assert sorted(archive.root.rglob("*")) == before
    assert not list(home.glob("partydoc*"))


def test_somebody_who_may_only_read_can_search(as_reader: Callable[..., Ran]) -> None:
    found = as_reader("search", WORD, "--json")
    assert (found.code, len(found.lines)) == (0, COUNT), found.err
    assert as_reader("index", "--check").code == 0


def test_somebody_who_may_only_read_is_answered_by_an_index_of_an_earlier_catalogue(
    as_reader: Callable[..., Ran], archive: Archive
) -> None:
    rebuild_catalogue(archive)
    found = as_reader("search", WORD, "--json")
    assert (found.code, len(found.lines)) == (0, COUNT), found.err


def test_somebody_who_may_only_read_learns_who_can_mend_the_index(
    as_reader: Callable[..., Ran], archive: Archive
) -> None:
    garble(data_files(archive)[0])
    found = as_reader("search", WORD)
    assert found.code == 1
    assert "this account may not mend it" in found.err
    assert f"root has to type: partydoc -a {archive.root} index" in found.err


def test_a_search_writes_nothing_in_the_archive(run: Run, archive: Archive) -> None:
    searched(run, archive)
    before = [(path, path.stat().st_mtime_ns) for path in sorted(archive.root.rglob("*"))]
    searched(run, archive)
    assert [(path, path.stat().st_mtime_ns) for path in sorted(archive.root.rglob("*"))] == before


def test_what_was_begun_for_a_catalogue_that_knew_more_is_removed_first(
    run: Run, archive: Archive, interrupted: list[str]
) -> None:
    """A document may have gone into hold since; its text stands in what was begun."""
    rebuild_catalogue(archive)
    with desk.at_work(archive) as opened:
        indexing.forget_withheld(opened)
    assert not list(archive.root.glob("index.*"))


def test_an_index_crowded_by_deleted_documents_is_made_anew(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_LITTER", 1)
    with (
        Catalogue(archive.catalogue) as catalogue,
        Index(archive.index, archive.settings.engine) as index,
    ):
        for document in list(documents_since(catalogue, 0, Store(archive)))[:3]:
            index.update([document], [], catalogue.generation, catalogue.mark)
        assert index.deleted() == 3
        line = run("-a", archive.root, "index", "--json").lines[0]
        assert (line["anew"], line["total"]) == ("crowded", COUNT)
        assert index.deleted() == 0
    assert run("-a", archive.root, "index", "--json").lines[0]["anew"] is None


def test_files_of_a_copied_archive_are_read_once_and_then_known_again(
    run: Run, archive: Archive
) -> None:
    for path in data_files(archive):
        os.utime(path)
    run("-a", archive.root, "index")
    known = Index(archive.index, archive.settings.engine).state()
    assert known is not None
    times = {path.name: path.stat().st_mtime_ns for path in data_files(archive)}
    assert {name: seal[1] for name, seal in known.files.items()} == times
    assert searched(run, archive) == ""
