"""From what a person types to a row of a register.

    in 125/2026   in 125a   in 3/mat-2026   in 130-135/2026
    out 7/nghi-quyet-2025-2030   out 07-NQ/ĐU

A number alone is one of this year's; a departure may be named by its code, where that tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from partydoc.archive import registers, signs
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.registerrow import KINDS, NAMES, REGISTERS, RegisterRow
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.text import clean, fold

_NUMBER = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?([a-z]?)(?:/(\S+))?")


@dataclass(frozen=True)
class Numbers:
    """A number, or a range of them, as typed; `series` is the name behind the stroke."""

    first: int
    last: int
    letter: str = ""
    series: str | None = None


def numbers(typed: str) -> Numbers | None:
    """Return what 125, 125a/2026 or 130-135/2026 means; None for anything else."""
    found = _NUMBER.fullmatch(fold(clean(typed)).strip())
    if not found:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return Numbers(first, last, found[3], found[4])


def named(words: Sequence[str]) -> list[tuple[str, str]]:
    """Return the (kind, name) of each row that words name: `in 125/2026 in 126 out 07-NQ/ĐU`.

    Raises UsageProblem where none is named, or a name does not stand behind `in` or `out`.
    """
    if not words or len(words) % 2 or any(one not in REGISTERS for one in words[::2]):
        message = _("A row is named by its register and its number.")
        raise UsageProblem(message, _("As: in 125/2026, or out 07-NQ/ĐU"))
    return [(REGISTERS[words[i]], words[i + 1]) for i in range(0, len(words), 2)]


def resolve(catalogue: Catalogue, kind: str, name: str, year: str) -> RegisterRow:
    """Return the row of a name; raises UsageProblem. `year`: this one, of a number alone."""
    typed = numbers(name)
    found = _numbered(catalogue, kind, typed, year) if typed else None
    if found is None and kind == KINDS[1]:
        found = _coded(catalogue, name)
    if found:
        return found
    message = _("There is no {register} {name}.").format(register=NAMES[kind], name=name)
    hint = _("See what there is: partydoc register list {register}")
    raise UsageProblem(message, hint.format(register=NAMES[kind]))


def answered(catalogue: Catalogue, typed: str, year: str) -> str:
    """Return the URNs of arrivals that were typed, `125/2026; 126`; raises UsageProblem."""
    rows = [resolve(catalogue, KINDS[0], one.strip(), year) for one in typed.split(";")]
    for row in rows:
        require_document(row)
    return " ".join(dict.fromkeys(row.urn for row in rows))


def require_document(row: RegisterRow) -> None:
    """Raise UsageProblem for a row that stands for no document, or does not count any more."""
    if row.line == "document" and row.void is None:
        return
    message = _("{register} {reference} is void.")
    if row.void is None:
        message = _("{register} {reference} stands for no document.")
    text = message.format(register=row.register, reference=row.reference)
    hint = _("See the row: partydoc register show {register} {number}")
    raise UsageProblem(text, hint.format(register=row.register, number=row.reference))


def _numbered(catalogue: Catalogue, kind: str, typed: Numbers, year: str) -> RegisterRow | None:
    series = typed.series or year
    if typed.last == typed.first:
        row = registers.given(catalogue, kind, series, typed.first, typed.letter)
        if row:
            return row
    condition = (
        "WHERE kind = ? AND series = ? AND line = 'gap' AND number = ? AND last = ?"
        " ORDER BY void, urn LIMIT 1"
    )
    values = kind, series, typed.first, typed.last
    return next(catalogue.register_rows(condition, *values), None)


def _coded(catalogue: Catalogue, name: str) -> RegisterRow | None:
    """Return the departure that has a code; of several the one that is not void."""
    condition = "WHERE code = ? AND kind = 'departure' ORDER BY void, series, number"
    rows = list(catalogue.register_rows(condition, signs.code_key(clean(name))))
    counting = [row for row in rows if row.void is None]
    if len(counting) > 1:
        message = _("Several departures have the code {code}.").format(code=name)
        known = ", ".join(f"out {row.reference}" for row in counting)
        raise UsageProblem(message, _("Name one of them: {names}").format(names=known))
    return next(iter(counting or rows), None)
