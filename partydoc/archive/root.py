"""The root folder of an archive: what stands where, its settings, and the lock for writing."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import time
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from partydoc.archive import disk, ocfl
from partydoc.errors import Locked, NoArchive, PartydocError, UsageProblem
from partydoc.language import _

FORMAT = 1
NETWORKS = ("connected", "independent-lan")
SETTINGS_NAME = "partydoc.toml"


@dataclass(frozen=True)
class Settings:
    """What `partydoc.toml` holds.

    `network` has no default (Law 117/2025/QH15, article 5(2): a state secret must not be stored
    on a machine connected to any network but an independent LAN). `quiet` is in seconds.
    """

    network: str
    engine: str
    name: str = ""
    organisation: str = ""
    language: str = "vi"
    languages: tuple[str, ...] = ("vie",)
    quiet: int = 30
    tessdata: str = ""

    @property
    def connected(self) -> bool:
        """Whether marked documents must stay out of the store."""
        return self.network == "connected"


@dataclass(frozen=True)
class Archive:
    """An opened archive: its root folder and its settings."""

    root: Path
    settings: Settings
    store: Path = field(init=False)
    hold: Path = field(init=False)
    inbox: Path = field(init=False)
    quarantine: Path = field(init=False)
    index: Path = field(init=False)
    catalogue: Path = field(init=False)
    audit: Path = field(init=False)

    def __post_init__(self) -> None:
        for name in ("store", "inbox", "quarantine", "index", "audit"):
            object.__setattr__(self, name, self.root / name)
        object.__setattr__(self, "hold", self.root / "hold" / "objects")
        object.__setattr__(self, "catalogue", self.root / "catalogue.sqlite")

    @property
    def staging(self) -> Path:
        """Where objects of documents that have passed the gate are made."""
        return self.root / "staging"

    @property
    def hold_staging(self) -> Path:
        """Where objects and job folders stand as long as no gate has been passed."""
        return self.root / "hold" / "staging"

    @property
    def desk(self) -> Path:
        """Where documents are read: inside hold wherever a mark must keep them out of the store."""
        return self.hold_staging if self.settings.connected else self.staging

    @contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """Hold the lock that keeps two writers from doing the same work.

        Raises Locked when another partydoc does not finish within `wait` seconds.
        """
        descriptor = os.open(self.root / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            _lock(descriptor, wait, self.root)
            yield
        finally:
            os.close(descriptor)


def _lock(descriptor: int, wait: float, root: Path) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                message = _("Another partydoc is writing into {archive}.").format(archive=root)
                hint = _("Wait until it is done, or give it longer: --wait SECONDS.")
                raise Locked(message, hint) from None
            time.sleep(0.1)


def find(explicit: Path | None) -> Path:
    """Return the archive's root: `-a`, else PARTYDOC_ARCHIVE, else the nearest parent folder."""
    if explicit is None and (named := os.environ.get("PARTYDOC_ARCHIVE")):
        explicit = Path(named)
    if explicit is not None:
        return explicit
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_NAME).is_file():
            return folder
    message = _("There is no archive here: no folder above {folder} has a partydoc.toml.")
    hint = _("Go into an archive, name one with -a ARCHIVE, or make one: partydoc init DIR.")
    raise NoArchive(message.format(folder=here), hint)


