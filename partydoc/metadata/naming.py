"""Bodies that the text of a document names, where their lines in the letterhead were lost."""

from __future__ import annotations

from collections.abc import Sequence

from partydoc.metadata.initials import stands_for
from partydoc.metadata.layout import Segment
from partydoc.metadata.letterhead import Letterhead
from partydoc.metadata.likeness import key
from partydoc.metadata.parting import fit, names_body, organs
from partydoc.metadata.rules import Rules
from partydoc.metadata.spelling import Spelled

#: Fewer letters are the end of many a name.
LEAST = 6


def named_by(
    organs: Sequence[str], lines: Sequence[Segment], spelled: Spelled, rules: Rules
) -> str:
    """Return the body of the text that the symbol stands for word by word, "" if there is none.

    So a line of the letterhead that was lost can be offered: SCT, "Sở Công thương".
    """
    above = [word.text for line in lines for word in line.words]
    bodies = [each for each in spelled.text if each.startswith(spelled.starts)]
    for symbol in organs:
        first = [each for each in bodies if len(symbol) > 2 and each[0] == key(symbol)[0]]
        names = [spelled.text[each].split() for each in first]
        fitting = [name for name in names if _exact(symbol, name, above, rules)]
        if fitting:
            longest = max(fitting, key=len)
            return " ".join(longest).upper()
    return ""


def begun(lines: Sequence[Segment], head: Letterhead, spelled: Spelled) -> str | None:
    """Return the body of the text of which lines are only the end: their first line was lost."""
    end = "".join(line.key for line in lines)
    if names_body(lines[0], head.rules) or len(end) < LEAST:
        return None
    names = [
        spelled.text[each].split()
        for each in spelled.text
        if len(each) > len(end) and each.endswith(end) and each.startswith(spelled.starts)
    ]
    symbols = organs(head)
    fits = [
        (max((fit(s, n, [], head.rules) for s in symbols), default=0.0), len(n), n) for n in names
    ]
    return " ".join(max(fits)[2]).upper() if fits else None


def _exact(symbol: str, name: Sequence[str], above: Sequence[str], rules: Rules) -> bool:
    """Tell whether a symbol has a letter for each word of a name, those of its superior behind."""
    letters = "".join(key(word)[0] for word in name)
    rest = key(symbol).removeprefix(letters)
    if not key(symbol).startswith(letters) or rest and len(name) < 2:
        return False
    return not rest or bool(above) and stands_for(rest, " ".join(above), rules)
