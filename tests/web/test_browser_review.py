"""The review by keyboard alone, in a real browser."""

import shutil

import pytest

from selon.store import Ledger


@pytest.fixture
def folder(tmp_path, demo):
    shutil.copytree(demo, tmp_path / "ledger")
    return tmp_path / "ledger"


@pytest.fixture
def reviewing(tab, serve, folder):
    tab.goto(f"{serve(folder)}/review")
    tab.keyboard.type("Ann")
    with tab.expect_navigation():  # until the script that hears the keys is there
        tab.keyboard.press("Enter")
    tab.locator("#context").wait_for()
    return tab


def press(tab, *keys):
    """Press the keys, of which the last makes the page go on."""
    for key in keys[:-1]:
        tab.keyboard.press(key)
    with tab.expect_navigation():
        tab.keyboard.press(keys[-1])
    tab.locator(".review").wait_for()


def test_twenty_statements_by_keyboard_only(reviewing, folder):
    for number in range(20):
        match number % 5:
            case 3:
                press(reviewing, "r")
            case 4:
                press(reviewing, "1", "ArrowLeft", "Enter")
            case _:
                press(reviewing, "a")
        assert reviewing.evaluate("document.activeElement.id") in ("who", "")
    with Ledger.open(folder) as ledger:
        log = ledger.decisions()
        assert [each.value["do"] for each in log].count("accept") == 12
        assert len(log) == 20
        assert {each.made_by for each in log} == {"Ann"}
        moved = next(each.value for each in log if each.value["do"] == "correct")
        assert moved["before"]["content"].startswith(moved["after"]["content"])
    press(reviewing, "u")
    assert "taken back" in reviewing.locator(".progress [role=status]").inner_text()


def test_merge_and_undo(reviewing, folder):
    with Ledger.open(folder) as ledger:
        names = [
            row[0] for row in ledger.sql("SELECT name FROM actors ORDER BY statements DESC, name LIMIT 2").fetchall()
        ]
    reviewing.locator('form[aria-label="Merge"] input[name=speaker]').fill(names[0])
    reviewing.locator("h2#who").focus()
    reviewing.keyboard.press("m")
    reviewing.keyboard.type(names[1])
    press(reviewing, "Enter")
    press(reviewing, "u")
    with Ledger.open(folder) as ledger:
        assert [each.kind for each in ledger.decisions()] == ["actors", "actors"]
        assert ledger.decisions()[1].value == {"undo": 1}
