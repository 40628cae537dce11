"""What can be printed of the archive's order, and what a person may say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: kind of print -> the kinds of units of which it is made.
KINDS: Mapping[str, tuple[str, ...]] = {
    "muc-luc-ho-so": ("fonds", "inventory"),
    "muc-luc-van-ban": ("folder",),
    "danh-muc-ho-so": ("fonds",),
    "chung-tu-ket-thuc": ("folder",),
    "bien-ban-giao-nhan": ("fonds", "inventory"),
    "bia": ("fonds", "inventory", "folder"),
    "nhan": ("fonds", "inventory", "folder"),
}

#: What not every kind takes -> the kinds that do.
TAKEN_BY: Mapping[str, tuple[str, ...]] = {
    "columns": ("muc-luc-van-ban",),
    "year": ("danh-muc-ho-so",),
    "paper": ("bia",),
    "labels": ("nhan",),
    "giver": ("bien-ban-giao-nhan",),
    "receiver": ("bien-ban-giao-nhan",),
    "metres": ("bien-ban-giao-nhan",),
    "condition": ("bien-ban-giao-nhan",),
    "basis": ("bien-ban-giao-nhan",),
    "place": ("muc-luc-ho-so", "chung-tu-ket-thuc", "bien-ban-giao-nhan"),
}


@dataclass(frozen=True)
class Wishes:
    """What a person asks of a print: its kind, and what only some kinds take (None: not said).

    `secret`: with the documents that bear a secrecy mark.
    """

    kind: str
    secret: bool = False
    columns: str | None = None
    year: int | None = None
    paper: str | None = None
    labels: str | None = None
    giver: str | None = None
    receiver: str | None = None
    metres: str | None = None
    condition: str | None = None
    basis: str | None = None
    place: str | None = None
