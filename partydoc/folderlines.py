"""The lines of folders that a document fills: shared among its parts, or joined with others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from partydoc.archive import whereabouts
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.kept import Kept, Place
from partydoc.archive.references import number_of
from partydoc.archive.units import Entry, Unit, entry_name, moved_name
from partydoc.closing import require_open
from partydoc.cutting import Cut
from partydoc.language import _

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def of_document(catalogue: Catalogue, document: str) -> list[tuple[Unit, Entry]]:
    """Return the entries that a document fills; raises UsageProblem for one in a closed folder."""
    units = (catalogue.unit(where.folder) for where in whereabouts.of(catalogue, document))
    found = [(unit, entry) for unit in filter(None, units) if (entry := unit.entry_of(document))]
    for unit, _entry in found:
        require_open(unit)
    return found


def of_scan(catalogue: Catalogue, scan: Kept) -> list[tuple[Unit, Entry]]:
    """Return the entries that a scan fills; of one in hold those that are kept free for it."""
    if not scan.secret:
        return of_document(catalogue, scan.id)
    awaited = (whereabouts.now(catalogue, place) for place in scan.awaited)
    units = ((catalogue.unit_by_urn(one.folder), one.ordinal) for one in awaited if one)
    found = [(unit, entry) for unit, ordinal in units if unit and (entry := unit.entry(ordinal))]
    free = [(unit, entry) for unit, entry in found if not entry.document]
    for unit, _entry in free:
        require_open(unit)
    return free


def shared(
    folder: Unit, entry: Entry, parts: Sequence[Cut], held: Sequence[str] = (),
    former: Mapping[str, Sequence[Place]] = MappingProxyType({}),
) -> tuple[Unit, list[str]]:  # fmt: skip
    """Return a folder with an entry of a scan shared among its parts, and the ordinals of these.

    The first part has the entry itself, the next ones get letters behind it, or what they had
    (`former`: part -> places) before the scan was put together again. Of those in `held` there are
    sheets only, and nothing that was typed of the scan is left then.
    """
    ordinals = [entry.ordinal]
    free = iter(_behind(folder, entry, len(parts)))
    for part in parts[1:]:
        had = (one.ordinal for one in former.get(part.id, ()) if one.folder == folder.urn)
        led = (one for one in had if folder.moved.get(one) == Place(folder.urn, entry.ordinal))
        ordinals.append(next(led, None) or next(free))
        folder = folder.with_value(moved_name(ordinals[-1]), None)
    if held:
        entry = replace(entry, note=None, fields={})
    pages = parts[-1].last
    for ordinal, part in zip(ordinals, parts, strict=True):
        sheets = _sheets(entry, part, pages)
        line = replace(
            entry if ordinal == entry.ordinal else replace(entry, note=None, fields={}),
            ordinal=ordinal, first_sheet=sheets[0], last_sheet=sheets[1],
            document=None if part.id in held else part.id,
        )  # fmt: skip
        folder = folder.with_value(entry_name(ordinal), line)
    return folder, ordinals


def _behind(folder: Unit, entry: Entry, count: int) -> list[str]:
    """Return ordinals for what comes behind an entry: with the letters that are free, then others
    behind all entries.
    """
    number, letter = number_of(entry.ordinal)
    named = (f"{number:03d}{one}" for one in _LETTERS if one > letter)
    free = [one for one in named if not folder.entry(one) and one not in folder.moved][:count]
    last = number_of(folder.next_ordinal)[0]
    return free + [f"{last + more:03d}" for more in range(count - len(free))]


def _sheets(entry: Entry, part: Cut, pages: int) -> tuple[int | None, int | None]:
    """Return on which sheets a part lies: of as many sheets as pages one a page, of half as many
    two; a part that begins on the back of a sheet shares it.
    """
    if entry.first_sheet is None:
        return None, None
    first, last, after = (
        page * entry.sheets // pages for page in (part.first - 1, part.last - 1, part.last)
    )
    return entry.first_sheet + first, entry.first_sheet + max(last, after - 1)


def concerned(catalogue: Catalogue, *documents: str) -> list[str]:
    """Return the ids of documents, and of the folders and the rows of registers that name them."""
    units = [unit.urn for one in documents for unit, _entry in of_document(catalogue, one)]
    rows = [row.urn for one in documents
            for row in catalogue.register_rows("WHERE document = ?", one)]  # fmt: skip
    return list(dict.fromkeys((*documents, *units, *rows)))


def joined(catalogue: Catalogue, document: str, others: Sequence[str]) -> list[Unit]:
    """Return the folders in which the entries of others have become those of one document.

    In each folder one entry is its own: the one that it has, else the first that another has. Where
    another goes on from its sheets that is closed and leads there; one that lies apart keeps its
    sheets, empty but for a note. Raises UsageProblem for a closed folder.
    """
    folders: dict[str, tuple[Unit, str]] = {}
    for one in (document, *others):
        for unit, entry in of_document(catalogue, one):
            now, home = folders.get(unit.urn, (unit, entry.ordinal))
            folders[unit.urn] = _with_joined(now, home, entry, document), home
    return [unit for unit, _home in folders.values()]


def _with_joined(folder: Unit, home: str, entry: Entry, document: str) -> Unit:
    here = folder.entry(home)
    assert here is not None
    if entry.ordinal == home:
        return folder.with_value(entry_name(home), replace(entry, document=document))
    folder = folder.with_value(moved_name(entry.ordinal), Place(folder.urn, home))
    if _goes_on(here, entry):
        sheets = [one for one in (here, entry) if one.first_sheet is not None]
        first = min((one.first_sheet or 0 for one in sheets), default=None)
        last = max((one.last_sheet or one.first_sheet or 0 for one in sheets), default=None)
        whole = replace(here, first_sheet=first, last_sheet=last)
        folder = folder.with_value(entry_name(home), whole)
        return folder.with_value(entry_name(entry.ordinal), None)
    note = _("belongs to {reference}").format(reference=f"{folder.reference}-{home}")
    bare = replace(entry, document=None, note=note, fields={})
    return folder.with_value(entry_name(entry.ordinal), bare)


def _goes_on(here: Entry, entry: Entry) -> bool:
    """Whether the sheets of an entry follow those of another, or are among them."""
    if entry.first_sheet is None or here.first_sheet is None:
        return entry.first_sheet is None
    last = here.last_sheet or here.first_sheet
    return here.first_sheet <= entry.first_sheet <= last + 1


def restored(now: Unit, before: Unit, after: Unit) -> Unit | None:
    """Return a folder with the entries that it had before a change; None where one of them was
    filled otherwise since. What was typed since stays.
    """
    ordinals = dict.fromkeys(one.ordinal for one in (*before.entries, *after.entries))
    for ordinal in ordinals:
        then, made, here = (unit.entry(ordinal) for unit in (before, after, now))
        if then == made:
            continue
        if _filled(made) != _filled(here):
            return None
        if then and made and here and (made.note, made.fields) != (here.note, here.fields):
            then = replace(then, note=here.note, fields=here.fields)
        now = now.with_value(entry_name(ordinal), then)
        now = now.with_value(moved_name(ordinal), before.moved.get(ordinal))
    return now


def _filled(entry: Entry | None) -> tuple[bool, str | None]:
    return entry is not None, entry.document if entry else None
