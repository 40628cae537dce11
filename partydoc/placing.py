"""Documents put into folders by rules: what the archive's settings say under [[filing]]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from partydoc import text
from partydoc.archive.catalogue import Catalogue, Row
from partydoc.archive.settings import Settings
from partydoc.archive.units import Unit
from partydoc.closing import require_taking
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.unitediting import Draft, drafted

_UNPLACED = (
    "SELECT id FROM documents WHERE NOT held AND NOT unread"
    " AND NOT EXISTS (SELECT 1 FROM entries WHERE document = id) ORDER BY added_at, id"
)


@dataclass(frozen=True)
class Placed:
    """A document and the references of the folders in which the rules want it: one, if they agree,
    none where no rule fits.
    """

    document: str
    folders: tuple[str, ...]


def unplaced(catalogue: Catalogue) -> list[str]:
    """Return the documents of the store that were read and stand in no folder, oldest first."""
    return [row[0] for row in catalogue.ask(_UNPLACED)]


def place(catalogue: Catalogue, settings: Settings, documents: Sequence[str]) -> list[Placed]:
    """Return where the rules want documents; raises UsageProblem for a rule that says nothing, or
    names no folder of the catalogue.
    """
    rules = [(_folder(catalogue, rule), rule) for rule in settings.filing]
    if not rules:
        message = _("No rule says into which folder documents go.")
        raise UsageProblem(message, _("Write one into partydoc.toml, under [[filing]]."))
    rows = filter(None, map(catalogue.row, documents))
    return [Placed(row.id, tuple(dict.fromkeys(_wanted(row, rules)))) for row in rows]


def draft(catalogue: Catalogue, placed: Sequence[Placed]) -> tuple[Draft, ...]:
    """Return the folders with entries for the documents on which the rules agree; raises
    UsageProblem for one to which nothing comes any more.
    """
    before: dict[str, Unit] = {}
    after: dict[str, Unit] = {}
    for one in placed:
        row = catalogue.row(one.document)
        if len(one.folders) == 1 and row:
            (name,) = one.folders
            folder = after.get(name) or catalogue.unit(name)
            assert folder is not None
            require_taking(catalogue, folder)
            before.setdefault(name, folder)
            if not folder.entry_of(row.id):
                after[name] = folder.with_next(row.id, row.pages)
    return tuple(drafted(before[name], unit) for name, unit in after.items())


def _folder(catalogue: Catalogue, rule: Mapping[str, str]) -> str:
    folder = catalogue.unit(rule["folder"])
    if len(rule) < 2 or folder is None or folder.kind != "folder" or folder.disposed:
        message = _("The rule for {folder} under [[filing]] cannot be followed.")
        hint = _("It names a folder of the catalogue, and type, issuer, symbol, year or term.")
        raise UsageProblem(message.format(folder=rule["folder"]), hint)
    return folder.reference


def _wanted(row: Row, rules: Sequence[tuple[str, Mapping[str, str]]]) -> Iterator[str]:
    fields = row.kept.fields if row.kept else {}
    known = {
        name: field.value for name, field in fields.items()
        if field and field.accepted and isinstance(field.value, str)
    }  # fmt: skip
    known["year"] = known.get("date", "")[:4]
    for folder, rule in rules:
        wanted = ((name, value) for name, value in rule.items() if name != "folder")
        if all(text.fold(known.get(name, "")) == text.fold(value) for name, value in wanted):
            yield folder
