"""The columns of tables for other programs: what each table has, in order, with DuckDB types.

Columns keep their names and order from one version to the next; new ones are added at the end.
"""

from __future__ import annotations

from collections.abc import Mapping

Columns = Mapping[str, str]
"""Names in order, with their DuckDB types."""

_SPAN = 'STRUCT("start" INTEGER, "end" INTEGER)'
_EVIDENCE = 'STRUCT("by" VARCHAR, saw VARCHAR, score DOUBLE)[]'

STATEMENT_COLUMNS: Columns = {
    "id": "VARCHAR",
    "article": "VARCHAR",
    "outlet": "VARCHAR",
    "published": "DATE",
    "published_precision": "VARCHAR",
    "title": "VARCHAR",
    "url": "VARCHAR",
    "place": "VARCHAR",
    "speaker": "VARCHAR",
    "speaker_kind": "VARCHAR",
    "speaker_role": "VARCHAR",
    "kind": "VARCHAR",
    "form": "VARCHAR",
    "source": "VARCHAR",
    "cue": "VARCHAR",
    "content": "VARCHAR",
    "said_on_first": "DATE",
    "said_on_last": "DATE",
    "said_on_precision": "VARCHAR",
    "addressee": "VARCHAR",
    "confidence": "DOUBLE",
    "span": _SPAN,
    "source_spans": f"{_SPAN}[]",
    "cue_spans": f"{_SPAN}[]",
    "content_spans": f"{_SPAN}[]",
    "evidence": _EVIDENCE,
    "venue": "VARCHAR",
    "decided": "VARCHAR",
    "decided_by": "VARCHAR",
}
"""A statement a row, as ``Ledger.rows`` gives them too; ``speaker`` is null where unknown.

``published`` is the first day of what is known (``published_precision``: day, month, year); ``said_on`` has both ends.
"""

ARTICLE_COLUMNS: Columns = {
    "id": "VARCHAR",
    "outlet": "VARCHAR",
    "title": "VARCHAR",
    "published": "DATE",
    "published_precision": "VARCHAR",
    "language": "VARCHAR",
    "url": "VARCHAR",
    "place": "VARCHAR",
    "origin": "VARCHAR",
    "characters": "INTEGER",
    "boilerplate_characters": "INTEGER",
    "statements": "INTEGER",
    "direct": "INTEGER",
    "indirect": "INTEGER",
    "mixed": "INTEGER",
    "unknown_speakers": "INTEGER",
}
"""An article a row, with how many statements it gave by kind, and how many of them have no known speaker."""

UTTERANCE_COLUMNS: Columns = {
    "id": "VARCHAR",
    "witnesses": "INTEGER",
    "articles": "INTEGER",
    "languages": "VARCHAR",
    "speaker": "VARCHAR",
    "content": "VARCHAR",
    "first_published": "DATE",
    "last_published": "DATE",
    "first_outlet": "VARCHAR",
    "first_statement": "VARCHAR",
    "repeated": "VARCHAR",
}
WITNESS_COLUMNS: Columns = {
    "utterance": "VARCHAR",
    "statement": "VARCHAR",
    "published": "DATE",
    "outlet": "VARCHAR",
    "language": "VARCHAR",
    "speaker": "VARCHAR",
    "cue": "VARCHAR",
    "kind": "VARCHAR",
    "content": "VARCHAR",
    "confidence": "DOUBLE",
    "dropped": "VARCHAR",
    "added": "VARCHAR",
    "changed": "VARCHAR",
    "marks": "VARCHAR",
    "attribution": "VARCHAR",
    "numbers": "BOOLEAN",
    "denial": "BOOLEAN",
    "article": "VARCHAR",
}
COPY_COLUMNS: Columns = {
    "id": "VARCHAR",
    "kind": "VARCHAR",
    "score": "DOUBLE",
    "direction": "DOUBLE",
    "derived": "VARCHAR",
    "derived_outlet": "VARCHAR",
    "derived_published": "DATE",
    "derived_title": "VARCHAR",
    "origin": "VARCHAR",
    "origin_outlet": "VARCHAR",
    "origin_published": "DATE",
    "origin_title": "VARCHAR",
    "wire": "VARCHAR",
    "through": "VARCHAR",
    "passages": f"STRUCT(derived {_SPAN}, origin {_SPAN}, likeness DOUBLE)[]",
    "evidence": _EVIDENCE,
    "earliest": _EVIDENCE,
}
"""A copy a row, with what is known of the article that took and of the one it was taken from."""

