"""How an OCFL object, or the storage root it stands in, is changed so that one rule is broken.

What is changed in the inventory is changed in both its copies, and their digests are made to fit.
It imports nothing of partydoc.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

Said = dict[str, Any]
#: Changes an object in its folder.
Maker = Callable[[Path], object]

MARK = "0=ocfl_object_1.1"


def write(folder: Path, said: Any) -> None:
    """Write an inventory into a folder, with its digest."""
    data = said if isinstance(said, bytes) else json.dumps(said, indent=1).encode()
    for name in ("inventory.json", "inventory.json.sha512"):
        (folder / name).unlink(missing_ok=True)
    (folder / "inventory.json").write_bytes(data)
    sidecar = f"{hashlib.sha512(data).hexdigest()} inventory.json\n"
    (folder / "inventory.json.sha512").write_text(sidecar)


def read(folder: Path) -> Said:
    """Return the inventory in a folder."""
    return json.loads((folder / "inventory.json").read_bytes())


def edited(change: Callable[[Said], object]) -> Maker:
    """Return what changes the inventory, at the root and in the newest version."""

    def make(folder: Path) -> None:
        said = read(folder)
        head = folder / said["head"]
        change(said)
        write(folder, said)
        write(head, said)

    return make


def with_value(name: str, value: Any) -> Maker:
    """Return what gives a key of the inventory another value."""
    return edited(lambda said: said.update({name: value}))


def without(name: str) -> Maker:
    """Return what takes a key out of the inventory."""
    return edited(lambda said: said.pop(name))


def newest(said: Said) -> Said:
    """Return the newest version block."""
    return said["versions"][said["head"]]


def in_version(name: str, value: Any) -> Maker:
    """Return what gives a key of the newest version another value."""
    return edited(lambda said: newest(said).update({name: value}))


def with_path(to: str) -> Maker:
    """Let a logical path of the newest version be another."""

    def change(said: Said) -> None:
        state = newest(said)["state"]
        first = sorted(state)[0]
        state[first] = [to, *state[first][1:]]

    return edited(change)


def with_content_path(to: str) -> Maker:
    """Let a content path of the newest version be one that cannot be."""

    def make(folder: Path) -> None:
        said = read(folder)
        digest, path = content_of(said, said["head"])
        (folder / path).rename(folder / said["head"] / "content" / "moved")
        said["manifest"][digest] = [to]
        for block in said["fixity"].values():
            for names in block.values():
                names[:] = [to if name == path else name for name in names]
        edited(lambda now: now.update(said))(folder)

    return make


def content_of(said: Said, version: str) -> tuple[str, str]:
    """Return (digest, content path) of a file that a version brought."""
    found = [
        (digest, names[0]) for digest, names in said["manifest"].items()
        if names[0].startswith(f"{version}/content/record")
    ]  # fmt: skip
    return found[0]


def in_manifest(change: Callable[[Said, str], object]) -> Maker:
    """Change the manifest, given the digest of a file of the newest version."""
    return edited(lambda said: change(said, content_of(said, said["head"])[0]))


def with_paths(change: Callable[[list[str]], Any]) -> Maker:
    """Let the content paths of a file of the newest version be others."""
    return in_manifest(
        lambda said, one: said["manifest"].update({one: change(said["manifest"][one])})
    )


def with_file(name: str, data: bytes = b"x") -> Maker:
    """Put a file into the object."""

    def make(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    return make


def renamed(old: str, new: str) -> Maker:
    """Return what gives a file or folder another name."""
    return lambda folder: (folder / old).rename(folder / new)


def replaced(name: str, data: bytes) -> Maker:
    """Return what gives a file other bytes."""

    def make(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).write_bytes(data)

    return make


def versions_named(old_to_new: dict[str, str]) -> Maker:
    """Rename versions, on the disk and wherever the inventories name them."""

    def make(folder: Path) -> None:
        text = (folder / "inventory.json").read_text()
        for old, new in old_to_new.items():
            (folder / old).rename(folder / new)
            text = text.replace(f'"{old}"', f'"{new}"').replace(f'"{old}/', f'"{new}/')
        said = json.loads(text)
        write(folder, said)
        write(folder / said["head"], said)

    return make


def earlier(change: Callable[[Said], object]) -> Maker:
    """Change the inventory that was written with version 1."""

    def make(folder: Path) -> None:
        said = read(folder / "v1")
        change(said)
        write(folder / "v1", said)

    return make


def ten_padded(folder: Path) -> None:
    """Ten versions with two digits: the tenth does not begin with a zero."""
    said = read(folder)
    first = said["versions"]["v1"]
    text = json.dumps([said["manifest"], said["fixity"]])
    manifest, fixity = json.loads(text.replace('"v1/', '"v01/').replace('"v2/', '"v02/'))
    (folder / "v1").rename(folder / "v01")
    (folder / "v2").rename(folder / "v02")
    versions = {f"v{number:02d}": said["versions"]["v2"] for number in range(2, 11)}
    said |= {"manifest": manifest, "fixity": fixity, "versions": {"v01": first, **versions}}
    said["head"] = "v10"
    for name in ("v01", "v02"):
        for file in ("inventory.json", "inventory.json.sha512"):
            (folder / name / file).unlink()
    for number in range(3, 11):
        (folder / f"v{number:02d}").mkdir()
        write(folder / f"v{number:02d}", said)
    write(folder, said)


def with_fixity(block: Any) -> Maker:
    """Let the fixity block be another; `PATH` stands for a file of the newest version."""

    def change(said: Said) -> None:
        path = content_of(said, said["head"])[1]
        said["fixity"] = json.loads(json.dumps(block).replace("PATH", path))

    return edited(change)


def twice_in_manifest(said: Said, digest: str) -> None:
    """Let a digest stand twice, once in capitals."""
    said["manifest"][digest.upper()] = [f"{said['head']}/content/again"]


def not_hexadecimal(said: Said, digest: str) -> None:
    """Let a digest be none."""
    said["manifest"]["x" * 128] = said["manifest"].pop(digest)


def one_path_twice(said: Said) -> None:
    """Let two files of the newest version have one name."""
    for names in list(newest(said)["state"].values())[:2]:
        names.append("record.json")


def older_than_before(folder: Path) -> None:
    """Let the newest version follow an earlier specification than the one before it."""
    (folder / MARK).rename(folder / MARK.replace("1.1", "1.0"))
    replaced(MARK.replace("1.1", "1.0"), b"ocfl_object_1.0\n")(folder)
    with_value("type", "https://ocfl.io/1.0/spec/#inventory")(folder)


def no_json(folder: Path) -> None:
    """Let the inventory be cut off after its first byte."""
    for place in (folder, folder / "v2"):
        write(place, b"{")


def unused(folder: Path) -> None:
    """Add a file that stands in no version."""
    data = b"of no version"
    (folder / "v2" / "content" / "unused").write_bytes(data)
    digest = hashlib.sha512(data).hexdigest()
    edited(lambda said: said["manifest"].update({digest: ["v2/content/unused"]}))(folder)


def linked(folder: Path) -> None:
    """Let a file be a link to one outside."""
    digest, path = content_of(read(folder), "v2")
    del digest
    (folder / path).rename(folder.parents[3] / "elsewhere")
    (folder / path).symlink_to(folder.parents[3] / "elsewhere")


def in_root(change: Callable[[Path], object]) -> Maker:
    """Change the storage root in which the object stands."""
    return lambda folder: change(folder.parents[2])


def with_layout(value: Any) -> Maker:
    """Return what writes another layout into the storage root."""
    return in_root(lambda root: replaced("ocfl_layout.json", json.dumps(value).encode())(root))


def misplaced(folder: Path) -> None:
    """Let the object stand where its id does not lead."""
    target = folder.parents[2] / "00" / "00" / folder.name
    target.parent.mkdir(parents=True)
    folder.rename(target)
    folder.parent.rmdir()
    folder.parents[1].rmdir()


def nested(folder: Path) -> None:
    """Put an object into the object."""
    shutil.copytree(folder, folder / "inner")


def older_root(root: Path) -> None:
    """Let the storage root be of an earlier specification than the object."""
    (root / "0=ocfl_1.1").unlink()
    (root / "0=ocfl_1.0").write_text("ocfl_1.0\n")
