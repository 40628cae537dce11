"""A record in the person's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from partydoc.archive import scratch
from partydoc.archive.root import Archive
from partydoc.commands.session import notice
from partydoc.document import Field
from partydoc.editing import Edit, Value
from partydoc.errors import MissingTool, UsageProblem
from partydoc.fieldnames import ABSENT, shown
from partydoc.interrupting import hangups_interrupt
from partydoc.language import _

_Read = TypeVar("_Read")


def ask(archive: Archive, text: str, read: Callable[[str], _Read]) -> _Read:
    """Let a person change a text, which stands in hold meanwhile; return what `read` makes of it.

    Where it cannot be understood the person may go on with it; else the UsageProblem says what was
    typed. Raises MissingTool when there is no editor.
    """
    command = _editor()
    with hangups_interrupt(), scratch.folder(archive.hold_staging) as folder:
        path = folder / "record.txt"
        path.write_text(text, "utf-8")
        while True:
            try:
                _open(command, path)
                return read(path.read_text("utf-8", "replace"))
            except UsageProblem as trouble:
                if not _goes_on(trouble):
                    raise _with_typed(trouble, text, path) from None


@contextmanager
def typed_is_shown(edit: Edit) -> Iterator[None]:
    """Should what a person typed not be saved, whatever stops it, say how to say it again."""
    try:
        yield
    except BaseException:
        tell_typed(edit.document, edit.values)
        raise


def tell_typed(document: str, values: Mapping[str, Value]) -> None:
    """Say how values that were typed can be said again."""
    if values:
        words = [f"{name}={_typed(name, value)}" for name, value in values.items()]
        command = shlex.join(["partydoc", "edit", document[:12], *words])
        notice(_("What was typed, to say it again: {command}").format(command=command))


def _typed(name: str, value: Value) -> str:
    return shown(name, ABSENT if value is None else Field(value))


def _with_typed(trouble: UsageProblem, before: str, path: Path) -> UsageProblem:
    """Return the trouble with the lines that a person changed; they stand nowhere else."""
    known = before.splitlines()
    now = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    typed = [line for line in now if line.strip() and line not in known]
    message = _("{trouble} Nothing was changed.").format(trouble=trouble.message)
    if typed:
        said = _("What was typed:")
        message = "\n  ".join([f"{message} {said}", *typed])
    return UsageProblem(message, trouble.hint)


def _goes_on(trouble: UsageProblem) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    notice(f"{trouble.message}\n  {trouble.hint}")
    return click.confirm(_("Open the editor again?"), default=True, err=True)


def _editor() -> Sequence[str]:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named:
        return shlex.split(named)
    if not sys.stdin.isatty():
        message = _("What is to be changed?")
        raise UsageProblem(message, _("Name a field: partydoc edit REF FIELD=VALUE"))
    for name in ("sensible-editor", "nano", "vim", "vi"):
        if shutil.which(name):
            return [name]
    message = _("There is no editor.")
    hint = _("Install one: apt install nano. Or name a field: partydoc edit REF FIELD=VALUE")
    raise MissingTool(message, hint)


def _open(command: Sequence[str], path: Path) -> None:
    try:
        code = subprocess.call([*command, str(path)])
    except OSError as trouble:
        message = _("The editor {name} cannot be started.").format(name=command[0])
        raise MissingTool(message, _("Set EDITOR to one that is installed.")) from trouble
    if code:
        message = _("The editor ended with an error.")
        raise UsageProblem(message, _("Name a field: partydoc edit REF FIELD=VALUE"))
