"""From words to documents, in one archive or in several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from partydoc import lastsearch
from partydoc.archive import tally, whereabouts
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive, open_archive
from partydoc.document import Hit
from partydoc.errors import Damage, PartydocError, QueryProblem
from partydoc.index import Found, Index, Order, Query, parse, parse_line
from partydoc.language import _
from partydoc.results import Asked, Listed, Result, Results, Searched, joined
from partydoc.savedsearches import words_of

if TYPE_CHECKING:
    from partydoc.indexing import Watch

_T = TypeVar("_T")


def understood(words: Sequence[str]) -> Query:
    """Read words as typed in a shell; raises QueryProblem. @NAME stands for a saved search."""
    return parse(words, _saved)


def understood_line(line: str) -> Query:
    """Read a line as typed at a prompt; raises QueryProblem. @NAME stands for a saved search."""
    return parse_line(line, _saved)


def _saved(name: str) -> Query:
    return parse(words_of(name))


def search(archive: Archive, words: Sequence[str], limit: int, offset: int = 0) -> Results:
    """Find documents of one archive by words as typed in a shell; raises QueryProblem."""
    return search_all([archive.root], Asked(parse(words), limit, offset))


def search_all(roots: Sequence[Path], asked: Asked, watch: Watch | None = None) -> Results:
    """Find documents in the archives at some roots.

    What is wrong with the only archive is raised; with one of several it is told in its
    `Searched`, and the others answer. `watch` shows how the making of a lost index goes on.
    """
    alone = len(roots) == 1
    # Of several archives any may have all of the best hits.
    wanted = asked if alone else asked.but(limit=asked.limit + asked.offset, offset=0)
    answers = []
    for root in roots:
        try:
            answers.append(_answer(open_archive(root), wanted, watch))
        except QueryProblem:
            raise
        except (PartydocError, OSError) as trouble:
            if alone:
                raise
            answers.append(Results(0, (), (Searched(root, trouble=_known(root, trouble)),)))
    return answers[0] if alone else joined(answers, asked)


def remember(found: Results, offset: int) -> None:
    """Let the hits that are shown, from `offset` on, be named by their numbers."""
    roots = [one.root for one in found.archives if not one.trouble]
    lastsearch.remember(roots, [(one.archive, one.hit.id) for one in found.results], offset)


def ids(root: Path, query: Query, order: Order, watch: Watch | None = None) -> Listed:
    """Return the ids of all documents of one archive that have what is asked as it was typed."""
    archive = open_archive(root)
    with open_for_reading(archive) as catalogue:

        def look(index: Index) -> tuple[list[str], int, int]:
            found, near = index.ids(query, order)
            return found, near, _unseen(index, catalogue)

        (found, near, unseen), mended = _look(archive, catalogue, look, watch)
        held, waiting = catalogue.held(), _waiting(catalogue, unseen)
    return Listed([document for document in found if document not in held], near, mended, waiting)


def words(roots: Sequence[Path], prefix: str, field: str | None) -> list[str]:
    """Return the words, or a field's values, that begin with a prefix in any of the archives."""
    found: set[str] = set()
    for root in roots:
        with suppress(PartydocError, OSError):  # what is wrong is told when it is searched
            archive = open_archive(root)
            with Index(archive.index, archive.settings.engine) as index:
                found.update(index.words(prefix, field))
    return sorted(found)


def _unseen(index: Index, catalogue: Catalogue) -> int:
    state = index.state()
    return tally.changed_unseen(catalogue, state.mark) if state else 0


def _waiting(catalogue: Catalogue, unseen: int) -> dict[str, int]:
    """Return why -> how many documents a search cannot find."""
    return tally.not_searched(catalogue) | ({"unseen": unseen} if unseen else {})


def _answer(archive: Archive, asked: Asked, watch: Watch | None) -> Results:
    with open_for_reading(archive) as catalogue:

        def look(index: Index) -> tuple[Found, str | None, int]:
            query = asked.query
            found = index.search(query, asked.limit, asked.offset, asked.order, asked.facets)
            suggestion = None if found.total else index.suggest(query)
            return found, suggestion, _unseen(index, catalogue)

        (found, suggestion, unseen), mended = _look(archive, catalogue, look, watch)
        results = tuple(
            result for hit in found.hits if (result := _result(archive.root, catalogue, hit))
        )
        searched = Searched(archive.root, _waiting(catalogue, unseen), mended)
    return Results(found.total, results, (searched,), found.near, found.facets, suggestion)


def _result(root: Path, catalogue: Catalogue, hit: Hit) -> Result | None:
    row = catalogue.row(hit.id)
    if row is None or row.held:  # put into hold since the index last looked
        return None
    where = whereabouts.of(catalogue, hit.id)
    also = tuple(one.reference for one in where[1:])
    return Result(root, hit, row, where[0] if where else None, also)


def _look(
    archive: Archive, catalogue: Catalogue, look: Callable[[Index], _T], watch: Watch | None
) -> tuple[_T, str | None]:
    """Look into the index; return the answer, and what was done if it had to be mended first."""
    with Index(archive.index, archive.settings.engine) as index:
        state = index.state()
        if state is not None and state.generation == catalogue.generation:
            with suppress(Damage):
                return look(index), None
    from partydoc import indexing, mending

    return mending.look(archive, catalogue, look, watch or indexing.unwatched)


def _known(root: Path, trouble: PartydocError | OSError) -> PartydocError:
    if isinstance(trouble, PartydocError):
        return trouble
    message = _("{archive} cannot be read ({trouble}).")
    text = message.format(archive=root, trouble=trouble.strerror)
    return PartydocError(text, _("Ask whoever keeps the archive for the right to read it."))
