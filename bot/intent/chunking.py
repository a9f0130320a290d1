"""From items to parts: neighbours put together to numbers, times, limits, superlatives, names and milestones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from bot.intent.anchors import anchored
from bot.intent.linking import Item
from bot.intent.numerals import is_number, read_number
from bot.intent.parts import Amount, Best, Chunk, Limit, Mention, MilestoneReference, Part, Time
from bot.intent.senses import Kind, Order, RowSet, Variant
from knowledge.query import AnyOf, Attribute, Bound, Condition, Equals
from knowledge.relations import Relations
from knowledge.schema import PartialDate

JOINING = frozenset({Kind.AND, Kind.OR, Kind.VERSUS, Kind.THAN})
IDLE = frozenset({Kind.FILL, Kind.NARRATOR, Kind.LEAD, Kind.CLOSING, Kind.OF_YEAR})
MOST_PLACES = 100
"""Places of a ranking that people ask for."""

COUNTED = frozenset({Kind.PRODUCT_NOUN, Kind.MILESTONE_NOUN})

BEGINNING = frozenset(
    {
        Kind.BEFORE, Kind.AFTER, Kind.BETWEEN, Kind.UNTIL, Kind.BY, Kind.SINCE, Kind.IN, Kind.OF_YEAR, Kind.LAST_YEAR,
        Kind.THIS_YEAR, Kind.NEXT_YEAR, Kind.MONTH, Kind.NUMBER, Kind.SCALE, Kind.RUNNER_UP, Kind.THIRD_PLACE,
        Kind.TOP, Kind.BOTTOM, Kind.NTH, Kind.SUPERLATIVE, Kind.BOUND, Kind.VARIANT, Kind.ROWS,
    }
)  # fmt: skip
"""With a word of one of these kinds a part of several words may begin; any other stands for itself."""


class Chunker:
    """Reads the items of one clause from left to right."""

    def __init__(self, items: Sequence[Item], relations: Relations) -> None:
        self.items = items
        self.relations = relations
        self.today = relations.knowledge.as_of
        self.numbers = relations.milestone_numbers
        self.parts: list[Part] = []

    def run(self) -> list[Part]:
        """The parts of the clause, without the words that carry no meaning."""
        place = 0
        while place < len(self.items):
            if self.items[place].senses.keys().isdisjoint(BEGINNING):
                place = self._word(place)
                continue
            place = (
                self._time(place)
                or self._best(place)
                or self._limit(place)
                or self._milestone(place)
                or self._number(place)
                or self._rows(place)
                or self._word(place)
            )
        self._count_on()
        self.parts = anchored(self.parts)
        _join(self.parts)
        for index, part in enumerate(self.parts):
            part.index = index
        return self.parts

    def _count_on(self) -> None:
        """In "between the first and the second million" the first is one of the millions too."""
        scales = [
            part.value.numbers[0]
            for part in self.parts
            if part.chunk is Chunk.MILESTONE and part.value.ordinal and part.value.numbers[0] % 1_000_000 == 0
        ]
        for part in self.parts:
            numeral = part.senses.get(Kind.NUMBER) if part.chunk in (Chunk.NUMBER, Chunk.BEST) else None
            if scales and numeral is not None and numeral.ordinal and numeral.value < 100 and len(part.items) == 1:
                number = int(numeral.value) * 1_000_000
                part.chunk = Chunk.MILESTONE
                part.value = MilestoneReference(Equals(Attribute.NUMBER, (number,)), (number,), True)

    # -- looking around -----------------------------------------------------------------------------------------

    def _has(self, place: int, *kinds: Kind) -> bool:
        return 0 <= place < len(self.items) and self.items[place].has(*kinds)

    def _skip(self, place: int) -> int:
        """The next item that is not mere filling."""
        while place < len(self.items) and set(self.items[place].senses) <= IDLE:
            place += 1
        return place

    def _add(self, chunk: Chunk, value: object, start: int, end: int) -> int:
        items = tuple(self.items[start:end])
        text = " ".join(item.text for item in items if item.text)
        self.parts.append(Part(chunk, value, text, dict(items[0].senses), items[0].gap, items=items))
        return end

    # -- times --------------------------------------------------------------------------------------------------

    def _date(self, place: int) -> tuple[PartialDate, PartialDate, int] | None:
        """The first and last day (as far as named) of a date at a place, and the place after it."""
        if place >= len(self.items):
            return None
        item = self.items[place]
        if (
            item.has(Kind.LAST_YEAR)
            and item.has(Kind.END)
            and self._has(self._skip_plain(place + 1), Kind.OF_YEAR, Kind.ROWS)
        ):
            return None  # "the last year of the X" is the end of its run
        if item.has(Kind.LAST_YEAR, Kind.THIS_YEAR, Kind.NEXT_YEAR):
            shift = -1 if item.has(Kind.LAST_YEAR) else 1 if item.has(Kind.NEXT_YEAR) else 0
            year = PartialDate(self.today.year + shift)
            return year, year, place + 1
        if Kind.MONTH in item.senses:
            after = self._skip(place + 1)
            if after < len(self.items) and is_number(self.items[after]):
                amount, end = read_number(self.items, after)
                if amount.year:
                    month = PartialDate(int(amount.value), item.senses[Kind.MONTH])
                    return month, month, end
            return None
        if Kind.DECADE in item.senses:
            return self._decade(item.senses[Kind.DECADE], self._past_years(place + 1))
        if not is_number(item):
            return None
        amount, end = read_number(self.items, place)
        if not amount.year:
            short = isinstance(amount.value, int) and 0 < amount.value < 100 and amount.value % 10 == 0
            if short and self._has(end, Kind.DECADE_SUFFIX) and not self.items[end].gap:
                return self._decade(int(amount.value), self._past_years(end + 1))
            if isinstance(amount.value, int) and 1 <= amount.value <= 31 and self._has(end, Kind.MONTH):
                dated = self._date(end)
                if dated and dated[0].month:
                    try:
                        day = PartialDate(dated[0].year, dated[0].month, amount.value)
                    except ValueError:
                        return None
                    return day, day, dated[2]
            return None
        named = int(amount.value)
        if self._has(end, Kind.DECADE_SUFFIX) and not self.items[end].gap:
            return PartialDate(named), PartialDate(named + 9), end + 1
        return PartialDate(named), PartialDate(named), end

    def _decade(self, tens: int, end: int) -> tuple[PartialDate, PartialDate, int]:
        """The tens of a century: of the latest one in which the file knows of rows, else of the last century."""
        starts = [row.production.start for row in self.relations.knowledge.models if row.production.start is not None]
        first = min(starts).year if starts else self.today.year
        years = [century + tens for century in (2000, 1900, 1800)]
        year = next((each for each in years if each <= self.today.year and each + 9 >= first), years[1])
        return PartialDate(year), PartialDate(year + 9), end

    def _past_years(self, place: int) -> int:
        """Past the years of "the fifties years", as some languages say."""
        return place + 1 if self._has(place, Kind.UNIT) and not self.items[place].gap else place

    def _last_said(self, place: int) -> int:
        """The item before a place that is not mere filling."""
        place -= 1
        while place > 0 and set(self.items[place].senses) <= IDLE:
            place -= 1
        return place

    def _is_amount(self, place: int, end: int) -> bool:
        """Whether a number that could be a year counts things after all: "more than 2000 cars"."""
        if self._has(end, Kind.PRODUCT_NOUN) or self._has(end, Kind.SCALE):
            return True
        before = place - 1
        while before >= 0 and set(self.items[before].senses) <= {Kind.FILL}:
            before -= 1
        timed = (Kind.IN, Kind.SINCE, Kind.UNTIL, Kind.TO, Kind.BY, Kind.BEFORE, Kind.AFTER, Kind.BETWEEN)
        return self._has(before, Kind.BOUND) and not self._has(before, *timed)

    def _time(self, place: int) -> int:
        item = self.items[place]
        opener = next(
            (
                kind
                for kind in (
                    Kind.BEFORE,
                    Kind.AFTER,
                    Kind.BETWEEN,
                    Kind.UNTIL,
                    Kind.BY,
                    Kind.SINCE,
                    Kind.IN,
                    Kind.OF_YEAR,
                )
                if kind in item.senses
            ),
            None,
        )
        at = self._skip(place + 1) if opener else place
        if opener and self._has(at, Kind.YEAR_OF) and not self._date(at):
            at = self._skip(at + 1)  # "after the year 2000"
        dated = self._date(at)
        if dated is None or (is_number(self.items[at]) and self._is_amount(at, dated[2])):
            return 0
        first, last, end = dated
        # A second date makes a range: "from 2010 to 2014", "between … and …", "2010-2014".
        joint = self._skip(end)
        ranged = (Kind.AND, Kind.TO, Kind.UNTIL) if opener == Kind.BETWEEN else (Kind.TO, Kind.UNTIL)
        if opener in (Kind.BETWEEN, Kind.SINCE, Kind.IN, None) and self._has(joint, *ranged):
            strict = self._has(joint, Kind.AND) and opener != Kind.BETWEEN
            second = self._skip(joint + 1)
            other = None if strict else self._date(second)
            if other is not None and not (is_number(self.items[second]) and self._is_amount(second, other[2])):
                kind: Literal["range", "span"] = "span" if opener == Kind.BETWEEN else "range"
                span = Time(Bound(first), Bound(other[1]), kind)
                return self._add(Chunk.TIME, span, place, other[2])
            if Kind.UNTIL in self.items[joint].senses and opener == Kind.SINCE:
                still = self._skip(joint + 1)  # from 2013 until today
                if self._has(still, Kind.STILL):
                    return self._add(Chunk.TIME, Time(Bound(first), None, "since"), place, still + 1)
        later = self.items[end + 1].senses.get(Kind.COMPARATIVE) if end + 1 < len(self.items) else None
        if self._has(end, Kind.OR, Kind.AND) and later is not None and later.attribute == Attribute.START:
            least = later.direction == "least"
            open_time = Time(None, Bound(last), "until") if least else Time(Bound(first), None, "since")
            return self._add(Chunk.TIME, open_time, place, end + 2)  # "2013 or later"
        if self._has(end, Kind.ONWARDS):
            return self._add(Chunk.TIME, Time(Bound(first), None, "since"), place, end + 1)
        match opener:
            case Kind.BEFORE if self._has(self._last_said(place), Kind.UNIT, Kind.YEAR_OF) and not first.month:
                year = PartialDate(first.year - 1)  # "the year before 2024"
                time = Time(Bound(year), Bound(year), "in")
            case Kind.BEFORE:
                time = Time(None, Bound(first, inclusive=False), "before")
            case Kind.AFTER:
                time = Time(Bound(last, inclusive=False), None, "after")
            case Kind.BY if Kind.UNTIL not in item.senses and Kind.IN not in item.senses:
                time = Time(None, Bound(last), "by")
            case Kind.UNTIL | Kind.BY if not (Kind.IN in item.senses and Kind.UNTIL not in item.senses):
                time = Time(None, Bound(last), "until")
            case _ if item.has(Kind.OF_YEAR) and self._has(self._last_said(place), Kind.PRODUCT_NOUN, Kind.MODEL_NOUN):
                time = Time(Bound(first), Bound(last), "of")  # "the cars from 2007" began then
            case Kind.SINCE:
                time = Time(Bound(first), None, "since")
            case _:
                time = Time(Bound(first), Bound(last), "in")
        return self._add(Chunk.TIME, time, place, end)

    # -- superlatives -------------------------------------------------------------------------------------------

    def _best(self, place: int) -> int:
        """A superlative with what stands around it: "second most built", "top 5", "the three rarest", "number 5"."""
        item = self.items[place]
        if item.has(Kind.RUNNER_UP, Kind.THIRD_PLACE):
            position = 2 if item.has(Kind.RUNNER_UP) else 3
            return self._add(Chunk.BEST, Best("most", Attribute.QUANTITY, position), place, place + 1)
        return self._top(place) or self._nth(place) or self._placed(place) or self._superlative(place)

    def _small_number(self, place: int) -> tuple[int, Amount, int] | None:
        """A number that may count places: its value, all that is known of it, and the place after it."""
        if not is_number_at(self.items, place):
            return None
        amount, end = read_number(self.items, place)
        if isinstance(amount.value, int) and 0 < amount.value <= MOST_PLACES and not amount.scaled:
            return amount.value, amount, end
        return None

    def _top(self, place: int) -> int:
        """ "Top 5", "the last three"."""
        item, number = self.items[place], self._small_number(place + 1)
        if not item.has(Kind.TOP, Kind.BOTTOM) or number is None or number[1].ordinal or self._date(place + 1):
            return 0
        order = item.senses.get(Kind.SUPERLATIVE) or Order(
            "most" if item.has(Kind.TOP) else "least", Attribute.QUANTITY
        )
        named = order.attribute != Attribute.QUANTITY
        return self._with_attribute(Best(order.direction, order.attribute, 1, number[0], named), place, number[2])

    def _nth(self, place: int) -> int:
        """ "Number 5"."""
        number = self._small_number(place + 1) if self.items[place].has(Kind.NTH) else None
        if number is None or number[1].ordinal or self._is_numbered(place):
            return 0
        return self._add(Chunk.BEST, Best("most", Attribute.QUANTITY, number[0]), place, number[2])

    def _placed(self, place: int) -> int:
        """ "The second most built", "the three rarest", "second place"."""
        number = None if self.items[place].has(Kind.ROWS) else self._small_number(place)
        if number is None:
            return 0
        value, amount, end = number
        end = self._skip_plain(end)
        if self._has(end, Kind.SUPERLATIVE) and not self.items[end].gap:
            order = self.items[end].senses[Kind.SUPERLATIVE]
            position, count = (value, 1) if amount.ordinal else (1, value)
            named = order.attribute != Attribute.QUANTITY
            best = Best(order.direction, order.attribute, position, count, named)
            return self._with_attribute(best, place, end + 1)
        if amount.ordinal and self._has(end, Kind.RANK):
            return self._add(Chunk.BEST, Best("most", Attribute.QUANTITY, value), place, end + 1)
        return 0

    def _superlative(self, place: int) -> int:
        """ "The rarest", "the rarest three"."""
        item = self.items[place]
        order = item.senses.get(Kind.SUPERLATIVE)
        after = self._skip_plain(place + 1)
        plant = self._skip_plain(after + 1) if self._has(after, Kind.OWNER) else after
        if order is None or (self._has(plant, Kind.PLANT_NOUN) and not self.items[plant].gap):
            return 0  # "the first plant": of plants, not of what it makes
        if item.has(Kind.NUMBER) and (self._has(place + 1, Kind.SCALE) or self._is_counted(place)):
            return 0  # "the first million", "the first car" where a milestone has that number
        best = Best(order.direction, order.attribute, 1, 1, order.attribute != Attribute.QUANTITY)
        number = None if item.has(Kind.NUMBER) or self._has(after, Kind.ROWS) else self._small_number(after)
        if number is not None and number[0] > 1 and not number[1].ordinal:
            return self._with_attribute(replace(best, count=number[0]), place, number[2])
        return self._with_attribute(best, place, place + 1)

    def _is_numbered(self, place: int) -> bool:
        """Whether "number 100" is the product of that number, which the file tells of, not a place in a ranking."""
        amount, _ = read_number(self.items, place + 1)
        if self._has(self._last_said(place), Kind.PRODUCT_NOUN):
            return amount.value in self.numbers
        ranking = (Kind.RANK, Kind.MODEL_NOUN, Kind.BY_ATTRIBUTE, Kind.SUPERLATIVE)
        return amount.value in self.numbers and not any(item.has(*ranking) for item in self.items)

    def _is_counted(self, place: int) -> bool:
        amount, end = read_number(self.items, place)
        return amount.value in self.numbers and self._has(self._skip(end), *COUNTED)

    def _skip_plain(self, place: int) -> int:
        """Past filling on the same side of a comma."""
        while place < len(self.items) and set(self.items[place].senses) == {Kind.FILL} and not self.items[place].gap:
            place += 1
        return place

    def _with_attribute(self, best: Best, start: int, end: int) -> int:
        """A superlative takes its attribute from the noun after it: "most years", "highest quantity"."""
        after = self._skip_plain(end)
        if not best.named and after < len(self.items) and not self.items[after].gap:
            item = self.items[after]
            names = item.senses.get(Kind.ATTRIBUTE, ())
            if Attribute.QUANTITY in names or (item.has(Kind.PRODUCT_NOUN) and not names):
                return self._add(Chunk.BEST, best, start, after + 1 if names else end)
            if Attribute.DURATION in names or Attribute.PERIOD in names:
                return self._add(Chunk.BEST, replace(best, attribute=Attribute.DURATION, named=True), start, after + 1)
            if item.senses.get(Kind.UNIT) and not names:
                return self._add(Chunk.BEST, replace(best, attribute=Attribute.DURATION, named=True), start, after + 1)
        elif after < len(self.items) and best.attribute in self.items[after].senses.get(Kind.ATTRIBUTE, ()):
            return self._add(Chunk.BEST, best, start, after + 1)
        return self._add(Chunk.BEST, best, start, end)

    # -- limits -------------------------------------------------------------------------------------------------

    def _limit(self, place: int) -> int:
        """A range of amounts: "more than 400k units", "between 100 and 200 thousand", "5 years or more"."""
        item = self.items[place]
        if item.has(Kind.BETWEEN, Kind.SINCE) and is_number_at(self.items, self._skip(place + 1)):
            one, end = read_number(self.items, self._skip(place + 1))
            joint = self._skip(end)
            if self._has(joint, Kind.AND, Kind.TO) and is_number_at(self.items, self._skip(joint + 1)):
                other, end = read_number(self.items, self._skip(joint + 1))
                if not one.ordinal and not other.ordinal:
                    low = one.value
                    if other.scaled and not one.scaled and one.value < 1000:
                        low = one.value * (1_000_000 if other.value >= 1_000_000 else 1000)
                    return self._measured(Bound(low), Bound(other.value), place, end)
        if item.has(Kind.BOUND):
            at = self._skip(place + 1)
            if is_number_at(self.items, at) and not self._has(at, Kind.ROWS):
                amount, end = read_number(self.items, at)
                if self._is_beyond_all(amount.value) and self._asks_which():
                    return 0
                lacking = any(each is not item and each.has(Kind.REACH, Kind.DIFFERENCE) for each in self.items)
                reached = item.has(Kind.REACH) and (
                    (amount.value in self.numbers and self._is_moment(place)) or lacking
                )
                if not amount.ordinal and not reached:
                    return self._bounded(item.senses[Kind.BOUND], amount.value, place, end)
        if is_number(item) and not item.has(Kind.ROWS):
            amount, end = read_number(self.items, place)
            after = self._skip_plain(end)
            if self._has(after, Kind.UNIT, Kind.PRODUCT_NOUN):
                after = self._skip_plain(after + 1)
            if self._has(after, Kind.OR, Kind.AND) and self._has(after + 1, Kind.COMPARATIVE) and not amount.ordinal:
                order = self.items[after + 1].senses[Kind.COMPARATIVE]
                self._bounded("at_least" if order.direction == "most" else "at_most", amount.value, place, end)
                return after + 2
        return 0

    def _is_beyond_all(self, value: float) -> bool:
        """Whether a milestone has this number and no row comes near it: then the plant as a whole is meant."""
        return value in self.numbers and value > self.relations.largest_quantity

    def _asks_which(self) -> bool:
        named = any(item.has(Kind.ROWS) for item in self.items)
        return not named and any(item.has(Kind.WHICH, Kind.WHEN) for item in self.items)

    def _is_moment(self, place: int) -> bool:
        """Whether a time is told by what happened then: "in the year in which the plant hit two million"."""
        return any(item.has(Kind.YEAR_OF, Kind.WHEN, Kind.SAME_TIME) for item in self.items[:place])

    def _bounded(self, bound: str, value: int | float, start: int, end: int) -> int:
        match bound:
            case "above":
                return self._measured(Bound(value, False), None, start, end)
            case "at_least":
                return self._measured(Bound(value), None, start, end)
            case "below":
                return self._measured(None, Bound(value, False), start, end)
            case "at_most":
                return self._measured(None, Bound(value), start, end)
            case "about":
                return self._measured(Bound(value * 0.95), Bound(value * 1.05), start, end)
        return self._measured(Bound(value), Bound(value), start, end)

    def _measured(self, least: Bound | None, most: Bound | None, start: int, end: int) -> int:
        after = self._skip_plain(end)
        if after < len(self.items):
            item = self.items[after]
            if item.has(Kind.SHARE) and (whole := self._whole()):
                least, most = _in_percent(least, whole), _in_percent(most, whole)
                past = self._skip_plain(after + 1)
                end = past + 1 if self._has(past, Kind.WHOLE) else after + 1
                return self._add(Chunk.LIMIT, Limit(Attribute.QUANTITY, least, most), start, end)
            if item.senses.get(Kind.UNIT) == "year":
                return self._add(Chunk.LIMIT, Limit(Attribute.DURATION, least, most), start, after + 1)
            counted = item.has(Kind.PRODUCT_NOUN) or item.senses.get(Kind.UNIT) == "times"
            if counted or Attribute.QUANTITY in item.senses.get(Kind.ATTRIBUTE, ()):
                return self._add(Chunk.LIMIT, Limit(Attribute.QUANTITY, least, most), start, after + 1)
        return self._add(Chunk.LIMIT, Limit(None, least, most), start, end)

    def _whole(self) -> int:
        """All that was built, of which a share is a part; nothing where a quantity is not known, or names are given."""
        quantities = [row.quantity for row in self.relations.knowledge.models]
        named = any(item.has(Kind.ROWS) for item in self.items)
        return 0 if named or None in quantities else sum(filter(None, quantities))

    # -- milestones ---------------------------------------------------------------------------------------------

    def _milestone(self, place: int) -> int:
        item = self.items[place]
        if Kind.VARIANT in item.senses and not (item.has(Kind.ROWS) and not self._beside_milestone(place)):
            variants = [each for each in item.senses[Kind.VARIANT] if isinstance(each, Variant)]
            condition = variants[0].condition if len(variants) == 1 else _any_of(variants)
            return self._add(Chunk.MILESTONE, MilestoneReference(condition, ()), place, place + 1)
        start = place
        numbered = item.has(Kind.NTH) and is_number_at(self.items, place + 1)
        if numbered:
            place += 1
            item = self.items[place]
        if not is_number(item) or item.has(Kind.ROWS):
            return 0
        amount, end = read_number(self.items, place)
        after = self._skip_plain(end)
        counted = self._has(after, *COUNTED) and not self.items[after].gap
        named = self._has(after, Kind.MILESTONE_NOUN)
        value = int(amount.value)
        plain = end == place + 1 and self.items[place].has(Kind.SCALE) and not amount.ordinal
        if plain and named and any(each.has(Kind.LIST, Kind.HOW_MANY, Kind.WHICH) for each in self.items):
            return after  # "the million milestones" are all of them
        is_one = (
            (amount.ordinal and (value >= 1000 or (value in self.numbers and counted)))
            or (named and (value >= 1000 or value in self.numbers))
            or (value in self.numbers and (value >= 1000 or numbered))
        )
        if not is_one or value != amount.value:
            return 0
        if counted:
            end = after + 1
        reference = MilestoneReference(Equals(Attribute.NUMBER, (value,)), (value,), amount.ordinal or numbered)
        return self._add(Chunk.MILESTONE, reference, start, end)

    def _beside_milestone(self, place: int) -> bool:
        near = range(max(0, place - 3), min(len(self.items), place + 4))
        return any(self.items[at].has(Kind.MILESTONE_NOUN) for at in near)

    # -- numbers, names and single words ------------------------------------------------------------------------

    def _number(self, place: int) -> int:
        item = self.items[place]
        if not is_number(item) or item.has(Kind.ROWS) or (item.has(Kind.FILL) and not item.text.isdigit()):
            return 0
        amount, end = read_number(self.items, place)
        return self._add(Chunk.NUMBER, amount, place, end)

    def _rows(self, place: int) -> int:
        rows = self.items[place].senses.get(Kind.ROWS)
        if not isinstance(rows, RowSet):
            return 0
        if self._has(place, Kind.OWNER) and self._has(self._skip_plain(place + 1), Kind.PLANT_NOUN):
            return self._add(Chunk.WORD, None, place, place + 1)  # an owner before "plants" says whose plants they are
        mention = Mention(rows.rows, (rows.condition,), (rows,))
        earlier = next((part.value for part in reversed(self.parts) if part.chunk is Chunk.ROWS), None)
        if earlier is not None and rows.facet and self._has(place + 1, Kind.ONE) and not self.items[place + 1].gap:
            mention = self._of_the_same_body(mention, earlier)
        last = self.parts[-1] if self.parts else None
        listed = (
            self.items[place].gap and self._has(place + 1, Kind.AND) and self._has(self._skip(place + 2), Kind.ROWS)
        )
        listed = listed or self._has(self._skip(place + 1), Kind.LEFT_OUT)
        near = last is not None and not listed and self.items[place].gap < 2 and self._adjacent(place, last)
        if last is not None and last.chunk is Chunk.ROWS and near:
            shared = last.value.rows & rows.rows
            if shared:
                last.value = _narrowed(last.value, rows, shared)
                last.text = f"{last.text} {self.items[place].text}"
                last.items = (*last.items, self.items[place])
                return place + 1
        return self._add(Chunk.ROWS, mention, place, place + 1)

    def _of_the_same_body(self, mention: Mention, earlier: Mention) -> Mention:
        """In "the 1 Series convertible and the 2 Series one", the second is a convertible too."""
        models = self.relations.knowledge.models
        bodies = {models[place].body for place in earlier.rows}
        body = bodies.pop() if len(bodies) == 1 else None
        shared = frozenset(place for place in mention.rows if body and models[place].body == body)
        if not shared or body is None:
            return mention
        return Mention(shared, (*mention.conditions, Equals(Attribute.BODY, (body,))), mention.sets)

    def _adjacent(self, place: int, last: Part) -> bool:
        """Whether only filling stands between a name and the part before it."""
        before = place - 1
        while before >= 0 and set(self.items[before].senses) <= {Kind.FILL}:
            before -= 1
        return before >= 0 and self.items[before] is last.items[-1]

    def _word(self, place: int) -> int:
        item = self.items[place]
        if item.has(Kind.PRODUCT_NOUN) and self._has(place - 1, Kind.DISTINCT):
            self.parts.append(Part(Chunk.WORD, None, item.text, {Kind.MODEL_NOUN: None}, item.gap, items=(item,)))
            return place + 1  # "how many different cars" counts models
        if set(item.senses) <= IDLE and Kind.FILL in item.senses:
            return place + 1
        return self._add(Chunk.WORD, None, place, place + 1)


def _in_percent(bound: Bound | None, whole: int) -> Bound | None:
    """A bound that was given in percent, as an amount."""
    if bound is None or not isinstance(bound.value, (int, float)):
        return bound
    return Bound(bound.value * whole / 100, bound.inclusive)


def is_number_at(items: Sequence[Item], place: int) -> bool:
    """Whether a number begins at a place."""
    return 0 <= place < len(items) and is_number(items[place])


def _narrowed(mention: Mention, rows: RowSet, shared: frozenset[int]) -> Mention:
    return Mention(shared, (*mention.conditions, rows.condition), (*mention.sets, rows))


def _any_of(variants: Sequence[Variant]) -> Condition:
    return AnyOf(tuple(variant.condition for variant in variants))


def _join(parts: Sequence[Part]) -> None:
    """Note for each name what joins it to the name before, and whether it is excluded."""
    last: int | None = None
    for index, part in enumerate(parts):
        between = parts[last + 1 : index] if last is not None else parts[:index]
        denied = index > 1 or (index and not parts[0].has(Kind.AUX))
        if denied and parts[index - 1].chunk is Chunk.WORD and parts[index - 1].has(Kind.NOT):
            part.negated = part.chunk in (Chunk.ROWS, Chunk.TIME, Chunk.LIMIT)
        if part.chunk is Chunk.ROWS and index + 1 < len(parts) and parts[index + 1].has(Kind.LEFT_OUT):
            part.negated = True  # "the X not counted"
        if part.chunk is not Chunk.ROWS:
            continue
        if last is not None:
            words = [each for each in between if each.chunk is Chunk.WORD]
            joints = [kind for each in words for kind in JOINING if each.has(kind)]
            if joints and len(words) == len(between) and len(between) <= 2:
                part.link = next((k for k in (Kind.VERSUS, Kind.THAN, Kind.OR, Kind.AND) if k in joints), None)
                if part.link in (Kind.AND, Kind.OR) and parts[last].negated:
                    part.negated = True
            elif not between and part.gap == 1:
                part.link = Kind.AND
        last = index
