"""A record as a small text that a person changes in an editor: `name: value`, a field a line."""

from __future__ import annotations

from collections.abc import Iterator

from partydoc.archive.kept import Kept
from partydoc.document import FIELDS, Field
from partydoc.editing import Value
from partydoc.errors import UsageProblem
from partydoc.fieldnames import EDITABLE, find, label, parse, shown
from partydoc.language import _
from partydoc.metadata.rules import Local

#: Stands behind a value that is not sure; taken away, the value counts.
_UNSURE = " ?"


def write(kept: Kept, name: str) -> str:
    """Return the text of a document's record; `name` is what people call the document."""
    listed = [field for field in EDITABLE if field in FIELDS or kept.fields.get(field)]
    others = ", ".join(label(field) for field in EDITABLE if field not in listed)
    head = [
        _("{name}: change what is wrong, save, and close the editor.").format(name=name),
        _("A ? behind a value: the machine was not sure. Take it away, and the value counts."),
        _("A - for a value: the document has none. No value: nothing is known yet."),
        _("Lines may be added for: {names}.").format(names=others),
    ]
    lines = [f"{label(field)}: {_shown(field, kept.fields.get(field))}" for field in listed]
    return "\n".join([*(f"# {line}" for line in head), "", *(line.rstrip() for line in lines), ""])


def read(text: str, kept: Kept, local: Local) -> dict[str, Value]:
    """Return the fields that were changed in the text of a record.

    `local`: what the archive adds to the tables. Raises UsageProblem, with the number of the line,
    for one that cannot be understood.
    """
    found: dict[str, Value] = {}
    seen: set[str] = set()
    for number, name, typed in _lines(text):
        try:
            field = find(name)
            before = _shown(field, kept.fields.get(field))
            if field in seen:
                message = _("{name} stands there twice.").format(name=label(field))
                raise UsageProblem(message, _("Leave one of the lines."))
            if typed != before:
                found[field] = parse(field, typed.removesuffix(_UNSURE), local)
        except UsageProblem as trouble:
            message = _("Line {n}: {trouble}").format(n=number, trouble=trouble.message)
            raise UsageProblem(message, trouble.hint) from None
        seen.add(field)
    return found


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line and not line.startswith("#"):
            name, colon, typed = line.partition(":")
            if not colon:
                message = _("Line {n} is no field: {line}").format(n=number, line=line[:60])
                raise UsageProblem(message, _("Write it as name: value, or put a # before it."))
            yield number, name, typed.strip()


def _shown(field: str, value: Field | None) -> str:
    text = shown(field, value)
    return text + _UNSURE if value and not value.accepted else text
