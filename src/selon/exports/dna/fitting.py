"""What DNA cannot hold as it is, made to fit: long names, line ends, characters that its window counts twice."""

from __future__ import annotations

import base64
import hashlib

from selon.code_units import narrowed
from selon.exports.dna.schema import LONGEST
from selon.exports.line_ends import LineEnds
from selon.offsets import Span

PASSWORD = "selon"  # noqa: S105 - said in the docs: DNA wants one typed in, and a coder without one gets this
_ROUNDS = 100_000


class FittedText:
    r"""A text as DNA shows it, and where its spans stand then: ``\n`` only, one stand-in for each wide character.

    >>> fitted = FittedText("Un\r\ndeux 😀 trois")
    >>> fitted.text, fitted.moved(Span(11, 16)).of(fitted.text)
    ('Un\ndeux � trois', 'trois')
    """

    def __init__(self, text: str) -> None:
        self._lines = LineEnds(text)
        self.text = narrowed(self._lines.text).replace("\0", "\ufffd")
        self.line_ends = self._lines.mended
        self.wide = sum(letter > "\uffff" or letter == "\0" for letter in text)

    def moved(self, span: Span) -> Span:
        """Where a span of the given text stands in this one."""
        return self._lines.moved(span)


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
