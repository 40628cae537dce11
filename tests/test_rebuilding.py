"""An index that is made anew turn by turn, while others work in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import desk
import papers
import pytest
from papers import say

from partydoc import indexing, pace, rebuilding, searching, withholding
from partydoc import turns as given
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive, open_archive
from partydoc.document import Searchable
from partydoc.errors import Damage
from partydoc.index import Index, schema

COUNT = 6


class Turns:
    """Turns with room for one document each; what `between` does happens before the next one."""

    seconds = 0.0

    def __init__(self, archive: Archive, **between) -> None:
        self.archive = archive
        self.taken = 0
        self._between = {int(name[1:]): act for name, act in between.items()}

    @contextmanager
    def turn(self) -> Iterator[Opened]:
        act = self._between.pop(self.taken, None)
        if act:
            act()
        self.taken += 1
        with desk.at_work(open_archive(self.archive.root)) as opened:
            yield opened


@pytest.fixture
def filled(fast_disk: Path, monkeypatch, tmp_path: Path) -> tuple[Archive, list[str]]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return papers.filled(fast_disk, COUNT)


def found(archive: Archive, *words: str) -> set[str]:
    return {one.hit.id for one in searching.search(archive, words, 100, 0).results}


def test_each_turn_goes_on_where_the_last_one_stopped(filled) -> None:
    archive, ids = filled
    turns = Turns(archive)
    assert indexing.rebuild(turns).documents == COUNT
    assert turns.taken == COUNT
    assert found(archive, "phoi", "hop") == set(ids)
    assert indexing.check(archive) == ()
    assert not list(archive.root.glob("index.*"))


def test_what_is_corrected_between_two_turns_is_in_the_new_index(filled) -> None:
    archive, ids = filled

    def correct() -> None:
        for document in (ids[0], ids[-1]):
            say(archive, document, {"signer": "Nguyễn Văn Mẫu"})

    turns = Turns(archive, _3=correct)
    assert indexing.rebuild(turns).documents == COUNT
    assert found(archive, "signer:mau") == {ids[0], ids[-1]}
    assert indexing.check(archive) == ()


def test_the_old_index_answers_until_the_new_one_is_whole(filled) -> None:
    archive, ids = filled
    seen = []
    turns = Turns(archive, _2=lambda: seen.append(found(archive, "phoi", "hop")))
    indexing.rebuild(turns)
    assert seen == [set(ids)]


def test_another_run_leaves_alone_what_is_being_made(filled) -> None:
    archive, _ids = filled

    def another() -> None:
        with desk.at_work(archive) as opened:
            assert indexing.bring_up_to_date(opened).anew is None

    turns = Turns(archive, _3=another)
    indexing.rebuild(turns)
    assert turns.taken == COUNT


def test_what_nobody_makes_any_more_is_removed_by_the_next_run(filled) -> None:
    archive, _ids = filled

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexing.rebuild(Turns(archive, _3=stop))
    assert list(archive.root.glob("index.*"))
    with desk.at_work(archive) as opened:
        assert indexing.bring_up_to_date(opened).anew is None
    assert not list(archive.root.glob("index.*"))


def test_what_another_process_has_finished_is_not_done_again(filled) -> None:
    archive, _ids = filled

    def finish() -> None:
        with desk.at_work(archive) as opened:
            indexing.rebuild(opened)

    turns = Turns(archive, _3=finish)
    done = indexing.rebuild(turns)
    assert (done.documents, done.total, done.anew) == (0, COUNT, None)
    assert turns.taken == 5  # the fourth sees it; the last brings it up to date


def test_a_document_that_goes_into_hold_between_two_turns_leaves_no_text(filled) -> None:
    archive, ids = filled

    def withhold() -> None:
        with desk.at_work(archive) as opened:
            withholding.withhold_all(opened, [ids[0]], "Mật", desk.NOW)
            indexing.bring_up_to_date(opened)

    turns = Turns(archive, _3=withhold)
    assert indexing.rebuild(turns).total == COUNT - 1
    assert ids[0] not in found(archive, "phoi", "hop")
    for path in archive.index.rglob("*"):
        assert not path.is_file() or ids[0].encode() not in path.read_bytes()
    assert not list(archive.root.glob("index.*"))


def test_what_was_begun_and_is_damaged_is_begun_once_more(filled) -> None:
    archive, ids = filled

    def garble() -> None:
        for path in (archive.root / "index.next" / "data").iterdir():
            if path.is_file() and "lock" not in path.name.lower():
                path.write_bytes(b"garbled")

    turns = Turns(archive, _3=garble)
    assert indexing.rebuild(turns).documents == COUNT
    assert found(archive, "phoi", "hop") == set(ids)


def test_an_index_that_fails_its_test_is_not_made_for_ever(filled, monkeypatch) -> None:
    archive, _ids = filled

    def fail(*_arguments, **_more) -> None:
        raise Damage("words are lost", "make it anew")

    monkeypatch.setattr("partydoc.index.writing.Work.finish", fail)
    with pytest.raises(Damage):
        indexing.rebuild(Turns(archive))


def test_the_engine_changes_in_the_turn_in_which_its_index_is_whole(filled) -> None:
    archive, ids = filled
    other = {"tantivy": "whoosh", "whoosh": "tantivy"}[archive.settings.engine]
    if not indexing.has_engine(other):
        pytest.skip(f"{other} is not installed")
    seen = []
    turns = Turns(archive, _3=lambda: seen.append(found(archive, "phoi", "hop")))
    indexing.change_engine(turns, other)
    assert seen == [set(ids)]
    with desk.at_work(open_archive(archive.root)) as opened:
        assert opened.archive.settings.engine == other
        assert indexing.bring_up_to_date(opened).anew is None


def test_a_change_of_many_documents_is_written_in_one_turn(filled) -> None:
    archive, _ids = filled
    changes = {"a": 1, "b": 2, "c": 2, "d": 3}
    documents = [Searchable(id_, change, {}, ("chữ",)) for id_, change in changes.items()]
    with Index(archive.root / "other", archive.settings.engine) as index:
        assert index.rebuild(documents, "one", 3, room=lambda: False) is None
        begun = index.begun("one")
        assert begun and (begun.mark, begun.documents) == (1, 1)
        assert index.rebuild(documents[1:], "one", 3, (), begun, room=lambda: False) is None
        begun = index.begun("one")
        assert begun and (begun.mark, begun.documents) == (2, 3)
        assert index.rebuild(documents[3:], "one", 3, (), begun, room=lambda: False) == 4


class _Slow:
    """An engine that takes a second for each document, and turns that tell how long they last."""

    seconds = 3.0

    def __init__(self, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
        self._turns = Turns(archive)
        self.archive, self.now = archive, 0.0
        self.lasted: list[float] = []
        real = schema.entry

        def entry(document: Searchable) -> schema.Entry:
            self.now += 1
            return real(document)

        monkeypatch.setattr(schema, "entry", entry)
        monkeypatch.setattr(pace, "time", self)
        monkeypatch.setattr(pace, "_FIRST", 1000)
        monkeypatch.setattr(pace, "_LONGER", {})

    def monotonic(self) -> float:
        return self.now

    @contextmanager
    def turn(self) -> Iterator[Opened]:
        began = self.now
        with self._turns.turn() as opened:
            yield opened
        self.lasted.append(self.now - began)


def test_a_slow_engine_keeps_nobody_waiting_while_an_index_is_made_anew(
    filled, monkeypatch
) -> None:
    archive, _ids = filled
    turns = _Slow(archive, monkeypatch)
    assert indexing.rebuild(turns).documents == COUNT
    assert turns.lasted[0] == 1 and max(turns.lasted) <= 3
    assert sum(turns.lasted) == COUNT > len(turns.lasted)
    assert indexing.check(archive) == ()


def test_what_has_piled_up_is_indexed_turn_by_turn(filled, monkeypatch) -> None:
    archive, ids = filled
    with monkeypatch.context() as context:
        context.setattr(indexing, "keep_up", lambda opened: None)
        for document in ids:
            say(archive, document, {"signer": "Nguyễn Văn Mẫu"})
    turns = _Slow(archive, monkeypatch)
    done = indexing.bring_up_to_date(turns)
    assert (done.documents, done.total, done.anew) == (COUNT, COUNT, None)
    assert turns.lasted[0] == 1 and max(turns.lasted) <= 3
    assert found(archive, "signer:mau") == set(ids)
    assert indexing.check(archive) == ()


def test_what_is_corrected_while_a_backlog_is_indexed_is_found_as_it_stands(
    filled, monkeypatch
) -> None:
    archive, ids = filled
    with monkeypatch.context() as context:
        context.setattr(indexing, "keep_up", lambda opened: None)
        for document in ids:
            say(archive, document, {"signer": "Nguyễn Văn Mẫu"})
    turns = Turns(archive, _2=lambda: say(archive, ids[0], {"signer": "Trần Thị Thử"}))
    done = indexing.bring_up_to_date(turns)
    assert (done.total, done.anew) == (COUNT, None)
    assert found(archive, "signer:thu") == {ids[0]}
    assert found(archive, "signer:mau") == set(ids[1:])


def test_turns_are_short_and_one_that_is_held_lasts(filled) -> None:
    archive, _ids = filled
    assert given.Turns.seconds <= 2
    with desk.at_work(archive) as opened:
        assert rebuilding.make_anew(opened, indexing.unwatched) == COUNT
