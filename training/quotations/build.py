"""Rebuilds the shipped reader, and beside it the two that the ranker's training needs.

``python -m training.quotations.build UNPACKED ANNOTATED WORK FOLDER``, from the project's root.

Pre-trains the encoder, trains on one half of the articles, on the other, and on all. Exports the last to FOLDER and the
halves to WORK/readers, each with articles.txt, the ids it was trained on. The halves calibrate the confidence on each
other's articles. Every step is seeded and goes on where it stopped; a finished one is skipped.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

_EPOCHS = "12"
_FOLD_EPOCHS = "9"
_SEED = "3"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("unpacked", "annotated", "work", "folder"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    data = [str(options.unpacked), str(options.annotated)]
    encoder, half, rest, whole = (options.work / name for name in ("encoder", "half", "rest", "whole"))
    _step("pretrain", *data, encoder, "--epochs", "2")
    shares = ((half, ["--share", "0.5"]), (rest, ["--share", "0.5", "--complement"]), (whole, []))
    for run, share in shares:
        if not (run / "report.json").exists():
            epochs = _EPOCHS if run is whole else _FOLD_EPOCHS
            _step("train", *data, encoder, run, "--epochs", epochs, "--seed", _SEED, "--parse-weight", "0", *share)
    _step("calibrate", data[1], half, rest, "--check", whole)
    readers = options.work / "readers"
    for run, folder in ((half, readers / "half"), (rest, readers / "rest"), (whole, options.folder)):
        _step("export", run, folder, "--calibration", half / "calibration.json")


def _step(name: str, *arguments: object) -> None:
    command = [sys.executable, "-m", f"training.quotations.{name}", *map(str, arguments)]
    subprocess.run(command, check=True)  # noqa: S603 (our own modules)


if __name__ == "__main__":
    main()
