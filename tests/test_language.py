"""Vietnamese: every message is translated, and the right language is chosen."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from partydoc import language
from partydoc.cli import COMMANDS
from partydoc.index import fields

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "partydoc" / "locale" / "vi" / "LC_MESSAGES" / "partydoc"
SOURCES = (*sorted((ROOT / "partydoc").rglob("*.py")), ROOT / "tools" / "click_messages.py")

#: Placeholders that click fills with an English name of a type, left out on purpose.
ENGLISH = {"{number_type}", "{name}"}
OF_ENGLISH = ("{value!r} is not a valid {number_type}.", "{name} {filename!r} is not readable.")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The Vietnamese catalogue."""
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        return read_po(file)


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}|%\(\w+\)s", text))


def commands(text: str) -> set[str]:
    """Return what must be typed as it stands: partydoc with its command, and options."""
    return set(re.findall(rf"partydoc (?:{'|'.join(COMMANDS)})\b|(?<!\w)--?[a-z][a-z-]*", text))


def extracted() -> Iterator[tuple[str, ...] | str]:
    """Yield every message of the code as the catalogue names it."""
    for path in SOURCES:
        for _line, message, _comments, _context in extract_from_file(
            "python", str(path), keywords=DEFAULT_KEYWORDS
        ):
            yield message


def test_every_message_of_the_code_is_translated(catalogue: Catalog) -> None:
    found = set(extracted())
    assert len(found) > 200
    missing = [one for one in found if (m := catalogue.get(one)) is None or not m.string]
    assert not missing, "make messages, then translate them"
    # A message with a plural must stand in the catalogue with the same plural.
    assert {message.id for message in messages(catalogue)} == found


def test_no_translation_is_empty_or_a_guess(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        assert not message.fuzzy, message.id
        assert all(translations(message)), message.id
        assert len(translations(message)) == (1 if message.pluralizable else len(ids(message)))


def test_placeholders_and_commands_agree(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        needed = placeholders(ids(message)[0])
        known = needed.union(*map(placeholders, ids(message)))
        for text in translations(message):
            left_out = ENGLISH if message.id in OF_ENGLISH else set()
            if not message.pluralizable:
                assert needed - left_out <= placeholders(text), text
            assert placeholders(text) <= known, text
            assert commands(ids(message)[0]) <= commands(text), text


def test_counts_stand_in_their_translation(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        if message.pluralizable and "{n}" in ids(message)[0]:
            assert "{n}" in translations(message)[0]


def test_translations_end_as_their_message_does(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        first, text = ids(message)[0], translations(message)[0]
        if first.endswith((".", "?")) and ":" not in text:
            assert text.endswith((".", "?")), text


def test_the_fields_that_translations_name_are_fields(catalogue: Catalog) -> None:
    texts = [text for message in messages(catalogue) for text in translations(message)]
    lists = [found[1] for text in texts if (found := re.search(r"rường: (loai[^;(]*)", text))]
    assert len(lists) == 1
    for name in re.findall(r"[a-z]+", " ".join(lists)):
        assert fields.named(name), name


def test_vietnamese_is_nfc(catalogue: Catalog) -> None:
    for message in messages(catalogue):
        for text in translations(message):
            assert unicodedata.is_normalized("NFC", text)
            assert text.isprintable() or "\n" in text


def test_the_compiled_catalogue_is_what_the_source_says(catalogue: Catalog) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert compiled.num_plurals == 1
    assert {ids(m): translations(m) for m in messages(compiled)} == {
        ids(m): translations(m) for m in messages(catalogue)
    }


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_messages_are_literals(path: Path) -> None:
    """What is put together at run time can be neither extracted nor translated."""
    if path.name == "language.py":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = {"_": node.args[:1], "ngettext": node.args[:2]}.get(node.func.id, [])
        for text in texts:
            assert isinstance(text, ast.Constant), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize(
    ("variable", "archive", "locale", "chosen"),
    [
        ("vi", "en", "en_GB.UTF-8", "vi"),
        ("en", "vi", "vi_VN.UTF-8", "en"),
        (None, "vi", "en_GB.UTF-8", "vi"),
        (None, "en", "vi_VN.UTF-8", "en"),
        (None, None, "vi_VN.UTF-8", "vi"),
        (None, None, "fr_FR.UTF-8", "en"),
        ("tlh", "vi", "vi_VN.UTF-8", "en"),
    ],
)
def test_the_variable_wins_over_the_archive_and_the_archive_over_the_locale(
    monkeypatch: pytest.MonkeyPatch,
    variable: str | None,
    archive: str | None,
    locale: str,
    chosen: str,
) -> None:
    monkeypatch.setenv("LANGUAGE", "")  # choose() sets it; this puts it back afterwards
    monkeypatch.setenv("LC_ALL", locale)
    if variable is None:
        monkeypatch.delenv("PARTYDOC_LANG", raising=False)
    else:
        monkeypatch.setenv("PARTYDOC_LANG", variable)
    assert language.choose(archive) == chosen
    assert (
        language._("Interrupted.")
        == {
            "vi": "Đã ngắt theo yêu cầu.",
            "en": "Interrupted.",
        }[chosen]
    )


def run_in_vietnamese(*arguments: str, folder: Path, columns: int = 80) -> tuple[int, str]:
    environment = os.environ | {"PARTYDOC_LANG": "vi", "LC_ALL": "C.UTF-8", "COLUMNS": str(columns)}
    done = subprocess.run(
        [sys.executable, "-m", "partydoc", *arguments],
        env=environment, cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_a_help_page_is_vietnamese_to_its_last_line(tmp_path: Path) -> None:
    code, page = run_in_vietnamese("--help", folder=tmp_path)
    assert code == 0
    for words in ("Cách dùng: partydoc", "\nTuỳ chọn:\n", "\nLệnh:\n", "Ví dụ: ", "Mã thoát: 0"):
        assert words in page
    assert "..." not in page.partition("Lệnh:")[2], "a command's line is cut off at 80 columns"
    assert all(len(line) <= 80 for line in page.splitlines())


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("scan --jsn", "Không có tuỳ chọn "),
        ("seach x", "Không có lệnh 'seach'"),
        ("show", "Thiếu tham số 'REF'."),
        ("show 1 2", "Thừa tham số (2)."),
        ("show 1 --page", "Tuỳ chọn '--page' phải kèm giá trị."),
        ("show 1 --page 0", "Giá trị của '--page' không hợp lệ: 0 không nằm trong khoảng x>=1."),
        ("init x", "Thiếu tuỳ chọn '--network'. Chọn một trong các giá trị:"),
        ("init x --network lan", "'lan' không thuộc các giá trị 'connected', 'independent-lan'."),
        ("index --wait soon", "'soon' không phải là số hợp lệ."),
    ],
)
def test_what_click_says_is_vietnamese(tmp_path: Path, typed: str, answer: str) -> None:
    code, said = run_in_vietnamese(*typed.split(), folder=tmp_path)
    assert code == 2
    assert answer in said and "Xem cách dùng: partydoc" in said
