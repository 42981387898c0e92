"""The conjugator: forms from the grammar books, how cues are taken apart, and an outside word list if there is one."""

from __future__ import annotations

import re
import tarfile
from pathlib import Path

import pytest

from selon.errors import PackError
from selon.languages import languages, load_pack
from selon.languages.inflection import Features, auxiliaries, cues, forms, inflect

FRENCH = load_pack("fr")
SHARED = Path(__file__).parents[3] / "shared" / "data" / "lexicons.tar.xz"


def form(lemma: str, paradigm: str, tense: str, person: int = 0, number: str = "", gender: str = "") -> str:
    wanted = Features(tense, person, number, gender)
    return "/".join(made for made, features in inflect(lemma, paradigm, FRENCH) if features == wanted)


@pytest.mark.parametrize(
    ("lemma", "paradigm", "features", "expected"),
    [
        ("dire", "dire", ("pres", 2, "p"), "dites"),
        ("interdire", "édire", ("pres", 2, "p"), "interdisez"),
        ("dire", "dire", ("past", 3, "p"), "dirent"),
        ("annoncer", "cer", ("past", 3, "s"), "annonça"),
        ("annoncer", "cer", ("impf", 1, "p"), "annoncions"),
        ("exiger", "ger", ("pres", 1, "p"), "exigeons"),
        ("exiger", "ger", ("subj", 1, "p"), "exigions"),
        ("appeler", "eler", ("fut", 3, "s"), "appellera"),
        ("rejeter", "eter", ("pres", 3, "p"), "rejettent"),
        ("marteler", "eer", ("pres", 3, "s"), "martèle"),
        ("répéter", "éer", ("pres", 3, "s"), "répète"),
        ("répéter", "éer", ("fut", 3, "s"), "répétera/répètera"),
        ("appuyer", "yer", ("subj", 1, "p"), "appuyions"),
        ("balayer", "ayer", ("pres", 3, "s"), "balaie/balaye"),
        ("soutenir", "enir", ("past", 3, "p"), "soutinrent"),
        ("prévenir", "enir", ("subj", 3, "s"), "prévienne"),
        ("démentir", "tir", ("pres", 3, "s"), "dément"),
        ("avertir", "ir", ("pres", 3, "p"), "avertissent"),
        ("craindre", "indre", ("impf", 3, "s"), "craignait"),
        ("reconnaître", "aître", ("pres", 3, "s"), "reconnaît/reconnait"),
        ("promettre", "ettre", ("ppart", 0, "s", "f"), "promise"),
        ("promettre", "ettre", ("ppart", 0, "p", "m"), "promis"),
        ("exclure", "clure", ("ppart", 0, "s", "m"), "exclu"),
        ("requérir", "érir", ("fut", 3, "s"), "requerra"),
        ("s'enquérir".removeprefix("s'"), "érir", ("pres", 3, "p"), "enquièrent"),
        ("écrire", "écrire", ("past", 3, "s"), "écrivit"),
        ("croire", "croire", ("ppres",), "croyant"),
        ("savoir", "savoir", ("ppres",), "sachant"),
        ("vouloir", "vouloir", ("subj", 3, "p"), "veuillent"),
        ("être", "être", ("impf", 3, "s"), "était"),
        ("avoir", "avoir", ("past", 3, "p"), "eurent"),
        ("aller", "aller", ("cond", 3, "s"), "irait"),
    ],
)
def test_french_forms(lemma: str, paradigm: str, features: tuple[object, ...], expected: str) -> None:
    assert form(lemma, paradigm, *features) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lemma", "paradigm", "expected"),
    [
        ("say", "say", {"say", "says", "said", "saying"}),
        ("deny", "y", {"deny", "denies", "denied", "denying"}),
        ("admit", "tt", {"admit", "admits", "admitted", "admitting"}),
        ("promise", "e", {"promise", "promises", "promised", "promising"}),
        ("undertake", "take", {"undertake", "undertakes", "undertook", "undertaken", "undertaking"}),
        ("be", "be", {"be", "am", "are", "is", "was", "were", "been", "being"}),
    ],
)
def test_english_forms(lemma: str, paradigm: str, expected: set[str]) -> None:
    assert {made for made, _ in inflect(lemma, paradigm, load_pack("en"))} == expected


def test_an_unknown_paradigm_and_a_lemma_that_does_not_fit_are_told() -> None:
    with pytest.raises(PackError, match="no paradigm 'xyz'"):
        list(inflect("dire", "xyz", FRENCH))
    with pytest.raises(PackError, match="does not end in 'enir'"):
        list(inflect("dire", "enir", FRENCH))


@pytest.mark.parametrize("code", languages())
def test_every_paradigm_is_used(code: str) -> None:
    pack = load_pack(code)
    table = pack.table("paradigms")
    used = {cue.paradigm for cue in cues(pack)} | set(table["auxiliaries"].values())
    assert set(table["paradigms"]) == used - {"-"}


def test_words_of_a_cue_are_taken_apart() -> None:
    by_lemma = {cue.lemma: cue for cue in cues(FRENCH)}
    assert by_lemma["faire savoir"].head == "faire" and by_lemma["faire savoir"].tail == ("savoir",)
    assert by_lemma["s'en prendre"].clitics == ("s'", "en") and by_lemma["s'en prendre"].reflexive
    assert by_lemma["en démordre"].clitics == ("en",) and not by_lemma["en démordre"].reflexive
    assert by_lemma["tirer la sonnette d'alarme"].tail == ("la", "sonnette", "d'", "alarme")
    assert {cue.tail for cue in cues(FRENCH) if cue.lemma == "être convaincu"} == {
        ("convaincu",), ("convaincue",), ("convaincus",), ("convaincues",),
    }  # fmt: skip


def test_a_form_gives_all_its_readings() -> None:
    readings = {(analysis.lemma, analysis.features.tense) for analysis in forms(FRENCH)["dit"]}
    assert readings >= {("dire", "pres"), ("dire", "past"), ("dire", "ppart"), ("se dire", "pres")}
    assert ("avoir", Features("pres", 3, "s")) in auxiliaries(FRENCH)["a"]


@pytest.mark.shared
def test_forms_agree_with_an_outside_word_list() -> None:
    """Against the hunspell list (MPL 2, read from the archive, nothing kept), save participles and 1990 spellings."""
    if not SHARED.is_file():
        pytest.skip("needs ../shared/data/lexicons.tar.xz")
    known = _pairs(SHARED)
    odd = set()
    for cue in cues(FRENCH):
        if cue.paradigm == "-":
            continue
        for made, features in inflect(cue.head, cue.paradigm, FRENCH):
            if cue.head not in known.get(made, ()) and features.tense != "ppart" and not _respelt(made):
                odd.add((cue.head, made))
    assert not odd


def _respelt(made: str) -> bool:
    """Whether it is a spelling of 1990 that the list leaves out: ``répètera``, ``reconnait``."""
    return bool(re.search(r"è[a-z]+er[aeio]|ait$|aitr", made))


def _pairs(archive: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.endswith("hunspell_fr_MPL2/forms.tsv"):
                stream = tar.extractfile(member)
                assert stream is not None
                for line in stream.read().decode("utf-8").splitlines():
                    made, lemma, _ = line.split("\t")
                    found.setdefault(made, set()).add(lemma)
                break
    assert found, "the archive holds no hunspell_fr_MPL2/forms.tsv"
    return found
