"""What a person said of a document, and how fast it goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from partydoc.editing import Value
from partydoc.language import _

_DONE = ("saved", "checked")


@dataclass
class Answers:
    """What a person said of a document: field -> value, and which of them were only confirmed."""

    said: dict[str, Value] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)

    def say(self, name: str, value: Value, accepted: bool = False) -> None:
        """Take an answer."""
        self.take_back(name)
        self.said[name] = value
        if accepted:
            self.accepted.append(name)

    def take_back(self, name: str) -> None:
        """Forget an answer."""
        self.said.pop(name, None)
        if name in self.accepted:
            self.accepted.remove(name)

    @property
    def typed(self) -> list[str]:
        """The fields that were typed."""
        return [name for name in self.said if name not in self.accepted]


@dataclass(frozen=True)
class Turn:
    """How the turn of a document ended (`saved`, `checked`, `left`, `skipped`), what it took, and
    whether anything was typed.
    """

    ended: str
    seconds: float
    differed: bool


@dataclass
class Pace:
    """The turns of documents, and the seconds of one that was taken back and has its turn again."""

    turns: list[Turn] = field(default_factory=list)
    carried: float = 0.0

    @property
    def documents(self) -> int:
        """How many have had their turn."""
        return len(self.turns)

    def add(self, ended: str, seconds: float, answers: Answers) -> None:
        """Count a document."""
        self.turns.append(Turn(ended, self.carried + seconds, bool(answers.typed)))
        self.carried = 0.0

    def take_back(self) -> None:
        """Count the last document no more: it has its turn again, and its time goes on."""
        self.carried += self.turns.pop().seconds

    def so_far(self) -> list[str]:
        """Return how long a document takes, once that is known."""
        done = [turn.seconds for turn in self.turns if turn.ended in _DONE]
        if not done:
            return []
        return [_("about {n:.0f} s a document").format(n=sum(done) / len(done))]

    def _count(self, *ended: str) -> int:
        return sum(turn.ended in ended for turn in self.turns)

    def summary(self, what: str, left: int, elsewhere: int) -> str:
        """Return one line: how many of each, how many wait still, how many others work on."""
        if what == "check":
            text = _("{n} checked, of which {m} differed")
            differed = sum(turn.differed and turn.ended in _DONE for turn in self.turns)
            parts = [text.format(n=self._count("checked"), m=differed)]
        else:
            parts = [_("{n} saved").format(n=self._count("saved"))]
        if passed := self._count("skipped", "left"):
            parts.append(_("{n} skipped").format(n=passed))
        parts += self.so_far()
        if left:
            parts.append(_("{n} still to come").format(n=left))
        if elsewhere:
            parts.append(_("{n} in the hands of somebody else").format(n=elsewhere))
        return ", ".join(parts) + "."
