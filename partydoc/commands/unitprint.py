"""`partydoc catalogue print`: finding aids, certificates, covers and labels, as PDF or workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.language import _
from partydoc.printwishes import KINDS, Wishes


@click.command(
    name="print",
    help=_(
        "Print of a fonds, an inventory or a folder: the list of its folders (muc-luc-ho-so) or of"
        " its documents (muc-luc-van-ban), the filing plan (danh-muc-ho-so), the certificate that"
        " ends a folder (chung-tu-ket-thuc), the record of a delivery (bien-ban-giao-nhan), covers"
        " (bia) or labels (nhan); as PDF/A or as a workbook. Only what is accepted is printed;"
        " documents in hold or with a secrecy mark are left out."
    ),
    epilog=epilog(
        "partydoc catalogue print A29-01-0003 --kind muc-luc-van-ban --to A29-01-0003.pdf",
        _("0 done, 2 usage, or there is no such reference, 7 the font is missing."),
    ),
)
@click.argument("reference", metavar="REF")
@click.option("--kind", required=True, type=click.Choice(list(KINDS)), help=_("What to print."))
@click.option(
    "--to", required=True, metavar="FILE.{xlsx,pdf}",
    type=click.Path(dir_okay=False, path_type=Path), help=_("Where to; a new file."),
)  # fmt: skip
@click.option(
    "--columns", type=click.Choice(["state", "party"]),
    help=_("Of muc-luc-van-ban: 7 columns (state, usual), or the Party's 24."),
)  # fmt: skip
@click.option("--year", type=click.IntRange(1800, 2199), help=_("Of danh-muc-ho-so: which year."))
@click.option(
    "--paper", type=click.Choice(["a4", "a3"]), help=_("Of bia: A4 (usual), or A3 to be folded.")
)
@click.option(
    "--labels", type=click.Choice(["boxes", "folders"]),
    help=_("Of nhan: of boxes, or of folders."),
)  # fmt: skip
@click.option(
    "--giver", metavar="NAME;POSITION;UNIT", help=_("Of bien-ban-giao-nhan: who hands over.")
)
@click.option(
    "--receiver", metavar="NAME;POSITION;UNIT", help=_("Of bien-ban-giao-nhan: who takes in.")
)
@click.option("--metres", metavar="N", help=_("Of bien-ban-giao-nhan: metres of shelves."))
@click.option(
    "--condition", metavar="TEXT",
    help=_("Of bien-ban-giao-nhan: the state of the papers; else as it is said of the folders."),
)  # fmt: skip
@click.option("--basis", metavar="TEXT", help=_("Of bien-ban-giao-nhan: on what it is based."))
@click.option("--place", metavar="TEXT", help=_("Where it is signed."))
@click.option(
    "--with-secret", "secret", is_flag=True,
    help=_("With documents that bear a secrecy mark (on an independent LAN)."),
)  # fmt: skip
@json_option
@quiet_option
@wait_option
@click.pass_obj
def print_(
    session: Session, reference: str, to: Path, as_json: bool, quiet: bool, wait: float, **said: Any
) -> None:
    """Write one print."""
    from partydoc import printing
    from partydoc.commands import printout
    from partydoc.commands.printout import Draft
    from partydoc.text import clean

    typed: dict[str, Any] = {
        name: clean(one) if isinstance(one, str) else one for name, one in said.items()
    }
    wishes, settings, now = Wishes(**typed), session.archive.settings, clock()
    draft = Draft(
        said["kind"],
        lambda catalogue: printing.form(catalogue, settings, reference, wishes, now),
        lambda catalogue: printing.shown(catalogue, reference, wishes),
    )
    printout.write(session, draft, to, now, wait).tell(as_json, quiet)
