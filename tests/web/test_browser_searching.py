"""Search and a pasted text, in a real browser."""

import pytest


@pytest.fixture(scope="module")
def address(serve, demo):
    return serve(demo)


def test_words_are_found_without_their_accents_and_narrowed_by_speaker(tab, address):
    tab.goto(address)
    tab.get_by_role("searchbox", name="Search what was said").fill("college")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    found = tab.locator("ol.said-rows > li")
    before = found.count()
    assert before
    assert all("coll" in words.lower() for words in tab.locator("ol.said-rows p.said").all_inner_texts())
    tab.get_by_role("searchbox", name="Speaker").fill("Quemeneur")
    tab.get_by_role("button", name="Apply").click()
    tab.wait_for_url("**speaker=Quemeneur**")
    assert 0 < found.count() < before
    assert "about=college" in tab.url


def test_a_pasted_text_shows_its_statements_beside_those_of_the_ledger(tab, address):
    told = tab.request.get(f"{address}/statements.json?speaker=Qu%C3%A9m%C3%A9neur&kind=direct").json()
    words = max((row["content"] for row in told), key=len)
    tab.goto(f"{address}/paste")
    tab.locator("textarea").fill(f"« {words} », a déclaré Hélène Quéméneur.")
    with tab.expect_navigation():
        tab.locator("form.pasting button").click()
    pasted = tab.locator(".pasted")
    pasted.wait_for()
    assert "Hélène Quéméneur" in pasted.inner_text()
    assert pasted.locator("a[href*='/statements/'], a[href*='/articles/']").count()
