"""A document against the schema: pydantic finds what is wrong, and each finding becomes a problem with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache, partial
from typing import Any, TypeVar, get_origin

from pydantic import TypeAdapter, ValidationError

from knowledge.document import (
    MAXIMUM_PROBLEMS,
    Mapping,
    Node,
    Path,
    Report,
    Scalar,
    Sequence,
    descend,
    entry_at,
    plain,
    similar,
)
from knowledge.problems import Kind
from knowledge.schema import DATE, FACET_NAME, IDENTIFIER, LANGUAGE_CODE, PRESENT, Knowledge, PartialDate, json_schema

T = TypeVar("T")

Schema = dict[str, Any]
"""A part of the JSON Schema."""

Place = tuple[Path, bool]
"""A path, and whether its last key is meant rather than the value."""

_PATTERNS = {
    IDENTIFIER: Kind.NOT_AN_IDENTIFIER,
    LANGUAGE_CODE: Kind.NOT_A_LANGUAGE,
    FACET_NAME: Kind.NOT_A_FACET_NAME,
}


CHUNK = 100
"""Records that are validated in one step. No other thread of the program runs meanwhile, so it has to be short."""

ENOUGH_FINDINGS = 4 * MAXIMUM_PROBLEMS
"""Each problem is one finding, or one for each branch of a union."""


def validate(root: Mapping, report: Report) -> Knowledge | None:
    """The facts in a document; none if there are problems, which are added to the report.

    Where the schema wants a text, a number without quotes is read as its text: ``code: 116``.
    Raises ``TooManyProblemsError``.
    """
    findings: list[Any] = []
    sections: dict[str, tuple[Any, ...]] = {}
    for section, adapter in _record_types().items():
        node = descend(root, (section,))
        if isinstance(node, Sequence) and node.items and len(findings) < ENOUGH_FINDINGS:
            sections[section] = tuple(_records(root, section, node, adapter, findings))
    faulty = {finding["loc"][0] for finding in findings}
    others = Mapping(root.line, root.column, {key: entry for key, entry in root.entries.items() if key not in sections})

    def whole() -> Knowledge:
        return Knowledge.model_validate({**_values(others), **sections}, by_alias=True, by_name=False)

    knowledge = _validated(root, whole, (), findings, faulty)
    report.overflowed = report.overflowed or len(findings) >= ENOUGH_FINDINGS
    for place, found in _by_place(root, findings).items():
        _report(root, report, place, found)
    return knowledge if knowledge is not None and not findings else None


@cache
def _record_types() -> dict[str, TypeAdapter[tuple[Any, ...]]]:
    """For every list of records in a file, what validates some of them."""
    kinds: dict[str, Any] = {name: field.annotation for name, field in Knowledge.model_fields.items()}
    return {name: TypeAdapter(kind) for name, kind in kinds.items() if get_origin(kind) is tuple}


def _records(
    root: Mapping, section: str, node: Sequence, adapter: TypeAdapter[tuple[Any, ...]], findings: list[Any]
) -> Iterator[Any]:
    """The records of a list that are right; what is wrong with the others is added to the findings.

    A few at a time: what pydantic says of a whole file with a mistake in every value would fill the memory.
    """
    for start in range(0, len(node.items), CHUNK):
        values = [plain(item) for item in node.items[start : start + CHUNK]]
        try:
            yield from adapter.validate_python(tuple(values), by_alias=True, by_name=False)
        except ValidationError:
            for place in range(start, start + len(values)):
                if len(findings) >= ENOUGH_FINDINGS:
                    return
                yield from _validated(root, partial(_record, adapter, node, place), (section, place), findings) or ()


def _record(adapter: TypeAdapter[tuple[Any, ...]], node: Sequence, place: int) -> tuple[Any, ...]:
    return adapter.validate_python((plain(node.items[place]),), by_alias=True, by_name=False)


def _values(node: Mapping) -> dict[str, Any]:
    values: Any = plain(node)
    return dict(values)


def _validated(
    root: Mapping,
    work: Callable[[], T],
    path: Path,
    findings: list[Any],
    ignored: Collection[str | int] = (),
) -> T | None:
    """What ``work`` makes, if need be with numbers turned into text; else none, and the findings are added.

    ``path`` is what pydantic does not know of; lists that are ``ignored`` seem to be empty since records are wrong.
    """
    try:
        return work()
    except ValidationError as error:
        found = _findings(error, path)
    if _numbers_to_text(root, found):
        try:
            return work()
        except ValidationError as error:
            found = _findings(error, path)
    findings += [
        finding for finding in found if finding["loc"][:1] != finding["loc"] or finding["loc"][0] not in ignored
    ]
    return None


def _findings(error: ValidationError, path: Path) -> list[Any]:
    """What pydantic found, with whole locations; of one record its place was 0."""
    return [
        {**finding, "loc": (*path, *finding["loc"][1 if path else 0 :])}
        for finding in error.errors(include_url=False, include_input=False)
    ]


def _numbers_to_text(root: Mapping, findings: list[Any]) -> bool:
    """Turn numbers into text where a text was wanted; true if there were any."""
    found = False
    for finding in findings:
        if finding["type"] in ("string_type", "tuple_type"):
            node = descend(root, _walk(root, finding["loc"]))
            if isinstance(node, Scalar) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
                node.value = node.literal
                found = True
    return found


def _walk(root: Node, loc: tuple[str | int, ...]) -> Path:
    """pydantic's location without the steps that are none of the document: branches of unions, missing keys."""
    path: Path = ()
    node: Node | None = root
    for step in loc:
        child = descend(node, (step,))
        if child is not None:
            path, node = (*path, step), child
    return path


