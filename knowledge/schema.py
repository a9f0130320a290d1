"""The schema of a knowledge file: what a plant has produced, in immutable values."""

from __future__ import annotations

from datetime import date
from functools import cached_property, total_ordering
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    ValidationInfo,
    field_validator,
)
from pydantic_core import CoreSchema, core_schema

MAXIMUM_TEXT = 200
"""Characters of a name, a word or a value."""

MAXIMUM_SENTENCE = 600
"""Characters of a whole sentence, a title or a note."""

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Years of a ``PartialDate``."""


DATE = "partial date"
"""The ``$comment`` that marks a ``PartialDate`` in the JSON Schema."""


class Frozen(BaseModel):
    """A value of the knowledge file: immutable, and no key but those that it names."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True, defer_build=True)


@total_ordering
class PartialDate:
    """A date at the precision that is known: a year, a year and month, or a day."""

    __slots__ = ("day", "month", "year")
    year: int
    month: int | None
    day: int | None

    def __init__(self, year: int, month: int | None = None, day: int | None = None) -> None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
        if month is not None:
            date(year, month, day or 1)
        elif day is not None:
            raise ValueError("a day needs a month")
        object.__setattr__(self, "year", year)
        object.__setattr__(self, "month", month)
        object.__setattr__(self, "day", day)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a PartialDate does not change")

    @classmethod
    def parse(cls, value: object) -> PartialDate:
        """Read ``2011``, ``"2011-12"``, ``"2011-12-09"`` or a ``datetime.date``; raises ``ValueError``."""
        match value:
            case PartialDate():
                return value
            case bool():
                pass
            case int():
                return cls(value)
            case date():
                return cls(value.year, value.month, value.day)
            case str():
                parts = value.strip().split("-")
                widths = [len(part) for part in parts]
                if all(p.isascii() and p.isdigit() for p in parts) and widths in ([4], [4, 2], [4, 2, 2]):
                    return cls(*map(int, parts))
        raise ValueError("expected a date as YYYY, YYYY-MM or YYYY-MM-DD")

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """How much of the date is known."""
        return "day" if self.day else "month" if self.month else "year"

    def _key(self) -> tuple[int, int, int]:
        return (self.year, self.month or 0, self.day or 0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self._key() == other._key()

    def __lt__(self, other: PartialDate) -> bool:
        return self._key() < other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def __repr__(self) -> str:
        return f"PartialDate({self})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (PartialDate, (self.year, self.month, self.day))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
            ],
            "$comment": DATE,
            "description": "A date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD.",
        }


PRESENT: Literal["present"] = "present"
"""What ``to`` says of a row that is still in production."""


def _as_tuple(value: object) -> object:
    """Let one word stand where a list of words may stand."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


IDENTIFIER = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LANGUAGE_CODE = r"^[a-z]{2,3}$"
FACET_NAME = r"^[a-z][a-z0-9_]*$"

_NUMBER_TOO: dict[str, Any] = {"type": ["string", "number"]}
"""For editors: a number where a text belongs is read as its text, ``code: 116``."""

Text = Annotated[str, Field(min_length=1, max_length=MAXIMUM_TEXT, json_schema_extra=_NUMBER_TOO)]
Sentence = Annotated[str, Field(min_length=1, max_length=MAXIMUM_SENTENCE, json_schema_extra=_NUMBER_TOO)]
Identifier = Annotated[str, Field(pattern=IDENTIFIER, max_length=64)]
LanguageCode = Annotated[str, Field(pattern=LANGUAGE_CODE)]
FacetName = Annotated[str, Field(pattern=FACET_NAME, max_length=64)]
Words = Annotated[
    tuple[Text, ...],
    BeforeValidator(_as_tuple, json_schema_input_type=Text | tuple[Text, ...]),
    PlainSerializer(list),
]
PerLanguage = Annotated[dict[LanguageCode, Text], Field(min_length=1)]
LocalText = Text | PerLanguage
"""One text for every language, or one for each."""


def in_language(text: str | dict[str, str], language: str) -> str:
    """The text in a language; where the file has none in it, the first that it has."""
    if isinstance(text, str):
        return text
    return text.get(language) or next(iter(text.values()))


class Source(Frozen):
    """Where facts were read."""

    id: Identifier
    title: Sentence
    publisher: Text | None = None
    published: PartialDate | None = None


class Plant(Frozen):
    """The plant that the file is about."""

    name: Text
    aliases: Words = ()
    place: Text | None = None
    owner: Text | None = Field(None, description="The company that the plant belongs to.")
    total: int | None = Field(None, ge=0, description="The stated total; must agree with the sum of the models.")


class Production(Frozen):
    """When a model was produced; either end may be unknown, ``to: present`` is still in production."""

    start: PartialDate | None = Field(None, alias="from")
    end: PartialDate | Literal["present"] | None = Field(None, alias="to")


class Model(Frozen):
    """One row of the list of models. Rows may share a name or a code, not both."""

    name: Text
    code: Text | None = None
    brand: Text | None = None
    series: Text | None = None
    body: Text | None = None
    facets: dict[FacetName, Text] = Field(default_factory=dict)
    aliases: Words = ()
    production: Production = Production()
    quantity: int | None = Field(None, ge=0)
    replaces: Words = Field((), description="Codes or names of the rows that this one took over from.")
    source: Identifier | None = None

    @cached_property
    def title(self) -> str:
        """Brand and name, without saying the brand twice."""
        return title_of(self.name, self.brand)

    @cached_property
    def key(self) -> str:
        """What tells this row from every other one, and what people read: ``Brand Name (code)``."""
        return key_of(self.title, self.code)


def title_of(name: str, brand: str | None) -> str:
    """Brand and name, without saying the brand twice."""
    return f"{brand} {name}" if brand and not name.lower().startswith(brand.lower() + " ") else name


def key_of(title: str, code: str | None) -> str:
    """What tells a row from every other one."""
    return f"{title} ({code})" if code else title


class RowReference(Frozen):
    """The row of ``models`` that a milestone's variant belongs to, by code, name or both."""

    code: Text | None = None
    name: Text | None = None


