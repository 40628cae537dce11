"""`partydoc catalogue add`: new units, and entries of paper with or without a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partydoc.commands import drafts as drawn
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    notice,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.commands.unitedit import entry_values
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.unitediting import Draft


@click.group(
    name="add",
    help=_(
        "Add a fonds (A29), an inventory (A29-01), a folder (A29-01-0003, or TH.01/2026 as long as"
        " it has no archival number), an entry of a folder, or an organisation."
    ),
    epilog=epilog(
        'partydoc catalogue add folder A29-01-0003 --title "Nghị quyết năm 2021" --box 7',
        _("0 done, 2 the reference is taken or has no parent."),
    ),
)
def add() -> None:
    """Gather what can be added."""


def _unit(kind: str, help_: str, example: str, *options: click.Option) -> None:
    @add.command(
        name=kind,
        help=help_,
        epilog=epilog(example, _("0 done, 2 the reference is taken or has no parent.")),
    )
    @click.argument("reference", metavar="REF")
    @click.option("--title", required=True, metavar="T", help=_("Its title."))
    @quiet_option
    @wait_option
    @click.pass_obj
    def command(
        session: Session, reference: str, title: str, quiet: bool, wait: float,
        box: str | None = None, within: str | None = None,
    ) -> None:  # fmt: skip
        """Add one unit."""
        from partydoc import arranging
        from partydoc.archive.audit import actor
        from partydoc.archive.ocfl import Commit
        from partydoc.text import clean

        with session.writing(wait) as opened:
            now, lies = clock(), clean(box) if box else None
            unit = arranging.placed(opened.catalogue, kind, reference, clean(title), lies, within)
            opened.shelves.add(unit, Commit("added", actor(), now))
            opened.audit.add("catalogue-add", now, [unit.urn])
        notice(_("{reference} is in the catalogue.").format(reference=unit.reference), quiet)

    command.params.extend(options)


_unit("fonds", _("Add a fonds."), 'partydoc catalogue add fonds A29 --title "Huyện uỷ Mẫu Sơn"')
_unit(
    "inventory", _("Add an inventory to a fonds."),
    'partydoc catalogue add inventory A29-01 --title "Nhiệm kỳ 2015-2020"',
)  # fmt: skip
_unit(
    "folder",
    _("Add a folder to an inventory; under a code of the filing plan to a fonds."),
    'partydoc catalogue add folder TH.01/2026 --in A29 --title "Báo cáo công tác"',
    click.Option(["--box"], metavar="B", help=_("The box in which it lies.")),
    click.Option(
        ["--in", "within"], metavar="REF",
        help=_("Where a folder with a code of the filing plan stands; else the only open fonds."),
    ),
)  # fmt: skip
_unit(
    "organisation",
    _("Add an organisation that forms fonds; what it came from: catalogue edit predecessors=REF"),
    'partydoc catalogue add organisation HUMS --title "Huyện uỷ Mẫu Sơn"',
)


@add.command(
    name="entry",
    help=_(
        "Add an entry to a folder: paper that is not scanned, described by FIELD=VALUE"
        " (sheets=12-14, type=…, code=…, date=…, subject=…), or with --document one that is in the"
        " archive."
    ),
    epilog=epilog(
        'partydoc catalogue add entry A29-01-0003 --as 5a sheets=12 "loai=Báo cáo" ngay=5/6/2010',
        _("0 done, 2 usage, or there is no such folder or field."),
    ),
)
@click.argument("folder", metavar="FOLDER")
@click.argument("words", metavar="[FIELD=VALUE]...", nargs=-1)
@click.option(
    "--as", "ordinal", metavar="NUMBER",
    help=_("Its number, with a letter where it comes in between: 005a. Else the next."),
)  # fmt: skip
@click.option("--document", metavar="REF", help=_("A document, which may stand elsewhere too."))
@drawn.dry_option
@json_option
@quiet_option
@wait_option
@click.pass_obj
def entry(
    session: Session, folder: str, words: tuple[str, ...], ordinal: str | None,
    document: str | None, dry_run: bool, as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Add one entry."""
    from partydoc import entering

    values = entry_values(words)

    def drafts(catalogue: Catalogue) -> tuple[Draft, ...]:
        archive = session.archive
        return (entering.new_entry(archive, catalogue, folder, ordinal, document, values),)

    drawn.carry_out(session, drafts, "catalogue-entry", dry_run, as_json, quiet, wait)
