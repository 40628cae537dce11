"""`partydoc show`: one document."""

from __future__ import annotations

from typing import Any

import click

from partydoc.commands.session import Session, epilog, json_option, print_json
from partydoc.language import _


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
@json_option
@click.pass_obj
def command(
    session: Session, reference: str, text: bool, page: int | None, original: bool, as_json: bool
) -> None:
    """Show one document."""
    from partydoc import lookup

    if original:
        click.echo(str(lookup.original_of(session.archive, reference)))
    elif text or page:
        click.echo("\f\n".join(lookup.text_of(session.archive, reference, page)))
    elif as_json:
        print_json(lookup.show(session.archive, reference))
    else:
        click.echo(_record(lookup.show(session.archive, reference)))


def _record(data: dict[str, Any]) -> str:
    rows = [(_("id"), data["id"]), (_("reference"), data["reference"] or "-")]
    status = _statuses().get(data["status"], data["status"])
    rows += [(_("status"), status), (_("pages"), str(data["pages"]))]
    labels = _labels()
    for name, field in data["record"].items():
        rows.append((labels.get(name, name), _field(field)))
    rows.append((_("taken in"), data["added_at"]))
    if data["ocr"]:
        rows.append((_("read by"), data["ocr"]["engine"]))
    roles = _roles()
    rows += [(roles[file["role"]], file["path"]) for file in data["files"] if file["role"] in roles]
    width = max(len(label) for label, _value in rows)
    return "\n".join(f"{label:<{width}}  {value}" for label, value in rows)


def _field(field: dict[str, Any] | None) -> str:
    if field is None or field["value"] is None:
        return "-"
    value = field["value"]
    text = "; ".join(value) if isinstance(value, list) else value
    if field["accepted"]:
        return text
    return _("{text}  (not sure: {percent} %)").format(
        text=text, percent=round(100 * field["confidence"])
    )


def _labels() -> dict[str, str]:
    return {
        "type": _("type"),
        "number": _("number"),
        "symbol": _("symbol"),
        "code": _("code"),
        "date": _("date"),
        "place": _("place"),
        "superior": _("superior body"),
        "issuer": _("issuer"),
        "subject": _("subject"),
        "signer": _("signer"),
        "secrecy": _("secrecy"),
    }


def _statuses() -> dict[str, str]:
    return {
        "pending": _("pending"),
        "described": _("described"),
        "review": _("review"),
        "original-only": _("original only"),
        "held": _("held"),
        "awaiting-class": _("waiting for classification"),
    }


def _roles() -> dict[str, str]:
    """Name the files that are listed; the text of each page is not."""
    return {"original": _("original"), "access-copy": _("access copy"), "pages": _("words")}
