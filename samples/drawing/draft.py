"""A document as its author wrote it, before it is set on paper."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Draft:
    """What stands in a document.

    `issuer`, `authority` and `subject` may be broken into printed lines with a newline; `date` is
    ISO; `hand` names what is written in by hand: `number`, `day`, `month`. A paragraph of `body`
    that starts with `= ` is a centred heading, with `/ ` italic; `**` turns bold on and off.
    `fellow` is a second signer on the left: authority and name.
    """

    layout: Literal["party", "state"]
    issuer: str
    number: str
    symbol: str
    place: str
    date: str
    subject: str
    body: tuple[str, ...]
    authority: str
    signer: str
    superior: str | None = None
    type: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    fellow: tuple[str, str] | None = None
    hand: frozenset[str] = frozenset()
    size: float = 14
    salutation: str = "Kính gửi:"
    motto: tuple[str, str] = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    )

    @property
    def code(self) -> str:
        """Number and symbol: `12-NQ/ĐU` in the Party, `15/QĐ-UBND` in the state."""
        return f"{self.number}{'-' if self.layout == 'party' else '/'}{self.symbol}"


def load(path: Path) -> dict[str, tuple[Draft, dict[str, Any]]]:
    """Read drafts from a TOML file; with each come the entries that describe it, not its text.

    The paragraphs of `body` are parted by empty lines and may be broken anywhere.
    """
    known = {field.name for field in fields(Draft)}
    drafts = {}
    for name, entry in tomllib.loads(path.read_text("utf-8")).items():
        entry["body"] = [" ".join(part.split()) for part in entry["body"].strip().split("\n\n")]
        values = {key: _frozen(value) for key, value in entry.items() if key in known}
        values["hand"] = frozenset(values.get("hand", ()))
        about = {key: value for key, value in entry.items() if key not in known}
        drafts[name] = (Draft(**values), about)
    return drafts


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
