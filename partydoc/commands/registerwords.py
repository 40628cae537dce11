"""What is said of a row in words: FIELD=VALUE."""

from __future__ import annotations

from collections.abc import Sequence

from partydoc.commands.session import Session
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.text import clean


def typed(session: Session, kind: str, words: Sequence[str]) -> dict[str, str | None]:
    """Return field -> value of a register; None where there is none ("-"). Raises UsageProblem."""
    from partydoc import registerfields
    from partydoc.describing import local_tables

    local = local_tables(session.archive.settings)
    found: dict[str, str | None] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            message = _("{text} is no field with its value.").format(text=word)
            raise UsageProblem(message, _("Write FIELD=VALUE."))
        field = registerfields.find(kind, name)
        value = registerfields.parse(field, text, local)
        if found.get(field, value) != value:
            message = _("{name} is given two values.").format(name=registerfields.label(field))
            raise UsageProblem(message, _("Give one of them."))
        found[field] = value
    return found


def said(session: Session, kind: str, words: Sequence[str]) -> dict[str, str]:
    """Return what is said of a new row, of which "there is none" says nothing."""
    return {name: value for name, value in typed(session, kind, words).items() if value is not None}


def span(first: str | None, last: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day (ISO) of what was typed: days, months or years."""
    from partydoc.fieldvalues import day
    from partydoc.index import dates

    return (
        dates.parse(day(first))[0] if first else None,
        dates.parse(day(last))[1] if last else None,
    )


def reason(text: str) -> str:
    """Return why something is done, as a person typed it; raises UsageProblem for nothing."""
    line = " ".join(clean(text).split())
    if not line:
        raise UsageProblem(_("The reason is empty."), _("Say why: --reason TEXT"))
    return line
