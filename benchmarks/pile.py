"""A pile of speakers made up by a fixed seed: events, namesakes, surnames, offices, bodies, as in a year of press."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from selon.languages import load_pack
from selon.matching.actors import Said
from selon.records import ActorKind, Speaker

_SEED = 11
_EVENT = 4
_SPEAKERS = 4
_SAID = 3
_LONG = 12
_OFFICES = ("maire de {}", "préfet de {}", "porte-parole de la mairie de {}", "président du conseil de {}", "")
_BODIES = ("OTAN", "ONU", "Moscou", "le parquet", "la préfecture", "Commission européenne", "UEMOA")
_SYLLABLES = ("ba", "den", "lo", "ri", "mer", "tu", "ke", "van", "so", "gil")
_NOBODY = ("une source proche du dossier", "un témoin", "son avocat")


def pile(statements: int, words: Sequence[str]) -> list[Said]:
    """About so many statements, made of these words: events of four articles, four speakers, three statements each."""
    return list(_pile(statements, words, random.Random(_SEED)))


def _pile(statements: int, words: Sequence[str], chance: random.Random) -> Iterator[Said]:
    given = [name for row in load_pack("fr").rows("given_names") for name in row["names"].split()]
    surnames = [_surname(chance) for _ in range(max(200, statements // 30))]
    for event in range(max(1, statements // (_EVENT * _SPEAKERS * _SAID))):
        day = date(2024, 1, 1) + timedelta(days=chance.randrange(366))
        town = _surname(chance)
        people = [
            (chance.choice(given), surnames[int(len(surnames) * chance.random() ** 2)], chance.choice(_OFFICES))
            for _ in range(_SPEAKERS)
        ]
        for number in range(_EVENT):
            article = f"{event}.{number}"
            for place, (first, last, office) in enumerate(people):
                role = office.format(town)
                name = chance.choice((f"{first} {last}", f"{first} {last}", f"{first} {last}", last, f"le {role}"))
                kind = ActorKind.PERSON
                if chance.random() < 0.2:
                    name, role, kind = chance.choice(_BODIES), "", ActorKind.ORGANIZATION
                elif chance.random() < 0.1:
                    name, role, kind = chance.choice(_NOBODY), "", ActorKind.UNKNOWN
                who = Speaker(name, kind, (name,), role if name.startswith(first) else "")
                for said in range(_SAID):
                    start = chance.randrange(len(words) - _LONG)
                    content = " ".join(words[start : start + _LONG])
                    yield Said(f"{article}.{place}.{said}", who, article, "fr", day, day, content)


def _surname(chance: random.Random) -> str:
    return "".join(
        chance.choice(("ba", "den", "lo", "ri", "mer", "tu", "ke", "van", "so", "gil")) for _ in range(4)
    ).title()
