"""The power goes at each step of work on the hold; each is done wholly or not at all, and once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import desk
import inhold
import judge
import pytest
from test_crash import STRIDE, in_child, steps_of

from partydoc import classifying, lookup, searching
from partydoc.archive import purging
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.store import Store
from partydoc.commands.session import Session
from partydoc.errors import Unreadable
from partydoc.intake import Line, Wishes
from torture import canary

WORDS = ("bạchyếnkín", "hoàngoanhẩn")
INPUTS = {name: b"%PDF-1.7 " + name.encode() for name in (WORDS[0], "khác")}


def prepared(root: Path) -> tuple[Archive, str]:
    """An archive of two documents; the id of the one that is worked on."""
    archive = inhold.new_archive(root)
    with desk.at_work(archive) as opened:
        works = [inhold.keep(opened, name, unclassified=True) for name in INPUTS]
        ids = [inhold.read(opened, work, f"BÁO CÁO\nvề {WORDS[1]}" if i == 0 else desk.BODY)
               for i, work in enumerate(works)]  # fmt: skip
        inhold.settle(opened, *works)
    return archive, ids[0]


def classify(root: Path, document: str) -> None:
    with Session(root).writing(5) as opened:
        list(classifying.classify(opened, [document], desk.clock, "Mật", 1))


def release(root: Path, document: str) -> None:
    wishes = Wishes(read=False)
    with Session(root).writing(5) as opened, Line(opened, wishes, desk.clock) as line:
        list(line.release([document], reason="Giải mật"))


def purge(root: Path, document: str) -> None:
    with Session(root).writing(5) as opened:
        if opened.store.in_hold(f"urn:sha256:{document}"):
            purging.ask(opened.archive, document, desk.NOW)
            purging.purge(opened, document, desk.NOW)


def assert_sound(archive: Archive, inputs: dict[str, bytes]) -> None:
    judge.nothing_lost_nothing_doubled(archive.root, inputs)
    judge.objects_are_valid(archive.root)
    judge.catalogue_agrees(archive.root)
    judge.staging_is_empty(archive.root)
    judge.audit_chain_holds(archive.root)
    assert not list(archive.root.glob("*.new-*"))


def held(archive: Archive, document: str) -> None:
    assert_sound(archive, INPUTS)
    assert not canary.traces([archive.root], WORDS, but=archive.root / "hold")
    assert canary.traces([archive.root / "hold"], WORDS)
    assert None in inhold.entries(archive) and document not in inhold.entries(archive)


def released(archive: Archive, document: str) -> None:
    assert_sound(archive, INPUTS)
    assert not list(archive.hold.glob("??/??/*"))
    assert document in inhold.entries(archive)
    found = searching.search(archive, [WORDS[1]], 10, 0)
    assert [result.hit.id for result in found.results] == [document]


def purged(archive: Archive, document: str) -> None:
    assert_sound(archive, {name: data for name, data in INPUTS.items() if name != WORDS[0]})
    assert not canary.traces([archive.root], WORDS)
    assert not list((archive.root / "hold" / "requests").iterdir())
    assert f'"purged", "ids": ["{document}"]' in "".join(
        path.read_text("utf-8") for path in archive.audit.iterdir()
    )


WORK = {
    "classify": ((), classify, held),
    "release": ((classify,), release, released),
    "purge": ((classify,), purge, purged),
}


@pytest.fixture(params=WORK)
def scene(
    request: pytest.FixtureRequest, fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, str, Callable[[Path, str], None], Callable[[Archive, str], None]]:
    """An archive to copy, the document, the work to do on it, and what must be true after it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(fast_disk / "state"))
    before, work, after = WORK[request.param]
    archive, document = prepared(fast_disk / "template")
    for one in before:
        one(archive.root, document)
    return archive.root, document, work, after