class Milestone(Frozen):
    """The product that made a round number full."""

    number: int = Field(ge=1)
    date: PartialDate | None = None
    model: Text | None = Field(None, description="The model or variant as it was called, with or without a row.")
    row: RowReference | None = None
    colour: LocalText | None = None
    aliases: Words = ()
    details: dict[FacetName, LocalText] = Field(default_factory=dict)
    source: Identifier | None = None


class FactWording(Frozen):
    """How people ask for a fact, and how to say it, in one language."""

    subject: Text = Field(description="The subject in a few words, as a heading.")
    ask: Words = Field((), description="Other ways to ask for it.")
    sentence: Sentence | None = Field(None, description="The whole fact as one sentence.")


class Fact(Frozen):
    """One fact about the plant as a whole."""

    id: Identifier
    unit: Literal["products", "percent", "years", "rank", "date", "text"] = "text"
    value: bool | int | float | PartialDate | Annotated[Words, Field(min_length=1)] | PerLanguage
    exactness: Literal["exact", "about"] = "exact"
    per: Literal["day", "week", "month", "year"] | None = None
    period: PartialDate | None = Field(None, description="The time that the value is about.")
    change_of: Identifier | None = Field(None, description="The fact whose change against the period before this is.")
    row: RowReference | None = Field(None, description="The row of models that the value names.")
    wording: dict[LanguageCode, FactWording] = Field(min_length=1)
    source: Identifier | None = None

    @field_validator("value", mode="before")
    @classmethod
    def _year(cls, value: object, info: ValidationInfo) -> object:
        """A whole number is a year where a date is meant."""
        is_year = info.data.get("unit") == "date" and type(value) is int and FIRST_YEAR <= value <= LAST_YEAR
        return PartialDate.parse(value) if is_year else value


class Vocabulary(Frozen):
    """Further words of one language for what this file speaks of."""

    products: Words = Field((), description="What the plant makes, singular and plural.")
    models: Words = Field((), description="Further words for a row of the list: type, class, generation.")
    facets: dict[FacetName, Words] = Field(default_factory=dict, description="Words for a facet: gauge: track gauge.")
    values: dict[FacetName, dict[Text, Words]] = Field(
        default_factory=dict, description="Words for a facet's value: gauge: {1000 mm: [metre gauge]}."
    )
    ignore: Words = Field((), description="Words that carry no meaning in questions about this plant.")

    def phrases(self) -> tuple[str, ...]:
        """Every word and phrase of it, whatever it stands for."""
        facets = (word for words in self.facets.values() for word in words)
        values = (word for named in self.values.values() for words in named.values() for word in words)
        return (*self.products, *self.models, *facets, *values, *self.ignore)


class Knowledge(Frozen):
    """A whole knowledge file."""

    plant: Plant
    as_of: PartialDate = Field(description="The day on which the facts were true.")
    sources: tuple[Source, ...] = Field(min_length=1, description="The first is the default of every fact.")
    models: tuple[Model, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    facts: tuple[Fact, ...] = ()
    vocabulary: dict[LanguageCode, Vocabulary] = Field(default_factory=dict)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (Draft 2020-12) of a knowledge file, with the keys as they are written in the file."""
    schema = _closed(Knowledge.model_json_schema(by_alias=True))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Werkbot knowledge file"}


def _closed(schema: Any) -> Any:
    """The schema with no further keys allowed where the form of keys is given."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    return closed | ({"additionalProperties": False} if "patternProperties" in closed else {})
