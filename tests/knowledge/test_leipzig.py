"""The facts that ship: they hold every figure of the article, and they add up."""

from __future__ import annotations

from collections import defaultdict

import pytest

from knowledge.loading import load
from knowledge.schema import Fact, Knowledge, Milestone, PartialDate, in_language

LIST = """\
BMW 3 Series Sedan|E90|2005|2009|333,427
BMW 1 Series Three-Door|E81|2007|2011|187,263
BMW 1 Series Coupé|E82|2007|2013|130,205
BMW 1 Series Convertible|E88|2007|2013|131,664
BMW X1|E84|2009|2015|635,194
BMW 1 Series M Coupé|E82|2011|2012|6,342
BMW 1 Series five-door|F20|2012|2019|424,111
BMW 2 Series Coupé|F22|2013|2021|165,224
BMW i3|i01|2013|2022|250,271
BMW i8|i12|2014|2020|16,581
BMW 2 Series Active Tourer|F45|2014|2021|368,503
BMW 2 Series Convertible|F23|2014|2021|119,092
BMW M2|F87|2015|2021|61,856
BMW i8 Roadster|i15|2018|2020|3,884
BMW 1 Series five-door|F40|2019|2024|442,859
BMW 2 Series Gran Coupé|F44|2019|2024|220,795
BMW 2 Series Active Tourer|U06|2021|present|130,190
MINI Countryman|U25|2023|present|181,464
BMW 1 Series five-door|F70|2024|present|148,084
BMW 2 Series Gran Coupé|F74|2024|present|42,991
"""


@pytest.fixture(scope="module")
def facts() -> Knowledge:
    """The facts that ship."""
    return load().knowledge


def fact(facts: Knowledge, name: str) -> Fact:
    """A fact by its id."""
    (found,) = [each for each in facts.facts if each.id == name]
    return found


def milestone(facts: Knowledge, number: int) -> Milestone:
    """A milestone by its number."""
    (found,) = [each for each in facts.milestones if each.number == number]
    return found


def test_nothing_is_doubtful() -> None:
    assert load().warnings == ()


def test_the_list_of_the_article(facts: Knowledge) -> None:
    rows = [
        f"{row.title}|{row.code}|{row.production.start}|{row.production.end}|{row.quantity:,}" for row in facts.models
    ]
    assert rows == LIST.splitlines()


def test_the_quantities_add_up_to_four_million(facts: Knowledge) -> None:
    assert sum(row.quantity or 0 for row in facts.models) == facts.plant.total == 4_000_000


@pytest.mark.parametrize(
    ("series", "total"), [("1 Series", 1_470_528), ("2 Series", 1_046_795), ("3 Series", 333_427), ("i8", 20_465)]
)
def test_the_sums_of_series(facts: Knowledge, series: str, total: int) -> None:
    sums: dict[str | None, int] = defaultdict(int)
    for row in facts.models:
        sums[row.series] += row.quantity or 0
    assert sums[series] == total


def test_the_groups_of_rows(facts: Knowledge) -> None:
    def codes(**wanted: str) -> list[str | None]:
        (facet, value), *_ = wanted.items()
        return [row.code for row in facts.models if value in (getattr(row, facet, None), row.facets.get(facet))]

    assert codes(brand="MINI") == ["U25"]
    assert codes(body="Convertible") == ["E88", "F23"]
    assert codes(body="Five-Door") == ["F20", "F40", "F70"]
    assert codes(family="BMW i") == ["i01", "i12", "i15"]
    assert codes(family="BMW M") == ["E82", "F87"]
    assert [row.code for row in facts.models if row.body is None] == ["E84", "F87", "U25"]


def test_no_row_is_said_to_replace_another_for_the_article_does_not_say_so(facts: Knowledge) -> None:
    assert [row.code for row in facts.models if row.replaces] == []


@pytest.mark.parametrize(
    ("number", "date", "model", "colour", "code"),
    [
        (1_000_000, PartialDate(2011, 12), "116d", "Alpine White", None),
        (2_000_000, PartialDate(2016, 10), "i3", "Protonic Blue", "i01"),
        (3_000_000, PartialDate(2021, 3), "M240i Convertible", "Sunset Orange", "F23"),
        (4_000_000, PartialDate(2025), "120", "Anglesey Green", "F70"),
    ],
)
def test_the_milestones(
    facts: Knowledge, number: int, date: PartialDate, model: str, colour: str, code: str | None
) -> None:
    found = milestone(facts, number)
    assert (found.date, found.model, found.row and found.row.code) == (date, model, code)
    assert found.colour is not None
    assert in_language(found.colour, "en") == colour


def test_what_else_is_said_of_the_four_millionth(facts: Knowledge) -> None:
    details = milestone(facts, 4_000_000).details
    assert details.keys() == {"engine", "destination", "individual"}
    assert "four-cylinder" in in_language(details["engine"], "en")
    assert "Vierzylinder" in in_language(details["engine"], "de")
    assert "Netherlands" in in_language(details["destination"], "en")
    assert "Niederlande" in in_language(details["destination"], "de")
    assert "Individual" in in_language(details["individual"], "en")


@pytest.mark.parametrize(
    ("name", "value", "unit", "period"),
    [
        ("production-start", PartialDate(2005, 3, 1), "date", None),
        ("daily-output", 1300, "products", None),
        ("output-2024", 246_195, "products", PartialDate(2024)),
        ("growth-2024", 30.8, "percent", PartialDate(2024)),
        ("productivity-rank-2024", 6, "rank", PartialDate(2024)),
        ("record-2025", True, "text", PartialDate(2025)),
        ("anniversary", 20, "years", PartialDate(2025)),
        ("two-brands", True, "text", None),
    ],
)
def test_the_facts_of_the_plant(
    facts: Knowledge, name: str, value: object, unit: str, period: PartialDate | None
) -> None:
    found = fact(facts, name)
    assert (found.value, found.unit, found.period) == (value, unit, period)


def test_the_rate_and_the_growth_say_what_they_are_about(facts: Knowledge) -> None:
    assert (fact(facts, "daily-output").per, fact(facts, "daily-output").exactness) == ("day", "about")
    assert fact(facts, "growth-2024").change_of == "output-2024"


@pytest.mark.parametrize(("name", "code"), [("first-model", "E90"), ("smallest-car", "F70")])
def test_facts_that_name_a_row(facts: Knowledge, name: str, code: str) -> None:
    row = fact(facts, name).row
    assert row is not None
    assert row.code == code


def test_every_fact_can_be_asked_for_and_told_in_each_language(facts: Knowledge) -> None:
    for each in facts.facts:
        assert each.wording.keys() == {"en", "de"}
        assert all(wording.ask and wording.sentence for wording in each.wording.values())


def test_no_two_facts_are_asked_for_in_the_same_words(facts: Knowledge) -> None:
    asked = [
        (language, phrase.casefold())
        for each in facts.facts
        for language, wording in each.wording.items()
        for phrase in (wording.subject, *wording.ask)
    ]
    assert sorted(asked) == sorted(set(asked))


def test_the_date_of_the_facts(facts: Knowledge) -> None:
    assert facts.as_of == facts.sources[0].published == PartialDate(2025, 12, 9)
