"""Bytes to text: byte order mark, strict UTF-8, the declared charset, Windows-1252; every byte leaves a character.

UTF-8 is tried before the declared charset because a long non-ASCII text that is valid UTF-8 is almost never anything
else, while pages that still say ``iso-8859-1`` after a move to UTF-8 are common.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

# The name under which codecs know our way with bad bytes: each becomes its Windows-1252 character.
HOLES = "selon-cp1252"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)
# What the Web calls Latin-1 and ASCII is Windows-1252: the quotation marks “ ” ’ live in the difference.
_CP1252_NAMES = frozenset({"iso8859-1", "ascii", "cp1252"})
# Codecs that are text encodings to Python and traps to us: they decode plain ASCII into something else.
_REFUSED = frozenset({"utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "mbcs", "oem"})
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text (byte order mark aside, newlines as they were), its encoding, and a note when bytes were damaged."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes | str, declared: str = "") -> Decoded:
    """The text of a file or record; ``declared`` is the charset that its container names. Never raises.

    A byte that the encoding does not allow becomes its Windows-1252 character, and the note counts them.
    """
    if isinstance(data, str):
        return Decoded(whole_characters(data), "text")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_holes(data[len(mark) :], encoding)
    wide = _wide_without_mark(data)
    if wide:
        return _with_holes(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    named = _codec(declared) or declared_charset(data)
    if named and named != "utf-8":
        try:
            return Decoded(data.decode(named), named)
        except (UnicodeDecodeError, ValueError):
            pass
    return _damaged(data, named)


def declared_charset(data: bytes) -> str:
    """The charset that a page or feed declares in its first 4,096 bytes, as Python names it, or ``""``."""
    match = _DECLARED.search(data, 0, 4096)
    return _codec((match[1] or match[2]).decode("ascii", "replace")) if match else ""


def whole_characters(text: str) -> str:
    """The text with U+FFFD for each lone surrogate (JSON can hold them), so that it can be written; the same length."""
    return _SURROGATE.sub("\ufffd", text)


def _codec(name: str) -> str:
    if not name:
        return ""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return ""
    if found.name.replace("_", "-") in _REFUSED or not found._is_text_encoding:
        return ""
    return "cp1252" if found.name in _CP1252_NAMES else found.name


def _wide_without_mark(data: bytes) -> str:
    """UTF-16 that lost its mark: in Latin script every second byte is zero."""
    head = data[:256]
    if len(head) < 8 or len(data) % 2 or b"\0" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and not even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and not odd else ""


def _with_holes(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace" if "16" in encoding or "32" in encoding else HOLES)
    try:
        data.decode(encoding)
        return Decoded(text, encoding)
    except UnicodeDecodeError as error:
        return Decoded(text, encoding, f"bytes that are not {encoding}, the first at byte {error.start}")


def _damaged(data: bytes, named: str) -> Decoded:
    """Mostly UTF-8 with a few bad bytes, or Windows-1252: whichever explains more of the bytes above 127."""
    sequences = sum(len(match) for match in _SEQUENCE.findall(data))
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    strays = high - sequences
    if sequences > strays or (named == "utf-8" and sequences):
        note = f"{_bytes(strays)} not UTF-8, read as Windows-1252"
        return Decoded(data.decode("utf-8", HOLES), "utf-8", note)
    undefined = sum(data.count(byte) for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))
    note = f"{_bytes(undefined)} not Windows-1252, read as control characters" if undefined else ""
    return Decoded(data.decode("cp1252", HOLES), "cp1252", note)


def _bytes(count: int) -> str:
    return "1 byte is" if count == 1 else f"{count} bytes are"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_CP1252[byte] for byte in bad), error.end


_CP1252 = [bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in range(256)]
codecs.register_error(HOLES, _as_cp1252)
