"""`partydoc init`: make an archive."""

from __future__ import annotations

from pathlib import Path

import click

from partydoc.archive.settings import NETWORKS, Settings
from partydoc.commands.session import clock, epilog, notice, quiet_option
from partydoc.language import _


@click.command(
    name="init",
    help=_("Make a new archive in the folder DIR."),
    epilog=epilog(
        "partydoc init /srv/archive --network connected", _("0 done, 2 DIR is not empty.")
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--network",
    required=True,
    type=click.Choice(NETWORKS),
    help=_("How this machine is connected; on a connected one marked documents stay in hold."),
)
@click.option("--name", default="", metavar="TEXT", help=_("The archive's name, for reports."))
@click.option(
    "--engine",
    type=click.Choice(["whoosh", "tantivy"]),
    help=_("The search engine; else tantivy where it is installed, else whoosh."),
)
@quiet_option
def command(folder: Path, network: str, name: str, engine: str | None, quiet: bool) -> None:
    """Make an archive and say what to do next."""
    from partydoc.archive.recovery import open_for_writing
    from partydoc.archive.root import create
    from partydoc.indexing import bring_up_to_date, preferred_engine, require_engine
    from partydoc.text import clean

    require_engine(engine or preferred_engine())
    settings = Settings(network, engine or preferred_engine(), name=clean(name))
    archive = create(folder, settings)
    with archive.writing(wait=0):
        opened = open_for_writing(archive, clock())
        with opened.catalogue:
            bring_up_to_date(opened)
            opened.audit.add("init", clock(), network=network)
    notice(_("{folder} is an archive now.").format(folder=folder), quiet)
    notice(_("Take scans in: partydoc -a {folder} scan FOLDER").format(folder=folder), quiet)