@pytest.mark.slow
def test_a_kill_at_any_step_leaves_no_trace_and_nothing_half_done(
    scene: tuple, fast_disk: Path
) -> None:
    template, document, work, after = scene
    count = shutil.copytree(template, fast_disk / "count")
    total = steps_of(lambda: work(count, document), fast_disk)
    assert total > 15
    after(open_archive(count), document)
    for n in range(1, total + 1, min(STRIDE, 5)):
        root = shutil.copytree(template, fast_disk / "run")
        status = in_child(lambda r=root: work(r, document), f"{n}:kill")
        assert os.WIFSIGNALED(status), f"step {n} was never reached"
        # once more, in the middle of the recovery
        in_child(lambda r=root: work(r, document), f"{1 + n % 13}:kill")
        assert in_child(lambda r=root: work(r, document)) == 0
        after(open_archive(root), document)
        shutil.rmtree(root)


@pytest.mark.slow
@pytest.mark.parametrize("trouble", ["enospc", "eio"])
def test_a_failing_disk_leaves_no_trace_and_nothing_half_done(
    scene: tuple, fast_disk: Path, trouble: str
) -> None:
    template, document, work, after = scene
    for n in range(2, 60, STRIDE):
        root = shutil.copytree(template, fast_disk / "run")
        in_child(lambda r=root: work(r, document), f"{n}:{trouble}")
        assert in_child(lambda r=root: work(r, document)) == 0
        after(open_archive(root), document)
        shutil.rmtree(root)


@pytest.mark.slow
def test_recovery_alone_finishes_what_was_begun(scene: tuple, fast_disk: Path) -> None:
    """Without anybody typing the command again: the next command that writes is enough."""
    template, document, work, after = scene
    count = shutil.copytree(template, fast_disk / "count")
    total = steps_of(lambda: work(count, document), fast_disk)
    for n in range(1, total + 1, min(STRIDE, 5)):
        root = shutil.copytree(template, fast_disk / "run")
        in_child(lambda r=root: work(r, document), f"{n}:kill")
        with Session(root).writing(5) as opened:
            inhold.settle(opened)
        archive = open_archive(root)
        judge.objects_are_valid(root)
        judge.catalogue_agrees(root)
        judge.staging_is_empty(root)
        stands_in_store = bool(
            canary.traces([archive.store, archive.index, archive.catalogue], WORDS)
        )
        found = searching.search(archive, [WORDS[1]], 10, 0).total
        with desk.at_work(archive) as opened:
            row = opened.catalogue.row(document)
        assert found == stands_in_store == bool(row and not row.held)
        shutil.rmtree(root)


def says_held(root: Path, document: str) -> bool:
    """Whether the record says so, wherever it stands."""
    with_hold = Store(open_archive(root), hold=True)
    kept = with_hold.kept(document)
    return kept is None or kept.status == "held"


def shown(archive: Archive, document: str) -> list[object]:
    """What the commands that only read tell of a document; the last one mends the index."""
    told: list[object] = []
    for look in (lookup.text_of, lookup.originals_of, lookup.history_of):
        with suppress(Unreadable):
            told.append(look(archive, document))
    told += [field for field in lookup.show(archive, document)["record"].values() if field]
    return told + list(searching.search(archive, [WORDS[1]], 10, 0).results)


@pytest.mark.slow
def test_before_any_recovery_nobody_is_shown_what_is_held(
    fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a kill at each step of classifying whoever reads looks first."""
    monkeypatch.setenv("XDG_STATE_HOME", str(fast_disk / "state"))
    archive, document = prepared(fast_disk / "template")
    total = steps_of(lambda: classify(shutil.copytree(archive.root, fast_disk / "count"), document),
                     fast_disk)  # fmt: skip
    seen = set()
    for n in range(1, total + 1):
        root = shutil.copytree(archive.root, fast_disk / "run")
        in_child(lambda r=root: classify(r, document), f"{n}:kill")
        held = says_held(root, document)
        told = shown(open_archive(root), document)
        assert not (held and told), f"step {n}"
        seen.add((held, bool(told)))
        shutil.rmtree(root)
    assert {(False, True), (True, False)} <= seen
