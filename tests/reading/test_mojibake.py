"""Damaged words are mended and lead back to the raw characters; sound text is not touched."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from selon.offsets import OffsetMap, Span
from selon.reading.mojibake import repair

CASES = [
    ("Il a dÃ©clarÃ© que lâ€™OTAN", "Il a déclaré que l’OTAN"),
    ("â€œIl y aâ€\x9d", "“Il y a”"),
    ("dÃ©jÃ  la guerre Ã Paris, Â« oui Â»", "déjà la guerre à Paris, « oui »"),
    ("cafÃ© Ã  lâ€™heure", "café à l’heure"),
    ("Ã‰tÃ© Ã\xa0 NÃ®mes", "Été à Nîmes"),
    ("ÃƒÂ©tÃƒÂ©", "été"),
    ("Il a d√©clar√©", "Il a déclaré"),
    ("le coÃ»t de lâ\x80\x99eau", "le coût de l’eau"),
    ("Vermeuilâ€¦", "Vermeuil…"),
]
SOUND = [
    "Il a déclaré\u00a0: «\u00a0L’été à Nîmes\u00a0», puis «\u202fnon\u202f»…",
    "naïve”— “Ça", "SÃO PAULO e MAÇÃ é", "Ñandú, Ærø, Þór", "50\u00a0% — “déjà”", "é»", "À la Une", "Âge", "ÂGÉ »",
]  # fmt: skip
WORDS = [
    "déclaré",
    "L’été",
    "à",
    "Nîmes",
    "œuvre",
    "ÉTAT",
    "Noël",
    "naïf",
    "ça",
    "oui",
    "aigüe",
    "âge",
    "Ça",
    "À",
    "12",
    "€",
]
MARKS = [
    " ",
    "\u00a0",
    "\u202f",
    "«",
    "»",
    "“",
    "”",
    "’",
    "‘",
    "…",
    "–",
    "—",
    ".",
    ",",
    "?",
    "!",
    ":",
    "(",
    ")",
    "%",
    "\n",
]
FRENCH = st.lists(st.tuples(st.sampled_from(WORDS), st.text(st.sampled_from(MARKS), max_size=4)), max_size=30).map(
    lambda pairs: "".join(word + marks for word, marks in pairs)
)


@pytest.mark.parametrize(("raw", "mended"), CASES)
def test_damage_is_mended(raw: str, mended: str) -> None:
    text, offsets = repair(raw)
    assert text == mended
    assert offsets is not None


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_is_left_alone(text: str) -> None:
    assert repair(text) == (text, None)


@given(FRENCH)
@example("déclaré\u00a0»")
@example("œ’“")
def test_sound_french_is_never_touched(text: str) -> None:
    assert repair(text) == (text, None)


@given(st.text(max_size=200))
def test_the_map_covers_the_text_without_a_gap(raw: str) -> None:
    text, offsets = repair(raw)
    if offsets is None:
        assert text == raw
        return
    assert_tiles(text, raw, offsets)


@given(
    st.lists(st.sampled_from(["Il a dit ", "lâ€™OTAN ", "dÃ©jÃ ", "« oui » ", "Ã Paris", "\n\n", "Â« "]), max_size=20)
)
def test_sound_words_beside_damaged_ones_keep_their_characters(pieces: list[str]) -> None:
    raw = "".join(pieces)
    text, offsets = repair(raw)
    if offsets is not None:
        assert_tiles(text, raw, offsets)


def assert_tiles(text: str, raw: str, offsets: OffsetMap) -> None:
    runs = offsets.runs
    assert runs[0].text_start == runs[0].raw_start == 0
    assert (runs[-1].text_end, runs[-1].raw_end) == (len(text), len(raw))
    for before, after in pairwise(runs):
        assert (before.text_end, before.raw_end) == (after.text_start, after.raw_start)
    for run in runs:
        if run.exact:
            assert text[run.text_start : run.text_end] == raw[run.raw_start : run.raw_end]


def test_a_mended_word_leads_back_to_its_damaged_characters() -> None:
    raw = "Oui. Il a dÃ©clarÃ© cela."
    text, offsets = repair(raw)
    assert offsets is not None
    start = text.index("déclaré")
    (span,) = offsets.to_raw(Span(start, start + 7))
    assert span.of(raw) == "dÃ©clarÃ©"
    (after,) = offsets.to_raw(Span(text.index("cela"), len(text)))
    assert after.of(raw) == "cela."


@pytest.mark.parametrize("piece", ["dÃ©jÃ  ", "Ã©", "lâ€™", "é»", "Ã ", "Â", "ÃƒÂ©"])
def test_time_grows_with_the_length_and_not_faster(piece: str) -> None:
    before = process_time()
    repair(piece * 20_000)
    assert process_time() - before < 5
