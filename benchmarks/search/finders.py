"""Search engines that are asked whether a word is found in another spelling."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

from partydoc import text
from partydoc.document import Searchable
from partydoc.index import Index, parse

#: For each question, which of the texts it finds, by their places.
Found = list[set[int]]

_INSTALL_POSTGRES = "apt-get install postgresql postgresql-contrib"


class Missing(Exception):
    """An engine is not installed; the message says how to install it."""


def version(name: str) -> str:
    """Return the version of what is asked: a package of Python, `sqlite` or `postgresql`."""
    if name == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    if name == "postgresql":
        return f"PostgreSQL {_as_postgres(['psql', '--version']).split()[2]}"
    return f"{name} {metadata.version(name)}"


def partydoc(engine: str, texts: Sequence[str], asked: Sequence[str]) -> Found:
    """Ask partydoc, words as they are typed in a shell."""
    with TemporaryDirectory() as folder, Index(Path(folder, "index"), engine) as index:
        pages = map(text.clean, texts)  # as everything that enters an archive
        papers = (Searchable(str(place), 1, {}, (page,)) for place, page in enumerate(pages))
        index.rebuild(papers, "benchmark", 1)
        answers = (index.search(parse(one.split()), len(texts)) for one in asked)
        return [{int(hit.id) for hit in answer.hits} for answer in answers]


def fts5(texts: Sequence[str], asked: Sequence[str]) -> Found:
    """Ask SQLite FTS5 without marks; each word in quotes, so that no sign troubles it."""
    db = sqlite3.connect(":memory:")
    try:
        tokens = "unicode61 remove_diacritics 2"
        db.execute(f"CREATE VIRTUAL TABLE texts USING fts5(body, tokenize='{tokens}')")
        db.executemany("INSERT INTO texts (rowid, body) VALUES (?, ?)", enumerate(texts))
        answers = (" ".join(f'"{word}"' for word in one.split()) for one in asked)
        sql = "SELECT rowid FROM texts WHERE texts MATCH ?"
        return [{row[0] for row in db.execute(sql, (answer,))} for answer in answers]
    finally:
        db.close()


def postgres(texts: Sequence[str], asked: Sequence[str]) -> Found:
    """Ask PostgreSQL with the dictionaries unaccent and simple; raises Missing."""
    with _cluster() as folder:
        script = [_POSTGRES, *_copied("texts", texts), *_copied("asked", asked), _ASK_POSTGRES]
        command = ["psql", "-h", str(folder), "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1"]
        told = _as_postgres(command, input="\n".join(script))
        found: Found = [set() for _one in asked]
        for line in told.splitlines():
            question, place = line.split("|")
            found[int(question)].add(int(place))
        return found


_POSTGRES = """
CREATE EXTENSION unaccent;
CREATE TEXT SEARCH CONFIGURATION folded (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION folded
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
CREATE TABLE texts (place int, body text);
CREATE TABLE asked (place int, body text);
"""
_ASK_POSTGRES = """
SELECT asked.place, texts.place FROM asked JOIN texts
    ON to_tsvector('folded', texts.body) @@ plainto_tsquery('folded', asked.body);
"""


def _copied(table: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"COPY {table} FROM STDIN;"
    yield from (f"{place}\t{line}" for place, line in enumerate(lines))
    yield "\\."


@contextmanager
def _cluster() -> Iterator[Path]:
    """Start a server of its own in a temporary folder, reached through a socket there."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        raise Missing(f"PostgreSQL is not installed: {_INSTALL_POSTGRES}")
    bin_ = programs[-1].parent
    with TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = ["-D", str(folder / "data")]
        _as_postgres([str(bin_ / "initdb"), *data, "-A", "trust", "--locale=C.UTF-8"])
        control = [str(bin_ / "pg_ctl"), *data, "-w"]
        options = f"-c listen_addresses= -c fsync=off -k {folder}"
        _as_postgres([*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield folder
        finally:
            _as_postgres([*control, "-m", "immediate", "stop"])


def _as_postgres(command: Sequence[str], input: str | None = None) -> str:  # noqa: A002
    """Run a program; as the account postgres, for the server refuses to be started by root."""
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, input=input, capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr}")
    return done.stdout
