"""Piles made by hand: who speaks in which article, in few words."""

from datetime import date, timedelta

from selon.matching.actors import Said, built_in, decided, match_actors
from selon.records import ActorKind, Speaker

DAY = date(2024, 6, 3)


def person(name, role="", *names):
    return Speaker(name, ActorKind.PERSON, (name, *names), role)


def body(name, *names):
    return Speaker(name, ActorKind.ORGANIZATION, (name, *names))


def kind(what, name):
    return Speaker(name, ActorKind(what), (name,))


def pile(*articles, language="fr"):
    """A statement a speaker: each article is its speakers, with a day (a date, a number of days after DAY, None)."""
    said = []
    for number, (day, *speakers) in enumerate(articles):
        when = DAY + timedelta(days=day) if isinstance(day, int) else day
        for place, who in enumerate(speakers):
            code, speaker = who if isinstance(who, tuple) else (language, who)
            said.append(Said(f"s{number}.{place}", speaker, f"article{number}", code, when, when))
    return said


def groups(said, register=None, log=()):
    """The actors as sets of statements, those of one statement left out."""
    cast = match_actors(said, register or built_in(), decided(log))
    found = {}
    for each in cast.belongings:
        found.setdefault(each.actor, set()).add(each.statement)
    return {frozenset(group) for group in found.values() if len(group) > 1}


def together(said, *statements, **options):
    """Whether these statements are one actor's, all of them."""
    return any(set(statements) <= group for group in groups(said, **options))


def apart(said, one, other, **options):
    return not together(said, one, other, **options)
