"""Queries written as sentences are read back as the same queries, whatever the plant makes and whatever it calls it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from knowledge_strategies import FIRST_YEAR, GROWTH, LAST_YEAR, LEAST, MOST, OUTPUT, Plan, plans

from bot.conversation import Prepared
from bot.intent.linking import link
from bot.intent.normalise import tokenize
from bot.intent.reading import Outcome
from bot.intent.understanding import understand
from bot.languages import languages
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
    Grouped,
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
    Together,
    Unavailable,
)
from knowledge.schema import Model, PartialDate
from knowledge.snapshot import Snapshot

SENTENCES: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("round_trip.yaml").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Scene:
    """A plant and what a sentence speaks of."""

    plan: Plan
    row: Model
    other: Model
    value: str
    year: int
    later: int
    amount: int
    more: int

    @property
    def words(self) -> dict[str, object]:
        """What the places in a sentence stand for."""
        return {
            "name": self.row.name, "other": self.other.name, "code": self.row.code, "facet": self.plan.facet,
            "value": self.value, "products": self.plan.product + "s", "subject": self.plan.subject,
            "year": self.year, "later": self.later, "amount": self.amount, "more": self.more,
        }  # fmt: skip


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    plan = draw(plans())
    row, other = draw(
        st.lists(st.sampled_from(plan.knowledge.models), min_size=2, max_size=2, unique_by=lambda m: m.key)
    )
    year, later = sorted(draw(st.lists(st.integers(FIRST_YEAR, LAST_YEAR), min_size=2, max_size=2, unique=True)))
    # "Built from 1980 to 1990" is a row's own period where one has exactly this.
    assume(all(row.production is None or row.production.start != PartialDate(year) for row in plan.knowledge.models))
    amount, more = sorted(draw(st.lists(st.integers(LEAST, MOST), min_size=2, max_size=2, unique=True)))
    return Scene(plan, row, other, row.facets[plan.facet], year, later, amount, more)


# -- the queries ----------------------------------------------------------------------------------------------------

ALL = Selection()
QUANTITY = Attribute.QUANTITY


def named(row: Model) -> Selection:
    return Selection("models", (Equals(Attribute.KEY, (row.key,)),))


def both(scene: Scene) -> Selection:
    return Selection("models", (AnyOf((*named(scene.row).conditions, *named(scene.other).conditions)),))


def having(scene: Scene, *conditions: Condition) -> Selection:
    """The rows with the scene's value of the facet."""
    return Selection("models", (Equals(scene.plan.facet, (scene.value,)), *conditions))


def where(*conditions: Condition) -> Selection:
    return Selection("models", conditions)


def best(attribute: Attribute, direction: Any, position: int = 1, count: int = 1, *conditions: Condition) -> Selection:
    return Selection("models", conditions, Ranking(attribute, direction, position, count))


def in_year(scene: Scene) -> Overlaps:
    return Overlaps(Bound(PartialDate(scene.year)), Bound(PartialDate(scene.year)))


def total(row: Model) -> Query:
    return Aggregate("sum", QUANTITY, named(row))


def get(*attributes: Attribute) -> Callable[[Scene], Query]:
    return lambda scene: Get(named(scene.row), attributes)


def milestone(attribute: Attribute) -> Callable[[Scene], Query]:
    return lambda scene: Get(Selection("milestones", (Equals(Attribute.NUMBER, (1_000_000,)),)), (attribute,))


def compare(attribute: Attribute, direction: Any) -> Callable[[Scene], Query]:
    return lambda scene: Compare((named(scene.row), named(scene.other)), attribute, direction)


def claim(condition: Callable[[Scene], Condition]) -> Callable[[Scene], Query]:
    return lambda scene: Claim(Listing(named(scene.row)), condition(scene))


STILL = Equals(Attribute.IN_PRODUCTION, (True,))


def above(scene: Scene) -> Between:
    return Between(QUANTITY, Bound(scene.amount, False))


def started_after(scene: Scene) -> Between:
    return Between(Attribute.START, Bound(PartialDate(scene.year), False))


