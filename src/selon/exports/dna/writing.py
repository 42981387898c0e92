"""Writing a ``.dna`` file: whole and held to its own rules, or not at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from selon.errors import InputError
from selon.exports.dna.schema import LAYOUTS, Tables


def write_dna(path: Path, tables: Tables) -> None:
    """Write the tables to a new file, which takes the place of an old one only when it is whole.

    Raises OSError, and InputError when the rows break a rule of DNA's (which is a fault of ours).
    """
    temporary = path.with_name(path.name + ".tmp")
    temporary.unlink(missing_ok=True)
    try:
        temporary.touch()  # says in plain words what is wrong with the place, if anything
        with closing(sqlite3.connect(temporary, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN")
            for name, layout in LAYOUTS.items():
                database.execute(layout.sql(name))
                places = ", ".join(f":{column}" for column in layout.columns)
                database.executemany(
                    f"INSERT INTO {name} ({', '.join(layout.columns)}) VALUES ({places})",  # noqa: S608 - our names
                    tables[name],
                )
            database.execute("COMMIT")
            broken = database.execute("PRAGMA foreign_key_check").fetchone()
            if broken:
                raise sqlite3.IntegrityError(f"{broken[0]} {broken[1]} refers to nothing in {broken[2]}")
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except sqlite3.OperationalError as error:
        raise OSError(0, str(error)) from error
    except sqlite3.Error as error:
        raise InputError(
            f"these rows break a rule of DNA: {error}", where=str(path), next="report it as a bug, with the ledger"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
