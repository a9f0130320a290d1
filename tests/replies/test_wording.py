"""What people read: the fact, what it rests on, how the question was read, and where it is from."""

from __future__ import annotations

import re

import pytest

from bot.languages import Language
from bot.replies.reply import Reply, Status
from bot.replies.wording import word
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
from knowledge.schema import Model, PartialDate

QUANTITY, START, END, PERIOD = Attribute.QUANTITY, Attribute.START, Attribute.END, Attribute.PERIOD
ROADSTER, X1, I3, I8 = "BMW i8 Roadster (i15)", "BMW X1 (E84)", "BMW i3 (i01)", "BMW i8 (i12)"
F20, F40, F70 = (f"BMW 1 Series five-door ({code})" for code in ("F20", "F40", "F70"))
F45, U06 = (f"BMW 2 Series Active Tourer ({code})" for code in ("F45", "U06"))
ONE = Equals("series", ("1 Series",))
RUNNING = Equals(Attribute.IN_PRODUCTION, (True,))


def rows(*keys: str) -> Selection:
    return Selection(conditions=(Equals(Attribute.KEY, keys),))


def where(*conditions: Condition, by: Ranking | None = None) -> Selection:
    return Selection(conditions=conditions, ranking=by)


def milestone(number: int) -> Selection:
    return Selection("milestones", (Equals(Attribute.NUMBER, (number,)),))


def fact(name: str) -> Query:
    return Get(Selection("facts", (Equals(Attribute.KEY, (name,)),)), (Attribute.VALUE,))


def year(first: int, last: int | None = None) -> Overlaps:
    return Overlaps(Bound(PartialDate(first)), Bound(PartialDate(last or first)))


def in_year(attribute: str, value: int) -> Between:
    return Between(attribute, Bound(PartialDate(value)), Bound(PartialDate(value)))


def get(key: str, *attributes: str) -> Get:
    return Get(rows(key), attributes)


