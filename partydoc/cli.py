"""The command line: the commands gathered, and the one place where errors become exit codes."""

from __future__ import annotations

import errno
import importlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from partydoc import __version__
from partydoc.commands.session import Session
from partydoc.errors import DiskFull, Exit, MissingTool, PartydocError, QueryProblem
from partydoc.language import _

COMMANDS = (
    "init", "scan", "ocr", "search", "show", "review", "edit", "log", "undo", "hold", "classify",
    "catalogue", "index", "verify", "nightly", "doctor",
)  # fmt: skip


class _Commands(click.Group):
    """Commands live in partydoc/commands/<verb>.py and are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return importlib.import_module(f"partydoc.commands.{cmd_name}").command


@click.group(
    cls=_Commands,
    name="partydoc",
    help=_("Turn paper into an archive that can be searched."),
    epilog=_(
        "Example: partydoc -a /srv/archive search nghi quyet chuyen doi so\n\n"
        "Exit status: 0 done, 1 unexpected, 2 usage, 3 some inputs not taken in, 4 damage found,"
        " 5 no archive, 6 locked, 7 a tool is missing, 8 unreadable, 9 disk full, 130 interrupted."
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "-a",
    "--archive",
    metavar="ARCHIVE",
    type=click.Path(path_type=Path),
    help=_("The archive; else PARTYDOC_ARCHIVE, else the nearest folder with a partydoc.toml."),
)
@click.option("--debug", is_flag=True, help=_("Show what went wrong inside, for a bug report."))
@click.version_option(__version__, prog_name="partydoc")
@click.pass_context
def cli(context: click.Context, archive: Path | None, debug: bool) -> None:
    """Gather what every command needs."""
    logging.basicConfig(level=logging.DEBUG if debug else logging.CRITICAL)
    logging.captureWarnings(not debug)
    context.obj = Session(archive)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = cli.main(list(arguments), prog_name="partydoc", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else Exit.DONE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except (KeyboardInterrupt, click.Abort):
        hint = _("Type the same command again; what is done stays done.")
        said = {"error": "interrupted", "message": _("Interrupted."), "hint": hint}
        _say(arguments, said, hint)
        return Exit.INTERRUPTED
    except click.ClickException as trouble:
        return _usage(arguments, trouble)
    except Exception as trouble:
        if "--debug" in arguments:
            logging.getLogger(__name__).exception("unexpected")
        known = _known(trouble)
        data: dict[str, Any] = {
            "error": known.exit_code.word,
            "message": known.message,
        }
        if isinstance(known, QueryProblem):
            data |= {"query": known.query, "position": known.position}
        _say(arguments, data | {"hint": known.hint}, known.hint)
        return known.exit_code


def _known(trouble: Exception) -> PartydocError:
    if isinstance(trouble, PartydocError):
        return trouble
    if _no_room(trouble):
        message = _("There is no room left on the disk; what was begun is undone or is finished")
        return DiskFull(message + ".", _("Make room, then run the same command again."))
    if isinstance(trouble, OSError) and trouble.errno in (errno.EACCES, errno.EROFS):
        message = _("{path} may not be written or read.").format(path=trouble.filename)
        return PartydocError(message, _("Run it as the archive's own account."))
    if isinstance(trouble, ModuleNotFoundError):
        message = _("The Python package {name} is missing.").format(name=trouble.name)
        return MissingTool(message, _("See what is missing: partydoc doctor"))
    message = _("Something unexpected happened: {trouble}.")
    text = message.format(trouble=f"{type(trouble).__name__}: {trouble}")
    return PartydocError(text, _("Run it again with partydoc --debug and report what it shows."))


def _no_room(trouble: Exception) -> bool:
    if isinstance(trouble, OSError):
        return trouble.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(trouble, "sqlite_errorname", None) == "SQLITE_FULL"


def _usage(arguments: Sequence[str], trouble: click.ClickException) -> int:
    if isinstance(trouble, click.exceptions.NoArgsIsHelpError):
        click.echo(trouble.format_message(), err=True)
        return Exit.USAGE
    context = getattr(trouble, "ctx", None)
    path = context.command_path if context else "partydoc"
    hint = _("See how it is used: {command} --help").format(command=path)
    _say(arguments, {"error": "usage", "message": trouble.format_message(), "hint": hint}, hint)
    return Exit.USAGE


def _say(arguments: Sequence[str], data: dict[str, Any], hint: str) -> None:
    if "--json" in arguments:
        click.echo(json.dumps({"version": 1} | data, ensure_ascii=False), err=True)
        return
    click.echo(f"partydoc: {data['message']}", err=True)
    if "position" in data:
        click.echo(f"  {data['query']}\n  {' ' * data['position']}^", err=True)
    if hint:
        click.echo(f"  {hint}", err=True)
