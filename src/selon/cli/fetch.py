"""``selon fetch``: pages from the web into a ledger; the only command that touches the network."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from selon.cli.run import LanguageOption, LedgerOption, StrictOption, WorkersOption, checked_language, fill_and_sum_up

if TYPE_CHECKING:
    from selon.records import Document, Failure

PAGES = "pages"


def fetch(
    urls: Annotated[list[str], typer.Argument(help="Addresses of articles (http, https).", metavar="URL...")],
    ledger: LedgerOption,
    lang: LanguageOption = "",
    workers: WorkersOption = 1,
    strict: StrictOption = False,
    delay: Annotated[float, typer.Option(min=0.0, help="Seconds between two requests to one host.")] = 2.0,
) -> None:
    """Fetch pages and read them into a ledger; the only command that touches the network.

    The page as it came is kept in LEDGER/pages, so that offsets into it can be checked. Addresses that are not public
    are refused.
    """
    from selon.cli.progress import Files
    from selon.settings import Settings
    from selon.store import Ledger

    settings = Settings(language=checked_language(lang), workers=workers)
    Ledger.create(ledger).close()
    documents = fetched(list(dict.fromkeys(urls)), ledger / PAGES, delay)
    fill_and_sum_up(ledger, documents, settings, files=Files([]), strict=strict)


def fetched(urls: list[str], pages: Path, delay: float) -> Iterator[Document | Failure]:
    """One document or Failure an address, in order; each page is on the disk before its document is handed out."""
    from selon.records import Document, Failure

    last: dict[str, float] = {}
    for url in urls:
        host = urlsplit(url).hostname or ""
        if urlsplit(url).scheme not in {"http", "https"} or not host:
            yield Failure(url, "not an address of the web", "give one that begins with https://", "fetching")
            continue
        if host in last:
            time.sleep(max(0.0, last[host] + delay - time.monotonic()))
        data, problem = _download(url)
        last[host] = time.monotonic()
        if data is None:
            yield Failure(url, problem, "open the address in a browser; save the page and give the file", "fetching")
            continue
        name = f"{hashlib.sha256(data).hexdigest()[:16]}.html"
        _keep(pages / name, data)
        yield Document(f"{PAGES}/{name}", data, "text/html", url=url)


def _download(url: str) -> tuple[bytes | None, str]:
    """The page's bytes, or None and what went wrong; trafilatura refuses non-public addresses, at connection too."""
    from trafilatura.downloads import fetch_response

    response = fetch_response(url, decode=False)
    if response is None:
        return None, "no answer (unreachable, refused, too big, or not a public address)"
    if response.status != 200:
        return None, f"the server answered {response.status}"
    return response.data, ""


def _keep(path: Path, data: bytes) -> None:
    from selon.store import disk

    with disk.writing_to(path.parent):
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            temporary = path.with_name(path.name + ".tmp")
            temporary.write_bytes(data)
            disk.replace(temporary, path)
