"""Questions about groups of rows: which members are meant, what they come to, of what whole they are a part."""

from __future__ import annotations

import pytest

from bot.conversation import Conversation, Prepared, Speaker
from bot.intent.linking import link
from bot.intent.normalise import tokenize
from bot.intent.reading import Outcome
from bot.intent.understanding import understand
from bot.languages import languages
from bot.replies.reply import Status
from knowledge.answer import Groups, Record, Rows
from knowledge.evaluation import evaluate
from knowledge.query import Count, Get, Grouped, Listing, Position, Query, Share
from knowledge.schema import Model


def read(prepared: Prepared, question: str, code: str) -> Query:
    """The one query that a question is read as."""
    items = link(tokenize(question), prepared.vocabulary(languages()[code]))
    understood = understand(items, prepared.relations)
    assert understood.outcome is Outcome.READ, understood
    assert len(understood.queries) == 1, understood.queries
    return understood.queries[0]


def codes(evidence: tuple[Record, ...]) -> set[str | None]:
    """The codes of the rows that an answer was computed from."""
    return {record.code for record in evidence if isinstance(record, Model)}


MEMBERS = [
    ("en", "which 2 series have more units than the i3", {"F45"}),
    ("en", "how many 1 series models have more units than the i3", {"F20", "F40"}),
    ("de", "welche 1er sind älter als der X1", {"E81", "E82", "E88"}),
    ("en", "which 1 series are newer than the F20", {"F40", "F70"}),
    ("de", "welche 2er wurden länger gebaut als der X1", {"F22", "F45", "F23"}),
    ("en", "which models have fewer units than the X1 but were built longer", {"F20", "F22", "i01", "F45", "F23"}),
    ("de", "welche Modelle sind älter als der i3 und haben mehr Einheiten", {"E90", "E84", "F20"}),
    ("en", "which models ended earlier than the E81", {"E90"}),
    ("en", "which models are in the top 10 and still built", {"U25"}),
    ("de", "welche der fünf meistgebauten Modelle wurden vor 2015 eingestellt", {"E90"}),
    ("en", "second to last model by units", {"E82"}),
    ("de", "top 3 Coupés nach Laufzeit", {"F22", "E82", "i12"}),
    ("en", "how many i models did leipzig make", {"i01", "i12", "i15"}),
    ("de", "wie viele Modelle haben 10.000 nicht geschafft", {"E82", "i15"}),
    ("de", "welcher der drei Fünftürer ist der seltenste", {"F70"}),
    ("en", "which of the 20 models is the rarest", {"i15"}),
    ("de", "Wie viele Modelle hatten weniger Stück als i8 und M2 zusammen?", {"E82", "i12", "F87", "i15", "F74"}),
    ("de", "welche Modelle liegen hinter dem M2", {"E82", "i12", "i15", "F74"}),
    ("de", "welche M-Modelle liegen über dem Durchschnitt der M-Modelle", {"F87"}),
    ("en", "which models made less than a quarter of a million but more than 185,000", {"E81", "F44"}),
    ("en", "which model has the next most after the X1", {"F40"}),
    ("de", "was kommt bei den Stückzahlen hinter dem F40", {"F20"}),
    ("en", "what comes before the F20 in the ranking", {"F40"}),
]


@pytest.mark.parametrize(("code", "question", "wanted"), MEMBERS)
def test_the_members_that_a_condition_holds_of_are_meant(
    leipzig: Prepared, code: str, question: str, wanted: set[str]
) -> None:
    query = read(leipzig, question, code)
    assert isinstance(query, (Count, Get, Listing)), query
    assert codes(evaluate(query, leipzig.relations).evidence) == wanted


GROUPS = [
    ("en", "which series were built more than 500000 times", {"1 Series", "2 Series", "X1"}),
    ("en", "which series have less than 100000 cars", {"i8", "M2"}),
    ("de", "welche Reihen haben mehr als ein Modell", {"1 Series", "2 Series", "i8"}),
    ("de", "welche Baureihen haben nur ein Modell", {"3 Series", "X1", "i3", "M2", "Countryman"}),
    ("en", "top 3 series", {"1 Series", "2 Series", "X1"}),
    ("de", "die zwei meistgebauten Karosserien", {"Five-Door", "Active Tourer"}),
]


@pytest.mark.parametrize(("code", "question", "wanted"), GROUPS)
def test_the_groups_that_come_to_an_amount_or_to_the_first_places_are_told(
    leipzig: Prepared, code: str, question: str, wanted: set[str]
) -> None:
    query = read(leipzig, question, code)
    assert isinstance(query, Grouped), query
    result = evaluate(query, leipzig.relations).result
    assert isinstance(result, Groups), result
    assert {group.value for group in result.groups} == wanted


def test_all_groups_are_told_in_the_order_that_is_asked_for(leipzig: Prepared) -> None:
    result = evaluate(read(leipzig, "rank the series by units", "en"), leipzig.relations).result
    assert isinstance(result, Groups)
    amounts = [group.amount for group in result.groups]
    assert len(amounts) == len(leipzig.relations.facets["series"])
    assert amounts == sorted(amounts, reverse=True)


