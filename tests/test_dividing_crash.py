"""The power goes while a scan is divided, or put together again: all of it is done, or nothing."""

from __future__ import annotations

from pathlib import Path

import divided
import judge
import pytest
import test_crash as crash
from conftest import Run
from divided import (
    FIRST,
    ID,
    MIXED_ID,
    ONE,
    PARTS,
    REF,
    SECOND,
    SECRET,
    THIRD,
    THREE,
    TWO,
    found,
    kept,
    lines,
)  # fmt: skip
from divided import archive as archive
from divided import secret as secret
from readied import _ready as _ready
from readied import sound, strike

from partydoc.archive.root import Archive
from partydoc.archive.store import Store


@pytest.mark.parametrize("every", [crash.STRIDE])
def test_whatever_step_is_the_last_a_scan_is_divided_or_not(
    run: Run, archive: Archive, fast_disk: Path, every: int
) -> None:
    before, seen = lines(archive), set()
    divided = [("001", 1, 1, PARTS[0]), ("001a", 2, 3, PARTS[1]), ("001b", 4, 4, PARTS[2])]
    for struck in strike(archive, fast_disk, ["split", REF, "--at", "2,4"], every):
        done = kept(struck).status == "divided"
        seen.add(done)
        assert lines(struck) == (divided if done else before)
        there = [Store(struck).kept(one) for one in PARTS]
        assert all(there) if done else not any(there)
        run("-a", struck.root, "index")
        assert found(run, struck, TWO) == [PARTS[1] if done else ID]
        run("-a", struck.root, "verify")
        if done:  # whoever has finished it
            run("-a", struck.root, "undo", 2)
            assert found(run, struck, TWO) == [ID] and lines(struck) == before
            sound(struck)
    assert seen == {False, True}


def test_whatever_step_is_the_last_what_is_secret_stands_in_hold_alone(
    run: Run, secret: Archive, fast_disk: Path
) -> None:
    for struck in strike(secret, fast_disk, ["split", REF, "--at", "2,3"], crash.STRIDE):
        run("-a", struck.root, "index")
        store = Store(struck, hold=True)
        held = [store.in_hold(f"urn:sha256:{one}") for one in (MIXED_ID, FIRST, SECOND, THIRD)]
        if kept(struck, MIXED_ID).passed_on:
            judge.no_trace(struck.root, [SECRET])
            assert held == [True, False, True, False]
            assert found(run, struck, THREE) == [THIRD]
        else:
            assert not any(held) and found(run, struck, ONE) == [MIXED_ID]
        run("-a", struck.root, "verify")


def test_whatever_step_is_the_last_of_an_undo_the_scan_is_whole_or_divided(
    run: Run, archive: Archive, fast_disk: Path
) -> None:
    line = divided.split(run, archive, REF, "--at", "2,4")
    seen = set()
    for struck in strike(archive, fast_disk, ["undo", str(line["operation"])], crash.STRIDE):
        done = kept(struck).status == "review"
        seen.add(done)
        assert [kept(struck, one).passed_on for one in PARTS] == [done] * 3
        assert len(lines(struck)) == (1 if done else 3)
        run("-a", struck.root, "index")
        assert found(run, struck, THREE) == [ID if done else PARTS[1]]
        run("-a", struck.root, "verify")
    assert seen == {False, True}


def test_whatever_step_is_the_last_a_classified_part_never_leaves_its_scan_behind(
    run: Run, archive: Archive, fast_disk: Path
) -> None:
    divided.split(run, archive, REF, "--at", "2,4")
    words = ["classify", PARTS[1], "--secret", "mat"]
    for struck in strike(archive, fast_disk, words, crash.STRIDE):
        if kept(struck, PARTS[1]).secret:
            run("-a", struck.root, "index")
            judge.no_trace(struck.root, [TWO])
            assert kept(struck).secret
        run("-a", struck.root, "verify")


def test_whatever_step_is_the_last_only_what_is_open_leaves_hold(run: Run, fast_disk: Path) -> None:
    archive = divided.filled(fast_disk, run, data=divided.MIXED)
    for struck in strike(archive, fast_disk, ["split", MIXED_ID, "--at", "2,3"], crash.STRIDE):
        run("-a", struck.root, "index")
        judge.no_trace(struck.root, [SECRET])
        done = kept(struck, MIXED_ID).passed_on
        assert Store(struck, hold=True).in_hold(f"urn:sha256:{MIXED_ID}")
        assert [one[3] for one in lines(struck)] == ([FIRST, None, THIRD] if done else [None])
        assert found(run, struck, THREE) == ([THIRD] if done else [])
        run("-a", struck.root, "verify")
