"""The command line: the commands gathered, and the one place where errors become exit codes."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from partydoc import __version__
from partydoc.commands import trouble
from partydoc.commands.session import Session
from partydoc.errors import Damage, DiskFull, Exit, MissingTool, PartydocError
from partydoc.language import _

COMMANDS = (
    "init", "scan", "ocr", "search", "show", "review", "edit", "log", "undo", "hold", "classify",
    "page", "split", "merge", "attach", "catalogue", "register", "dispose", "report", "index",
    "verify", "nightly", "doctor",
)  # fmt: skip

#: What these load says nothing by itself; they shall answer at once.
_SILENT = ("search", "show")


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
    "archives",
    metavar="ARCHIVE",
    type=click.Path(path_type=Path),
    multiple=True,
    help=_(
        "The archive; else PARTYDOC_ARCHIVE, else the nearest folder with a partydoc.toml."
        " Repeated, all of them are searched."
    ),
)
@click.option("--debug", is_flag=True, help=_("Show what went wrong inside, for a bug report."))
@click.version_option(__version__, prog_name="partydoc")
@click.pass_context
def cli(context: click.Context, archives: tuple[Path, ...], debug: bool) -> None:
    """Gather what every command needs."""
    if debug or context.invoked_subcommand not in _SILENT:
        import logging

        logging.basicConfig(level=logging.DEBUG if debug else logging.CRITICAL)
        logging.captureWarnings(not debug)
    context.obj = Session(*archives)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    return _run(arguments)


def _run(arguments: Sequence[str], anew: bool = False) -> int:
    """Run it; where the catalogue turns out damaged it is made anew, and all is run once more.

    Every command can be: it may have been killed where the damage stopped it.
    """
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
        trouble.say(said, "--json" in arguments)
        return Exit.INTERRUPTED
    except click.ClickException as problem:
        return _usage(arguments, problem)
    except Exception as problem:
        if not anew and _is_renewed(problem):
            return _run(arguments, anew=True)
        if "--debug" in arguments:
            import logging

            logging.getLogger(__name__).exception("unexpected")
        known = _known(problem)
        trouble.tell(known, "--json" in arguments)
        return known.exit_code


def _is_renewed(problem: Exception) -> bool:
    """Tell whether the trouble was a damaged catalogue, which now is made anew."""
    damaged = getattr(problem, "catalogue", None)
    if damaged is None:
        return False
    from partydoc.archive import anew, root

    try:
        anew.renew_catalogue(root.open_archive(damaged.parent), problem.inode)  # type: ignore[attr-defined]
    except (OSError, PartydocError):
        return False
    message = _("The catalogue was damaged. It was made anew from the store.")
    click.echo(f"partydoc: {message}", err=True)
    return True


def _known(problem: Exception) -> PartydocError:
    if isinstance(problem, PartydocError):
        return problem
    if _no_room(problem):
        message = _("There is no room left on the disk; what was begun is undone or is finished")
        return DiskFull(message + ".", _("Make room, then run the same command again."))
    if isinstance(problem, OSError) and problem.errno in (errno.EACCES, errno.EROFS):
        message = _("{path} may not be written or read.").format(path=problem.filename)
        return PartydocError(message, _("Run it as the archive's own account."))
    if isinstance(problem, OSError) and problem.errno == errno.EIO and problem.filename:
        message = _("The disk did not keep {name} as it was written.")
        hint = _("Check the disk, then the archive: partydoc verify --deep")
        return PartydocError(message.format(name=problem.filename), hint)
    if damaged := getattr(problem, "catalogue", None):
        message = _("The catalogue of {archive} is damaged.").format(archive=damaged.parent)
        return Damage(message, _("Make it anew as the archive's own account: partydoc index"))
    if isinstance(problem, ModuleNotFoundError):
        message = _("The Python package {name} is missing.").format(name=problem.name)
        return MissingTool(message, _("See what is missing: partydoc doctor"))
    message = _("Something unexpected happened: {trouble}.")
    text = message.format(trouble=f"{type(problem).__name__}: {problem}")
    return PartydocError(text, _("Run it again with partydoc --debug and report what it shows."))


def _no_room(problem: Exception) -> bool:
    if isinstance(problem, OSError):
        return problem.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(problem, "sqlite_errorname", None) == "SQLITE_FULL"


def _usage(arguments: Sequence[str], problem: click.ClickException) -> int:
    if isinstance(problem, click.exceptions.NoArgsIsHelpError):
        click.echo(problem.format_message(), err=True)
        return Exit.USAGE
    context = getattr(problem, "ctx", None)
    path = context.command_path if context else "partydoc"
    hint = _("See how it is used: {command} --help").format(command=path)
    said = {"error": "usage", "message": problem.format_message(), "hint": hint}
    trouble.say(said, "--json" in arguments)
    return Exit.USAGE
