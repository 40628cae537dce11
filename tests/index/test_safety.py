"""What an index says of itself is true, whatever happened to its files or to who wrote it."""

import contextlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from corpus import PAPERS, RESOLUTION, paper

from partydoc.errors import Damage
from partydoc.index import Index, files, foreign, opening, parse, schema, state, swap, writing


def data_files(index: Index) -> list[Path]:
    found = (path for path in sorted((index.folder / "data").iterdir()) if path.is_file())
    return [path for path in found if "lock" not in path.name.lower()]


def put(path: Path, content: bytes) -> None:
    """Put a file in the place of another: a thread that still maps the old one would be killed."""
    path.unlink()
    path.write_bytes(content)


def cut(path: Path) -> None:
    put(path, path.read_bytes()[:-1])


def empty(path: Path) -> None:
    put(path, b"")


def garble(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 0x55
    put(path, bytes(whole))


def delete(path: Path) -> None:
    path.unlink()


DAMAGES = (cut, empty, garble, delete)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_to_any_file_is_noticed_by_the_next_search(desk, damage):
    desk.hold(*PAPERS)
    desk.index.update([RESOLUTION.but(change=5)], ["letter"], "one", 5)
    desk.index.close()
    whole = desk.index.folder.with_name("whole")
    desk.index.folder.rename(whole)
    names = [path.name for path in data_files(Index(whole, desk.index.engine))]
    assert len(names) > 5
    for name in names:
        shutil.copytree(whole, desk.index.folder)
        damage(desk.index.folder / "data" / name)
        with pytest.raises(Damage):
            desk.ask("kinh phi")
        assert desk.index.check(), name
        desk.index.close()
        shutil.rmtree(desk.index.folder)


def test_damage_that_keeps_size_and_time_is_found_when_every_byte_is_read(desk):
    desk.hold(*PAPERS)
    desk.index.close()
    for path in data_files(desk.index):
        whole, times = path.read_bytes(), path.stat()
        garble(path)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert [finding.kind for finding in desk.index.check(deep=True)] == ["altered"], path.name
        put(path, whole)
    assert desk.index.check(deep=True) == ()


@pytest.mark.slow
@pytest.mark.parametrize("filler", [b"\x00", b"\xff"])
def test_garbled_files_that_look_untouched_never_end_in_a_traceback(desk, filler):
    desk.hold(*PAPERS)
    desk.index.close()
    for path in data_files(desk.index):
        whole, times = path.read_bytes(), path.stat()
        third = len(whole) // 3
        put(path, whole[:third] + filler * third + whole[2 * third :])
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        for query in (["kinh phi"], ["chuyen", "so"], ["kinh*"], ["date:2000.."]):
            with contextlib.suppress(Damage):
                desk.ask(*query)
        desk.index.check()
        desk.index.close()
        put(path, whole)
    assert desk.ask("kinh phi") == ["resolution"]


@pytest.mark.parametrize("engine", ["tantivy"], indirect=True)
def test_documents_of_which_the_stored_text_is_gone_are_damage(desk):
    """The compiled engine finds its fields by their names, which stand in a file of their own."""
    desk.hold(*PAPERS)
    desk.index.close()
    path = desk.index.folder / "data" / "meta.json"
    whole, times = path.read_bytes(), path.stat()
    put(path, whole.replace(b'"stored",', b'"starod",'))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(Damage):
        desk.ask("kinh phi")


def test_a_copy_of_an_index_is_as_good(desk):
    desk.hold(*PAPERS)
    for path in data_files(desk.index):
        os.utime(path)
    desk.index.close()
    assert desk.ask("kinh phi") == ["resolution"]
    assert desk.index.check(deep=True) == ()


def test_a_state_of_which_a_byte_was_changed_is_not_believed(desk):
    desk.hold(*PAPERS)
    sentinel = desk.index.folder / state.NAME
    said = sentinel.read_text()
    assert desk.index.state().mark == 4
    sentinel.write_text(said.replace('"mark": 4', '"mark": 5'))
    assert desk.index.state() is None
    assert desk.index.fault() == "damaged"
    sentinel.write_text(said)
    assert desk.index.state().mark == 4


def test_why_an_index_has_no_state_is_known(desk):
    assert desk.index.fault() == "missing"
    desk.hold(*PAPERS)
    other = next(name for name in opening.ENGINES if name != desk.index.engine)
    assert Index(desk.index.folder, other).fault() == "outdated"
    (desk.index.folder / state.NAME).unlink()
    assert desk.index.fault() == "damaged"


def test_an_index_that_lost_documents_without_a_trace_is_noticed(desk):
    """The files are what their seals say, and the engine opens them; only the count tells."""
    desk.hold(*PAPERS)
    said = desk.index.state()
    desk.hold(*PAPERS[:3])
    few = desk.index.state()
    state.write(desk.index.folder, replace(said, files=few.files))
    with pytest.raises(Damage):
        desk.ask("chuyen")
    with pytest.raises(Damage):
        desk.index.update([RESOLUTION], [], "one", 9)
    assert [finding.kind for finding in desk.index.check()] == ["count"]


def test_while_a_writer_is_at_work_nothing_is_compared(desk):
    desk.hold(*PAPERS)
    work = writing.Work(desk.index.folder, desk.index.state())
    assert not desk.index.state().settled
    assert work.write([paper("new", "thủy lợi", change=9)], ["letter"], fresh=False) == 1
    assert desk.ask("thuy loi") == ["new"]  # what was committed is seen before the writer is done
    work.finish(9)
    assert desk.index.state().settled
    assert desk.index.check(deep=True) == ()


def test_what_a_writer_leaves_that_dies_is_still_searched_and_gone_on_with(desk):
    desk.hold(*PAPERS)
    work = writing.Work(desk.index.folder, desk.index.state())
    work.write([paper("new", "thủy lợi", change=9)], [], fresh=False)
    del work  # it never finished
    assert desk.ask("thuy loi") == ["new"]
    assert desk.index.state().mark == len(PAPERS)
    desk.index.update([paper("new", "thủy lợi", change=9)], [], "one", 9)
    assert desk.index.state().documents == len(PAPERS) + 1
    assert desk.index.check(deep=True) == ()


def test_an_index_that_does_not_find_what_it_was_given_fails_its_test(desk, monkeypatch):
    desk.hold(*PAPERS)
    other = schema.entry(paper("other", "thủy lợi"))
    monkeypatch.setattr("partydoc.index.writing.schema.entry", lambda document: other)
    with pytest.raises(Damage, match="does not find document new"):
        desk.index.update([paper("new", "thủy lợi", change=9)], [], "one", 9)
    assert not desk.index.state().settled


def test_deleted_documents_that_still_take_room_are_counted(desk):
    desk.index.rebuild(papers(1, 50), "one", 50)
    assert desk.index.deleted() == 0
    desk.index.update(papers(1, 10), ["d50"], "one", 60)
    assert desk.index.deleted() == 11
    desk.index.rebuild(papers(1, 50), "one", 60)
    assert desk.index.deleted() == 0


def papers(first: int, last: int):
    return [paper(f"d{n}", f"thủy lợi số {n}", change=n) for n in range(first, last + 1)]


def failing(documents, after: int):
    for number, document in enumerate(documents):
        if number == after:
            raise KeyboardInterrupt
        yield document


def interrupt_a_rebuild(index: Index) -> None:
    """Let a rebuild of a hundred papers be stopped at the 48th."""
    with pytest.raises(KeyboardInterrupt):
        index.rebuild(failing(papers(1, 100), 47), "two", 100)


def test_an_interrupted_rebuild_goes_on_from_the_last_batch(desk, monkeypatch):
    monkeypatch.setattr("partydoc.index.writing.BATCH", 10)
    desk.hold(*PAPERS)
    interrupt_a_rebuild(desk.index)
    assert desk.ask("chuyen", "in:described") == ["resolution"]  # the old one answers
    begun = desk.index.begun("two")
    assert (begun.mark, begun.documents) == (39, 40)
    seen = []
    rest = (seen.append(document.id) or document for document in papers(40, 100))
    assert desk.index.rebuild(rest, "two", 100, (), begun) == 100
    assert len(seen) == 61
    assert len(desk.ask("thuy loi", limit=200)) == 100
    assert desk.index.check(deep=True) == ()
    assert [path.name for path in desk.index.folder.parent.iterdir()] == ["index"]


def test_what_changed_between_two_halves_of_a_rebuild_is_in_it(desk, monkeypatch):
    monkeypatch.setattr("partydoc.index.writing.BATCH", 10)
    with pytest.raises(KeyboardInterrupt):
        desk.index.rebuild(failing(papers(1, 100), 50), "two", 100)
    begun = desk.index.begun("two")
    later = [*papers(40, 100), papers(3, 3)[0].but(change=101, pages=("chỉnh lý",))]
    assert desk.index.rebuild(later, "two", 102, ["d4"], begun) == 99
    assert desk.ask("chinh ly") == ["d3"]
    assert len(desk.ask("thuy loi", limit=200)) == 98


def test_a_rebuild_of_another_catalogue_or_engine_is_not_gone_on_with(desk, monkeypatch):
    monkeypatch.setattr("partydoc.index.writing.BATCH", 10)
    desk.hold(*PAPERS)
    interrupt_a_rebuild(desk.index)
    assert desk.index.begun("three") is None
    other = next(name for name in opening.ENGINES if name != desk.index.engine)
    assert Index(desk.index.folder, other).begun("two") is None
    assert desk.index.generation_begun() == "two"
    desk.index.forget_begun()
    assert desk.index.begun("two") is None
    assert [path.name for path in desk.index.folder.parent.iterdir()] == ["index"]


def test_what_was_begun_and_then_damaged_is_damage(desk, monkeypatch):
    monkeypatch.setattr("partydoc.index.writing.BATCH", 10)
    interrupt_a_rebuild(desk.index)
    begun = desk.index.begun("two")
    for path in data_files(Index(swap.beside(desk.index.folder), desk.index.engine)):
        empty(path)
    with pytest.raises(Damage):
        desk.index.rebuild(papers(40, 100), "two", 100, (), begun)
    assert desk.index.rebuild(papers(1, 100), "two", 100) == 100


def test_the_old_index_left_beside_by_a_kill_after_the_swap_does_no_harm(desk):
    desk.hold(*PAPERS)
    desk.index.close()
    shutil.copytree(desk.index.folder, swap.beside(desk.index.folder))
    desk.index.update(papers(5, 8), [], "one", 8)
    begun = desk.index.begun("one")
    assert desk.index.rebuild(papers(5, 8), "one", 8, (), begun) == len(PAPERS) + 4
    assert desk.index.check(deep=True) == ()


def test_only_new_files_are_read_for_their_seals(tmp_path, monkeypatch):
    for name in "abc":
        (tmp_path / name).write_text(name)
    (tmp_path / "MAIN_WRITELOCK").touch()
    first = files.seals(tmp_path, {})
    assert sorted(first) == ["a", "b", "c"]
    (tmp_path / "d").write_text("d")
    read = []
    crc = files._crc
    monkeypatch.setattr(files, "_crc", lambda path: read.append(path.name) or crc(path))
    known = json.loads(json.dumps(first))
    assert files.seals(tmp_path, known).keys() == {"a", "b", "c", "d"}
    assert read == ["d"]


def test_views_of_dead_processes_are_swept_and_those_of_living_ones_stay(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    index = tmp_path / "index"
    index.mkdir()
    (index / "meta.json").touch()
    (tmp_path / "partydoc-view-999999999-x").mkdir()
    (tmp_path / f"partydoc-view-{os.getpid()}-x").mkdir()
    (tmp_path / "partydoc-view-strange").mkdir()
    with foreign.view(index) as beside:
        assert [path.name for path in beside.iterdir()] == ["meta.json"]
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"index", f"partydoc-view-{os.getpid()}-x"}


def test_a_lock_made_while_a_view_is_removed_stops_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    index = tmp_path / "index"
    index.mkdir()
    rmdir = os.rmdir

    def late(path, **options):
        (view / ".tantivy-meta.lock").touch()
        rmdir(path, **options)

    with foreign.view(index) as view:
        monkeypatch.setattr("os.rmdir", late)
    assert (view / ".tantivy-meta.lock").exists()


def test_what_killed_writers_left_is_removed_by_the_next(desk):
    desk.hold(*PAPERS)
    data = desk.index.folder / "data"
    left = data / ("_MAIN_1.toc.123.4" if desk.index.engine == "whoosh" else ".tmpAbCdEf")
    left.write_text("half")
    desk.index.update([RESOLUTION.but(change=5)], [], "one", 5)
    assert not left.exists()
    assert desk.index.search(parse(["kinh phi"]), 5).total == 1
