"""What a document was read with: the code of the stages, the data of the packs, the settings that matter."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import selon
from selon.languages.pack import languages, load_pack
from selon.records import Document
from selon.settings import Settings

_STAGES = ("reading", "attribution", "resolution", "languages", "models")
_MODULES = ("pipeline.py", "tokens.py", "records.py", "offsets.py")


@dataclass(frozen=True, slots=True)
class Recipe:
    """``code`` is version and hash of the stages' code, ``data`` a hash for each pack, ``settings`` those that matter.

    Two runs with the same ``key`` give the same outcome for the same document.
    """

    code: str
    data: dict[str, str]
    settings: dict[str, str | float]

    @property
    def key(self) -> str:
        """A short hash of all three."""
        return _hashed(repr((self.code, sorted(self.data.items()), sorted(self.settings.items()))).encode())


def recipe(settings: Settings) -> Recipe:
    """The recipe of a run with these settings. Raises PackError."""
    limits = settings.limits
    return Recipe(
        code=f"{selon.__version__}+{code_hash(*_MODULES, *_STAGES)}",
        data={code: load_pack(code).fingerprint for code in languages()},
        settings={
            "language": settings.language,
            "size": limits.size,
            "seconds": limits.seconds,
            "memory": limits.memory,
        },
    )


def digest(document: Document) -> str:
    """A hash of all that came in with a document, but not of where it stood."""
    data = document.data if isinstance(document.data, bytes) else document.data.encode("utf-8", "surrogatepass")
    said = (document.media_type, document.url, document.outlet, document.title, document.published, document.language)
    return _hashed("\x1f".join(said).encode("utf-8", "surrogatepass") + b"\x1f" + data)


@cache
def code_hash(*names: str) -> str:
    """A short hash of modules (``records.py``) and packages (``matching``) of selon, with all that lies in them."""
    root = resources.files("selon")
    found = hashlib.sha256()
    for name in names:
        _add(found, root / name)
    return found.hexdigest()[:8]


def _add(found: hashlib._Hash, entry: Traversable) -> None:
    if entry.is_dir():
        for inner in sorted(entry.iterdir(), key=lambda each: each.name):
            _add(found, inner)
    elif entry.is_file() and not entry.name.endswith(".pyc"):
        found.update(entry.name.encode())
        found.update(entry.read_bytes())


def _hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
