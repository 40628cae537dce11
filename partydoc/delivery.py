"""The biên bản giao nhận as a form: what one side hands over and the other takes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from partydoc import layouts
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.printed import Printed, dated, day, letterhead, signed, title, under
from partydoc.prints.form import Beside, Block, Form, Line
from partydoc.printwishes import Wishes

_PARTS = 3  # of what is said of a person


def delivery(printed: Printed, wishes: Wishes) -> Form:
    """Return the record of a fonds or an inventory that is handed over.

    `giver` and `receiver` are said as "name; position; unit"; what is not said is left to a hand.
    Raises UsageProblem for what cannot be understood.
    """
    words = layouts.section("delivery")
    basis = wishes.basis
    law = next(row["text"] for row in layouts.section("basis") if row["family"] == printed.family)
    blocks: tuple[Block, ...] = (
        letterhead(printed.organisation, dated(printed)),
        title(words["title"]),
        *under(words["subject"]),
        Line("", size=8),
        Line(law, italic=True),
        Line(f"Căn cứ {basis};" if basis else "Căn cứ", italic=True, dotted=not basis),
        Line("Chúng tôi gồm:", above=2),
        *_person(words["giver"], wishes.giver),
        *_person(words["receiver"], wishes.receiver),
        Line(words["agreed"], above=3),
        *_contents(printed, _number(wishes.metres), wishes.condition),
        Line(words["copies"], above=3),
        Line("", size=6),
        Beside(tuple(signed(who, how) for who, how in zip(*words["sign"], strict=True))),
    )
    return Form(f"{words['title']} giao nhận {printed.unit.reference}", blocks)


def _person(side: str, said: str | None) -> Iterator[Line]:
    words = layouts.section("delivery")
    parts = [part.strip() for part in (said or "").split(";")]
    if len(parts) > _PARTS:
        message = _("{text} names more than a name, a position and a unit.").format(text=said)
        raise UsageProblem(message, _('Write it as: "NAME; POSITION; UNIT"'))
    name, position, unit = (*parts, "", "")[:_PARTS]
    yield _filled(side, unit, bold=True)
    yield _filled(words["person"], name)
    yield _filled(words["position"], position)


def _filled(label: str, value: str | None, bold: bool = False) -> Line:
    text = f"{label} {value}" if value else label
    return Line(text, bold=bold, above=2 if bold else 0.5, dotted=not value)


def _contents(printed: Printed, metres: str | None, condition: str | None) -> Iterator[Line]:
    words = layouts.section("delivery")
    folders, extents = printed.folders, printed.extents.values()
    boxes = {one.box for one in folders if one.box}
    name = printed.fonds.title
    if printed.unit.kind == "inventory":
        name = f"{name}, mục lục {printed.unit.reference}: {printed.unit.title}"
    yield _filled(words["name"], name)
    yield _filled(words["period"], _period(printed))
    yield from (Line(line, above=0.5) for line in words["paper"])
    yield _filled(words["boxes"], str(len(boxes)) if boxes else None)
    yield _filled(words["folders"], str(len(folders)))
    yield _filled(words["metres"], metres and f"{metres} mét")
    yield Line(words["electronic"], above=0.5)
    yield _filled(words["scanned"], str(sum(one.documents > 0 for one in extents)))
    yield _filled(words["files"], str(sum(one.documents for one in extents)))
    yield _filled(words["condition"], condition or _states(printed))
    yield Line(words["list"], above=0.5)


def _period(printed: Printed) -> str | None:
    """Return from when to when all of it runs."""
    found = printed.extents.values()
    first = min((one.first for one in found if one.first), default=None)
    last = max((one.last for one in found if one.last), default=None)
    return f"{day(first)} - {day(last)}" if first and last else day(first or last) or None


def _states(printed: Printed) -> str | None:
    """Return the physical states that are known: the one of all folders, or each with how many."""
    known = Counter(one.fields.get("physical_state") for one in printed.folders)
    states = [(state, many) for state, many in known.most_common() if state]
    if len(known) == 1 and states:
        return states[0][0]
    return "; ".join(f"{state}: {many} hồ sơ" for state, many in states) or None


def _number(typed: str | None) -> str | None:
    """Return a number of metres as it is written; raises UsageProblem for anything else."""
    if typed is None:
        return None
    try:
        metres = float(typed.replace(",", "."))
    except ValueError:
        metres = 0
    if not 0 < metres < 1_000_000:
        message = _("{text} is no number of metres.").format(text=typed)
        raise UsageProblem(message, _("Write it as: 1,5"))
    return f"{metres:g}".replace(".", ",")
