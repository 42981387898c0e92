"""The forms of verbs, and the cue lexicon of a language pack by inflected form: all from the pack's tables.

``paradigms.toml`` says how a paradigm builds its forms (its head explains the notation), ``cues.tsv`` which verbs
report speech.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from selon.errors import PackError
from selon.languages.pack import LanguagePack

CUE_KINDS = (
    "say",
    "ask",
    "order",
    "promise",
    "deny",
    "judge",
    "think",
    "feel",
    "admit",
    "announce",
    "accuse",
    "praise",
    "write",
    "reply",
    "add",
    "show",
    "source",
)
"""The classes of cues.tsv and nouns.tsv, in the order that the features of trained models have."""


class Features(NamedTuple):
    """What a form is: ``tense`` (inf, pres, impf, fut, cond, past, subj, imp, ppres, ppart), person, number, gender.

    ``person`` is 1, 2, 3 or 0; ``number`` and ``gender`` are ``s``/``p`` and ``m``/``f``, empty where the form does
    not show them.
    """

    tense: str
    person: int = 0
    number: str = ""
    gender: str = ""

    @property
    def finite(self) -> bool:
        """Whether the form can be the verb of a clause by itself."""
        return self.tense not in {"inf", "ppres", "ppart"}


class Cue(NamedTuple):
    """One row of cues.tsv or nouns.tsv.

    ``head`` is the word that inflects, ``clitics`` the pronouns that must stand before it (``s'en prendre``: a
    reflexive, then ``en``) and ``tail`` the words that follow it (``faire`` + ``savoir``), as tokens. ``kind`` is the
    row's class, ``polarity`` ``+``, ``-`` or ``0``.
    """

    lemma: str
    head: str
    clitics: tuple[str, ...]
    tail: tuple[str, ...]
    reflexive: bool
    kind: str
    frames: frozenset[str]
    polarity: str
    paradigm: str


class Analysis(NamedTuple):
    """A reading of a form: which cue, and which of its forms."""

    cue: Cue
    features: Features

    @property
    def lemma(self) -> str:
        """The cue's lemma, all its words."""
        return self.cue.lemma


def inflect(lemma: str, paradigm: str, pack: LanguagePack) -> Iterator[tuple[str, Features]]:
    """Yield every form of ``lemma`` (its first word only) with its features; a form comes once for each reading.

    Raises PackError when the pack has no such paradigm or the lemma does not end as the paradigm demands.
    """
    table = pack.table("paradigms")
    rules = table["paradigms"].get(paradigm)
    if rules is None:
        raise _damage(pack, f"no paradigm {paradigm!r} for {lemma!r}")
    if not lemma.endswith(rules["strip"]):
        raise _damage(pack, f"{lemma!r} does not end in {rules['strip']!r}, as paradigm {paradigm!r} demands")
    root = lemma[: len(lemma) - len(rules["strip"])]
    for suffix, features in _suffixes(pack, paradigm):
        if features.tense == "inf":
            yield lemma, features
        else:
            yield _join(root, suffix), features


@cache
def forms(pack: LanguagePack) -> Mapping[str, tuple[Analysis, ...]]:
    """Return the readings of every form of the pack's verbal cues, by form: lower case, straight apostrophes."""
    found: dict[str, list[Analysis]] = {}
    for cue in cues(pack):
        if cue.paradigm == "-":
            continue
        for form, features in inflect(cue.head, cue.paradigm, pack):
            found.setdefault(form, []).append(Analysis(cue, features))
    return {form: tuple(analyses) for form, analyses in found.items()}


@cache
def auxiliaries(pack: LanguagePack) -> Mapping[str, tuple[tuple[str, Features], ...]]:
    """Return the readings (lemma, features) of every form of the pack's auxiliaries."""
    found: dict[str, list[tuple[str, Features]]] = {}
    for lemma, paradigm in pack.table("paradigms")["auxiliaries"].items():
        for form, features in inflect(lemma, paradigm, pack):
            found.setdefault(form, []).append((lemma, features))
    return {form: tuple(readings) for form, readings in found.items()}


@cache
def cues(pack: LanguagePack) -> tuple[Cue, ...]:
    """Return the rows of cues.tsv, in order; a row whose tail agrees (``convaincu/convaincue``) gives one cue a form.

    Paradigm ``-`` means no inflection (``selon``, ``aux yeux de``).
    """
    return tuple(cue for row in pack.rows("cues") for cue in _row_cues(row, pack))


