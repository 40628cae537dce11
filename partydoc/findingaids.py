"""The finding aids of an archive as forms: what stands in a fonds, an inventory, a folder."""

from __future__ import annotations

from collections.abc import Iterator

from partydoc import layouts
from partydoc.archive import extent, order
from partydoc.archive.extent import Scan
from partydoc.archive.order import Filed, Standing
from partydoc.entryfields import range_of
from partydoc.fieldvalues import written
from partydoc.inwords import in_words
from partydoc.layouts import Layout
from partydoc.printed import Printed, letterhead, maker, span, title, titled, under, years
from partydoc.prints.form import Block, Form, Line, Row

#: Fields of a document that are days.
_DAYS = ("date", "arrival_date")


def folder_list(printed: Printed) -> Form:
    """Return the mục lục hồ sơ of a fonds or an inventory."""
    layout, unit, count = layouts.layout("muc-luc-ho-so"), printed.unit, len(printed.folders)
    inventory = _inventory(unit.reference, unit.title) if unit.kind == "inventory" else None
    term = unit.fields.get("term")
    blocks: tuple[Block, ...] = (
        letterhead(printed.organisation),
        title(layout.title),
        *under(f"Phông {printed.fonds.title}", inventory, term and f"Nhiệm kỳ {term}"),
        *under(years(printed.extents.values())),
        Line("", size=6),
        layout.table(_folder_rows(printed, layout)),
        *layout.below(count=count, words=in_words(count)),
        maker(printed),
    )
    return Form(f"{layout.title} {unit.reference}", blocks, layout.paper)


def _folder_rows(printed: Printed, layout: Layout) -> Iterator[Row]:
    number = 0
    for one in printed.below:
        if one.kind == "inventory" and printed.unit.kind == "fonds":
            yield layout.head("title", _inventory(one.reference, one.title))
        if one.kind == "folder":
            number += 1
            values = _folder(printed, one)
            yield layout.row({**values, "ordinal": str(number)})


def _inventory(reference: str, name: str) -> str:
    return f"Mục lục số {reference.rpartition('-')[2]}: {name}"


def _folder(printed: Printed, one: Standing) -> dict[str, str]:
    """Return field -> what is shown of a folder; where it lies, and that it was destroyed, stand
    among the notes.
    """
    box = f"Hộp {one.box}" if one.box else ""
    return {
        **one.fields,
        "reference": one.reference,
        "title": titled(one),
        "period": span(printed.extents[one.reference]),
        "sheets": one.fields.get("sheets") or str(one.sheets or ""),
        "note": "; ".join(filter(None, (box, one.fields.get("note"), printed.fate(one)))),
    }


def document_list(printed: Printed, columns: str) -> Form:
    """Return the mục lục văn bản of a folder, in the columns of the `state` or the `party`."""
    layout = layouts.layout("muc-luc-van-ban" + ("-party" if columns == "party" else ""))
    (folder,) = printed.folders
    blocks: tuple[Block, ...] = (
        title(layout.title),
        *under(f"Số, ký hiệu hồ sơ: {folder.reference}", titled(folder)),
        *under(years(printed.extents.values()), printed.fate(folder)),
        Line("", size=6),
        layout.table(_document_rows(printed, layout)),
    )
    return Form(f"{layout.title} {folder.reference}", blocks, layout.paper)


def _document_rows(printed: Printed, layout: Layout) -> Iterator[Row]:
    """Yield the rows of what may be shown; what came late stands under a head of its own."""
    scans = extent.scans(printed.catalogue, printed.unit.urn)
    column = "named" if "named" in layout.fields else "subject"
    late = False
    for one in order.entries(printed.catalogue, printed.unit):
        scan = scans.get(one.document or "")
        if not _is_shown(one, scan, printed.secret):
            continue
        if one.supplement and not late:
            late = True
            yield layout.head(column, "Tài liệu bổ sung")
        yield layout.row(_document(one, scan))


def _is_shown(one: Filed, scan: Scan | None, secret: bool) -> bool:
    """Tell whether an entry is printed; the ordinals show where one is not.

    What bears a mark is left out unless it is asked for. Of what stands in hold nothing is known
    here, as of paper of which nobody has typed anything.
    """
    if one.document:
        return scan is not None and (secret or scan.mark is None)
    return bool(one.fields)


def _document(one: Filed, scan: Scan | None) -> dict[str, str]:
    """Return field -> what is shown of an entry."""
    fields = dict(one.fields)
    fields |= {name: written(name, fields[name]) for name in _DAYS if name in fields}
    sheets = range_of(one.first_sheet, one.last_sheet)
    return {
        **fields,
        "ordinal": one.ordinal.lstrip("0"),
        "named": " ".join(filter(None, (fields.get("type"), fields.get("subject")))),
        "sheets": sheets,
        "page_numbers": fields.get("page_numbers") or sheets,
        "pages": fields.get("pages") or str(one.pages or ""),
        "files": "1" if scan else "",
        "name": (scan and scan.name) or "",
        "note": "; ".join(filter(None, (fields.get("note"), one.note))),
    }
