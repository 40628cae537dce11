"""`partydoc search`: find documents by words and fields."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from partydoc.commands.session import Session, epilog, json_option, notice, print_json, quiet_option
from partydoc.commands.terminal import lines
from partydoc.errors import UsageProblem
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.results import Results

SHOWN = 10
#: The orders of index.Order, which is not loaded for a help text.
ORDERS = ("best", "latest", "oldest", "shelf")


@click.command(
    name="search",
    help=_(
        "Find documents by any word, with or without diacritics. Words are all wanted; one"
        " argument with spaces is a phrase; fields: type: code: number: symbol: issuer: signer:"
        " subject: place: folder: date:2020..2022; also OR, not:WORD, WORD*. @NAME is a saved"
        " search. Without words a prompt opens."
    ),
    epilog=epilog(
        "partydoc search luu tru symbol:NQ date:2020..2022",
        _("0 done, also without hits; 2 a query that cannot be understood; 5 not an archive."),
    ),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@click.option(
    "--sort",
    type=click.Choice(ORDERS),
    default=ORDERS[0],
    show_default=True,
    help=_("The best, the latest or the oldest first, or as the papers stand on the shelf."),
)
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    metavar="N",
    help=_("At most that many hits; else {n}, with --ids all.").format(n=SHOWN),
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, metavar="N", help=_("Skip that many hits.")
)
@click.option("--facets", is_flag=True, help=_("Count all hits by type, year and issuer."))
@click.option(
    "--ids",
    "as_ids",
    is_flag=True,
    help=_("Only ids, one a line, to be piped into: partydoc edit - FIELD=VALUE"),
)
@click.option("--save", metavar="NAME", help=_("Save the search for yourself; use it as @NAME."))
@click.option("--saved", is_flag=True, help=_("List your saved searches."))
@click.option("--unsave", metavar="NAME", help=_("Remove a saved search."))
@json_option
@quiet_option
@click.pass_context
def command(
    context: click.Context, words: tuple[str, ...], sort: str, limit: int | None, offset: int,
    facets: bool, as_ids: bool, save: str | None, saved: bool, unsave: str | None, as_json: bool,
    quiet: bool,
) -> None:  # fmt: skip
    """Search and print the hits, work on the saved searches, or open the prompt."""
    from partydoc import searching
    from partydoc.commands import hits
    from partydoc.commands.bar import Bar
    from partydoc.index import Order
    from partydoc.results import Asked

    session: Session = context.obj
    if saved or unsave:
        if words or save or (saved and unsave):
            raise click.UsageError(_("--saved and --unsave go alone."))
        _list_saved(as_json) if saved else _remove_saved(unsave or "", quiet)
        return
    order, shown = Order(sort), limit or SHOWN
    if not words:
        _require_terminal(alone=not (save or as_ids or as_json or offset))
        from partydoc.commands.prompt import Prompt

        Prompt(session.roots, order, shown, facets).run()
        return
    asked = Asked(searching.understood(words), shown, offset, order, facets)
    if save:
        _save(save, words, quiet or as_json)
    if as_ids:
        if facets or as_json:
            raise click.UsageError(_("--ids goes without --facets and --json."))
        last = None if limit is None else offset + limit
        with Bar(quiet) as bar:
            root = session.archive.root
            found = searching.ids(root, asked.query, asked.order, bar.watch)
        click.echo("".join(f"{document}\n" for document in found.ids[offset:last]), nl=False)
        notice(found.mended or "", quiet or not found.mended)
        notice(hits.left_out(found.near), quiet or not found.near)
        notice(hits.not_searched(found.not_searched), quiet or not found.not_searched)
        return
    with Bar(quiet) as bar:
        results = searching.search_all(session.roots, asked, bar.watch)
    searching.remember(results, offset)
    _print_lines(results) if as_json else hits.show(results, offset)
    context.exit(hits.tell(results, offset, as_json, quiet))


def _print_lines(found: Results) -> None:
    for result in found.results:
        print_json(result.to_dict())
    if found.facets is not None:
        counts = {
            name: [{"value": value, "count": count} for value, count in rows]
            for name, rows in found.facets.items()
        }
        print_json({"version": 1, "total": found.total, "facets": counts})


def _require_terminal(alone: bool) -> None:
    """Refuse to open the prompt for a script: one whose words are empty must not hang here."""
    if not (alone and sys.stdin.isatty() and sys.stdout.isatty()):
        message = _("There is nothing to search for.")
        hint = _("Name it: partydoc search WORDS. The prompt opens on a terminal only.")
        raise UsageProblem(message, hint)


def _save(name: str, words: Sequence[str], quiet: bool) -> None:
    from partydoc import savedsearches
    from partydoc.commands import hits

    notice(hits.saved(name, savedsearches.save(name, words)), quiet)


def _list_saved(as_json: bool) -> None:
    from partydoc import savedsearches

    for name, words in savedsearches.known().items():
        if as_json:
            print_json({"version": 1, "name": name, "words": words})
        else:
            click.echo(lines(f"{savedsearches.SIGN}{name}  {typed(words)}"))


def _remove_saved(name: str, quiet: bool) -> None:
    from partydoc import savedsearches

    savedsearches.remove(name)
    notice(_("{name} is no saved search any more.").format(name=name), quiet)


def typed(words: Sequence[str]) -> str:
    """Return words as they are typed in a shell, quoted only where it would not take them so."""
    import re
    import shlex

    plain = re.compile(r"[\w@%+=:,./*-]+")
    return " ".join(word if plain.fullmatch(word) else shlex.quote(word) for word in words)
