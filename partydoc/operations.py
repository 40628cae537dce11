"""Operations: what one command changed, as the audit log has it; numbered, and often undone.

The line of an operation stands in the audit log before the first change, with the ids of all its
documents; when it is done a line `finished` follows. A crash between them shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, cast, get_args

from partydoc.archive.audit import Audit, actor
from partydoc.archive.kept import stamp
from partydoc.archive.recovery import Opened

if TYPE_CHECKING:
    from partydoc.turns import Turns

#: What is begun by `begun`; other lines of the log are grouped by their number alone.
What = Literal[
    "edit", "review", "check", "undo", "classify", "release", "purge", "catalogue-edit",
    "catalogue-entry", "catalogue-move", "catalogue-close", "register", "register-edit", "link",
    "page", "rescan", "attach", "split", "merge", "dispose-propose", "dispose-approve",
    "dispose-withdraw", "dispose-execute",
]  # fmt: skip


D = TypeVar("D", bound="Draft")


@dataclass(frozen=True)
class Edited:
    """What an operation did to one document or unit: the fields that it changed, and those that it
    left because somebody had changed them meanwhile.
    """

    document: str
    changed: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One operation.

    `number` is None where nothing was to be changed, and for lines of the log that are older than
    numbers; `ids` are its documents and units; `fields` those that it was to change; `undoes` the
    operation that it took back; `finished` is False when it was stopped in the middle; `edited`
    is known only of an operation that was just made; `seconds`: how long a person sat over it,
    where that was measured.
    """

    number: int | None
    when: datetime
    who: str
    what: str
    ids: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    undoes: int | None = None
    finished: bool = True
    edited: tuple[Edited, ...] = ()
    seconds: float | None = None

    @property
    def documents(self) -> int:
        """How many documents it concerned."""
        return sum(not one.startswith("urn:") for one in self.ids)

    @property
    def of_units(self) -> bool:
        """Whether it concerned fonds, inventories and folders, and no document."""
        return bool(self.ids) and all(one.startswith("urn:uuid:") for one in self.ids)

    @property
    def incomplete(self) -> bool:
        """Whether something was left because somebody had changed it meanwhile."""
        return any(one.stale for one in self.edited)

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `log --json`."""
        return {
            "version": 1,
            "operation": self.number,
            "when": stamp(self.when),
            "who": self.who,
            "what": self.what,
            "documents": self.documents,
            "fields": list(self.fields),
            "undoes": self.undoes,
            "finished": self.finished,
        }


@contextmanager
def begun(
    turns: Opened | Turns, what: What, now: datetime, ids: Sequence[str], **detail: Any
) -> Iterator[Operation]:
    """Begin an operation over documents, and finish it unless something fails in between.

    Its line is durable before this yields; every line that is added to the audit log inside, and
    each event made with `operation=operation.number`, belongs to it. `detail`: `fields`,
    `undoes`, `seconds`.
    """
    with turns.turn() as opened:
        number = opened.audit.begin()
        opened.audit.add(what, now, ids, **detail)
    fields = tuple(detail.get("fields", ()))
    yield Operation(number, now, actor(), what, tuple(ids), fields, detail.get("undoes"), False)
    with turns.turn() as opened:
        opened.audit.add("finished", now)
        opened.audit.end()


class Draft(Protocol):
    """One document, unit or row as it would stand, of which `edited` tells what that changes."""

    @property
    def edited(self) -> Edited: ...


def carry_out(
    opened: Opened, drafts: Sequence[D], operation: Operation,
    write: Callable[[Sequence[D], Operation], None],
) -> Operation:  # fmt: skip
    """Have the drafts that change something written as one operation, of which `what`, `when`,
    `who` and `undoes` are given.

    The caller holds the lock. Its number is None where nothing was to be changed.
    """
    changing = [one for one in drafts if one.edited.changed]
    if changing:
        names = dict.fromkeys(name for one in changing for name in one.edited.changed)
        detail: dict[str, Any] = {"fields": list(names)}
        if operation.undoes:
            detail["undoes"] = operation.undoes
        what, ids = cast(What, operation.what), [one.edited.document for one in changing]
        with begun(opened, what, operation.when, ids, **detail) as operation:
            write(changing, operation)
        operation = replace(operation, finished=True)
    return replace(operation, edited=tuple(one.edited for one in drafts))


def log(audit: Audit, document: str | None = None) -> Iterator[Operation]:
    """Yield the operations, the newest first; with the id of a document or a unit only its own."""
    for operation in map(_operation, audit.operations()):
        if document is None or document in operation.ids:
            yield operation


def of_document(
    audit: Audit, document: str, events: Iterable[Mapping[str, Any]]
) -> Iterator[Operation]:
    """Yield the operations that came to a document, with the fields that they changed in it.

    `events`: the lines of its events.jsonl.
    """
    # Whatever stands in a damaged history, only a number can be that of an operation.
    happenings = (one for one in events if "fields" in one)
    changed = {(str(one.get("operation")), str(one["when"])): one for one in happenings}
    for operation in log(audit, document):
        happened = changed.get((str(operation.number), stamp(operation.when)))
        if happened:
            yield replace(operation, fields=tuple(happened["fields"]), ids=(document,))
        elif not operation.fields:
            yield replace(operation, ids=(document,))


def find(audit: Audit, number: int) -> Operation | None:
    """Return one operation by its number."""
    return next((one for one in log(audit) if one.number == number), None)


def _operation(lines: Sequence[Mapping[str, Any]]) -> Operation:
    first = lines[0]
    whats = [line["what"] for line in lines]
    ids = dict.fromkeys(one for line in lines for one in line["ids"])
    return Operation(
        number=first.get("operation"),
        when=datetime.fromisoformat(first["when"]),
        who=first["who"],
        what=_name(whats),
        ids=tuple(ids),
        fields=tuple(first.get("fields", ())),
        undoes=first.get("undoes"),
        finished="finished" in whats or first["what"] not in get_args(What),
        seconds=first.get("seconds"),
    )


#: The command that writes such lines, where they do not name it themselves; the first wins.
_COMMANDS = {
    "nightly": ("nightly",),
    "scan": ("kept", "quarantined", "declared-unclassified"),
    "ocr": ("described", "not-read", "held"),
}


def _name(whats: Sequence[str]) -> str:
    if whats[0] not in get_args(What):
        for command, marks in _COMMANDS.items():
            if not set(marks).isdisjoint(whats):
                return command
    return whats[0]
