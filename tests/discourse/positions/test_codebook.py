import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.discourse.positions import read_codebook
from selon.errors import InputError

LISTED = """
propositions:
  - key: pont
    text: Le pont sera fermé
    aliases: [On fermera le pont]
    for:
      - nous fermons le pont
    against: ["le pont restera ouvert"]
"""


def test_yaml_with_everything():
    (one,) = read_codebook(LISTED.encode(), "book.yaml")
    assert (one.key, one.text, one.language) == ("pont", "Le pont sera fermé", "fr")
    assert one.wordings == ("Le pont sera fermé", "On fermera le pont")
    assert (one.pro, one.con) == (("nous fermons le pont",), ("le pont restera ouvert",))


def test_yaml_as_a_mapping():
    (one,) = read_codebook(b"bridge: the bridge will be closed for the winter", "book.yml")
    assert (one.key, one.text, one.language) == ("bridge", "the bridge will be closed for the winter", "en")


@pytest.mark.parametrize("mark", ["\t", ",", ";"])
def test_tables(mark):
    data = (
        mark.join(["proposition", "text", "aliases"])
        + "\n"
        + mark.join(["a", "Le pont ferme", "Plus de pont|Fini le pont"])
    )
    (one,) = read_codebook(data.encode("utf-8-sig"), "book.txt")
    assert one.aliases == ("Plus de pont", "Fini le pont")


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (b"", "a.tsv", "no propositions"),
        (b"key\ttext\n", "a.tsv", "no propositions"),
        (b"concept\tcount\nx\t3\n", "a.tsv", "no columns"),
        (b"key\ttext\na\tx\na\ty\n", "a.tsv", "twice"),
        (b"key\ttext\na\t\n", "a.tsv", "without text"),
        (b"key\ttext\tlanguage\na\tx\tzz\n", "a.tsv", "no language"),
        (b"\xff\xfe\x00", "a.tsv", "not UTF-8"),
        (b"a: [", "a.yaml", "damaged YAML"),
        (b"- 3\n- 4", "a.yaml", "no list"),
    ],
)
def test_what_is_no_codebook(data, where, what):
    with pytest.raises(InputError, match=what):
        read_codebook(data, where)


@given(st.binary(max_size=200), st.sampled_from(["a.tsv", "a.yaml"]))
def test_any_bytes_are_a_codebook_or_an_error_that_says_why(data, where):
    try:
        assert read_codebook(data, where)
    except InputError as error:
        assert where in str(error)
