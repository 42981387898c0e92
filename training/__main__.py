"""Rebuilds every model that ships, step by step: seeded, logged, on a CPU; a finished step is skipped the next time.

    python -m training [--shared ../shared] [--work ../selon-training] [--only STEP ...] [--again STEP ...] [--list]

WORK takes the unpacked archives, the networks in the making, ``logs/STEP.log`` and ``done/STEP``. Each step writes its
model and card into the package and prints its figures. What they do and how long they take: ``training/README.md``.
Exit codes: 0 all done, 1 a step failed (its log says why), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
PACKS = ROOT / "src" / "selon" / "languages"


@dataclass(frozen=True, slots=True)
class Step:
    """A model: the module that trains it, and its arguments, in which {shared}, {unpacked}, {work}, {packs} stand."""

    name: str
    module: str
    arguments: str


STEPS = (
    Step("reader", "training.quotations.build", "{unpacked} {shared}/data/quotations {work}/reader {packs}/fr/reader"),
    Step(
        "attribution-fr",
        "training.attribution",
        "--shared {shared} --language fr --reader {work}/reader/readers/half --reader {work}/reader/readers/rest",
    ),
    Step("finite-en", "training.finite", "--treebanks {unpacked}/ud --language en"),
    Step("attribution-en", "training.attribution", "--shared {shared} --language en"),
    Step("speakers", "training.resolution", "{shared}"),
    Step("embedding", "training.embedding", "{unpacked}/parallel --shared {shared}"),
    Step("register", "training.register", "--gazetteer {unpacked}/gazetteer"),
    Step("utterances", "training.utterances", "--shared {shared}"),
    Step("positions", "training.positions.build", "{shared}"),
    Step("pairs", "training.positions.judge", "{unpacked}"),
)
"""In the order of what needs what: a ranker reads beside the network and sees what the judge of finite verbs says;
utterances and positions read the word vectors, positions the utterances."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the steps that are wanted and not done; returns the exit code."""
    wanted = _arguments(arguments)
    steps = [step for step in STEPS if not wanted.only or step.name in wanted.only]
    places = {"shared": wanted.shared, "unpacked": wanted.work / "data", "work": wanted.work, "packs": PACKS}
    if wanted.list:
        for step in steps:
            print(f"{step.name:<16}{' '.join(_command(step, places)[1:])}")
        return 0
    _unpack(wanted.shared / "data", wanted.work / "data")
    for step in steps:
        done = wanted.work / "done" / step.name
        if done.exists() and step.name not in wanted.again:
            print(f"{step.name}: done before ({done.read_text().strip()}); --again {step.name} repeats it")
        elif not _run(step, _command(step, places), wanted.work):
            return 1
    return 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=(__doc__ or "").splitlines()[0])
    names = [step.name for step in STEPS]
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where the data lie")
    parser.add_argument(
        "--work", type=Path, default=ROOT.parent / "selon-training", help="where everything in between goes"
    )
    parser.add_argument("--only", nargs="+", choices=names, default=[], metavar="STEP", help="these steps alone")
    parser.add_argument("--again", nargs="+", choices=names, default=[], metavar="STEP", help="though they are done")
    parser.add_argument("--list", action="store_true", help="print the commands and run none")
    wanted = parser.parse_args(arguments)
    if not wanted.list and not (wanted.shared / "data").is_dir():
        parser.error(f"no data in {wanted.shared / 'data'}: say where they lie with --shared")
    return wanted


def _command(step: Step, places: dict[str, Path]) -> list[str]:
    return [sys.executable, "-m", step.module, *(part.format_map(places) for part in step.arguments.split())]


def _unpack(data: Path, unpacked: Path) -> None:
    """Every archive into a folder, each once: an archive that was cut off is unpacked again."""
    unpacked.mkdir(parents=True, exist_ok=True)
    for archive in sorted(data.glob("*.tar.xz")):
        done = unpacked / f".{archive.name}"
        if not done.exists():
            print(f"unpacking {archive.name}", flush=True)
            with tarfile.open(archive) as file:
                file.extractall(unpacked, filter="data")
            done.touch()


def _run(step: Step, command: list[str], work: Path) -> bool:
    """One step, its output shown and kept in its log; whether it ended well."""
    log = work / "logs" / f"{step.name}.log"
    for folder in (log.parent, work / "done"):
        folder.mkdir(parents=True, exist_ok=True)
    print(f"{step.name}: {' '.join(command[1:])}", flush=True)
    started = monotonic()
    with (
        log.open("a", encoding="utf-8") as kept,
        subprocess.Popen(  # noqa: S603  our own modules
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        ) as process,
    ):
        for line in process.stdout or ():
            sys.stdout.write(line)
            kept.write(line)
    if process.returncode:
        print(f"{step.name}: ended with {process.returncode}; see {log}, mend it, run the same command again")
        return False
    (work / "done" / step.name).write_text(f"in {monotonic() - started:.0f} s\n", encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
