"""The unit of which something is printed, and what prints of it have in common: the letterhead,
place and day, who signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from partydoc import layouts
from partydoc.archive import disposals, extent, order
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.extent import Extent
from partydoc.archive.order import Standing
from partydoc.archive.settings import Settings
from partydoc.archive.units import Unit
from partydoc.fieldvalues import written
from partydoc.prints.form import Beside, Line
from partydoc.text import fold

#: Where a hand is to write.
BLANK = "…………………"
#: Of the letterhead: the name of the country takes more.
_SHARES = (9, 11)
#: Room for a signature, in millimetres.
_SIGNATURE = 25


@dataclass(frozen=True)
class Printed:
    """A unit and its archive as they stand; with `secret` documents that bear a mark too."""

    catalogue: Catalogue
    settings: Settings
    unit: Unit
    today: date
    place: str | None = None
    secret: bool = False

    @cached_property
    def fonds(self) -> Unit:
        """The fonds in which it stands."""
        return self.catalogue.unit(self.unit.path.partition("-")[0]) or self.unit

    @cached_property
    def organisation(self) -> str:
        """The body whose papers these are: as the settings name it, or who formed the fonds."""
        return self.settings.organisation or creator_of(self.catalogue, self.fonds)

    @property
    def family(self) -> str:
        """Whose body that is: `party` or `state`."""
        return family_of(self.organisation)

    @cached_property
    def below(self) -> Sequence[Standing]:
        """The unit and all that stands below it, in order."""
        return order.below(self.catalogue, self.unit.reference, 2)

    @property
    def folders(self) -> Sequence[Standing]:
        """The folders of the unit; a folder is its own."""
        return [one for one in self.below if one.kind == "folder"]

    @cached_property
    def extents(self) -> Mapping[str, Extent]:
        """Reference -> extent of each folder; days that a person said stand over those found."""
        names = {one.reference: one for one in self.folders}
        found = extent.extents(self.catalogue, names, self.secret)
        return {name: _said(one, found.get(name, Extent())) for name, one in names.items()}

    def fate(self, folder: Standing) -> str | None:
        """Return by which decision what stood in a folder was destroyed, None where it stands."""
        found = disposals.numbered(self.catalogue, folder.disposal) if folder.disposal else None
        if found is None or found.decision is None:
            return None
        code, when = found.decision.code, day(found.decision.date)
        return f"Đã tiêu hủy theo Quyết định số {code} ngày {when}"


def _said(folder: Standing, found: Extent) -> Extent:
    first, last = folder.fields.get("start"), folder.fields.get("end")
    return Extent(first or found.first, last or found.last, found.documents)


def day(value: str | None) -> str:
    """Return an ISO day, month or year as people write it, "" for none."""
    return written("date", value) if value else ""


def span(one: Extent) -> str:
    """Return from when to when: 05/07/2010 - 12/2012."""
    return " - ".join(dict.fromkeys(filter(None, (day(one.first), day(one.last)))))


def years(found: Iterable[Extent]) -> str | None:
    """Return the years of all of them: "Năm 2010 - 2012"; None where none is known."""
    known = sorted(value[:4] for one in found for value in (one.first, one.last) if value)
    return "Năm " + " - ".join(dict.fromkeys((known[0], known[-1]))) if known else None


def titled(one: Standing) -> str:
    """Return the title of a folder, with its volume."""
    volume = one.fields.get("volume")
    return f"{one.title} (tập {volume})" if volume else one.title


def title(text: str) -> Line:
    """Return the title of a print."""
    return Line(text.upper(), size=14, align="centre", bold=True, above=6)


def under(*lines: str | None) -> tuple[Line, ...]:
    """Return the lines below a title, those that are there."""
    return tuple(Line(line, align="centre", bold=True) for line in lines if line)


def creator_of(catalogue: Catalogue, fonds: Unit) -> str:
    """Return who formed a fonds; the title of the fonds where that is not said."""
    creator = fonds.fields.get("creator")
    body = catalogue.unit(creator) if creator else None
    return (body or fonds).title


def family_of(organisation: str) -> str:
    """Return whose body one is by its name: `party` or `state`."""
    name = fold(organisation)
    own = any(fold(one) in name for one in layouts.section("party")["names"])
    return "party" if own else "state"


def letterhead(organisation: str, *below: Line, family: str | None = None) -> Beside:
    """Return who prints, beside the name of the country or the Party; lines may stand below it.

    `family` says whose body it is where the name does not tell.
    """
    rows, family = layouts.section("letterhead"), family or family_of(organisation)
    words = next(row["lines"] for row in rows if row["family"] == family)
    party = family == "party"
    left = [_name(organisation.upper() or BLANK, 0 if party else 0.4)]
    left += [Line("*", align="centre")] if party else []
    right = [_name(line, 1 if line == words[-1] else 0) for line in words]
    return Beside((tuple(left), (*right, *below)), _SHARES)


def _name(text: str, rule: float) -> Line:
    return Line(text, size=12, align="centre", bold=True, rule=rule)


def dated(printed: Printed) -> Line:
    """Return place and day of a print; days below 10 and January and February have a zero."""
    today = printed.today
    month = f"{today.month:02d}" if today.month < 3 else str(today.month)
    when = f"ngày {today.day:02d} tháng {month} năm {today.year}"
    return Line(f"{printed.place or BLANK}, {when}", size=12, align="centre", italic=True)


def maker(printed: Printed) -> Beside:
    """Return where the one who made a list signs, on the right."""
    who, how = layouts.section("maker")["lines"]
    lines = (Line("", size=10), dated(printed), *signed(who, how))
    return Beside(((), lines))


def signed(who: str, how: str) -> tuple[Line, ...]:
    """Return who signs, how, and the room for it."""
    how_line = Line(how, size=12, align="centre", italic=True)
    return (Line(who, align="centre", bold=True), how_line, Line("", above=_SIGNATURE))