QUERIES: Mapping[str, Callable[[Scene], Query]] = {
    "get_quantity": get(QUANTITY),
    "get_period": get(Attribute.PERIOD),
    "get_start": get(Attribute.START),
    "get_end": get(Attribute.END),
    "get_duration": get(Attribute.DURATION),
    "get_code": get(Attribute.CODE),
    "get_body": get(Attribute.BODY),
    "get_facet": lambda scene: Get(named(scene.row), (scene.plan.facet,)),
    "get_milestone_date": milestone(Attribute.DATE),
    "get_milestone_colour": milestone(Attribute.COLOUR),
    "get_of_best": lambda scene: Get(best(QUANTITY, "most"), (Attribute.START,)),
    "get_fact": lambda scene: Get(Selection("facts", (Equals(Attribute.KEY, (OUTPUT,)),)), (Attribute.VALUE,)),
    "list_facet": lambda scene: Listing(having(scene)),
    "list_not_facet": lambda scene: Listing(where(Not(*having(scene).conditions))),
    "list_in_year": lambda scene: Listing(where(in_year(scene))),
    "list_between": lambda scene: Listing(
        where(Overlaps(Bound(PartialDate(scene.year)), Bound(PartialDate(scene.later))))
    ),
    "list_started_after": lambda scene: Listing(where(started_after(scene))),
    "list_started_since": lambda scene: Listing(where(Between(Attribute.START, Bound(PartialDate(scene.year))))),
    "list_ended_before": lambda scene: Listing(
        where(Between(Attribute.END, None, Bound(PartialDate(scene.year), False)))
    ),
    "list_running": lambda scene: Listing(where(STILL)),
    "list_above": lambda scene: Listing(where(above(scene))),
    "list_below": lambda scene: Listing(where(Between(QUANTITY, None, Bound(scene.amount, False)))),
    "list_amount_between": lambda scene: Listing(where(Between(QUANTITY, Bound(scene.amount), Bound(scene.more)))),
    "list_most": lambda scene: Listing(best(QUANTITY, "most")),
    "list_rarest": lambda scene: Listing(best(QUANTITY, "least")),
    "list_second": lambda scene: Listing(best(QUANTITY, "most", 2)),
    "list_top_three": lambda scene: Listing(best(QUANTITY, "most", 1, 3)),
    "list_longest": lambda scene: Listing(best(Attribute.DURATION, "most")),
    "list_first": lambda scene: Listing(best(Attribute.START, "least")),
    "list_most_of": lambda scene: Listing(best(QUANTITY, "most", 1, 1, *having(scene).conditions)),
    "list_milestones": lambda scene: Listing(Selection("milestones")),
    "count_all": lambda scene: Count(ALL),
    "count_facet": lambda scene: Count(having(scene)),
    "count_in_year": lambda scene: Count(where(in_year(scene))),
    "count_facet_since": lambda scene: Count(having(scene, started_after(scene))),
    "count_running": lambda scene: Count(where(STILL)),
    "count_above": lambda scene: Count(where(above(scene))),
    "count_values": lambda scene: Count(ALL, scene.plan.facet),
    "distinct_brands": lambda scene: Distinct(ALL, Attribute.BRAND),
    "distinct_bodies": lambda scene: Distinct(ALL, Attribute.BODY),
    "sum_all": lambda scene: Aggregate("sum", QUANTITY, ALL),
    "sum_facet": lambda scene: Aggregate("sum", QUANTITY, having(scene)),
    "sum_two": lambda scene: Aggregate("sum", QUANTITY, both(scene)),
    "sum_in_year": lambda scene: Aggregate("sum", QUANTITY, named(scene.row), in_year(scene)),
    "mean_quantity": lambda scene: Aggregate("mean", QUANTITY, ALL),
    "mean_duration": lambda scene: Aggregate("mean", Attribute.DURATION, having(scene)),
    "difference": lambda scene: Difference(total(scene.row), total(scene.other)),
    "ratio": lambda scene: Ratio(total(scene.row), total(scene.other)),
    "share": lambda scene: Share(named(scene.row), ALL),
    "share_facet": lambda scene: Share(having(scene), ALL),
    "compare_quantity": compare(QUANTITY, "most"),
    "compare_duration": compare(Attribute.DURATION, "most"),
    "compare_start": compare(Attribute.START, "least"),
    "together": lambda scene: Together((named(scene.row), named(scene.other))),
    "together_lasting": lambda scene: Together((named(scene.row), named(scene.other)), lasting=True),
    "claim_together": lambda scene: Claim(Together((named(scene.row), named(scene.other))), Overlaps()),
    "difference_percent": lambda scene: Difference(total(scene.row), total(scene.other), percent=True),
    "exists_facet": lambda scene: Exists(having(scene)),
    "exists_above": lambda scene: Exists(where(above(scene))),
    "claim_above": lambda scene: Claim(total(scene.row), above(scene)),
    "claim_running": claim(lambda scene: STILL),
    "claim_in_year": claim(in_year),
    "claim_facet": claim(lambda scene: having(scene).conditions[0]),
    "claim_started": claim(
        lambda scene: Between(Attribute.START, Bound(PartialDate(scene.year)), Bound(PartialDate(scene.year)))
    ),
    "position": lambda scene: Position(named(scene.row), QUANTITY),
    "nearest_row": lambda scene: Nearest(ALL, QUANTITY, Get(named(scene.row), (QUANTITY,))),
    "nearest_amount": lambda scene: Nearest(ALL, QUANTITY, Constant(scene.amount)),
    "previous_value": lambda scene: PreviousValue(GROWTH),
    "sum_of_year": lambda scene: Aggregate(
        "sum", QUANTITY, ALL, Overlaps(Bound(PartialDate(2021)), Bound(PartialDate(2021)))
    ),
    "groups_counted": lambda scene: Grouped(ALL, scene.plan.facet),
    "groups_summed": lambda scene: Grouped(ALL, scene.plan.facet, "sum"),
    "group_with_most": lambda scene: Grouped(ALL, scene.plan.facet, "sum", QUANTITY, "most"),
    "group_with_most_models": lambda scene: Grouped(ALL, scene.plan.facet, direction="most"),
    "year_with_most_starts": lambda scene: Grouped(ALL, Attribute.START, direction="most"),
    "year_with_most_models": lambda scene: Grouped(ALL, Attribute.PERIOD, direction="most"),
    "median_quantity": lambda scene: Aggregate("median", QUANTITY, ALL),
    "models_of_two_times": lambda scene: Difference(
        Count(where(in_year(scene))), Count(where(in_year(replace(scene, year=scene.later))))
    ),
    "next_milestone": lambda scene: Unavailable("next_milestone", Listing(best_milestone())),
}


