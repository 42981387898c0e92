"""The reader as a person uses it, in a real browser."""

import pytest


@pytest.fixture(scope="module")
def address(serve, demo):
    return serve(demo)


def fullest(tab, address):
    rows = tab.request.get(f"{address}/articles.json").json()
    return max(rows, key=lambda row: row["statements"])["id"]


def test_a_click_on_a_statement_shows_its_side(tab, address):
    tab.goto(f"{address}/articles/{fullest(tab, address)}")
    mark = tab.locator(".row p mark.content").first
    mark.click()
    panel = tab.locator("#panel .statement")
    panel.wait_for()
    key = mark.get_attribute("data-key")
    assert panel.get_attribute("data-key") == key
    assert tab.url.endswith(f"#{key}")
    assert "chosen" in mark.get_attribute("class")


def test_by_keyboard_alone(tab, address):
    tab.goto(f"{address}/articles/{fullest(tab, address)}")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")
    tab.locator("#panel .statement").wait_for()
    second = tab.locator("a.note").nth(1).get_attribute("data-key")
    assert tab.locator("#panel .statement").get_attribute("data-key") == second
    tab.keyboard.press("j")
    third = tab.locator("a.note").nth(2).get_attribute("data-key")
    tab.locator(f'#panel .statement[data-key="{third}"]').wait_for()
    tab.keyboard.press("Escape")
    assert tab.locator("#panel .statement").count() == 0


def test_a_link_leads_to_its_statement(tab, address):
    key = fullest(tab, address)
    tab.goto(f"{address}/articles/{key}")
    last = tab.locator("a.note").last.get_attribute("data-key")
    tab.goto("about:blank")
    tab.goto(f"{address}/articles/{key}#{last}")
    tab.locator(f'#panel .statement[data-key="{last}"]').wait_for()


def test_filters_stand_in_the_address(tab, address):
    tab.goto(f"{address}/articles")
    tab.get_by_role("searchbox", name="Outlet").fill("mediterranean")
    tab.get_by_role("button", name="Apply").click()
    tab.wait_for_url("**outlet=mediterranean**")
    assert tab.locator("ol.articles > li").count() == 1
    assert tab.get_by_role("searchbox", name="Outlet").input_value() == "mediterranean"


def test_two_thousand_marks_stay_usable(tab, serve, crowded):
    tab.goto(f"{serve(crowded)}/articles/crowded")
    assert tab.locator("a.note").count() == 2000
    tab.locator("a.note").nth(1500).click()
    tab.locator('#panel .statement[data-key="s1500"]').wait_for()


def test_hostile_words_do_nothing(tab, serve, hostile):
    tab.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    address = serve(hostile)
    for path in ("/", "/articles", "/articles/hostile", "/statements/s1"):
        tab.goto(address + path)
    tab.goto(f"{address}/articles/hostile")
    tab.locator("a.note").first.click()
    tab.locator("#panel .statement").wait_for()
