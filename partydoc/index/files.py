"""What the files of an index were when it was last settled: a lost, cut or changed one is noticed.

Engines find out about damage late or never: a garbled list of postings is a wrong answer to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

#: Bytes, time of the last change in nanoseconds, CRC-32.
Seal = tuple[int, int, int]

_BLOCK = 1 << 20


def seals(folder: Path, known: Mapping[str, Seal]) -> dict[str, Seal]:
    """Return the seal of every file but locks; one that stands in `known` is not read again."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and "lock" not in path.name.lower():
            now = path.stat()
            crc = known[path.name][2] if unchanged(path, known) else _crc(path)
            found[path.name] = (now.st_size, now.st_mtime_ns, crc)
    return found


def unchanged(path: Path, known: Mapping[str, Seal]) -> bool:
    """Whether a file has the size and the time that it was known by."""
    if path.name not in known:
        return False
    try:
        now = path.stat()
    except FileNotFoundError:
        return False
    return tuple(known[path.name][:2]) == (now.st_size, now.st_mtime_ns)


def altered(folder: Path, sealed: Mapping[str, Seal], deep: bool = False) -> str | None:
    """Return the name of a file that is not what was sealed; None = all are.

    A file is read only where its time is another, as after copying; with `deep` every file is.
    """
    for name, (size, changed, crc) in sealed.items():
        path = folder / name
        try:
            now = path.stat()
            if now.st_size != size:
                return name
            if (deep or now.st_mtime_ns != changed) and _crc(path) != crc:
                return name
        except OSError:
            return name
    return None


def _crc(path: Path) -> int:
    from zlib import crc32  # an index that nobody has touched is searched without

    value = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            value = crc32(block, value)
    return value
