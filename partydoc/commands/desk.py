"""The loop of `review`: one document after the other lies before a person and is saved at once.

The archive's lock is held only while something is saved, never while a person thinks.
"""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

import click

from partydoc import editing, fieldnames, operations, undoing
from partydoc.archive.audit import actor
from partydoc.archive.recovery import Opened
from partydoc.commands.asking import STOP, UNDO, Asker
from partydoc.commands.editor import tell_typed
from partydoc.commands.pace import Answers, Pace
from partydoc.commands.session import Session, clock
from partydoc.commands.terminal import printable
from partydoc.describing import local_tables
from partydoc.document import FIELDS
from partydoc.editing import Edit
from partydoc.errors import Locked, PartydocError
from partydoc.language import _, ngettext
from partydoc.operations import Operation, What
from partydoc.reviewing import Paper, Queue
from partydoc.viewing import Picture, whole

_SOON = 1.0  # seconds of silence


@dataclass(frozen=True)
class Tools:
    """What lies on a desk: the archive, the questions, the picture, where results go, how long to
    wait for another writer.
    """

    session: Session
    asker: Asker
    picture: Picture
    results: TextIO | None
    wait: float


class Desk(ABC):
    """Works through a queue; `what` names the operations, `talk` is the talk over one document."""

    what: What

    def __init__(self, tools: Tools, queue: Queue) -> None:
        self.tools = tools
        self.pace = Pace()
        self.local = local_tables(tools.session.archive.settings)
        self._queue = queue
        self._total = queue.left
        self._done: list[tuple[str, int | None]] = []
        self._page = 0

    @abstractmethod
    def talk(self, paper: Paper) -> tuple[str, Answers]:
        """Return how the talk ended (`saved`, `checked`, `left` or a key) and what was said."""

    def seen(self, answers: Answers) -> Iterable[str]:
        """Return the fields that nobody may have changed while the person looked."""
        return answers.said

    def work(self) -> None:
        """Show one document after the other until there is none or the person stops."""
        while True:
            started, away = time.monotonic(), self.tools.asker.away
            paper = self._queue.next()
            if paper is None:
                return
            self._page = 0
            ended, answers = self.talk(paper)
            if ended == STOP:
                return
            if ended == UNDO:
                self._back(paper)
                continue
            away = self.tools.asker.away - away
            self._finish(paper, ended, answers, time.monotonic() - started - away)

    def _finish(self, paper: Paper, ended: str, answers: Answers, so_far: float) -> None:
        started, number = time.monotonic(), None
        if ended in ("saved", "checked"):
            operation = self._saved(paper, answers, so_far)
            if operation is None:
                ended = "skipped"
            else:
                number = operation.number
        self._queue.done(paper)
        seconds = so_far + time.monotonic() - started
        self._done.append((paper.kept.id, number))
        self.pace.add(ended, seconds, answers)
        self._tell(paper, ended, number, seconds, answers)

    def _saved(self, paper: Paper, answers: Answers, seconds: float) -> Operation | None:
        """Save what was said; what cannot be saved is told, and the document comes once more."""
        record = paper.kept.fields
        expected = {name: record.get(name) for name in self.seen(answers)}
        edit = Edit(paper.kept.id, answers.said, expected)
        spent = round(seconds, 3) if self.tools.asker.attended else None
        try:
            operation = self.writing(
                lambda opened: editing.apply(opened, [edit], clock(), self.what, seconds=spent)
            )
        except Locked:
            raise
        except PartydocError as problem:
            tell_problem(problem)
            tell_typed(paper.kept.id, {name: answers.said[name] for name in answers.typed})
            self._queue.again(paper.kept.id)
            return None
        if stale := operation.edited[0].stale:
            names = ", ".join(map(fieldnames.label, stale))
            say(_("Somebody has changed this meanwhile: {names}. Look again.").format(names=names))
            self._queue.again(paper.kept.id)
            return operation if operation.number else None
        return operation

    def writing(self, do: Callable[[Opened], Operation]) -> Operation:
        """Do something with the lock held; while another partydoc has it, ask what to do."""
        wait = min(_SOON, self.tools.wait)
        while True:
            try:
                with self.tools.session.writing(wait) as opened:
                    return do(opened)
            except Locked as problem:
                if wait < self.tools.wait:
                    say(_("Another partydoc is writing; this is saved as soon as that is done."))
                    wait = self.tools.wait
                    continue
                say(printable(problem.message))
                if self.tools.asker.ask(_("Enter: try again, q: stop: ")) == STOP:
                    raise

    def _back(self, paper: Paper) -> None:
        """Take the document before this one up again; what was saved of it is undone."""
        self._queue.done(paper)
        if not self._done:
            say(_("There is nothing to undo."))
            self._queue.again(paper.kept.id)
            return
        document, number = self._done.pop()
        self.pace.take_back()
        if number is not None:
            self.writing(lambda opened: _undone(opened, number))
            say(_("Undone; once more."))
        self._queue.again(document, paper.kept.id)

    def show(self, paper: Paper, names: Sequence[str]) -> None:
        """Print what is known of a document."""
        record, pages = paper.kept.fields, paper.kept.pages
        number = self.pace.documents + 1
        parts = [
            _("{n} of {total}").format(n=number, total=max(self._total, number)),
            printable(paper.name),
            ngettext("{n} page", "{n} pages", pages).format(n=pages),
        ]
        parts += self.pace.so_far()
        say("\n" + click.style(" · ".join(parts), bold=True))
        shown = [*FIELDS, *(name for name in record if name not in FIELDS and record[name])]
        width = max(len(fieldnames.label(name)) for name in shown)
        for name in shown:
            say(f" {'?' if name in names else ' '} {fieldnames.label(name):<{width}}  "
                + _value(paper, name))  # fmt: skip

    def turn(self, paper: Paper) -> None:
        """Show the next page as a whole."""
        self._page = self._page % paper.kept.pages + 1
        self.tools.picture.show(paper.drawn, whole(self._page), _caption(paper))

    def look(self, paper: Paper, zones: list) -> None:
        """Show where the fields stand."""
        shown = self.tools.picture.show(paper.drawn, zones, _caption(paper))
        if not shown and not self.tools.picture.trouble:
            say(_("There is no picture of this document."))

    def summary(self) -> str:
        """Return one line: how many of each, how long one took, how many wait still."""
        return self.pace.summary(self.what, self._queue.left, self._queue.elsewhere)

    def _tell(
        self, paper: Paper, ended: str, number: int | None, seconds: float, answers: Answers
    ) -> None:
        if self.tools.results is None:
            return
        data = {
            "version": 1,
            "outcome": ended,
            "id": paper.kept.id,
            "reference": paper.reference,
            "operation": number,
            "seconds": round(seconds, 2),
            "typed": answers.typed,
            "accepted": answers.accepted,
        }
        self.tools.results.write(json.dumps(data, ensure_ascii=False) + "\n")
        self.tools.results.flush()


def _undone(opened: Opened, number: int) -> Operation:
    done = operations.find(opened.audit, number)
    assert done is not None
    drafts = undoing.draft(opened.archive, done) if done.fields else ()
    again = Operation(None, clock(), actor(), "undo", undoes=number)
    return editing.carry_out(opened, drafts, again)


def say(text: str) -> None:
    """Tell the person something; what comes from outside is made printable before."""
    click.echo(text, err=True)


def tell_problem(problem: PartydocError) -> None:
    """Say what cannot be taken, and what can."""
    say(printable(f"   {problem.message} {problem.hint}"))


def _caption(paper: Paper) -> str:
    name = f"{paper.reference or ''}  {paper.kept.id[:12]}".strip()
    return name.encode("ascii", "replace").decode()


def _value(paper: Paper, name: str) -> str:
    value = paper.kept.fields.get(name)
    text = printable(fieldnames.shown(name, value)) or "…"
    if value is None or value.accepted:
        return text
    return _("{text}  ({percent} %)").format(text=text, percent=round(100 * value.confidence))
