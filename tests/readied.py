"""Documents whose readings are ready before anybody reads: what is changed about their pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import desk
import judge
import pytest
import test_crash as crash
from forms import judge as form
from forms import written

from partydoc import cli, ocr
from partydoc.archive.root import Archive, open_archive
from torture import ready


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put ready readings in the place of OCR."""
    for name in ("Inspector", "Readers"):
        monkeypatch.setattr(ocr, name, getattr(ready, name))
    monkeypatch.setattr(ocr, "require", lambda *_: None)


def sound(archive: Archive) -> None:
    """See that nothing is damaged or left over, and that each file has its form."""
    judge.objects_are_valid(archive.root)
    judge.catalogue_agrees(archive.root)
    judge.staging_is_empty(archive.root)
    judge.audit_chain_holds(archive.root)
    for name, data in written(archive):
        form(name, data)


def strike(struck: Archive, root: Path, words: list[str], every: int) -> Iterator[Archive]:
    """Kill a command at its steps; yield the archive after each, as recovery leaves it."""
    saved = root / "saved"
    shutil.copytree(struck.root, saved)

    def work() -> None:
        cli.run(["-a", str(struck.root), *words])

    steps = crash.steps_of(work, root)
    assert steps > 20
    for step in range(1, steps + 1, every):
        shutil.rmtree(struck.root)
        shutil.copytree(saved, struck.root)
        crash.in_child(work, fail_at=f"{step}:kill")
        with desk.at_work(struck):
            pass  # recovers
        sound(struck)
        yield open_archive(struck.root)
