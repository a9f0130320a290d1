"""What a stretch of words may mean: the types that readings are composed of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, auto

from knowledge.query import AttributeName, Condition, Direction


class Kind(IntEnum):
    """What kind of thing a word or phrase stands for. The names are the keys of a language's words.

    Whole numbers, since their hashes are many times cheaper than those of other members.
    """

    FILL = auto()
    NARRATOR = auto()
    LEAD = auto()
    CLOSING = auto()
    CORRECTION = auto()
    """"No wait": what follows is meant instead of what was said before."""
    # what is asked
    WHICH = auto()
    WHO = auto()
    WHEN = auto()
    WHEN_START = auto()
    WHEN_END = auto()
    HOW_MANY = auto()
    HOW_LONG = auto()
    LIST = auto()
    WHY = auto()
    HOW = auto()
    # what is spoken of
    MODEL_NOUN = auto()
    PRODUCT_NOUN = auto()
    PLANT_NOUN = auto()
    PLANT = auto()
    CHRONICLE = auto()
    """"History": of a plant all its time, said of a model that it is over."""
    OWNER = auto()
    MILESTONE_NOUN = auto()
    EVENT = auto()
    # what happens to it
    BUILD = auto()
    RUNNING = auto()
    PAST = auto()
    """"Was", "has": what is said of the past, not of today."""
    START = auto()
    END = auto()
    OVER = auto()
    """"No longer built": the state after an end, not the end itself."""
    STILL = auto()
    NOW = auto()
    """"Now", "today", which unlike "still" may only say when something else is so."""
    REPLACE = auto()
    REPLACED_BY = auto()
    # attributes and orders
    ATTRIBUTE = auto()
    UNIT = auto()
    RATE = auto()
    CHANGE = auto()
    SUPERLATIVE = auto()
    COMPARATIVE = auto()
    THAN = auto()
    VERSUS = auto()
    COMPARE = auto()
    BOUND = auto()
    BETWEEN = auto()
    # times
    IN = auto()
    SINCE = auto()
    OF_YEAR = auto()
    UNTIL = auto()
    TO = auto()
    BY = auto()
    BEFORE = auto()
    AFTER = auto()
    IMMEDIATE = auto()
    """"Right after": the nearest of what came after."""
    PREPOSITION = auto()
    """A word before a name alone, so that a verb behind the name is not the name's."""
    ALREADY = auto()
    AT = auto()
    """"At": before a milestone it tells when."""
    SURVIVE = auto()
    """"Made it to": in production from before a time until then."""
    THROUGHOUT = auto()
    ONWARDS = auto()
    DECADE_SUFFIX = auto()
    LAST_YEAR = auto()
    PREVIOUS_YEAR = auto()
    LATER_YEAR = auto()
    THIS_YEAR = auto()
    YEAR_BEFORE_LAST = auto()
    NEXT_YEAR = auto()
    RECENT = auto()
    """"Last", "past": before a number of years it counts them back from today."""
    YEAR_OF = auto()
    SAME_TIME = auto()
    WHILE = auto()
    """"While": of words for the same time those that mean all of it, and so also what began or ended within it."""
    SAME = auto()
    SAME_AS = auto()
    AGO = auto()
    # connecting and excluding
    WITH = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    DENIAL = auto()
    """"Not": denies what is said; in a question it expects a yes."""
    NEVER = auto()
    """"Never", "no": denies also where it is asked."""
    NEITHER = auto()
    NOR = auto()
    ANYMORE = auto()
    """After a denial: until today."""
    WRONG = auto()
    """"Is it wrong that": asks whether the contrary is so."""
    YET = auto()
    NOT_YET = auto()
    LEFT_OUT = auto()
    BOTH = auto()
    NONE = auto()
    """"No", "none of": denies of every row what it stands before."""
    EVERY = auto()
    ANY = auto()
    THERE = auto()
    """"Are there": whether there is what follows."""
    ONE = auto()
    INCLUDING = auto()
    ELSE = auto()
    ONLY = auto()
    KNOWN = auto()
    NOT_KNOWN = auto()
    # computing
    SUM = auto()
    OVERALL = auto()
    MEAN = auto()
    PER_MODEL = auto()
    GROUPING = auto()
    MEDIAN = auto()
    DISTINCT = auto()
    DECADE = auto()
    PRAISE = auto()
    """What people think of a product, which no figure tells."""
    SIZE = auto()
    """"Biggest", "larger": of a product its size, of a number its amount."""
    DIFFERENCE = auto()
    ELAPSED = auto()
    PAUSE = auto()
    """"Gap", where it is asked how long it was: from the end of one run to the start of another."""
    RATIO = auto()
    FITS = auto()
    SHARE = auto()
    WHOLE = auto()
    RANK = auto()
    QUANTIFIER = auto()
    """"Most": before a noun it counts what the noun names."""
    NTH = auto()
    TOP = auto()
    BOTTOM = auto()
    RUNNER_UP = auto()
    THIRD_PLACE = auto()
    NEAREST = auto()
    REACH = auto()
    BY_ATTRIBUTE = auto()
    NEXT = auto()
    FUTURE = auto()
    SPECIFICATION = auto()
    AGE_NEW = auto()
    AGE_OLD = auto()
    # referring back
    IT = auto()
    THOSE = auto()
    DEMONSTRATIVE = auto()
    """An article that points to what was spoken of where no noun follows."""
    FORMER = auto()
    LATTER = auto()
    """The first and the last of those that were named."""
    THAT_YEAR = auto()
    FOLLOW = auto()
    TAG = auto()
    AUX = auto()
    PRESENT = auto()
    """"Is": what is asked is so today, if anything."""
    WHEREABOUTS = auto()
    # numbers
    NUMBER = auto()
    SCALE = auto()
    MONTH = auto()
    PART_OF_YEAR = auto()
    """"Early", "the end of": before a year, with the first of the months that it means."""
    DATE = auto()
    """A day that is written in digits."""
    ORDINAL_SUFFIX = auto()
    # names from the knowledge file
    ROWS = auto()
    VARIANT = auto()
    FACT = auto()
    # talk
    SOCIAL = auto()
    # nothing that is known here
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a question; a scale ("million") multiplies what stands before it."""

    value: int | float
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A superlative or comparative: which attribute, which end of it."""

    direction: Direction
    attribute: AttributeName


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows that a name, a code, an alias, a facet's value or a part of a name stands for.

    ``exact``: the words are a name, a code or an alias of their own, not only a part of one.
    """

    rows: frozenset[int]
    condition: Condition
    exact: bool = False
    facet: AttributeName | None = None
    code: bool = False
    wider: RowSet | None = None
    """For a name that also is the value of a facet: all rows that have the value."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A condition on milestones: a colour, a variant's name, a detail's value."""

    condition: Condition


Value = object
"""What a sense carries besides its kind: a ``Numeral``, an ``Order``, a ``RowSet``, an attribute's name, or nothing."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a stretch of words."""

    kind: Kind
    value: Value = None


NOUNS = (Kind.MODEL_NOUN, Kind.PRODUCT_NOUN)
"""Words for what is made: its models, or its single products."""

EITHER = (Kind.OR, Kind.VERSUS)
"""Words that set two things beside each other to choose from."""

PAIR = 2
"""So many "both" are."""
