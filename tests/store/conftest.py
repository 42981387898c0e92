import itertools
import shutil
import sys
from pathlib import Path

import pytest

from selon.store import Ledger

sys.path.insert(0, str(Path(__file__).parent))
import made


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory):
    """A new ledger, made once and copied, which is quicker than making it."""
    folder = tmp_path_factory.mktemp("empty") / "ledger"
    Ledger.create(folder).close()
    return folder


@pytest.fixture
def ledger(tmp_path, empty_folder):
    shutil.copytree(empty_folder, tmp_path / "ledger")
    with Ledger.open(tmp_path / "ledger") as ledger:
        yield ledger


@pytest.fixture
def fill(ledger):
    """Put outcomes into the ledger as one run would."""
    numbers = itertools.count(1)

    def fill(*outcomes, digest="d", into=None):
        target = into or ledger
        with target.writing():
            made.stage(target, *outcomes, digest=digest, run=next(numbers))
            target.absorb()
        return target

    return fill


@pytest.fixture(name="stage")
def stage_fixture():
    return made.stage
