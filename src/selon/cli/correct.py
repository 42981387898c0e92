"""``selon correct``: a person's word on one statement, kept for good and followed by every run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.deciding import ByOption, now, who_decides
from selon.cli.merge import NoteOption, UndoOption
from selon.cli.options import LedgerArgument
from selon.cli.terminal import note as told
from selon.records import ActorKind, Form, Kind

if TYPE_CHECKING:
    from selon.store import Decision, Ledger
    from selon.store.reviewing import Signed


def correct(
    ledger: LedgerArgument,
    statement: Annotated[
        str, typer.Argument(help="The statement (or, with --add, the article), by the beginning of its id.")
    ] = "",
    accept: Annotated[bool, typer.Option("--accept", help="It is right as it is.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is no statement: it is not shown any more.")] = False,
    add: Annotated[str, typer.Option(help="Words of the article that are a statement too.", metavar="WORDS")] = "",
    kind: Annotated[Kind | None, typer.Option(help="How the words are given.")] = None,
    form: Annotated[Form | None, typer.Option(help="What the content is, grammatically.")] = None,
    speaker: Annotated[str, typer.Option(help="Who speaks: an actor's name, a new one, or unknown.")] = "",
    speaker_kind: Annotated[ActorKind, typer.Option(help="What a new speaker is.")] = ActorKind.PERSON,
    content: Annotated[str, typer.Option(help="The words that were said.", metavar="WORDS")] = "",
    cue: Annotated[str, typer.Option(help="The words that say that it was said; none for none.")] = "",
    source: Annotated[str, typer.Option(help="The words that name who speaks; none for none.")] = "",
    addressee: Annotated[str | None, typer.Option(help="To whom.")] = None,
    undo: UndoOption = None,
    by: ByOption = "",
    note: NoteOption = "",
) -> None:
    """Accept, reject or correct a statement, or add one that was missed.

    What you decide shows at once in every list and export, and is found again when articles are read anew. Words are
    looked for in the article, nearest to the statement. Take it back with --undo and its number.
    """
    from selon.store import Ledger
    from selon.store.reviewing import Signed

    words = _Words(add or content, cue, source)
    fields = {"kind": kind, "form": form, "addressee": addressee}
    with Ledger.open(ledger) as opened:
        signed = Signed(who_decides(by), now(), note)
        if undo is None:
            _only_one(accept, reject, add)
            who = (speaker, speaker_kind)
            made = _decided(opened, statement, signed, _Asked(accept, reject, bool(add), words, who, fields))
        else:
            from selon.store.reviewing import take_back

            made = take_back(opened, undo, signed)
    told(f"decision {made.id}: {made.value.get('do', 'undo')} {made.target[:8]}")


@dataclass(frozen=True, slots=True)
class _Words:
    content: str
    cue: str
    source: str


@dataclass(frozen=True, slots=True)
class _Asked:
    accept: bool
    reject: bool
    add: bool
    words: _Words
    who: tuple[str, ActorKind]
    fields: dict[str, Any]


def _only_one(accept: bool, reject: bool, add: str) -> None:
    from selon.errors import UsageError

    if accept + reject + bool(add) > 1:
        raise UsageError("--accept, --reject and --add", next="give one of them")


def _decided(opened: Ledger, key: str, signed: Signed, asked: _Asked) -> Decision:
    from selon.errors import UsageError
    from selon.store import reviewing
    from selon.store.reviewing import Change

    if not key:
        raise UsageError("no statement", next=f"list them with: selon statements {opened.folder}")
    if asked.accept:
        return reviewing.accept(opened, key, signed)
    if asked.reject:
        return reviewing.reject(opened, key, signed)
    who = reviewing.speaker_of(opened, *asked.who) if asked.who[0] else None
    if asked.add:
        page = opened.article(key)
        change = Change(speaker=who, **asked.fields, **_spans(asked.words, page.text, 0))
        return reviewing.add(opened, page.id, change, signed)
    row = reviewing.subject(opened, key).row
    text = opened.article(row["article"]).text
    change = Change(speaker=who, **asked.fields, **_spans(asked.words, text, row["content_spans"][0]["start"]))
    return reviewing.correct(opened, key, change, signed)


def _spans(words: _Words, text: str, near: int) -> dict[str, Any]:
    from selon.errors import UsageError
    from selon.offsets import Span
    from selon.store.placing import found

    spans: dict[str, Any] = {}
    for part in ("content", "cue", "source"):
        told_words = getattr(words, part)
        if part != "content" and told_words == "none":
            spans[part] = ()
        elif told_words:
            places = [found(piece, text, near) for piece in told_words.split(" […] ")]
            if None in places:
                raise UsageError(
                    f"not in the article: {told_words!r}", where=part, next="give words as they stand there"
                )
            spans[part] = tuple(Span(*place) for place in places if place)
    return spans
