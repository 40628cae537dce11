"""Covers of folders, and labels of folders and boxes, as forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from partydoc import layouts
from partydoc.archive.extent import Extent
from partydoc.archive.order import Standing
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.printed import BLANK, Printed, day, span, titled, years
from partydoc.prints.form import A3_FOLDED, A4, Beside, Block, Break, Card, Cards, Form, Line, Paper

#: A4 with narrow margins, as sheets of labels have them: two across, four down.
_LABELS = Paper("A4", 210, 297, (10, 10, 10, 10))
_ACROSS, _HIGH = 2, 69


def covers(printed: Printed, paper: str) -> Form:
    """Return the covers of the folders of a unit, each on paper of its own: `a4`, or `a3` folded
    in the middle. Raises UsageProblem where there is no folder.
    """
    sheet = A3_FOLDED if paper == "a3" else A4
    cards = (Cards((_cover(printed, one),), 1, sheet.depth) for one in _folders(printed))
    blocks: list[Block] = list(chain.from_iterable((card, Break()) for card in cards))
    name = f"Bìa hồ sơ {printed.unit.reference}"
    return Form(name, tuple(blocks[:-1]), sheet, numbered=False)


def _folders(printed: Printed) -> Sequence[Standing]:
    if not printed.folders:
        message = _("{reference} has no folders.").format(reference=printed.unit.reference)
        raise UsageProblem(message, _("See what there is: partydoc catalogue tree"))
    return printed.folders


def _centred(text: str, size: float, above: float = 0, bold: bool = True) -> Line:
    return Line(text, size=size, align="centre", bold=bold, above=above)


def _cover(printed: Printed, one: Standing) -> Card:
    words, found = layouts.section("cover"), printed.extents[one.reference]
    sheets = one.fields.get("sheets") or str(one.sheets or BLANK)
    body = (
        _centred(printed.organisation.upper(), 15),
        _centred(f"Phông {printed.fonds.title}", 14, above=2, bold=False),
        _centred(words["folder"].upper(), 30, above=38),
        _centred(titled(one), 19, above=8),
        _centred(_period(found), 14, above=12, bold=False),
        _centred(words["sheets"].format(count=sheets), 14, above=2, bold=False),
    )
    numbers = tuple(Line(line, size=14) for line in _numbers(printed, one))
    retention = (
        _centred(words["retention"].upper(), 13),
        _centred(one.fields.get("retention") or BLANK, 14, above=1),
    )
    return Card(body, (Beside((numbers, retention)),))


def _period(found: Extent) -> str:
    first, last = day(found.first), day(found.last)
    if first and last and first != last:
        return layouts.section("cover")["period"].format(first=first, last=last)
    return first or last or BLANK


def _numbers(printed: Printed, one: Standing) -> Iterator[str]:
    """Yield the numbers under which a folder stands; one with a code only has no inventory."""
    fonds, _dash, rest = one.reference.partition("-")
    inventory, _dash, folder = rest.partition("-")
    values = {
        "fonds": fonds if rest else printed.fonds.reference,
        "inventory": inventory or BLANK,
        "folder": folder or one.reference,
        "box": one.box or BLANK,
    }
    for line in layouts.section("cover")["numbers"]:
        yield line.format(**values)


def labels(printed: Printed, of: str) -> Form:
    """Return labels for the `folders` or the `boxes` of a unit; folders without a box share one
    that has no number. Raises UsageProblem where there is no folder.
    """
    if of == "boxes":
        cards = tuple(_box(printed, box, found) for box, found in _boxes(_folders(printed)))
    else:
        cards = tuple(_label(printed, one) for one in _folders(printed))
    grid = Cards(cards, _ACROSS, _HIGH)
    name = f"Nhãn {printed.unit.reference}"
    return Form(name, (grid,), _LABELS, numbered=False)


def _label(printed: Printed, one: Standing) -> Card:
    lines = (
        _centred(printed.organisation.upper(), 11),
        _centred(one.reference, 16, above=1),
        _centred(titled(one), 12, above=1, bold=False),
        _centred(span(printed.extents[one.reference]), 11, above=1, bold=False),
    )
    return Card(lines, (_below(printed, one),))


def _below(printed: Printed, one: Standing) -> Beside:
    numbers = [Line(line, size=11) for line in _numbers(printed, one)]
    return Beside((tuple(numbers[:2]), tuple(numbers[2:])))


def _boxes(folders: Iterable[Standing]) -> list[tuple[str | None, list[Standing]]]:
    """Return box -> its folders, in the order of these."""
    found: dict[str | None, list[Standing]] = {}
    for one in folders:
        found.setdefault(one.box, []).append(one)
    return list(found.items())


def _box(printed: Printed, box: str | None, folders: Sequence[Standing]) -> Card:
    words = layouts.section("label")
    lines = (
        _centred(printed.organisation.upper(), 11),
        _centred(words["fonds"].format(title=printed.fonds.title), 11, above=1, bold=False),
        _centred(words["box"].format(box=box or BLANK).upper(), 24, above=3),
        *(_centred(line, 12, above=1, bold=False) for line in _held(folders)),
    )
    period = years(printed.extents[one.reference] for one in folders)
    return Card(lines, (_centred(period or BLANK, 12),))


def _held(folders: Sequence[Standing]) -> Iterator[str]:
    """Yield a line for each inventory of which folders lie in a box."""
    groups: dict[str, list[str]] = {}
    for one in folders:
        above, _dash, number = one.reference.rpartition("-")
        groups.setdefault(above.rpartition("-")[2] or BLANK, []).append(number)
    words = layouts.section("label")["folders"]
    for inventory, numbers in groups.items():
        yield words.format(inventory=inventory, folders=", ".join(_runs(numbers)))


def _runs(numbers: Sequence[str]) -> Iterator[str]:
    """Yield numbers of folders, those that follow each other as one: 0001-0004, 0007."""
    start = 0
    for i, number in enumerate(numbers, 1):
        if i == len(numbers) or not _follows(number, numbers[i]):
            yield f"{numbers[start]}-{number}" if i - start > 1 else number
            start = i


def _follows(one: str, next_: str) -> bool:
    return one.isdecimal() and next_.isdecimal() and int(next_) == int(one) + 1
