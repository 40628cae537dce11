"""A folder is emptied whatever a child has left in it, and nothing else is touched."""

from __future__ import annotations

import os

import pytest

from partydoc.ocr.sweep import empty, remove


@pytest.fixture
def other(tmp_path):
    folder = tmp_path / "other"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "kept").write_text("x")
    return folder


def test_a_folder_is_made_for_its_owner_alone(tmp_path):
    empty(tmp_path / "new" / "job")
    assert (tmp_path / "new" / "job").stat().st_mode & 0o777 == 0o700


def test_a_link_in_its_place_is_taken_away_and_not_followed(tmp_path, other):
    (tmp_path / "job").symlink_to(other)
    empty(tmp_path / "job")
    assert (tmp_path / "job").is_dir() and not (tmp_path / "job").is_symlink()
    assert (other / "deep" / "kept").read_text() == "x"


def test_a_file_in_its_place_is_taken_away(tmp_path):
    (tmp_path / "job").write_text("x")
    empty(tmp_path / "job")
    assert list((tmp_path / "job").iterdir()) == []


def test_links_pipes_and_shut_folders_are_taken_out(tmp_path, other):
    job = tmp_path / "job"
    (job / "shut" / "inner").mkdir(parents=True)
    (job / "shut" / "inner" / "file").write_text("y")
    (job / "shut" / "link").symlink_to(other)
    (job / "link").symlink_to(other)
    (job / ".0").mkdir()
    os.mkfifo(job / "pipe")
    (job / "shut" / "inner").chmod(0)
    (job / "shut").chmod(0)
    empty(job)
    assert list(job.iterdir()) == []
    assert (other / "deep" / "kept").read_text() == "x"


def test_depth_does_not_matter(tmp_path):
    job = tmp_path / "job"
    job.mkdir()
    here = os.open(job, os.O_RDONLY)
    for _ in range(1_050):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    empty(job)
    assert list(job.iterdir()) == []


def test_a_folder_is_removed_with_all_that_is_in_it(tmp_path, other):
    job = tmp_path / "job"
    (job / "deep").mkdir(parents=True)
    (job / "link").symlink_to(other)
    remove(job)
    assert not job.exists() and (other / "deep" / "kept").exists()
    remove(job)
    assert not job.exists()
