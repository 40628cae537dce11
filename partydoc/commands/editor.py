"""A record in the person's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from partydoc.commands.session import notice
from partydoc.errors import MissingTool, UsageProblem
from partydoc.language import _

_Read = TypeVar("_Read")


def ask(text: str, read: Callable[[str], _Read]) -> _Read:
    """Let a person change a text; return what `read` makes of it.

    Where it cannot be understood the person may go on with it; else the text is kept in a file,
    which the UsageProblem names. Raises MissingTool when there is no editor.
    """
    command = _editor()
    descriptor, name = tempfile.mkstemp(prefix="partydoc-", suffix=".txt")
    path = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    while True:
        _open(command, path)
        try:
            found = read(path.read_text("utf-8", "replace"))
        except UsageProblem as trouble:
            if _goes_on(trouble):
                continue
            message = _("{trouble} Nothing was changed; the text is kept in {path}.")
            text = message.format(trouble=trouble.message, path=path)
            raise UsageProblem(text, trouble.hint) from None
        path.unlink()
        return found


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
        message = _("The editor ended with an error; nothing was changed. The text: {path}")
        raise UsageProblem(
            message.format(path=path), _("Name a field: partydoc edit REF FIELD=VALUE")
        )
