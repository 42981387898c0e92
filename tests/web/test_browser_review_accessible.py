"""axe-core finds nothing serious on the pages that write, before and after a name is given."""

from pathlib import Path

import pytest

axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
SCRIPT = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious(browser, serve, demo, scheme):
    address = serve(demo)
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    try:
        page = context.new_page()
        page.goto(f"{address}/review")
        _looked_at(page)
        page.keyboard.type("Ann")
        page.keyboard.press("Enter")
        page.locator("#context").wait_for()
        _looked_at(page)
        page.keyboard.press("?")
        page.keyboard.press("1")
        _looked_at(page)
        page.goto(f"{address}/paste")
        page.locator("textarea").fill("« La loi passera », a affirmé Marie Dupont.")
        with page.expect_navigation():
            page.locator("form.pasting button").click()
        page.locator(".pasted").wait_for()
        _looked_at(page)
    finally:
        context.close()


def _looked_at(page):
    page.evaluate(SCRIPT)
    found = page.evaluate("axe.run()")
    told = [(each["impact"], each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
    assert not [each for each in told if each[0] in ("serious", "critical")]
