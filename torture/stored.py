"""Fuzzed where it stands: the files of an archive, and a person's own, with other bytes in them.

Each file is put back after each example; the readers may only ever raise a PartydocError.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from partydoc import (
    editing,
    filledin,
    lastsearch,
    lookup,
    operations,
    recordtext,
    returned,
    savedsearches,
    undoing,
)
from partydoc.archive import jobs, purging, shards
from partydoc.archive.audit import Audit
from partydoc.archive.kept import Kept
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.editing import Edit
from partydoc.errors import PartydocError
from partydoc.index import Index
from partydoc.metadata.rules import Local
from torture import objects, odd, oracle, stock
from torture.ready import paper
from torture.stock import Stock
from torture.targets import Target, zipped

_PAPER = paper("BÁO CÁO\nvề nước sạch")
_REQUEST = b'{"version": 1, "id": "x", "account": "a", "who": "b", "when": "c", "state": "d"}'


class Shelf:
    """An archive with one document, known and corrected, and the files that are fuzzed."""

    def __init__(self, folder: Path) -> None:
        made = stock.empty(folder).bring({"một": _PAPER})
        made.must("scan", "--unclassified", "--folder", stock.FOLDER)
        self.id = oracle.sha256(_PAPER)
        made.must("edit", self.id, "place=Hà Mẫu")
        made.must("search", "--save", "nước", "nước sạch")
        made.must("search", "nước")
        self.stock = made
        self.archive: Archive = open_archive(made.root)
        self.files = objects.head(oracle.documents(made.root)[self.id][0])
        self.object = oracle.documents(made.root)[self.id][0]
        for path in (made.root, *made.root.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)

    def workbook(self) -> Path:
        """Write the workbook of what waits for a person."""
        path = self.stock.root.with_name("nhập.xlsx")
        self.stock.must("review", "--to", str(path), "--no-pictures")
        return path


@contextmanager
def instead(path: Path, data: bytes) -> Iterator[None]:
    """Let a file hold other bytes for a while."""
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(data)
    try:
        yield
    finally:
        path.unlink()
        if before is not None:
            path.write_bytes(before)


def _looked_at(shelf: Shelf, path: Path) -> Callable[[bytes], None]:
    """Read everything that can be read of a document, with one of its files another."""
    urn, archive, one = DOCUMENT_PREFIX + shelf.id, shelf.archive, shelf.id
    store = Store(archive)
    reads: tuple[Callable[[], object], ...] = (
        lambda: store.kept(one), lambda: store.files(urn), lambda: store.texts(one),
        lambda: store.through_time(urn, "record.json"), lambda: [*store.documents()],
        lambda: store.is_whole(urn), lambda: lookup.show(archive, one),
        lambda: lookup.history_of(archive, one), lambda: lookup.text_of(archive, one, 1),
        lambda: lookup.originals_of(archive, one),
        lambda: [*shards.every(archive.store, archive.hold)],
        lambda: editing.draft(archive, [Edit(one, forget=("place", "code"))]),
        lambda: [undoing.draft(archive, each) for each in operations.log(Audit(archive.audit))],
        lambda: [*operations.of_document(Audit(archive.audit), *lookup.happened_to(archive, one))],
    )  # fmt: skip

    def check(data: bytes) -> None:
        with instead(path, data):
            for read in reads:
                with suppress(PartydocError):
                    read()

    return check


def _audited(shelf: Shelf, path: Path) -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        with instead(path, data):
            audit = Audit(path.parent)
            found = audit.broken(), audit.head, audit.present(), [*audit.newest_first()]
            assert found
            for operation in operations.log(audit):
                operation.to_dict()
            operations.find(audit, 1)
            assert audit.begin() > 0
            audit.end()

    return check


def _recalled(shelf: Shelf) -> Callable[[bytes], None]:
    path = next((shelf.stock.memory / "partydoc").glob("*archive.json"))

    def check(data: bytes) -> None:
        with instead(path, data), _as_person(shelf.stock), suppress(PartydocError):
            _root, document = lastsearch.recall(1, shelf.archive.root)
            lookup.show(shelf.archive, "1")
            assert isinstance(document, str)

    return check


def _saved(shelf: Shelf) -> Callable[[bytes], None]:
    path = shelf.stock.memory / "partydoc" / "searches.json"

    def check(data: bytes) -> None:
        with instead(path, data), _as_person(shelf.stock), suppress(PartydocError):
            for name in savedsearches.known():
                assert all(isinstance(word, str) for word in savedsearches.words_of(name))

    return check


@contextmanager
def _as_person(one: Stock) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(one.env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _intent(shelf: Shelf) -> Callable[[bytes], None]:
    staging = shelf.stock.root.with_name("staging")
    (staging / "job-1").mkdir(parents=True, exist_ok=True)

    def check(data: bytes) -> None:
        with instead(staging / "job-1" / "intent.json", data):
            for _job, intent in jobs.left_over(staging):
                assert intent is None or isinstance(intent.urn, str)
            assert all(isinstance(one.urn, str) for one in jobs.intents(staging))

    return check


def _request(shelf: Shelf) -> Callable[[bytes], None]:
    path = shelf.archive.root / "hold" / "requests" / f"{shelf.id}.json"
    path.parent.mkdir(exist_ok=True)

    def check(data: bytes) -> None:
        with instead(path, data):
            purging.request_of(shelf.archive, shelf.id)

    return check


def _index(shelf: Shelf) -> Callable[[bytes], None]:
    def check(data: bytes) -> None:
        path, engine = shelf.archive.index / "state.json", shelf.archive.settings.engine
        with instead(path, data), suppress(PartydocError), Index(shelf.archive.index, engine) as it:
            state = it.state()
            assert state is None or isinstance(state.mark, int)
            assert isinstance(it.fault(), str) and it.generation() != ""

    return check


def _workbook(shelf: Shelf) -> Callable[[bytes], None]:
    path = shelf.stock.root.with_name("fuzz.xlsx")

    def check(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(PartydocError), open_for_reading(shelf.archive) as catalogue:
            edits, troubles = filledin.edits(shelf.archive, catalogue, returned.read(path))
            assert all(one.line for one in troubles) and all(one.values for one in edits)

    return check


def _record_text(shelf: Shelf) -> Callable[[str], None]:
    kept = Kept.from_json(shelf.files["record.json"].read_bytes())

    def check(typed: str) -> None:
        with suppress(PartydocError):
            recordtext.read(typed, kept, Local())

    return check


def targets(folder: Path) -> dict[str, Target]:
    """Return the targets that need an archive, which is made in the folder."""
    shelf = Shelf(folder)
    found = {}
    for name in ("record.json", "events.jsonl", "pages.json", "text/0001.txt"):
        path = shelf.files[name]
        like = {".jsonl": odd.lines_like, ".json": odd.json_like}.get(path.suffix, odd.damaged)
        found[name] = Target(like(path.read_bytes()), _looked_at(shelf, path))
    inventory = shelf.object / "inventory.json"
    found["inventory"] = Target(odd.json_like(inventory.read_bytes()), _looked_at(shelf, inventory))
    log = next(shelf.archive.audit.glob("*.jsonl"))
    found["audit"] = Target(odd.lines_like(log.read_bytes()), _audited(shelf, log))
    memory = shelf.stock.memory / "partydoc"
    last = next(memory.glob("*archive.json")).read_bytes()
    found["last search"] = Target(odd.json_like(last), _recalled(shelf))
    saved = (memory / "searches.json").read_bytes()
    found["saved searches"] = Target(odd.json_like(saved), _saved(shelf))
    intent = b'{"urn": "urn:sha256:x", "place": {"folder": "f", "ordinal": "001"}, "pages": 1}'
    found["intent"] = Target(odd.json_like(intent), _intent(shelf))
    found["request"] = Target(odd.json_like(_REQUEST), _request(shelf))
    state = (shelf.archive.index / "state.json").read_bytes()
    found["index state"] = Target(odd.json_like(state), _index(shelf))
    found["workbook"] = Target(zipped(shelf.workbook().read_bytes()), _workbook(shelf))
    text = recordtext.write(Kept.from_json(shelf.files["record.json"].read_bytes()), "x").encode()
    like = odd.damaged(text).map(lambda data: data.decode("utf-8", "replace"))
    found["record as text"] = Target(like, _record_text(shelf))
    return found
