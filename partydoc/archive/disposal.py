"""A disposal: folders that are proposed to be destroyed, the decision on them, and their tombstone.

It is an object of its own in the store, from the proposal on, and is kept for good: each step is a
version. When it is executed it becomes the tombstone of the folders and of what stood in them. A
tombstone tells what a list of destroyed files tells (references, titles, terms, sheets) and the ids
of the documents, so that their bytes are known again. It tells nothing that stood in them: neither
code nor subject, which the registers have where they were registered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

#: The kind of such a record.
KIND = "disposal"
#: What may be the state of one; only the first two can change.
STATES = ("proposed", "approved", "executed", "withdrawn")


@dataclass(frozen=True)
class Paper:
    """An entry of a folder: its sheets and its document, if one is filed there; it `stays` where it
    stands in another folder as well.
    """

    ordinal: str
    first_sheet: int | None
    last_sheet: int | None
    document: str | None
    stays: bool = False


@dataclass(frozen=True)
class Sheaf:
    """A folder as it was proposed.

    `ended`: when its work ended, which `counted` tells (docs/json/dispose.schema.json); `last_day`
    of its term (ISO); `state`: a digest of the folder and its documents as they stood then;
    `sources`: the scans from which its documents were cut, and what was merged into them, which
    have the same bytes and go with them.
    """

    urn: str
    reference: str
    title: str
    box: str | None
    retention: str
    ended: str
    counted: str
    last_day: str
    state: str
    papers: tuple[Paper, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Act:
    """Who did something, from which account, and when."""

    who: str
    account: str
    when: str


@dataclass(frozen=True)
class Decision:
    """By which decision: its number and symbol, its day (ISO), and the document that is its scan;
    that is kept for good.
    """

    code: str
    date: str
    scan: str


@dataclass(frozen=True)
class Disposal:
    """One disposal; `number` is its name."""

    urn: str
    number: int
    sheaves: tuple[Sheaf, ...]
    proposed: Act
    reason: str | None = None
    decision: Decision | None = None
    approved: Act | None = None
    executed: Act | None = None
    withdrawn: Act | None = None

    @property
    def state(self) -> str:
        """How far it has come: one of STATES."""
        if self.withdrawn:
            return "withdrawn"
        if self.executed:
            return "executed"
        return "approved" if self.approved else "proposed"

    @property
    def stands(self) -> bool:
        """Whether it can still be executed."""
        return self.state in STATES[:2]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the objects that it destroys: of documents, and of their sources."""
        sources = (one for sheaf in self.sheaves for one in sheaf.sources)
        return tuple(dict.fromkeys((*self.listed, *sources)))

    @property
    def listed(self) -> tuple[str, ...]:
        """The ids of the documents of its folders that it destroys."""
        found = (one for sheaf in self.sheaves for one in sheaf.papers)
        return tuple(dict.fromkeys(one.document for one in found if one.document and not one.stays))

    def to_json(self) -> bytes:
        """Return record.json (docs/disposal.schema.json)."""
        said = {"version": 1, "kind": KIND, **asdict(self)}
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, data: bytes | str) -> Disposal:
        """Read record.json back."""
        raw: dict[str, Any] = json.loads(data if isinstance(data, str) else data.decode())
        acts = {name: Act(**raw[name]) if raw[name] else None
                for name in ("approved", "executed", "withdrawn")}  # fmt: skip
        decision = Decision(**raw["decision"]) if raw["decision"] else None
        sheaves = tuple(map(_sheaf, raw["sheaves"]))
        return cls(
            raw["urn"], raw["number"], sheaves, Act(**raw["proposed"]), raw["reason"], decision,
            **acts,
        )  # fmt: skip


def _sheaf(raw: Mapping[str, Any]) -> Sheaf:
    papers = tuple(Paper(**one) for one in raw["papers"])
    return Sheaf(**{**raw, "papers": papers, "sources": tuple(raw.get("sources", ()))})