CASES: list[tuple[Query, str, str]] = [
    # one row
    (
        get(ROADSTER, QUANTITY),
        "**3,884** BMW i8 Roadster (i15) were built, 2018–2020.",
        "**3.884** BMW i8 Roadster (i15) wurden gebaut, 2018–2020.",
    ),
    (
        get(F70, QUANTITY),
        "have been built so far, since 2024 (as of December 9, 2025)",
        "wurden bisher gebaut, seit 2024 (Stand: 9. Dezember 2025)",
    ),
    (
        get(X1, PERIOD),
        "The BMW X1 (E84) was built **from 2009 to 2015**.",
        "BMW X1 (E84) wurde **von 2009 bis 2015** gebaut.",
    ),
    (
        get(F70, PERIOD),
        "The BMW 1 Series five-door (F70) has been built since **2024** and is still in production",
        "wird seit **2024** gebaut und ist noch in Produktion",
    ),
    (get(X1, START, END), "**from 2009 to 2015**", "**von 2009 bis 2015**"),
    (get(X1, START), "started in **2009**", "begann **2009**"),
    (get(X1, END), "ended in **2015**", "endete **2015**"),
    (get(F70, END), "**still in production**, since 2024", "**noch in Produktion**, seit 2024"),
    (get(X1, Attribute.DURATION), "**about 6 years** (2009–2015)", "**rund 6 Jahre** lang gebaut (2009–2015)"),
    (get(X1, Attribute.CODE), "The BMW X1 has the code **E84**.", "BMW X1 hat den Code **E84**."),
    (get(X1, Attribute.NAME), "E84 is the **BMW X1**.", "Der Code E84 gehört zu **BMW X1**."),
    (get(I8, Attribute.BODY), "of the BMW i8 (i12): **Coupé**.", "von BMW i8 (i12): **Coupé**."),
    # several rows
    (
        Get(where(ONE), (QUANTITY,)),
        "**1,470,528** cars in total.\nBMW 1 Series Three-Door (E81): **187,263**, 2007–2011",
        "**1.470.528** Autos insgesamt.",
    ),
    (
        Get(rows(F45, U06), (Attribute.CODE,)),
        "BMW 2 Series Active Tourer: **F45**; BMW 2 Series Active Tourer: **U06**.",
        "**F45**",
    ),
    (Get(where(ONE), (START,)), "of 7 models: **2007** to **2024**.", "7 Modelle: **2007** bis **2024**."),
    (
        Listing(where(in_year(END, 2011))),
        "**BMW 1 Series Three-Door (E81)**: 2007–2011, 187,263.",
        "2007–2011, 187.263",
    ),
    (Listing(where(in_year(END, 2018))), "**None**: the list has no such model.", "**Keins**"),
    (Listing(where(RUNNING)), "**4** models: BMW 2 Series Active Tourer (U06), MINI Countryman (U25)", "**4** Modelle"),
    (
        Get(where(in_year(START, 2019)), (Attribute.NAME,)),
        "**2** models: BMW 1 Series five-door (F40) and BMW 2 Series Gran Coupé (F44).",
        "F44",
    ),
    # orders
    (
        Listing(where(by=Ranking(QUANTITY, "most"))),
        "Most built: **BMW X1 (E84)**, 2009–2015, 635,194.",
        "Am meisten gebaut: **BMW X1 (E84)**",
    ),
    (
        Listing(where(by=Ranking(QUANTITY, "least", 2))),
        "2nd least built: **BMW 1 Series M Coupé (E82)**",
        "Am wenigsten gebaut, Platz 2: **BMW 1 Series M Coupé (E82)**",
    ),
    (
        Listing(where(by=Ranking(QUANTITY, "most", 1, 3))),
        "The 3 most built: **BMW X1 (E84)**, **BMW 1 Series five-door (F40)**",
        "Platz 1 bis 3: **BMW X1 (E84)**",
    ),
    (
        Listing(where(by=Ranking(START, "most"))),
        "**BMW 1 Series five-door (F70)** and **BMW 2 Series Gran Coupé (F74)**",
        "Zuletzt begonnen",
    ),
    (
        Get(where(RUNNING, by=Ranking(QUANTITY, "least")), (START,)),
        "started in **2024**.\nLeast built: **BMW 2 Series Gran Coupé (F74)**",
        "begann **2024**",
    ),
    (
        Position(rows(X1), QUANTITY),
        "BMW X1 (E84): **1st of 20**, most built first (635,194).",
        "BMW X1 (E84): **Platz 1 von 20**",
    ),
    (
        Nearest(Selection(), QUANTITY, get(X1, QUANTITY)),
        "Closest to 635,194 (BMW X1 (E84)): **BMW 1 Series five-door (F40)** with 442,859.",
        "mit 442.859",
    ),
    # counting and adding up
    (
        Count(where(Between(QUANTITY, Bound(400_000, inclusive=False)))),
        "**3** of 20 models: BMW X1 (E84)",
        "**3** von 20 Modellen: BMW X1 (E84)",
    ),
    (Count(Selection(), "brand"), "**2**: BMW and MINI.", "**2**: BMW und MINI."),
    (Distinct(Selection(), "brand"), "**BMW** and **MINI**", "**BMW** und **MINI**"),
    (Distinct(Selection("milestones"), Attribute.COLOUR), "**Alpine White**", "**Alpinweiß**"),
    (
        Aggregate("sum", QUANTITY, Selection()),
        "**4,000,000** cars in total, 20 models.",
        "**4.000.000** Autos insgesamt, 20 Modelle.",
    ),
    (Aggregate("sum", QUANTITY, rows(X1, I3)), "**885,465** cars in total: 635,194 + 250,271.", "635.194 + 250.271"),
    (
        Aggregate("mean", QUANTITY, Selection()),
        "**200,000** cars a model on average: 4,000,000 / 20 models.",
        "**200.000** Autos je Modell",
    ),
    (
        Aggregate("mean", QUANTITY, where(Equals("brand", ("BMW",)))),
        "About **200,976** cars a model on average: 3,818,536 / 19 models.",
        "Rund **200.976** Autos",
    ),
    (Aggregate("sum", QUANTITY, Selection(), year(2024)), "246,195", "246.195"),
    # two numbers
    (
        Difference(get(X1, QUANTITY), get(I3, QUANTITY)),
        "**384,923** more: 635,194 BMW X1 (E84) against 250,271 BMW i3 (i01).",
        "**384.923** mehr",
    ),
    (Difference(get(I3, QUANTITY), get(X1, QUANTITY)), "**384,923** fewer", "**384.923** weniger"),
    (
        Difference(get(I3, QUANTITY), Constant(300_000), missing=True),
        "**49,729** short of 300,000",
        "**49.729** fehlen bis 300.000",
    ),
    (Difference(get(X1, QUANTITY), Constant(600_000), missing=True), "**35,194** more", "**35.194** mehr"),
    (
        Difference(Get(milestone(2_000_000), ("date",)), Get(milestone(1_000_000), ("date",))),
        "**About 4 years 10 months**: December 2011 → October 2016.",
        "**Rund 4 Jahre 10 Monate**: Dezember 2011 → Oktober 2016.",
    ),
    (Ratio(get(X1, QUANTITY), get(I3, QUANTITY)), "**2.54 times** as many", "**2,54-mal** so viele"),
    (Share(rows(X1), Selection()), "**15.9 %**: 635,194 of 4,000,000.", "**15,9 %**: 635.194 von 4.000.000."),
    (Share(where(RUNNING), Selection(), None), "**20 %**: 4 of 20 models.", "**20 %**: 4 von 20 Modellen."),
    (
        Compare((rows(X1), rows(I3)), QUANTITY, "most"),
        "More were built of **BMW X1 (E84)**: 635,194, against 250,271 of BMW i3 (i01). Difference: **384,923**.",
        "Mehr gebaut: **BMW X1 (E84)** mit 635.194",
    ),
    (
        Compare((rows(X1), rows(F70)), END, "most"),
        "Ended later: **BMW 1 Series five-door (F70)**, still in production",
        "noch in Produktion",
    ),
    (
        Compare((rows(F40), rows("BMW 2 Series Gran Coupé (F44)")), START, "least"),
        "**The same**: **BMW 1 Series five-door (F40)** and",
        "**Gleich**",
    ),
    (
        Compare((where(ONE), where(Equals("series", ("2 Series",)))), QUANTITY, "most"),
        "More were built of **1 Series**: 1,470,528",
        "**1 Series** mit 1.470.528",
    ),
    (
        Compare((rows(F20), rows(F40), rows(F70)), QUANTITY, "most"),
        "Most built: **BMW 1 Series five-door (F40)**, 442,859.",
        "442.859",
    ),
    # milestones and facts
    (
        Get(milestone(3_000_000), ("colour",)),
        "Colour: **Sunset Orange** (number 3,000,000: M240i Convertible, March 2021).",
        "Farbe: **Sunset Orange** (Nummer 3.000.000",
    ),
    (
        Get(milestone(3_000_000), ("model",)),
        "Number 3,000,000: **M240i Convertible** in Sunset Orange, March 2021.",
        "März 2021",
    ),
    (
        Get(milestone(2_000_000), ("date",)),
        "Number 2,000,000: i3 in Protonic Blue, **October 2016**.",
        "**Oktober 2016**",
    ),
    (Get(milestone(4_000_000), ("destination",)), "**the Netherlands**", "**Niederlande**"),
    (
        Listing(Selection("milestones")),
        "1,000,000: 116d in Alpine White, December 2011",
        "1.000.000: 116d in Alpinweiß, Dezember 2011",
    ),
    (fact("daily-output"), "roughly **1,300** cars a day", "rund **1.300** Autos am Tag"),
    (
        PreviousValue("growth-2024"),
        "About **188,200** cars in 2023: computed from 246,195 (2024) and +30.8 %.\n246,195 / (1 + 30.8 %) = 188,222",
        "Rund **188.200** Autos im Jahr 2023",
    ),
]

