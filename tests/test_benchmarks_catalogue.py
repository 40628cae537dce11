"""The papers with which the search for re-scans is measured, and a small measurement."""

import json

from benchmarks import parts
from benchmarks.catalogue import cost, forms, rescans, scale, scans
from benchmarks.catalogue.scans import Scan


def test_the_same_numbers_give_the_same_papers():
    assert forms.papers_of("test", 5) != forms.papers_of("tune", 5)
    every = forms.papers_of("test", 5)
    assert every == forms.papers_of("test", 5)
    assert [set(family) for family in every[:4]] == [{"", *forms.LIKE}] * 4
    assert set(every[4]) == {"", *forms.LIKE} - {"number"} and every[4][""].hand == {"number"}


def test_a_paper_that_is_only_like_another_differs_in_what_it_says():
    for family in forms.papers_of("test", 10):
        one = family[""]
        for like, other in family.items():
            assert (one.number != other.number) == (like in ("number", "template"))
            assert (one.date != other.date) == (like in ("date", "template"))
            assert (one.body != other.body) == (like in ("name", "template"))


def test_a_page_that_is_misread_has_the_printed_words_where_they_stand():
    draft = forms.papers_of("test", 1)[0][""]
    (page,) = scans.read("test", [Scan(draft, 0.0, 0)], 1)
    assert draft.signer in page.text and draft.code in page.text
    assert all(0 <= side <= 1 for line in page.lines for word in line.words for side in word.box)
    (worse,) = scans.read("test", [Scan(draft, 0.05, 0)], 1)
    assert worse.text != page.text and len(worse.lines) == len(page.lines)


def test_a_small_measurement_prints_its_table_and_its_figures(tmp_path, monkeypatch, capsys):
    figures = tmp_path / "figures.json"
    command = ["x", "rescans", "--papers", "5", "--read", "0", "--json", str(figures)]
    monkeypatch.setattr("sys.argv", command)
    parts.main("benchmarks.catalogue", "", (rescans,))
    assert "| of all links |" in capsys.readouterr().out
    found = json.loads(figures.read_text())["rescans"]
    assert found["recall"][1] == 25 and found["documents"] == 5 * 10 - 1


def test_what_a_search_for_rescans_costs_is_measured(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["x", "cost", "--documents", "300"])
    parts.main("benchmarks.catalogue", "", (cost,))
    out = capsys.readouterr().out
    assert "| re-scans found | 1.00 x |" in out and "| peak memory of the search |" in out


def test_a_small_archive_is_listed_printed_and_made_anew(tmp_path, monkeypatch, capsys):
    figures = tmp_path / "figures.json"
    small = ["--documents", "120", "--folders", "4", "--runs", "1", "--json", str(figures)]
    monkeypatch.setattr("sys.argv", ["x", "scale", *small])
    parts.main("benchmarks.catalogue", "", (scale,))
    assert "| the catalogue made anew |" in capsys.readouterr().out
    assert json.loads(figures.read_text())["figures"]
