"""How the lines of the audit log hold together.

A line is a JSON object. Its last field, `hash`, is the sha-256 of the line without that field; the
one before, `prev`, is the hash of the line above, across months, and 64 zeros in an archive's first
line. So whoever changes, inserts, deletes or swaps lines must write all that follow anew, and then
the last hash is another: the nightly report prints it. Lines of 0.1 have no `hash`; theirs is the
sha-256 of the whole line.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

START = "0" * 64
_LINE = re.compile(
    rb'(?P<said>\{.*, "prev": "(?P<prev>[0-9a-f]{64})")(?:, "hash": "(?P<own>[0-9a-f]{64})")?\}'
)


def seal(line: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return a line with its hash, as it is written but for the line feed, and that hash.

    `prev` must be its last field.
    """
    data = json.dumps(line, ensure_ascii=False).encode()
    own = hashlib.sha256(data).hexdigest()
    return data[:-1] + f', "hash": "{own}"}}'.encode(), own


def hash_of(line: bytes) -> str:
    """Return the hash that a line must bear."""
    found = _LINE.fullmatch(line)
    text = found["said"] + b"}" if found and found["own"] else line
    return hashlib.sha256(text).hexdigest()


def broken(files: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    """Yield (file, line number) of each line that was changed, or does not follow the one above.

    What a power cut left of the very last line is none of them: the next command that writes cuts
    it off, and notes that.
    """
    above, sealed = START, False
    for path, number, line in _lines(files):
        found = _LINE.fullmatch(line)
        own = (found["own"] or b"").decode() if found else ""
        whole = own == hash_of(line) if own else not sealed
        if not (found and whole and found["prev"].decode() == above):
            yield path, number
        above, sealed = own or hash_of(line), sealed or bool(own)


def stands(files: Iterable[Path], head: str) -> bool:
    """Whether a hash that was the last one once is that of a line, or the start of the log."""
    return head == START or any(head == hash_of(line) for _path, _number, line in _lines(files))


def _lines(files: Iterable[Path]) -> Iterator[tuple[Path, int, bytes]]:
    """Yield (file, line number, line); not what is torn of the last line of all."""
    found = list(files)
    for path in found:
        *lines, rest = path.read_bytes().split(b"\n")
        if rest and (path != found[-1] or _has_more(rest)):
            lines.append(rest)
        for number, line in enumerate(lines, 1):
            yield path, number, line


def _has_more(rest: bytes) -> bool:
    """Whether what follows the last line feed is more than a line or a part of one."""
    line = _LINE.match(rest)
    return bool(line) and line.end() < len(rest)  # type: ignore[union-attr]
