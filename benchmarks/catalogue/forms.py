"""Invents papers, and others that are only like them: the same letter with another number.

A paper is known by its set (`tune` or `test`, which share no text) and its number alone.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from benchmarks.metadata import texts
from benchmarks.search import papers
from benchmarks.search.papers import Paper
from samples.drawing.draft import Draft

SETS = papers.SETS
#: How another paper may be like one: it has another number alone, another date alone, another name
#: alone, or shares four sentences in five, as a report does with that of last year.
LIKE = ("number", "date", "name", "template")
#: The number of every such paper is written by hand.
_BY_HAND = 5
_SENTENCES = 10
_OTHERS = 2


def papers_of(set_name: str, count: int) -> list[dict[str, Draft]]:
    """Return papers: each under "", and by LIKE those that are only like it.

    Where the number is by hand there is none with another number alone: nobody reads it, and all
    else is the same.
    """
    every = papers.papers(set_name, 2 * count)
    return [_family(set_name, *pair) for pair in zip(every[::2], every[1::2], strict=True)]


def _family(set_name: str, paper: Paper, other: Paper) -> dict[str, Draft]:
    chance = random.Random(f"forms {set_name} {paper.number}")
    people = texts.load(set_name)
    name, another = (people.person(chance) for _ in range(2))
    sentences = (*paper.sentences, *other.sentences)[: _SENTENCES + _OTHERS]
    said, others = sentences[:_SENTENCES], sentences[_SENTENCES:]
    head: Mapping[str, Any] = paper.texts.heads[0]
    one = Draft(**head, body=_body(said, name))
    if paper.number // 2 % _BY_HAND == _BY_HAND - 1:
        one = replace(one, hand=frozenset({"number"}))
    number = f"{int(one.number) + chance.randint(1, 40):02}"
    later = (date.fromisoformat(one.date) + timedelta(chance.randint(8, 400))).isoformat()
    template = (*said[:3], others[0], *said[4:8], others[1], said[9])
    found = {
        "": one,
        "number": replace(one, number=number),
        "date": replace(one, date=later),
        "name": replace(one, body=_body(said, another)),
        "template": replace(one, number=number, date=later, body=_body(template, name)),
    }
    if one.hand:
        del found["number"]
    return found


def _body(sentences: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Return paragraphs; the person stands in the first and in the last, as in a decision."""
    half = len(sentences) // 2
    return (
        f"Giao đồng chí {name} làm tổ trưởng tổ giúp việc kể từ ngày ký.",
        " ".join(sentences[:half]),
        " ".join(sentences[half:]),
        f"Các đơn vị có liên quan và đồng chí {name} chịu trách nhiệm thi hành.",
    )