def _by_place(root: Mapping, found: list[Any]) -> dict[Place, list[Any]]:
    """The findings of each place, without those of a union's other branches where one branch looked deeper."""
    places: dict[Place, list[Any]] = {}
    for finding in found:
        loc = finding["loc"]
        at_key = finding["type"] == "extra_forbidden" or loc[-1:] == ("[key]",)
        path = _walk(root, loc[:-1] if finding["type"] == "missing" else loc)
        places.setdefault((path, at_key), []).append(finding)
    outer = {path[:length] for path, _ in places for length in range(len(path))}
    return {
        (path, at_key): findings
        for (path, at_key), findings in places.items()
        if at_key or path not in outer or any(finding["type"] == "missing" for finding in findings)
    }


def _report(root: Mapping, report: Report, place: Place, findings: list[Any]) -> None:
    path, at_key = place
    node = descend(root, path)
    if isinstance(node, Scalar) and node.refused:
        return
    by_type = {finding["type"]: finding for finding in findings}
    if "missing" in by_type:
        for finding in findings:
            _missing(report, path, str(finding["loc"][-1]))
    elif "extra_forbidden" in by_type:
        key, keys = str(path[-1]), _keys(path[:-1])
        report.add(Kind.UNKNOWN_KEY, path, at_key=True, found=key, expected=keys, suggestion=similar(key, keys))
    elif pattern := by_type.get("string_pattern_mismatch"):
        kind = _PATTERNS.get(pattern["ctx"]["pattern"], Kind.INVALID)
        report.add(kind, path, at_key=at_key, found=str(path[-1]) if at_key else None)
    elif long := by_type.get("string_too_long"):
        report.add(Kind.TOO_LONG, path, at_key=at_key, values={"limit": long["ctx"]["max_length"]})
    elif by_type.keys() & {"string_too_short", "too_short"}:
        report.add(Kind.EMPTY, path, at_key=at_key, found="")
    else:
        _wrong(report, path, node)


def _missing(report: Report, path: Path, key: str) -> None:
    entry = entry_at(report.root, (*path, key))
    if entry is None:
        report.add(Kind.MISSING_KEY, path, found="", expected=(key,))
    elif not (isinstance(entry.node, Scalar) and entry.node.refused):
        report.add(Kind.MISSING_KEY, path, place=(entry.line, entry.column), found="", expected=(key,))


