"""Articles made for the tests of this folder."""

from __future__ import annotations

from datetime import date

from selon.languages import load_pack
from selon.matching.copies import Printed
from selon.reading import passages
from selon.records import Article, Origin, Precision, When

WIRE = """Le port de Kervalan ferme ses quais aux cargos

Les quais du port de Kervalan seront fermés aux cargos dès samedi, a annoncé mardi la capitainerie, qui redoute un effondrement du môle nord.

« On ne joue pas avec quatre mille tonnes de béton », a lancé la directrice du port, Solenn Kerdreux, devant une trentaine de dockers venus l'attendre sous la pluie.

Selon un relevé effectué par des plongeurs au début du mois, les fondations de l'ouvrage ont perdu un mètre de sable en deux hivers, et la cavité s'agrandit à chaque tempête.

Le syndicat des dockers conteste ces mesures et réclame une expertise indépendante avant toute décision, rappelant que le trafic fait vivre trois cents familles de la presqu'île.

La préfecture a promis un nouveau calendrier pour la fin de l'été et une aide aux entreprises qui devront dérouter leurs navires vers le port voisin de Lannevez."""  # noqa: E501

PARAGRAPHS = WIRE.split("\n\n")


def printed(key: str, text: str, outlet: str = "", day: str = "", origin: str = "", lang: str = "fr") -> Printed:
    when = date.fromisoformat(day) if day else None
    at = text.find(origin)
    article = Article(
        id=key,
        where=key,
        text=text,
        language=lang,
        outlet=outlet,
        published=When(when, when, Precision.DAY, "made") if when else When(),
        origin=_origin(origin, at) if origin else None,
    )
    return Printed(article, [span for each in passages(article, load_pack(lang)) for span in each.sentences])


def _origin(name: str, at: int) -> Origin:
    from selon.offsets import Span

    return Origin(name, Span(at, at + len(name)))
