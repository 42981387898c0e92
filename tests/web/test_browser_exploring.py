"""Comparing wordings and moving through the network, in a real browser."""

import pytest


@pytest.fixture(scope="module")
def address(serve, coded):
    return serve(coded)


def test_from_the_list_to_the_wordings_side_by_side(tab, address):
    tab.goto(f"{address}/utterances?languages=2")
    first = tab.locator("ol.utterances > li").first
    witnesses = int(first.locator(".count strong").inner_text())
    first.locator("h2 a").click()
    tab.wait_for_url("**/utterances/u*")
    assert tab.locator("ol.wordings > li").count() == witnesses - 1
    mark = tab.locator("ol.wordings ins.added").first
    assert "underline" in mark.evaluate("each => getComputedStyle(each).textDecorationLine")
    assert "line-through" in tab.locator("del.dropped").first.evaluate("e => getComputedStyle(e).textDecorationLine")
    tab.locator("ol.wordings summary").first.press("Enter")
    assert tab.locator("ol.wordings details[open] li").count() >= 1


def drawn(tab):
    place = tab.locator("#graph[data-drawn]")
    place.wait_for()
    return place.get_attribute("data-drawn")


def rows(tab):
    return tab.locator("#network tbody tr").count()


def test_the_slider_changes_the_table_and_the_graph(tab, address):
    tab.goto(f"{address}/network")
    before, all_ties = drawn(tab), rows(tab)
    if before != "picture":
        assert before.split()[1] == str(all_ties)
    days = tab.locator("#slider").get_attribute("data-days").split()
    last = tab.get_by_role("slider", name="To")
    last.focus()
    for _ in range(len(days) // 2):
        tab.keyboard.press("ArrowLeft")
    tab.wait_for_function("before => document.querySelectorAll('#network tbody tr').length < before", arg=all_ties)
    assert "until=20" in tab.url
    assert tab.locator('input[name="until"]').input_value() in tab.url
    now = drawn(tab)
    assert now == "picture" or now.split()[1] == str(rows(tab))
    tab.reload()
    assert rows(tab) < all_ties
    assert int(tab.get_by_role("slider", name="To").input_value()) == len(days) - 2 - len(days) // 2


def test_the_view_changes_by_keyboard(tab, address):
    tab.goto(f"{address}/network")
    drawn(tab)
    tab.get_by_label("Show").select_option("conflict")
    tab.wait_for_url("**view=conflict**")
    tab.locator("#network .stand.against").first.wait_for()
    assert tab.locator("#network .stand.for").count() == 0
    drawn(tab)


def test_nodes_are_reached_by_keyboard_and_from_the_table(tab, address):
    tab.goto(f"{address}/network")
    if drawn(tab) == "picture":
        pytest.skip("no WebGL in this browser: the server's picture stands there")
    graph, chosen, away = tab.locator("#graph"), tab.locator("#chosen"), tab.locator("#network tr.away")
    hint = chosen.inner_text()
    graph.focus()
    tab.keyboard.press("ArrowRight")
    first = chosen.inner_text()
    assert first != hint and away.count() < rows(tab)
    met = {first}
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowLeft"):
        tab.keyboard.press(key)
        met.add(chosen.inner_text())
    assert len(met) > 2
    tab.keyboard.press("Escape")
    assert chosen.inner_text() == hint and away.count() == 0
    link = tab.locator("#network tbody a").last
    link.focus()
    assert chosen.inner_text() == link.inner_text()
    graph.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda url: "/network" not in url)


def test_without_script_the_form_and_the_table_are_enough(browser, address):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    try:
        page = context.new_page()
        page.goto(f"{address}/network")
        before = rows(page)
        page.locator('input[name="until"]').fill("2024-02-29")
        page.get_by_role("button", name="Apply").click()
        assert "until=2024-02-29" in page.url and 0 < rows(page) < before
        assert page.locator("#graph img").evaluate("image => image.complete && image.naturalWidth") > 0
    finally:
        context.close()


def test_hostile_words_do_nothing(tab, serve, hostile_links):
    tab.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    address = serve(hostile_links)
    for path in ("/utterances", "/utterances/u1", "/copies", "/copies/c1", "/propositions", "/contradictions"):
        tab.goto(address + path)
        assert "alert(1)" in tab.inner_text("main")
    tab.goto(f"{address}/network?view=said")
    drawn(tab)
