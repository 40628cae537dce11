"""Telling a person, or a script, what went wrong and what to type next."""

from __future__ import annotations

from typing import Any

import click

from partydoc.commands import terminal
from partydoc.errors import PartydocError, QueryProblem


def tell(trouble: PartydocError, as_json: bool) -> None:
    """Print an error on stderr; one in a query with a caret under the spot."""
    data: dict[str, Any] = {"error": trouble.exit_code.word, "message": trouble.message}
    if isinstance(trouble, QueryProblem):
        data |= {"query": trouble.query, "position": trouble.position}
    say(data | {"hint": trouble.hint}, as_json)


def say(data: dict[str, Any], as_json: bool) -> None:
    """Print `error`, `message`, `hint` and what else is known (docs/json/error.schema.json)."""
    if as_json:
        click.echo(terminal.as_json({"version": 1} | data), err=True)
        return
    click.echo(terminal.lines(f"partydoc: {data['message']}"), err=True)
    if "position" in data:
        from partydoc.commands import caret

        click.echo(caret.under(data["query"], data["position"]), err=True)
    if data["hint"]:
        click.echo(terminal.lines(f"  {data['hint']}"), err=True)