UNKNOWN: list[tuple[Query, str, str]] = [
    (get("BMW X3", QUANTITY), "no such model in the list", "So ein Modell steht nicht in der Liste"),
    (get(X1, "colour"), "colour of the BMW X1 (E84) is not known", "Farbe von BMW X1 (E84): nicht bekannt"),
    (Get(milestone(1_000_000), ("destination",)), "of number 1,000,000 is not known", "nicht bekannt"),
    (Get(milestone(5_000_000), ("model",)), "no such milestone", "So ein Meilenstein"),
    (
        Aggregate("sum", QUANTITY, rows(X1), year(2012)),
        "not single years: 635,194 BMW X1 (E84), 2009–2015",
        "nicht einzelne Jahre",
    ),
    (Aggregate("sum", QUANTITY, Selection(), year(2010)), "not for single years", "nicht für einzelne Jahre"),
    (Listing(where(year(2030))), "after December 9, 2025", "nach dem 9. Dezember 2025"),
    (
        Unavailable("next_milestone", get(X1, QUANTITY)),
        "next milestone.\nWhat I do know: **635,194**",
        "der nächste Meilenstein",
    ),
]

VERDICTS: list[tuple[Query, bool, str, str]] = [
    (Exists(rows(I3)), True, "**250,271** BMW i3 (i01) were built, 2013–2022.", "2013–2022"),
    (Exists(rows("BMW X3")), False, "none in the list", "steht nicht in der Liste"),
    (Exists(where(ONE)), True, "**7** models", "**7** Modelle"),
    (
        Claim(get(I3, PERIOD), RUNNING),
        False,
        "**no longer in production**; it ended in **2022**",
        "**nicht mehr gebaut**",
    ),
    (
        Claim(get(U06, PERIOD), RUNNING),
        True,
        "**still in production**, since 2021",
        "**noch in Produktion**, seit 2021",
    ),
    (Claim(get(X1, PERIOD), Equals(Attribute.IN_PRODUCTION, (False,))), True, "ended in **2015**", "endete **2015**"),
    (Claim(get(ROADSTER, QUANTITY), Between(QUANTITY, most=Bound(5000))), True, "**3,884**", "**3.884**"),
    (Claim(get(I3, PERIOD), AllOf((in_year(START, 2010), in_year(END, 2022)))), False, "**from 2013 to 2022**", "2013"),
    (
        Claim(Listing(where(by=Ranking(QUANTITY, "least"))), Equals("key", (F20,))),
        False,
        "**BMW i8 Roadster (i15)**",
        "3.884",
    ),
    (
        Claim(Listing(where(ONE)), year(2010)),
        True,
        "3 of 7 models: **BMW 1 Series Three-Door (E81)**",
        "3 von 7 Modellen",
    ),
    (
        Claim(Aggregate("sum", QUANTITY, Selection()), Between(QUANTITY, Bound(5_000_000))),
        False,
        "**4,000,000**",
        "**4.000.000**",
    ),
    (Claim(fact("daily-output"), Between("value", Bound(1000))), True, "**1,300**", "**1.300**"),
    (Claim(Get(milestone(3_000_000), ("colour",)), Equals("model", ("i8",))), False, "**M240i Convertible**", "M240i"),
    (
        Claim(Compare((rows(X1), rows(I3)), QUANTITY, "most"), Equals("key", (I3,))),
        False,
        "**BMW X1 (E84)**: 635,194",
        "635.194",
    ),
    (Claim(Distinct(Selection(), "brand"), Equals("brand", ("Audi",))), False, "**BMW** and **MINI**", "**MINI**"),
]


