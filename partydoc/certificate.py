"""The chứng từ kết thúc of a folder as a form: how many sheets it has, and how they are numbered.

Sheets are counted as the entries number them: a number that two entries have stands on two sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from partydoc import foliation, layouts, ranges
from partydoc.archive.order import Standing
from partydoc.archive.units import Entry
from partydoc.errors import UsageProblem
from partydoc.inwords import in_words
from partydoc.language import _
from partydoc.printed import Printed, letterhead, maker, title, titled, under
from partydoc.prints.form import Block, Form, Line
from partydoc.ranges import Run


@dataclass(frozen=True)
class Sheets:
    """The sheets of a folder: how many, between which numbers, which numbers stand twice, which
    not at all; `unnumbered` are the ordinals of entries without sheet numbers.
    """

    total: int
    first: int
    last: int
    doubled: tuple[Run, ...]
    missing: tuple[Run, ...]
    unnumbered: tuple[str, ...]


def count(entries: Iterable[Entry], volume: str | None = None) -> Sheets:
    """Count the sheets of a folder's entries; `volume`: which of several volumes it is."""
    runs, unnumbered = [], []
    for entry in entries:
        if entry.first_sheet is None:
            unnumbered.append(entry.ordinal.lstrip("0"))
        else:
            runs.append((entry.first_sheet, entry.last_sheet or entry.first_sheet))
    total = sum(last - first + 1 for first, last in runs)
    first = min((first for first, _last in runs), default=0)
    last = max((last for _first, last in runs), default=0)
    doubled, missing = ranges.doubled(runs), foliation.missing(runs, volume)
    return Sheets(total, first, last, tuple(doubled), tuple(missing), tuple(unnumbered))


def certificate(printed: Printed) -> Form:
    """Return the certificate of a folder.

    Raises UsageProblem where it has no sheets, or other ones than a person said of it.
    """
    words = layouts.section("certificate")
    (folder,) = printed.folders
    found = count(printed.unit.entries, printed.unit.value("volume"))
    _require_agreement(folder, found)
    blocks: tuple[Block, ...] = (
        letterhead(printed.organisation),
        title(words["title"]),
        *under(f"Số, ký hiệu hồ sơ: {folder.reference}", titled(folder)),
        Line("", size=10),
        *(Line(line, above=2) for line in _sentences(found)),
        _filled(words["list"], None),
        _filled(words["state"], folder.fields.get("physical_state")),
        maker(printed),
    )
    return Form(f"{words['title']} {folder.reference}", blocks, numbered=False)


def _sentences(found: Sheets) -> Iterator[str]:
    words = layouts.section("certificate")
    none = words["none"]
    yield words["total"].format(count=found.total, words=in_words(found.total))
    yield words["numbered"].format(first=found.first, last=found.last)
    yield words["doubled"].format(sheets=ranges.written(found.doubled) or none)
    yield words["missing"].format(sheets=ranges.written(found.missing) or none)
    if found.unnumbered:
        yield words["unnumbered"].format(ordinals=", ".join(found.unnumbered))


def _filled(label: str, value: str | None) -> Line:
    """Return a line that says something, or has dots for a hand to write there."""
    return Line(f"{label} {value}." if value else label, above=2, dotted=not value)


def _require_agreement(folder: Standing, found: Sheets) -> None:
    said, reference = folder.fields.get("sheets"), folder.reference
    if not found.total:
        message = _("The entries of {reference} have no sheets to be certified.")
        hint = _("Number them: partydoc catalogue edit {reference}-001 sheets=1-3")
        raise UsageProblem(message.format(reference=reference), hint.format(reference=reference))
    if said and int(said) != found.total:
        message = _("{reference} is said to have {said} sheets, but its entries count {counted}.")
        hint = _("Correct one of them, as: partydoc catalogue edit {reference} sheets={counted}")
        values = {"reference": reference, "said": said, "counted": found.total}
        raise UsageProblem(message.format(**values), hint.format(**values))
