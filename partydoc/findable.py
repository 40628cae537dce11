"""What a line of the finding aid of a folder (mục lục văn bản) needs.

Its columns are number and symbol, date, type and subject, issuer, sheets and note (Nghị định
30/2020/NĐ-CP, Phụ lục V). Sheets and note may be empty on paper too; a line in which one of the
others is, finds nothing. Type or subject is enough: a letter has no type, and of a list of names
nobody writes a subject. What a person says that a document has none of is known.
"""

from __future__ import annotations

from collections.abc import Collection

#: Of each one must be known.
_NEEDED = (("type", "subject"), ("code",), ("date",), ("issuer",))


def is_complete(known: Collection[str]) -> bool:
    """Whether a line can be printed of which these fields are known."""
    return all(any(name in known for name in names) for names in _NEEDED)
