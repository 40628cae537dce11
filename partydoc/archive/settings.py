"""The settings of an archive: what stands in `partydoc.toml`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from partydoc.archive import disk
from partydoc.errors import NoArchive
from partydoc.language import _
from partydoc.text import clean

FORMAT = 1
NETWORKS = ("connected", "independent-lan")
#: In what departures are counted: the types of a term (Party), those of a year, or a year.
NUMBERINGS = ("type-term", "type-year", "year")
SETTINGS_NAME = "partydoc.toml"


@dataclass(frozen=True)
class Settings:
    """What `partydoc.toml` holds.

    `network` has no default (Law 117/2025/QH15, article 5(2): a state secret must not be stored
    on a machine connected to any network but an independent LAN). `quiet` is in seconds. `types`
    (name and abbreviation, None if it has none), `bodies` (name and symbol) and `places` are what
    the archive adds to the tables of the readers; `filing` says into which folder documents go;
    `numbering`, in what departures are counted; `terms` are terms of office by name, each with its
    first day (ISO).
    """

    network: str
    engine: str
    name: str = ""
    organisation: str = ""
    language: str = "vi"
    languages: tuple[str, ...] = ("vie",)
    quiet: int = 30
    tessdata: str = ""
    numbering: str = NUMBERINGS[0]
    types: tuple[tuple[str, str | None], ...] = ()
    bodies: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    filing: tuple[Mapping[str, str], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def models(self) -> Path | None:
        """The folder of other models for reading; None: the installed ones."""
        return Path(self.tessdata) if self.tessdata else None

    @property
    def connected(self) -> bool:
        """Whether marked documents must stay out of the store."""
        return self.network == "connected"


def read(root: Path) -> Settings:
    """Read the settings of the archive at a root; raises NoArchive where there is none."""
    try:
        data = tomllib.loads((root / SETTINGS_NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        message = _("{folder} is not an archive: it has no partydoc.toml.").format(folder=root)
        raise NoArchive(message, _("Make an archive there: partydoc init DIR.")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as trouble:
        message = _("{folder}/partydoc.toml cannot be read: {trouble}.")
        hint = _("Correct the line, or bring the file back from a backup.")
        raise NoArchive(message.format(folder=root, trouble=trouble), hint) from None
    if data.get("format") != FORMAT:
        message = _(
            "{folder} is an archive of format {format}; this partydoc knows format {known}."
        )
        text = message.format(folder=root, format=data.get("format"), known=FORMAT)
        raise NoArchive(text, _("Install a newer partydoc."))
    return _settings_of(data, root)


def _settings_of(data: dict, root: Path) -> Settings:
    if data.get("network") not in NETWORKS:
        message = _("{folder}/partydoc.toml does not say how the machine is connected.")
        hint = _('Write network = "connected" or network = "independent-lan" into it.')
        raise NoArchive(message.format(folder=root), hint)
    given = {name: _value(data, name, usual, root) for name, usual in _USUAL.items()}
    if given["numbering"] not in NUMBERINGS:
        raise _not_understood(root, "numbering", NUMBERINGS[0])
    return Settings(
        network=data["network"],
        **{**given, "languages": tuple(given["languages"])},
        types=tuple((row["name"], row.get("abbreviation")) for row in _rows(data, "types", root)),
        bodies=tuple((row["name"], row["symbol"]) for row in _rows(data, "bodies", root)),
        places=_places(data, root),
        filing=tuple(_rows(data, "filing", root)),
        terms=tuple((row["name"], row["start"]) for row in _terms(data, root)),
    )


#: What counts where a setting is missing.
_USUAL: Mapping[str, Any] = {
    "engine": "whoosh", "name": "", "organisation": "", "language": "vi", "languages": ["vie"],
    "quiet": 30, "tessdata": "", "numbering": NUMBERINGS[0],
}  # fmt: skip


def _value(data: dict, name: str, usual: Any, root: Path) -> Any:
    """Return a setting; raises NoArchive where it is of another kind than the usual value."""
    value = data.get(name, usual)
    fits = type(value) is type(usual)
    if fits and isinstance(value, list):
        fits = bool(value) and all(isinstance(each, str) and each for each in value)
    if not fits or (isinstance(value, int) and value < 0):
        raise _not_understood(root, name, usual)
    return value


def _not_understood(root: Path, name: str, usual: Any) -> NoArchive:
    message = _("{folder}/partydoc.toml: {name} cannot be understood.")
    hint = _("Write it like this: {example}")
    example = f"{name} = {json.dumps(usual)}"
    return NoArchive(message.format(folder=root, name=name), hint.format(example=example))


#: What a section that an archivist adds must say, and what it may.
_SECTIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "types": (("name",), ("abbreviation",)),
    "bodies": (("name", "symbol"), ()),
    "filing": (("folder",), ("type", "issuer", "symbol", "year", "term")),
    "terms": (("name", "start"), ()),
}


def _rows(data: dict, section: str, root: Path) -> list[dict[str, str]]:
    """Return the rows of a section `[[section]]` in NFC; raises NoArchive where one is wrong."""
    must, may = _SECTIONS[section]
    rows = data.get(section, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(root, section, 1)
    for number, row in enumerate(rows, 1):
        texts = all(isinstance(value, str) and value.strip() for value in row.values())
        if not texts or not set(must) <= set(row) <= {*must, *may}:
            raise _wrong(root, section, number)
    return [{name: clean(value).strip() for name, value in row.items()} for row in rows]


def _terms(data: dict, root: Path) -> list[dict[str, str]]:
    """Return the terms of office, the first one first; raises NoArchive for a day that is none."""
    rows = _rows(data, "terms", root)
    for number, row in enumerate(rows, 1):
        try:
            date.fromisoformat(row["start"])
        except ValueError:
            raise _wrong(root, "terms", number) from None
    return sorted(rows, key=lambda row: row["start"])


def _wrong(root: Path, section: str, number: int) -> NoArchive:
    must, may = _SECTIONS[section]
    message = _("{folder}/partydoc.toml: entry {number} under [[{section}]] cannot be understood.")
    hint = _(
        "Each such entry has {names}, as text in quotes, and nothing else; places stands above the"
        " first [[."
    )
    names = ", ".join((*must, *may))
    text = message.format(folder=root, number=number, section=section)
    return NoArchive(text, hint.format(names=names))


def _places(data: dict, root: Path) -> tuple[str, ...]:
    places = data.get("places", [])
    if not isinstance(places, list) or not all(isinstance(each, str) for each in places):
        message = _("{folder}/partydoc.toml: places is not a list of names.").format(folder=root)
        raise NoArchive(message, _('Write it like this: places = ["Xã A", "Phường B"]'))
    return tuple(clean(each).strip() for each in places if each.strip())


def change_engine(root: Path, engine: str) -> None:
    """Write another index engine into `partydoc.toml`, the rest of it untouched."""
    path = root / SETTINGS_NAME
    line = f'engine = "{engine}"'
    text = re.sub(r"^engine\s*=.*$", line, path.read_text(encoding="utf-8"), flags=re.M)
    disk.replace(path, text.encode())
    disk.set_mode(path, 0o640)


def to_toml(settings: Settings) -> str:
    """Return the text of `partydoc.toml`, each setting explained."""
    values = {
        "format": FORMAT,
        "name": settings.name,
        "organisation": settings.organisation,
        "network": settings.network,
        "language": settings.language,
        "engine": settings.engine,
        "languages": list(settings.languages),
        "quiet": settings.quiet,
        "tessdata": settings.tessdata,
        "numbering": settings.numbering,
    }
    lines = []
    for key, value in values.items():
        lines += [f"# {_COMMENTS[key]}", f"{key} = {json.dumps(value, ensure_ascii=False)}", ""]
    return "\n".join([*lines, *_ADDITIONS])


_COMMENTS = {
    "format": "The form of this archive on disk; partydoc refuses what is newer than itself.",
    "name": "Shown in reports.",
    "organisation": "The body whose papers these are.",
    "network": "connected: marked documents stay in hold. independent-lan: they are processed.",
    "language": "Of the messages: vi or en.",
    "engine": "Of the search index: whoosh or tantivy. Change it with: partydoc index --engine.",
    "languages": "What Tesseract reads.",
    "quiet": "Seconds without a change after which a file in the inbox counts as complete.",
    "tessdata": "A folder with other Tesseract models; empty: the installed ones.",
    "numbering": "Of departures: type-term (Party bodies), type-year, or year (state bodies).",
}

#: Shows in a new archive what may be added.
_ADDITIONS = (
    "# What only this archive knows: places, types of documents, bodies and their symbols.",
    "# And the terms of office, each with its first day, for the numbers of what departs.",
    "# Take away the # before a line. What stands in [[ ]] may be repeated, behind places.",
    '# places = ["Mẫu Sơn"]',
    "# [[types]]",
    '# name = "Phiếu trình"',
    '# abbreviation = "PT"',
    "# [[bodies]]",
    '# name = "Hạt Kiểm lâm"',
    '# symbol = "HKL"',
    "# Into which folder documents go of which all that is said here is true (partydoc catalogue",
    "# file): folder, and type, issuer, symbol, year or term. May be repeated.",
    "# [[filing]]",
    '# folder = "TH.01/2026"',
    '# type = "Báo cáo"',
    '# year = "2026"',
    "# [[terms]]",
    '# name = "2025-2030"',
    '# start = "2025-08-15"',
    "",
)