ACTOR_COLUMNS: Columns = {
    "id": "VARCHAR",
    "name": "VARCHAR",
    "kind": "VARCHAR",
    "organisation": "VARCHAR",
    "wikidata": "VARCHAR",
    "statements": "INTEGER",
    "articles": "INTEGER",
    "first_seen": "DATE",
    "last_seen": "DATE",
    "names": 'STRUCT(wording VARCHAR, articles INTEGER, "key" VARCHAR)[]',
    "roles": "STRUCT(name VARCHAR, articles INTEGER, first_seen DATE, last_seen DATE)[]",
    "evidence": _EVIDENCE,
}
"""An actor a row, most statements first."""

SAID_COLUMNS: Columns = {
    "id": "VARCHAR",
    "day": "DATE",
    "outlet": "VARCHAR",
    "article": "VARCHAR",
    "place": "VARCHAR",
    "speaker": "VARCHAR",
    "speaker_role": "VARCHAR",
    "source": "VARCHAR",
    "cue": "VARCHAR",
    "content": "VARCHAR",
    "kind": "VARCHAR",
    "evidence": _EVIDENCE,
}
"""A statement of one actor a row, oldest first; ``evidence`` says why it is the actor's."""

POSITION_COLUMNS: Columns = {
    "proposition": "VARCHAR",
    "text": "VARCHAR",
    "agreement": "INTEGER",
    "confidence": "DOUBLE",
    "decided": "BOOLEAN",
    "statement": "VARCHAR",
    "speaker": "VARCHAR",
    "source": "VARCHAR",
    "cue": "VARCHAR",
    "content": "VARCHAR",
    "article": "VARCHAR",
    "outlet": "VARCHAR",
    "day": "DATE",
    "title": "VARCHAR",
    "evidence": _EVIDENCE,
}
"""A position a row: +1 holds the proposition, -1 denies it, 0 leaves it open; ``decided`` where a person said so."""

PROPOSITION_COLUMNS: Columns = {
    "proposition": "VARCHAR",
    "text": "VARCHAR",
    "language": "VARCHAR",
    "suggested": "BOOLEAN",
    "holds": "INTEGER",
    "denies": "INTEGER",
    "open": "INTEGER",
    "contradictions": "INTEGER",
}
"""A proposition a row, with how many statements are surely enough for it, against it and open, and contradictions."""

CONTRADICTION_COLUMNS: Columns = {
    "id": "VARCHAR",
    "kind": "VARCHAR",
    "proposition": "VARCHAR",
    "text": "VARCHAR",
    "confidence": "DOUBLE",
    "first_statement": "VARCHAR",
    "first_agreement": "INTEGER",
    "first_speaker": "VARCHAR",
    "first_source": "VARCHAR",
    "first_cue": "VARCHAR",
    "first_content": "VARCHAR",
    "first_article": "VARCHAR",
    "first_outlet": "VARCHAR",
    "first_day": "DATE",
    "first_title": "VARCHAR",
    "second_statement": "VARCHAR",
    "second_agreement": "INTEGER",
    "second_speaker": "VARCHAR",
    "second_source": "VARCHAR",
    "second_cue": "VARCHAR",
    "second_content": "VARCHAR",
    "second_article": "VARCHAR",
    "second_outlet": "VARCHAR",
    "second_day": "DATE",
    "second_title": "VARCHAR",
    "evidence": _EVIDENCE,
}
"""A contradiction a row, with both statements."""
