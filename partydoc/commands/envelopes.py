"""The envelopes of a morning: one after the other is asked for, and gets its number at once.

The archive's lock is held only while a row is written, never while a person thinks.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import replace
from typing import TextIO

import click

from partydoc import registerfields, registering
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.registerrow import NAMES
from partydoc.commands import registerlines, terminal
from partydoc.commands.asking import Asker, results_apart
from partydoc.commands.desk import tell_problem
from partydoc.commands.envelopetalk import Talk
from partydoc.commands.session import Session, clock, notice
from partydoc.commands.terminal import printable
from partydoc.doubts import Doubt
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.metadata.rules import table
from partydoc.registering import Registered, Wish


def tell(
    done: Registered, catalogue: Catalogue, as_json: bool, quiet: bool,
    results: TextIO | None = None,
) -> None:  # fmt: skip
    """Print a row that was registered: its number, as it stands on the paper."""
    row = done.row
    if as_json:
        line = registerlines.form(catalogue, row)
        odd = [{"kind": one.kind, "message": one.message} for one in done.doubts]
        data = {**line, "operation": done.operation, "doubts": odd}
        click.echo(terminal.as_json(data), file=results)
        return
    for one in done.doubts:
        notice(printable(one.message))
    day = registerfields.shown("date", row.day)
    stamp = table("registers")["stamp"][row.kind]
    code = row.fields.get("code") or row.figure
    click.echo(printable(stamp.format(number=row.figure, code=code, date=day)), file=results)
    reference = f"{row.register} {row.reference}"
    if row.document:
        notice(_("{reference}: its scan is linked.").format(reference=reference), quiet)
    back = _("{reference}. To take it back: partydoc undo {number}")
    notice(back.format(reference=reference, number=done.operation), quiet)


def ask_for_all(session: Session, wish: Wish, as_json: bool, quiet: bool, wait: float) -> None:
    """Ask for one document after the other until the first answer is empty; for one alone where
    the wish names its number.
    """
    with ExitStack() as stack:
        results = stack.enter_context(results_apart())
        asker = stack.enter_context(Asker())
        talk = Talk(session.archive, asker, wish.kind)
        notice(_("An empty first answer ends it; ? tells what else can be typed."), quiet)
        while fields := talk.fields():
            asked = replace(wish, fields=fields)
            known = talk.doubted(asked)
            if known and not talk.is_meant():
                continue
            if _registered(session, asked, known, as_json, quiet, wait, results):
                talk.registered(fields)
                if wish.number or wish.after:
                    return


def _registered(
    session: Session, wish: Wish, known: Collection[Doubt], as_json: bool, quiet: bool, wait: float,
    results: TextIO,
) -> bool:  # fmt: skip
    """Register one; should it not be, whatever stops it, say how to say it again.

    What is `known` to be odd about it is not told to a person again.
    """
    done = None
    try:
        with session.writing(wait) as opened:
            done = registering.register(opened, wish, clock())
            odd = tuple(one for one in done.doubts if as_json or one not in known)
            tell(replace(done, doubts=odd), opened.catalogue, as_json, quiet, results)
    except UsageProblem as problem:
        tell_problem(problem)
        _tell_typed(wish)
    except BaseException:
        if done is None:
            _tell_typed(wish)
        raise
    return done is not None


def _tell_typed(wish: Wish) -> None:
    words = [f"{name}={registerfields.shown(name, value)}" for name, value in wish.fields.items()]
    command = shlex.join(["partydoc", "register", NAMES[wish.kind], *words])
    notice(_("What was typed, to say it again: {command}").format(command=command))
