"""Opening an archive to read it, without anything that only writing needs."""

from __future__ import annotations

import sqlite3

from partydoc.archive.catalogue import Catalogue
from partydoc.archive.root import Archive
from partydoc.errors import PartydocError
from partydoc.language import _


def open_for_reading(archive: Archive) -> Catalogue:
    """Open the catalogue; one that is missing or broken is made anew if that may be written."""
    try:
        return Catalogue(archive.catalogue)
    except (sqlite3.DatabaseError, FileNotFoundError):
        pass
    from partydoc.archive.anew import open_catalogue

    try:
        with archive.writing(wait=60):
            return open_catalogue(archive)
    except OSError as trouble:
        message = _("The catalogue of {archive} is missing or damaged ({trouble}).")
        text = message.format(archive=archive.root, trouble=trouble.strerror)
        raise PartydocError(text, _("Make it anew: partydoc index")) from trouble
