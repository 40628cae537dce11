"""Why something was not taken in, or has no copy: a stable word, a sentence, a next step."""

from __future__ import annotations

from partydoc.language import _


def sentence(reason: str, name: str) -> str:
    """Return what happened to the file of a name and what to do next."""
    what, then = _sentences().get(reason, (_("{name} could not be read."), _ASK()))
    return f"{what.format(name=name)} {then}"


def known() -> frozenset[str]:
    """Return every reason there is."""
    return frozenset(_sentences())


def _ASK() -> str:  # noqa: N802
    return _("Look at the file; then take it in again: partydoc scan FILE")


def _sentences() -> dict[str, tuple[str, str]]:
    again = _("Scan the paper again, or ask whoever sent the file for a whole one.")
    return {
        "empty": (_("{name} is empty: it has no bytes."), again),
        "not-a-document": (
            _("{name} is neither a PDF nor a picture, whatever its name says."),
            _("Take in the PDF or the picture itself."),
        ),
        "damaged-pdf": (_("{name} is a damaged PDF: its pages cannot be drawn."), again),
        "damaged-image": (_("{name} is a damaged picture: it cannot be drawn."), again),
        "truncated": (_("{name} ends too early: a part of it is missing."), again),
        "needs-password": (
            _("{name} is locked with a password."),
            _("Save it without the password, then take it in: partydoc scan FILE"),
        ),
        "too-large": (
            _("{name} is larger than a page or a document can be (A0 at 600 dpi, 2,000 pages)."),
            _("Scan it in parts, or at a lower resolution."),
        ),
        "resource-limit": (
            _("{name} needs more memory or computing time than a document may take."),
            _("Print it to a new PDF, or scan the paper again."),
        ),
        "time-limit": (
            _("{name} was given up: reading it took too long."),
            _("Try it once more: partydoc ocr REF"),
        ),
        "ocr-failed": (
            _("{name} is kept, but it could not be read."),
            _("Try it once more: partydoc ocr REF"),
        ),
        "access-copy-failed": (
            _("{name} is kept, but no searchable copy of it could be made."),
            _("Try it once more: partydoc ocr REF"),
        ),
        "text-differs": (
            _("{name} is kept, but no copy of it says what its pages show."),
            _("Print it to a new PDF and take that in as well."),
        ),
        "xfa-form": (
            _("{name} is kept, but it is a form that only its own program can draw (XFA)."),
            _("Print it to a PDF there and take that in as well."),
        ),
        "symlink-refused": (
            _("{name} is a link, not a file; it was left alone."),
            _("Name the file that it points to: partydoc scan FILE"),
        ),
        "not-a-file": (
            _("{name} is not an ordinary file; it was left alone."),
            _("Take in the PDF or the picture itself."),
        ),
        "own-file": (
            _("{name} belongs to the archive itself; it was left alone."),
            _("Name scans that lie outside it: partydoc scan FOLDER"),
        ),
        "no-permission": (
            _("{name} may not be read."),
            _("Give this account the right to read it: chmod u+r FILE"),
        ),
        "path-too-long": (
            _("{name} lies too deep in its folders; it was left where it is."),
            _("Move it further up, or give its folders shorter names."),
        ),
        "no-room": (
            _("{name} needs more room than the disk has left; it was left where it is."),
            _("Make room on the disk, or take the file away."),
        ),
        "no-room-to-read": (
            _("{name} is kept, but reading it needs more room than the disk has left."),
            _("Make room on the disk, then go on with it: partydoc ocr"),
        ),
        "gone": (
            _("{name} is not there (any more)."),
            _("Check the name; then take it in again: partydoc scan FILE"),
        ),
        "waiting": (
            _("{name} is still being written; it was left where it is."),
            _("It is taken in by the next scan."),
        ),
        "may-be-written": (
            _("Another account or machine may still be writing {name}; it was left where it is."),
            _("It is taken in when it has not changed for some minutes. See: partydoc doctor"),
        ),
        "secrecy-mark": (
            _("A document bears a secrecy mark and was put into hold."),
            _("Take the paper off this machine's line of work."),
        ),
        "classified": (
            _("A document was classified as secret and put into hold."),
            _("Take the paper off this machine's line of work."),
        ),
        "not-read": (
            _("A document waits in hold: it has not been read yet."),
            _("Read it: partydoc ocr"),
        ),
        "unsure": (
            _("A document waits in hold: its header cannot be read well enough to be sure."),
            _("If it is not secret, declare it: partydoc classify REF --open"),
        ),
        "damaged-in-hold": (
            _("A document in hold is damaged and cannot be read."),
            _("See what is wrong: partydoc verify --deep"),
        ),
        "not-filed": (
            _("{name} is kept, but something unexpected came in between."),
            _("Go on with it: partydoc ocr"),
        ),
        "not-removed": (
            _("{name} is in the archive, but may not be taken out of the inbox."),
            _("Remove it by hand, or give this account the right to write in its folder."),
        ),
        "stored-copy-damaged": (
            _("{name} is in the archive already, but the stored copy is damaged."),
            _("Keep this file; see what is wrong: partydoc verify --deep"),
        ),
        "same-in-hold": (
            _("{name} stands in hold already; nothing was changed."),
            _("Ask whoever is in charge of secret documents."),
        ),
        "same-attached": (
            _("{name} is attached already; nothing was changed."),
            _("See what is attached: partydoc show REF"),
        ),
        "page-unsure": (
            _("{name} cannot be read well enough to exclude a secrecy mark; nothing was changed."),
            _("If you have looked at the paper and it is open, say so: --unclassified"),
        ),
        "pages-changed": (
            _("The pages of {name} were changed by somebody else meanwhile; nothing was changed."),
            _("Look at them, then say it again."),
        ),
        "passed-on": (
            _("{name} was divided or merged; its pages are read where they are now."),
            _("See where they are: partydoc show ID"),
        ),
        "mark-not-seen": (
            _("On no part of {name} a secrecy mark is seen; it stays in hold as it is."),
            _("If it is open after all: partydoc hold release ID --reason TEXT"),
        ),
        "part-in-hold": (
            _("{name} cannot leave hold: not all that has its pages now has left it."),
            _("Release that first: partydoc hold list"),
        ),
        "unexpected": (_("{name} could not be taken in; it was left where it is."), _ASK()),
    }
