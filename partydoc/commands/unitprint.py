"""`partydoc catalogue print`: finding aids, certificates, covers and labels, as PDF or workbook."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    notice,
    print_json,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.language import _
from partydoc.printwishes import KINDS, Wishes

if TYPE_CHECKING:
    from partydoc.prints.form import Form


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
    from partydoc.text import clean

    started = time.monotonic()
    typed: dict[str, Any] = {
        name: clean(one) if isinstance(one, str) else one for name, one in said.items()
    }
    form, unknown = _write(session, reference, to, Wishes(**typed), wait)
    if as_json:
        print_json({
            "version": 1, "outcome": "written", "kind": said["kind"], "path": str(to),
            "rows": form.rows, "seconds": round(time.monotonic() - started, 2),
        })  # fmt: skip
    notice(_("{path} is written.").format(path=to), quiet or as_json)
    if unknown:
        message = _("The font does not have all signs; □ stands for {signs}.")
        notice(message.format(signs=" ".join(sorted(unknown))), quiet)


def _write(
    session: Session, reference: str, to: Path, wishes: Wishes, wait: float
) -> tuple[Form, frozenset[str]]:
    """Write the print, which is an export; return it, and the signs that it cannot show.

    Nobody waits while it is drawn. So all is looked at again under the lock, and drawn again where
    something was changed meanwhile: nothing is shown that went into hold.
    """
    from partydoc import outfile, printing
    from partydoc.archive.opening import open_for_reading

    archive, now = session.archive, clock()
    write = printing.writer_of(to)
    outfile.require_free(to, archive.root, _("Name another file: --to FILE"))
    asked = (archive.settings, reference, wishes, now)
    with open_for_reading(archive) as catalogue:
        form = printing.form(catalogue, *asked)
    with outfile.arriving(to) as part:
        unknown = write(form, part, now)
        with session.writing(wait) as opened:
            latest = printing.form(opened.catalogue, *asked)
            if latest != form:
                form, unknown = latest, write(latest, part, now)
            opened.audit.add("exported", now, printing.shown(opened.catalogue, reference, wishes))
    return form, unknown
