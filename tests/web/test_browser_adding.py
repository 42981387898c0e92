"""Adding a statement in a real browser: from selected words in the reader, and by keyboard alone."""

import shutil

import pytest

from selon.store import Ledger

CHOSEN = """() => {
  const bare = (each) => !each.querySelector("mark") && each.textContent.split(" ").length > 8;
  const row = [...document.querySelectorAll("article.text .row p")].find(bare);
  const node = row.firstChild;
  const range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(node, node.textContent.split(" ").slice(0, 5).join(" ").length);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return selection.toString();
}"""


@pytest.fixture
def folder(tmp_path, demo):
    return shutil.copytree(demo, tmp_path / "ledger")


@pytest.fixture
def article(folder):
    with Ledger.open(folder) as ledger:
        return ledger.statements()[0].quotation.article


@pytest.fixture
def ann(tab, serve, folder):
    address = serve(folder)
    tab.goto(f"{address}/review")
    tab.keyboard.type("Ann")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.address = address
    return tab


def test_selected_words_become_a_statement(ann, article, folder):
    ann.goto(f"{ann.address}/articles/{article}")
    ann.locator("#add").wait_for()
    words = ann.evaluate(CHOSEN)
    ann.locator(".adding.ready").wait_for()
    with ann.expect_navigation():
        ann.keyboard.press("n")
    assert ann.locator("#context mark.content").inner_text() == words
    ann.keyboard.press("s")
    ann.keyboard.type("Jeanne Morel")
    with ann.expect_navigation():
        ann.keyboard.press("Enter")
    ann.locator(".statement h2", has_text="Jeanne Morel").wait_for()
    with Ledger.open(folder) as ledger:
        (made,) = ledger.decisions()
        assert (made.value["do"], made.value["after"]["content"], made.made_by) == ("add", words, "Ann")


def test_words_are_marked_by_keyboard_alone(ann, article, folder):
    ann.goto(f"{ann.address}/review/add?article={article}")
    ann.locator("#context").wait_for()
    for key in ("1", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowLeft"):
        ann.keyboard.press(key)
    words = ann.locator("textarea[name=content]").input_value()
    assert words and ann.locator("#context mark.content").first.inner_text() in words
    with ann.expect_navigation():
        ann.keyboard.press("Enter")
    with Ledger.open(folder) as ledger:
        (made,) = ledger.decisions()
        assert made.value["after"]["content"] == words
