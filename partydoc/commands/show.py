"""`partydoc show`: one document."""

from __future__ import annotations

from typing import Any

import click

from partydoc.commands import terminal
from partydoc.commands.session import Session, epilog, json_option, print_json
from partydoc.language import _

_EVENT_HEAD = ("version", "type", "when", "agent")


@click.command(
    name="show",
    help=_(
        "Show a document's record. REF is a reference (A29-01-0003-012), the start of an id, or"
        " the number of a hit of the last search."
    ),
    epilog=epilog("partydoc show 1 --text", _("0 done, 2 no such document, 8 it cannot be read.")),
)
@click.argument("reference", metavar="REF")
@click.option("--text", is_flag=True, help=_("Its text instead of its record."))
@click.option("--page", type=click.IntRange(1), metavar="N", help=_("The text of one page."))
@click.option("--original", is_flag=True, help=_("The path of its original bytes."))
@click.option("--history", is_flag=True, help=_("What happened to it."))
@json_option
@click.pass_obj
def command(
    session: Session, reference: str, text: bool, page: int | None, original: bool,
    history: bool, as_json: bool,
) -> None:  # fmt: skip
    """Show one document."""
    from partydoc import lookup

    if sum([text or page is not None, original, history]) > 1 or (original and as_json):
        raise click.UsageError(_("Ask for one thing: --text, --page, --original or --history."))
    archive, reference = session.document(reference)
    if original:
        for path in lookup.originals_of(archive, reference):
            click.echo(str(path))
    elif text or page:
        print_pages(lookup.text_of(archive, reference, page), page or 1, as_json)
    elif history:
        for event in lookup.history_of(archive, reference):
            print_json(event) if as_json else click.echo(terminal.printable(_event(event)))
    elif as_json:
        print_json(lookup.show(archive, reference))
    else:
        click.echo(record(lookup.show(archive, reference)))


def print_pages(texts: tuple[str, ...], first: int, as_json: bool) -> None:
    """Print the texts of pages, of which the first has that number."""
    if not as_json:
        click.echo(terminal.lines("\f\n".join(texts)))
        return
    for number, text in enumerate(texts, first):
        print_json({"version": 1, "page": number, "text": text})


def _event(event: dict[str, Any]) -> str:
    rest = {name: value for name, value in event.items() if name not in _EVENT_HEAD}
    details = ", ".join(f"{name}: {_plain(value)}" for name, value in rest.items())
    return "  ".join(filter(None, [event["when"], event["agent"], event["type"], details]))


def _plain(value: Any) -> str:
    return "+".join(value) if isinstance(value, list) else str(value)


def record(data: dict[str, Any]) -> str:
    """Return what is known of a document (`show --json`) for people, a line a field."""
    from partydoc.document import FURTHER_FIELDS
    from partydoc.fieldnames import label

    rows = [(_("id"), data["id"]), (_("reference"), ", ".join(data["references"]) or "-")]
    rows += [(_("register"), one) for one in data["register"]]
    status = _statuses().get(data["status"], data["status"])
    rows += [(_("status"), status), (_("pages"), str(data["pages"]))]
    rows += [(_("its pages are in"), _heir(one)) for one in data["heirs"]]
    rows += [(_("has pages of"), one) for one in data["sources"]]
    if data["flags"]:
        rows.append((_("particulars"), "; ".join(_flags().get(one, one) for one in data["flags"])))
    for name, field in data["record"].items():
        if field is None and name in FURTHER_FIELDS:
            continue
        rows.append((label(name), _field(name, field)))
    rows.append((_("taken in"), data["added_at"]))
    if data["ocr"]:
        rows.append((_("read by"), data["ocr"]["engine"]))
        if blank := data["ocr"].get("blank_pages"):
            rows.append((_("blank pages"), ", ".join(map(str, blank))))
        if silent := data["ocr"].get("silent_pages"):
            rows.append((_("pages without text"), ", ".join(map(str, silent))))
        if redrawn := data["ocr"].get("redrawn_pages"):
            rows.append((_("pages redrawn in the access copy"), ", ".join(map(str, redrawn))))
    roles = _roles()
    rows += [(roles[file["role"]], file["path"]) for file in data["files"] if file["role"] in roles]
    width = max(len(label) for label, _value in rows)
    return "\n".join(f"{label:<{width}}  {terminal.printable(value)}" for label, value in rows)


def _heir(heir: dict[str, Any]) -> str:
    pages = str(heir["first"])
    if heir["last"] > heir["first"]:
        pages += f"-{heir['last']}"
    return f"{heir['reference'] or heir['id'][:12]}  ({pages})"


def _field(name: str, field: dict[str, Any] | None) -> str:
    if field is None:
        return "-"
    if field["value"] is None:
        from partydoc.fieldnames import ABSENT, shown

        return shown(name, ABSENT)
    value = field["value"]
    text = "; ".join(value) if isinstance(value, list) else value
    if field["accepted"]:
        return text
    return _("{text}  (not sure: {percent} %)").format(
        text=text, percent=round(100 * field["confidence"])
    )


def _statuses() -> dict[str, str]:
    return {
        "pending": _("pending"),
        "described": _("described"),
        "review": _("review"),
        "original-only": _("original only"),
        "held": _("held"),
        "divided": _("divided"),
        "merged": _("merged"),
        "awaiting-class": _("waiting for classification"),
    }


def _flags() -> dict[str, str]:
    return {
        "signed": _("signed electronically (the signature is in the original alone)"),
        "owner-password": _("restricted by its owner (the access copy is not)"),
        "no-printing": _("no printing"),
        "no-fine-printing": _("no printing in full quality"),
        "no-copying": _("no copying"),
        "no-changing": _("no changes"),
        "no-annotating": _("no notes"),
        "no-filling-in": _("no filling in"),
        "no-assembling": _("no rearranging"),
        "active-content": _("with programs (in the original alone)"),
        "attachments": _("with attached files (in the original alone)"),
        "extension-mismatch": _("another kind of file than its name says"),
        "acroform": _("with fields to fill in (in the original alone)"),
        "xfa-form": _("an XFA form"),
    }


def _roles() -> dict[str, str]:
    """Name the files that are listed; the text of each page is not."""
    return {
        "original": _("original"),
        "access-copy": _("access copy"),
        "pages": _("words"),
        "annex": _("annex"),
        "signed-copy": _("signed copy"),
    }
