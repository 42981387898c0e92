"""Who speaks: the list, and the page of one actor."""

import html
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.records import Precision
from selon.store import Ledger
from selon.store.actors import actors_in
from selon.web.timeline import Counted, timeline
from selon.web.words import words


@pytest.fixture(scope="module")
def actors(demo):
    with Ledger.open(demo) as ledger:
        return actors_in(ledger)


def test_all_are_listed_most_statements_first(client, actors):
    assert [row["id"] for row in client.get("/people.json").json()] == [each.id for each in actors]


@pytest.mark.parametrize(("query", "name"), [("name=casalonga", "Casalonga"), ("name=quemeneur", "Quéméneur")])
def test_a_name_is_found_without_its_accents(client, query, name):
    found = client.get(f"/people.json?{query}").json()
    assert found and all(name in row["name"] for row in found)


def test_by_kind(client, actors):
    found = {row["id"] for row in client.get("/people.json?kind=organization").json()}
    assert found == {each.id for each in actors if each.kind == "organization"}


def test_every_actor_has_a_page(client, actors):
    for actor in actors:
        page = client.get(f"/people/{actor.id}").text
        assert html.escape(actor.name, quote=False) in page
        assert f'href="/statements?actor={actor.id}"' in page
        for role in actor.roles[:3]:
            assert html.escape(role.name, quote=False) in page


def test_a_contradiction_shows_on_the_pages_of_both(client, demo):
    with Ledger.open(demo) as ledger:
        first, second, one, other = ledger.sql(
            "SELECT x.first, x.second, b.actor, c.actor FROM contradictions AS x "
            "JOIN actor_statements AS b ON b.statement = x.first JOIN actor_statements AS c ON c.statement = x.second "
            "ORDER BY x.confidence DESC, x.id LIMIT 1"
        ).fetchall()[0]
    for actor in (one, other):
        page = client.get(f"/people/{actor}").text
        assert f"#{first}" in page and f"#{second}" in page


def test_nobody_of_that_id(client):
    assert client.get("/people/none").status_code == 404


days = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2024, 1, 1), date(2024, 3, 1))


counted = st.builds(
    Counted, days, st.sampled_from(Precision), st.sampled_from(["direct", "mixed", "indirect"]), st.integers(1, 9)
)


@given(st.lists(counted, max_size=20))
def test_a_timeline_counts_every_statement_once(said):
    chart = timeline(said, words()["en"], actor='a"<b')
    assert sum(bar.total for bar in chart.bars) + chart.undated == sum(each.number for each in said)
    for before, after in zip(chart.bars, chart.bars[1:], strict=False):
        assert before.last < after.first
    assert "style=" not in chart.svg and 'a"<b' not in chart.svg


def test_each_bar_leads_to_its_statements(client, demo):
    with Ledger.open(demo) as ledger:
        actor = ledger.sql("SELECT id FROM actors ORDER BY statements DESC, id LIMIT 1").fetchall()[0][0]
    page = client.get(f"/people/{actor}").text
    links = re.findall(r'<a href="(/statements\?actor=[^"]*)" aria-label="[^"]*?: (\d+) statement', page)
    assert links
    for address, number in links:
        address = html.unescape(address).replace("/statements?", "/statements.json?")
        assert len(client.get(address).json()) >= int(number) > 0


@given(st.sampled_from([date.min, date.max, date(9989, 12, 31), date(9990, 1, 1)]))
def test_the_ends_of_time_are_no_errors(day):
    now = Counted(date(2024, 1, 1), "day", "direct", 1)
    chart = timeline([Counted(day, "day", "direct", 1), now, now], words()["en"], actor="a")
    assert [bar.total for bar in chart.bars] == [2] and chart.undated == 1
    assert timeline([Counted(day, "day", "direct", 1)], words()["en"], actor="a").undated in (0, 1)


def test_a_month_is_no_day():
    day, month = Counted(date(2024, 5, 3), "day", "direct", 2), Counted(date(2024, 5, 1), "month", "direct", 3)
    chart = timeline([day, month], words()["en"], actor="a")
    assert [bar.total for bar in chart.bars] == [2] and chart.undated == 3
    assert chart.svg.count("<text") == 2, "the day's name and its number; no room for days of the month before it"
    later = Counted(date(2024, 9, 3), "day", "direct", 1)
    assert [bar.total for bar in timeline([day, month, later], words()["en"], actor="a").bars] == [5, 1]


def test_bars_are_days_months_or_years():
    start = date(2024, 1, 1)
    for apart, bars in ((10, 11), (300, 10), (3000, 9)):
        chart = timeline(
            [Counted(start + timedelta(days=day), "day", "direct", 1) for day in range(apart + 1)],
            words()["fr"],
            actor="a",
        )
        assert len(chart.bars) == bars
