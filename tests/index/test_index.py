import json
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from corpus import PAPERS, RESOLUTION, paper

from partydoc.errors import Damage, Locked, MissingTool, UsageProblem
from partydoc.index import Index, opening, parse, schema, state, swap


def test_an_index_that_is_not_there_has_no_state_and_cannot_be_searched(index):
    assert index.state() is None
    assert [finding.kind for finding in index.check()] == ["unreadable"]
    with pytest.raises(Damage):
        index.search(parse(["a"]), 10)
    with pytest.raises(Damage):
        index.update([], [], "one", 1)


def test_a_rebuilt_index_says_what_it_holds(index):
    assert index.rebuild(PAPERS, "one", 7) == len(PAPERS)
    state = index.state()
    assert (state.engine, state.generation, state.mark) == (index.engine, "one", 7)
    assert state.documents == len(PAPERS)
    assert index.check() == ()


def test_an_index_of_another_engine_or_schema_has_no_state(index):
    index.rebuild(PAPERS, "one", 7)
    other = next(name for name in opening.ENGINES if name != index.engine)
    assert Index(index.folder, other).state() is None
    sentinel = index.folder / "state.json"
    sentinel.write_text(json.dumps(json.loads(sentinel.read_text()) | {"schema": 0}))
    assert index.state() is None
    sentinel.write_text("{")
    assert index.state() is None


def test_an_index_of_another_catalogue_is_not_updated(index):
    index.rebuild(PAPERS, "one", 7)
    with pytest.raises(Damage):
        index.update([], [], "two", 8)


def test_an_update_adds_replaces_and_removes(desk):
    desk.hold(*PAPERS)
    changed = RESOLUTION.but(change=5, pages=("Nghị quyết mới về thủy lợi",))
    added = paper("added", "báo cáo thủy lợi", change=6)
    assert desk.index.update([changed, added], ["letter"], "one", 6) == 2
    assert set(desk.ask("thuy loi")) == {"resolution", "added"}
    assert desk.ask("kinh phi") == desk.ask("dong chi") == []
    assert desk.index.state().documents == len(PAPERS)
    assert desk.index.state().mark == 6
    assert desk.index.check() == ()


def test_the_same_update_twice_changes_nothing(desk):
    desk.hold(*PAPERS)
    for _ in range(2):
        desk.index.update([RESOLUTION.but(change=5)], ["letter"], "one", 5)
    assert desk.ask("chuyen", "in:described") == ["resolution"]
    assert desk.index.state().documents == len(PAPERS) - 1


def test_an_update_may_only_remove_or_do_nothing(desk):
    desk.hold(*PAPERS)
    assert desk.index.update([], ["letter", "never-there"], "one", 9) == 0
    assert desk.index.update([], [], "one", 10) == 0
    assert desk.ask("dong chi") == []
    assert desk.index.state().mark == 10


def test_the_later_of_two_states_in_one_update_counts(desk):
    desk.hold()
    desk.index.update([paper("x", "cũ", change=1), paper("x", "mới", change=2)], [], "one", 2)
    assert (desk.ask("cu"), desk.ask("moi"), desk.index.state().documents) == ([], ["x"], 1)


def failing_after(count: int, text: str):
    yield from (paper(f"p{n}", text, change=n) for n in range(1, count + 1))
    raise OSError("no more")


def test_an_update_that_fails_half_way_keeps_whole_batches(desk, monkeypatch):
    monkeypatch.setattr("partydoc.index.writing.BATCH", 2)
    desk.hold()
    with pytest.raises(OSError, match="no more"):
        desk.index.update(failing_after(4, "thủy lợi"), [], "one", 5)
    assert desk.index.state().mark == 1  # document 2 may share its change with one to come
    assert len(desk.ask("thuy loi")) == 4
    desk.index.update([paper(f"p{n}", "thủy lợi", change=n) for n in range(2, 6)], [], "one", 5)
    assert len(desk.ask("thuy loi")) == desk.index.state().documents == 5


def test_a_rebuild_that_fails_leaves_the_old_index(desk):
    desk.hold(*PAPERS)
    with pytest.raises(OSError, match="no more"):
        desk.index.rebuild(failing_after(1, "y"), "two", 1)
    assert desk.ask("chuyen", "in:described") == ["resolution"]
    desk.index.rebuild(PAPERS, "two", 1)
    assert [path.name for path in desk.index.folder.parent.iterdir()] == ["index"]


