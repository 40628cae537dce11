"""Bad OCFL objects, one for each error code of the specification that an object can show.

Each is made from a good object of two versions, or from the storage root that it stands in, so that
as little as can be but the one rule is broken. Source: OCFL 1.1, validation codes
(https://ocfl.io/1.1/spec/validation-codes.html). It imports nothing of partydoc.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from torture import objects, spoil

#: Codes that tell tools what to do, or repeat another: no object can show them.
NOT_SHOWN = {
    "E013": "about operations; E012 shows the result",
    "E021": "E042 shows it: files in another folder than content",
    "E022": "about tools: other folders of a version are to be ignored",
    "E027": "about tools", "E028": "about tools", "E051": "about reading paths",
    "E062": "about the order of writing; E060 shows the result",
    "E074": "about several storage roots", "E087": "about tools", "E089": "about what to put in",
    "E098": "about reading paths",
}  # fmt: skip


#: Rules that ocfl-py does not look at.
UNSEEN = {
    "E055": "a fixity block under another key (E102)",
    "E081": "an object newer than its storage root",
    "E083": "an object where its id does not lead",
    "E090": "a link instead of a file",
    "E102": "a key that is not specified",
}


def spoilt(root: Path, folder: Path, code: str) -> tuple[Path, Path]:
    """Copy one good object and its storage root into a folder, and break a rule there.

    Return the root and the place where the object stood.
    """
    good = next(one for one in objects.objects(root) if _is_fit(one))
    copy = folder / "store"
    shutil.copytree(
        root, copy, ignore=lambda _where, names: [one for one in names if len(one) == 2]
    )
    shutil.copytree(good, copy / good.relative_to(root))
    for path in copy.rglob("*"):
        path.chmod(0o750 if path.is_dir() else 0o640)
    MAKERS[code](copy / good.relative_to(root))
    return copy, copy / good.relative_to(root)


def _is_fit(folder: Path) -> bool:
    return (folder / "v2" / "content" / "record.json").is_file() and not (folder / "v3").exists()


def second_opinion(root: Path, folder: Path) -> bool:
    """Whether ocfl-py finds a storage root and the object in it valid."""
    import ocfl
    from ocfl.validator import Validator

    try:
        storage = ocfl.StorageRoot(root=str(root))
        sound = storage.validate(validate_objects=False, log_warnings=False, log_errors=False)
        return sound and (not folder.is_dir() or Validator().validate_object(str(folder)))
    except (TypeError, ocfl.StorageRootException):  # it stumbles over what has another shape
        return False


_HEX = "0123456789abcdef" * 8
_ROOT_MARK = "0=ocfl_1.1"

MAKERS: dict[str, spoil.Maker] = {
    "E001": spoil.with_file("extra.txt"),
    "E002": spoil.renamed(spoil.MARK, "0 ocfl_object_1.1"),
    "E003": spoil.with_file("0=ocfl_object_1.0", b"ocfl_object_1.0\n"),
    "E004": spoil.renamed(spoil.MARK, "ocfl_object_1.1"),
    "E005": spoil.renamed(spoil.MARK, "1=ocfl_object_1.1"),
    "E006": spoil.renamed(spoil.MARK, "0=ocfl_thing_1.1"),
    "E007": spoil.replaced(spoil.MARK, b"something else\n"),
    "E008": spoil.with_value("versions", {}),
    "E009": spoil.versions_named({"v2": "v3", "v1": "v2"}),
    "E010": spoil.versions_named({"v2": "v3"}),
    "E011": spoil.ten_padded,
    "E012": spoil.versions_named({"v2": "v02"}),
    "E014": spoil.with_paths(lambda names: ["v02/content/record.json"]),
    "E015": spoil.with_file("v1/extra.txt"),
    "E016": spoil.renamed("v2/content", "v2/elsewhere"),
    "E017": spoil.with_value("contentDirectory", "con/tent"),
    "E018": spoil.with_value("contentDirectory", ".."),
    "E019": spoil.with_value("contentDirectory", "content"),
    "E020": spoil.earlier(lambda said: said.update({"contentDirectory": "other"})),
    "E023": spoil.with_file("v2/content/extra.txt"),
    "E024": lambda folder: (folder / "v2" / "content" / "empty").mkdir(),
    "E025": spoil.with_value("digestAlgorithm", "md5"),
    "E026": spoil.with_fixity({"adler32": {"11e60398": ["PATH"]}}),
    "E029": spoil.with_fixity({"sha1": {"x" * 40: ["PATH"]}}),
    "E030": spoil.with_fixity({"sha256": {"x" * 64: ["PATH"]}}),
    "E031": spoil.in_manifest(spoil.not_hexadecimal),
    "E032": spoil.with_fixity({"blake2b-512": {"x" * 128: ["PATH"]}}),
    "E033": spoil.no_json,
    "E034": spoil.renamed("inventory.json", "inventory.js"),
    "E035": spoil.with_content_path("v2\\content\\record.json"),
    "E036": spoil.without("id"),
    "E037": spoil.with_value("id", ""),
    "E038": spoil.with_value("type", "https://ocfl.io/1.9/spec/#inventory"),
    "E039": spoil.with_value("digestAlgorithm", "sha256"),
    "E040": spoil.with_value("head", "v1"),
    "E041": spoil.without("manifest"),
    "E042": spoil.with_paths(lambda names: ["record.json"]),
    "E043": spoil.without("versions"),
    "E044": spoil.with_value("versions", []),
    "E045": spoil.with_value("versions", "v1"),
    "E046": lambda folder: (folder / "v3").mkdir(),
    "E047": spoil.edited(lambda said: said["versions"].update({"v1": []})),
    "E048": spoil.edited(lambda said: spoil.newest(said).pop("created")),
    "E049": spoil.in_version("created", "2026-03-02"),
    "E050": spoil.edited(lambda said: spoil.newest(said)["state"].update({_HEX: ["other.txt"]})),
    "E052": spoil.with_path("../record.json"),
    "E053": spoil.with_path("/record.json"),
    "E054": spoil.in_version("user", {"address": "mailto:somebody@example.org"}),
    "E055": spoil.edited(lambda said: said.update({"fixities": said.pop("fixity")})),
    "E056": spoil.with_fixity({"fnv1a": {"11e60398": ["PATH"]}}),
    "E057": spoil.with_fixity({"sha256": {_HEX[:64]: "PATH"}}),
    "E058": lambda folder: (folder / "inventory.json.sha512").unlink(),
    "E059": spoil.renamed("inventory.json.sha512", "inventory.json.sha256"),
    "E060": spoil.replaced("inventory.json.sha512", f"{_HEX} inventory.json\n".encode()),
    "E061": spoil.replaced("inventory.json.sha512", f"{_HEX}\n".encode()),
    "E063": lambda folder: (folder / "inventory.json").unlink(),
    "E064": lambda folder: spoil.write(folder / "v2", spoil.read(folder) | {"more": 1}),
    "E066": spoil.earlier(lambda said: said["versions"]["v1"]["state"].update(
        {next(iter(said["manifest"])): ["another-name.txt"]})),
    "E067": spoil.with_file("extensions/extra.txt"),
    "E069": spoil.in_root(lambda root: (root / _ROOT_MARK).unlink()),
    "E070": spoil.with_layout({"extension": "0003-hash-and-id-n-tuple-storage-layout"}),
    "E071": spoil.with_layout({"extension": "no-such-layout", "description": "none"}),
    "E072": spoil.in_root(spoil.with_file("00/extra.txt")),
    "E073": spoil.in_root(lambda root: (root / "00" / "00").mkdir(parents=True)),
    "E075": spoil.in_root(spoil.renamed(_ROOT_MARK, "0 ocfl_1.1")),
    "E076": spoil.in_root(spoil.with_file("0=ocfl_1.0", b"ocfl_1.0\n")),
    "E077": spoil.in_root(spoil.renamed(_ROOT_MARK, "ocfl_1.1")),
    "E078": spoil.in_root(spoil.renamed(_ROOT_MARK, "1=ocfl_1.1")),
    "E079": spoil.in_root(spoil.renamed(_ROOT_MARK, "0=ocfl_root_1.1")),
    "E080": spoil.in_root(spoil.replaced(_ROOT_MARK, b"something else\n")),
    "E081": spoil.in_root(spoil.older_root),
    "E082": spoil.nested,
    "E083": spoil.misplaced,
    "E084": spoil.in_root(spoil.with_file("00/00/extra.txt")),
    "E085": spoil.in_root(lambda root: (root / "00").mkdir()),
    "E088": spoil.in_root(spoil.with_file("other/extra.txt")),
    "E090": spoil.linked,
    "E092": spoil.with_paths(lambda names: names[0]),
    "E093": spoil.with_fixity({"sha256": {_HEX[:64]: ["PATH"]}}),
    "E094": spoil.in_version("message", ["not", "text"]),
    "E095": spoil.edited(spoil.one_path_twice),
    "E096": spoil.in_manifest(spoil.twice_in_manifest),
    "E097": spoil.with_fixity({"sha256": {_HEX[:64]: ["PATH"], _HEX[:64].upper(): ["PATH"]}}),
    "E099": spoil.with_content_path("v2/content/../record.json"),
    "E100": spoil.with_content_path("/v2/content/record.json"),
    "E101": spoil.with_paths(lambda names: names * 2),
    "E102": spoil.with_value("remark", "no such key"),
    "E103": spoil.older_than_before,
    "E104": spoil.versions_named({"v2": "version2"}),
    "E105": spoil.versions_named({"v1": "v0"}),
    "E106": spoil.with_value("manifest", []),
    "E107": spoil.unused,
    "E108": spoil.with_value("contentDirectory", "content/deeper"),
    "E110": spoil.earlier(lambda said: said.update({"id": "urn:sha256:" + "0" * 64})),
    "E111": spoil.with_value("fixity", []),
    "E112": spoil.in_root(spoil.with_file("extensions/extra.txt")),
}  # fmt: skip
