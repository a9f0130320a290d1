"""Loading a knowledge file: what its values mean, and that nothing but a snapshot or its problems ever comes of it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.languages import FOLDER, Language
from bot.replies.problems import describe
from knowledge.document import plain
from knowledge.loading import BUILT_IN, load, parse
from knowledge.problems import KnowledgeError
from knowledge.reading import LOADER, read, resolve
from knowledge.schema import PartialDate, json_schema
from knowledge.snapshot import Snapshot

LANGUAGES = [Language(FOLDER / code) for code in ("en", "de")]
SHIPPED = [file.read_bytes() for file in (files("knowledge") / "data").iterdir() if file.name.endswith(".yaml")]
DATA = Path(__file__).parents[1] / "data"


# -- what is loaded -------------------------------------------------------------------------------------------------


def test_a_snapshot_says_where_it_comes_from(tmp_path: Path, sound: str) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(sound, encoding="utf-8")
    before = datetime.now(UTC)
    snapshot = load(file)
    assert snapshot.origin == str(file)
    assert snapshot.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert before <= snapshot.loaded_at <= datetime.now(UTC)


def test_without_a_file_the_facts_that_ship_are_loaded() -> None:
    snapshot = load()
    assert snapshot.origin == BUILT_IN
    assert snapshot.knowledge == parse(SHIPPED[0], "again").knowledge


@pytest.mark.parametrize("file", sorted(DATA.glob("*.yaml")), ids=lambda file: file.stem)
def test_files_about_other_plants_load_without_a_doubt(file: Path) -> None:
    assert load(file).warnings == ()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("012", "012"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("12.50", 12.5),
        ("1e3", 1000.0),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("9" * 19, "9" * 19),
        ("2011", 2011),
        ("2011-12", "2011-12"),
        ("12:30", "12:30"),
        ("E84", "E84"),
        ("116d", "116d"),
    ],
)
def test_plain_values_are_read_as_yaml_1_2(written: str, value: object) -> None:
    assert resolve(written) == value
    assert type(resolve(written)) is type(value)


def test_a_number_where_text_belongs_is_its_text(sound: str) -> None:
    text = sound.replace("code: B2", "code: 116.50").replace("Elder]", "007, 1e3]").replace("[fired by]", "12")
    knowledge = parse(text.encode(), "test").knowledge
    assert knowledge.models[2].code == "116.50"
    assert knowledge.models[0].aliases == ("Old Alder", "007", "1e3")
    assert knowledge.vocabulary["en"].facets["fuel"] == ("12",)


def test_a_key_without_a_value_is_not_known(sound: str) -> None:
    text = sound.replace("quantity: 20", "quantity:").replace("aliases: [Old Alder, Elder]", "aliases:")
    knowledge = parse(text.encode(), "test").knowledge
    assert knowledge.models[1].quantity is None
    assert knowledge.models[0].aliases == ()


@pytest.mark.parametrize(
    ("written", "value"),
    [("2005", PartialDate(2005)), ("2005-03", PartialDate(2005, 3)), ("'2005'", PartialDate(2005))],
)
def test_a_fact_that_is_a_date(sound: str, written: str, value: PartialDate) -> None:
    text = sound.replace("unit: products\n    value: 3", f"unit: date\n    value: {written}")
    assert parse(text.encode(), "test").knowledge.facts[0].value == value


def test_rows_of_one_name_may_share_an_alias(sound: str) -> None:
    text = sound.replace("code: B1\n", "code: B1\n    aliases: [Betula]\n").replace("B2\n", "B2\n    aliases: Betula\n")
    assert [row.aliases for row in parse(text.encode(), "test").knowledge.models[1:]] == [("Betula",), ("Betula",)]


@pytest.mark.parametrize("end", ["2010", "2010-05", "2010-05-01"])
def test_an_end_is_before_the_start_only_if_that_is_certain(sound: str, end: str) -> None:
    text = sound.replace("{from: 2000, to: 2009}", f"{{from: 2010-05-01, to: {end}}}").replace(
        "date: 2005-06", "date: 2010"
    )
    assert parse(text.encode(), "test").warnings == ()


def test_a_file_with_a_byte_order_mark_and_windows_line_ends(sound: str) -> None:
    data = sound.replace("\n", "\r\n").encode("utf-8-sig")
    assert parse(data, "test").knowledge == parse(sound.encode(), "test").knowledge


def test_unknown_quantities_leave_the_total_alone(sound: str) -> None:
    text = sound.replace("quantity: 20", "").replace("total: 60", "total: 61")
    assert parse(text.encode(), "test").warnings == ()


def test_both_parsers_read_the_same(sound: str) -> None:
    for data in (*SHIPPED, sound.encode()):
        (one, _), (other, _) = read(data, LOADER), read(data, yaml.BaseLoader)
        assert one is not None
        assert one == other
        assert plain(one) == plain(other)


# -- the JSON Schema ------------------------------------------------------------------------------------------------


def test_the_schema_names_the_keys_as_they_are_written() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert list(schema["$defs"]["Production"]["properties"]) == ["from", "to"]
    assert schema["$defs"]["Production"]["additionalProperties"] is False


# -- whatever the bytes ---------------------------------------------------------------------------------------------


def loads_or_says_why(data: bytes) -> None:
    """A snapshot, or problems whose places are in the file and that can be told in each language."""
    lines = data.decode("utf-8", "replace").splitlines() or [""]
    try:
        snapshot = parse(data, "test")
    except KnowledgeError as error:
        problems = error.problems
        assert problems
    else:
        assert isinstance(snapshot, Snapshot)
        problems = snapshot.warnings
    for problem in problems:
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.column >= 1
        for language in LANGUAGES:
            message = describe(problem, language)
            assert message.isprintable()
            assert "\n" not in message


FUZZY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TOKENS = st.sampled_from(
    [
        *("plant:", "name:", "models:", "facts:", "milestones:", "vocabulary:", "sources:", "row:", "value:", "to:"),
        *("- ", "\n", "\n  ", "\n    ", ": ", "[", "]", "{", "}", ", ", "? ", "#", "'", '"', "|", ">", "---", "..."),
        *("&a ", "*a", "!!int ", "<<:", "%", "@", "\t", "\\", "~", "true", "12", "-1", "2.5", "2011-12", "present"),
        *("\r", "\x85", "\u2028", "\x00", "\ud7ff", "\U0001f697", "é", "e\u0301", "\u202e", "x" * 300),
    ]
)


@FUZZY
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    loads_or_says_why(data)


@FUZZY
@given(st.lists(TOKENS, max_size=40))
@example(["plant:", "{", "name:", '"\\UFFFFFFFF"'])
def test_any_pieces_of_yaml(tokens: list[str]) -> None:
    loads_or_says_why("".join(tokens).encode("utf-8", "surrogatepass"))


DAMAGE = st.tuples(st.floats(0, 1), st.integers(0, 40), TOKENS.map(str.encode) | st.binary(max_size=3))
"""Where in the file, how many bytes go, and what comes in their place."""


@FUZZY
@given(
    st.sampled_from(SHIPPED),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), TOKENS.map(str.encode) | st.binary(max_size=3)), max_size=4
    ),
)
def test_the_facts_with_any_damage(data: bytes, damage: list[tuple[float, int, bytes]]) -> None:
    for place, length, put in damage:
        start = int(place * len(data))
        data = data[:start] + put + data[start + length :]
    loads_or_says_why(data)


@FUZZY
@given(st.data())
def test_the_facts_with_any_value_in_any_place(sound: str, data: st.DataObject) -> None:
    """Every value of the file is replaced by another one in turn, or left out."""
    tree = yaml.load(sound, Loader=yaml.BaseLoader)
    node, step = tree, data.draw(st.sampled_from(sorted(tree)))
    while isinstance(node[step], (dict, list)) and data.draw(st.booleans()):
        node = node[step]
        step = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
    texts = st.sampled_from(["", "no", "2011-13", "B1", "Birch", "daily", "date", "percent", "é" * 700])
    leaf = st.none() | st.booleans() | st.integers() | st.floats() | texts
    node[step] = data.draw(
        leaf | st.lists(leaf, max_size=3) | st.dictionaries(st.sampled_from(["en", "to", "X"]), leaf)
    )
    loads_or_says_why(yaml.safe_dump(tree, allow_unicode=True).encode())
