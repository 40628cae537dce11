"""The chain of the audit log: what was changed is found, what a crash left is mended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import desk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partydoc.archive import chain
from partydoc.archive.audit import Audit

Lines = list[bytes]


def log(folder: Path, lines: int = 8) -> Audit:
    """Write a log of as many lines, in the files of two months."""
    audit = Audit(folder)
    for number in range(lines):
        when = desk.NOW + timedelta(days=40 * (number >= lines // 2))
        audit.add("kept", when, [f"{number:064x}"], held=True)
    return audit


def rewritten(audit: Audit, change: Callable[[Lines], Lines]) -> list[tuple[Path, int]]:
    """Change the lines of the last file; return what is found then."""
    path = audit.files()[-1]
    lines = change(path.read_bytes().splitlines())
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return Audit(path.parent).broken()


def of_old(line: bytes) -> bytes:
    """Return a line as version 0.1 wrote it."""
    return line.partition(b', "hash": "')[0] + b"}"


def test_each_line_bears_its_hash_and_that_of_the_line_above(tmp_path: Path) -> None:
    audit = log(tmp_path)
    assert len(audit.files()) == 2
    above = "0" * 64
    for path in audit.files():
        for line in path.read_bytes().splitlines():
            said = json.loads(line)
            own = said.pop("hash")
            data = json.dumps(said, ensure_ascii=False).encode()
            assert (said["prev"], own) == (above, hashlib.sha256(data).hexdigest())
            above = own
    assert Audit(tmp_path).head == above
    assert not audit.broken()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_flipped_bit_is_found(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    audit = log(tmp_path_factory.mktemp("log"), 4)
    path = data.draw(st.sampled_from(audit.files()))
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    assert audit.broken()


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [lines[0], *lines],
        lambda lines: lines[1:],
        lambda lines: [lines[1], lines[0], *lines[2:]],
        lambda lines: [*lines[:-1], lines[-1].replace(b'"held": true', b'"held": fals')],
        lambda lines: [*lines[:-1], of_old(lines[-1])],
        lambda lines: [*lines[:-1], b""],
        lambda lines: [*lines, b"{}"],
    ],
    ids=["doubled", "deleted", "swapped", "last edited", "last unsealed", "emptied", "appended"],
)
def test_tampering_is_found(tmp_path: Path, change: Callable[[Lines], Lines]) -> None:
    assert rewritten(log(tmp_path), change)


def test_an_edited_line_is_found_once_and_one_with_a_new_hash_by_the_next(tmp_path: Path) -> None:
    audit = log(tmp_path)

    def edited(lines: Lines) -> Lines:
        said = json.loads(lines[1])
        del said["hash"]
        return [
            lines[0],
            chain.seal({**said, "what": "purged", "prev": said["prev"]})[0],
            *lines[2:],
        ]

    (found,) = rewritten(
        audit, lambda lines: [lines[0], lines[1].replace(b"1", b"2", 1), *lines[2:]]
    )
    assert found == (audit.files()[-1], 2)
    (found,) = rewritten(audit, edited)
    assert found == (audit.files()[-1], 3)


def test_a_cut_end_is_found_by_its_head_alone(tmp_path: Path) -> None:
    audit = log(tmp_path)
    head = audit.head
    assert audit.stands(head) and audit.stands(chain.START)
    assert not rewritten(audit, lambda lines: lines[:-1])
    assert not audit.stands(head)
    assert audit.stands(Audit(tmp_path).head)


def test_a_lost_month_is_found(tmp_path: Path) -> None:
    audit = log(tmp_path)
    audit.files()[0].unlink()
    assert audit.broken() == [(audit.files()[0], 1)]


@pytest.mark.parametrize("left", [1, 40, -1])
def test_a_torn_last_line_is_no_damage_and_is_cut_and_noted(tmp_path: Path, left: int) -> None:
    audit = log(tmp_path)
    path = audit.files()[-1]
    *lines, last = path.read_bytes().splitlines()
    torn = last[:left]
    path.write_bytes(b"".join(line + b"\n" for line in lines) + torn)
    assert not Audit(tmp_path).broken()
    Audit(tmp_path).add("kept", desk.NOW + timedelta(days=40))
    assert not Audit(tmp_path).broken()
    mended = json.loads(path.read_bytes().splitlines()[-2])
    assert (mended["what"], mended["cut"]) == ("audit-mended", len(torn))


def test_a_log_of_version_0_1_is_read_and_gone_on_with(tmp_path: Path) -> None:
    path, above = tmp_path / "2026-03.jsonl", "0" * 64
    for number in range(3):
        line = {"version": 1, "what": "kept", "ids": [f"{number:064x}"], "prev": above}
        data = json.dumps(line).encode()
        above = hashlib.sha256(data).hexdigest()
        with path.open("ab") as out:
            out.write(data + b"\n")
    audit = Audit(tmp_path)
    assert audit.head == above and not audit.broken()
    audit.add("kept", desk.NOW)
    audit.add("kept", desk.NOW)
    assert not audit.broken() and audit.stands(above)
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([lines[0].replace(b"kept", b"helt"), *lines[1:]]) + b"\n")
    assert audit.broken() == [(path, 2)]


def test_the_log_knows_what_must_be_there_and_where(tmp_path: Path) -> None:
    audit = Audit(tmp_path)
    for what, ids, detail in (
        ("kept", "ab", {"held": True}), ("kept", "c", {"held": False}), ("released", "b", {}),
        ("purged", "a", {}), ("edit", "c", {}), ("nightly", "d", {"slice": 3}),
    ):  # fmt: skip
        audit.add(what, desk.NOW, ids, **detail)
    assert audit.present() == {"b": False, "c": False}
