"""What evidence says, in the words of the reader's language: the data keep the rule's own name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class EvidenceWords:
    """One language: ``by`` are the names of rules and models, ``saw`` by rule the phrases of ours that it saw."""

    by: Mapping[str, str]
    saw: Mapping[str, Mapping[str, str]]

    def of_rule(self, by: str) -> str:
        """What a rule or model is called; as it stands in the data where there is no word for it."""
        return _filled(self.by, by)

    def of_sight(self, by: str, saw: str) -> str:
        """What it saw: words of the article as they are, ours in this language."""
        known = self.saw.get(by)
        return _filled(known, saw) if known else saw


@cache
def evidence_words(language: str) -> EvidenceWords:
    """The words for evidence in one language of the pages."""
    file = files("selon.web").joinpath("words", "evidence", f"{language}.toml")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return EvidenceWords(data["by"], data.get("saw", {}))


def _filled(known: Mapping[str, str], text: str) -> str:
    """The phrase under this text, else under the longest pattern that fits it, with what ``*`` stood for."""
    if text in known:
        return known[text]
    for pattern in sorted((each for each in known if "*" in each), key=len, reverse=True):
        found = re.fullmatch(re.escape(pattern).replace(r"\*", "(.+)"), text, re.S)
        if found is not None:
            return known[pattern].format(*found.groups())
    return text
