"""What pictures show, and the words for who does not see them: both from the same data."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from inventing import HOSTILE, invent
from PIL import Image

from bot.languages import Language
from bot.replies.charts import ChartKind, draw, style
from bot.replies.charts.canvas import UNSHOWN, Canvas, printable
from bot.replies.charts.milestones import line_of
from bot.replies.charts.quantities import LIMIT as BARS
from bot.replies.charts.quantities import bars_of
from bot.replies.charts.share import share_of
from bot.replies.charts.timeline import LIMIT as ROWS
from bot.replies.charts.timeline import timeline_of
from knowledge.evaluation import evaluate
from knowledge.query import Attribute, Compare, Equals, Get, Listing, Position, Ranking, Selection, Share
from knowledge.relations import Relations
from knowledge.schema import Knowledge, Milestone, Model, PartialDate, Plant, Production, Source

SERIES = Selection(conditions=(Equals(Attribute.SERIES, ("1 Series",)),))
COUNTRYMAN = Selection(conditions=(Equals(Attribute.CODE, ("U25",)),))
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def one(**fields: object) -> Relations:
    """A file with one row."""
    return several(Model.model_validate({"name": "Only", **fields}))


def several(*models: Model, milestones: tuple[Milestone, ...] = ()) -> Relations:
    return Relations(
        Knowledge(
            plant=Plant(name="Works"),
            as_of=PartialDate(2024, 7, 1),
            sources=(Source(id="book", title="The book"),),
            models=models,
            milestones=milestones,
        )
    )


# -- quantities -----------------------------------------------------------------------------------------------------


def test_bars_are_the_numbers_of_the_answer_the_most_first(leipzig: Relations, english: Language) -> None:
    query = Get(SERIES, (Attribute.QUANTITY,))
    bars = bars_of(query, leipzig, english).bars
    answered = {record.key: record.quantity for record in evaluate(query, leipzig).evidence}
    assert {bar.name: bar.quantity for bar in bars} == answered
    assert [bar.quantity for bar in bars] == sorted(answered.values(), reverse=True)


def test_a_ranking_keeps_its_order_and_says_the_places(leipzig: Relations, english: Language) -> None:
    least = Listing(Selection(ranking=Ranking(Attribute.QUANTITY, "least", 1, 3)))
    bars = bars_of(least, leipzig, english).bars
    assert [bar.name[:3] for bar in bars] == ["1. ", "2. ", "3. "]
    assert [bar.label for bar in bars] == ["3,884", "6,342", "16,581"]


def test_a_place_is_shown_among_all_even_far_down(leipzig: Relations, german: Language) -> None:
    rare = Selection(conditions=(Equals(Attribute.CODE, ("i15",)),))
    data = bars_of(Position(rare, Attribute.QUANTITY), leipzig, german)
    assert len(data.bars) == BARS
    (asked,) = [bar for bar in data.bars if bar.strong]
    assert asked.name.startswith("20. ")
    assert "20. " in data.alt
    assert "3.884" in data.alt


def test_a_comparison_has_a_bar_for_each_side(leipzig: Relations, english: Language) -> None:
    data = bars_of(Compare((SERIES, COUNTRYMAN), Attribute.QUANTITY, "most"), leipzig, english)
    assert [(bar.name, bar.label, bar.strong) for bar in data.bars] == [
        ("1 Series", "1,470,528", True),
        ("MINI Countryman (U25)", "181,464", False),
    ]


def test_two_hundred_rows_are_the_first_and_the_sum_of_the_others(english: Language) -> None:
    relations = invent(200)
    data = bars_of(None, relations, english)
    shown = sum(bar.quantity or 0 for bar in data.bars)
    total = sum(model.quantity or 0 for model in relations.knowledge.models)
    assert len(data.bars) == BARS
    (note,) = data.caption.notes
    assert english.number(200 - BARS) in note
    assert english.number(total - shown) in note
    assert note in data.alt


def test_a_quantity_that_is_not_known_is_shown_as_such_and_last(english: Language) -> None:
    data = bars_of(None, several(Model(name="Unknown"), Model(name="Known", quantity=0)), english)
    assert [(bar.name, bar.quantity, bar.label) for bar in data.bars] == [
        ("Known", 0, "0"),
        ("Unknown", None, english.say("charts.not_known")),
    ]


def test_what_is_not_known_of_many_is_counted(english: Language) -> None:
    data = bars_of(None, invent(200, known=False), english)
    assert english.say("charts.quantities.others_unknown", count=200 - BARS) in data.caption.notes
    assert english.say("charts.quantities.none_known") in data.caption.notes


# -- timeline -------------------------------------------------------------------------------------------------------


def test_the_timeline_of_all_models_is_in_the_order_of_their_starts(leipzig: Relations, english: Language) -> None:
    data = timeline_of(None, leipzig, english)
    assert data.spans[0].name == "BMW 3 Series Sedan (E90)"
    assert len(data.spans) == len(leipzig.knowledge.models)
    starts = [span.start for span in data.spans]
    assert starts == sorted(starts, key=lambda start: start or 0)
    assert (data.first, data.last) == (2005, 2026)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (2005, 2009, (2005.0, 2010.0)),  # both years as a whole
        (2005, "2009-06", (2005.0, 2009.5)),
        ("2005-07", "2005-07", (2005.5, 2005.5 + 1 / 12)),
        ("2005-01-01", "2005-12-31", (2005.0, 2006.0)),
        (2005, "present", (2005.0, pytest.approx(2024.5, abs=0.01))),  # up to the file's date
        (2005, None, (2005.0, None)),
        (None, 2009, (None, 2010.0)),
        (None, None, (None, None)),
        (None, "present", (None, pytest.approx(2024.5, abs=0.01))),
    ],
)
def test_a_period_is_drawn_as_far_as_it_is_known(
    start: object, end: object, span: tuple[object, object], english: Language
) -> None:
    ends = Production.model_validate({"from": start, "to": end})
    (drawn,) = timeline_of(None, one(production=ends), english).spans
    assert (drawn.start, drawn.end) == span
    assert drawn.running is (end == "present")


def test_what_is_open_or_running_is_explained(english: Language) -> None:
    ends = Production(start=PartialDate(2005), end="present")
    running = timeline_of(None, several(Model(name="A", production=ends)), english)
    assert running.caption.notes == (english.say("charts.timeline.running"),)
    opened = timeline_of(None, several(Model(name="B", production=Production(end=PartialDate(2005)))), english)
    assert opened.caption.notes == (english.say("charts.timeline.open"),)
    unknown = timeline_of(None, several(Model(name="C")), english)
    assert unknown.spans[0].label == english.say("charts.not_known")
    assert unknown.caption.notes == ()


def test_two_hundred_periods_are_the_most_built_and_say_so(english: Language) -> None:
    data = timeline_of(None, invent(200), english)
    assert len(data.spans) == ROWS
    assert {span.name for span in data.spans} == {f"Type (T{index})" for index in range(200 - ROWS, 200)}
    assert data.caption.notes == (english.say("charts.timeline.cut.most", count=200, shown=ROWS),)


def test_a_ranking_by_length_keeps_its_order(leipzig: Relations, german: Language) -> None:
    longest = Listing(Selection(ranking=Ranking(Attribute.DURATION, "most", 1, 3)))
    spans = timeline_of(longest, leipzig, german).spans
    assert spans[0].name.startswith("1. ")
    lengths = [(span.end or 0) - (span.start or 0) for span in spans]
    assert lengths == sorted(lengths, reverse=True)


# -- milestones -----------------------------------------------------------------------------------------------------


def test_the_line_has_every_milestone_and_what_was_asked_stands_out(leipzig: Relations, english: Language) -> None:
    second = Selection("milestones", (Equals(Attribute.NUMBER, (2_000_000,)),))
    data = line_of(Get(second, (Attribute.DATE,)), leipzig, english)
    assert [point.number for point in data.points] == [1_000_000, 2_000_000, 3_000_000, 4_000_000]
    assert [point.number for point in data.points if point.strong] == [2_000_000]
    assert "2,000,000 (October 2016, i3)" in data.alt


def test_a_date_is_as_wide_as_it_is_unsure(leipzig: Relations, english: Language) -> None:
    first, *_, last = line_of(None, leipzig, english).points
    assert last.last - last.first == 1
    assert 0 < first.last - first.first < 0.1
    assert english.say("charts.milestones.rough") in line_of(None, leipzig, english).caption.notes


def test_milestones_without_a_date_are_counted(english: Language) -> None:
    dated = Milestone(number=1, date=PartialDate(1999, 5, 3))
    data = line_of(None, several(milestones=(dated, Milestone(number=2), Milestone(number=3))), english)
    assert [point.number for point in data.points] == [1]
    assert data.caption.notes == (english.say("charts.milestones.undated", count=2),)


# -- share ----------------------------------------------------------------------------------------------------------


def test_a_share_is_its_rows_and_the_rest(leipzig: Relations, german: Language) -> None:
    data = share_of(Share(SERIES, Selection()), leipzig, german)
    assert data.percent == "36,8 %"
    assert data.rest is not None
    assert data.rest.value == 4_000_000 - 1_470_528
    assert sum(segment.value for segment in data.segments) == 1_470_528
    assert "36,8 %" in data.alt


def test_any_rows_have_their_share_of_all(leipzig: Relations, english: Language) -> None:
    data = share_of(Get(COUNTRYMAN, (Attribute.PERIOD,)), leipzig, english)
    assert [(segment.name, segment.label) for segment in data.segments] == [("MINI Countryman (U25)", "181,464")]
    assert data.percent == "4.5 %"


def test_a_share_by_number_counts_rows(leipzig: Relations, english: Language) -> None:
    data = share_of(Share(SERIES, Selection(), None), leipzig, english)
    assert [segment.value for segment in data.segments] == [7]
    assert data.rest is not None
    assert data.rest.value == 13


@pytest.mark.parametrize("whole", [Selection(), COUNTRYMAN], ids=["not known", "not a part"])
def test_a_share_that_cannot_be_computed_says_so(whole: Selection, leipzig: Relations, english: Language) -> None:
    relations = invent(3, known=False) if whole == Selection() else leipzig
    part = Selection() if whole == Selection() else SERIES
    data = share_of(Share(part, whole), relations, english)
    assert data.percent is None
    assert english.say("charts.share.unknown") in data.alt


# -- pictures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("count", [0, 1, 4, 200])
def test_every_kind_is_a_png_with_words_whatever_there_is(kind: ChartKind, count: int, english: Language) -> None:
    chart = draw(kind, invent(count, count, HOSTILE), None, english)
    assert chart.png.startswith(SIGNATURE)
    picture = Image.open(io.BytesIO(chart.png))
    assert picture.width == style.WIDTH
    assert picture.height < 2 * picture.width
    assert 0 < len(chart.alt) <= 1024
    assert "\n" not in chart.alt
    assert chart.filename == f"{kind}.png"


@pytest.mark.parametrize("kind", list(ChartKind))
def test_the_same_query_gives_the_same_bytes_in_any_thread(
    kind: ChartKind, leipzig: Relations, german: Language
) -> None:
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda _: draw(kind, leipzig, None, german), range(4)))
    assert len(set(drawn)) == 1


def test_words_are_in_the_language_of_the_reply(leipzig: Relations, english: Language, german: Language) -> None:
    for kind in ChartKind:
        assert draw(kind, leipzig, None, english).alt != draw(kind, leipzig, None, german).alt


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_as_it_is_written(name: str) -> None:
    shown = printable(name)
    assert shown.isprintable()
    assert all(sign == UNSHOWN or sign in name or sign == " " for sign in shown)
    assert "$" not in name or "$" in shown


def test_a_long_name_is_shortened_to_its_room() -> None:
    canvas = Canvas()
    for name in HOSTILE:
        assert canvas.width(canvas.shortened(name, 300), style.LABEL) <= 300
    lines = canvas.lines("one two three " * 40, 400, 2, style.NOTE)
    assert len(lines) == 2
    assert all(canvas.width(line, style.NOTE) <= 400 for line in lines)


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_what_is_drawn_stands_out_from_its_card() -> None:
    for text in (style.TEXT, style.MUTED, style.STRONG):
        assert contrast(text, style.CARD) >= 4.5
    for shape in (style.BAR, style.REST, *style.SEGMENTS):
        assert contrast(shape, style.CARD) >= 3


def test_the_smallest_text_is_legible_on_a_phone() -> None:
    phone = 285 / style.WIDTH
    assert min(style.HEADING, style.ABOUT, style.LABEL, style.NOTE) * phone >= 9