def reply_to(query: Query, relations: Relations, language: Language) -> Reply:
    return word(evaluate(query, relations), relations, language)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize(("query", "in_english", "in_german"), CASES, ids=lambda value: str(value)[:40])
def test_an_answer_says_the_fact_its_reading_and_its_source(
    query: Query, in_english: str, in_german: str, leipzig: Relations, english: Language, german: Language
) -> None:
    for language, expected, source in ((english, in_english, "Source: "), (german, in_german, "Quelle: ")):
        reply = reply_to(query, leipzig, language)
        assert reply.status is Status.ANSWERED
        assert expected in reply.text
        assert reply.reading.partition(": ")[2]
        assert reply.source.startswith(source)


@pytest.mark.parametrize(("query", "in_english", "in_german"), UNKNOWN, ids=lambda value: str(value)[:40])
def test_what_the_file_does_not_hold_is_said_to_be_unknown(
    query: Query, in_english: str, in_german: str, leipzig: Relations, english: Language, german: Language
) -> None:
    for language, expected in ((english, in_english), (german, in_german)):
        reply = reply_to(query, leipzig, language)
        assert reply.status is Status.UNKNOWN
        assert expected in reply.text


@pytest.mark.parametrize(("query", "holds", "in_english", "in_german"), VERDICTS, ids=lambda value: str(value)[:40])
def test_yes_and_no_come_first_and_never_together(
    query: Query, holds: bool, in_english: str, in_german: str, leipzig: Relations, english: Language, german: Language
) -> None:
    for language, expected, said in ((english, in_english, ("Yes", "No")), (german, in_german, ("Ja", "Nein"))):
        reply = reply_to(query, leipzig, language)
        right, wrong = said if holds else said[::-1]
        assert reply.headline.startswith(f"**{right}**")
        assert expected in reply.text
        assert wrong.lower() not in words_of(reply.text)


