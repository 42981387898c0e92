"""axe-core finds nothing serious on any page, by day and by night."""

from pathlib import Path

import pytest

axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
SCRIPT = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

# The look changes colours only.
RUN = {"light": "axe.run()", "dark": 'axe.run({runOnly: ["color-contrast"]})'}


@pytest.fixture(scope="module")
def pages(serve, demo):
    from selon.store import Ledger

    address = serve(demo)
    with Ledger.open(demo) as ledger:
        article, statement = ledger.sql("SELECT article, id FROM statements ORDER BY id LIMIT 1").fetchall()[0]
        actor = ledger.sql("SELECT id FROM actors ORDER BY statements DESC, id LIMIT 1").fetchall()[0][0]
        utterance = ledger.sql("SELECT id FROM utterances ORDER BY witnesses DESC, id LIMIT 1").fetchall()[0][0]
        copy = ledger.sql("SELECT id FROM copies WHERE kind = 'partial' LIMIT 1").fetchall()[0][0]
        claim = ledger.sql("SELECT proposition FROM propositions ORDER BY denies DESC LIMIT 1").fetchall()[0][0]
    paths = (
        *("/", "/articles", f"/articles/{article}#{statement}", "/statements?about=feu", f"/statements/{statement}"),
        *("/people", f"/people/{actor}", "/none", "/statements?about=feu&language=en&kind=direct"),
        *("/utterances", f"/utterances/{utterance}", "/copies?kind=all", f"/copies/{copy}", "/propositions"),
        *(f"/propositions/{claim}", "/contradictions", "/network", "/network?view=said&most=12"),
    )
    return [address + path for path in paths]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious(browser, pages, scheme):
    context = browser.new_context(color_scheme=scheme, locale="fr-FR", reduced_motion="reduce")
    try:
        for address in pages:
            page = context.new_page()
            page.goto(address)
            if "#" in address:
                page.locator("#panel .statement").wait_for()
            page.evaluate(SCRIPT)
            found = page.evaluate(RUN[scheme])
            told = [(each["impact"], each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
            assert not [each for each in told if each[0] in ("serious", "critical")], address
            assert "color-contrast" in {each["id"] for each in found["passes"]}, "axe looked at nothing"
            page.close()
    finally:
        context.close()


def test_everything_is_reached_by_keyboard(tab, pages):
    tab.goto(pages[1])
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "about"


def test_a_narrow_window_scrolls_one_way_only(browser, pages):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    try:
        page = context.new_page()
        for address in pages:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    finally:
        context.close()