def test_an_open_index_sees_what_another_writes(desk):
    desk.hold(*PAPERS)
    assert desk.ask("thuy loi") == []
    with Index(desk.index.folder, desk.index.engine) as other:
        other.update([paper("new", "thủy lợi", change=9)], [], "one", 9)
        assert desk.ask("thuy loi") == ["new"]
        other.rebuild(PAPERS, "two", 1)
    assert desk.ask("thuy loi") == []


def test_a_rebuilt_index_answers_like_an_updated_one(desk):
    desk.hold()
    for document in PAPERS:
        desk.index.update([document], [], "one", 1)
    queries = (["chuyen"], ["ngân", "sách"], ["date:2000.."], ["go may"], ["12-NQ/ĐU"])
    grown = [set(desk.ask(*query)) for query in queries]
    desk.hold(*PAPERS)
    assert [set(desk.ask(*query)) for query in queries] == grown


@pytest.mark.slow
def test_many_small_updates_do_not_pile_up(desk):
    desk.hold(*PAPERS)
    for n in range(40):
        desk.index.update([RESOLUTION.but(change=n)], [], "one", n)
    grown = sum(path.stat().st_size for path in desk.index.folder.rglob("*"))
    assert desk.ask("chuyen", "in:described") == ["resolution"]
    desk.hold(*PAPERS)
    assert grown < 8 * sum(path.stat().st_size for path in desk.index.folder.rglob("*"))


def test_lost_files_are_damage_and_a_rebuild_mends_it(desk):
    desk.hold(*PAPERS)
    desk.index.close()
    shutil.rmtree(desk.index.folder / "data")
    assert [finding.kind for finding in desk.index.check()] == ["altered"]
    with pytest.raises(Damage):
        desk.ask("chuyen")
    desk.hold(*PAPERS)
    assert desk.index.check() == ()


def test_a_wrong_count_is_found(desk):
    desk.hold(*PAPERS)
    state.write(desk.index.folder, replace(desk.index.state(), documents=99))
    assert [finding.kind for finding in desk.index.check()] == ["count"]
    with pytest.raises(Damage):
        desk.ask("chuyen")


def test_an_index_whose_words_are_lost_is_found(desk, monkeypatch):
    monkeypatch.setattr(schema, "_folded", lambda word: "x")
    monkeypatch.setattr(schema, "_FOLDED", schema._Words(schema.folded_words))
    desk.hold(*PAPERS)
    monkeypatch.undo()
    assert [finding.kind for finding in desk.index.check()] == ["not-found"]


def test_a_file_system_without_exchange_swaps_too(desk, monkeypatch):
    desk.hold(*PAPERS)
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    desk.hold(RESOLUTION)
    assert desk.index.state().documents == 1
    assert [path.name for path in desk.index.folder.parent.iterdir()] == ["index"]


def test_a_second_writer_waits_and_then_gives_up(desk, monkeypatch):
    desk.hold(*PAPERS)
    monkeypatch.setattr("partydoc.index.writing._PATIENCE_SECONDS", 0.2)
    engine = opening.open_engine(desk.index.engine, desk.index.folder / "data")
    writer = engine.writer()
    with pytest.raises(Locked):
        desk.index.update([RESOLUTION], [], "one", 9)
    writer.close()
    engine.close()
    assert desk.index.update([RESOLUTION], [], "one", 9) == 1


