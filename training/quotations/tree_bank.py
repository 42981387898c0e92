"""French Universal Dependencies cut into the engine's words: part of speech, head and relation of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.quotations.lexical import PARAGRAPH
from training.quotations.tokenization import tokenize

PARTS = (
    "_",
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
)
RELATIONS = (
    "_", "root", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "compound",
    "conj", "cop", "csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj",
    "mark", "nmod", "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "vocative",
    "xcomp",
)  # fmt: skip
WRITTEN = ("Sequoia", "GSD", "PUD", "FQB")
SPOKEN = ("ParisStories", "Rhapsodie")


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence between two breaks; heads are places in ``words`` (the root's is 0, the first break).

    Relation 0 = unknown.
    """

    words: tuple[str, ...]
    parts: tuple[int, ...]
    heads: tuple[int, ...]
    relations: tuple[int, ...]


def read_trees(unpacked: Path, held_out: str = "fr_sequoia-ud-test") -> tuple[list[Tree], list[Tree]]:
    """Trees to learn from, and those of the file ``held_out``."""
    kept: list[Tree] = []
    tested: list[Tree] = []
    for file in sorted(unpacked.glob("ud/UD_French-*/*.conllu")):
        (tested if file.stem == held_out else kept).extend(_read(file))
    return kept, tested


def _read(file: Path) -> Iterator[Tree]:
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().split("\n")
        text = next((line[9:] for line in lines if line.startswith("# text = ")), None)
        if text:
            tree = _tree(text, [line.split("\t") for line in lines if line and not line.startswith("#")])
            if tree is not None:
                yield tree


def _tree(text: str, rows: list[list[str]]) -> Tree | None:
    """None where the words of the treebank cannot be found in its text."""
    spans: dict[int, tuple[int, int]] = {}
    cursor, surface_end, surface = 0, 0, (0, 0)
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            last = int(row[0].split("-")[1])
            start = text.find(row[1], cursor)
            if start < 0:
                return None
            surface, surface_end, cursor = (start, start + len(row[1])), last, start + len(row[1])
            continue
        number = int(row[0])
        if number > surface_end:
            start = text.find(row[1], cursor)
            if start < 0 or start > cursor + 3:
                return None
            surface = (start, start + len(row[1]))
            cursor = surface[1]
        spans[number] = surface
    return _aligned(text, rows, spans)


def _aligned(text: str, rows: list[list[str]], spans: dict[int, tuple[int, int]]) -> Tree | None:
    tokens = tokenize(text)
    cells = {int(row[0]): row for row in rows if row[0].isdigit()}
    owner: dict[int, int] = {}
    members: list[list[int]] = [[] for _ in tokens]
    place = 0
    for number, (start, end) in sorted(spans.items()):
        while place < len(tokens) - 1 and tokens[place].end <= start:
            place += 1
        owner[number] = place
        members[place].append(number)
        for later in range(place + 1, len(tokens)):
            if tokens[later].start >= end:
                break
            members[later].append(number)
    parts, heads, relations = [0], [0], [0]
    for place, numbers in enumerate(members):
        head = next((number for number in numbers if owner.get(int(cells[number][6]), -1) != place), None)
        if head is None or owner[head] != place:
            parts.append(0), heads.append(owner[head] + 1 if head is not None else 0), relations.append(0)
            continue
        row = cells[head]
        relation = row[7] if row[7] in RELATIONS else row[7].split(":")[0]
        parts.append(PARTS.index(row[3]) if row[3] in PARTS else 0)
        heads.append(owner[int(row[6])] + 1 if row[6] != "0" else 0)
        relations.append(RELATIONS.index(relation) if relation in RELATIONS else 0)
    breaks = [0]
    return Tree(
        (PARAGRAPH, *(token.text for token in tokens), PARAGRAPH),
        tuple(parts + breaks),
        tuple(heads + breaks),
        tuple(relations + breaks),
    )
