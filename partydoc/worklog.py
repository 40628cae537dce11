"""What the audit log tells of the work of people and nights: how long, what was checked, when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partydoc.archive.audit import Audit


@dataclass(frozen=True)
class Night:
    """A nightly run: when, and which slice of the archive it read whole, if it said so."""

    when: datetime
    slice: int | None


@dataclass(frozen=True)
class Worklog:
    """What was done.

    `seconds`: document -> how long people sat over it in `review`, whatever became of what they
    said; `checked`: the documents whose record a person found right, and nobody took that back;
    `nights`: the nightly runs, oldest first.
    """

    seconds: Mapping[str, float]
    checked: frozenset[str]
    nights: tuple[Night, ...]


def read(audit: Audit) -> Worklog:
    """Go through the log once; lines of all other work are not even parsed."""
    seconds: defaultdict[str, float] = defaultdict(float)
    checks: dict[int, list[str]] = {}
    nights, undone = [], _Undone()
    for line in audit.lines_of("review", "check", "undo", "nightly"):
        what, number = line["what"], line.get("operation", 0)
        if what == "nightly":
            nights.append(Night(datetime.fromisoformat(line["when"]), _number(line.get("slice"))))
        elif what == "undo":
            undone.take_back(number, _number(line.get("undoes")))
        else:
            if what == "check":
                checks[number] = line["ids"]
            for document in line["ids"]:
                seconds[document] += _seconds(line) / len(line["ids"])
    checked = (ids for number, ids in checks.items() if number not in undone.operations)
    spent = {document: sum_ for document, sum_ in seconds.items() if sum_}
    return Worklog(spent, frozenset(id_ for ids in checked for id_ in ids), tuple(nights))


class _Undone:
    """The operations that are taken back; to undo an undoing brings one back again."""

    def __init__(self) -> None:
        self.operations: set[int] = set()
        self._of: dict[int, int] = {}

    def take_back(self, number: int, undoes: int | None) -> None:
        if undoes is not None:
            self._of[number] = undoes
        while undoes is not None:
            self.operations ^= {undoes}
            undoes = self._of.get(undoes)


def _number(said: Any) -> int | None:
    return said if isinstance(said, int) else None


def _seconds(line: Mapping[str, Any]) -> float:
    said = line.get("seconds")
    return float(said) if isinstance(said, (int, float)) and said > 0 else 0.0
