"""`partydoc edit`: a person's corrections."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partydoc.archive import whereabouts
from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    quiet_option,
    wait_option,
)  # fmt: skip
from partydoc.errors import Exit, Unreadable, UsageProblem
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.archive.root import Archive
    from partydoc.editing import Draft, Edit, Value


@click.command(
    name="edit",
    help=_(
        "Correct what is known of documents. A REF is a reference, the start of an id, or a hit's"
        " number; with - they are read from stdin, one a line. A FIELD has its English or"
        " Vietnamese name, with or without diacritics; FIELD=- says that there is none. Without"
        " FIELD=VALUE the record opens in your editor. What a person says stands for ever."
    ),
    epilog=epilog(
        'partydoc edit A29-01-0003-012 so=12 ngay=05/6/2010 "trích yếu=về công tác lưu trữ"',
        _("0 done, 2 usage, 3 a field was changed by somebody meanwhile, 8 it stands in hold."),
    ),
)
@click.argument("words", metavar="REF... [FIELD=VALUE]...", nargs=-1)
@click.option(
    "--from",
    "workbook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.xlsx",
    help=_("Take the cells that were filled in in a workbook of: partydoc review --to FILE.xlsx"),
)
@click.option(
    "--forget",
    metavar="FIELD",
    multiple=True,
    help=_("Forget what a person said: what the machine read counts again. May be repeated."),
)
@click.option("--dry-run", is_flag=True, help=_("Only show what would change."))
@json_option
@quiet_option
@wait_option
@click.pass_context
def command(
    context: click.Context, words: tuple[str, ...], workbook: Path | None, forget: tuple[str, ...],
    dry_run: bool, as_json: bool, quiet: bool, wait: float,
) -> None:  # fmt: skip
    """Write what a person says of documents, or show what it would change."""
    from partydoc import editing
    from partydoc.archive.opening import open_for_reading
    from partydoc.commands.editor import tell_typed, typed_is_shown
    from partydoc.fieldnames import find

    session: Session = context.obj
    if workbook:
        if words or forget:
            raise click.UsageError(_("With --from nothing else is named."))
        from partydoc.commands.fromfile import take_in

        context.exit(take_in(session, workbook, dry_run, as_json, quiet, wait))
    archive = session.archive
    references = _references(words)
    said = _said(words, archive), tuple(dict.fromkeys(map(find, forget)))
    with open_for_reading(archive) as catalogue:
        documents = _documents(archive, catalogue, references)
    how = _How(dry_run, as_json, quiet, wait)
    if any(said):
        edits = [editing.Edit(one, said[0], forget=said[1]) for one in documents]
        context.exit(_write(session, edits, how)[0])
    edit = _by_hand(archive, documents)
    with typed_is_shown(edit):
        code, (draft,) = _write(session, [edit], how)
    tell_typed(edit.document, {name: edit.values[name] for name in draft.edited.stale})
    context.exit(code)


@dataclass(frozen=True)
class _How:
    dry_run: bool
    as_json: bool
    quiet: bool
    wait: float


def _write(session: Session, edits: Sequence[Edit], how: _How) -> tuple[Exit, Sequence[Draft]]:
    """Write edits, or show what they would change."""
    from partydoc import editing
    from partydoc.archive.audit import actor
    from partydoc.archive.opening import open_for_reading
    from partydoc.commands.changes import Changes, watch
    from partydoc.operations import Operation

    archive = session.archive
    drafts = editing.draft(archive, edits)  # what is wrong is told before the lock is waited for
    if how.dry_run:
        with open_for_reading(archive) as catalogue:
            return Changes(catalogue, how.as_json, how.quiet).tell(drafts, None), drafts
    with session.writing(how.wait) as opened:
        drafts = editing.draft(archive, edits)
        operation = Operation(None, clock(), actor(), "edit")
        operation = editing.carry_out(opened, drafts, operation, watch(how.quiet))
        return Changes(opened.catalogue, how.as_json, how.quiet).tell(drafts, operation), drafts


def _references(words: Sequence[str]) -> list[str]:
    """Return what names documents; `-` stands for the first word of each line of stdin."""
    found: list[str] = []
    for word in words:
        if word == "-":
            lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
            found += [line.split()[0] for line in lines if line.strip()]
        elif "=" not in word:
            found.append(word)
    if not found:
        message = _("No document is named.")
        raise UsageProblem(message, _("Name it: partydoc edit REF FIELD=VALUE"))
    return found


def _said(words: Sequence[str], archive: Archive) -> dict[str, Value]:
    from partydoc.describing import local_tables
    from partydoc.fieldnames import find, label, parse

    local = local_tables(archive.settings)
    found: dict[str, Value] = {}
    for word in words:
        name, equals, typed = word.partition("=")
        if equals:
            field = find(name)
            value = parse(field, typed, local)
            if found.get(field, value) != value:
                message = _("{name} is given two values.").format(name=label(field))
                raise UsageProblem(message, _("Give one of them."))
            found[field] = value
    return found


def _documents(archive: Archive, catalogue: Catalogue, references: Sequence[str]) -> list[str]:
    from partydoc.lookup import resolve

    rows = [(name, resolve(archive, catalogue, name)) for name in references]
    for name, row in rows:
        if row.held:
            message = _("{reference} stands in hold; it cannot be edited there.")
            hint = _("Ask whoever is in charge of secret documents.")
            raise Unreadable(message.format(reference=name), hint)
    return list(dict.fromkeys(row.id for _name, row in rows))


def _by_hand(archive: Archive, documents: Sequence[str]) -> Edit:
    """Let a person change the record of one document in an editor."""
    from partydoc import recordtext
    from partydoc.archive.opening import open_for_reading
    from partydoc.archive.store import Store
    from partydoc.commands.editor import ask
    from partydoc.describing import local_tables
    from partydoc.editing import Edit, kept_of

    if len(documents) > 1:
        message = _("What is to be changed in these documents?")
        raise UsageProblem(message, _("Name it: partydoc edit REF... FIELD=VALUE"))
    (document,) = documents
    kept = kept_of(Store(archive), document)
    with open_for_reading(archive) as catalogue:
        where = whereabouts.of(catalogue, document)
    text = recordtext.write(kept, where[0].reference if where else document[:12])
    local = local_tables(archive.settings)
    values = ask(archive, text, lambda changed: recordtext.read(changed, kept, local))
    return Edit(document, values, {name: kept.fields.get(name) for name in values})
