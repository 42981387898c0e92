"""A language pack: a folder of data files, loaded once into one frozen object with the hash of all it read."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from selon.errors import PackError
from selon.tokens import Tokenizer


@dataclass(frozen=True)
class LanguagePack:
    """The data of one language; each file is read once, on first use.

    ``rows(name)`` reads ``name.tsv`` (a header line, then rows) as dictionaries, ``words(name)`` reads ``name.txt``
    (one entry a line), ``table(name)`` reads ``name.toml``; ``#`` opens a comment line everywhere. Raises PackError on
    damage.
    """

    code: str
    folder: Traversable

    @cached_property
    def _cache(self) -> dict[str, Any]:
        return {}

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer that ``[tokens]`` of pack.toml describes."""
        return Tokenizer(**self.table("pack").get("tokens", {}))

    @cached_property
    def fingerprint(self) -> str:
        """A hash of every data file of the pack, those in sub-folders too, for run records."""
        digest = hashlib.sha256()
        for name, entry in sorted(_files(self.folder), key=lambda named: named[0]):
            digest.update(name.encode())
            digest.update(entry.read_bytes())
        return digest.hexdigest()[:16]

    def table(self, name: str) -> Mapping[str, Any]:
        """The contents of ``name.toml``."""
        key = f"{name}.toml"
        if key not in self._cache:
            try:
                self._cache[key] = tomllib.loads(self._read(key))
            except tomllib.TOMLDecodeError as error:
                raise PackError(f"damaged TOML: {error}", where=self._place(key), next="mend the file") from error
        table: Mapping[str, Any] = self._cache[key]
        return table

    def words(self, name: str) -> tuple[str, ...]:
        """The lines of ``name.txt``."""
        key = f"{name}.txt"
        if key not in self._cache:
            self._cache[key] = tuple(line for _, line in self._lines(key))
        words: tuple[str, ...] = self._cache[key]
        return words

    def rows(self, name: str) -> tuple[Mapping[str, str], ...]:
        """The rows of ``name.tsv``, keyed by its header line; each row must have as many cells as the header."""
        key = f"{name}.tsv"
        if key not in self._cache:
            self._cache[key] = self._parsed(key)
        rows: tuple[Mapping[str, str], ...] = self._cache[key]
        return rows

    def model(self, name: str) -> bytes | None:
        """The bytes of the trained model ``name``, or None when the pack has none of that name."""
        entry = self.folder / name
        return entry.read_bytes() if entry.is_file() else None

    def _parsed(self, key: str) -> tuple[Mapping[str, str], ...]:
        lines = self._lines(key)
        if not lines:
            return ()
        header = lines[0][1].split("\t")
        rows = []
        for number, line in lines[1:]:
            cells = line.split("\t")
            if len(cells) != len(header):
                raise PackError(
                    f"line {number} has {len(cells)} cells, the header {len(header)}",
                    where=self._place(key),
                    next="separate cells by one tab each",
                )
            rows.append(dict(zip(header, cells, strict=True)))
        return tuple(rows)

    def _lines(self, key: str) -> list[tuple[int, str]]:
        numbered = enumerate(self._read(key).splitlines(), start=1)
        return [(number, line) for number, line in numbered if line.strip() and not line.startswith("#")]

    def _read(self, key: str) -> str:
        try:
            return (self.folder / key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise PackError(f"cannot read: {error}", where=self._place(key), next="reinstall selon") from error

    def _place(self, key: str) -> str:
        return f"language pack {self.code}, {key}"


@cache
def load_pack(code: str) -> LanguagePack:
    """The pack of a language (``fr``, ``en``). Raises PackError when there is none."""
    folder = resources.files("selon.languages") / code
    if not code.isalpha() or not (folder / "pack.toml").is_file():
        known = ", ".join(languages())
        raise PackError(f"no language pack {code!r}", where="selon.languages", next=f"use one of {known}")
    return LanguagePack(code, folder)


@cache
def languages() -> tuple[str, ...]:
    """The codes of all packs that are installed."""
    folders = resources.files("selon.languages").iterdir()
    return tuple(sorted(entry.name for entry in folders if entry.is_dir() and (entry / "pack.toml").is_file()))


def _files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    """Every file under ``folder`` with its name from there, in no order."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry
