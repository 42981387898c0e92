"""Which mark opens, which closes, and what stands between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.attribution.marks import pair
from selon.languages import load_pack
from tests.attribution.made import stretches

PIECES = [*"«»“”„‹›‘’\"'—–-.,:", " ", " ", "\n", "oui", "Non", "l’", "15"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Il dit « oui » et « non ».", ["oui", "non"]),
        ("« Oui », dit-il. « Non ».", ["Oui", "Non"]),
        ("«Oui», dit-il. «Non».", ["Oui", "Non"]),
        ("Il dit “oui” puis “non”.", ["oui", "non"]),
        ('Il dit "oui" puis "non".', ["oui", "non"]),
        ("„Oui“, dit-il.", ["Oui"]),
        ("Il dit 'oui' à l'ami d'enfance.", ["oui"]),
        ("(« oui »)", ["oui"]),
        ("L’aujourd’hui « d’accord » l’ami.", ["d’accord"]),
        ('Un écran de 15" et un "mot".', ["mot"]),
        ("Personne n’ouvre » ici.", []),
        ("« Le rock’n’roll est mort », dit-il.", ["Le rock’n’roll est mort"]),
        ("Rien entre « » ici.", []),
        ('« Pas de note", dit-il. Rien n’était "hors la table».', ["Pas de note", "hors la table"]),
        ('“Trop tard". Puis "jamais».', ["Trop tard", "jamais"]),
        ('Il craint « une famine " dans le Sud. Il part.', ["une famine"]),
        ("", []),
    ],
)
def test_marks_of_every_style_hold_the_words_between_them(text: str, inside: list[str]) -> None:
    assert stretches(text) == [(words, 0) for words in inside]


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ("« Il a dit : “Viens”, puis rien. »", "Il a dit : “Viens”, puis rien.", "Viens"),
        ('« Il a dit : "Viens", puis rien. »', 'Il a dit : "Viens", puis rien.', "Viens"),
        ("« Il a dit : ‹ Viens ›, puis rien. »", "Il a dit : ‹ Viens ›, puis rien.", "Viens"),
        ('« Il a dit " Viens " puis rien. »', 'Il a dit " Viens " puis rien.', "Viens"),
        ("“He said ‘come’ then left.”", "He said ‘come’ then left.", "come"),
    ],
)
def test_marks_inside_others_make_a_stretch_of_the_next_level(text: str, outer: str, inner: str) -> None:
    assert stretches(text) == [(outer, 0), (inner, 1)]


def test_a_stretch_that_is_never_closed_ends_with_its_passage() -> None:
    assert stretches("« Jamais fermé\nSuite ici.") == [("Jamais fermé]", 0)]


def test_marks_that_open_anew_stay_unclosed_before() -> None:
    assert stretches("« Un début.\n« Une suite.\n« Une fin. »") == [
        ("Un début.]", 0),
        ("Une suite.]", 0),
        ("Une fin.", 0),
    ]


def test_speech_runs_on_to_the_passage_that_closes_it() -> None:
    assert stretches("« Un début.\nUne suite.\nUne fin. » Voilà.") == [
        ("Un début.]", 0),
        ("[Une suite.]", 0),
        ("[Une fin.", 0),
    ]


def test_speech_does_not_run_on_to_a_passage_with_marks_of_its_own() -> None:
    assert stretches('« Un début.\nUne suite "autre".') == [("Un début.]", 0), ("autre", 0)]


def test_speech_does_not_run_on_for_ever() -> None:
    passages = "\n".join(["« Un début.", *["Une suite."] * 14, "Une fin. »"])
    assert stretches(passages) == [("Un début.]", 0)]


def test_another_kind_of_mark_closes_what_its_own_left_open() -> None:
    assert stretches("Il dit « oui” et part.") == [("oui", 0)]


def test_of_doubled_straight_marks_one_counts() -> None:
    assert stretches('Il dit ""oui"" ici.') == [('"oui', 0)]


def test_dashes_open_turns_of_speech_when_there_are_several() -> None:
    assert stretches("— Viens !\n— Non, dit-il.\nIl part.") == [("Viens !]", 0), ("Non, dit-il.]", 0)]


def test_one_dash_alone_opens_nothing() -> None:
    assert stretches("— Viens !\nIl part.") == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("« Il a dit : « Viens », puis rien. »", [("Il a dit : « Viens », puis rien.", 0), ("Viens", 1)]),
        ("Il dit «« oui »» ici.", [("oui", 0)]),
    ],
)
@pytest.mark.xfail(reason="marks inside marks of the same kind, doubled guillemets")
def test_what_pairing_cannot_read_yet(text: str, right: list[tuple[str, int]]) -> None:
    assert stretches(text) == right


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        ("“He said ‘come’, then left.”", "en", [("He said ‘come’, then left.", 0), ("come", 1)]),
        ("‘We leave tomorrow’, he said.", "en", [("We leave tomorrow", 0)]),
        ("Il dit ‘oui’, puis ‘non’.", "fr", [("oui", 0), ("non", 0)]),
    ],
)
def test_a_closing_mark_glued_to_a_comma_closes(text: str, language: str, right: list[tuple[str, int]]) -> None:
    assert stretches(text, language) == right


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(["fr", "en"]))
def test_any_text_gives_stretches_inside_it_outer_before_inner(text: str, language: str) -> None:
    pack = load_pack(language)
    tokens, breaks, at = [], [], 0
    for line in text.splitlines(keepends=True):
        found = pack.tokenizer(text, at, at + len(line))
        if found:
            breaks.append(len(tokens))
            tokens += found
        at += len(line)
    quoted = pair(tokens, breaks, pack)
    assert [(each.first, -each.last) for each in quoted] == sorted((each.first, -each.last) for each in quoted)
    for each in quoted:
        assert 0 <= each.first <= each.last < len(tokens)
        assert each.opening is None or each.opening == each.first - 1
        assert each.closing is None or each.closing == each.last + 1
    marks = [mark for each in quoted for mark in (each.opening, each.closing) if mark is not None]
    assert len(marks) == len(set(marks))


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_stretches_lie_side_by_side_or_inside_one_another(text: str) -> None:
    pack = load_pack("fr")
    tokens = pack.tokenizer(text)
    quoted = pair(tokens, [0] if tokens else [], pack)
    for n, one in enumerate(quoted):
        for other in quoted[n + 1 :]:
            assert other.first > one.last or other.last <= one.last
