"""Random small knowledge files and random queries over them."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

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
    Quantifier,
    Query,
    Ranking,
    Ratio,
    Relation,
    Selection,
    Share,
    Together,
    Unavailable,
)
from knowledge.schema import (
    Fact,
    FactWording,
    Knowledge,
    Milestone,
    Model,
    PartialDate,
    Plant,
    Production,
    RowReference,
    Source,
    Vocabulary,
)

NAMES = ("Moor *hen*", "Köf_II", "A", "`B`", "@everyone", "3 Series", "- dash", "[x](https://x.example)", "{0}")
CODES = ("T1", "T_3", "E|x|", "i01", "<@1>")
FACETS = ("gauge", "drive", "brand", "series", "body")
WORDS = ("steam", "diesel *", "1435 mm", "**")
GROWTH, OUTPUT = "growth", "output"

texts = st.sampled_from(NAMES)
quantities = st.none() | st.integers(0, 5_000_000) | st.integers(0, 3)


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    """A date known to the year, the month or the day."""
    month = draw(st.none() | st.integers(1, 12))
    day = draw(st.none() | st.integers(1, 28)) if month else None
    return PartialDate(draw(st.integers(1995, 2026)), month, day)


@st.composite
def productions(draw: st.DrawFn) -> Production:
    """A period of which either end may be unknown."""
    ends = sorted((draw(dates()), draw(dates())))
    start = draw(st.sampled_from((None, ends[0], ends[0])))
    end = draw(st.sampled_from((None, "present", ends[1], ends[1])))
    return Production(start=start, end=end)


local_texts = texts | st.fixed_dictionaries({"en": texts, "de": texts}) | st.fixed_dictionaries({"fr": texts})
models = st.builds(
    Model,
    name=texts,
    code=st.none() | st.sampled_from(CODES),
    brand=st.none() | st.sampled_from(WORDS),
    series=st.none() | st.sampled_from(WORDS),
    body=st.none() | st.sampled_from(WORDS),
    facets=st.dictionaries(st.sampled_from(("gauge", "drive")), st.sampled_from(WORDS)),
    production=productions(),
    quantity=quantities,
    replaces=st.lists(st.sampled_from(NAMES + CODES), max_size=2).map(tuple),
    source=st.none() | st.just("second"),
)
milestones = st.builds(
    Milestone,
    number=st.integers(1, 5_000_000),
    date=st.none() | dates(),
    model=st.none() | texts,
    row=st.none() | st.builds(RowReference, code=st.sampled_from(CODES)),
    colour=st.none() | local_texts,
    details=st.dictionaries(st.sampled_from(("buyer", "engine_name")), local_texts),
)
wordings = st.dictionaries(
    st.sampled_from(("en", "de", "fr")),
    st.builds(FactWording, subject=texts, sentence=st.none() | texts),
    min_size=1,
)
facts = st.builds(
    Fact,
    id=st.integers(1, 999).map(lambda number: f"fact-{number}"),
    value=st.booleans()
    | st.integers(-100, 10_000)
    | st.floats(-50, 50).map(lambda value: round(value, 1))
    | dates()
    | st.lists(texts, min_size=1, max_size=3).map(tuple)
    | st.fixed_dictionaries({"en": texts}),
    unit=st.sampled_from(("products", "percent", "years", "rank", "date", "text")),
    exactness=st.sampled_from(("exact", "about")),
    per=st.none() | st.sampled_from(("day", "week", "month", "year")),
    period=st.none() | dates(),
    wording=wordings,
)


@st.composite
def knowledges(draw: st.DrawFn) -> Knowledge:
    """A small file in which anything may be unknown."""
    output = Fact(
        id=OUTPUT,
        value=draw(st.integers(1, 500_000)),
        unit="products",
        per=draw(st.sampled_from((None, "year"))),
        period=draw(st.none() | dates()),
        wording={"en": FactWording(subject="output")},
    )
    growth = Fact(
        id=GROWTH,
        value=draw(st.floats(-90, 300).map(lambda value: round(value, draw(st.integers(0, 2))))),
        unit="percent",
        period=draw(st.none() | dates()),
        change_of=OUTPUT,
        wording={"de": FactWording(subject="Wachstum", sentence="Plus.")},
    )
    words = st.lists(st.sampled_from(("loco", "locos", "*")), max_size=3).map(tuple)
    vocabulary = Vocabulary(products=draw(words), facets=draw(st.sampled_from(({}, {"gauge": ("track gauge",)}))))
    return Knowledge(
        plant=Plant(name=draw(texts)),
        as_of=draw(dates()),
        sources=(
            Source(id="first", title=draw(texts), published=draw(st.none() | dates())),
            Source(id="second", title="S"),
        ),
        models=tuple(draw(st.lists(models, max_size=6, unique_by=lambda model: model.key))),
        milestones=tuple(draw(st.lists(milestones, max_size=3, unique_by=lambda milestone: milestone.number))),
        facts=(output, growth, *draw(st.lists(facts, max_size=3, unique_by=lambda fact: fact.id))),
        vocabulary={"en": vocabulary} if draw(st.booleans()) else {},
    )


# -- queries ------------------------------------------------------------------------------------------------------

MODEL_ATTRIBUTES = (*(attribute.value for attribute in list(Attribute)[:14]), "gauge", "drive", "unheard_of")
MILESTONE_ATTRIBUTES = ("number", "date", "model", "colour", "row", "buyer", "engine_name", "series")
ORDERED = (Attribute.QUANTITY, Attribute.START, Attribute.END, Attribute.DURATION)
MEASURES = (Attribute.QUANTITY, Attribute.DURATION)
FUNCTIONS = ("sum", "mean", "median", "span")
DIRECTIONS = st.sampled_from(("most", "least"))
AMOUNTS = st.integers(0, 1_000_000) | st.floats(0, 1000, allow_nan=False).map(lambda value: round(value, 2))
DEPTH = 3


class Drawing:
    """Draws queries about one file; ``depth`` is how deep queries and conditions may still nest."""

    def __init__(self, draw: st.DrawFn, knowledge: Knowledge) -> None:
        self.draw = draw
        self.keys = (*(model.key for model in knowledge.models), "nothing")
        self.numbers = (*(milestone.number for milestone in knowledge.milestones), 7)
        self.ids = tuple(fact.id for fact in knowledge.facts)

    def named(self, relation: Relation) -> Selection:
        match relation:
            case "models":
                keys = self.draw(st.lists(st.sampled_from(self.keys), min_size=1, max_size=3))
                return Selection(conditions=(Equals(Attribute.KEY, tuple(keys)),))
            case "milestones":
                number = self.draw(st.sampled_from(self.numbers))
                return Selection("milestones", (Equals(Attribute.NUMBER, (number,)),))
            case "facts":
                return Selection("facts", (Equals(Attribute.KEY, (self.draw(st.sampled_from(self.ids)),)),))

    def chosen(self, depth: int) -> Selection:
        """Rows by conditions, perhaps ranked."""
        if depth <= 0 or self.draw(st.booleans()):
            return Selection() if self.draw(st.booleans()) else self.named("models")
        conditions = tuple(self.condition(depth - 1) for _ in range(self.draw(st.integers(0, 2))))
        ranking = None
        if self.draw(st.booleans()):
            places = st.integers(1, 4)
            ranking = self.draw(st.builds(Ranking, st.sampled_from(ORDERED), DIRECTIONS, places, places))
        return Selection(conditions=conditions, ranking=ranking)

    def selection(self, depth: int) -> Selection:
        """Records of any relation."""
        relation: Relation = self.draw(st.sampled_from(("models", "models", "milestones", "facts")))
        if relation == "models":
            return self.chosen(depth)
        return self.named(relation) if self.draw(st.booleans()) else Selection(relation)

    def attribute(self, selection: Selection) -> str:
        names = {"models": MODEL_ATTRIBUTES, "milestones": MILESTONE_ATTRIBUTES, "facts": ("value", "key")}
        return self.draw(st.sampled_from(names[selection.relation]))

    def bound(self, depth: int) -> Bound | None:
        inclusive = self.draw(st.booleans())
        match self.draw(st.sampled_from(("none", "amount", "date", "query"))):
            case "amount":
                return Bound(self.draw(AMOUNTS), inclusive)
            case "date":
                return Bound(self.draw(dates()), inclusive)
            case "query" if depth > 0:
                return Bound(self.value(depth - 1), inclusive)
        return None

    def condition(self, depth: int) -> Condition:
        kinds = ("facet", "running", "key", "quantity", "time", "overlap")
        match self.draw(st.sampled_from((*kinds, "not", "any", "all") if depth > 0 else kinds)):
            case "facet":
                values = self.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2))
                return Equals(self.draw(st.sampled_from(FACETS)), tuple(values))
            case "running":
                return Equals(Attribute.IN_PRODUCTION, (self.draw(st.booleans()),))
            case "key":
                return Equals(Attribute.KEY, (self.draw(st.sampled_from(self.keys)),))
            case "quantity":
                return Between(Attribute.QUANTITY, self.bound(depth), self.bound(depth))
            case "time":
                return Between(self.draw(st.sampled_from(ORDERED)), self.bound(depth), self.bound(depth))
            case "not":
                return Not(self.condition(depth - 1))
            case "any":
                return AnyOf((self.condition(depth - 1), self.condition(depth - 1)))
            case "all":
                return AllOf((self.condition(depth - 1), self.condition(depth - 1)))
        return Overlaps(self.bound(depth), self.bound(depth))

    def value(self, depth: int) -> Query:
        """A query that mostly has one value."""
        match self.draw(st.sampled_from(("constant", "get", "count", "aggregate", "previous"))):
            case "previous":
                return PreviousValue(GROWTH)
            case "constant":
                return Constant(self.draw(AMOUNTS | dates()))
            case "count":
                return Count(self.selection(depth))
            case "aggregate":
                function = self.draw(st.sampled_from(FUNCTIONS))
                period = Overlaps(self.bound(0), self.bound(0)) if self.draw(st.booleans()) else None
                return Aggregate(function, self.draw(st.sampled_from(MEASURES)), self.chosen(depth), period)
        selection = self.selection(depth)
        return Get(selection, tuple(self.attribute(selection) for _ in range(self.draw(st.integers(1, 3)))))

    def grouped(self, depth: int) -> Query:
        """Groups by a facet or by a year, perhaps only those at one place."""
        by = self.draw(st.sampled_from((*FACETS, Attribute.START, Attribute.END, Attribute.PERIOD)))
        function = self.draw(st.none() | st.sampled_from(FUNCTIONS))
        order = self.draw(st.none() | DIRECTIONS)
        return Grouped(self.chosen(depth), by, function, Attribute.QUANTITY, order, self.draw(st.integers(1, 3)))

    def query(self, depth: int) -> Query:
        """A query of any kind."""
        ordered, direction = self.draw(st.sampled_from(ORDERED)), self.draw(DIRECTIONS)
        flag = self.draw(st.booleans())
        selection = self.selection(depth)
        match self.draw(st.sampled_from(KINDS)):
            case "listing":
                return Listing(selection)
            case "count":
                return Count(selection, self.attribute(selection))
            case "distinct":
                return Distinct(selection, self.attribute(selection))
            case "grouped":
                return self.grouped(depth)
            case "difference":
                return Difference(self.value(depth), self.value(depth), flag)
            case "ratio":
                return Ratio(self.value(depth), self.value(depth))
            case "share":
                attribute = self.draw(st.none() | st.sampled_from(MEASURES))
                return Share(self.chosen(depth), self.chosen(depth), attribute)
            case "compare":
                sides = tuple(self.chosen(depth) for _ in range(self.draw(st.integers(2, 3))))
                return Compare(sides, ordered, direction)
            case "together":
                return Together(tuple(self.chosen(depth) for _ in range(self.draw(st.integers(2, 3)))), flag)
            case "exists":
                return Exists(selection)
            case "claim":
                subject = self.query(depth - 1) if depth > 0 else Listing(selection)
                return Claim(subject, self.condition(depth), flag, self.draw(st.sampled_from(get_args(Quantifier))))
            case "position":
                return Position(self.chosen(depth), ordered, direction, self.chosen(depth))
            case "nearest":
                return Nearest(self.chosen(depth), ordered, self.value(depth))
            case "unavailable":
                topic = self.draw(st.sampled_from(("next_milestone", "weather")))
                return Unavailable(topic, self.query(depth - 1) if flag and depth > 0 else None)
        return self.value(depth)


KINDS = (
    "value",
    "listing",
    "count",
    "distinct",
    "grouped",
    "difference",
    "ratio",
    "share",
    "compare",
    "together",
    "exists",
    "claim",
    "position",
    "nearest",
    "unavailable",
)


@st.composite
def queries(draw: st.DrawFn, knowledge: Knowledge) -> Query:
    """A query of any kind about a file, conditions and queries nested."""
    return Drawing(draw, knowledge).query(DEPTH)
