"""A table of fields: what people call each of them, and the values of those that have a list."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from partydoc import text
from partydoc.errors import UsageProblem
from partydoc.language import _

_LONGEST = 4000


class FieldTable:
    """The fields of `metadata/NAME.toml` that may be typed, in the order in which they are shown.

    `labels` returns their names in the language of the messages.
    """

    def __init__(
        self, name: str, fields: Sequence[str], labels: Callable[[], Mapping[str, str]]
    ) -> None:
        self._name, self._fields, self._labels = name, tuple(fields), labels

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[str, Any]]:
        from partydoc.metadata.rules import table

        lists = {row["name"]: row for row in table("fields")["field"]}
        return {
            row["name"]: {**_listing(lists[row["like"]]), **row} if "like" in row else row
            for row in table(self._name)["field"]
        }

    @cached_property
    def _field_of(self) -> Mapping[str, str]:
        return {
            key(name): field
            for field in self._fields
            for name in (field, *self._rows[field]["names"])
        }

    def find(self, name: str) -> str | None:
        """Return the field that a name means: English or Vietnamese, with or without diacritics."""
        found = self._field_of.get(key(name))
        return found or next(
            (one for one in self._fields if key(self.label(one)) == key(name)), None
        )

    def label(self, field: str) -> str:
        """Return the name of a field for people, in the language of the messages."""
        return self._labels().get(field, field)

    def of(self, unit: str) -> tuple[str, ...]:
        """Return the fields of a kind of unit."""
        return tuple(one for one in self._fields if unit in self._rows[one]["of"])

    def kind(self, field: str) -> str:
        """Return what the values of a field are: `date`, `retention`, `count` or `text`."""
        return self._rows[field].get("kind", "text")

    def unknown(self, name: str, known: Sequence[str], usual: Sequence[str] = ()) -> UsageProblem:
        """Return the error that there is no field of that name among those that are `known`.

        It offers the nearest, or where none is near the `usual` ones.
        """
        near = difflib.get_close_matches(key(name), self._field_of, 3, 0.6)
        meant = dict.fromkeys(self._field_of[one] for one in near if self._field_of[one] in known)
        message = _("There is no field {name}.").format(name=name.strip() or '""')
        both = (f"{one} ({self._rows[one]['names'][0]})" for one in meant or usual or known)
        return UsageProblem(message, _("Did you mean: {names}?").format(names=", ".join(both)))

    def values(self, field: str) -> tuple[tuple[str, str], ...]:
        """Return the list of a field's values, each with its code ("" if it has none)."""
        return tuple((code, name) for code, name in self._rows[field].get("values", ()))

    def is_open(self, field: str) -> bool:
        """Whether a field takes values that are not in its list."""
        return self._rows[field].get("open", False) or not self.values(field)

    def takes_many(self, field: str) -> bool:
        """Whether several values of the list may stand in a field."""
        return self._rows[field].get("many", False)

    def line(self, field: str, typed: str) -> str:
        """Return what was typed as one line, of a field with a list as its value stands there.

        Raises UsageProblem for what cannot be shown, or stands in no list.
        """
        line = " ".join(typed.split())
        if len(line) > _LONGEST or not line.isprintable():
            message = _("{name} is too long, or has characters that cannot be shown.")
            raise UsageProblem(message.format(name=self.label(field)), _("Type it anew."))
        return self._listed(field, line) if self.values(field) else line

    def _listed(self, field: str, line: str) -> str:
        parts = line.split(";") if self.takes_many(field) else [line]
        found = dict.fromkeys(
            self._one_listed(field, part.strip()) for part in parts if part.strip()
        )
        return "; ".join(found)

    def _one_listed(self, field: str, line: str) -> str:
        for code, name in self.values(field):
            if text.fold(line) == text.fold(name) or (code and line.zfill(2) == code):
                return name
        if self.is_open(field):
            return line
        message = _("{text} is no value of {name}.").format(text=line, name=self.label(field))
        known = ", ".join(f"{code} {name}".strip() for code, name in self.values(field))
        raise UsageProblem(message, _("Write one of: {values}").format(values=known))


def _listing(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("values", "open", "many") if name in row}


def key(name: str) -> str:
    """Fold a name for comparing; ký and kí, lý and lí are one."""
    return re.sub(r"[\W_]+", "", text.fold(text.clean(name))).replace("y", "i")
