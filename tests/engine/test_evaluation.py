"""Queries evaluated: on the facts that ship against what the file's text says, and where facts are missing or equal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from question_sets import TESTS

from bot.conversation import Prepared
from knowledge.answer import Answer, Comparison, Missing, Number, Rows, Values, Verdict
from knowledge.evaluation import evaluate
from knowledge.query import (
    Aggregate,
    AllOf,
    AnyOf,
    Attribute,
    Between,
    Bound,
    Claim,
    Compare,
    Condition,
    Constant,
    Count,
    Difference,
    Distinct,
    Equals,
    Exists,
    Get,
    Listing,
    Nearest,
    Not,
    Overlaps,
    Position,
    PreviousValue,
    Query,
    Ranking,
    Ratio,
    Selection,
    Share,
    Unavailable,
)
from knowledge.relations import Relations
from knowledge.schema import Fact, FactWording, Knowledge, Milestone, Model, PartialDate, Plant, Production, Source

ALL = Selection()
QUANTITY, START, END, DURATION = Attribute.QUANTITY, Attribute.START, Attribute.END, Attribute.DURATION
NOW = 2025


def by_code(*codes: str) -> Selection:
    return Selection("models", (Equals(Attribute.CODE, codes),))


def having(*conditions: Condition) -> Selection:
    return Selection("models", conditions)


def best(attribute: str, direction: Any, position: int = 1, count: int = 1, *conditions: Condition) -> Selection:
    return Selection("models", conditions, Ranking(attribute, direction, position, count))


def years(first: int | None, last: int | None, inclusive: bool = True) -> Overlaps:
    bounds = [None if year is None else Bound(PartialDate(year), inclusive) for year in (first, last)]
    return Overlaps(*bounds)


def codes_of(answer: Answer) -> list[str | None]:
    """The codes of the rows of an answer, in its order."""
    assert isinstance(answer.result, Rows), answer.result
    return [row.record.code for row in answer.result.rows if isinstance(row.record, Model)]


def value_of(answer: Answer) -> Any:
    """The number of an answer, or the one cell of its rows."""
    match answer.result:
        case Number(value=value):
            return value
        case Rows(rows):
            return [cell.value for row in rows for cell in row.cells]
        case Verdict(holds=holds):
            return holds
        case Values(values=values):
            return list(values)
    raise AssertionError(answer.result)


# -- the facts that ship, read by other means -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def table() -> list[Mapping[str, Any]]:
    """The rows of the shipped file as its YAML has them, with the years as numbers."""
    (path,) = (Path(TESTS).parent / "knowledge" / "data").glob("*.yaml")
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return [row | {"start": row["production"]["from"], "end": row["production"]["to"]} for row in rows]


@pytest.fixture(scope="module")
def facts(leipzig: Prepared) -> Relations:
    return leipzig.relations


def test_what_each_row_says(facts: Relations, table: list[Mapping[str, Any]]) -> None:
    for row in table:
        selection = having(
            Equals(Attribute.CODE, (row["code"],)), Equals(Attribute.NAME, (f"{row['brand']} {row['name']}",))
        )
        answer = evaluate(Get(selection, (QUANTITY, START, Attribute.BRAND)), facts)
        assert value_of(answer) == [row["quantity"], PartialDate(row["start"]), row["brand"]]


def test_rows_that_share_a_code_are_all_given_with_their_total(facts: Relations) -> None:
    answer = evaluate(Get(by_code("E82"), (QUANTITY,)), facts)
    assert value_of(answer) == [130_205, 6_342]
    assert isinstance(answer.result, Rows)
    assert answer.result.total == 136_547


@pytest.mark.parametrize("year", range(2004, NOW + 1))
def test_what_was_built_in_a_year(facts: Relations, table: list[Mapping[str, Any]], year: int) -> None:
    wanted = [row["code"] for row in table if row["start"] <= year and (row["end"] == "present" or row["end"] >= year)]
    assert codes_of(evaluate(Listing(having(years(year, year))), facts)) == wanted
    assert value_of(evaluate(Count(having(years(year, year))), facts)) == len(wanted)
    ended = [row["code"] for row in table if row["end"] != "present" and row["end"] < year]
    assert codes_of(evaluate(Listing(having(Between(END, None, Bound(PartialDate(year), False)))), facts)) == ended


@pytest.mark.parametrize("limit", [0, 3_884, 3_885, 100_000, 250_271, 635_194, 635_195])
def test_more_and_fewer_than_an_amount(facts: Relations, table: list[Mapping[str, Any]], limit: int) -> None:
    for inclusive in (True, False):
        above = [row["code"] for row in table if row["quantity"] > limit or (inclusive and row["quantity"] == limit)]
        below = [row["code"] for row in table if row["quantity"] < limit or (inclusive and row["quantity"] == limit)]
        bound = Bound(limit, inclusive)
        assert codes_of(evaluate(Listing(having(Between(QUANTITY, bound))), facts)) == above
        assert codes_of(evaluate(Listing(having(Between(QUANTITY, None, bound))), facts)) == below


@pytest.mark.parametrize("facet", ["brand", "series", "body"])
def test_totals_means_and_shares_of_each_group(facts: Relations, table: list[Mapping[str, Any]], facet: str) -> None:
    groups = {row[facet] for row in table if facet in row}
    assert set(value_of(evaluate(Distinct(ALL, facet), facts))) == groups
    assert value_of(evaluate(Count(ALL, facet), facts)) == len(groups)
    for group in groups:
        selection = having(Equals(facet, (group,)))
        quantities = [row["quantity"] for row in table if row.get(facet) == group]
        assert value_of(evaluate(Aggregate("sum", QUANTITY, selection), facts)) == sum(quantities)
        mean = sum(quantities) / len(quantities)
        assert value_of(evaluate(Aggregate("mean", QUANTITY, selection), facts)) == pytest.approx(mean)
        assert value_of(evaluate(Share(selection, ALL), facts)) == pytest.approx(sum(quantities) / 40_000)
        share_of_rows = 100 * len(quantities) / len(table)
        assert value_of(evaluate(Share(selection, ALL, None), facts)) == pytest.approx(share_of_rows)


def test_the_rows_in_order_of_their_quantity(facts: Relations, table: list[Mapping[str, Any]]) -> None:
    wanted = [row["code"] for row in sorted(table, key=lambda row: -row["quantity"])]
    assert codes_of(evaluate(Listing(best(QUANTITY, "most", 1, 20)), facts)) == wanted
    for place, code in enumerate(wanted, start=1):
        assert codes_of(evaluate(Listing(best(QUANTITY, "most", place)), facts)) == [code]
        assert codes_of(evaluate(Listing(best(QUANTITY, "least", 21 - place)), facts)) == [code]
    answer = evaluate(Position(by_code("F87"), QUANTITY), facts)
    assert isinstance(answer.result, Rows)
    assert [row.position for row in answer.result.rows] == [wanted.index("F87") + 1]


def test_differences_ratios_and_comparisons(facts: Relations) -> None:
    x1, i3 = (Aggregate("sum", QUANTITY, by_code(code)) for code in ("E84", "i01"))
    assert value_of(evaluate(Difference(x1, i3), facts)) == 635_194 - 250_271
    assert value_of(evaluate(Ratio(x1, i3), facts)) == pytest.approx(635_194 / 250_271)
    longer = evaluate(Compare((by_code("E84"), by_code("i01")), DURATION, "most"), facts).result
    assert isinstance(longer, Comparison)
    assert (longer.winners, longer.difference) == ((1,), 3)
    earlier = evaluate(Compare((by_code("E84"), by_code("i01")), START, "least"), facts).result
    assert isinstance(earlier, Comparison)
    assert (earlier.winners, earlier.difference) == ((0,), 4)


def test_nested_queries(facts: Relations) -> None:
    assert value_of(evaluate(Get(best(QUANTITY, "least"), (START,)), facts)) == [PartialDate(2018)]
    end_of_x1 = Bound(Get(by_code("E84"), (END,)), False)
    answer = evaluate(Listing(having(Between(START, end_of_x1))), facts)
    assert codes_of(answer) == ["i15", "F40", "F44", "U06", "U25", "F70", "F74"]
    more_than_i3 = Bound(Get(by_code("i01"), (QUANTITY,)), False)
    assert value_of(evaluate(Count(having(Between(QUANTITY, more_than_i3))), facts)) == 5


def test_existence_and_claims(facts: Relations) -> None:
    x1 = Listing(by_code("E84"))
    assert value_of(evaluate(Exists(having(Equals(Attribute.BRAND, ("MINI",)))), facts)) is True
    assert value_of(evaluate(Exists(having(Equals(Attribute.BRAND, ("MINI",)), years(2010, 2015))), facts)) is False
    assert value_of(evaluate(Claim(x1, Equals(Attribute.IN_PRODUCTION, (True,))), facts)) is False
    assert value_of(evaluate(Claim(x1, Equals(Attribute.IN_PRODUCTION, (True,)), negated=True), facts)) is True
    assert value_of(evaluate(Claim(x1, years(2010, 2010)), facts)) is True
    ones = Listing(having(Equals(Attribute.SERIES, ("1 Series",))))
    over = Listing(having(Between(QUANTITY, Bound(600_000))))
    assert value_of(evaluate(Claim(ones, Between(QUANTITY, Bound(100_000)), quantifier="every"), facts)) is False
    assert value_of(evaluate(Claim(ones, Between(QUANTITY, Bound(6_000)), quantifier="every"), facts)) is True
    assert value_of(evaluate(Claim(over, Equals(Attribute.CODE, ("E84",)), quantifier="only"), facts)) is True
    assert value_of(evaluate(Claim(over, Equals(Attribute.CODE, ("E84", "F20")), quantifier="only"), facts)) is False
    assert value_of(evaluate(Claim(ones, Equals(Attribute.CODE, ("F20",)), quantifier="only"), facts)) is False
    total = Aggregate("sum", QUANTITY, by_code("E84"))
    assert value_of(evaluate(Claim(total, Between(QUANTITY, Bound(635_194, False))), facts)) is False
    assert value_of(evaluate(Claim(total, Between(QUANTITY, Bound(635_194))), facts)) is True


def test_the_nearest(facts: Relations) -> None:
    assert codes_of(evaluate(Nearest(ALL, QUANTITY, Constant(130_000)), facts)) == ["U06"]
    nearest_to_i3 = Nearest(ALL, QUANTITY, Get(by_code("i01"), (QUANTITY,)))
    assert codes_of(evaluate(nearest_to_i3, facts)) == ["F44"]


def test_milestones(facts: Relations) -> None:
    second = Selection("milestones", (Equals(Attribute.NUMBER, (2_000_000,)),))
    answer = evaluate(Get(second, (Attribute.DATE, Attribute.MODEL)), facts)
    assert value_of(answer) == [PartialDate(2016, 10), "i3"]
    assert value_of(evaluate(Count(Selection("milestones")), facts)) == 4
    dates = [
        Get(Selection("milestones", (Equals(Attribute.NUMBER, (n,)),)), (Attribute.DATE,))
        for n in (1_000_000, 2_000_000)
    ]
    assert value_of(evaluate(Difference(*dates), facts)) == pytest.approx(4 + 10 / 12)


def test_the_year_before_is_computed_from_the_growth(facts: Relations) -> None:
    answer = evaluate(Aggregate("sum", QUANTITY, ALL, years(2023, 2023)), facts)
    assert value_of(answer) == pytest.approx(246_195 / 1.308)
    assert isinstance(answer.result, Number)
    assert (answer.result.exact, answer.computed) == (False, True)
    (growth,) = (fact.id for fact in facts.knowledge.facts if fact.change_of and fact.period == PartialDate(2024))
    assert value_of(evaluate(PreviousValue(growth), facts)) == value_of(answer)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (Get(by_code("E91"), (QUANTITY,)), "no_records"),
        (Aggregate("sum", QUANTITY, by_code("E91")), "no_records"),
        (Share(by_code("E91"), ALL), "no_records"),
        (Compare((by_code("E91"), by_code("E90")), QUANTITY, "most"), "no_records"),
        (Get(by_code("E90"), ("horsepower",)), "no_value"),
        (Aggregate("sum", QUANTITY, by_code("E90"), years(2006, 2006)), "no_slice"),
        (Aggregate("sum", QUANTITY, ALL, years(2012, 2012)), "no_slice"),
        (Listing(having(years(2030, 2030))), "future"),
        (Count(having(years(2030, 2030))), "future"),
        (Unavailable("next_milestone", Count(Selection("milestones"))), "never_held"),
    ],
)
def test_what_the_file_does_not_hold(facts: Relations, query: Query, reason: str) -> None:
    result = evaluate(query, facts).result
    assert isinstance(result, Missing)
    assert result.reason == reason


def test_a_whole_period_may_be_asked_for(facts: Relations) -> None:
    assert value_of(evaluate(Aggregate("sum", QUANTITY, by_code("E90"), years(2005, 2009)), facts)) == 333_427


# -- unknowns and ties ----------------------------------------------------------------------------------------------


def row(
    code: str, quantity: int | None, start: int | None, end: int | str | None, *, open_: bool = False, **facets: str
) -> Model:
    ends: Any = "present" if open_ else PartialDate(int(end)) if end else None
    return Model(
        name=f"Row {code}", code=code, quantity=quantity, facets=facets,
        production=Production(start=PartialDate(start) if start else None, end=ends),
    )  # fmt: skip


SMALL = Relations(
    Knowledge(
        plant=Plant(name="Mill"),
        as_of=PartialDate(2020),
        sources=(Source(id="book", title="Book"),),
        models=(
            row("A", 50, 1990, 2000, drive="steam"),
            row("B", 50, 1990, 1995, drive="steam"),
            row("C", None, 1991, 1999, drive="diesel"),
            row("D", 20, None, 1999),
            row("E", 70, 2001, None, drive="diesel"),
            row("F", 10, 2010, None, open_=True, drive="steam"),
            row("G", 0, 2011, 2011, drive="none"),
        ),
        milestones=(Milestone(number=100, date=PartialDate(2001)), Milestone(number=7, model="Row A")),
        facts=(
            Fact(
                id="out",
                unit="products",
                value=5,
                per="year",
                period=PartialDate(2019),
                wording={"en": FactWording(subject="out")},
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        (having(Equals("drive", ("steam",))), "ABF"),
        (having(Not(Equals("drive", ("steam",)))), "CDEG"),  # D names no drive: it has not this one
        (having(Not(Equals("drive", ("steam", "diesel")))), "DG"),
        (having(AnyOf((Equals("drive", ("none",)), Equals(Attribute.CODE, ("D",))))), "DG"),
        (having(AllOf((Equals("drive", ("steam",)), Between(QUANTITY, Bound(50))))), "AB"),
        (having(Not(Between(QUANTITY, Bound(50)))), "DFG"),
        (having(Between(QUANTITY, Bound(0), Bound(0))), "G"),
        (having(Equals(Attribute.IN_PRODUCTION, (True,))), "F"),
        (having(Equals(Attribute.IN_PRODUCTION, (False,))), "ABCDG"),
        (having(years(1999, 1999)), "ACD"),  # D ended in it, whenever it began
        (having(years(2000, 2000)), "A"),
        (having(years(2001, 2001)), "E"),  # and E began in it
        (having(years(2015, None)), "F"),
        (having(years(None, 1990)), "AB"),
        (having(Between(START, Bound(PartialDate(1991)))), "CEFG"),
        (having(Between(END, Bound(PartialDate(1999)), Bound(PartialDate(1999)))), "CD"),
        (best(QUANTITY, "most"), "E"),
        (best(QUANTITY, "most", 2), "AB"),
        (best(QUANTITY, "most", 3), "AB"),
        (best(QUANTITY, "most", 4), "D"),
        (best(QUANTITY, "most", 1, 2), "EAB"),
        (best(QUANTITY, "least"), "G"),
        (best(QUANTITY, "most", 9), ""),
        (best(START, "least"), "AB"),
        (best(START, "most"), "G"),
        (best(END, "most"), "G"),
        (best(DURATION, "most"), "AF"),
        (best(DURATION, "least"), "G"),
    ],
)
def test_selections_where_something_is_unknown_or_equal(selection: Selection, wanted: str) -> None:
    """Asked from both ends: a list has the rows, and counting gives their number."""
    assert "".join(code or "" for code in codes_of(evaluate(Listing(selection), SMALL))) == wanted
    assert value_of(evaluate(Count(selection), SMALL)) == len(wanted)


def test_a_total_says_how_many_rows_it_leaves_out() -> None:
    answer = evaluate(Aggregate("sum", QUANTITY, ALL), SMALL).result
    assert answer == Number(200, "products", unknown=1)
    mean = evaluate(Aggregate("mean", QUANTITY, ALL), SMALL).result
    assert isinstance(mean, Number)
    assert (mean.value, mean.unknown) == (pytest.approx(200 / 6), 1)


def test_a_list_with_an_unknown_quantity_has_no_total() -> None:
    answer = evaluate(Listing(having(Equals("drive", ("diesel",)))), SMALL).result
    assert isinstance(answer, Rows)
    assert answer.total is None


def test_a_count_says_how_many_rows_may_belong_to_it_too() -> None:
    assert evaluate(Count(having(Between(QUANTITY, Bound(40)))), SMALL).result == Number(3, "models", unknown=1)
    assert evaluate(Count(having(Equals("drive", ("steam",)))), SMALL).result == Number(3, "models")


@pytest.mark.parametrize(
    "query",
    [
        Compare((by_code("A"), by_code("C")), QUANTITY, "most"),
        Compare((by_code("A"), by_code("D")), START, "least"),
        Compare((by_code("A"), having(Equals("drive", ("diesel",)))), QUANTITY, "most"),
        Difference(Aggregate("sum", QUANTITY, by_code("A")), Aggregate("sum", QUANTITY, by_code("C"))),
        Ratio(Aggregate("sum", QUANTITY, by_code("A")), Aggregate("sum", QUANTITY, by_code("C"))),
        Ratio(Aggregate("sum", QUANTITY, by_code("A")), Aggregate("sum", QUANTITY, by_code("G"))),
        Get(by_code("C"), (QUANTITY,)),
        Get(by_code("D"), (DURATION,)),
        Aggregate("sum", QUANTITY, by_code("C")),
        Share(by_code("C"), ALL),
        Share(having(Equals("drive", ("diesel",))), ALL),
        Position(by_code("C"), QUANTITY),
        Claim(Listing(by_code("C")), Between(QUANTITY, Bound(1))),
        Claim(Listing(by_code("E")), Equals(Attribute.IN_PRODUCTION, (True,))),
        Claim(Listing(having(Between(QUANTITY, Bound(1)))), Between(QUANTITY, Bound(1)), quantifier="every"),
        Claim(Listing(by_code("E")), Equals(Attribute.IN_PRODUCTION, (True,)), quantifier="every"),
        Nearest(ALL, QUANTITY, Get(by_code("C"), (QUANTITY,))),
        Get(Selection("milestones", (Equals(Attribute.NUMBER, (7,)),)), (Attribute.DATE,)),
    ],
)  # fmt: skip
def test_nothing_is_computed_from_what_is_not_known(query: Query) -> None:
    result = evaluate(query, SMALL).result
    assert isinstance(result, Missing)
    assert result.reason == "no_value"


def test_equals_win_together() -> None:
    result = evaluate(Compare((by_code("A"), by_code("B"), by_code("D")), QUANTITY, "most"), SMALL).result
    assert isinstance(result, Comparison)
    assert result.winners == (0, 1)
    positions = evaluate(Position(by_code("A", "B", "D"), QUANTITY), SMALL).result
    assert isinstance(positions, Rows)
    assert [line.position for line in positions.rows] == [2, 2, 4]
    assert codes_of(evaluate(Nearest(ALL, QUANTITY, Constant(45)), SMALL)) == ["A", "B"]


def test_every_answer_names_the_records_that_it_rests_on() -> None:
    for query in (Aggregate("sum", QUANTITY, by_code("A", "D")), Count(by_code("A", "D")), Exists(by_code("A", "D"))):
        assert [record.code for record in evaluate(query, SMALL).evidence if isinstance(record, Model)] == ["A", "D"]