def open_archive(root: Path) -> Archive:
    """Open the archive at a root; raises NoArchive for anything else, or a newer format."""
    try:
        data = tomllib.loads((root / SETTINGS_NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        message = _("{folder} is not an archive: it has no partydoc.toml.").format(folder=root)
        raise NoArchive(message, _("Make an archive there: partydoc init DIR.")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        message = _("{folder}/partydoc.toml cannot be read: {trouble}.")
        hint = _("Correct the line, or bring the file back from a backup.")
        raise NoArchive(message.format(folder=root, trouble=trouble), hint) from None
    if data.get("format") != FORMAT:
        message = _(
            "{folder} is an archive of format {format}; this partydoc knows format {known}."
        )
        text = message.format(folder=root, format=data.get("format"), known=FORMAT)
        raise NoArchive(text, _("Install a newer partydoc."))
    return Archive(root.resolve(), _settings_of(data, root))


def _settings_of(data: dict, root: Path) -> Settings:
    if data.get("network") not in NETWORKS:
        message = _("{folder}/partydoc.toml does not say how the machine is connected.")
        hint = _('Write network = "connected" or network = "independent-lan" into it.')
        raise NoArchive(message.format(folder=root), hint)
    return Settings(
        network=data["network"],
        engine=data.get("engine", "whoosh"),
        name=data.get("name", ""),
        organisation=data.get("organisation", ""),
        language=data.get("language", "vi"),
        languages=tuple(data.get("languages", ["vie"])),
        quiet=int(data.get("quiet", 30)),
        tessdata=data.get("tessdata", ""),
    )


def language_of(arguments: Sequence[str]) -> str | None:
    """Return the language of the archive that a command line means, before it is parsed."""
    named = None
    for i, argument in enumerate(arguments):
        if argument in ("-a", "--archive") and i + 1 < len(arguments):
            named = Path(arguments[i + 1])
        elif argument.startswith("--archive="):
            named = Path(argument.partition("=")[2])
    try:
        return open_archive(find(named)).settings.language
    except (PartydocError, OSError):
        return None


def change_engine(archive: Archive, engine: str) -> None:
    """Write another index engine into `partydoc.toml`, the rest of it untouched."""
    path = archive.root / SETTINGS_NAME
    line = f'engine = "{engine}"'
    text = re.sub(r"^engine\s*=.*$", line, path.read_text(encoding="utf-8"), flags=re.M)
    disk.replace(path, text.encode())
    path.chmod(0o640)


def create(root: Path, settings: Settings) -> Archive:
    """Make a new archive in a folder that is empty or does not exist yet."""
    if (root / SETTINGS_NAME).exists():
        message = _("{folder} is an archive already.").format(folder=root)
        raise UsageProblem(message, _("Use it: partydoc -a {folder} scan").format(folder=root))
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        message = _("{folder} is not an empty folder; nothing was made.").format(folder=root)
        raise UsageProblem(message, _("Name a new folder: partydoc init DIR."))
    disk.make_folder(root)
    archive = Archive(root.resolve(), settings)
    _try_file_system(archive.root)
    for folder in (archive.staging, archive.quarantine, archive.audit):
        disk.make_folder(folder)
    disk.make_folder(archive.inbox, 0o770)
    disk.make_folder(archive.root / "hold", 0o700)
    disk.make_folder(archive.hold_staging, 0o700)
    ocfl.make_root(archive.store)
    ocfl.make_root(archive.hold)
    disk.write(archive.root / "README.txt", _STRANGER.encode())
    disk.write(archive.root / SETTINGS_NAME, _settings_text(settings).encode())
    (archive.root / SETTINGS_NAME).chmod(0o640)
    disk.sync_tree(archive.root)
    return archive


def _try_file_system(root: Path) -> None:
    """Refuse a file system without atomic renames and hard links, as most network shares are."""
    one, other = root / ".try-1", root / ".try-2"
    try:
        one.mkdir()
        other.mkdir()
        disk.exchange(one, other)
        (one / "a").touch()
        os.link(one / "a", other / "a")
        disk.move(one / "a", one / "b")
    except OSError as trouble:
        if trouble.errno in (errno.ENOSPC, errno.EDQUOT, errno.EACCES):
            raise
        message = _("The file system of {folder} cannot keep an archive safe ({trouble}).")
        hint = _("Make the archive on a local disk (ext4, XFS, Btrfs); an inbox may be remote.")
        raise UsageProblem(message.format(folder=root, trouble=trouble.strerror), hint) from None
    finally:
        disk.remove_tree(one)
        disk.remove_tree(other)


def _settings_text(settings: Settings) -> str:
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
    }
    lines = []
    for key, value in values.items():
        lines += [f"# {_COMMENTS[key]}", f"{key} = {json.dumps(value, ensure_ascii=False)}", ""]
    return "\n".join(lines)


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
}

_STRANGER = """\
This folder is an archive of documents kept by partydoc.

store/   the documents, an OCFL 1.1 storage root (https://ocfl.io/1.1/spec/). Each object holds
         the original bytes, a searchable PDF/A copy, the text and a record (record.json).
hold/    documents that have not passed the secrecy gate. Handle them as what they may be.
catalogue.sqlite and index/ are made from store/ and may be deleted.

To check it without partydoc: in each folder of store/ that has an inventory.json,
    sha512sum -c inventory.json.sha512
and compare each file with the sha512 that inventory.json gives under "manifest". The name of a
document's folder ends with the sha-256 of its original (v1/content/original/0001.*).
"""
