"""A paper as an office makes it, before it is set: what stands where, and what is true of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samples.drawing.sheet import Piece


@dataclass(frozen=True)
class Style:
    """How it is typed. Sizes in points, `shift` and the axes of the two columns in millimetres.

    `underline` stands below the header, `below_issuer` between issuer and number; `dotted`: what
    is written by hand stands on a dotted line; `apart`: how far the date stands above the number.
    """

    face: str
    head: float = 13
    title: float = 15
    body: float = 14
    leading: float = 1.3
    shift: tuple[float, float] = (0, 0)
    axes: tuple[float, float] = (63, 147)
    underline: str = "line"
    below_issuer: str = "star"
    date_at_number: bool = True
    bold_subject: bool = True
    dotted: bool = False
    apart: float = 0
    hand: int = 0


@dataclass(frozen=True)
class Arrival:
    """What an arrival stamp says, the number and date in it as they are written."""

    office: str
    number: str
    date: str
    printed: bool
    overlapping: bool


@dataclass(frozen=True)
class Plan:
    """A paper. Texts broken into printed lines have a newline; absent is None or empty.

    `truth` holds the value of each field that stands on the paper, None for one that does not;
    `hand` the parts written by hand: number, day, month, arrival_number, arrival_date.
    """

    era: str
    family: str
    form: str
    header: tuple[str, ...]
    superior: str | None
    issuer: str
    numbering: tuple[Piece, ...]
    dateline: tuple[Piece, ...]
    title: str | None
    subject: str | None
    salutation: str | None
    addressees: tuple[str, ...]
    body: tuple[str, ...]
    authority: str | None
    position: str
    signer: str
    recipients: tuple[str, ...]
    style: Style
    truth: Mapping[str, Any]
    hand: frozenset[str]
    degree: str = ""
    name_stamped: bool = False
    fellow: tuple[str, str] | None = None
    urgency: str | None = None
    urgency_stamped: bool = False
    copied: tuple[str, ...] = ()
    signed_copy: tuple[str, ...] = ()
    arrival: Arrival | None = None
    pencil: str | None = None
    appendix: tuple[str, ...] = ()
    sealed: bool = True
    file_name: str = "scan.pdf"
