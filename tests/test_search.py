"""`partydoc search` from the command line, on archives that were filled without OCR."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import desk
import pytest
import waiting
from conftest import Run
from forms import judge
from terminal import Terminal
from waiting import KNOWN, sure, unsure

from partydoc import indexing, savedsearches, searching
from partydoc.archive.ocfl import Commit
from partydoc.archive.root import Archive, open_archive
from partydoc.commands.search import ORDERS
from partydoc.index import Order

REPORT = KNOWN | {
    "type": sure("Báo cáo"),
    "code": sure("7-BC/ĐU"),
    "date": sure("2012"),
    "subject": sure("về chuyển đổi số"),
    "issuer": sure("Đảng uỷ xã Đồng Mẫu"),
}
LATER = KNOWN | {"date": sure("2015-01-02"), "code": sure("3-TTr/ĐU")}
DOUBTFUL = KNOWN | {"type": unsure("Kế hoạch"), "date": None}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two archives, one/a of four documents of one folder, two/b of one."""
    root = tmp_path_factory.mktemp("made")
    for name in ("one", "two"):
        (root / name).mkdir()
    waiting.archive_of(root / "one" / "a", [KNOWN, REPORT, LATER, DOUBTFUL])
    record = KNOWN | {"date": sure("2019-09-09"), "subject": sure("về việc khác hẳn")}
    waiting.archive_of(root / "two" / "b", [record])
    return root


@pytest.fixture
def archive(made: Path, fast_disk: Path) -> Archive:
    """An archive of four documents of one folder."""
    shutil.copytree(made / "one", fast_disk / "one")
    return open_archive(fast_disk / "one" / "a")


@pytest.fixture
def other(made: Path, fast_disk: Path) -> Archive:
    """Another archive; its one document is later than all of the first."""
    shutil.copytree(made / "two", fast_disk / "two")
    return open_archive(fast_disk / "two" / "b")


def test_the_orders_of_the_command_are_those_of_the_index() -> None:
    assert [order.value for order in Order] == list(ORDERS)


def codes(lines: list[dict]) -> list[str]:
    return [line["code"] for line in lines]


def test_hits_come_in_the_order_asked_for(run: Run, archive: Archive) -> None:
    def found(order: str) -> list[str]:
        lines = run("-a", archive.root, "search", "--json", "--sort", order, "dong", "mau").lines
        return [line["reference"][-1] for line in lines]

    assert found("latest") == ["3", "2", "1", "4"]
    assert found("oldest") == ["1", "2", "3", "4"]
    assert found("shelf") == ["1", "2", "3", "4"]
    assert sorted(found("best")) == ["1", "2", "3", "4"]


def test_hits_are_counted_by_type_year_and_issuer(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "search", "--facets", "--limit", 1, "dong mau")
    *hits, counts = run(*at, "--json").lines
    assert len(hits) == 1
    judge("json/search", counts)
    assert counts["total"] == 4
    assert counts["facets"]["type"] == [
        {"value": "Tờ trình", "count": 2}, {"value": "Báo cáo", "count": 1},
        {"value": None, "count": 1},
    ]  # fmt: skip
    assert [row["count"] for row in counts["facets"]["issuer"]] == [4]
    out = run(*at).out
    assert "By type\n      2  Tờ trình\n      1  Báo cáo\n      1  unknown\nBy year\n" in out


def test_ids_are_all_ids_and_nothing_else(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "search", "dong", "mau", "--ids", "--sort", "shelf")
    ran = run(*at)
    assert ran.err == ""
    expected = [kept.id for kept in waiting.records(archive)]
    assert ran.out.split() == expected
    assert run(*at, "--limit", 2, "--offset", 1).out.split() == expected[1:3]
    run(*at, "--json", code=2)
    run(*at, "--facets", code=2)


@pytest.mark.slow
def test_ids_have_no_limit_of_ten(run: Run, fast_disk: Path) -> None:
    archive = waiting.archive_of(fast_disk / "a", [KNOWN] * 12)
    assert len(run("-a", archive.root, "search", "chinh ly", "--ids").out.split()) == 12
    assert len(run("-a", archive.root, "search", "chinh ly", "--json").lines) == 10