def _wrong(report: Report, path: Path, node: Node | None) -> None:
    """A value of the wrong kind: say which kind the schema has here."""
    options = list(_options(path))
    kinds = {_name(option) for option in options}
    literal = node.literal if isinstance(node, Scalar) else ""
    match sorted(kinds - {"null"}):
        case ["enum"]:
            values = tuple(value for option in options for value in option.get("enum", ()))
            report.add(Kind.NOT_ONE_OF, path, expected=values, suggestion=similar(literal, values))
        case ["date"]:
            report_date(report, path, node)
        case ["date", "present"]:
            report_date(report, path, node, or_present=True)
        case ["integer"]:
            minimum = next(option["minimum"] for option in options if "minimum" in option)
            report.add(Kind.NOT_WHOLE, path, suggestion=ungrouped(literal), values={"minimum": minimum})
        case ["string"]:
            report.add(Kind.NOT_TEXT, path)
        case ["array", "string"]:
            report.add(Kind.NOT_WORDS, path)
        case ["object", "string"]:
            report.add(Kind.NOT_LOCAL_TEXT, path)
        case ["array"]:
            report.add(Kind.NOT_A_LIST, path)
        case ["object"]:
            report.add(Kind.NOT_A_MAPPING, path, expected=_keys(path))
        case _:
            report.add(Kind.INVALID, path)


def report_date(report: Report, path: Path, node: Node | None, *, or_present: bool = False) -> None:
    """Add that a value is not a date."""
    literal = node.literal if isinstance(node, Scalar) else ""
    suggestion = _as_date(literal.strip('"')) or (similar(literal, (PRESENT,)) if or_present else None)
    if _DATE.fullmatch(literal.strip('"')):
        report.add(Kind.NO_SUCH_DATE, path)
    else:
        report.add(Kind.NOT_A_DATE_OR_PRESENT if or_present else Kind.NOT_A_DATE, path, suggestion=suggestion)


_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[./])?(\d{1,2})[./](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?")
_GROUPED = re.compile(r"\d{1,3}([., _'’]\d{3})+")


def _as_date(written: str) -> str | None:
    """A date in another notation as the file wants it; none if it may be read in two ways."""
    if match := _YEAR_FIRST.fullmatch(written):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(written):
        day, month, year = match.groups()
        if day and "/" in written:  # 3/1/2005 is January or March
            return None
    else:
        return None
    try:
        return str(PartialDate(int(year), int(month), int(day) if day else None))
    except ValueError:
        return None


def ungrouped(written: str) -> str | None:
    """A whole number that is written in groups of three, without its separators; else none."""
    match = _GROUPED.fullmatch(written.strip("\"'"))
    return "".join(filter(str.isdigit, match[0])) if match else None


@cache
def _schema() -> dict[str, Any]:
    return json_schema()


def _unfolded(schema: Schema) -> Iterator[Schema]:
    """The alternatives that a schema stands for."""
    if "$ref" in schema:
        schema = _schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema and schema.get("$comment") != DATE:
        for option in schema["anyOf"]:
            yield from _unfolded(option)
    else:
        yield schema


def _options(path: Path) -> Iterator[Schema]:
    """The schemas that a value at this path may follow."""
    options = list(_unfolded(_schema()))
    for step in path:
        inner = []
        for option in options:
            if isinstance(step, int):
                inner += [option["items"]] if "items" in option else []
            elif step in option.get("properties", ()):
                inner.append(option["properties"][step])
            else:
                inner += option.get("patternProperties", {}).values()
                inner += [more] if isinstance(more := option.get("additionalProperties"), dict) else []
        options = [alternative for schema in inner for alternative in _unfolded(schema)]
    yield from options


def _name(schema: Schema) -> str:
    """What kind of value a schema is for."""
    if schema.get("$comment") == DATE:
        return "date"
    if "enum" in schema:
        return "enum"
    if "const" in schema:
        return str(schema["const"])
    kind = schema.get("type")
    return str(kind[0] if isinstance(kind, list) else kind)


def _keys(path: Path) -> tuple[str, ...]:
    """The keys that a mapping at this path may have."""
    return tuple(dict.fromkeys(key for option in _options(path) for key in option.get("properties", ())))
