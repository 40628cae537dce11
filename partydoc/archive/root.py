"""The root folder of an archive: what stands where, and the lock for writing."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from partydoc.archive import disk
from partydoc.archive.apart import require_together
from partydoc.archive.settings import SETTINGS_NAME, Settings, read, to_toml
from partydoc.errors import Locked, NoArchive, PartydocError, UsageProblem
from partydoc.language import _

#: Between two looks whether a lock is free.
_PAUSE_SECONDS = 0.02
#: The settings of an archive that is still being made.
_HALF = f"{SETTINGS_NAME}.new-init"


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
        """Hold the lock that keeps two writers from changing the same thing.

        Whoever waits stands at a turnstile: who has just let the lock go and wants it again comes
        behind. Raises Locked when another partydoc does not finish within `wait` seconds.
        """
        until = time.monotonic() + wait
        with _locked_file(self.root / ".lock") as lock:
            with _locked_file(self.root / ".turn") as turnstile:
                reached = _locked(turnstile, until) and _locked(lock, until)
            if not reached:
                message = _("Another partydoc is writing into {archive}.")
                hint = _("Wait until it is done, or give it longer: --wait SECONDS.")
                raise Locked(message.format(archive=self.root), hint)
            yield

    @contextmanager
    def night(self) -> Iterator[None]:
        """Be the only nightly run; raises Locked at once where there is one. Others may write."""
        with _locked_file(self.root / ".nightly") as night:
            if not _locked(night, time.monotonic()):
                message = _("The nightly run of {archive} is still at work.")
                hint = _("It goes on by itself; the next one takes up what is left.")
                raise Locked(message.format(archive=self.root), hint)
            yield

    @contextmanager
    def making_index(self) -> Iterator[bool]:
        """Tell others that the index is being made anew; gives whether nobody else says so."""
        with _locked_file(self.root / ".indexing") as making:
            yield _locked(making, time.monotonic())


@contextmanager
def _locked_file(path: Path) -> Iterator[int]:
    """Give an open file to be locked; the kernel lets go of it when this process ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _locked(descriptor: int, until: float) -> bool:
    """Lock an open file for this process alone, if that is free before `until` (monotonic)."""
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if not time.monotonic() < until:  # also when someone waits for "nan" seconds
                return False
            time.sleep(_PAUSE_SECONDS)


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
    return Archive(root.resolve(), read(root))


def language_of(arguments: Sequence[str]) -> str | None:
    """Return the language of the archive that a command line means, before it is parsed."""
    named = None
    for i, argument in enumerate(arguments):
        if argument in ("-a", "--archive") and i + 1 < len(arguments):
            named = Path(arguments[i + 1])
        elif argument.startswith("--archive="):
            named = Path(argument.partition("=")[2])
        elif argument.startswith("-a") and len(argument) > 2:
            named = Path(argument[2:])
    try:
        return open_archive(find(named)).settings.language
    except (PartydocError, OSError):
        return None


def create(root: Path, settings: Settings) -> Archive:
    """Make a new archive in a folder that is empty or does not exist yet, or that holds what an
    `init` left that did not come to its end.

    The settings come first, under another name, and get their own by the rename that makes an
    archive of it all.
    """
    _require_free(root)
    half = root / _HALF
    disk.make_folder(root)
    if not half.is_file():
        disk.write(half, b"", 0o640)
    disk.sync_file(root)  # without it the next one takes what else stands there for somebody's own
    archive = Archive(root.resolve(), settings)
    try:
        _try_file_system(archive.root)
    except UsageProblem:
        disk.remove(half)
        raise
    _make_folders(archive)
    require_together(archive)
    disk.replace(archive.root / "README.txt", _STRANGER.encode())
    disk.replace(half, to_toml(settings).encode())
    disk.set_mode(half, 0o640)
    disk.sync_tree(archive.root)
    disk.move(half, root / SETTINGS_NAME)
    return archive


def _require_free(root: Path) -> None:
    """Raise UsageProblem where no archive can be made."""
    if (root / SETTINGS_NAME).exists():
        message = _("{folder} is an archive already.").format(folder=root)
        raise UsageProblem(message, _("Use it: partydoc -a {folder} scan").format(folder=root))
    begun = (root / _HALF).is_file()
    if root.exists() and not begun and (not root.is_dir() or any(root.iterdir())):
        message = _("{folder} is not an empty folder; nothing was made.").format(folder=root)
        raise UsageProblem(message, _("Name a new folder: partydoc init DIR."))
    try:
        str(root.resolve()).encode()
    except UnicodeEncodeError:  # not every engine can open its files there
        message = _("The name of {folder} is no text (UTF-8); nothing was made.")
        hint = _("Name a new folder: partydoc init DIR.")
        raise UsageProblem(message.format(folder=root), hint) from None


def _make_folders(archive: Archive) -> None:
    from partydoc.archive import ocfl

    for folder in (archive.staging, archive.audit, archive.quarantine):
        disk.make_folder(folder)
    if archive.settings.connected:  # what cannot be opened may be secret
        disk.set_mode(archive.quarantine, 0o700)
    disk.make_folder(archive.inbox)
    disk.set_mode(archive.inbox, 0o770)
    disk.make_folder(archive.root / "hold", 0o700)
    disk.make_folder(archive.hold_staging, 0o700)
    ocfl.make_root(archive.store)
    ocfl.make_root(archive.hold)


def _try_file_system(root: Path) -> None:
    """Refuse a file system without atomic renames and hard links, as most network shares are."""
    one, other = root / ".try-1", root / ".try-2"
    for left in (one, other):
        if left.exists():
            disk.remove_tree(left)
    try:
        disk.draft_folder(one)
        disk.draft_folder(other)
        disk.exchange(one, other)
        disk.write(one / "a", b"")
        disk.link(one / "a", other / "a")
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
