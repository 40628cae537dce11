"""Operations are logged, and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import desk
import papers
import pytest
from papers import ALL, kept, say, value

from partydoc import editing, lookup, operations, undoing
from partydoc.archive.audit import Audit, actor
from partydoc.archive.root import Archive
from partydoc.editing import Edit
from partydoc.errors import UsageProblem
from partydoc.operations import Operation

Filled = tuple[Archive, list[str]]


@pytest.fixture
def filled(fast_disk: Path) -> Filled:
    return papers.filled(fast_disk)


def undo(archive: Archive, number: int | None) -> Operation:
    """Take an operation back."""
    with desk.at_work(archive) as opened:
        assert number
        found = operations.find(opened.audit, number)
        assert found
        drafts = undoing.draft(archive, found)
        back = Operation(None, desk.NOW, actor(), "undo", undoes=number)
        return editing.carry_out(opened, drafts, back)


def test_undo_puts_back_what_stood_there(filled: Filled) -> None:
    archive, ids = filled
    before = [kept(archive, one).fields for one in ids]
    with desk.at_work(archive) as opened:
        edits = [Edit(one, {**ALL, "note": "rách góc"}) for one in ids]
        made = editing.apply(opened, edits, desk.NOW)
    back = undo(archive, made.number)
    assert [kept(archive, one).fields for one in ids] == before
    assert [kept(archive, one).status for one in ids] == ["review", "review"]
    assert (back.undoes, back.documents) == (made.number, 2)


def test_an_undo_can_be_undone(filled: Filled) -> None:
    archive, (first, _second) = filled
    made = say(archive, first, {"place": "Hà Mẫu"})
    back = undo(archive, made.number)
    assert value(archive, first, "place") == "Mẫu Sơn"
    undo(archive, back.number)
    assert value(archive, first, "place") == "Hà Mẫu"
    undo(archive, made.number)
    assert value(archive, first, "place") == "Mẫu Sơn"


def test_what_somebody_changed_since_is_told_and_left(filled: Filled) -> None:
    archive, (first, _second) = filled
    made = say(archive, first, {"place": "Hà Mẫu", "signer": "Lê Thị Mẫu"})
    say(archive, first, {"place": "Sông Mẫu"})
    back = undo(archive, made.number)
    assert back.edited[0].stale == ("place",) and back.edited[0].changed == ("signer",)
    assert value(archive, first, "place") == "Sông Mẫu"
    assert value(archive, first, "signer") is None


def test_a_confirmation_since_counts_as_a_change(filled: Filled) -> None:
    archive, (first, _second) = filled
    made = say(archive, first, {"place": "Mẫu Sơn"})
    undo(archive, made.number)
    field = kept(archive, first).fields["place"]
    assert field and field.source == "machine"


def test_number_symbol_and_code_are_put_back_together_or_not_at_all(filled: Filled) -> None:
    archive, (first, _second) = filled
    made = say(archive, first, {"code": "12-NQ/ĐU", "place": "Hà Mẫu"})
    say(archive, first, {"number": "13"})
    back = undo(archive, made.number)
    assert set(back.edited[0].stale) == {"number", "symbol", "code"}
    assert value(archive, first, "code") == "13-NQ/ĐU"
    assert value(archive, first, "place") == "Mẫu Sơn"


def test_undoing_twice_changes_nothing_more(filled: Filled) -> None:
    archive, (first, _second) = filled
    made = say(archive, first, {"place": "Hà Mẫu"})
    undo(archive, made.number)
    again = undo(archive, made.number)
    assert again.number is None and not again.edited[0].stale


def test_reading_again_in_between_does_not_hinder_it(filled: Filled) -> None:
    archive, (first, _second) = filled
    made = say(archive, first, {"place": "Hà Mẫu"})
    papers.read_again(archive, first)
    undo(archive, made.number)
    assert value(archive, first, "place") == "Mẫu Sơn"


def test_a_document_that_went_into_hold_since_is_left_alone(filled: Filled) -> None:
    archive, ids = filled
    with desk.at_work(archive) as opened:
        edits = [Edit(one, {"place": "Hà Mẫu"}) for one in ids]
        made = editing.apply(opened, edits, desk.NOW)
        first = opened.store.kept(ids[0])
        assert first
        opened.store.withhold(first.urn)
        opened.catalogue.note(first, held=True)
    back = undo(archive, made.number)
    assert [one.document for one in back.edited] == [ids[1]]


def test_a_scan_cannot_be_undone_and_says_what_to_do(filled: Filled) -> None:
    archive, _ids = filled
    log = list(operations.log(Audit(archive.audit)))
    scan = next(one for one in log if one.what == "scan")
    assert scan.documents == 2
    with pytest.raises(UsageProblem) as told:
        undoing.draft(archive, scan)
    assert "partydoc edit" in told.value.hint


def test_all_that_one_command_writes_is_one_operation(filled: Filled) -> None:
    archive, (first, second) = filled
    made = say(archive, first, {"place": "Hà Mẫu"}, "review")
    back = undo(archive, made.number)
    log = list(operations.log(Audit(archive.audit)))
    assert [one.what for one in log] == ["undo", "review", "scan"]
    assert [one.number for one in log] == [back.number, made.number, 1]
    assert [one.undoes for one in log] == [made.number, None, None]
    of_second = operations.of_document(
        Audit(archive.audit), second, lookup.history_of(archive, second)
    )
    assert [one.what for one in of_second] == ["scan"]


def test_what_follows_an_operation_in_one_run_is_another(filled: Filled) -> None:
    archive, (first, second) = filled
    with desk.at_work(archive) as opened:
        one = editing.apply(opened, [Edit(first, {"place": "Hà Mẫu"})], desk.NOW)
        two = editing.apply(opened, [Edit(second, {"place": "Hà Mẫu"})], desk.NOW)
        opened.audit.add("index-rebuilt", desk.NOW, documents=2)
    log = list(operations.log(Audit(archive.audit)))
    assert [(each.what, each.number) for each in log[:3]] == [
        ("index-rebuilt", 4), ("edit", 3), ("edit", 2),
    ]  # fmt: skip
    assert (one.number, two.number) == (2, 3)


def test_the_log_of_a_document_tells_the_fields_of_that_document(filled: Filled) -> None:
    archive, (first, second) = filled
    with desk.at_work(archive) as opened:
        edits = [Edit(first, {"place": "Hà Mẫu"}), Edit(second, {"signer": "Lê Thị Mẫu"})]
        editing.apply(opened, edits, desk.NOW)
    audit = Audit(archive.audit)
    assert next(operations.log(audit)).fields == ("place", "signer")
    of_second = operations.of_document(audit, second, lookup.history_of(archive, second))
    assert next(of_second).fields == ("signer",)


def test_lines_of_an_old_log_show_without_a_number(filled: Filled) -> None:
    archive, (first, _second) = filled
    path = next(archive.audit.iterdir())
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    old = [{k: v for k, v in line.items() if k != "operation"} for line in lines]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in old))
    log = list(operations.log(Audit(archive.audit)))
    assert [one.number for one in log] == [None] * len(old)
    assert {one.what for one in log} >= {"scan", "ocr"}
    assert say(archive, first, {"place": "Hà Mẫu"}).number == 1


def test_a_log_that_was_begun_anew_does_not_mix_up_its_numbers(filled: Filled) -> None:
    archive, (first, _second) = filled
    made = say(archive, first, {"place": "Hà Mẫu"})
    happened = lookup.history_of(archive, first)[-1]
    other = Operation(made.number, desk.NOW.replace(year=2027), "x@y", "edit", (first,), ("place",))
    assert happened["operation"] == other.number
    assert undoing.draft(archive, other) == ()
