"""To whom something was said, where the article says so plainly: ``a déclaré mardi à Reuters``, ``told the BBC``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Any

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import ActorKind, Form, Quotation
from selon.resolution.cast import Cast
from selon.resolution.lexicon import Lexicon, plain
from selon.resolution.mentions import Mention


@dataclass(frozen=True)
class Address:
    """The words of one language that lead to an addressee, compiled."""

    prepositions: re.Pattern[str]
    telling: re.Pattern[str]
    closing: re.Pattern[str]
    judging: re.Pattern[str]
    judges: re.Pattern[str]
    leading: re.Pattern[str]
    spoken_to: re.Pattern[str]
    given: re.Pattern[str]
    letters: re.Pattern[str]
    apart: frozenset[str]
    agencies: frozenset[str]
    nobody: frozenset[str]


@cache
def address(pack: LanguagePack) -> Address:
    """The addressee grammar of a pack, made once."""
    table: Mapping[str, Any] = pack.table("dates")["addressee"]
    return Address(
        prepositions=re.compile(rf"(?:^|\s)(?:{_any(table['prepositions'])})\s*$", re.IGNORECASE),
        telling=re.compile(rf"(?:^|.*\W)(?:{_any(table['telling'])})$", re.IGNORECASE | re.DOTALL),
        closing=re.compile(rf"\s(?:{_any(table['closing'])})\s*$", re.IGNORECASE),
        judging=re.compile(rf"\s(?:{_any(table['judging'])})\s*$", re.IGNORECASE),
        judges=re.compile(rf"\b(?:{'|'.join(map(re.escape, table['judges']))})", re.IGNORECASE),
        leading=re.compile(rf"^(?:(?:{_any(table['leading'])})\s|(?i:{_any(table['to_names'])})\s?(?=[A-ZÀ-Þ]))"),
        spoken_to=re.compile(rf"\b(?:{_any(table['spoken_to'])})\s?$", re.IGNORECASE),
        given=re.compile(rf"\b(?:{_any(table['given'])})\s?$", re.IGNORECASE),
        letters=re.compile(
            rf"\b(?:{_any(table['letters'])})\s(?:{_any(table['spoken_to'])})\s?(?P<to>\w+(?:\s\w+)?)$", re.IGNORECASE
        ),
        apart=frozenset(table["apart"]),
        agencies=frozenset(map(plain, pack.words("agencies"))),
        nobody=frozenset(table["nobody"]),
    )


@dataclass(frozen=True, slots=True)
class Near:
    """What was found out before: the temporal expressions of the sentence, the venue, and the surnames of people."""

    dates: Sequence[Span]
    venue: Span | None
    people: frozenset[str]


def addressee(quotation: Quotation, cast: Cast, words: Address, near: Near) -> str:
    """The words for whoever was spoken to, without the preposition; "" where none stands right behind the cue.

    Dates part nothing. Where it is not said otherwise, it is whom the occasion was for: ``un discours devant le
    Parlement``.
    """
    if not quotation.cue:
        return ""
    return (
        _behind_preposition(quotation, cast, words, near)
        or _object(quotation, cast, words, near.dates)
        or _at_venue(near, cast, words)
    )


def _behind_preposition(quotation: Quotation, cast: Cast, words: Address, near: Near) -> str:
    """Whoever a preposition leads to, behind a piece of the cue or behind a source that follows it."""
    for cue in reversed(quotation.cue):
        found = _led_to(quotation, cast, words, (cue.end, near))
        if found is not None:
            return found[1]
    last = quotation.cue[-1]
    for source in quotation.source:
        found = _led_to(quotation, cast, words, (source.end, near)) if source.start >= last.end else None
        # « l'ambassadeur de France à l'ONU » is one name: only what is no part of one counts here.
        if found is not None and (found[0] in words.apart or plain(found[1]) in words.agencies):
            return found[1]
    return ""


def _led_to(quotation: Quotation, cast: Cast, words: Address, where: tuple[int, Near]) -> tuple[str, str] | None:
    """The first mention behind a place that a preposition leads to, with the preposition."""
    text, lexicon = cast.stage.text, cast.stage.lexicon
    start, near = where
    taken = quotation.content + quotation.source
    for mention in cast.mentions_from(start, start + _REACH):
        span = mention.span
        if any(span.overlaps(other) for other in taken):
            continue
        between = _without_dates(text, Span(start, span.start), near.dates)
        if _STOP.search(between) or _place(text, mention, lexicon, near.people):
            continue
        lead = words.prepositions.search(between)
        if lead and len(between.split()) <= _WORDS:
            return lead.group().strip().replace("’", _APOSTROPHE).casefold(), span.of(text)
    return None


def _object(quotation: Quotation, cast: Cast, words: Address, dates: Sequence[Span]) -> str:
    """The object of a verb of telling or ordering: ``told reporters that``, ``appelle la population à``."""
    text, cue = cast.stage.text, quotation.cue[-1]
    ends = [span.start for span in quotation.content + quotation.source if span.start >= cue.end]
    end = min([*ends, cue.end + _REACH])
    told = _without_dates(text, Span(cue.end, end), dates)
    stop = _STOP.search(told)
    told = told[: stop.start()] if stop else told
    closed = words.closing.search(told) if end in ends else None
    if closed is None and not words.telling.match(cue.of(text)):
        return ""
    judged = quotation.form is not Form.CLAUSE or words.judges.search(cue.of(text))
    if closed is not None and judged and words.judging.search(told):
        return ""
    named = words.leading.sub("", (told[: closed.start()] if closed else told).strip())
    somebody = _somebody(named, (mention.span.of(text) for mention in cast.mentions_from(cue.end, end)), cast, words)
    return somebody or _several(named, cast, definite=words.judging.search(told) is not None)


def _somebody(named: str, mentions: Iterable[str], cast: Cast, words: Address) -> str:
    """The words behind a verb if they are somebody: a mention with what belongs to it, or a noun for people."""
    lexicon = cast.stage.lexicon
    parts = named.split()
    if not parts or named.casefold() in words.nobody or parts[0].casefold() in lexicon.prepositions:
        return ""
    whole = " ".join(takewhile(lambda part: part.casefold() not in lexicon.prepositions, parts))
    for said in mentions:
        before, found, _ = named.partition(said)
        if found and len(before.split()) <= 1 and said.casefold() not in words.nobody:
            return whole if len(whole) > len(before + said) and len(whole.split()) <= _WORDS + 1 else before + said
    known = lexicon.noun(whole.rpartition(" ")[2].casefold()) is not None
    return whole if known and len(whole.split()) <= _WORDS + 1 else ""


def _several(named: str, cast: Cast, *, definite: bool) -> str:
    """The words behind a verb if a determiner makes them several: ``urged both sides to``, ``les mécontents à``."""
    lexicon, parts = cast.stage.lexicon, named.split()
    if not parts or parts[0].casefold() not in lexicon.plural_determiners:
        return ""
    if definite and lexicon.determiners.get(parts[0].casefold()) == "indefinite":
        return ""
    whole = list(takewhile(lambda part: part.casefold() not in lexicon.prepositions, parts))
    return " ".join(whole) if len(whole) <= _WORDS + 1 else ""


def _at_venue(near: Near, cast: Cast, words: Address) -> str:
    venue, text = near.venue, cast.stage.text
    if venue is None:
        return ""
    for mention in cast.mentions_from(venue.start, venue.end):
        before = Span(venue.start, max(venue.start, mention.span.start)).of(text)
        given = words.given.search(before)
        if given or (words.spoken_to.search(before) and not _place(text, mention, cast.stage.lexicon, near.people)):
            return Span(mention.span.start, min(mention.span.end, venue.end)).of(text)
    letter = words.letters.search(venue.of(text))
    return letter["to"] if letter else ""


def _place(text: str, mention: Mention, lexicon: Lexicon, people: frozenset[str]) -> bool:
    """Whether a bare name may be where it was said: ``à Paris``, ``à Aktüzen``, but not ``à Reuters``, ``au Monde``."""
    if mention.name is None or mention.phrase is not None or mention.kind is ActorKind.PERSON:
        return False
    if mention.name.key and mention.name.key[-1] in people:
        return False
    if text[: mention.span.start].rstrip().rsplit(None, 1)[-1].lower() not in lexicon.place_prepositions:
        return False
    spoken = lexicon.metonyms.get(" ".join(mention.name.key))
    if spoken is not None:
        return spoken == "place"
    return not mention.span.of(text)[:2].isupper()


def _without_dates(text: str, stretch: Span, dates: Sequence[Span]) -> str:
    pieces, at = [], stretch.start
    for date in dates:
        if stretch.start <= date.start and date.end <= stretch.end:
            pieces.append(text[at : date.start])
            at = date.end
    return "".join([*pieces, text[at : stretch.end]])


def _any(words: Iterable[str]) -> str:
    whole = (f"{re.escape(word)}{'' if word.endswith(_APOSTROPHE) else _EDGE}" for word in words)
    return "|".join(each.replace(_APOSTROPHE, "['’]") for each in sorted(whole, key=len, reverse=True)) or _NEVER


_NEVER = "(?!)"
_APOSTROPHE = "'"
_EDGE = r"(?!\w)"
_STOP = re.compile(r"[.!?»”“«\n,;:(]")
_REACH = 60
_WORDS = 3
