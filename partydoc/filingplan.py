"""The danh mục hồ sơ of a body as a form: the folders that it keeps, of all years or of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from partydoc import layouts
from partydoc.archive import order, references, retention
from partydoc.archive.order import Standing
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.layouts import Layout
from partydoc.printed import Printed, letterhead, title, titled, under
from partydoc.prints.form import Block, Form, Line, Row

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def filing_plan(printed: Printed, year: int | None) -> Form:
    """Return the danh mục hồ sơ of a fonds, of all its folders or of a year's.

    A folder is a year's if it has or had a code of that year (TH.01/2026), else if it begins in it.
    Raises UsageProblem where there is none.
    """
    layout, words = layouts.layout("danh-muc-ho-so"), layouts.section("plan")
    codes = _codes(printed, year)
    chosen = [one for one in printed.folders if _is_of(printed, one, year, codes)]
    if not chosen:
        message = _("{reference} has no folders for this list.")
        text = message.format(reference=printed.unit.reference)
        raise UsageProblem(text, _("See what there is: partydoc catalogue tree"))
    blocks: tuple[Block, ...] = (
        letterhead(printed.organisation),
        title(layout.title),
        *under(f"Năm {year}" if year else None),
        Line(words["under_title"], size=12, align="centre", italic=True),
        Line("", size=6),
        layout.table(_rows(printed, layout, chosen, codes)),
        *_counted(layout, [one.fields.get("retention") for one in chosen]),
    )
    name = f"{layout.title} {printed.unit.reference}"
    return Form(f"{name}, năm {year}" if year else name, blocks, layout.paper)


def _is_of(printed: Printed, one: Standing, year: int | None, codes: Mapping[str, str]) -> bool:
    begun = printed.extents[one.reference].first or ""
    return year is None or one.reference in codes or begun.startswith(str(year))


def _codes(printed: Printed, year: int | None) -> dict[str, str]:
    """Return reference -> code of the folders that have or had one: of a year, or the latest."""
    found = {}
    for unit in order.units_below(printed.catalogue, printed.unit):
        known = filter(references.is_code, (*unit.former, unit.reference))
        fitting = [code for code in known if year is None or code.endswith(f"/{year}")]
        if fitting:
            found[unit.reference] = fitting[-1]
    return found


def _rows(
    printed: Printed, layout: Layout, chosen: Sequence[Standing], codes: Mapping[str, str]
) -> Iterator[Row]:
    """Yield the folders by their codes, under the inventories in which they stand."""
    above = {one.reference: one.title for one in printed.below if one.kind == "inventory"}
    groups: dict[str, list[Standing]] = {}
    for one in chosen:
        parent = one.path.rpartition("-")[0]
        groups.setdefault(parent if parent in above else "", []).append(one)
    heads = [name for name in groups if name]
    for name, folders in groups.items():
        if name and len(groups) > 1:
            number = _roman(heads.index(name) + 1)
            yield layout.head("title", f"{number}. {above[name].upper()}")
        for one in sorted(folders, key=lambda one: _counting(codes.get(one.reference, ""))):
            shown = codes.get(one.reference, one.reference)
            yield layout.row({**one.fields, "reference": shown, "title": titled(one)})


def _counting(code: str) -> str:
    """Return what sorts codes as people count: TH.9 before TH.10."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(9), code)


def _counted(layout: Layout, terms: Sequence[str | None]) -> Iterable[Line]:
    """Return how many folders there are, by how long they are kept."""
    permanent, undecided = terms.count(retention.PERMANENT), terms.count(None)
    limited = len(terms) - permanent - undecided
    lines = layout.below(count=len(terms), permanent=permanent, limited=limited)
    unknown = layouts.section("plan")["undecided"].format(count=undecided)
    return (*lines, Line(unknown, above=0.5)) if undecided else lines


def _roman(number: int) -> str:
    """Return a number in Roman figures, as heads of a danh mục have them."""
    found = ""
    for value, figure in _ROMAN:
        found += figure * (number // value)
        number %= value
    return found
