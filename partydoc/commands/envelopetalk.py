"""The talk over one envelope: field by field, until all is said that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from partydoc import fieldnames, registerfields, registering, registerrules
from partydoc.archive import rowlist
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.commands.asking import HELP, STOP, UNDO, Asker
from partydoc.commands.desk import tell_problem
from partydoc.commands.session import clock, notice
from partydoc.commands.terminal import printable
from partydoc.describing import local_tables
from partydoc.doubts import Doubt
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.metadata.rules import rules_with, table
from partydoc.registering import Wish

#: What most rows have otherwise than those before them; nothing is gained by completing it.
_ALWAYS_NEW = ("code", "date", "subject", "deadline")


class Talk:
    """Asks for the fields of one row after the other."""

    def __init__(self, archive: Archive, asker: Asker, kind: str) -> None:
        self._archive = archive
        self._asker = asker
        self._kind = kind
        self._local = local_tables(self._archive.settings)
        self._names: tuple[str, ...] = tuple(table("registers")["ask"][kind])
        self._symbols: dict[str, str] = {}  # type -> symbol, as it was typed last
        self._known: dict[str, list[str]] = {}

    def fields(self) -> dict[str, str]:
        """Return what is said of the next document; nothing when that was the last."""
        said: dict[str, str | None] = {}
        at, step = 0, 1
        while at < len(self._names):
            if self._is_asked(at, said):
                key = self._field(self._names[at], said)
                if key == STOP or (key != UNDO and self._names[0] not in said):
                    return {}
                back = -1 if at else 0
                step = back if key == UNDO else 1
            at += step
        return {name: value for name, value in said.items() if value is not None}

    def _is_asked(self, at: int, said: Mapping[str, str | None]) -> bool:
        """Of a secret document there is no subject on a connected machine (registerrules)."""
        secret = self._archive.settings.connected and said.get("secrecy")
        return self._names[at] != "subject" or not secret

    def doubted(self, wish: Wish) -> list[Doubt]:
        """Tell a person what is gravely odd about a row before it is written; return that."""
        with open_for_reading(self._archive) as catalogue, suppress(UsageProblem):
            _row, odd = registering.plan(self._archive.settings, catalogue, wish, clock())
            grave = [one for one in odd if one.grave]
            for one in grave:
                notice(printable(one.message))
            return grave
        return []

    def is_meant(self) -> bool:
        """Ask whether it is to be registered all the same."""
        answer = self._asker.ask(_("Register it all the same? (y/N): "))
        return answer.lower() in ("y", "yes", "c", "có", "co")

    def registered(self, fields: dict[str, str]) -> None:
        """Remember what was said, for the next one."""
        if "type" in fields and "symbol" in fields:
            self._symbols[fields["type"]] = fields["symbol"]
        for name, value in fields.items():
            if name in self._known:
                known = self._known[name]
                known[:] = [value, *(one for one in known if one != value)]

    def _field(self, name: str, said: dict[str, str | None]) -> str:
        """Ask for one field until there is an answer; return the key that was pressed, if any."""
        usual = self._usual(name, said)
        bracket = f" [{printable(usual)}]" if usual else ""
        while True:
            prompt = f" {registerfields.label(name)}{bracket}: "
            typed = self._asker.ask(prompt, usual, lambda: self._suggested(name))
            if typed in (STOP, UNDO):
                return typed
            if typed == HELP:
                notice(_keys())
                continue
            with_name = self._other_field(typed)
            field, text = with_name if with_name else (name, typed or usual)
            if not text:
                return ""
            if self._taken(field, text, said) and field == name:
                return ""

    def _taken(self, field: str, text: str, said: dict[str, str | None]) -> bool:
        try:
            whole = registerrules.with_year(field, text, clock())
            said[field] = registerfields.parse(field, whole, self._local)
        except UsageProblem as problem:
            tell_problem(problem)
            return False
        return True

    def _other_field(self, typed: str) -> tuple[str, str] | None:
        """Return the field and the text of FIELD=VALUE."""
        name, equals, text = typed.partition("=")
        if equals:
            with suppress(UsageProblem):
                return registerfields.find(self._kind, name), text
        return None

    def _usual(self, name: str, said: dict[str, str | None]) -> str:
        """Return what Enter takes: the type of a code, the symbol of a type, today."""
        if name in said:
            return registerfields.shown(name, said[name])
        if name == "date" and self._kind == "departure":
            return registerfields.shown("date", registerrules.today_of(clock()))
        if name == "symbol":
            return self._symbols.get(said.get("type") or "", "")
        if name == "type" and (code := said.get("code")):
            return self._type_of(code)
        return ""

    def _type_of(self, code: str) -> str:
        """Return the type whose abbreviation a code has; QĐ is that of two."""
        parts = code.replace("/", "-").split("-")
        types = rules_with(self._local).all_types
        names = {one.name for one in types if one.abbreviation in parts[1:]}
        return names.pop() if len(names) == 1 else ""

    def _suggested(self, name: str) -> Sequence[str]:
        """Return what Tab goes through: a fixed list, what earlier rows have."""
        if name not in self._known:
            self._known[name] = [] if name in _ALWAYS_NEW else self._of_archive(name)
        return [*(value for _code, value in registerfields.TABLE.values(name)), *self._known[name]]

    def _of_archive(self, name: str) -> list[str]:
        with open_for_reading(self._archive) as catalogue:
            found = rowlist.values(catalogue, self._kind, name)
        types = rules_with(self._local).all_types if name == "type" else ()
        return list(dict.fromkeys([*found, *(one.name for one in types)]))


def _keys() -> str:
    none = fieldnames.NONE
    return _(
        "   Enter takes what stands in brackets, or leaves it unknown; Tab brings what earlier\n"
        "   rows have; FIELD=VALUE says another field; {none} there is none; u goes back; q stops."
    ).format(none=none)
