import sys
from types import SimpleNamespace

import pytest

from selon import cli
from selon.store import Ledger

HOUSE = (
    "La mairie ferme le vieux pont\n\n"
    "« Nous fermons le pont de Brisecaille dès lundi », a déclaré mardi la maire de Port-Aubin, Solène Kermarrec. "
    "Elle a ajouté que les travaux dureraient « au moins six mois ».\n\n"
    "Selon le préfet Anatole Vaugrenard, aucun bus scolaire ne sera détourné par la commune voisine de Hautebrise.\n"
)
OTHER = (
    "À Port-Aubin, le pont de la discorde\n\n"
    "Le président des commerçants, Isidore Malaquin, a dénoncé « une décision brutale ». Solène Kermarrec lui a "
    "répondu que la sécurité du pont de Brisecaille n'attendait pas. « Nous avons prévenu tout le monde », "
    "a assuré la maire.\n\n"
    "Le préfet Anatole Vaugrenard a promis une visite du chantier avec les élus de Hautebrise.\n"
)
HOSTILE = (
    "Le piège\n\n« Ceci \x1b[31mrougit\x1b[0m et \u202etourne\u202c », a déclaré hier devant la presse Jean Dupont à "
    "la sortie du conseil des ministres, qui s'est tenu comme chaque semaine dans le palais de la présidence.\n"
)


@pytest.fixture(scope="session")
def pile(tmp_path_factory):
    """A folder with three articles, a picture and an empty file."""
    folder = tmp_path_factory.mktemp("pile")
    (folder / "maire.txt").write_text(HOUSE, encoding="utf-8")
    (folder / "discorde.txt").write_text(OTHER, encoding="utf-8")
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "photo.txt").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20)
    return folder


@pytest.fixture(scope="session")
def ledger(pile, tmp_path_factory):
    """The ledger of the pile."""
    folder = tmp_path_factory.mktemp("ledger") / "ledger"
    monkey = pytest.MonkeyPatch()
    monkey.setattr(sys, "argv", ["selon", "run", str(pile), "--ledger", str(folder), "--workers", "1"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code in (0, None)
    monkey.undo()
    return folder


@pytest.fixture
def opened(ledger):
    with Ledger.open(ledger) as opened:
        yield opened


@pytest.fixture
def selon(monkeypatch, capfd):
    """Run a command in this process; gives its exit code and what it wrote."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["selon", *map(str, arguments)])
        capfd.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as left:
            code = left.code or 0
        out, err = capfd.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return run
