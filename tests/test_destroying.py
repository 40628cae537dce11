"""Nothing in hold is destroyed before two people have said so."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from types import SimpleNamespace

import desk
import inhold
import judge
import pytest
import test_crash as crash
from conftest import Run
from forms import judge as has_form

from partydoc import destroying
from partydoc.archive import audit, purging
from partydoc.archive.root import Archive
from partydoc.errors import PartydocError

PERSON = 70_000


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


class People:
    """Lets the command be typed by one person or another."""

    def __init__(self, run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
        self._run, self._archive, self._monkeypatch = run, archive, monkeypatch

    def purge(self, who: str, *arguments: str, code: int = 0) -> list[str]:
        """Return the outcomes when that person types `hold purge`."""
        names = {PERSON: who}
        self._monkeypatch.setattr(audit, "_login", lambda: PERSON)
        self._monkeypatch.setattr(audit, "_name_of", lambda uid: names.get(uid, "archive"))
        at = ("-a", self._archive.root, "hold", "purge", "--json")
        ran = self._run(*at, *arguments, code=code)
        self.told = ran.err
        for line in ran.lines:
            has_form("json/hold", line)
        return [line["outcome"] for line in ran.lines]


@pytest.fixture
def people(run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> People:
    return People(run, archive, monkeypatch)


def logged(archive: Archive) -> list[dict]:
    """The lines of the audit log."""
    return [json.loads(line) for path in sorted(archive.audit.iterdir())
            for line in path.read_text("utf-8").splitlines()]  # fmt: skip


def there(archive: Archive, document: str) -> bool:
    return document in judge.originals(archive.root)


def test_one_person_alone_destroys_nothing(archive: Archive, people: People, run: Run) -> None:
    held = inhold.some(archive)["held"]
    assert people.purge("an", held[:12]) == ["asked"]
    assert people.purge("an", held[:12]) == ["waits"]
    assert there(archive, held)
    line = next(one for one in run("-a", archive.root, "hold", "list", "--json").lines
                if one["id"] == held)  # fmt: skip
    has_form("json/hold", line)
    assert line["purge"]["who"].startswith("an as ")
    assert "an as" in run("-a", archive.root, "hold", "list").out


def test_a_second_person_confirms_and_the_object_goes_with_all_its_versions(
    archive: Archive, people: People, run: Run
) -> None:
    ids = inhold.some(archive)
    held = ids["held"]
    people.purge("an", held[:12])
    assert people.purge("binh", held[:12], ids["unsure"][:12]) == ["asked", "purged"]
    assert not there(archive, held) and there(archive, ids["unsure"])
    assert [path.stem for path in (archive.root / "hold" / "requests").iterdir()] == [ids["unsure"]]
    judge.catalogue_agrees(archive.root)
    judge.staging_is_empty(archive.root)
    judge.audit_chain_holds(archive.root)
    assert not list(archive.root.rglob(f"*{held}*"))
    who = {line["what"]: line["who"] for line in logged(archive) if held in line["ids"]}
    assert who["purge-asked"].startswith("an ") and who["purged"].startswith("binh ")
    assert "There is no document" in run("-a", archive.root, "show", held, code=2).err


def test_a_document_that_changed_since_must_be_asked_for_again(
    archive: Archive, people: People, run: Run
) -> None:
    unsure = inhold.some(archive)["unsure"]
    people.purge("an", unsure[:12])
    run("-a", archive.root, "classify", unsure, "--secret", "mat")
    assert people.purge("binh", unsure[:12]) == ["asked"]
    assert there(archive, unsure)


def test_what_was_asked_for_can_be_taken_back(archive: Archive, people: People) -> None:
    held = inhold.some(archive)["held"]
    people.purge("an", held[:12])
    assert people.purge("an", held[:12], "--withdraw") == ["withdrawn"]
    *_, line = logged(archive)
    has_form("audit", line)
    assert (line["what"], line["ids"]) == ("purge-withdrawn", [held])
    assert line["who"].startswith("an ")
    assert people.purge("binh", held[:12]) == ["asked"]
    assert there(archive, held)


def test_a_released_document_takes_the_request_along(
    archive: Archive, people: People, run: Run
) -> None:
    held = inhold.some(archive)["held"]
    people.purge("an", held[:12])
    run("-a", archive.root, "hold", "release", held, "--reason", "x", "--no-ocr")
    assert not list((archive.root / "hold" / "requests").iterdir())


def test_a_document_in_the_store_cannot_be_destroyed(archive: Archive, run: Run) -> None:
    open_ = inhold.some(archive)["open"]
    run("-a", archive.root, "hold", "purge", open_, code=2)
    assert there(archive, open_)


def test_a_request_is_nobodys_to_read_but_the_archives_own(
    archive: Archive, people: People
) -> None:
    held = inhold.some(archive)["held"]
    people.purge("an", held[:12])
    folder = archive.root / "hold" / "requests"
    assert folder.stat().st_mode & 0o777 == 0o700
    (path,) = folder.iterdir()
    has_form("request", json.loads(path.read_bytes()))
    assert path.stat().st_mode & 0o007 == 0


def test_a_request_that_cannot_be_read_is_none(archive: Archive, people: People) -> None:
    held = inhold.some(archive)["held"]
    people.purge("an", held[:12])
    (path,) = (archive.root / "hold" / "requests").iterdir()
    path.chmod(0o600)
    for rubbish in (b"", b"{}", b"[]", b'{"version": 1, "id": 3}'):
        path.write_bytes(rubbish)
        assert purging.request_of(archive, held) is None
    assert people.purge("binh", held[:12]) == ["asked"]


def test_who_is_at_work_is_told_by_nothing_that_anybody_can_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUDO_USER", "somebody")
    monkeypatch.setattr(audit, "_login", lambda: None)
    assert audit.account() != "somebody"
    monkeypatch.setattr(audit, "_login", lambda: PERSON)
    assert audit.account() == str(PERSON)


def test_without_a_login_it_is_the_person_above_who_became_the_archive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    monkeypatch.setattr(audit, "_login", lambda: None)

    def as_the_archive() -> None:
        os.setresuid(4321, 4321, 4321)
        assert audit.account() == str(PERSON)
        assert audit.actor().startswith(f"{PERSON} as 4321@")

    def as_a_person() -> None:
        os.setresuid(PERSON, 0, 0)  # as sudo does it, one process after the other
        assert crash.in_child(as_the_archive) == 0

    assert crash.in_child(as_a_person) == 0


def test_the_archives_own_account_neither_asks_nor_confirms(
    archive: Archive, people: People
) -> None:
    held = inhold.some(archive)["held"]
    people.purge("archive", held[:12], code=1)
    assert f"sudo -u archive partydoc hold purge {held[:12]}" in people.told
    assert purging.request_of(archive, held) is None
    assert people.purge("an", held[:12]) == ["asked"]
    people.purge("archive", held[:12], code=1)
    assert there(archive, held)


def test_an_orphan_of_a_person_who_became_the_archive_is_nobody(
    archive: Archive, fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    held = inhold.some(archive)["held"]
    fast_disk.chmod(0o755)
    os.chown(archive.root / "hold", 4321, 4321)
    monkeypatch.setattr(audit, "_login", lambda: None)
    opened = SimpleNamespace(archive=archive)
    told, tell = os.pipe()

    def as_an_orphan(parent: int) -> None:
        os.setresuid(4321, 4321, 4321)
        while os.getppid() == parent:
            time.sleep(0.01)
        try:
            list(destroying.destroy(opened, [held], desk.NOW))  # type: ignore[arg-type]
        except PartydocError as trouble:
            os.write(tell, trouble.message.encode())

    def as_a_person() -> None:
        os.setresuid(PERSON, 0, 0)
        parent = os.getpid()
        if os.fork() == 0:
            as_an_orphan(parent)
            os._exit(0)

    assert crash.in_child(as_a_person) == 0
    os.close(tell)
    with os.fdopen(told) as answer:
        assert "own account" in answer.read()
