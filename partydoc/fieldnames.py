"""Fields as people name and write them: `số`, `trích yếu`, 02/9/2026, "K/số".

The names and the lists of values are a table, metadata/fields.toml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from partydoc import text
from partydoc.document import FIELDS, FURTHER_FIELDS, Field
from partydoc.errors import UsageProblem
from partydoc.fieldtable import FieldTable, key
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.metadata.rules import Local

#: What only people fill: the further columns of a document list.
DESCRIPTIVE_FIELDS = (
    "keywords", "topic", "autograph", "note", "access", "physical_state", "reliability",
    "information_sign", "process", "page_numbers", "period", "genre", "same_paper",
)  # fmt: skip

#: Every field that a person may fill, in the order in which they are shown.
EDITABLE = (*FIELDS, *FURTHER_FIELDS, *DESCRIPTIVE_FIELDS)

#: A field of which a person says that the document has none.
ABSENT = Field(None, 1.0, source="person", accepted=True)

#: How people write that there is none; spreadsheets make a longer dash of it.
NONE = "-"
NONES = (NONE, "–", "—", "−")
_NO_NUMBER = "K/số"


def find(name: str) -> str:
    """Return the field that a name means: English or Vietnamese, with or without diacritics.

    Raises UsageProblem, with the nearest names, when there is none.
    """
    found = TABLE.find(name)
    if found is None:
        raise unknown(name)
    return found


def unknown(name: str) -> UsageProblem:
    """Return the error that there is no field of that name, with the nearest ones."""
    return TABLE.unknown(name, EDITABLE, FIELDS)


def label(field: str) -> str:
    """Return the name of a field for people, in the language of the messages."""
    return TABLE.label(field)


def shown(field: str, value: Field | None) -> str:
    """Return a value as people write it, "" where nothing is known; `parse` reads it back.

    Days stand as dd/mm/yyyy; a number or code that is known to be absent as "K/số".
    """
    from partydoc.fieldvalues import written

    if value is None:
        return ""
    if value.value is None:
        return _NO_NUMBER if field in ("number", "code") else NONE
    return written(field, value.value)


def parse(field: str, typed: str, local: Local | None = None) -> str | list[str] | None:
    """Return what a person typed as the value of a field; None: there is none ("-", "K/số").

    `local`: what the archive adds to the tables, its own types of documents among them.
    Raises UsageProblem when it cannot be a value of that field.
    """
    from partydoc.fieldvalues import read

    value = text.clean(typed).strip()
    if not value:
        message = _("{name} is empty.").format(name=label(field))
        hint = _(
            "If the document has none: {field}=-   To go back to what the machine read:"
            " --forget {field}"
        )
        raise UsageProblem(message, hint.format(field=field))
    if value in NONES or (field in ("number", "code") and key(value) in ("kso", "khongso")):
        return None
    return read(field, value, local)


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
        "position": _("position"),
        "authority": _("authority"),
        "recipients": _("recipients"),
        "secrecy": _("secrecy"),
        "urgency": _("urgency"),
        "copy_type": _("kind of copy"),
        "language": _("language"),
        "term": _("term of office"),
        "arrival_number": _("arrival number"),
        "arrival_date": _("arrival date"),
        "keywords": _("keywords"),
        "topic": _("topic"),
        "autograph": _("autograph"),
        "note": _("note"),
        "access": _("access"),
        "physical_state": _("physical state"),
        "reliability": _("reliability"),
        "information_sign": _("information sign"),
        "process": _("process"),
        "sheets": _("sheets"),
        "page_numbers": _("page numbers"),
        "period": _("period"),
        "genre": _("genre"),
        "same_paper": _("same paper as"),
    }


#: The fields of a document; what is asked for everywhere stands above.
TABLE = FieldTable("fields", EDITABLE, _labels)
