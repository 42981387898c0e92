import pytest

from selon.languages import load_pack
from selon.matching.copies.quoted import quoted_spans


def quoted(text, code="fr"):
    return [span.of(text) for span in quoted_spans(text, load_pack(code))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Il a dit « non » puis “oui”.", ["« non »", "“oui”"]),
        ('Il a dit "non" puis “oui".', ['"non"', '“oui"']),
        ("L'été n'est pas l'hiver ‘ici’.", []),
        ("« Je pars.\n\n« Je reviens », a-t-il dit.", ["« Je pars.", "« Je reviens »"]),
        ("Il a lancé « Je pars.\nPuis il est parti.", []),
    ],
)
def test_what_stands_between_marks(text, found):
    assert quoted(text) == found
