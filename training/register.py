"""The countries of the built-in register from the gazetteer: ``python -m training.register --gazetteer DIR``.

Writes ``src/selon/matching/actors/register/countries.tsv``. Labels and ids are Wikidata's (CC0); French names and
demonyms, and the capitals, are of mledoze/countries (ODbL 1.0), so the table stands under the ODbL: see ``card.md``.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

from selon.languages import languages, load_pack
from selon.matching.actors.tables import table

TARGET = Path(__file__).parent.parent / "src" / "selon" / "matching" / "actors" / "register" / "countries.tsv"
HEAD = """# Countries: Wikidata id, names, capitals that speak for them, what their people are called, in two languages.
# Made by training/register.py from Wikidata (CC0) and mledoze/countries; this table is under the ODbL 1.0, see card.md.
"""
COLUMNS = ("wikidata", "names", "capitals", "demonyms")
# The join of the gazetteer has lost it, for Wikidata now writes its label otherwise.
_TURKEY = {
    "qid": "Q43",
    "cca3": "TUR",
    "en_label": "Turkey",
    "fr_common": "Turquie",
    "fr_official": "République de Turquie",
    "fr_demonym_m": "Turc",
    "fr_demonym_f": "Turque",
    "en_demonym": "Turkish",
}


def countries(gazetteer: Path) -> list[dict[str, str]]:
    """A row a country, by id: only countries that are members of the United Nations, or nearly (``independent``)."""
    with (gazetteer / "country_qids" / "country_qids_fr_en_demonyms.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    details = json.loads((gazetteer / "mledoze_countries" / "countries.json").read_text(encoding="utf-8"))
    rows += [_TURKEY]
    by_code = {each["cca3"]: each for each in details}
    given = {
        name.lower()
        for code in languages()
        for row in load_pack(code).rows("given_names")
        for name in row["names"].split()
    }
    bodies = {name for row in table("institutions") for name in row["names"].split(",")}
    made, seen = [], set()
    for row in rows:
        known = by_code.get(row["cca3"])
        if known is None or not known["independent"] or row["cca3"] in seen:
            continue
        seen.add(row["cca3"])
        names = [row["fr_common"], known["name"]["common"], row["en_label"].removeprefix("The "), row["fr_official"]]
        capitals = [
            name for name in known["capital"] if name.lower() not in given and " of " not in name and name not in bodies
        ]
        demonyms = [row["fr_demonym_m"], row["fr_demonym_f"], row["en_demonym"]]
        cells = [",".join(dict.fromkeys(filter(None, cell))) or "-" for cell in (names, capitals, demonyms)]
        made.append(dict(zip(COLUMNS, (row["qid"], *cells), strict=True)))
    return sorted(made, key=lambda each: int(each["wikidata"][1:]))


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(prog="python -m training.register", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gazetteer", type=Path, required=True, help="the unpacked gazetteer.tar.xz")
    rows = countries(parser.parse_args().gazetteer)
    lines = ["\t".join(COLUMNS), *("\t".join(row[name] for name in COLUMNS) for row in rows)]
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(rows)} countries")


if __name__ == "__main__":
    main()
