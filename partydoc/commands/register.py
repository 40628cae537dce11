"""`partydoc register`: the registers of arrivals and departures."""

from __future__ import annotations

import click

from partydoc.archive.registerrow import HIGHEST, REGISTERS
from partydoc.commands import registeredit, registergaps, registerlist, registerprint
from partydoc.commands.registerwords import said
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.language import _


@click.group(
    name="register",
    help=_(
        "The registers of what arrives (in) and departs (out). A row is named by its number: in"
        " 125/2026; a departure by its code too: out 07-NQ/ĐU."
    ),
    epilog=epilog("partydoc register in", _("0 done, 2 usage, or there is no such row.")),
)
def command() -> None:
    """Gather the commands of the registers."""


for _module in (registerlist, registeredit, registergaps, registerprint):
    for _one in _module.COMMANDS:
        command.add_command(_one)


def _registering(register: str, help_: str, example: str) -> None:
    """Add `register in` or `register out`."""

    @command.command(
        name=register,
        help=help_,
        epilog=epilog(example, _("0 done, 2 usage, or it cannot be registered so, 6 locked.")),
    )
    @click.argument("words", metavar="[FIELD=VALUE]...", nargs=-1)
    @click.option(
        "--number", type=click.IntRange(1, HIGHEST), metavar="N",
        help=_("A number that was reserved or given on paper; else the next one."),
    )  # fmt: skip
    @click.option(
        "--after", type=click.IntRange(1, HIGHEST), metavar="N",
        help=_("Insert it behind a number, with a letter: 125a."),
    )  # fmt: skip
    @json_option
    @quiet_option
    @wait_option
    @click.pass_obj
    def one(
        session: Session, words: tuple[str, ...], number: int | None, after: int | None,
        as_json: bool, quiet: bool, wait: float,
    ) -> None:  # fmt: skip
        """Register one document, or ask for one after the other."""
        from partydoc import registering
        from partydoc.commands import envelopes

        if number and after:
            raise click.UsageError(_("Ask for one thing: --number or --after."))
        kind = REGISTERS[register]
        wish = registering.Wish(kind, said(session, kind, words), number, after)
        if not words:
            envelopes.ask_for_all(session, wish, as_json, quiet, wait)
            return
        with session.writing(wait) as opened:
            done = registering.register(opened, wish, clock())
            envelopes.tell(done, opened.catalogue, as_json, quiet)


_registering(
    "in",
    _(
        "Register what arrived: it gets the next number of the year, printed for the ĐẾN stamp."
        " Without words it asks field by field, one envelope after the other, until the first"
        " answer is empty."
    ),
    'partydoc register in "tác giả=Tỉnh uỷ" "số, ký hiệu=12-CV/TU" ngày=20/11/2026',
)
_registering(
    "out",
    _(
        "Register what departs: it gets the next number of its type and term, or of the year, as"
        " partydoc.toml says (numbering). Without words it asks field by field, until the first"
        " answer is empty."
    ),
    'partydoc register out "loại=Nghị quyết" "ký hiệu=NQ/ĐU" "trích yếu=về chuyển đổi số"',
)
