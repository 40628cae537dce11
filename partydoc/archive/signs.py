"""By what a document is known in a register: its code, and its number and day of arrival.

Both are forms for comparing only: `12 - NQ/ĐU` is `12-nq/du`.
"""

from __future__ import annotations

import re

from partydoc.archive.kept import Kept
from partydoc.document import Record
from partydoc.text import fold


def code_key(code: str | None) -> str | None:
    """Return a code in the form for comparing."""
    return re.sub(r"\s+", "", fold(re.sub("[–—‐−]", "-", code))) if code else None


def arrival_key(number: str | None, day: str | None) -> str | None:
    """Return a number and day (ISO) of arrival in one form; None unless both are whole."""
    if not number or not day or len(day) != len("2026-11-23"):
        return None
    return f"{fold(number).strip().lstrip('0')} {day}"


def accepted(fields: Record, name: str) -> str | None:
    """Return the value of a field where it is one text that counts."""
    field = fields.get(name)
    return field.value if field and field.accepted and isinstance(field.value, str) else None


def of(kept: Kept) -> tuple[str | None, str | None]:
    """Return the two of a document, as far as they are accepted: its code, its arrival."""
    number, day = (accepted(kept.fields, name) for name in ("arrival_number", "arrival_date"))
    return code_key(accepted(kept.fields, "code")), arrival_key(number, day)
