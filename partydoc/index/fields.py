"""The fields that a query can name, in English and Vietnamese."""

from __future__ import annotations

from partydoc import text

#: Field -> the names a person may type for it, without marks and separators.
FIELD_NAMES = {
    "type": ("type", "loai", "tenloai"),
    "issuer": ("issuer", "coquan", "coquanbanhanh"),
    "superior": ("superior", "captren"),
    "date": ("date", "ngay"),
    "code": ("code", "sohieu", "sokyhieu"),
    "number": ("number", "so"),
    "symbol": ("symbol", "kyhieu", "kihieu"),
    "signer": ("signer", "nguoiky", "nguoiki"),
    "subject": ("subject", "trichyeu"),
    "place": ("place", "noi", "diadanh"),
    "folder": ("folder", "hoso"),
    "reference": ("reference", "maluutru"),
    "status": ("in", "status", "trangthai"),
}

NEGATION = ("not", "khong")

#: What `in:` knows; documents in other states are not in the index.
STATUSES = ("described", "review", "original-only")

#: In these the words stand side by side, so `symbol:NQ/ĐU` is not `ĐU/NQ`.
ORDERED_FIELDS = frozenset({"code", "number", "symbol", "folder", "reference", "status"})

_FIELD_OF = {name: field for field, names in FIELD_NAMES.items() for name in names}


def _key(name: str) -> str:
    return text.fold(name).replace("_", "").replace("-", "")


def named(name: str) -> str | None:
    """Return the field that a name means, with or without marks (`sốhiệu`); None if none."""
    return _FIELD_OF.get(_key(name))


def negates(name: str) -> bool:
    """Say whether a name is the `not` of `not:word`."""
    return _key(name) in NEGATION
