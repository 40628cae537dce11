"""The two talks over a document: filling in what is missing, and checking what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from partydoc import fieldnames
from partydoc.archive.opening import open_for_reading
from partydoc.commands.asking import HELP, PAGE, SKIP, STOP, UNDO
from partydoc.commands.desk import Desk, Tools, say, tell_problem
from partydoc.commands.pace import Answers
from partydoc.commands.terminal import printable
from partydoc.document import Field
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.lookup import happened_to
from partydoc.metadata.rules import Local
from partydoc.reviewing import Paper, Queue, asked, completed
from partydoc.viewing import zones

#: What is written anew for each document; nothing is gained by completing it.
_ALWAYS_NEW = ("number", "code", "date", "subject", "arrival_number", "arrival_date")
_SHORT = 48


class Filling(Desk):
    """Asks for one field after the other."""

    what = "review"

    def __init__(self, tools: Tools, queue: Queue, everything: bool) -> None:
        super().__init__(tools, queue)
        self._everything = everything
        self._known: dict[str, list[str]] = {}

    def talk(self, paper: Paper) -> tuple[str, Answers]:
        """Ask for what is missing or unsure, or for everything."""
        record = paper.kept.fields
        names = asked(record, self._everything)
        self.show(paper, names)
        self.look(paper, zones(record, names, paper.kept.pages))
        answers, at = Answers(), 0
        while at < len(names):
            key = self._field(paper, names[at], answers)
            if key == UNDO and at:
                at -= 1
                answers.take_back(names[at])
            elif key == UNDO and answers.said:
                _take_back_last(answers)
            elif key:
                return {SKIP: "skipped"}.get(key, key), answers
            else:
                at += 1
                while at < len(names) and names[at] in answers.said:
                    at += 1
        return "saved" if answers.said else "left", answers

    def _field(self, paper: Paper, name: str, answers: Answers) -> str:
        """Ask for one field until there is an answer; return the key that was pressed, if any."""
        reading = paper.kept.fields.get(name)
        shown = fieldnames.shown(name, reading)
        while True:
            prompt = self._prompt(paper, name, shown)
            typed = self.tools.asker.ask(prompt, shown, lambda: self._suggested(paper, name))
            if typed in (STOP, SKIP, UNDO):
                return typed
            if typed == PAGE:
                self.turn(paper)
            elif typed == HELP:
                say(_keys())
            elif not typed:
                if reading is not None:
                    answers.say(name, reading.value, accepted=True)
                return ""
            elif _names_a_field(typed):
                _correct(typed, paper, answers, self.local)
                if name in answers.said:
                    return ""
            elif self._taken(name, completed(name, typed, reading), answers):
                return ""

    def _taken(self, name: str, typed: str, answers: Answers) -> bool:
        try:
            value = fieldnames.parse(name, typed, self.local)
        except UsageProblem as problem:
            tell_problem(problem)
            return False
        answers.say(name, value)
        if isinstance(value, str) and name not in _ALWAYS_NEW:
            known = self._of_archive(name)
            known[:] = [value, *(other for other in known if other != value)]
        return True

    @staticmethod
    def _prompt(paper: Paper, name: str, shown: str) -> str:
        short = shown if len(shown) <= _SHORT else shown[: _SHORT - 1] + "…"
        beside = paper.beside.get(name)
        parts = [f" {fieldnames.label(name)}"]
        if shown:
            parts.append(f"[{printable(short)}]")
        if beside and beside != shown:
            parts.append(_("(Tab: {value})").format(value=printable(beside)))
        return " ".join(parts) + ": "

    def _suggested(self, paper: Paper, name: str) -> Sequence[str]:
        """Return what Tab goes through: the neighbours' value, a fixed list, what others have."""
        beside = [paper.beside[name]] if name in paper.beside else []
        fixed = [value for _code, value in fieldnames.TABLE.values(name)]
        return [*beside, *fixed, *self._of_archive(name)]

    def _of_archive(self, name: str) -> list[str]:
        if name not in self._known:
            self._known[name] = []
            if name not in _ALWAYS_NEW:
                with open_for_reading(self.tools.session.archive) as catalogue:
                    self._known[name] = catalogue.values(name)
        return self._known[name]


class Checking(Desk):
    """Shows a document as it stands; Enter says that it is right."""

    what = "check"

    def seen(self, answers: Answers) -> Iterable[str]:
        """All: what is checked is the record as it was shown."""
        return fieldnames.EDITABLE

    def talk(self, paper: Paper) -> tuple[str, Answers]:
        """Take corrections (FIELD=VALUE) until Enter."""
        names = tuple(name for name, field in paper.kept.fields.items() if field)
        self.show(paper, ())
        self._tell_checked(paper)
        self.look(paper, zones(paper.kept.fields, names, paper.kept.pages))
        answers = Answers()
        while typed := self.tools.asker.ask(_(" Enter: all right, or FIELD=VALUE: ")):
            if typed == UNDO and answers.said:
                _take_back_last(answers)
            elif typed in (STOP, SKIP, UNDO):
                return {SKIP: "skipped"}.get(typed, typed), answers
            elif typed == PAGE:
                self.turn(paper)
            elif typed == HELP:
                say(_keys())
            else:
                _correct(typed, paper, answers, self.local)
        return "checked", answers

    def _tell_checked(self, paper: Paper) -> None:
        """Say when somebody checked the document last: a sample may draw it a second time."""
        _id, events = happened_to(self.tools.session.archive, paper.kept.id)
        days = [event["when"][:10] for event in events if event.get("what") == "check"]
        if days:
            day = fieldnames.shown("date", Field(days[-1]))
            say(_("   It was checked on {day} already; s passes it over.").format(day=day))


def _names_a_field(typed: str) -> bool:
    name, equals, _text = typed.partition("=")
    try:
        return bool(equals and fieldnames.find(name))
    except UsageProblem:
        return False


def _correct(typed: str, paper: Paper, answers: Answers, local: Local) -> None:
    """Take a correction of any field, FIELD=VALUE, and say how it is understood."""
    name, equals, text = typed.partition("=")
    try:
        if not equals:
            message = _("{text} is no correction.").format(text=typed)
            raise UsageProblem(message, _("Write FIELD=VALUE, or press Enter alone."))
        field = fieldnames.find(name)
        reading = paper.kept.fields.get(field)
        value = fieldnames.parse(field, completed(field, text.strip(), reading), local)
    except UsageProblem as problem:
        tell_problem(problem)
        return
    answers.say(field, value)
    now = Field(value, source="person", accepted=True)
    say(printable(f"   {fieldnames.label(field)}: {fieldnames.shown(field, now)}"))


def _take_back_last(answers: Answers) -> None:
    answers.take_back(list(answers.said)[-1])
    say(_("The last correction is taken back."))


def _keys() -> str:
    return _(
        "   Enter takes what stands in brackets; typing corrects it (arrow up brings it here,\n"
        "   Tab what others have); FIELD=VALUE corrects another field; - there is none;\n"
        "   s skips the document; u goes back; p turns the page; q stops."
    )
