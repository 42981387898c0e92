"""Train the model that tells finite verbs, from Universal Dependencies treebanks; write it beside its language pack.

usage: python -m training.finite --treebanks DIR [--language fr] [--out src/selon/languages/fr]

DIR holds the unpacked ../shared/data/ud.tar.xz. Every tenth sentence is held out and measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
from collections import Counter
from collections.abc import Iterator

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from selon.attribution.finite import finite_features
from selon.languages import LanguagePack, load_pack
from training.card import Card, write_card

TREEBANKS = {"fr": "UD_French-*", "en": "UD_English-*"}
SKIPPED = ("ParisStories", "Rhapsodie")
"""Treebanks of spoken language have no punctuation to learn from."""
RARE = 3


def main() -> None:
    """Run the command."""
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--treebanks", type=pathlib.Path, required=True)
    parse.add_argument("--language", default="fr")
    parse.add_argument("--out", type=pathlib.Path)
    parse.add_argument("--penalty", type=float, default=2.0, help="C of the logistic regression")
    options = parse.parse_args()
    pack = load_pack(options.language)
    rows, labels, held = [], [], []
    for number, sentence in enumerate(sentences(options.treebanks, options.language)):
        for features, label in examples(sentence, pack):
            rows.append(features)
            labels.append(label)
            held.append(number % 10 == 0)
    counts = Counter(name for features in rows for name in features)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{name: 1 for name in features if counts[name] >= RARE} for features in rows])
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    truth, held_out = np.array(labels), np.array(held)
    model = LogisticRegression(C=options.penalty, solver="liblinear").fit(matrix[~held_out], truth[~held_out])
    guess = model.predict(matrix[held_out])
    hits = int((guess & truth[held_out]).sum())
    figure = f"finite verbs of every tenth sentence: precision {hits / guess.sum():.3f}, "
    figure += f"recall {hits / truth[held_out].sum():.3f} ({len(labels)} tokens in all)"
    print(figure)
    model = LogisticRegression(C=options.penalty, solver="liblinear").fit(matrix, truth)
    names = vectorizer.get_feature_names_out()
    weights = {str(n): round(float(w), 2) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.1}
    table = {
        "bias": round(float(model.intercept_[0]), 3),
        "weights": dict(sorted(weights.items())),
        "calibration": {"knots": [], "levels": []},
    }
    path = (options.out or pathlib.Path("src/selon/languages") / options.language) / "finite.json"
    path.write_text(json.dumps(table, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    print(f"{path}: {path.stat().st_size / 1024:.0f} kB, {len(weights)} weights, sha256 {digest[:16]}")
    write_card(path, _card(options.language, figure))


def _card(language: str, figure: str) -> Card:
    data = {
        "fr": ["UD French Sequoia (LGPL-LR)", "UD French GSD dev and test, PUD, FQB (CC BY-SA, LGPL-LR)"],
        "en": ["UD English EWT, PUD (CC BY-SA)"],
    }
    return Card(
        purpose="Tells finite verbs from other words by the word and two neighbours on each side.",
        data=data[language],
        licence="CC BY-SA 4.0 with the attributions above (treebanks: universaldependencies.org); code Apache-2.0.",
        figures=[figure],
        command=f"python -m training.finite --treebanks UNPACKED/ud --language {language}",
    )


Word = tuple[str, bool, bool]
"""A surface token, whether it is or holds a finite verb, and whether a blank follows."""


def sentences(folder: pathlib.Path, language: str) -> Iterator[list[Word]]:
    """The sentences of every CoNLL-U file of a language, as surface tokens."""
    for path in sorted(folder.glob(f"{TREEBANKS[language]}/**/*.conllu")):
        if any(name in str(path) for name in SKIPPED):
            continue
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            words = list(_surface(block))
            if words:
                yield words


def _surface(block: str) -> Iterator[Word]:
    until = 0
    joined: list[str] | None = None
    finite = False
    for line in block.splitlines():
        cells = line.split("\t")
        if len(cells) < 10 or "." in cells[0]:
            continue
        if "-" in cells[0]:
            until = int(cells[0].split("-")[1])
            joined, finite = cells, False
            continue
        here = "VerbForm=Fin" in cells[5]
        if joined is not None and int(cells[0]) <= until:
            finite = finite or here
            if int(cells[0]) == until:
                yield joined[1], finite, "SpaceAfter=No" not in joined[9]
                joined = None
            continue
        yield cells[1], here, "SpaceAfter=No" not in cells[9]


def examples(sentence: list[Word], pack: LanguagePack) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Features and label of each of our tokens; a token of ours is finite when the treebank's token at its place is."""
    text, starts = "", {}
    for form, finite, blank in sentence:
        for offset in range(len(form)):
            starts[len(text) + offset] = finite
        text += form + (" " if blank else "")
    tokens = pack.tokenizer(text)
    forms = ["<>", "<>", *(token.form for token in tokens), "<>", "<>"]
    for i, token in enumerate(tokens):
        yield (
            finite_features(forms, i + 2, token.text),
            bool(starts.get(token.start, False)) and not token.text.startswith("-"),
        )


if __name__ == "__main__":
    main()