def test_a_missing_engine_names_its_package(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tantivy", None)
    monkeypatch.delitem(sys.modules, "partydoc.index.tantivy_engine", raising=False)
    with pytest.raises(MissingTool) as caught:
        Index(tmp_path / "index", "tantivy").rebuild(PAPERS, "one", 1)
    assert 'pip install "partydoc[fast]"' in caught.value.hint


def test_an_unknown_engine_is_refused(tmp_path):
    with pytest.raises(UsageProblem):
        Index(tmp_path / "index", "lucene").rebuild(PAPERS, "one", 1)


def test_one_who_may_only_read_can_search(desk, monkeypatch):
    desk.hold(*PAPERS)
    desk.index.close()
    before = sorted(desk.index.folder.rglob("*"))
    monkeypatch.setattr("os.access", lambda path, mode: False)
    data = desk.index.folder / "data"
    for path in data.glob(".*.lock"):
        path.unlink()
    assert set(desk.ask("chuyen")) == {"resolution", "report"}
    assert set(desk.index.folder.rglob("*")) <= set(before)
    assert not list(data.glob(".*.lock"))


def test_searching_loads_nothing_heavy(desk):
    desk.hold(*PAPERS)
    code = """
import sys
from pathlib import Path
from partydoc.index import Index, parse
before = {"whoosh", "tantivy"} & set(sys.modules)
total = Index(Path(sys.argv[1]), sys.argv[2]).search(parse(["chuyen"]), 5).total
heavy = {"PIL", "ocrmypdf", "rich", "click", "ctypes"} & set(sys.modules)
other = {"whoosh", "tantivy"} - {sys.argv[2]} & set(sys.modules)
print(total, before, heavy, other & set(sys.modules))
"""
    command = [sys.executable, "-W", "error::SyntaxWarning", "-c", code, str(desk.index.folder)]
    done = subprocess.run([*command, desk.index.engine], capture_output=True, text=True, check=True)
    assert done.stdout == "2 set() set() set()\n"
    assert done.stderr == ""


WRITER = """
import sys
from pathlib import Path
from partydoc.document import Searchable
from partydoc.index import Index, writing

writing.BATCH = 25
folder, engine, verb = sys.argv[1:]
index = Index(Path(folder), engine)
mark = index.state().mark
print("begun", flush=True)
new = (Searchable(f"d{n}", n, {}, (f"thủy lợi số {n} " * 40,)) for n in range(1, 301) if n > mark)
if verb == "update":
    index.update(new, [], "one", 300)
else:
    index.rebuild(new, "two", 300)
"""


def _kill(index, verb, after):
    command = [sys.executable, "-c", WRITER, str(index.folder), index.engine, verb]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"begun\n"
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    child.communicate()


@pytest.mark.slow
def test_an_update_killed_at_any_moment_is_finished_by_the_next(desk):
    chance = random.Random(desk.index.engine)
    for _ in range(3):
        desk.hold()
        for after in (chance.random() * 0.3, chance.random() * 0.6):
            _kill(desk.index, "update", after)
            assert len(desk.ask("thuy loi", limit=400)) >= desk.index.state().mark
        mark = desk.index.state().mark
        rest = [paper(f"d{n}", f"thủy lợi số {n}", change=n) for n in range(mark + 1, 301)]
        desk.index.update(rest, [], "one", 300)
        assert len(desk.ask("thuy loi", limit=400)) == desk.index.state().documents == 300
        assert desk.index.check() == ()


@pytest.mark.slow
def test_a_rebuild_killed_at_any_moment_leaves_the_old_or_the_new_index(desk):
    chance = random.Random(desk.index.engine)
    desk.hold(*PAPERS)
    for _ in range(4):
        _kill(desk.index, "rebuild", chance.random() * 0.8)
        expected = {"one": len(PAPERS), "two": 300 - len(PAPERS)}
        state = desk.index.state()
        assert state.documents == expected[state.generation]
        assert desk.index.check() == ()
        desk.hold(*PAPERS)
        assert [path.name for path in desk.index.folder.parent.iterdir()] == ["index"]


@pytest.mark.slow
def test_readers_never_miss_the_index_while_it_is_swapped(desk):
    desk.hold(*PAPERS)
    code = """
import sys
from pathlib import Path
from partydoc.index import Index, parse
while True:
    with Index(Path(sys.argv[1]), sys.argv[2]) as index:
        if index.state() is None or index.search(parse(["chi bo"]), 5).total != 2:
            sys.exit("missed")
"""
    command = [sys.executable, "-c", code, str(desk.index.folder), desk.index.engine]
    reader = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    for n in range(25):
        desk.index.rebuild(PAPERS, "one", n)
        desk.index.update([RESOLUTION.but(change=n)], [], "one", n)
    alive = reader.poll() is None
    reader.kill()
    assert alive, reader.stderr.read()
    reader.communicate()


def test_a_batch_ends_where_its_text_is_long(desk, monkeypatch):
    monkeypatch.setattr("partydoc.index.writing.BATCH_TEXT", 25)
    desk.hold()
    with pytest.raises(OSError, match="no more"):
        desk.index.update(failing_after(8, "thủy lợi x"), [], "one", 9)
    assert desk.index.state().mark == 5  # two batches of three are in
    assert len(desk.ask("thuy loi")) == 6
