"""What is wrong with a file is mended and told, or the file is refused with a line that says why."""

import random
import sqlite3
from contextlib import closing, suppress

import pytest

from selon.errors import InputError, UnknownFormat, UnreadableFile
from selon.exports.dna.reading import read_dna
from selon.exports.dna.taken import taken


def told(file):
    return [str(repair) for repair in file.repairs]


def test_a_sound_file_is_read_as_it_is(dna):
    file = read_dna(dna())
    assert told(file) == []
    assert [row["Name"] for row in file.tables["CODERS"]] == ["Admin", "Anna"]
    assert [(row["Start"], row["Stop"]) for row in file.tables["STATEMENTS"]] == [(0, 29), (30, 52), (30, 52)]
    assert "STATEMENTS" not in file.codebook
    assert "ENTITIES" in file.codebook


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no SQLite database"),
        (b"not a database at all", "no SQLite database"),
        (b"<?xml version='1.0'?><statementCollection/>", "a file of DNA 1"),
    ],
)
def test_what_is_no_database_is_refused(tmp_path, data, why):
    (tmp_path / "x.dna").write_bytes(data)
    with pytest.raises(UnknownFormat, match=why):
        read_dna(tmp_path / "x.dna")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableFile, match="No such file"):
        read_dna(tmp_path / "x.dna")


def test_a_file_of_dna_2_is_refused(loose):
    with pytest.raises(UnknownFormat, match=r"a file of DNA 2 .* import this file into it"):
        read_dna(loose("UPDATE SETTINGS SET Value = '2.0 beta 25' WHERE Property = 'version'"))


def test_a_file_of_dna_4_is_refused(loose):
    with pytest.raises(UnknownFormat, match="a file of DNA 4"):
        read_dna(loose("UPDATE SETTINGS SET Value = '4.0' WHERE Property = 'version'"))


def test_another_database_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x.dna")) as database:
        database.execute("CREATE TABLE DOCUMENTS (ID)")
    with pytest.raises(UnknownFormat, match="not one of DNA 3: no table STATEMENTS"):
        read_dna(tmp_path / "x.dna")


def test_a_view_is_no_table(loose):
    path = loose("CREATE VIEW STATEMENTS AS SELECT 1 AS ID", without=("STATEMENTS",))
    with pytest.raises(UnknownFormat, match="no table STATEMENTS"):
        read_dna(path)


def test_a_damaged_file_is_refused(dna):
    path = dna(text="Le pont. " * 20_000)
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = bytes(len(data) // 2 - 4096)
    path.write_bytes(data)
    with pytest.raises(InputError, match="the file is damaged"):
        read_dna(path)


def test_a_cut_file_is_refused(dna):
    path = dna(text="Le pont. " * 20_000)
    path.write_bytes(path.read_bytes()[: 4096 * 3])
    with pytest.raises(InputError, match="the file is damaged"):
        read_dna(path)


def test_damage_in_the_names_is_damage_too(dna):
    """SQLite's message about it holds the damaged bytes."""
    path = dna()
    data = path.read_bytes().replace(b"PermissionEditRegex INTEGER", b"PermissionEditR\xe9gex INTEGER", 1)
    path.write_bytes(data.replace(b"CREATE TABLE SETTINGS", b"CREATE TABL\xc9 SETTINGS", 1))
    with pytest.raises(InputError, match="the file is damaged: its schema is no text"):
        read_dna(path)


@pytest.mark.parametrize("seed", range(40))
def test_a_file_with_bytes_changed_is_read_or_refused(dna, seed):
    """Nothing but a SelonError may come of it."""
    path, chance = dna(), random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 5, 50))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)
    with suppress(InputError):
        taken(read_dna(path))


def test_reading_changes_nothing(loose):
    path = loose("UPDATE STATEMENTS SET Start = 90, Stop = 3")
    before = path.read_bytes()
    read_dna(path)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("change", ["UPDATE CODERS SET Password = ''", "UPDATE CODERS SET Password = NULL"])
def test_a_coder_without_a_password(loose, change):
    file = read_dna(loose(change))
    assert "CODERS 2: Anna has no password: an export gives one (see the docs)" in told(file)


def test_a_file_without_coders(loose):
    file = read_dna(loose("DELETE FROM CODERS", "DELETE FROM CODERRELATIONS"))
    assert told(file)[0] == "CODERS: the file names no coder: Admin is taken for all"
    assert {row["Coder"] for row in file.tables["STATEMENTS"]} == {1}


def test_a_column_that_is_missing(loose):
    file = read_dna(loose("ALTER TABLE CODERS DROP COLUMN Password"))
    assert "CODERS: no column Password: its default is taken" in told(file)


