"""What stands in partydoc.toml: what an archivist adds is read, what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from partydoc.archive.settings import Settings, read, to_toml
from partydoc.errors import NoArchive

PLAIN = to_toml(Settings("connected", "whoosh"))


def written(folder: Path, text: str) -> Settings:
    (folder / "partydoc.toml").write_text(text, encoding="utf-8")
    return read(folder)


def test_a_new_archive_adds_nothing(tmp_path: Path) -> None:
    found = written(tmp_path, PLAIN)
    assert (found.types, found.bodies, found.places) == ((), (), ())


def test_the_lines_shown_in_a_new_archive_can_be_used(tmp_path: Path) -> None:
    shown = [line.removeprefix("# ") for line in PLAIN.splitlines() if "=" in line or "[[" in line]
    lines = [line for line in shown if line.split(" ")[0] in ("places", "name", "symbol",
             "abbreviation", "start", "[[types]]", "[[bodies]]", "[[terms]]", "format",
             "network")]  # fmt: skip
    found = written(tmp_path, "\n".join(line for line in lines if line != 'name = ""'))
    assert found.types and found.bodies and found.places
    assert found.terms == (("2025-2030", "2025-08-15"),)


def test_what_is_added_is_read_in_one_form_of_writing(tmp_path: Path) -> None:
    text = """
places = ["Ha\u0323 Mẫu"]
[[types]]
name = "Phiếu trình"
abbreviation = "PT"
[[types]]
name = "Lời dạy"
[[bodies]]
name = "Hạt Kiểm lâm"
symbol = "HKL"
"""
    found = written(tmp_path, PLAIN + text)
    assert found.places == ("H\u1ea1 Mẫu",)
    assert found.types == (("Phiếu trình", "PT"), ("Lời dạy", None))
    assert found.bodies == (("Hạt Kiểm lâm", "HKL"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[types]]\nabbreviation = 'PT'", "1 under [[types]]"),
        ("[[types]]\nname = 'A'\n[[types]]\nname = 5", "2 under [[types]]"),
        ("[[types]]\nname = ' '", "1 under [[types]]"),
        ("[types]\nname = 'A'", "1 under [[types]]"),
        ("[[bodies]]\nname = 'A'", "1 under [[bodies]]"),
        ("[[bodies]]\nname = 'A'\nsymbol = 'B'\nplaces = ['C']", "1 under [[bodies]]"),
        ("[[terms]]\nname = '2025-2030'", "1 under [[terms]]"),
        ("[[terms]]\nname = '2025-2030'\nstart = '31/02/2025'", "1 under [[terms]]"),
        ("places = 'Mẫu Sơn'", "places"),
        ("places = [5]", "places"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(NoArchive) as caught:
        written(tmp_path, f"{PLAIN}\n{text}\n")
    assert said in caught.value.message and caught.value.hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quiet", '"soon"'), ("quiet", "-1"), ("quiet", "true"), ("languages", '"vie"'),
        ("languages", "[]"), ("languages", "[5]"), ("engine", "5"), ("name", "[]"),
        ("tessdata", "false"), ("language", "{}"), ("numbering", '"month"'), ("numbering", "5"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_named(tmp_path: Path, name: str, value: str) -> None:
    rest = [line for line in PLAIN.splitlines() if not line.startswith(f"{name} =")]
    with pytest.raises(NoArchive) as caught:
        written(tmp_path, "\n".join([f"{name} = {value}", *rest]))
    assert f"{name} cannot be understood" in caught.value.message
    assert f"{name} = " in caught.value.hint


def test_a_file_that_is_nested_without_end_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoArchive):
        written(tmp_path, f"{PLAIN}\nplaces = {'[' * 5000}\n")
