"""`partydoc catalogue edit`: what is known of fonds, inventories, folders and their entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from partydoc.archive import whereabouts
from partydoc.commands import drafts as drawn
from partydoc.commands.session import Session, epilog, json_option, quiet_option, wait_option
from partydoc.errors import UsageProblem
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.unitediting import Draft


@click.command(
    name="edit",
    help=_(
        "Change what is known of fonds, inventories or folders, or of entries of folders (sheets,"
        " note, and what is known of paper that is not scanned). A FIELD has its English or"
        " Vietnamese name, with or without diacritics; FIELD=- says that there is none."
    ),
    epilog=epilog(
        'partydoc catalogue edit A29-01-0003 "thời hạn=20 năm" hop=7 "nhiem ky=2020-2025"',
        _("0 done, 2 usage, or there is no such reference or field."),
    ),
)
@click.argument("words", metavar="REF... FIELD=VALUE...", nargs=-1, required=True)
@drawn.dry_option
@json_option
@quiet_option
@wait_option
@click.pass_obj
def edit(
    session: Session, words: tuple[str, ...], dry_run: bool, as_json: bool, quiet: bool,
    wait: float,
) -> None:  # fmt: skip
    """Write what a person says of units or entries, or show what it would change."""
    from partydoc import entering, lookup, unitediting, unitfields

    references = list(dict.fromkeys(word for word in words if "=" not in word))
    said = [word for word in words if "=" in word]
    if not references or not said:
        message = _("It takes a unit and what is to be changed in it.")
        raise UsageProblem(message, _("As: partydoc catalogue edit A29-01-0003 box=7"))

    def drafts(catalogue: Catalogue) -> tuple[Draft, ...]:
        if all(whereabouts.named(catalogue, one) and not catalogue.unit(one) for one in references):
            places = [entering.place(catalogue, one) for one in references]
            return entering.changed_entries(session.archive, catalogue, places, entry_values(said))
        units = [lookup.unit(catalogue, one) for one in references]
        kinds = list(dict.fromkeys(unit.kind for unit in units))
        values = _values(said, partial(unitfields.find, kinds), unitfields.parse)
        return unitediting.draft(catalogue, units, values)

    drawn.carry_out(session, drafts, "catalogue-edit", dry_run, as_json, quiet, wait)


def entry_values(words: Sequence[str]) -> dict[str, Any]:
    """Return what FIELD=VALUE words say of an entry."""
    from partydoc import entryfields

    return _values(words, entryfields.find, entryfields.parse)


def _values(
    words: Sequence[str], find: Callable[[str], str], parse: Callable[[str, str], Any]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for word in words:
        name, _equals, typed = word.partition("=")
        field = find(name)
        value = parse(field, typed)
        if found.get(field, value) != value:
            message = _("{name} is given two values.").format(name=name)
            raise UsageProblem(message, _("Give one of them."))
        found[field] = value
    return found