def test_found_documents_can_be_edited_through_a_pipe(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = run("-a", archive.root, "search", "--ids", "type:bao").out
    at = [sys.executable, "-m", "partydoc", "-a", str(archive.root)]
    done = subprocess.run([*at, "edit", "-", "note=đã kiểm tra"], input=ids.encode())
    assert done.returncode == 0
    assert codes(run("-a", archive.root, "search", "--json", "note:kiem").lines) == ["7-BC/ĐU"]


def test_a_search_is_saved_used_listed_and_removed(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "search")
    saved = run(*at, "--save", "báo-cáo", "type:bao", "chuyển đổi số", "--json")
    assert codes(saved.lines) == ["7-BC/ĐU"]
    assert codes(run(*at, "@bao-cao", "--json").lines) == ["7-BC/ĐU"]
    assert run(*at, "@bao-cao", "date:2020..", "--json").lines == []
    assert run(*at, "--saved").out == "@báo-cáo  type:bao 'chuyển đổi số'\n"
    (line,) = run(*at, "--saved", "--json").lines
    judge("json/search", line)
    run(*at, "--unsave", "bao-cao")
    assert run(*at, "--saved").out == ""
    assert "--save" in run(*at, "@bao-cao", code=2).err


def test_nothing_is_saved_that_cannot_be_understood(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "search")
    run(*at, "--save", "x", "nonsense:", code=2)
    run(*at, "--save", "x", code=2)
    assert savedsearches.known() == {}
    run(*at, "--save", "x", "luu")
    assert "OR" in run(*at, "@x", "OR", "tru", code=2).err
    run(*at, "--saved", "x", code=2)


def test_several_archives_answer_as_one(run: Run, archive: Archive, other: Archive) -> None:
    at = ("-a", archive.root, "-a", other.root, "search", "dong mau", "--sort", "latest")
    lines = run(*at, "--json").lines
    assert [line["date"] for line in lines] == [
        "2019-09-09",
        "2015-01-02",
        "2012",
        "2010-07-05",
        None,
    ]
    assert [line["archive"] for line in lines] == [str(other.root), *[str(archive.root)] * 4]
    for line in lines:
        judge("json/search", line)
    pages = [run(*at, "--json", "--limit", 2, "--offset", n).lines for n in (0, 2, 4)]
    assert [line["id"] for page in pages for line in page] == [line["id"] for line in lines]
    counts = run(*at, "--json", "--facets").lines[-1]
    assert counts["total"] == 5 and counts["facets"]["type"][0] == {"value": "Tờ trình", "count": 3}
    shown = run(*at)
    assert f"sheet 1 · page 1 · {other.root}" in shown.out
    assert shown.err.startswith("5 documents found")


def test_the_same_archive_twice_is_one(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "-a", archive.root / ".." / "a", "search", "dong mau", "--json")
    assert len(run(*at).lines) == 4


@pytest.mark.parametrize("order", ["best", "latest", "oldest", "shelf"])
def test_archives_are_merged_in_every_order(
    run: Run, archive: Archive, other: Archive, order: str
) -> None:
    at = ("-a", archive.root, "-a", other.root, "search", "dong mau", "--sort", order)
    whole = run(*at, "--json").lines
    assert len({(line["archive"], line["id"]) for line in whole}) == 5
    parts = [run(*at, "--json", "--limit", 1, "--offset", n).lines[0] for n in range(5)]
    assert parts == whole


def test_show_knows_in_which_archive_a_hit_lies(
    run: Run, archive: Archive, other: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    both = ("-a", archive.root, "-a", other.root)
    lines = run(*both, "search", "dong mau", "--sort", "latest", "--json").lines
    monkeypatch.chdir(tmp_path)
    for at in (both, both[:2], both[2:], ()):
        for number, line in enumerate(lines, 1):
            assert run(*at, "show", number, "--json").lines[0]["id"] == line["id"]
    assert "Đồng Mẫu" in run("show", 1, "--text").out
    err = run("-a", archive.root, "edit", 1, "note=x", code=2).err
    assert str(other.root) in err
    run("-a", archive.root, "edit", 2, "note=x")


def test_an_archive_that_cannot_be_opened_does_not_silence_the_others(
    run: Run, archive: Archive, tmp_path: Path
) -> None:
    at = ("-a", archive.root, "-a", tmp_path / "none", "search", "dong mau")
    shown = run(*at, code=5)
    assert "Tờ trình 12-TTr/ĐU" in shown.out
    assert f"{tmp_path}/none is not an archive" in shown.err
    assert shown.err.splitlines()[-1] == f"4 documents found. Not searched: {tmp_path}/none."
    told = run(*at, "--json", code=5)
    assert len(told.lines) == 4
    error, last = map(json.loads, told.err.splitlines())
    judge("json/error", error)
    judge("json/search", last)
    assert last["not_searched"] == [{"archive": f"{tmp_path}/none", "documents": None}]
    run("-a", tmp_path / "none", "-a", tmp_path / "no", "search", "x", code=5)


def test_other_commands_want_one_archive(run: Run, archive: Archive, other: Archive) -> None:
    for command in (["show", "A29-01-0003-001"], ["verify"], ["index"], ["edit", "1", "so=2"]):
        err = run("-a", archive.root, "-a", other.root, *command, code=2).err
        assert "one archive" in err and "-a ARCHIVE" in err
    run("-a", archive.root, "-a", other.root, "search", "dong mau", "--ids", code=2)


def test_without_words_a_script_is_told_so_and_does_not_hang(archive: Archive) -> None:
    command = [sys.executable, "-m", "partydoc", "-a", str(archive.root), "search"]
    for given in (b"", b"chinh ly\n"):
        env = os.environ | {"PARTYDOC_LANG": "en"}
        done = subprocess.run(command, input=given, capture_output=True, env=env)
        assert done.returncode == 2 and done.stdout == b""
        assert b"partydoc search WORDS" in done.stderr


def test_a_document_of_two_folders_names_both(run: Run, archive: Archive, fast_disk: Path) -> None:
    run("-a", archive.root, "catalogue", "add", "folder", "A29-01-0004", "--title", "x")
    with desk.at_work(archive) as opened:
        desk.keep(opened, fast_disk / "one" / "2.pdf", "A29-01-0004", unclassified=True)
        opened.shelves.settle(Commit("added", "x@y", desk.NOW))
    assert "also A29-01-0004-001" in run("-a", archive.root, "search", "type:bao").out


def test_a_line_of_a_terminal_is_never_wider_than_the_terminal(archive: Archive) -> None:
    at = ("-a", archive.root, "search", "chinh", "ly", "thuc", "hien")
    with Terminal(at, archive.root.parent, columns=60) as terminal:
        assert terminal.end() == 0
    assert "3. " in terminal.seen and max(map(len, terminal.seen.splitlines())) <= 60


def missing(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    """Let an engine be as if it were not installed."""
    monkeypatch.setitem(sys.modules, engine, None)
    for name in (f"{engine}_engine", f"{engine}_fields"):
        monkeypatch.delitem(sys.modules, f"partydoc.index.{name}", raising=False)


def test_a_missing_engine_is_exit_7_with_both_ways_out(
    run: Run, fast_disk: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("tantivy", reason="the extra fast is not installed")
    run("-a", archive.root, "index", "--engine", "tantivy")
    before = {path: path.read_bytes() for path in archive.root.rglob("*") if path.is_file()}
    missing(monkeypatch, "tantivy")
    err = run("-a", archive.root, "search", "dong", code=7).err
    assert 'pip install "partydoc[fast]"' in err and "partydoc index --engine whoosh" in err
    run("-a", archive.root, "search", "dong", "--ids", code=7)
    after = {path: path.read_bytes() for path in archive.root.rglob("*") if path.is_file()}
    assert after == before
    run("-a", archive.root, "index", "--engine", "whoosh")
    assert len(run("-a", archive.root, "search", "dong", "--json").lines) == 4


def test_an_engine_written_into_the_settings_is_a_rebuild_and_is_told(
    run: Run, archive: Archive
) -> None:
    pytest.importorskip("tantivy", reason="the extra fast is not installed")
    settings = archive.root / "partydoc.toml"
    settings.write_text(settings.read_text("utf-8").replace('"whoosh"', '"tantivy"'), "utf-8")
    found = run("-a", archive.root, "search", "dong mau")
    assert "made anew" in found.err and "4 documents found" in found.err
    assert json.loads((archive.index / "state.json").read_text())["engine"] == "tantivy"
    assert "made anew" not in run("-a", archive.root, "search", "dong mau").err


def test_a_missing_engine_of_one_archive_leaves_the_others(
    run: Run, archive: Archive, other: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("tantivy", reason="the extra fast is not installed")
    run("-a", other.root, "index", "--engine", "tantivy")
    missing(monkeypatch, "tantivy")
    shown = run("-a", archive.root, "-a", other.root, "search", "dong mau", code=7)
    assert "4 documents found" in shown.err and "index --engine whoosh" in shown.err


def test_init_writes_the_engine_down(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "w", "--network", "connected", "--engine", "whoosh")
    assert 'engine = "whoosh"' in (tmp_path / "w" / "partydoc.toml").read_text("utf-8")
    assert 'engine = "' in (tmp_path / "w" / "partydoc.toml").read_text("utf-8")
    run("init", tmp_path / "x", "--network", "connected", "--engine", "other", code=2)
    assert not (tmp_path / "x").exists()


@pytest.fixture
def waits(run: Run, other: Archive, fast_disk: Path) -> Archive:
    """The other archive, in which a second document waits for OCR."""
    (fast_disk / "new.pdf").write_bytes(b"%PDF new")
    with desk.at_work(other) as opened:
        desk.keep(opened, fast_disk / "new.pdf", unclassified=True)
    run("-a", other.root, "index")
    return other


def test_what_is_not_searched_is_counted_for_each_archive(
    run: Run, archive: Archive, waits: Archive
) -> None:
    shown = run("-a", archive.root, "-a", waits.root, "search", "khac han")
    assert f"Not searched: {waits.root}: 1 waits for OCR." in shown.err
    assert searching.search(waits, ["khac"], 10).archives[0].not_searched == {"pending": 1}


def test_ids_say_what_was_not_searched(run: Run, waits: Archive) -> None:
    at = ("-a", waits.root, "search", "--ids", "khac")
    assert run(*at).err == "Not searched: 1 waits for OCR.\n"
    assert run(*at, "--quiet").err == ""


def test_what_the_scan_damaged_is_found_below_and_marked(run: Run, archive: Archive) -> None:
    run("-a", archive.root, "edit", "A29-01-0003-002", "subject=về công tác phòng chốug tham nhũng")
    run("-a", archive.root, "edit", "A29-01-0003-003", "subject=về công tác phòng chống tham nhũng")
    at = ("-a", archive.root, "search", "phong", "chong", "tham", "nhung")
    lines = run(*at, "--json").lines
    assert [(line["reference"][-1], line["near"]) for line in lines] == [("3", False), ("2", True)]
    for order in ORDERS:
        assert [line["near"] for line in run(*at, "--json", "--sort", order).lines] == [False, True]
    shown = run(*at)
    assert shown.out.count("≈ similar spelling") == 1
    assert "2 documents found, 1 of them by a similar spelling (≈)." in shown.err
    assert run(*at, "--facets", "--json").lines[-1]["total"] == 2


def test_ids_leave_out_what_only_a_similar_spelling_finds_and_say_so(
    run: Run, archive: Archive
) -> None:
    run("-a", archive.root, "edit", "A29-01-0003-002", "subject=về công tác phòng chốug tham nhũng")
    at = ("-a", archive.root, "search", "--ids", "phong", "chong", "tham", "nhung")
    found = run(*at)
    assert found.out == ""
    assert found.err == "1 document is left out: only a similar spelling (≈) finds it.\n"
    run("-a", archive.root, "edit", "A29-01-0003-003", "subject=về công tác phòng chống tham nhũng")
    found = run(*at)
    assert found.out.split() == [waiting.records(archive)[2].id]
    assert found.err == "1 document is left out: only a similar spelling (≈) finds it.\n"
    assert run(*at, "--quiet").err == ""


def test_a_script_learns_that_there_is_more_than_it_was_given(
    run: Run, archive: Archive, waits: Archive
) -> None:
    at = ("-a", archive.root, "-a", waits.root, "search", "--json", "--limit", 2)
    found = run(*at, "dong", "mau")
    last = json.loads(found.err)
    judge("json/search", last)
    assert len(found.lines) == 2
    assert last == {
        "version": 1, "total": 5, "near": 0, "shown": 2, "suggestion": None,
        "not_searched": [{"archive": str(waits.root), "documents": {"pending": 1}}],
    }  # fmt: skip
    assert run(*at, "dong", "mau", "--quiet").err == ""
    last = json.loads(run(*at, "chuyenx", "doi").err)
    judge("json/search", last)
    assert (last["total"], last["suggestion"]) == (0, "chuyen doi")


def test_words_that_stand_nowhere_bring_what_could_have_been_meant(
    run: Run, archive: Archive
) -> None:
    shown = run("-a", archive.root, "search", "chuyenx", "doi")
    assert shown.out == ""
    assert shown.err == "Did you mean: chuyen doi\n0 documents found.\n"
    assert "Did you mean" not in run("-a", archive.root, "search", "xyzzyq").err


def test_an_archive_that_outgrew_whoosh_is_told_once(
    run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "tantivy" not in run("-a", archive.root, "index").err
    monkeypatch.setattr(indexing, "_MANY", 3)
    assert "partydoc index --engine tantivy" in run("-a", archive.root, "index").err
    assert run("-a", archive.root, "index", "--quiet").err == ""
    assert indexing.advice(archive, 3, 4) and not indexing.advice(archive, 4, 5)


def test_what_the_index_does_not_know_yet_is_told(run: Run, archive: Archive) -> None:
    run("-a", archive.root, "index")
    shutil.copytree(archive.index, archive.root.parent / "before")
    run("-a", archive.root, "edit", "A29-01-0003-001", "subject=về phòng cháy")
    shutil.rmtree(archive.index)
    (archive.root.parent / "before").rename(archive.index)
    shown = run("-a", archive.root, "search", "phong", "chay")
    assert "Not searched: 1 changed since the last partydoc index." in shown.err
    run("-a", archive.root, "index")
    assert "Not searched" not in run("-a", archive.root, "search", "phong", "chay").err


def test_another_spelling_is_not_proposed_where_one_of_several_archives_has_hits(
    run: Run, archive: Archive, other: Archive
) -> None:
    shown = run("-a", archive.root, "-a", other.root, "search", "khac", "han")
    assert "1 document found" in shown.err and "Did you mean" not in shown.err
