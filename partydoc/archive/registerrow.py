"""The rows of the registers of arrivals and departures, each an object of its own in the store.

A number that was given is never free again: a row that is wrong becomes void, and stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

from partydoc.text import fold

#: The two registers as commands name them: văn bản đến, văn bản đi.
REGISTERS = {"in": "arrival", "out": "departure"}
KINDS = tuple(REGISTERS.values())
NAMES = {kind: name for name, kind in REGISTERS.items()}
#: No register counts further.
HIGHEST = 999_999_999
#: What a row may be: a document, numbers that no document has, the end of a year or a term.
LINES = ("document", "gap", "closing")
#: What of a row is no field of it, and changes like one.
BESIDE_FIELDS = ("answers", "document", "void")
_SECRET = "mat"
#: The fields by which a row stands in its register.
_DAYS = ("arrival_date", "date")


@dataclass(frozen=True)
class Series:
    """What numbers are counted in.

    `period`: a year, or a term of office; `type` where each type of document has numbers of its
    own; `issuer`: another body than the archive's own, for which it keeps the register; `secret`:
    secret documents have numbers of their own.
    """

    period: str
    type: str | None = None
    issuer: str | None = None
    secret: bool = False

    @property
    def name(self) -> str:
        """How references name it: 2026, mat-2026, nghi-quyet-2025-2030."""
        parts = (self.type, self.issuer, _SECRET if self.secret else None, self.period)
        return "-".join(re.sub(r"\W+", "-", fold(one)).strip("-") for one in parts if one)


@dataclass(frozen=True)
class RegisterRow:
    """One row of a register, as its record.json has it (docs/register.schema.json).

    `number` and `letter` are 125 and "a" of what was inserted as 125a; `last` is another number
    only of a gap, which `reason` explains. `operation`: the number of the operation that wrote
    this version. `fields`: metadata/registers.toml. `answers`: the arrivals (URNs) that a departure
    answers. `document`: its scan; `apart`: documents of which a person said that they are not.
    `void`: why it does not count. `corrected`: the fields that once said something else.
    `destroyed`: the disposal (URN) that destroyed its scan.
    """

    urn: str
    kind: str
    line: str
    series: Series
    number: int
    last: int
    letter: str = ""
    operation: int | None = None
    fields: Mapping[str, str] = dataclass_field(default_factory=dict)
    answers: tuple[str, ...] = ()
    document: str | None = None
    apart: tuple[str, ...] = ()
    reason: str | None = None
    void: str | None = None
    corrected: tuple[str, ...] = ()
    destroyed: str | None = None

    def to_json(self) -> bytes:
        """Return record.json."""
        return json.dumps({"version": 1, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, data: bytes | str) -> RegisterRow:
        """Read record.json back."""
        raw: dict[str, Any] = json.loads(data if isinstance(data, str) else data.decode())
        del raw["version"]
        lists = {name: tuple(raw.pop(name)) for name in ("answers", "apart", "corrected")}
        return cls(**{**raw, **lists, "series": Series(**raw["series"])})

    @property
    def register(self) -> str:
        """The register it stands in: `in` or `out`."""
        return NAMES[self.kind]

    @property
    def figure(self) -> str:
        """The number as it is written: 125a; on what departs 07; of a gap 130-135."""
        if self.line == "gap" and self.last > self.number:
            return f"{self.number}-{self.last}"
        return f"{self.number:0{2 if self.kind == 'departure' else 1}d}{self.letter}"

    @property
    def reference(self) -> str:
        """How commands name it behind `in` or `out`: 125a/2026, 7/nghi-quyet-2025-2030."""
        if self.line == "closing":
            return self.series.name
        figure = self.figure if self.line == "gap" else f"{self.number}{self.letter}"
        return f"{figure}/{self.series.name}"

    @property
    def day(self) -> str | None:
        """The day by which it stands in its register (ISO): that of arrival, or of the document."""
        return self.fields.get("arrival_date" if self.kind == "arrival" else "date")

    def value(self, name: str) -> str | None:
        """Return a field, or what changes like one; answers as URNs with spaces between them."""
        own = {"answers": " ".join(self.answers) or None, "document": self.document}
        return {**self.fields, **own, "void": self.void}.get(name)

    def without_words(self) -> RegisterRow:
        """Return it with no more than its number and its days."""
        days = {name: value for name, value in self.fields.items() if name in _DAYS}
        return replace(self, fields=days)

    def with_value(self, name: str, value: str | None) -> RegisterRow:
        """Return it with one of these changed, or taken out.

        A document that was taken from it does not link itself to it again.
        """
        if name == "answers":
            return replace(self, answers=tuple((value or "").split()))
        if name == "document":
            apart = (one for one in (*self.apart, self.document) if one and one != value)
            return replace(self, document=value, apart=tuple(dict.fromkeys(apart)))
        if name == "void":
            return replace(self, void=value)
        rest = {known: one for known, one in self.fields.items() if known != name}
        return replace(self, fields=rest if value is None else {**rest, name: value})