@pytest.mark.parametrize(
    ("start", "stop", "why", "words"),
    [
        (3, 3, "marks nothing", "maire,"),
        (29, 29, "marks nothing", "La"),
        (8, 3, "turned round", "maire"),
        (60, 900, "cut to it", "n.\nFin."),
        (900, 950, "marks nothing", "Fin."),
        (-4, 2, "cut to it", "Le"),
    ],
)
def test_spans_that_mark_no_words(loose, start, stop, why, words):
    file = read_dna(loose(f"UPDATE STATEMENTS SET Start = {start}, Stop = {stop} WHERE ID = 1"))
    (line,) = told(file)
    assert line.startswith(f"STATEMENTS 1: {start}–{stop} ")
    assert why in line
    first, text = file.tables["STATEMENTS"][0], file.tables["DOCUMENTS"][0]["Text"]
    assert text[first["Start"] : first["Stop"]] == words


def test_a_statement_in_an_empty_document_is_left_out(loose):
    file = read_dna(loose("UPDATE DOCUMENTS SET Text = ' '"))
    assert file.tables["STATEMENTS"] == []
    assert told(file).count("STATEMENTS 1: 0–29 stands in a document without text: left out") == 1


def test_line_ends_and_wide_characters_are_counted_as_dna_counts_them(dna):
    """Swing shows \\r\\n as \\n and counts 😀 as two: « non » is 8 to 11 there."""
    file = read_dna(dna(text="Été\r\n😀 « non »", spans=((9, 12),)))
    text, row = file.tables["DOCUMENTS"][0]["Text"], file.tables["STATEMENTS"][0]
    assert text == "Été\n😀 « non »"
    assert text[row["Start"] : row["Stop"]] == "non"
    assert told(file) == [
        "DOCUMENTS 1: line ends \\r\\n or \\r read as \\n, as DNA's window shows them",
        "DOCUMENTS 1: characters that DNA counts twice, spans converted: 1",
    ]


def test_names_with_apostrophes_and_wide_characters(dna):
    file = read_dna(dna(person="Léa « L'Œil » d'Or 😀𝒳"))
    assert "Léa « L'Œil » d'Or 😀𝒳" in {row["Value"] for row in file.tables["ENTITIES"]}
    assert told(file) == []


def test_a_long_name_is_kept_whole(loose):
    file = read_dna(loose(f"UPDATE ENTITIES SET Value = '{'é' * 400}' WHERE Value = 'Mairie'"))
    assert "é" * 400 in {row["Value"] for row in file.tables["ENTITIES"]}
    (line,) = told(file)
    assert line.endswith("Value has 400 characters: kept whole")


def test_what_refers_to_nothing_is_left_out(loose):
    file = read_dna(
        loose(
            "UPDATE STATEMENTS SET DocumentId = 77 WHERE ID = 1",
            "UPDATE STATEMENTS SET Coder = 77 WHERE ID = 2",
            "DELETE FROM DATABOOLEAN WHERE StatementId = 3",
            "UPDATE ENTITIES SET ChildOf = 77 WHERE ID = 1",
        )
    )
    assert "STATEMENTS 1: DocumentId 77 is not there: left out" in told(file)
    assert "STATEMENTS 2: Coder 77 is not there: Admin is taken" in told(file)
    assert "ENTITIES 1: ChildOf 77 is not there: taken as none" in told(file)
    assert "STATEMENTS 3: no value for agreement: left empty" in told(file)
    assert [row["ID"] for row in file.tables["STATEMENTS"]] == [2, 3]
    assert {row["StatementId"] for row in file.tables["DATASHORTTEXT"]} == {2, 3}


def test_rows_that_stand_twice(loose):
    file = read_dna(
        loose(
            "INSERT INTO ENTITIES SELECT 99, VariableId, Value, 0, 0, 0, NULL FROM ENTITIES WHERE Value = 'Mairie'",
            "UPDATE DATASHORTTEXT SET Entity = 99 WHERE StatementId = 2 AND VariableId = 2",
            "INSERT INTO STATEMENTS SELECT * FROM STATEMENTS WHERE ID = 1",
            "INSERT INTO CODERS (ID, Name, Password) SELECT 9, Name, Password FROM CODERS WHERE ID = 2",
        )
    )
    mairie = next(row["ID"] for row in file.tables["ENTITIES"] if row["Value"] == "Mairie")
    assert {row["Entity"] for row in file.tables["DATASHORTTEXT"] if row["VariableId"] == 2} == {mairie}
    assert [row["ID"] for row in file.tables["STATEMENTS"]] == [1, 2, 3]
    assert "CODERS 9: a second 'Anna': called 'Anna (2)'" in told(file)


def test_numbers_that_are_none_and_dates_of_no_calendar(loose):
    file = read_dna(
        loose("UPDATE DOCUMENTS SET Date = 99999999999999", "UPDATE CODERS SET FontSize = 'gross' WHERE ID = 1")
    )
    assert "CODERS 1: FontSize is 'gross', no number: taken as 14" in told(file)
    assert "DOCUMENTS 1: the date 99999999999999 is in no calendar: 1970-01-01 taken" in told(file)