SHARES = [
    ("en", "what percentage of convertibles are 2 series", 47.5),
    ("en", "share of 1 series among the coupes", 42.9),
    ("en", "what percentage of discontinued models were 1 series", 37.8),
    ("en", "what share of the 1 series is discontinued", 89.9),
    ("de", "wie viel Prozent der Cabrios sind 2er", 47.5),
    ("de", "welchen Anteil haben die 2er an den Cabrios", 47.5),
    ("en", "i3 as a percentage of X1", 39.4),
]


@pytest.mark.parametrize(("code", "question", "percent"), SHARES)
def test_a_share_is_one_of_the_whole_that_is_named(leipzig: Prepared, code: str, question: str, percent: float) -> None:
    query = read(leipzig, question, code)
    assert isinstance(query, Share), query
    relations = leipzig.relations
    part, whole = (evaluate(Listing(selection), relations).evidence for selection in (query.part, query.whole))
    quantities = [sum(row.quantity or 0 for row in rows if isinstance(row, Model)) for rows in (part, whole)]
    assert round(100 * quantities[0] / quantities[1], 1) == percent


FIGURES = [
    ("how many cars short of 450,000 did the F40 finish", "7,141"),
    ("wie viele Autos unter 450000 blieb der F40", "7.141"),
    ("how many cars over 400,000 did the F20 finish", "24,111"),
    ("gap between the two active tourers", "238,313"),
    ("how many more models does the 1 series have than the 2 series", "**1** more"),
    ("wie viele Karosserien hat der 2er", "**4**"),
    ("how many models are there and how many are bmw", "**19** of 20"),
    ("how many cars in total and what share is 1 series", "4,000,000"),
    ("did the X1 outnumber every 1 series model", "Yes"),
    ("wurde der X1 öfter gebaut als jedes Coupé", "Ja"),
    ("did the 1 series outsell the 2 series", "Yes"),
]


@pytest.mark.parametrize(("question", "figure"), FIGURES)
def test_what_is_asked_about_a_group_or_an_amount_is_what_is_told(
    leipzig: Prepared, question: str, figure: str
) -> None:
    assert figure in Conversation(leipzig).reply(question).text


@pytest.mark.parametrize(
    "question",
    [
        "which series has both a coupe and a convertible",
        "welche Reihe hat sowohl ein Coupé als auch ein Cabrio",
        "which 1 series have more units than the i3 or were built longer",
        "which car has the most doors",
        "jedes wievielte Auto aus Leipzig war ein X1",
        "what percentage of cars built before 2015 were X1s",
        "top 3 models by start date",
        "average yearly output of the F20",
        "how many different models were built per year",
        "how many BMWs are built per day",
        "Welches Auto ist das kleinste?",
        "which is the biggest car?",
    ],
)
def test_what_no_figure_answers_is_not_answered_by_another(leipzig: Prepared, question: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert reply.status is not Status.ANSWERED, reply.headline


def test_a_rate_after_a_row_is_not_that_of_the_plant(leipzig: Prepared) -> None:
    conversation, speaker = Conversation(leipzig), Speaker("ann", "general")
    conversation.reply("how many X1 were built?", speaker)
    assert conversation.reply("and per day?", speaker).status is Status.UNKNOWN


def test_the_group_that_was_built_longest_is_found_by_its_first_start_and_last_end(leipzig: Prepared) -> None:
    assert "**1 Series** with about 18 years" in Conversation(leipzig).reply("which series was built longest?").headline


PLACES = [
    ("en", "what place does the countryman have among current models", 1, 4),
    ("en", "what place has the F70 among the 1 series", 4, 7),
    ("de", "auf welchem Platz liegt der F70 unter den aktuellen Modellen", 2, 4),
    ("de", "wo steht der X1", 1, 20),
]


@pytest.mark.parametrize(("code", "question", "place", "size"), PLACES)
def test_a_place_is_told_among_the_group_that_is_named(
    leipzig: Prepared, code: str, question: str, place: int, size: int
) -> None:
    query = read(leipzig, question, code)
    assert isinstance(query, Position), query
    result = evaluate(query, leipzig.relations).result
    assert isinstance(result, Rows), result
    assert [row.position for row in result.rows] == [place]
    assert len(evaluate(Listing(query.among), leipzig.relations).evidence) == size


def test_a_superlative_is_asked_of_each_of_several_groups(leipzig: Prepared) -> None:
    reply = Conversation(leipzig).reply("name the most built coupe, convertible and five-door")
    assert all(figure in reply.text for figure in ("165,224", "131,664", "442,859"))


LEFT_OPEN = [
    "das häufigste der drei M-Autos",
    "wie viele Modelle liegen zwischen i3 und X1",
    "wie viele 1er gab es vom E81 bis zum F70",
    "how many M2s were built in a typical year",
    "average cars per year since 2005",
    "wie viele Autos baut Leipzig heute",
    "how many cars with four doors did they build",
    "how many cars with more than three doors",
    "which models have more than the i8 and the M2",
    "which model has as many as the M2",
    "welchen Platz hat der X1 unter den aktuellen Modellen",
]


@pytest.mark.parametrize("question", LEFT_OPEN)
def test_a_condition_that_cannot_be_used_is_never_dropped(leipzig: Prepared, question: str) -> None:
    assert Conversation(leipzig).reply(question).status is not Status.ANSWERED


def test_groups_that_are_named_with_by_are_added_up(leipzig: Prepared) -> None:
    assert "338,934" in Conversation(leipzig).reply("how many cars by BMW M and BMW i?").headline
