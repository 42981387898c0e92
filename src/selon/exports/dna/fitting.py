"""What DNA cannot hold as it is, made to fit: long names, line ends, characters that its window counts twice."""

from __future__ import annotations

import base64
import hashlib

from selon.code_units import CodeUnits, narrowed
from selon.exports.dna.schema import LONGEST
from selon.exports.line_ends import LineEnds
from selon.offsets import Span

PASSWORD = "selon"  # noqa: S105 - said in the docs: DNA wants one typed in, and a coder without one gets this
_ROUNDS = 100_000


class FittedText:
    r"""A text as DNA shows it, and where its spans stand then: ``\n`` only, one stand-in for each wide character.

    One that came from DNA (``kept``) keeps its wide characters; its spans are counted as DNA's window counts them.

    >>> fitted, kept = FittedText("Un\r\ndeux 😀 trois"), FittedText("😀 trois", kept=True)
    >>> fitted.text, fitted.moved(Span(11, 16)).of(fitted.text)
    ('Un\ndeux � trois', 'trois')
    >>> kept.text, kept.moved(Span(2, 7))
    ('😀 trois', Span(start=3, end=8))
    """

    def __init__(self, text: str, *, kept: bool = False) -> None:
        self._lines = LineEnds(text)
        plain = self._lines.text
        self._units = CodeUnits(plain) if kept else None
        self.text = plain if kept else narrowed(plain).replace("\0", "\ufffd")
        self.line_ends = self._lines.mended
        self.wide = sum(letter > "\uffff" or letter == "\0" for letter in text)

    def moved(self, span: Span) -> Span:
        """Where a span of the given text stands in this one."""
        found = self._lines.moved(span)
        return self._units.to_units(found) if self._units is not None else found


def fitted(value: str) -> str:
    """The value in at most 190 characters: a longer one is cut, and ends in a mark that only it has.

    >>> fitted("a" * 500)[-10:], len(fitted("a" * 500)), fitted("bref")
    ('a… #69206a', 190, 'bref')
    """
    value = value.replace("\0", "\ufffd")
    if len(value) <= LONGEST:
        return value
    mark = f"… #{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
    return value[: LONGEST - len(mark)] + mark


def password_hash(password: str, salt: bytes) -> str:
    """What DNA keeps of a password (jasypt's StrongPasswordEncryptor): salt and SHA-256, 100,000 times, in base 64.

    ``salt`` has 16 bytes.
    """
    found = salt + password.encode()
    for _ in range(_ROUNDS):
        found = hashlib.sha256(found).digest()
    return base64.b64encode(salt + found).decode("ascii")


def is_password(password: str, kept: str) -> bool:
    """Whether ``kept`` is what DNA keeps of this password."""
    salt = base64.b64decode(kept)[:16]
    return password_hash(password, salt) == kept