def test_rows_come_as_a_table_too(leipzig: Relations, english: Language) -> None:
    table = reply_to(Get(where(ONE), (QUANTITY,)), leipzig, english).table
    assert table is not None
    assert table.columns == ("Model", "Code", "Production period", "Quantity")
    assert table.rows[0] == ("BMW 1 Series Three-Door", "E81", "2007–2011", "187,263")
    assert len(table.rows) == 7
    assert reply_to(get(X1, QUANTITY), leipzig, english).table is None


def test_every_condition_is_in_the_reading(leipzig: Relations, english: Language, german: Language) -> None:
    started = Between(START, Bound(get(F40, START)), Bound(get(F40, START)))
    either = AnyOf((Between(QUANTITY, Bound(100_000), Bound(200_000, inclusive=False)), year(2010, 2012)))
    query = Count(where(ONE, Not(RUNNING), either, started))
    reading = reply_to(query, leipzig, english).reading
    for part in (
        "number of models",
        "series = 1 Series",
        "other than (still in production)",
        "quantity at least 100,000 and less than 200,000",
        "or production from 2010 to 2012",
        "start of production of BMW 1 Series five-door (F40)",
    ):
        assert part in reading
    reading = reply_to(query, leipzig, german).reading
    for part in (
        "Baureihe = 1 Series",
        "außer (noch in Produktion)",
        "mindestens 100.000 und unter 200.000",
        "2010 bis 2012",
    ):
        assert part in reading


def test_a_long_list_is_cut_and_says_so(leipzig: Relations, english: Language) -> None:
    models = tuple(Model(name=f"Type {number}", quantity=number) for number in range(1, 31))
    many = Relations(leipzig.knowledge.model_copy(update={"models": models}))
    reply = reply_to(Listing(Selection()), many, english)
    assert reply.headline == "**30** models."
    assert len(reply.details) == 27
    assert reply.details[-2:] == ("… and 5 more", "**465** cars in total.")


# -- another plant ------------------------------------------------------------------------------------------------


def test_a_total_with_unknown_quantities_is_a_least_value(locomotives: Relations, english: Language) -> None:
    narrow = where(Equals("gauge", ("750 mm",)))
    assert (
        "At least **78** locomotives in total; 2 figures are not known."
        in reply_to(Get(narrow, (QUANTITY,)), locomotives, english).text
    )
    summed = reply_to(Aggregate("sum", QUANTITY, narrow), locomotives, english)
    assert "At least **78** locomotives" in summed.headline
    assert "Without 2 models whose figures are not known." in summed.details


def test_the_words_of_the_file_are_used(locomotives: Relations, english: Language, german: Language) -> None:
    query = Get(rows("Moorhuhn (T3)"), ("gauge",))
    assert "Gauge of the Moorhuhn (T3): **1435 mm**." in reply_to(query, locomotives, english).text
    assert "Spurweite von Moorhuhn (T3): **1435 mm**." in reply_to(query, locomotives, german).text
    assert (
        "Lokomotiven"
        in reply_to(Aggregate("sum", QUANTITY, rows("Moorhuhn (T3)", "Kiebitz (T9)")), locomotives, german).text
    )


def test_dates_are_told_as_far_as_they_are_known(locomotives: Relations, english: Language, german: Language) -> None:
    heavy, eighty = rows("V 60 S"), rows("BR 80")
    assert "from September 1961 to February 1968" in reply_to(Get(heavy, (PERIOD,)), locomotives, english).text
    assert "von September 1961 bis Februar 1968" in reply_to(Get(heavy, (PERIOD,)), locomotives, german).text
    assert "vom 12. April 1927 bis zum 30. November 1929" in reply_to(Get(eighty, (PERIOD,)), locomotives, german).text
    assert "about 6 years 5 months" in reply_to(Get(heavy, (Attribute.DURATION,)), locomotives, english).text
    tram = reply_to(Get(rows("Tramway Engine (K 1)"), (PERIOD,)), locomotives, english).text
    assert "ended in **1908**; when it started is not known" in tram


def test_an_unknown_quantity_is_not_a_number(locomotives: Relations, english: Language) -> None:
    reply = reply_to(Get(rows("V 20"), (QUANTITY,)), locomotives, english)
    assert reply.status is Status.UNKNOWN
    assert "The quantity of the V 20 is not known." in reply.headline
    assert "from 1940" in reply.text
