"""The pages of a document as a person wants them: from a wish to a new list of pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from partydoc.archive.kept import Kept
from partydoc.archive.originals import Original
from partydoc.document import Bound, Field, Record
from partydoc.errors import UsageProblem
from partydoc.language import _

What = Literal["replace", "insert", "remove", "rotate", "move", "rescan"]
_WHOLE_TURN = 360


@dataclass(frozen=True)
class Wish:
    """What a person wants done to the pages of one document.

    `page`: which page, from 1 (of `rescan` none: a better scan of all the paper); `file`: what
    comes in, for replace, insert and rescan; `to`: where a page moves; `by`: degrees clockwise, as
    the page is shown now; `unclassified`: the person has looked at the paper.
    """

    what: What
    page: int = 1
    file: Path | None = None
    to: int = 1
    by: int = 0
    unclassified: bool = False


def check(kept: Kept, wish: Wish) -> None:
    """Raise UsageProblem for a wish that the document cannot fulfil, whatever file comes in."""
    if "signed" in kept.particulars:
        message = _("{id} is signed electronically: its pages stay as they are, bit for bit.")
        raise UsageProblem(message.format(id=kept.id[:12]), _beside(kept.id[:12]))
    last = kept.pages + 1 if wish.what == "insert" else kept.pages
    for number, most in ((wish.page, last), (wish.to, kept.pages)):
        if not 1 <= number <= most:
            message = _("{id} has {pages} pages; there is no page {page}.")
            text = message.format(id=kept.id[:12], pages=kept.pages, page=number)
            raise UsageProblem(text, _("Name a page from 1 to {last}.").format(last=most))
    if wish.what == "move" and wish.page == wish.to:
        message = _("Page {page} of {id} stands there already.")
        text = message.format(page=wish.page, id=kept.id[:12])
        raise UsageProblem(text, _("Name another place: --to M"))
    if wish.what == "remove" and kept.pages == 1:
        message = _("{id} has one page only; a document without pages is none.")
        hint = _("Put another page in its place: partydoc page replace {id} 1 FILE")
        raise UsageProblem(message.format(id=kept.id[:12]), hint.format(id=kept.id[:12]))


def check_new(kept: Kept, new: Original) -> None:
    """Raise UsageProblem for a file whose pages a document has already, as when a command is given
    a second time, or must not be taken out of it.
    """
    check_other(kept, new)
    if "signed" in new.flags:
        message = _("{name} is signed electronically: it is kept bit for bit, not page by page.")
        raise UsageProblem(message.format(name=new.name), _beside("REF"))


def check_other(kept: Kept, new: Original) -> None:
    """Raise UsageProblem for a file of which a document is made already."""
    if new.sha256 in map(kept.digest_of, kept.in_use):
        message = _("{name} is in {id} already.").format(name=new.name, id=kept.id[:12])
        raise UsageProblem(message, _("Nothing was changed."))


def _beside(document: str) -> str:
    hint = _("Put a signed file beside it: partydoc attach {id} FILE --role signed-copy")
    return hint.format(id=document)


def fulfilled(kept: Kept, wish: Wish, new: Original | None = None, shown: int = 0) -> Kept:
    """Return a document with its pages as they are wanted; `check` has found nothing wrong.

    `new`: what is known of the file that comes in; `shown`: by how many degrees clockwise the page
    was turned to be read, beyond what anybody wanted.
    """
    originals = (*kept.originals, new) if new else kept.originals
    brought = [Bound(len(originals) + 1, page) for page in range(1, new.pages + 1)] if new else []
    leaves, at = list(kept.leaves), wish.page - 1
    match wish.what:
        case "replace":
            leaves[at : at + 1] = brought
        case "insert":
            leaves[at:at] = brought
        case "remove":
            del leaves[at]
        case "rotate":
            leaf = leaves[at]
            leaves[at] = leaf.but(turn=((leaf.turn or 0) + shown + wish.by) % _WHOLE_TURN)
        case "move":
            leaves.insert(wish.to - 1, leaves.pop(at))
        case "rescan":
            leaves = brought
    return replace(kept, originals=originals, bound=tuple(leaves), pages=len(leaves))


def placed(fields: Record, before: Kept, after: Kept) -> dict[str, Field | None]:
    """Return a person's fields with the place where each stands on a page now, if it still does.

    What the machine reads it places anew itself.
    """
    there = {(leaf.original, leaf.page): (n, leaf) for n, leaf in enumerate(after.leaves, 1)}

    def moved(field: Field | None) -> Field | None:
        if field is None or field.source != "person" or not field.page:
            return field
        leaf = before.leaves[field.page - 1] if field.page <= before.pages else Bound(0, 0)
        number, now = there.get((leaf.original, leaf.page), (None, None))
        return replace(field, page=number, box=field.box if now == leaf else None)

    return {name: moved(field) for name, field in fields.items()}
