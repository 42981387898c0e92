"""Stand-ins for ``selon.pipeline.analyse`` that obey what a document's text says."""

import ctypes
import os
import sys
import time

from selon.errors import UnknownFormat
from selon.records import Analysis, Article, Failure, SetAside, content_id


def obey(document, settings):
    text = document.data if isinstance(document.data, str) else document.data.decode()
    command, _, argument = text.partition(" ")
    if command == "hang":
        while True:
            pass
    if command == "sleep":
        time.sleep(float(argument.split()[0]))
    if command == "crash":
        ctypes.string_at(0)
    if command == "exit":
        os._exit(7)
    if command == "eat":
        bytearray(3 << 30)
    if command == "print":
        print("noise on stdout")  # noqa: T201
        sys.stdout.flush()
        os.write(1, b"more noise")
        sys.stdin.read()
    if command == "raise":
        raise RuntimeError("boom\nsecond line")
    if command == "refuse":
        raise UnknownFormat("binary data", where=document.where, next="give text")
    if command == "aside":
        return SetAside(document.where, "no text")
    if command == "fail":
        return Failure(document.where, "bad", "mend it", "reading")
    return Analysis(Article(content_id("a", text), document.where, text, "fr"), (), ())


def missing(document, settings):
    raise AssertionError("never called")
