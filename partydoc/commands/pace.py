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


@dataclass
class Pace:
    """How many documents came to which end, and the seconds spent on those that are done."""

    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((*_DONE, "left", "skipped"), 0)
    )
    seconds: list[float] = field(default_factory=list)
    differed: int = 0

    @property
    def documents(self) -> int:
        """How many have had their turn."""
        return sum(self.counts.values())

    def add(self, ended: str, seconds: float, answers: Answers) -> None:
        """Count a document."""
        self.counts[ended] += 1
        if ended in _DONE:
            self.seconds.append(seconds)
            self.differed += bool(answers.typed)

    def take_back(self, ended: str) -> None:
        """Count a document no more: it has its turn again."""
        self.counts[ended] -= 1

    def so_far(self) -> list[str]:
        """Return how long a document takes, once that is known."""
        if not self.seconds:
            return []
        mean = sum(self.seconds) / len(self.seconds)
        return [_("about {n:.0f} s a document").format(n=mean)]

    def summary(self, what: str, left: int, elsewhere: int) -> str:
        """Return one line: how many of each, how many wait still, how many others work on."""
        counts = self.counts
        if what == "check":
            text = _("{n} checked, of which {m} differed")
            parts = [text.format(n=counts["checked"], m=self.differed)]
        else:
            parts = [_("{n} saved").format(n=counts["saved"])]
        if passed := counts["skipped"] + counts["left"]:
            parts.append(_("{n} skipped").format(n=passed))
        parts += self.so_far()
        if left:
            parts.append(_("{n} still to come").format(n=left))
        if elsewhere:
            parts.append(_("{n} in the hands of somebody else").format(n=elsewhere))
        return ", ".join(parts) + "."
