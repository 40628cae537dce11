"""How many documents stand how, as the catalogue knows them."""

from __future__ import annotations

from partydoc.archive.catalogue import Catalogue


def counts(catalogue: Catalogue) -> dict[str, int]:
    """Return status -> number of documents; what waits in hold counts as awaiting-class, and
    what others have the pages of is none.
    """
    query = (
        "SELECT CASE WHEN held AND status <> 'held' THEN 'awaiting-class' ELSE status END AS s,"
        " count(*) FROM documents WHERE status NOT IN ('divided', 'merged') GROUP BY s"
    )
    return dict(catalogue.ask(query))


def not_searched(catalogue: Catalogue) -> dict[str, int]:
    """Return status -> number of the documents that a search cannot find yet.

    `pending` wait for OCR, `awaiting-class` in hold for a person's word.
    """
    query = (
        "SELECT CASE WHEN held THEN 'awaiting-class' ELSE 'pending' END AS s, count(*)"
        " FROM documents WHERE (unread OR held)"
        " AND status NOT IN ('held', 'divided', 'merged') GROUP BY s"
    )
    return dict(catalogue.ask(query))


def changed_unseen(catalogue: Catalogue, mark: int) -> int:
    """Return how many documents that can be found have changed after a mark."""
    query = "SELECT count(*) FROM documents WHERE change > ? AND NOT (unread OR held)"
    return next(catalogue.ask(query, mark))[0]


def searched(catalogue: Catalogue) -> int:
    """Return how many documents can be found: those that are read and not in hold."""
    query = (
        "SELECT (SELECT count(*) FROM documents)"
        " - (SELECT count(*) FROM documents WHERE unread OR held)"
    )
    return next(catalogue.ask(query))[0]