@cache
def nouns(pack: LanguagePack) -> tuple[Cue, ...]:
    """Return the rows of nouns.tsv, in order; ``paradigm`` holds the plural."""
    return tuple(cue for row in pack.rows("nouns") for cue in _row_cues(row, pack))


def _row_cues(row: Mapping[str, str], pack: LanguagePack) -> Iterator[Cue]:
    """Yield the cue of a row, once for each form of its last word."""
    words = [token.form for token in pack.tokenizer(row["lemma"].partition("/")[0])]
    table = pack.table("paradigms")
    start = 0
    if row["paradigm"] != "-":
        while words[start] in table["reflexive"] or words[start] in table["clitics"]:
            start += 1
    first = words[-1]
    for last in (first, *row["lemma"].split("/")[1:]):
        yield Cue(
            lemma=row["lemma"].partition("/")[0],
            head=words[start],
            clitics=tuple(words[:start]),
            tail=(*words[start + 1 : -1], last) if len(words) > start + 1 else (),
            reflexive=any(word in table["reflexive"] for word in words[:start]),
            kind=row["class"],
            frames=frozenset(row["frames"].split()),
            polarity=row["polarity"],
            paradigm=row["paradigm"],
        )


@cache
def _suffixes(pack: LanguagePack, paradigm: str) -> tuple[tuple[str, Features], ...]:
    """Return every suffix of a paradigm with its features; two spellings are two entries."""
    table = pack.table("paradigms")
    rules = table["paradigms"][paradigm]
    made: dict[str, dict[str, str]] = {}
    for tense, plan in table["tenses"].items():
        slots = plan["slots"].split()
        made[tense] = dict(zip(slots, _tense(rules.get(tense), plan, made, len(slots)), strict=True))
    return tuple(
        (spelling, _features(tense, slot))
        for tense, suffixes in made.items()
        for slot, written in suffixes.items()
        for spelling in written.split("|")
        if spelling != "."
    )


def _tense(given: str | None, plan: Mapping[str, Any], made: Mapping[str, Mapping[str, str]], count: int) -> list[str]:
    """Return the suffixes of one tense, ``count`` of them, each perhaps several spellings joined by ``|``."""
    if given is not None and len(given.split()) == count and "+" not in given and "endings" not in plan:
        return given.split()
    if given is not None and len(given.split()) > 1:
        return given.split()
    if given is not None and "+" in given:
        stem, kind = given.split("+")
        return _attach(stem, plan["kinds"][kind].split())
    if "copy" in plan and given is None:
        tense, slots = plan["copy"]
        return [made[tense][slot] for slot in slots.split()]
    if given is not None:
        return _attach("" if given == "-" else given, plan["endings"].split())
    if "stem" not in plan:
        return ["-"] * count
    stem = _less(made, *plan["stem"])
    suffixes = _attach(stem, plan["endings"].split())
    if "weak" in plan:
        tense, slot, ending, endings = plan["weak"]
        weak = iter(_attach(_less(made, tense, slot, ending), endings.split()))
        suffixes = [next(weak) if suffix.endswith("?") else suffix for suffix in suffixes]
    return suffixes


def _attach(stem: str, endings: list[str]) -> list[str]:
    return ["|".join(part + ("" if ending == "-" else ending) for part in stem.split("|")) for ending in endings]


def _less(made: Mapping[str, Mapping[str, str]], tense: str, slot: str, ending: str) -> str:
    return "|".join(spelling.removesuffix(ending) for spelling in made[tense][slot].split("|"))


def _join(root: str, suffix: str) -> str:
    if suffix == "-":
        return root
    if not suffix.startswith("`"):
        return root + suffix
    place = max(root.rfind("e"), root.rfind("é"))
    return f"{root[:place]}è{root[place + 1 :]}{suffix[1:]}"


def _features(tense: str, slot: str) -> Features:
    if slot in {"-", "*"}:
        return Features(tense)
    if slot[0].isdigit():
        return Features(tense, person=int(slot[0]), number=slot[1:])
    return Features(tense, gender=slot[0], number=slot[1:])


def _damage(pack: LanguagePack, what: str) -> PackError:
    return PackError(
        what, where=f"language pack {pack.code}, paradigms.toml", next="mend the row of cues.tsv or add the paradigm"
    )
