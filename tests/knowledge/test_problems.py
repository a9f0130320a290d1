"""Each mistake in a knowledge file: its line and column, what was found and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.languages import FOLDER, Language
from bot.replies.problems import describe
from knowledge.document import MAXIMUM_PROBLEMS
from knowledge.loading import load, parse
from knowledge.problems import Kind, KnowledgeError, Problem
from knowledge.reading import LOADER, MAXIMUM_BYTES, MAXIMUM_ENTRIES, read

ENGLISH, GERMAN = Language(FOLDER / "en"), Language(FOLDER / "de")

MARK = "«"
"""Stands in the text of a case just before the place that the problem has to name; it is taken out."""

Case = tuple[str, str, Kind, str, list[str]]
"""What is replaced, by what, the kind of problem, the place in words, and what the message has to say."""

ALDER, BIRCH = 'models[0] "Alder (A1)"', 'models[1] "Birch (B1)"'
HALF, DAILY, GROWTH = 'milestones[0] "25"', 'facts[0] "daily"', 'facts[1] "growth"'

YAML: list[Case] = [
    ("plant:\n", "plant:\n«\t", Kind.TAB, "plant", ["a tab", "spaces"]),
    ("to: present", "to: «*", Kind.RESERVED_CHARACTER, 'models[2] "Birch (B2)".production.to', ["found *", "quotes"]),
    ("code: B1\n", "code: «@B1\n", Kind.RESERVED_CHARACTER, 'models[1] "Birch".code', ["found @", "quotes"]),
    ("name: Hill Works", "name: [äöü🚗, «@x]", Kind.RESERVED_CHARACTER, "plant.name[1]", ["found @", "quotes"]),
    ("The book", "The book«: the book", Kind.STRAY_COLON, 'sources[0] "book"', ["a colon", "quotes"]),
    ("    code: A1\n", "    «code A1\n", Kind.MISSING_COLON, 'models[0] "Alder"', ["without a colon", "key: value"]),
    ("name: Hill Works", "name: «'Hill Works", Kind.OPEN_QUOTE, "plant.name", ["quotation mark '", "at the end"]),
    ("[A1]", "«[A1", Kind.OPEN_BRACKET, f"{BIRCH}.replaces[0]", ["bracket [", "closing bracket"]),
    ("    code: A1\n", "   «code: A1\n", Kind.UNEXPECTED, 'models[0] "Alder"', ["found c", "indentation"]),
    ("name: Hill Works", 'name: "Hill «\\Works"', Kind.BAD_ESCAPE, "plant.name", ["a backslash", "single quotes"]),
    ("milestones:", "«---\nmilestones:", Kind.SEVERAL_DOCUMENTS, "the file", ["second document", "expected one"]),
    ("a farmer", "[" * 16 + "«[", Kind.TOO_DEEP, HALF, ["more than 20", "expected fewer"]),
    ("wood}", "«&wood wood}", Kind.ANCHOR, f"{ALDER}.facets.fuel", ["&wood", "the value alone"]),
    ("[A1]", "[«*old]", Kind.ALIAS, f"{BIRCH}.replaces[0]", ["alias *old", "the value itself"]),
    ("quantity: 20", "quantity: «!!int 20", Kind.TAG, f"{BIRCH}.quantity", ["!!int", "value alone"]),
    (
        "    code: B1",
        "    code: B1\n    «code: B3",
        Kind.DUPLICATE_KEY,
        BIRCH,
        ['"code"', "line 18"],
    ),
    ("  total: 60", "  ? «[a, b]\n  : c", Kind.KEY_NOT_TEXT, "plant", ["found a list as a key", "expected text"]),
    ("a farmer", '«"\\a"', Kind.CONTROL_CHARACTER, f"{HALF}.details.buyer", ["U+0007", "expected text"]),
    ("a farmer", "a «\x07farmer", Kind.CONTROL_CHARACTER, "the file", ["U+0007", "expected text"]),
    ("a farmer", "a «\u202efarmer", Kind.CONTROL_CHARACTER, "the file", ["U+202E", "expected text"]),
]

SCHEMA: list[Case] = [
    ("quantity: 20", "«quantitty: 20", Kind.UNKNOWN_KEY, BIRCH, ['"quantitty"', 'mean "quantity"?']),
    ("{from: 2000", "{«start: 2000", Kind.UNKNOWN_KEY, f"{BIRCH}.production", ["start", "from or to"]),
    ("  - name: Alder\n    code", "  - «code", Kind.MISSING_KEY, 'models[0] "A1"', ["found no name", "expected one"]),
    ("name: Hill Works", "«name:", Kind.MISSING_KEY, "plant", ["found no name", "expected one"]),
    (
        "plant:\n  name: Hill Works\n  total: 60",
        "plant: «Hill Works",
        Kind.NOT_A_MAPPING,
        "plant",
        ["Hill", "keys name"],
    ),
    ("name: Birch\n    code: B1", "«Birch\n  - name: Ash", Kind.NOT_A_MAPPING, "models[1]", ["Birch", "keys name"]),
    ("[Old Alder, Elder]", "«{a: b}", Kind.NOT_WORDS, f"{ALDER}.aliases", ["keys with values", "a list"]),
    (
        "\n  - id: book\n    title: The book of the works",
        " «none",
        Kind.NOT_A_LIST,
        "sources",
        ["found none", "expected a list"],
    ),
    ("code: B1\n", "code: «true\n", Kind.NOT_TEXT, 'models[1] "Birch (true)".code', ["found true", "quotes"]),
    ("code: B1\n", "code: «[B1]\n", Kind.NOT_TEXT, 'models[1] "Birch".code', ["found a list", "expected text"]),
    ("{en: grey, de: grau}", "«[grey]", Kind.NOT_LOCAL_TEXT, f"{HALF}.colour", ["a list", "one for each"]),
    ("de: grau", "de: «{}", Kind.NOT_TEXT, f"{HALF}.colour.de", ["keys with values", "expected text"]),
    ("value: 3", "value: [«{a: b}]", Kind.NOT_TEXT, f"{DAILY}.value[0]", ["keys with values", "expected text"]),
    ("value: 3", "value: «{}", Kind.EMPTY, f"{DAILY}.value", ["found nothing", "expected something"]),
    (
        "quantity: 20",
        "quantity: «12.5",
        Kind.NOT_WHOLE,
        f"{BIRCH}.quantity",
        ["12.5", "a whole number, 0"],
    ),
    ("quantity: 20", "quantity: «-20", Kind.NOT_WHOLE, f"{BIRCH}.quantity", ["-20", "0 or more"]),
    ("quantity: 20", "quantity: «1,020", Kind.NOT_WHOLE, f"{BIRCH}.quantity", ["1,020", 'mean "1020"?']),
    ("quantity: 20", "quantity: «1.020", Kind.NOT_WHOLE, f"{BIRCH}.quantity", ["1.020", 'mean "1020"?']),
    ("quantity: 20", "quantity: «012", Kind.NOT_WHOLE, f"{BIRCH}.quantity", ["012", "a whole number"]),
    ("quantity: 20", "quantity: «" + "9" * 30, Kind.NOT_WHOLE, f"{BIRCH}.quantity", ["999", "whole"]),
    ("number: 25", "number: «0", Kind.NOT_WHOLE, 'milestones[0] "0".number', ["found 0", "1 or more"]),
    ("2024-05-31", "«soon", Kind.NOT_A_DATE, "as_of", ["found soon", "YYYY-MM-DD"]),
    ("2024-05-31", "«31.05.2024", Kind.NOT_A_DATE, "as_of", ["31.05.2024", 'mean "2024-05-31"?']),
    ("2024-05-31", "«2024-5", Kind.NOT_A_DATE, "as_of", ["2024-5", 'mean "2024-05"?']),
    ("2024-05-31", "«2024-02-30", Kind.NO_SUCH_DATE, "as_of", ["2024-02-30", "calendar"]),
    ("to: present", "to: «Present", Kind.NOT_A_DATE_OR_PRESENT, 'models[2] "Birch (B2)".production.to', ['"present"?']),
    ("per: day", "per: «daily", Kind.NOT_ONE_OF, f"{DAILY}.per", ["daily", "day, week, month, or year"]),
    ("name: Hill Works", 'name: «" "', Kind.EMPTY, "plant.name", ["found nothing", "expected something"]),
    ("  - id: book\n    title: The book of the works", " «[]", Kind.EMPTY, "sources", ["found nothing"]),
    ("name: Hill Works", "name: «" + "x" * 201, Kind.TOO_LONG, "plant.name", ["more than 200", "at most"]),
    ("id: growth", "id: «The Growth", Kind.NOT_AN_IDENTIFIER, 'facts[1] "The Growth".id', ["Growth", "small letters"]),
    ("de: grau", "«DE: grau", Kind.NOT_A_LANGUAGE, f"{HALF}.colour", ["DE", "small letters"]),
    ("buyer:", "«Buyer 1:", Kind.NOT_A_FACET_NAME, f"{HALF}.details", ["Buyer 1", "underscores"]),
]

FACTS: list[Case] = [
    ("value: 3", "value: «many", Kind.NOT_FOR_UNIT, f"{DAILY}.value", ["many", "a number", "products"]),
    ("percent\n    value: 1.5", "date\n    value: «1.5", Kind.NOT_A_DATE, f"{GROWTH}.value", ["1.5", "YYYY"]),
    (
        "to: 2009",
        "to: «1999-12",
        Kind.ENDS_BEFORE_START,
        f"{BIRCH}.production.to",
        ["1999-12", "2000 or"],
    ),
    (
        "- name: Birch\n    code: B2",
        "- «name: Birch\n    code: B1",
        Kind.DUPLICATE_ROW,
        'models[2] "Birch (B1)"',
        ["line 17"],
    ),
    ("facts:", "  - number: «25\nfacts:", Kind.DUPLICATE_NUMBER, 'milestones[1] "25".number', ["25 again", "line 27"]),
    ("id: growth", "id: «daily", Kind.DUPLICATE_ID, 'facts[1] "daily".id', ['"daily" again', "line 34"]),
    ("Elder]", "«birch]", Kind.ALIAS_TAKEN, f"{ALDER}.aliases[1]", ["birch", '"Birch (B1)" in line 17']),
    ("Elder]", "«b-2]", Kind.ALIAS_TAKEN, f"{ALDER}.aliases[1]", ["b-2", '"Birch (B2)" in line 22']),
    (
        "code: B1\n",
        "code: B1\n    aliases: «OLD-ALDER\n",
        Kind.ALIAS_TAKEN,
        f"{BIRCH}.aliases",
        ["Alder (A1)"],
    ),
    (
        "row: {code: B1}",
        "row: {code: «B3}",
        Kind.UNKNOWN_ROW,
        f"{HALF}.row.code",
        ["found B3", "code or the"],
    ),
    ("row: {code: B1}", "row: {name: «Brich}", Kind.UNKNOWN_ROW, f"{HALF}.row.name", ['mean "Birch"?']),
    ("{code: B1}", "{code: B1, name: «Oak}", Kind.UNKNOWN_ROW, f"{HALF}.row.name", ["Oak", "code: B1}"]),
    (
        "{code: B1}",
        "{name: «Birch}",
        Kind.SEVERAL_ROWS,
        f"{HALF}.row.name",
        ["2 rows", "code: B1} or {name"],
    ),
    ("row: {code: B1}", "row: «{}", Kind.MISSING_KEY, f"{HALF}.row", ["no code or name"]),
    ("[A1]", "[«A2]", Kind.UNKNOWN_ROW, f"{BIRCH}.replaces[0]", ["found A2", "the name of a row"]),
    ("[A1]", "[«B1]", Kind.REFERS_TO_ITSELF, f"{BIRCH}.replaces[0]", ["B1", "than itself"]),
    ("change_of: daily", "change_of: «dayly", Kind.UNKNOWN_FACT, f"{GROWTH}.change_of", ['mean "daily"?']),
    ("of: daily", "of: «growth", Kind.REFERS_TO_ITSELF, f"{GROWTH}.change_of", ["growth", "than itself"]),
    ("per: day", "source: «books", Kind.UNKNOWN_SOURCE, f"{DAILY}.source", ["books", 'mean "book"?']),
    ("{fuel: wood}", "{fuel: wood, «series: S}", Kind.RESERVED_FACET, f"{ALDER}.facets", ['"series"', "is taken"]),
    ("{fuel: [fired", "{«fule: [fired", Kind.UNKNOWN_FACET, "vocabulary.en.facets", ['"fule"', 'mean "fuel"?']),
    ("{body: {", "{«boddy: {", Kind.UNKNOWN_FACET, "vocabulary.en.values", ['"boddy"', 'mean "body"?']),
    ("{open: [", "{«Open: [", Kind.UNKNOWN_FACET_VALUE, "vocabulary.en.values.body", ['"Open"', 'mean "open"?']),
]

WARNINGS: list[Case] = [
    ("total: 60", "total: «1061", Kind.TOTAL_DIFFERS, "plant.total", ["1,061", "60", "the sum"]),
    ("from: 2010", "from: «2024-06", Kind.IN_THE_FUTURE, 'models[2] "Birch (B2)".production.from', ["2024-05-31"]),
    ("date: 2005-06", "date: «2010", Kind.OUTSIDE_PRODUCTION, f"{HALF}.date", ["2010", "2000 and 2009"]),
]


def spoiled(sound: str, old: str, new: str) -> tuple[bytes, int, int]:
    """The file with its mistake, and the line and column of the mark."""
    assert sound.count(old) == 1, old
    text = sound.replace(old, new)
    before = text[: text.index(MARK)].split("\n")
    return text.replace(MARK, "").encode(), len(before), len(before[-1]) + 1


def problems_of(data: bytes) -> tuple[Problem, ...]:
    """The problems that keep the file from being loaded."""
    with pytest.raises(KnowledgeError) as caught:
        parse(data, "test")
    return caught.value.problems


def check(problem: Problem, case: Case, line: int, column: int) -> None:
    """Compare a problem to its case, and its message in each language."""
    *_, kind, where, said = case
    assert (problem.kind, problem.line, problem.column) == (kind, line, column)
    message = describe(problem, ENGLISH)
    assert message.startswith(f"{where}: ")
    assert [part for part in (*said, "expected") if part not in message] == []
    german = describe(problem, GERMAN)
    assert "erwarte" in german
    assert german != message


def test_the_sound_file_has_no_problems(sound: str) -> None:
    assert parse(sound.encode(), "test").warnings == ()


@pytest.mark.parametrize("case", [*YAML, *SCHEMA, *FACTS], ids=lambda case: f"{case[2]}: {case[1][:20]}")
def test_each_mistake_is_named_at_its_place(sound: str, case: Case) -> None:
    data, line, column = spoiled(sound, case[0], case[1])
    (problem,) = problems_of(data)
    check(problem, case, line, column)


@pytest.mark.parametrize("case", WARNINGS, ids=lambda case: case[2])
def test_what_is_odd_is_a_warning(sound: str, case: Case) -> None:
    data, line, column = spoiled(sound, case[0], case[1])
    (warning,) = parse(data, "test").warnings
    check(warning, case, line, column)


@pytest.mark.parametrize("case", YAML, ids=lambda case: f"{case[2]}: {case[1][:20]}")
def test_the_parser_in_python_names_the_same_place(sound: str, case: Case) -> None:
    """PyYAML may come without the parser that is written in C."""
    data, line, _ = spoiled(sound, case[0], case[1])
    _, report = read(data, yaml.BaseLoader)
    assert [(problem.kind, problem.line) for problem in report.problems] == [(case[2], line)]


def test_every_mistake_is_named_at_once(sound: str) -> None:
    text = sound.replace("quantity: 20", "quantity: -1").replace("to: 2009", "to: 1900").replace("2024-05-31", "soon")
    text = text.replace("change_of: daily", "change_of: dayly\n    chnage_of: daily").replace(
        "total: 60", "total: 1\n  total: 2"
    )
    assert [problem.kind for problem in problems_of(text.encode())] == [
        Kind.DUPLICATE_KEY,
        Kind.NOT_A_DATE,
        Kind.ENDS_BEFORE_START,
        Kind.NOT_WHOLE,
        Kind.UNKNOWN_FACT,
        Kind.UNKNOWN_KEY,
    ]


@pytest.mark.parametrize(("old", "new"), [("quantity: 20", "quantity: many"), ("code: B1\n", "code: [B1]\n")])
def test_one_mistake_in_a_row_is_one_problem_though_others_point_to_it(sound: str, old: str, new: str) -> None:
    assert len(problems_of(sound.replace(old, new).encode())) == 1


# -- the file as a whole --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind", "line", "column", "said"),
    [
        (b"", Kind.FILE_EMPTY, 1, 1, "no facts"),
        (b"# only a comment\n", Kind.FILE_EMPTY, 1, 1, "no facts"),
        (b"- a\n- b\n", Kind.NOT_A_MAPPING, 1, 1, "found a list"),
        (b"just words", Kind.NOT_A_MAPPING, 1, 1, "found just words"),
        ("plant:\n  name: Köln".encode("latin-1"), Kind.NOT_UTF8, 2, 10, "0xF6 at offset 16"),
        ("\ufeff# äöü\nplänt: ä".encode() + b"\xff", Kind.NOT_UTF8, 2, 9, "0xFF at offset 22"),
        ("plant:\n  name: Köln".encode("utf-16"), Kind.NOT_UTF8, 1, 1, "UTF-8"),
        (b"a: 1\nb: \x00", Kind.CONTROL_CHARACTER, 2, 4, "U+0000"),
        (b"a: " + b"x" * MAXIMUM_BYTES, Kind.FILE_TOO_LARGE, 1, 1, "5,000,000 bytes"),
        (b"a: [" + b"1," * (MAXIMUM_ENTRIES + 1) + b"]", Kind.TOO_MANY_VALUES, 1, 60_005, "30,000"),
        (b"a: [" + b"[1]," * (MAXIMUM_ENTRIES + 1) + b"]", Kind.TOO_MANY_VALUES, 1, 120_005, "30,000"),
        (b"a: [" + b"[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]," * 29_000, Kind.TOO_MANY_VALUES, 1, 999_998, "500,000"),
        (b"%YAML 1.2\n%YAML 1.2\n---\na: b", Kind.SYNTAX, 2, 1, "expected YAML"),
    ],
)
def test_what_is_no_knowledge_file(data: bytes, kind: Kind, line: int, column: int, said: str) -> None:
    (problem,) = problems_of(data)
    assert (problem.kind, problem.line, problem.column) == (kind, line, column)
    assert said in describe(problem, ENGLISH)


def test_an_alias_that_holds_itself(sound: str) -> None:
    recursive = sound.replace("aliases: [Old Alder, Elder]", "aliases: &all [Old Alder, *all]")
    messages = [describe(problem, ENGLISH) for problem in problems_of(recursive.encode())]
    assert any("found the alias *all" in message for message in messages)


def test_aliases_that_multiply() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    assert {problem.kind for problem in problems_of("\n".join(lines).encode())} >= {Kind.ANCHOR, Kind.ALIAS}


def test_of_endless_problems_the_first_are_named(sound: str) -> None:
    rows = "".join(f"  - {{nam: Row {n}}}\n" for n in range(MAXIMUM_PROBLEMS))
    *first, last = problems_of((sound + "models:\n").replace("models:\n", "models:\n" + rows, 1).encode())
    assert len(first) == MAXIMUM_PROBLEMS
    assert last.kind is Kind.MORE
    assert f"{MAXIMUM_PROBLEMS} problems" in describe(last, ENGLISH)


@pytest.mark.parametrize(
    ("name", "kind"), [("nowhere.yaml", Kind.FILE_MISSING), ("folder", Kind.NOT_A_FILE), ("\0", Kind.FILE_UNREADABLE)]
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, kind: Kind) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path / name)
    (problem,) = caught.value.problems
    assert problem.kind is kind
    assert describe(problem, ENGLISH).startswith("the file: ")
    assert describe(problem, GERMAN).startswith("die Datei: ")


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "large.yaml").open("wb") as file:
        file.truncate(MAXIMUM_BYTES * 1000)
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path / "large.yaml")
    assert [problem.kind for problem in caught.value.problems] == [Kind.FILE_TOO_LARGE]


# -- the sentences --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [ENGLISH, GERMAN], ids=lambda language: language.code)
def test_each_language_has_a_sentence_for_each_kind(language: Language) -> None:
    assert language.section("problems")["kinds"].keys() == {str(kind) for kind in Kind}


def test_the_parser_in_c_is_used_where_there_is_one() -> None:
    assert LOADER is getattr(yaml, "CBaseLoader", yaml.BaseLoader)
