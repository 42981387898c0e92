"""What the wheel carries for the pages."""

import re
from pathlib import Path

import selon.web

WEB = Path(selon.web.__file__).parent
STATIC = WEB / "static"


def test_the_whole_is_small():
    assert sum(path.stat().st_size for path in STATIC.rglob("*") if path.is_file()) <= 500_000


def test_every_third_party_script_comes_with_its_licence():
    told = (STATIC / "vendor" / "LICENSES.txt").read_text(encoding="utf-8")
    for script in (STATIC / "vendor").glob("*.js"):
        assert script.name.partition(".")[0] in told


def test_nothing_is_loaded_from_elsewhere():
    for path in (*STATIC.glob("*.*"), *(WEB / "templates").glob("*")):
        for address in re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"')]*", path.read_text(encoding="utf-8")):
            assert address.startswith("http://www.w3.org/"), f"{path.name}: {address}"


def test_no_template_has_inline_script_or_style():
    for path in (WEB / "templates").glob("*"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)|javascript:|hx-on|\|\s*safe\b", text), (
            path.name
        )
