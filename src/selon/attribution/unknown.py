"""Verbs that report without standing in the lexicon: ``-t-il``, a complementiser or marks beside them betray them."""

from __future__ import annotations

from selon.attribution.groups import Group
from selon.attribution.words import Words
from selon.languages.inflection import Cue, Features

UNKNOWN = Cue(
    "?",
    "?",
    (),
    (),
    reflexive=False,
    kind="?",
    frames=frozenset({"direct", "que", "colon"}),
    polarity="+",
    paradigm="-",
)
_NEAR = 6
"""Within how many tokens behind the verb a colon with marks counts as its own."""


def unknown_groups(words: Words, known: list[Group]) -> list[Group]:
    """Groups of finite verbs that the lexicon lacks and that stand where a reporting verb stands, in text order."""
    taken = {i for group in known for i in range(group.first, group.last + 1)}
    found = []
    for i in words.finites:
        if i in taken or words.forms[i] in words.grammar.verbs:
            continue
        group = _group(words, i)
        if group is not None and group.head not in taken and _reports(words, group):
            found.append(group)
    return found


def _group(words: Words, i: int) -> Group | None:
    """The verb with its inverted pronoun; an auxiliary with its participle, or None when it has none."""
    _, stop = words.sentence(i)
    subject = i + 1 if i < stop and words.has(i + 1, "inverted_pronouns") else None
    last = subject or i
    if words.forms[i] not in words.grammar.auxiliaries:
        return Group(i, last, i, UNKNOWN, Features("pres", person=3), subject)
    if words.grammar.perfect_auxiliary(words.forms[i]) is None:
        return None
    head = last + 1
    while head <= stop and (length := words.starts(head, "group_adverbs") or int(words.has(head, "negative_words"))):
        head += length
    if head > stop or words.capital(head) or words.forms[head] in words.grammar.closed:
        return None
    if not words.forms[head].endswith(tuple(words.grammar.options["participle_endings"])):
        return None
    return Group(i, head, head, UNKNOWN, Features("pres", person=3), subject)


def _reports(words: Words, group: Group) -> bool:
    """Whether the group stands where reporting verbs stand."""
    start, stop = words.sentence(group.first)
    behind, before = group.last + 1, group.first - 1
    if behind <= stop and words.has(behind, "complementisers"):
        return True
    while before >= start and words.has(before, "object_clitics"):
        before -= 1
    if before >= start and (before in words.closed_by or (words.forms[before] == "," and group.subject is not None)):
        return True
    return any(words.forms[i] == ":" and i + 1 in words.opened_by for i in range(behind, min(stop, behind + _NEAR) + 1))
