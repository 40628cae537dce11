"""Makes the golden archive of this release: python tests/golden/make.py

It has a document in every state, folders, what stands in hold, a request, a file in quarantine and
an audit log. Every later release has to open it, so a golden archive that is there is never made
anew; a release that writes anything in a new way adds one.
"""

from __future__ import annotations

import io
import sys
import tarfile
import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE.parent / "archive")]

import desk  # noqa: E402
from every_state import bring  # noqa: E402

from partydoc import __version__, cli  # noqa: E402
from partydoc.archive import purging  # noqa: E402
from partydoc.archive.root import Archive, open_archive  # noqa: E402


def make(root: Path) -> Archive:
    """Make the archive; nobody's name and no machine's stands in it."""
    with ExitStack() as stack:
        stack.enter_context(patch("partydoc.archive.audit._name_of", lambda uid: "archivist"))
        stack.enter_context(patch("platform.node", lambda: "archive"))
        archive = desk.new_archive(root)
        with desk.at_work(archive) as opened:
            list(bring(opened))
            held = next(row.id for row in opened.catalogue.changed_since(0) if row.held)
            opened.audit.add("purge-asked", desk.NOW, [held])
            purging.ask(archive, held, desk.NOW)
        (archive.inbox / "rỗng.pdf").touch()
        for words in (
            ("scan", "--no-ocr", "--quiet"),
            ("edit", "A29-01-0003-002", "place=Đồng Mẫu", "note=bản chụp mờ"),
            ("index",),
        ):
            cli.run(["-a", str(root), *words])
    return open_archive(root)


def pack(root: Path, target: Path) -> None:
    """Pack an archive, without owners and times of this machine."""

    def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        info.mtime = int(desk.NOW.timestamp())
        return info

    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:xz") as tar:
        tar.add(root, "archive", filter=plain)
    target.write_bytes(data.getvalue())


def main() -> None:
    """Make and pack it, unless this release has one already."""
    target = HERE / f"{__version__}.tar.xz"
    if target.exists():
        sys.exit(f"{target} is there already; golden archives are never made anew.")
    with tempfile.TemporaryDirectory() as folder:
        pack(make(Path(folder) / "archive").root, target)
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
