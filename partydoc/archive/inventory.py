"""What an inventory says of an object, and whether the specification lets it say so.

Each broken rule has the code of the OCFL 1.1 list of validation codes
(https://ocfl.io/1.1/spec/validation-codes.html). Where the specification leaves a choice only what
this archive writes counts: sha512, the folder `content`, versions without leading zeros.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

TYPE = "https://ocfl.io/1.1/spec/#inventory"
_KEYS = {
    "id": "E036", "type": "E036", "digestAlgorithm": "E036", "head": "E036", "manifest": "E041",
    "versions": "E043",
}  # fmt: skip
#: Digests that a fixity block may hold, and how many hexadecimal digits they have.
_FIXITY = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128, "blake2b-512": 128}
#: No path that this archive writes comes near to this, and longer names no disk takes: bytes.
_LONGEST = 255
_CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


class Broken(ValueError):
    """A rule that is broken: its code, and what breaks it."""

    def __init__(self, code: str, detail: object) -> None:
        super().__init__(f"{code} {detail}")


@dataclass(frozen=True)
class Inventory:
    """An inventory that follows the rules.

    `manifest`: content path -> sha512; `fixity`: (algorithm, digest, content path); `versions`:
    version -> logical path -> sha512, the oldest first. Digests are in lower case.
    """

    id: str
    manifest: Mapping[str, str]
    fixity: tuple[tuple[str, str, str], ...]
    versions: Mapping[str, Mapping[str, str]]

    @property
    def head(self) -> str:
        """The newest version."""
        return list(self.versions)[-1]

    @cached_property
    def _places(self) -> dict[str, frozenset[str]]:
        """Digest -> the content paths that have it."""
        found: dict[str, set[str]] = {}
        for path, digest in self.manifest.items():
            found.setdefault(digest, set()).add(path)
        return {digest: frozenset(paths) for digest, paths in found.items()}

    def contents(self, version: str) -> dict[str, frozenset[str]]:
        """Return logical path -> the content paths whose bytes it has in a version."""
        return {name: self._places[digest] for name, digest in self.versions[version].items()}


def read(data: bytes) -> Inventory:
    """Return what an inventory says; raises Broken at the first rule that it breaks."""
    try:
        said = json.loads(data)
    except ValueError as trouble:
        raise Broken("E033", trouble) from None
    said = _object(said, "E033", "the inventory")
    _keys(said, _KEYS, {*_KEYS, "fixity", "contentDirectory"})
    _head(said)
    names = _version_names(_object(said["versions"], "E044", "versions"))
    _require(said["head"] == names[-1], "E040", f"head {said['head']}")
    manifest = _manifest(_object(said["manifest"], "E106", "manifest"), names)
    versions = {name: _version(name, said["versions"][name], said["manifest"]) for name in names}
    used = {digest for state in versions.values() for digest in state.values()}
    for path, digest in manifest.items():
        _require(digest in used, "E107", f"{path} stands in no version")
    fixity = tuple(_fixity(_object(said.get("fixity", {}), "E111", "fixity"), manifest))
    return Inventory(said["id"], manifest, fixity, versions)


def require_earlier(earlier: Inventory, version: str, said: Inventory) -> None:
    """See that the inventory written with a version says of it, and of those before it, what the
    newest says; raises Broken.
    """
    _require(earlier.id == said.id, "E110", f"the id is {earlier.id}")
    _require(earlier.head == version, "E066", f"its newest version is {earlier.head}")
    for path, digest in earlier.manifest.items():
        _require(path in said.manifest, "E023", f"{path} stands only in {version}")
        _require(said.manifest[path] == digest, "E092", f"{path} has another digest in {version}")
    _require(set(earlier.fixity) <= set(said.fixity), "E093", f"{version} has other digests")
    for name in earlier.versions:
        then, now = earlier.contents(name), said.contents(name)
        _require(then.keys() == now.keys(), "E066", f"{name} had other files")
        _require(all(then[one] <= now[one] for one in then), "E066", f"{name} had other bytes")


def _require(holds: object, code: str, detail: object) -> None:
    if not holds:
        raise Broken(code, detail)


def _object(value: Any, code: str, what: str) -> dict[str, Any]:
    _require(isinstance(value, dict), code, f"{what} is no JSON object")
    return value


def _keys(said: Mapping[str, Any], needed: Mapping[str, str], allowed: Collection[str]) -> None:
    for name, code in needed.items():
        _require(name in said, code, f"{name} is missing")
    for name in said:
        _require(name in allowed, "E102", f"{name} is no such key")


def _head(said: Mapping[str, Any]) -> None:
    _require(isinstance(said["id"], str) and said["id"], "E037", "the id is empty or no text")
    _require(said["type"] == TYPE, "E038", f"type {said['type']}")
    _require(said["digestAlgorithm"] == "sha512", "E025", f"digest {said['digestAlgorithm']}")
    name = said.get("contentDirectory", "content")
    _require(isinstance(name, str) and "/" not in name, "E017", f"contentDirectory {name}")
    _require(name not in (".", ".."), "E018", f"contentDirectory {name}")
    _require("contentDirectory" not in said, "E019", f"contentDirectory {name}")


def _version_names(versions: Mapping[str, Any]) -> list[str]:
    _require(versions, "E008", "there is no version")
    for name in versions:
        _require(re.fullmatch(r"v[0-9]+", name), "E104", f"version {name}")
        _require(int(name[1:]), "E105", f"version {name}")
        _require(name[1] != "0", "E011", f"version {name}")
    names = sorted(versions, key=lambda name: int(name[1:]))
    _require(names[0] == "v1", "E009", f"the first version is {names[0]}")
    _require(names[-1] == f"v{len(names)}", "E010", "a version is missing")
    return names


def _manifest(said: Mapping[str, Any], versions: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for digest, paths in said.items():
        _require(re.fullmatch(r"[0-9a-fA-F]{128}", digest), "E025", f"digest {digest[:20]}")
        _require(_texts(paths), "E092", "a digest without a list of paths")
        _require(digest.lower() not in found.values(), "E096", f"digest {digest[:20]} stands twice")
        for path in paths:
            _content_path(path, versions)
            _require(path not in found, "E101", f"{path} stands twice")
            found[path] = digest.lower()
    _require(not _nested(found), "E101", f"{_nested(found)} is a file and a folder")
    return found


def _content_path(path: str, versions: Collection[str]) -> None:
    _require(not (path.startswith("/") or path.endswith("/")), "E100", path)
    version, _, rest = path.partition("/")
    _require(version in versions, "E042", path)
    folder, _, rest = rest.partition("/")
    _require(folder == "content" and rest, "E042", path)
    _require(not _odd(rest), "E099", path)


def _version(name: str, said: Any, manifest: Collection[str]) -> dict[str, str]:
    """Return logical path -> digest of one version."""
    said = _object(said, "E047", name)
    _keys(said, {"created": "E048", "state": "E048"}, {"created", "state", "message", "user"})
    _require(_is_time(said["created"]), "E049", f"{name} was made at {said['created']}")
    _require(isinstance(said.get("message", ""), str), "E094", f"the message of {name}")
    user = said.get("user", {"name": ""})
    _require(isinstance(user, dict) and _texts([user.get("name")]), "E054", f"user of {name}")
    _require(isinstance(user.get("address", ""), str), "E054", f"user of {name}")
    _keys(user, {}, {"name", "address"})
    found: dict[str, str] = {}
    for digest, paths in _object(said["state"], "E050", f"state of {name}").items():
        _require(digest in manifest, "E050", f"{name} names a digest that is not in the manifest")
        _require(_texts(paths), "E050", f"{name}: a digest without a list of paths")
        for path in paths:
            _require(not (path.startswith("/") or path.endswith("/")), "E053", path)
            _require(not _odd(path), "E052", path)
            _require(path not in found, "E095", f"{path} stands twice")
            found[path] = digest.lower()
    _require(not _nested(found), "E095", f"{_nested(found)} is a file and a folder")
    return found


def _is_time(said: Any) -> bool:
    """Whether it is a time of RFC 3339, with seconds and a zone."""
    if not isinstance(said, str) or not _CREATED.fullmatch(said):
        return False
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return False
    return True


def _fixity(said: Mapping[str, Any], manifest: Collection[str]) -> Iterator[tuple[str, str, str]]:
    for algorithm, block in said.items():
        _require(algorithm in _FIXITY, "E056", f"digest {algorithm}")
        seen = set()
        for digest, paths in _object(block, "E057", algorithm).items():
            whole = re.fullmatch(r"[0-9a-fA-F]+", digest) and len(digest) == _FIXITY[algorithm]
            _require(whole, "E057", f"{algorithm} {digest[:20]}")
            _require(digest.lower() not in seen, "E097", f"{algorithm} {digest[:20]} stands twice")
            seen.add(digest.lower())
            _require(_texts(paths), "E057", f"{algorithm}: a digest without a list of paths")
            for path in paths:
                _require(path in manifest, "E057", f"{path} is not in the manifest")
                yield algorithm, digest.lower(), path


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _odd(path: str) -> bool:
    too_long = len(path.encode(errors="surrogatepass")) > _LONGEST
    return too_long or any(part in ("", ".", "..") for part in path.split("/"))


def _nested(paths: Iterable[str]) -> str | None:
    """Return a path that is also the beginning of another, folder by folder."""
    known = set(paths)
    for path in known:
        parts = path.split("/")
        for end in range(1, len(parts)):
            if "/".join(parts[:end]) in known:
                return "/".join(parts[:end])
    return None
