"""What stands behind a colon, or alone: words, days, numbers, states."""

from __future__ import annotations

import re

from partydoc.errors import QueryProblem
from partydoc.index import dates, fields, schema
from partydoc.index.lexer import Piece
from partydoc.index.limits import Problem
from partydoc.language import _

SHORTEST_PREFIX = 2
_LONGEST_NEAR = 20
_LONGEST_SHOWN = 40

_STRANGE = re.compile(r"[*?~^|<>=:{}\[\]\\]|^[-+!]")
_SAVED = re.compile(rf"(?<!\w){fields.SAVED}")
_RANGE = re.compile(r"(?<=\w)\.\.(?=\w)")
_OPEN_RANGE = re.compile(r"^\.\.(?=\d)|(?<=\d)\.\.$")
_NUMBER = re.compile(r"\d+")
#: So many digits has a number of a range.
_LONGEST_NUMBER = 6
#: What a state looks like; other signs would be lost when it is compared.
_STATE = re.compile(r"\w+(?:[\s-]+\w+)*")


def example() -> str:
    """Return the hint that shows what a query looks like."""
    return _("Example: {example}").format(example="partydoc search nghi quyet date:2020..2022")


def words(piece: Piece, begins: bool, problem: Problem) -> tuple[str, bool]:
    """Return an item's text, and whether any word that begins so is meant.

    That is said by `begins:` before it (`begins`) or by a star at its end.
    """
    value = piece.value.rstrip()
    starred = value.endswith("*") and not piece.whole
    stem = value.removesuffix("*") if starred else value
    strange = re.search(r"\*", stem) if piece.whole else _STRANGE.search(stem)
    if strange:
        raise _strange(strange[0], value, piece.place + strange.start(), problem)
    _refuse_elsewhere(value, piece, problem)
    found = schema.folded_words(stem)
    if not found:
        message = _("There is no word to search for in {text}.")
        raise problem(message.format(text=_brief(value) or '""'), example(), piece.place)
    if not (starred or begins):
        return value, False
    if len(found) > 1 or len(found[0]) < SHORTEST_PREFIX or not stem[-1].isalnum():
        message = _("The * needs one word of at least two letters before it.")
        if not starred:
            message = _("begins: needs one word of at least two letters after it.")
        place = piece.place + (len(stem) if starred else 0)
        hint = _("Example: {example}").format(example="chuyen*" if starred else "begins:chuyen")
        raise problem(message, hint, place)
    return stem, True


def _refuse_elsewhere(value: str, piece: Piece, problem: Problem) -> None:
    """Refuse what has a meaning in another place only."""
    place = piece.place
    if saved := _SAVED.search(value):
        message = _("A saved search stands alone, outside brackets and quotes.")
        hint = _("Example: {example}").format(example=f"{fields.SAVED}nghi-quyet date:2021")
        raise problem(message, hint, place + saved.start())
    if dots := _RANGE.search(value) or (None if piece.whole else _OPEN_RANGE.search(value)):
        message = _("No range can be asked for here.")
        hint = _("Examples: date:2020..2022, number:5..20")
        raise problem(message, hint, place + dots.start())


def near(piece: Piece, begins: bool, problem: Problem) -> str:
    """Return the one word that may be spelt differently."""
    value, prefix = words(piece, begins, problem)
    found = schema.folded_words(value)
    if prefix or len(found) > 1:
        message = _("near: stands before a single word, without a *.")
    elif not found[0].isalpha():
        message = _("near: looks for words; a number is never taken for another.")
    elif len(found[0]) > _LONGEST_NEAR:
        message = _("No word is as long as this one.")
    else:
        return value
    hint = _("Example: {example}").format(example="near:chuyen near:doi")
    raise problem(message, hint, piece.place)


def _strange(sign: str, value: str, place: int, problem: Problem) -> QueryProblem:
    if sign == "*":
        message = _("The * stands only at the end of a single word.")
        return problem(message, _("Example: {example}").format(example="chuyen*"), place)
    # The shell takes the outer quotes away.
    quoted = f"""'"{_brief(value)}"'"""
    hint = _("Leave it out, or put the text in quotes twice: {example}").format(example=quoted)
    if sign in "-!":
        hint = _("Write not:word to leave a word out.")
    elif sign in "~?":
        hint = _("Write near:word for words that are spelt nearly so.")
    return problem(_("{sign} means nothing here.").format(sign=sign), hint, place)


