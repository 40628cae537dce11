"""Type of a document: from its printed name, for a công văn from there being none.

QĐ stands for Quyết định and for Quy định in Party symbols, so the symbol only bears out.
"""

from __future__ import annotations

from partydoc.document import Field
from partydoc.metadata.finding import SURE, found
from partydoc.metadata.layout import Segment, same_row
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.likeness import key
from partydoc.metadata.rules import Rules, TypeName

#: So sure is at least a type of which name and symbol say the same.
BORNE_OUT = 0.9


def read(head: Letterhead, symbol: Field | None, subject: Field | None) -> Field | None:
    """Return the field `type`: the Vietnamese name in sentence case."""
    if head.title is not None and head.type is not None:
        sure = 0.97 if head.title.key == head.type.key else 0.9
        sure = min(sure, 0.5 + 0.5 * head.title.confidence)
        if _speaks_against(symbol, head):
            sure = 0.6
        elif not head.is_number_inked and _bears_out(symbol, head.type):
            sure = max(sure, BORNE_OUT)
        return found(head.type.name, sure, [head.title])
    return _letter(head, symbol, subject)


def _bears_out(symbol: Field | None, kind: TypeName) -> bool:
    """Tell whether a surely read symbol begins with the type's abbreviation."""
    if symbol is None or symbol.confidence < SURE or not kind.abbreviation:
        return False
    printed = str(symbol.value).replace("/", "-").split("-")[0]
    return key(printed) == key(kind.abbreviation)


def _speaks_against(symbol: Field | None, head: Letterhead) -> bool:
    """Tell whether a surely read symbol carries another type's abbreviation."""
    if (
        symbol is None
        or symbol.confidence < SURE
        or head.type is None
        or not head.type.abbreviation
    ):
        return False
    printed = str(symbol.value).replace("/", "-").split("-")[0]
    if key(printed).startswith(key(head.type.abbreviation)):
        return False
    return _abbreviated(printed, head.rules) is not None


def _letter(head: Letterhead, symbol: Field | None, subject: Field | None) -> Field | None:
    """A công văn bears no type name: it has a number, and "V/v" or an addressee.

    A symbol that begins with another type's abbreviation says that its name could not be read,
    unless what the paper is about stands under its number and an addressee under that.
    """
    if head.number is None or not (subject or head.addressee):
        return None
    abbreviation = str(symbol.value).replace("/", "-").split("-")[0] if symbol else ""
    says_so = abbreviation.upper() == "CV"
    other = None if says_so else _abbreviated(abbreviation, head.rules)
    if other is not None:
        has_form = subject is not None and head.addressee is not None  # CT is also a company
        return found("Công văn" if has_form else other, 0.6, [head.number])
    signs = [head.header is not None, subject is not None, head.addressee is not None, says_so]
    sure = min(0.55 + 0.14 * sum(signs), 0.6 if _has_headline(head, head.number) else 0.95)
    where = [each for each in (head.addressee, head.number) if each][:1]
    return found("Công văn", sure, where)


def _has_headline(head: Letterhead, number: Segment) -> bool:
    """Tell whether a line of capitals stands where a type name would: one that no table has."""
    bottom = head.addressee.box.top if head.addressee else number.box.bottom + 0.2
    between = (each for each in head.segments if number.box.bottom < each.box.top < bottom)
    return any(
        each.is_capitals and len(each.words) > 1 and each.confidence > 0.7
        for each in between
        if 0.42 < each.centre < 0.6 and not same_row(each.box, number.box)
    )


def _abbreviated(abbreviation: str, rules: Rules) -> str | None:
    """Return the type that an abbreviation stands for; QĐ alone is taken for Quyết định."""
    wanted = key(abbreviation)
    return next(
        (t.name for t in rules.all_types if t.abbreviation and key(t.abbreviation) == wanted), None
    )
