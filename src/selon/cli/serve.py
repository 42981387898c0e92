"""``selon serve``: the ledger as pages in the browser, on this machine."""

from __future__ import annotations

import ipaddress
from typing import Annotated

import typer

from selon.cli.linked import bring_up_to_date
from selon.cli.options import LedgerArgument
from selon.cli.terminal import note


def serve(
    ledger: LedgerArgument,
    host: Annotated[
        str, typer.Option(help="The address to listen at; any but this machine's own needs a password.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes one that is free.")] = 8765,
    password: Annotated[
        str, typer.Option(envvar="SELON_PASSWORD", help="What a browser must know.", show_default=False)
    ] = "",
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A name by which the pages may be asked for; may be given again.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Let nobody change anything.")] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
) -> None:
    """Open pages to explore the ledger: its articles with every statement marked, speakers, search.

    They are served to this machine only, work without a network, and stop with Ctrl-C.
    """
    from selon.errors import UsageError
    from selon.store import Ledger
    from selon.web.serving import Listening, serve_pages
    from selon.web.site import SiteSettings

    away = not _is_this_machine(host)
    if away and not password:
        raise UsageError(
            "other machines could read the ledger", where=f"--host {host}", next="give --password or SELON_PASSWORD too"
        )
    if away:
        note("The password and the pages travel in clear: put a server with TLS (Caddy, nginx) in front.")
    with Ledger.open(ledger) as opened:
        bring_up_to_date(opened)
    settings = SiteSettings(read_only=read_only, password=password, hosts=tuple(allow_host or ()))
    serve_pages(ledger, settings, Listening(host, port, browser=not no_open), say=note)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
