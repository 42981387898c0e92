"""docs/exports.md names every column, in order, and no other."""

import re
from pathlib import Path

from selon.exports.columns import ARTICLE_COLUMNS, STATEMENT_COLUMNS
from selon.exports.layout import LONGEST
from selon.exports.report import SPEAKERS, ReportOptions

PAGE = (Path(__file__).parents[2] / "docs/exports.md").read_text("utf-8")


def named(heading):
    section = PAGE.split(f"### {heading}\n")[1].split("\n#")[0]
    return [name for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)]


def test_statement_columns_are_documented_in_order():
    assert named("Statements") == list(STATEMENT_COLUMNS)


def test_article_columns_are_documented():
    assert sorted(named("Articles")) == sorted(ARTICLE_COLUMNS)


def test_limits_are_those_of_the_code():
    assert f"the {ReportOptions().limit} newest are shown whole" in PAGE
    assert f"up to {LONGEST:,}\ncharacters" in PAGE
    assert f"the {SPEAKERS} speakers with most statements" in PAGE