def status(piece: Piece, problem: Problem) -> str:
    """Return the state that is named."""
    value = piece.value.strip()
    found = fields.status(value) if _STATE.fullmatch(value) else None
    if found is None:
        known = ", ".join(f"{name} ({names[1]})" for name, names in fields.STATUS_NAMES.items())
        message = _("There is no state {name}.").format(name=_brief(value) or '""')
        raise problem(message, _("States: {known}.").format(known=known), piece.place)
    return found


def is_code(field: str, value: str) -> bool:
    """Say whether what was given as a number is more of a code: `12-NQ/ĐU`, `12/2021`."""
    return field == "number" and len(schema.folded_words(value)) > 1


def numbers(field: str, piece: Piece, problem: Problem) -> range | None:
    """Return the numbers of a range such as `5..20`; None where no range is asked for."""
    if ".." not in piece.value:
        _refuse_several(field, piece, problem)
        return None
    found = re.fullmatch(r"([0-9]{1,6})\.\.([0-9]{1,6})", piece.value.strip())
    hint = _("Example: {example}").format(example="number:5..20")
    if not found:
        message = _("{value} is no range of numbers.").format(value=_brief(piece.value))
        raise problem(message, hint, piece.place)
    first, last = int(found[1]), int(found[2])
    if first > last:
        raise problem(_("The range ends before it begins."), hint, piece.place)
    return range(first, last + 1)


def _refuse_several(field: str, piece: Piece, problem: Problem) -> None:
    """Refuse numbers beside each other, `5-20`; a code has a letter or a slash: `12/2021`."""
    value = piece.value.strip()
    coded = "/" in value or any(map(str.isalpha, value))
    if coded or len(schema.folded_words(value)) < 2:
        return
    found = _NUMBER.findall(value)
    hint = _("Example: {example}").format(example="number:5..20")
    if len(found) > 1 and max(map(len, found)) <= _LONGEST_NUMBER:
        span = f"{field}:{min(found, key=int)}..{max(found, key=int)}"
        each = f"{field}:{found[0]} OR {field}:{found[1]}"
        hint = _("Write a range with two dots: {range}; several numbers with OR: {numbers}")
        hint = hint.format(range=span, numbers=each)
    raise problem(_("{value} is not one number.").format(value=_brief(value)), hint, piece.place)


def days(piece: Piece, problem: Problem) -> tuple[str | None, str | None]:
    """Return the first and last day (ISO, None = open) of a date or a range of dates."""
    first, dots, last = piece.value.partition("..")
    if not dots:
        return _days(first, piece.place, problem)
    start = _days(first, piece.place, problem)[0] if first else None
    end = _days(last, piece.place + len(first) + 2, problem)[1] if last else None
    if start is None and end is None:
        raise _bad_date(piece.value, piece.place, problem)
    if start and end and start > end:
        message = _("The range ends before it begins.")
        hint = _("Write the earlier date first: date:{last}..{first}")
        raise problem(message, hint.format(first=first, last=last), piece.place)
    return start, end


def day(piece: Piece, problem: Problem) -> str:
    """Return one year, month or day in ISO form, for a field in which no range can be asked for."""
    if ".." in piece.value:
        message = _("A range of dates can be asked for with date: only.")
        hint = _("Name a year, a month or a day: {example}").format(example="ngayden:5/2021")
        raise problem(message, hint, piece.place)
    return dates.written(*_days(piece.value, piece.place, problem))


def _days(value: str, place: int, problem: Problem) -> tuple[str, str]:
    try:
        return dates.parse(value.strip())
    except ValueError:
        raise _bad_date(value, place, problem) from None


def _bad_date(value: str, place: int, problem: Problem) -> QueryProblem:
    message = _("{value} is not a date.").format(value=_brief(value) or '""')
    hint = _("Examples: date:2021, date:2021-05, date:5/9/2021, date:2020..2022-06, date:2021..")
    if years := re.fullmatch(r"\s*([0-9]{4})\s*[-–]\s*([0-9]{4})\s*", value):
        hint = _("Write a range with two dots: date:{first}..{last}")
        hint = hint.format(first=years[1], last=years[2])
    return problem(message, hint, place)


def _brief(value: str) -> str:
    return value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…"
