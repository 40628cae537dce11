"""An archive in the middle of its life, made with the real commands: what campaigns work on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from torture import child, oracle
from torture.ready import paper

FOLDER = "A29-01-0003"
#: The engines of search that an archive may have.
ENGINES = ("whoosh", "tantivy")
#: What only one paper says: its name -> a word.
CANARIES = {"secret": "bạchyếnkín", "marked": "hoàngoanhẩn", "veiled": "sơncavắng"}
#: What stands in the archive: name -> the file.
PAPERS: Mapping[str, bytes] = {
    "one": paper("BÁO CÁO\nvề nước sạch"),
    "two": paper("THÔNG BÁO\nvề trường học"),
    "three": paper("NGHỊ QUYẾT\nvề đường liên xã"),
    "secret": paper(f"MẬT\nvề {CANARIES['secret']}"),
    "unsure": paper("TỜ TRÌNH\nvề chợ xã", "unsure"),
    "unread": paper("KẾ HOẠCH\nvề trồng rừng"),
}
#: What was corrected, and told to be saved, before anything happened: name -> field -> value.
SAID = {"one": {"place": "Hà Mẫu"}, "two": {"place": "Hà Mẫu"}}


@dataclass(frozen=True)
class Stock:
    """An archive: `inputs`, the sha-256 of each file that was ever complete in its inbox; `said`,
    what people were told is saved; `memory`, where a person's own files lie; `person`, who works;
    `typed`, what that person types.
    """

    root: Path
    memory: Path
    inputs: tuple[str, ...] = ()
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    person: str = "torture"
    typed: str = ""

    @property
    def outside(self) -> Path:
        """A folder from which files are brought, and only read; its copies share it."""
        return self.memory / "outside"

    @property
    def work(self) -> Path:
        """A place outside the archive that belongs to it."""
        return self.root.with_name(f"{self.root.name}-work")

    @property
    def env(self) -> dict[str, str]:
        """What a command needs in its environment."""
        state = {"XDG_STATE_HOME": str(self.memory), "XDG_DATA_HOME": str(self.memory)}
        return {**state, "PARTYDOC_LANG": "en", "TORTURE_PERSON": self.person,
                "TORTURE_TYPED": self.typed}  # fmt: skip

    def run(self, *words: str, how: Callable[..., child.Ran] = child.run, **env: str) -> child.Ran:
        """Run one command on it; `how` is `child.run`, `child.program` or the like."""
        return how("-a", self.root, *words, env={**self.env, **env})

    def must(self, *words: str, **env: str) -> child.Ran:
        """Run a command that cannot fail."""
        ran = self.run(*words, **env)
        if ran.code:
            raise RuntimeError(f"{' '.join(words)}: exit {ran.code}: {ran.err}")
        return ran

    def bring(self, papers: Mapping[str, bytes]) -> Stock:
        """Put complete files into the inbox."""
        for name, data in papers.items():
            (self.root / "inbox" / f"{name}.pdf").write_bytes(data)
        new = (oracle.sha256(data) for data in papers.values())
        return replace(self, inputs=tuple(dict.fromkeys((*self.inputs, *new))))

    def saying(self, said: Mapping[str, Mapping[str, Any]]) -> Stock:
        """Return it as it is when something more has been said: name -> field -> value."""
        new = {ident(name): {**self.said.get(ident(name), {}), **one} for name, one in said.items()}
        return replace(self, said={**self.said, **new})

    def at(self, root: Path) -> Stock:
        """Return it as it stands at another place."""
        return replace(self, root=root)

    def copy(self, root: Path) -> Stock:
        """Return a copy of it, at another place."""
        shutil.copytree(self.root, root, symlinks=True)
        return self.at(root)


def ident(name: str) -> str:
    """Return the id of one of the papers."""
    return oracle.sha256(PAPERS[name])


def make(folder: Path, engine: str = ENGINES[0]) -> Stock:
    """Make the archive in `folder/archive`."""
    stock = empty(folder, engine)
    parts = {name: {name: PAPERS[name]} for name in PAPERS}
    stock = stock.bring({name: PAPERS[name] for name in ("one", "two", "three")})
    stock.must("scan", "--folder", FOLDER, "--unclassified")
    stock = stock.bring(parts["secret"] | parts["unsure"])
    stock.must("scan", "--folder", FOLDER)
    stock = stock.bring(parts["unread"])
    stock.must("scan", "--folder", FOLDER, "--no-ocr")
    for name, said in SAID.items():
        stock.must("edit", ident(name), *(f"{one}={value}" for one, value in said.items()))
    stock = stock.saying(SAID)
    if engine == ENGINES[0]:
        _rehearse(stock)
    return stock


def _rehearse(stock: Stock) -> None:
    """Do once, on a copy, what will be done thousands of times."""
    now = stock.copy(stock.root.with_name("rehearsal")).bring({"new": paper("BÁO CÁO\nvề chợ xã")})
    for words in (
        ("scan", "--folder", FOLDER), ("edit", ident("two"), "place=Hà Nội"), ("search", "chợ xã"),
        ("classify", ident("one"), "--secret", "mat"), ("index", "--rebuild"),
    ):  # fmt: skip
        child.rehearse("-a", now.root, *words, env=now.env)
    shutil.rmtree(now.root)


def empty(folder: Path, engine: str = ENGINES[0]) -> Stock:
    """Make an archive of one empty folder, whose inbox counts as quiet at once."""
    stock = Stock(folder / "archive", folder / "memory")
    stock.memory.mkdir(parents=True, exist_ok=True)
    words = ("--network", "connected", "--engine", engine)
    made = child.run("init", stock.root, *words, env=stock.env)
    if made.code:
        raise RuntimeError(f"init: exit {made.code}: {made.err}")
    settings = stock.root / "partydoc.toml"
    text = settings.read_text("utf-8")
    settings.chmod(0o640)
    settings.write_text(text.replace("quiet = 30", "quiet = 0"), "utf-8")
    for kind, reference in (("fonds", "A29"), ("inventory", "A29-01"), ("folder", FOLDER)):
        stock.must("catalogue", "add", kind, reference, "--title", "Nghị quyết")
    return stock


@contextmanager
def fast_folder() -> Iterator[Path]:
    """Make a folder for a while, in memory where there is one: for work that syncs a lot."""
    memory = Path("/dev/shm")
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    # Tantivy may still make its lock file anew while the folder is being removed.
    with TemporaryDirectory(dir=memory if usable else None, ignore_cleanup_errors=True) as name:
        yield Path(name)
