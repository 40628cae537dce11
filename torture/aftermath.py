"""After the blow: what is wrong at that instant, and whether the next run alone puts it right."""

from __future__ import annotations

from collections.abc import Sequence

from torture.child import Ran
from torture.scene import Scene
from torture.stock import Stock

#: Any command that writes; it changes nothing by itself.
RECOVER = ("index",)


def outlived(scene: Scene, now: Stock, over: bool = False, again: bool = True) -> list[str]:
    """Let another command recover, then the same one finish; return what is wrong at any time.

    `over`: the command had ended before, so what it did must stand without anybody's help.
    Without `again` the recovery is all.
    """
    found = scene.instant(now)
    found += ended(now.run(*RECOVER), (0,)) + scene.wrong(now, done=over)
    return found + finished(scene, now) if again and not over else found


def finished(scene: Scene, now: Stock) -> list[str]:
    """Let the same command finish, and the night where one is needed; return what is wrong then."""
    found = ended(now.run(*scene.words(now)), scene.codes)
    if scene.then:
        found += ended(now.run(*scene.then), (0, 3))
    return found + scene.wrong(now, done=True)


def ended(ran: Ran, codes: Sequence[int]) -> list[str]:
    """Return what is wrong with how a run ended."""
    if ran.code in codes and not ran.traceback:
        return []
    return [f"a run ended with {ran.code}: {ran.err.strip()[-300:]}"]


def figure(findings: Sequence[str]) -> str:
    """Return the figures that are published."""
    lost, doubled = (sum(f": {word}: " in one for one in findings) for word in ("lost", "twice"))
    return f"lost {lost}, doubled {doubled}, manual steps {len(findings) - lost - doubled}"
