"""Fills the registers of an archive: what their tests share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import desk

from partydoc import registeredits, registering
from partydoc.archive.audit import actor
from partydoc.archive.recovery import Opened
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.root import Archive, open_archive
from partydoc.operations import Operation
from partydoc.registering import Registered, Wish

#: Arrives on the day of desk.NOW, a Monday.
LETTER = {
    "issuer": "Huyện uỷ Mẫu Sơn", "code": "45-CV/HU", "date": "2026-02-27", "type": "Công văn",
    "subject": "về việc chỉnh lý tài liệu", "arrival_date": "2026-03-02",
}  # fmt: skip
#: Departs on that day.
DECISION = {
    "type": "Nghị quyết", "symbol": "NQ/ĐU", "date": "2026-03-02",
    "subject": "về chuyển đổi số", "signer": "Nguyễn Văn An",
}  # fmt: skip
_TERMS = '\n[[terms]]\nname = "2020-2025"\nstart = "2020-06-20"\n' + (
    '[[terms]]\nname = "2025-2030"\nstart = "2025-08-15"\n'
)


def new_archive(root: Path, network: str = "connected", numbering: str = "type-term") -> Archive:
    """Make an archive of a Party committee with two terms of office."""
    desk.new_archive(root, network)
    path = root / "partydoc.toml"
    text = path.read_text("utf-8").replace('"type-term"', f'"{numbering}"')
    text = text.replace('organisation = ""', 'organisation = "Đảng uỷ xã Đồng Mẫu"')
    path.write_text(text + _TERMS, "utf-8")
    return open_archive(root)


def arrive(
    opened: Opened, fields: Mapping[str, str] | None = None, now: datetime = desk.NOW,
    number: int | None = None, after: int | None = None, **more: str,
) -> Registered:  # fmt: skip
    """Register what arrived: a letter, with other values if any are given."""
    wish = Wish("arrival", {**(LETTER if fields is None else fields), **more}, number, after)
    return registering.register(opened, wish, now)


def depart(
    opened: Opened, number: int | None = None, after: int | None = None, **more: str
) -> Registered:
    """Register what departs: a decision, with other values if any are given."""
    wish = Wish("departure", {**DECISION, **more}, number, after)
    return registering.register(opened, wish, desk.NOW)


def edit(opened: Opened, row: RegisterRow, now: datetime, **values: str | None) -> Operation:
    """Say something of a row, as `register edit` does."""
    settings = opened.archive.settings
    drafts = registeredits.draft(settings, opened.catalogue, [row], values, now)
    return registeredits.carry_out(opened, drafts, Operation(None, now, actor(), "register-edit"))


def undo(opened: Opened, number: int | None, now: datetime) -> Operation:
    """Take an operation back, as `undo` does."""
    from partydoc import operations

    assert number
    found = operations.find(opened.audit, number)
    assert found and registeredits.concerns(opened.catalogue, found)
    drafts = registeredits.undone(opened.store, opened.catalogue, found)
    back = Operation(None, now, actor(), "undo", undoes=number)
    return registeredits.carry_out(opened, drafts, back)


def now_of(opened: Opened, row: RegisterRow) -> RegisterRow:
    """Return a row as it stands now, in the catalogue and in the store alike."""
    found = opened.catalogue.register_row(row.urn)
    assert found and found == opened.store.other(row.urn)
    return found
