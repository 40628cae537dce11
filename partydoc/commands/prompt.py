"""The prompt of `partydoc search`: search, look at a hit, search again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partydoc.commands import hits, trouble
from partydoc.commands.bar import Bar
from partydoc.commands.completion import Line
from partydoc.commands.session import notice
from partydoc.commands.terminal import printable
from partydoc.errors import PartydocError, UsageProblem
from partydoc.index import Order
from partydoc.language import _
from partydoc.results import Asked, Result, Results
from partydoc.searching import remember, search_all, understood_line
from partydoc.text import clean, fold

if TYPE_CHECKING:
    from partydoc.archive.root import Archive

_LEAVE = ("q", "quit", "exit")
_HIT = re.compile(r"(\d{1,3})(?: +(\w+))?")
_OF_HIT = {"": "record", "text": "text", "chu": "text", "open": "open", "mo": "open"}
_SETTING = re.compile(r"(sort|save) +(\S+)")


class Prompt:
    """Asks for one line after the other; `limit` hits are shown at a time."""

    def __init__(self, roots: Sequence[Path], order: Order, limit: int, facets: bool) -> None:
        self._roots = roots
        self._order, self._limit, self._facets = order, limit, facets
        self._asked: Asked | None = None
        self._line = ""
        self._shown: list[Result] = []
        self._total = 0

    def run(self) -> None:
        """Answer until the person leaves."""
        notice(_("Type words to search for; ? tells what else can be typed, q leaves."))
        with Line(self._roots) as line:
            while True:
                try:
                    typed = clean(line.read(_("search> "))).strip()
                    if typed in _LEAVE:
                        return
                    self._answer(typed, line)
                except EOFError:
                    click.echo()
                    return
                except KeyboardInterrupt:
                    click.echo()
                except PartydocError as problem:
                    trouble.tell(problem, as_json=False)

    def _answer(self, typed: str, line: Line) -> None:
        hit, setting = _HIT.fullmatch(typed), _SETTING.fullmatch(typed)
        if not typed or typed == "more":
            self._more()
        elif typed == "?":
            notice(_keys())
        elif typed == "facets":
            self._count()
        elif hit and fold(hit[2] or "") in _OF_HIT:
            self._look(int(hit[1]), _OF_HIT[fold(hit[2] or "")])
        elif setting and setting[1] == "sort":
            self._sort(setting[2])
        elif setting:
            self._save(setting[2])
        else:
            line.keep(typed)
            self._search(typed)

    def _search(self, typed: str) -> None:
        query = understood_line(typed)
        self._line, self._shown = typed, []
        self._asked = Asked(query, self._limit, 0, self._order, self._facets)
        self._show(self._asked)

    def _show(self, asked: Asked) -> None:
        found, before = self._found(asked), len(self._shown)
        self._shown += found.results
        self._total = found.total
        remember(found.but(results=tuple(self._shown)), 0)
        hits.show(found, before)
        hits.tell(found, before, as_json=False, quiet=False)

    def _found(self, asked: Asked) -> Results:
        with Bar(quiet=False) as bar:
            return search_all(self._roots, asked, bar.watch)

    def _more(self) -> None:
        if self._asked is None:
            return
        if self._asked.offset + self._limit >= self._total:
            notice(_("There are no more hits."))
            return
        self._asked = self._asked.but(offset=self._asked.offset + self._limit, facets=False)
        self._show(self._asked)

    def _count(self) -> None:
        asked = self._last().but(limit=0, offset=0, facets=True)
        hits.show(self._found(asked), 0)

    def _sort(self, name: str) -> None:
        known = [order.value for order in Order]
        if name not in known:
            message = _("There is no order {name}.").format(name=name)
            raise UsageProblem(message, _("Orders: {known}.").format(known=", ".join(known)))
        self._order = Order(name)
        if self._asked is not None:
            self._asked = self._asked.but(order=self._order, offset=0)
            self._shown = []
            self._show(self._asked)

    def _save(self, name: str) -> None:
        from partydoc import savedsearches

        self._last()
        replaced = savedsearches.save(name, savedsearches.words_in(self._line))
        notice(hits.saved(name, replaced))

    def _last(self) -> Asked:
        if self._asked is None:
            raise UsageProblem(_("Nothing has been searched yet."), _("Type words to search for."))
        return self._asked

    def _look(self, number: int, what: str) -> None:
        """Show a hit's record or its text, or open its page before the person."""
        from partydoc.archive.root import open_archive

        if not 0 < number <= len(self._shown):
            message = _("There is no hit {number} here.").format(number=number)
            hint = _('To search for the number itself, put it in quotes: "{number}"')
            raise UsageProblem(message, hint.format(number=number))
        result = self._shown[number - 1]
        do = {"record": _tell_record, "text": _tell_text, "open": _open}[what]
        do(open_archive(result.archive), result.hit.id)


def _tell_record(archive: Archive, document: str) -> None:
    from partydoc.commands.show import record
    from partydoc.lookup import show

    click.echo(record(show(archive, document)))


def _tell_text(archive: Archive, document: str) -> None:
    from partydoc.lookup import text_of

    rows = []
    for number, page in enumerate(text_of(archive, document), 1):
        rows.append(click.style(_("page {page}").format(page=number), bold=True))
        rows += map(printable, page.splitlines())
    long = len(rows) >= shutil.get_terminal_size().lines
    click.echo_via_pager("\n".join(rows)) if long else click.echo("\n".join(rows))


def _open(archive: Archive, document: str) -> None:
    from partydoc.lookup import show
    from partydoc.viewing import on_desktop, open_window

    files = {file["role"]: file["path"] for file in show(archive, document)["files"]}
    path = archive.root / (files.get("access-copy") or files["original"])
    if on_desktop():
        open_window(path)
        notice(_("It is opened in a window."))
    else:
        notice(_("No window can be opened here. The file: {path}").format(path=path))


def _keys() -> str:
    return _(
        "  nghi quyet luu tru     words, with or without diacritics\n"
        '  "chuyển đổi số"        these words in a row\n'
        "  type:nghi-quyet date:2020..2022 issuer:huyen not:mời (mật OR đảng) chuyen*\n"
        "  3, 3 text, 3 open      hit 3: its record, its text, its pages in a window\n"
        "  Enter or more          the next hits\n"
        "  facets                 how many of each type, year and issuer\n"
        "  sort latest            order: best, latest, oldest, shelf\n"
        "  save NAME, @NAME       save this search for yourself; search with it\n"
        "  Tab completes fields, values and words; arrow up brings back what was typed\n"
        "  q                      leaves"
    )
