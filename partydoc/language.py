"""The language of messages: gettext, Vietnamese and English."""

from __future__ import annotations

import gettext
import locale
import os
from pathlib import Path

LANGUAGES = ("vi", "en")
_DIRECTORY = Path(__file__).parent / "locale"
_chosen = gettext.NullTranslations()
_language = "en"


def choose(archive_language: str | None = None) -> str:
    """Settle the language: PARTYDOC_LANG, else the archive's, else the locale; return it.

    Click translates its own words through the process-wide domain, so that is set too.
    """
    global _chosen, _language
    wanted = os.environ.get("PARTYDOC_LANG") or archive_language or _of_locale()
    language = wanted if wanted in LANGUAGES else "en"
    _language = language
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("partydoc", str(_DIRECTORY))
    gettext.textdomain("partydoc")
    # The domain would look for its file again at every message.
    _chosen = gettext.translation("partydoc", _DIRECTORY, [language], fallback=True)
    return language


def chosen() -> str:
    """Return the language that was settled."""
    return _language


def _of_locale() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return (locale.normalize(name) or "en")[:2]


def _(message: str) -> str:
    """Return the message in the chosen language."""
    return _chosen.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the message for a count."""
    return _chosen.ngettext(one, many, count)
