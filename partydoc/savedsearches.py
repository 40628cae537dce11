"""Searches that a person has given a name: `@NAME` stands for their words.

They belong to the person, not to an archive: one who may only read needs them most, and the same
question is asked of every archive.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from partydoc import text
from partydoc.errors import PartydocError, UsageProblem
from partydoc.index.fields import SAVED
from partydoc.language import _

SIGN = SAVED
_NAME = re.compile(r"\w[\w.-]{0,39}")
_VERSION = 1


def known() -> dict[str, list[str]]:
    """Return name -> words of all saved searches, by name."""
    try:
        data = json.loads(_path().read_text("utf-8"))
        searches = {name: list(map(str, words)) for name, words in data["searches"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError) as trouble:
        message = _("The saved searches in {path} cannot be read.").format(path=_path())
        raise PartydocError(message, _("Mend the file, or remove it.")) from trouble
    return dict(sorted(searches.items()))


def words_of(name: str) -> list[str]:
    """Return the words of a saved search; raises UsageProblem when there is none."""
    searches = known()
    found = _named(searches, name)
    if found is None:
        message = _("There is no saved search {name}.").format(name=SIGN + name)
        if not searches:
            raise UsageProblem(message, _("Save one: partydoc search --save NAME WORDS"))
        names = ", ".join(SIGN + each for each in searches)
        raise UsageProblem(message, _("There are: {names}.").format(names=names))
    return searches[found]


def words_in(line: str) -> list[str]:
    """Return the words of a line typed at a prompt; quotes and brackets keep their meaning."""
    return [f"({line})"] if re.search(r"""[()"“”„'‘\\]""", line) else line.split()


def save(name: str, words: Sequence[str]) -> bool:
    """Save words under a name; return whether they took the place of others."""
    name = text.clean(name).removeprefix(SIGN)
    if not _NAME.fullmatch(name):
        message = _("{name} cannot be the name of a search.").format(name=name or '""')
        hint = _("Use letters, digits, - and . without spaces: {example}")
        raise UsageProblem(message, hint.format(example="--save nghi-quyet-2021"))
    if any(re.search(rf"(?<!\w){SIGN}", word) for word in words):
        message = _("A saved search cannot stand within another.")
        raise UsageProblem(message, _("Save the words themselves."))
    searches = known()
    before = _named(searches, name)
    if before is not None:
        del searches[before]
    _write(searches | {name: list(words)})
    return before is not None


def remove(name: str) -> None:
    """Remove a saved search; raises UsageProblem when there is none."""
    name = text.clean(name).removeprefix(SIGN)
    words_of(name)
    searches = known()
    del searches[_named(searches, name) or name]
    _write(searches)


def _named(searches: Mapping[str, object], name: str) -> str | None:
    """Return the name under which it was saved: capitals and diacritics do not matter."""
    wanted = text.fold(text.clean(name))
    return next((each for each in searches if text.fold(each) == wanted), None)


def _path() -> Path:
    base = os.environ.get("XDG_DATA_HOME")
    return Path(base or Path.home() / ".local" / "share") / "partydoc" / "searches.json"


def _write(searches: Mapping[str, Sequence[str]]) -> None:
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    data = {"version": _VERSION, "searches": searches}
    beside.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    beside.replace(path)
