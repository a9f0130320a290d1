"""What a chart is about: the rows that a query speaks of, and which of them it asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.languages import Language
from bot.replies.describe_query import describe, describe_selection
from bot.replies.wording_markdown import capital, plain
from bot.replies.wording_phrases import Phrases
from knowledge.answer import Answer, Record, Rows
from knowledge.evaluation import evaluate
from knowledge.query import Get, Listing, Position, Query, Ranking, Relation, Selection
from knowledge.relations import Relations
from knowledge.schema import Milestone, Model


@dataclass(frozen=True, slots=True)
class Place:
    """A row, and its place where there is an order."""

    model: Model
    number: int | None = None
    strong: bool = False
    """Whether it is what was asked for, among what it is compared with."""


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a picture: what it shows, of what, what is to be noted, and as of when."""

    heading: str
    about: str
    notes: tuple[str, ...] = field(default=())
    as_of: str = ""


def places_of(query: Query | None, relations: Relations) -> tuple[tuple[Place, ...], bool]:
    """The rows of a query, all of them without one; and whether they stand in an order that was asked for."""
    match query:
        case None:
            return tuple(map(Place, relations.knowledge.models)), False
        case Position(attribute=attribute, direction=direction, among=among):
            asked = {id(record) for record in evaluate(query, relations).evidence}
            everything = evaluate(Listing(among), relations).evidence
            ranking = Ranking(attribute, direction, 1, max(1, len(everything)))
            placed = _placed(evaluate(Listing(Selection(among.relation, among.conditions, ranking)), relations))
            return tuple(Place(place.model, place.number, id(place.model) in asked) for place in placed), True
        case Get(selection=Selection(ranking=Ranking())) | Listing(selection=Selection(ranking=Ranking())):
            return _placed(evaluate(query, relations)), True
    return tuple(map(Place, models_in(evaluate(query, relations).evidence))), False


def milestones_of(query: Query | None, relations: Relations) -> frozenset[int]:
    """The numbers of the milestones that a query asks for; none for all."""
    if query is None:
        return frozenset()
    return frozenset(record.number for record in evaluate(query, relations).evidence if isinstance(record, Milestone))


def models_in(records: Iterable[Record]) -> tuple[Model, ...]:
    """The rows among records, each once."""
    return tuple({id(record): record for record in records if isinstance(record, Model)}.values())


def about(query: Query | None, relations: Relations, language: Language, relation: Relation = "models") -> str:
    """What is asked, in words without markdown, as a sentence begins."""
    if query is None:
        return capital(plain(describe_selection(Selection(relation), Phrases(relations, language))))
    return capital(plain(describe(query, relations, language)))


def _placed(answer: Answer) -> tuple[Place, ...]:
    """Where the file does not say what is asked, the rows stand without a place."""
    if not isinstance(answer.result, Rows):
        return tuple(map(Place, models_in(answer.evidence)))
    return tuple(Place(row.record, row.position) for row in answer.result.rows if isinstance(row.record, Model))


def visible(text: str) -> str:
    """The text in one line, without signs that are not seen but turn or hide others."""
    shown = []
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        if category in ("Cc", "Zl", "Zp", "Zs"):
            shown.append(" ")
        elif category not in ("Cf", "Cs", "Co"):
            shown.append(sign)
    return " ".join("".join(shown).split())