def best_milestone() -> Selection:
    return Selection("milestones", (), Ranking(Attribute.NUMBER, "most"))


def test_every_kind_of_query_has_its_sentences() -> None:
    assert SENTENCES.keys() == QUERIES.keys()
    assert all(forms.keys() == languages().keys() for forms in SENTENCES.values())


# -- reading them ---------------------------------------------------------------------------------------------------


def canonical(value: Any, keys: Mapping[tuple[str, str], str]) -> Any:
    """A query in a form in which two that mean the same are equal: rows by their key, conditions without order."""
    match value:
        case Equals(Attribute.CODE | Attribute.NAME as attribute, values):
            return canonical(Equals(Attribute.KEY, tuple(keys[attribute, str(each)] for each in values)), keys)
        case Get(selection, (Attribute.QUANTITY,)) | Aggregate("sum", Attribute.QUANTITY, selection, None):
            return ("how many", canonical(selection, keys))  # rows with their total, or the total of the rows
        case AllOf((only,)) | AnyOf((only,)):
            return canonical(only, keys)
        case AllOf(conditions) | AnyOf(conditions):
            return (type(value).__name__, frozenset(canonical(each, keys) for each in conditions))
        case Equals(attribute, values):
            return ("Equals", str(attribute), frozenset(values))
        case Selection(relation, conditions, ranking):
            return (
                "Selection",
                relation,
                frozenset(canonical(each, keys) for each in conditions),
                canonical(ranking, keys),
            )
        case PartialDate():
            return str(value)
        case tuple():
            return tuple(canonical(each, keys) for each in value)
    if is_dataclass(value):
        return (
            type(value).__name__,
            *((field.name, canonical(getattr(value, field.name), keys)) for field in fields(value)),
        )
    return str(value) if isinstance(value, str) else value


def prepared_for(plan: Plan) -> Prepared:
    return Prepared(Snapshot(plan.knowledge, "made up", "", datetime(2024, 1, 1, tzinfo=UTC)))


def read_back(sentence: str, code: str, prepared: Prepared) -> tuple[Query, ...]:
    """The queries that a sentence is read as; none if it is not read."""
    items = link(tokenize(sentence), prepared.vocabulary(languages()[code]))
    understood = understand(items, prepared.relations)
    return understood.queries if understood.outcome is Outcome.READ else ()


def mistakes(case: str, code: str, scene: Scene, prepared: Prepared) -> list[str]:
    """What each sentence of a case that is not read as its query is read as."""
    keys = {(Attribute.CODE, row.code or ""): row.key for row in scene.plan.knowledge.models}
    keys |= {(Attribute.NAME, row.title): row.key for row in scene.plan.knowledge.models}
    wanted = canonical(QUERIES[case](scene), keys)
    wrong = []
    for form in SENTENCES[case][code]:
        sentence = form.format_map(scene.words)
        found = read_back(sentence, code, prepared)
        if len(found) != 1 or canonical(found[0], keys) != wanted:
            wrong.append(f"{case}: {form!r}, {sentence!r}: {found}")
    return wrong


@pytest.mark.parametrize("code", languages())
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.reuse, Phase.generate),
)
@given(scene=scenes())
def test_queries_are_read_back_from_their_sentences(code: str, scene: Scene) -> None:
    """All kinds on each plant, so that a failure shows them all; a smaller plant would say no more."""
    prepared = prepared_for(scene.plan)
    wrong = [each for case in QUERIES for each in mistakes(case, code, scene, prepared)]
    assert wrong == [], "\n".join(wrong)


def test_every_kind_of_query_is_among_them() -> None:
    """A constant stands only inside of another query."""
    made: dict[type, list[str]] = defaultdict(list)

    @settings(max_examples=1, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(scenes())
    def make(scene: Scene) -> None:
        for case, query in QUERIES.items():
            made[type(query(scene))].append(case)

    make()
    assert set(get_args(Query)) - made.keys() == {Constant}
