"""``selon decisions`` and ``selon agreement``: what people decided, between colleagues, and how far they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.options import TABLE_ROWS, FormatOption, LedgerArgument, LimitOption, OutputOption, RawOption, Shape
from selon.cli.terminal import QUIET, SPEAKER, console, counted, harmless, note

if TYPE_CHECKING:
    from selon.store import Decision, Ledger

_LONGEST = 90


def decisions(
    ledger: LedgerArgument,
    coder: Annotated[str, typer.Option(help="Only those of this person.")] = "",
    kind: Annotated[str, typer.Option(help="Only of this kind: statement, position, actors …")] = "",
    about: Annotated[str, typer.Option(help="Only about the statement or other record whose id begins so.")] = "",
    orphaned: Annotated[bool, typer.Option("--orphaned", help="Only those whose words are gone.")] = False,
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Where coders differ, instead.")] = False,
    export_to: Annotated[
        Path | None, typer.Option("--export", help="Write them for a colleague, as JSON lines.", metavar="FILE")
    ] = None,
    import_from: Annotated[
        Path | None, typer.Option("--import", help="Take in what a colleague exported.", metavar="FILE")
    ] = None,
    limit: LimitOption = None,
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """List what people decided, the latest first; write it for a colleague, or take theirs in.

    A decision that is there already is not taken twice. Where coders differ the latest decision counts, and --conflicts
    lists what each of them said.
    """
    from selon.store import Ledger

    with Ledger.open(ledger) as opened:
        if import_from is not None:
            _take_in(opened, import_from)
        found = [
            each
            for each in opened.decisions()
            if (not coder or each.made_by == coder)
            and (not kind or each.kind == kind)
            and each.target.startswith(about)
        ]
        if orphaned:
            gone = {
                key for (key,) in opened.log_database.execute("SELECT key FROM corrections WHERE state = 'orphaned'")
            }
            found = [each for each in found if each.target in gone]
        if export_to is not None:
            _write(opened.decisions(), found, export_to)
            return
        if import_from is not None and not conflicts:
            return
        rows = _conflicts(opened) if conflicts else [_row(each) for each in reversed(found)]
    columns = _CONFLICTS if conflicts else _COLUMNS
    _answer(rows, columns, limit, (form, output, raw_csv))


def agreement(
    ledger: LedgerArgument,
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """Say how far coders agree, variable by variable: Krippendorff's alpha for all, Cohen's kappa for each pair."""
    from selon.store import Ledger
    from selon.store.agreement import agreements, coded_in

    with Ledger.open(ledger) as opened:
        found = agreements(coded_in(opened))
    rows = [
        {
            "variable": each.variable,
            "measure": each.measure,
            "coders": ", ".join(each.coders),
            "units": each.units,
            "value": each.value,
        }
        for each in found
    ]
    _answer(rows, _AGREEMENT, 0, (form, output, raw_csv))


_COLUMNS = {
    "id": "BIGINT",
    "made_at": "VARCHAR",
    "made_by": "VARCHAR",
    "kind": "VARCHAR",
    "done": "VARCHAR",
    "target": "VARCHAR",
    "before": "VARCHAR",
    "after": "VARCHAR",
    "note": "VARCHAR",
}
_CONFLICTS = {"variable": "VARCHAR", "unit": "VARCHAR", "codes": "VARCHAR"}
_AGREEMENT = {
    "variable": "VARCHAR",
    "measure": "VARCHAR",
    "coders": "VARCHAR",
    "units": "BIGINT",
    "value": "DOUBLE",
}


def _row(each: Decision) -> dict[str, Any]:
    value = each.value if isinstance(each.value, dict) else {}
    done = f"undo {value['undo']}" if "undo" in value else value.get("do") or value.get("are") or ""
    before, after = value.get("before"), value.get("after")
    if "agreement" in value:
        after = {value["proposition"]: value["agreement"]}
    return {
        "id": each.id,
        "made_at": each.made_at.isoformat(timespec="seconds"),
        "made_by": each.made_by,
        "kind": each.kind,
        "done": str(done),
        "target": each.target,
        "before": _told(before),
        "after": _told(after),
        "note": each.note,
    }


def _told(values: Mapping[str, Any] | None) -> str:
    """Columns and their values in words; those that only repeat others in offsets are left out."""
    hidden = ("_spans", "_names", "_mention", "_evidence")
    shown = {name: value for name, value in (values or {}).items() if not name.endswith(hidden)}
    return "; ".join(f"{name}: {value}" for name, value in shown.items() if value not in (None, "")) or ""


def _conflicts(opened: Ledger) -> list[dict[str, Any]]:
    from selon.store.agreement import coded_in, conflicts

    return [
        {
            "variable": each.variable,
            "unit": each.unit,
            "codes": "; ".join(f"{coder}: {value}" for coder, value in sorted(each.codes.items())),
        }
        for each in conflicts(coded_in(opened))
    ]


def _take_in(opened: Ledger, path: Path) -> None:
    from selon.errors import UsageError
    from selon.store.exchange import take_in

    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read: {error}", where=str(path), next="give a file of JSON lines") from error
    taken = take_in(opened, lines, str(path))
    note(f"{counted(taken.new, 'new decision')}, {taken.known} known already")
    if taken.unknown:
        note(f"{taken.unknown} take back what this ledger does not have: import that too")


def _write(log: Sequence[Decision], found: Sequence[Decision], path: Path) -> None:
    from selon.exports.whole import whole_file
    from selon.store.exchange import lines_of

    with whole_file(path) as file:
        for line in lines_of(log, found):
            file.write(line.encode("utf-8", "backslashreplace"))
    note(f"{path}: {counted(len(found), 'decision')}")


def _answer(
    rows: Sequence[Mapping[str, Any]],
    columns: Mapping[str, str],
    limit: int | None,
    how: tuple[Shape, Path | None, bool],
) -> None:
    form, output, raw = how
    if form is not Shape.TABLE:
        from selon.cli.output import write_answer

        write_answer(rows[: limit or None], columns, form, output, raw=raw)
        return
    from rich.table import Table

    most = TABLE_ROWS if limit is None else limit or None
    table = Table(box=None, pad_edge=False, header_style=QUIET)
    for name in columns:
        table.add_column(name, overflow="fold", style=SPEAKER if name == "made_by" else "")
    for row in rows[:most]:
        table.add_row(*(_cell(row[name]) for name in columns))
    out = console()
    out.print(table if rows else "Nothing yet.")
    if most is not None and len(rows) > most:
        out.print(f"{most} of {len(rows):,}; --limit 0 shows all", style=QUIET)


def _cell(value: object) -> str:
    told = f"{value:.3f}" if isinstance(value, float) else "" if value is None else harmless(str(value))
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"
