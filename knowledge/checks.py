"""What the schema cannot say: whether the facts of a document agree with each other.

The checks look at the document itself, so that a row with one mistake still takes part in the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from knowledge.document import (
    MAXIMUM_EXPECTED,
    Mapping,
    Node,
    Path,
    Report,
    Scalar,
    descend,
    items_at,
    label,
    text_at,
)
from knowledge.problems import Kind
from knowledge.query import Attribute
from knowledge.relations import FACETS, common_precision
from knowledge.rows import Row, Rows, fold
from knowledge.schema import Knowledge, Milestone, Model, PartialDate
from knowledge.validation import report_date, ungrouped

_NUMERIC_UNITS = ("products", "percent", "years", "rank")
_RESERVED = frozenset(Attribute)


def check(root: Mapping, rows: Rows, report: Report) -> None:
    """Add every contradiction to the report. Raises ``TooManyProblemsError``."""
    _check_production(rows, report)
    _check_keys(root, rows, report)
    _check_aliases(root, rows, report)
    _check_replaces(rows, report)
    _check_sources(root, report)
    _check_row_references(root, rows, report)
    _check_facts(root, report)
    _check_facet_names(root, report)
    _check_vocabulary(root, rows, report)


def _check_production(rows: Rows, report: Report) -> None:
    for row in rows.all:
        start, end = _date_at(row.node, "production", "from"), _date_at(row.node, "production", "to")
        if start and end and later(start, end):
            report.add(Kind.ENDS_BEFORE_START, (*row.path, "production", "to"), values={"start": str(start)})


def _date_at(node: Node, *path: str) -> PartialDate | None:
    found = descend(node, path)
    try:
        return PartialDate.parse(found.value) if isinstance(found, Scalar) else None
    except ValueError:
        return None


def later(one: PartialDate, other: PartialDate) -> bool:
    """Whether one date is certainly later than the other: 2011-12 is not later than 2011."""
    first, second = common_precision(one, other)
    return first > second


def _check_keys(root: Mapping, rows: Rows, report: Report) -> None:
    """Rows, numbers and ids that stand there twice."""
    keyed = (
        (Kind.DUPLICATE_ROW, [(row.path, row.key) for row in rows.all if row.name]),
        (Kind.DUPLICATE_NUMBER, list(_values(root, "milestones", "number"))),
        (Kind.DUPLICATE_ID, list(_values(root, "facts", "id"))),
        (Kind.DUPLICATE_ID, list(_values(root, "sources", "id"))),
    )
    for kind, keys in keyed:
        first: dict[str, Path] = {}
        for path, key in keys:
            if key.casefold() in first:
                node = descend(root, first[key.casefold()])
                report.add(kind, path, found=key, values={"first_line": str(node.line if node else 1)})
            else:
                first[key.casefold()] = path


def _values(root: Mapping, section: str, key: str) -> Iterator[tuple[Path, str]]:
    for path, node in items_at(root, section):
        found = descend(node, (key,))
        if isinstance(found, Scalar) and found.value is not None:
            yield (*path, key), str(found.value)


def _check_aliases(root: Mapping, rows: Rows, report: Report) -> None:
    """An alias must not name two things; rows with the same name may share one, as they share the name."""
    names: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows.all:
        for name in row.names:
            names[fold(name)].setdefault(row.title, row)
    aliases: dict[str, Row] = {}
    for row in rows.all:
        for path, alias in _aliases(row.path, row.node):
            folded = fold(alias)
            others = [other for title, other in names.get(folded, {}).items() if title != row.title]
            first = aliases.setdefault(folded, row)
            if first.title != row.title:
                others.append(first)
            if others:
                report.add(Kind.ALIAS_TAKEN, path, values=_other(others[0].node))
    numbers: dict[str, tuple[Path, Node]] = {}
    for milestone, node in items_at(root, "milestones"):
        for path, alias in _aliases(milestone, node):
            taken, other = numbers.setdefault(fold(alias), (milestone, node))
            if taken != milestone:
                report.add(Kind.ALIAS_TAKEN, path, values=_other(other))


def _other(node: Node) -> dict[str, str | int]:
    return {"other": label(node) or "", "other_line": str(node.line)}


def _aliases(record: Path, node: Node) -> Iterator[tuple[Path, str]]:
    for path, alias in items_at(node, "aliases"):
        if isinstance(alias, Scalar) and isinstance(alias.value, str):
            yield (*record, *path), alias.value


def _check_replaces(rows: Rows, report: Report) -> None:
    known = dict.fromkeys(name for row in rows.all for name in row.names)
    for row in rows.all:
        for path, node in items_at(row.node, "replaces"):
            name = text_at(node)
            if name is None:
                continue
            if name not in known and rows.complete:
                report.add(Kind.UNKNOWN_ROW, (*row.path, *path), suggestion=report.similar(name, known))
            elif name in row.names and len(rows.by_code.get(name, ())) + len(rows.by_name.get(name, ())) == 1:
                report.add(Kind.REFERS_TO_ITSELF, (*row.path, *path))


def _check_sources(root: Mapping, report: Report) -> None:
    known = dict.fromkeys(key for _, key in _values(root, "sources", "id"))
    expected = tuple(known)
    for section in ("models", "milestones", "facts"):
        for path, source in _values(root, section, "source"):
            if source not in known:
                report.add(Kind.UNKNOWN_SOURCE, path, expected=expected, suggestion=report.similar(source, expected))


def _check_row_references(root: Mapping, rows: Rows, report: Report) -> None:
    for section in ("milestones", "facts"):
        for record, node in items_at(root, section):
            reference = descend(node, ("row",))
            if isinstance(reference, Mapping):
                _check_row_reference((*record, "row"), reference, rows, report)


def _check_row_reference(path: Path, reference: Mapping, rows: Rows, report: Report) -> None:
    code, name = text_at(reference, "code"), text_at(reference, "name")
    if code is None and name is None:
        if not reference.entries:
            report.add(Kind.MISSING_KEY, path, found="", expected=("code", "name"))
        return
    meant = rows.meant(code, name)
    if (meant and all(row.key == meant[0].key for row in meant)) or (not meant and not rows.complete):
        return
    key = "name" if code is None or (name is not None and code in rows.by_code) else "code"
    fitting = meant or rows.by_code.get(code or "", [])
    would_do = tuple(row.reference for row in fitting[: MAXIMUM_EXPECTED + 1])
    if meant:
        report.add(Kind.SEVERAL_ROWS, (*path, key), expected=would_do, values={"count": len(meant)})
    else:
        options = rows.by_name if key == "name" else rows.by_code
        written = (name if key == "name" else code) or ""
        report.add(Kind.UNKNOWN_ROW, (*path, key), expected=would_do, suggestion=report.similar(written, options))


def _check_facts(root: Mapping, report: Report) -> None:
    ids = {path[:2]: key for path, key in _values(root, "facts", "id")}
    known = Counter(ids.values())
    for path, other in _values(root, "facts", "change_of"):
        if other not in known:
            report.add(Kind.UNKNOWN_FACT, path, suggestion=report.similar(other, known))
        elif ids.get(path[:2]) == other and known[other] == 1:
            report.add(Kind.REFERS_TO_ITSELF, path)
    for path, node in items_at(root, "facts"):
        value = descend(node, ("value",))
        if value is not None:
            _check_unit((*path, "value"), value, text_at(node, "unit"), report)


def _check_unit(path: Path, value: Node, unit: str | None, report: Report) -> None:
    written = value.value if isinstance(value, Scalar) else None
    if (isinstance(value, Scalar) and written is None) or report.names(path):
        return
    if unit in _NUMERIC_UNITS:
        if isinstance(written, bool) or not isinstance(written, (int, float)):
            suggestion = ungrouped(value.literal) if isinstance(value, Scalar) else None
            report.add(Kind.NOT_FOR_UNIT, path, suggestion=suggestion, values={"unit": unit})
    elif unit == "date":
        try:
            PartialDate.parse(written)
        except ValueError:
            report_date(report, path, value)


def _check_facet_names(root: Mapping, report: Report) -> None:
    """A facet with the name of an attribute would hide one of the two."""
    for section, key in (("models", "facets"), ("milestones", "details")):
        for path, node in items_at(root, section):
            facets = descend(node, (key,))
            for facet in facets.entries if isinstance(facets, Mapping) else ():
                if facet in _RESERVED:
                    report.add(Kind.RESERVED_FACET, (*path, key, facet), at_key=True, found=facet)


def _check_vocabulary(root: Mapping, rows: Rows, report: Report) -> None:
    vocabulary = descend(root, ("vocabulary",))
    values = _facet_values(root, rows)
    attributes = {*Model.model_fields, *Milestone.model_fields, *Attribute, *values}
    for language, entry in vocabulary.entries.items() if isinstance(vocabulary, Mapping) else ():
        _check_words(entry.node, ("vocabulary", language), "facets", attributes, tuple(values), report)
        _check_words(entry.node, ("vocabulary", language), "values", set(values), tuple(values), report)
        for facet in values.keys() & set(_keys_at(entry.node, "values")):
            known = tuple(sorted(values[facet]))
            for value in _keys_at(entry.node, "values", facet):
                if value not in values[facet]:
                    report.add(
                        Kind.UNKNOWN_FACET_VALUE,
                        ("vocabulary", language, "values", facet, value),
                        at_key=True,
                        found=value,
                        expected=known,
                        suggestion=report.similar(value, known),
                        values={"facet": facet},
                    )


def _check_words(
    node: Node, base: Path, section: str, allowed: set[str], expected: tuple[str, ...], report: Report
) -> None:
    for facet in _keys_at(node, section):
        if facet not in allowed:
            path, suggestion = (*base, section, facet), report.similar(facet, allowed)
            report.add(Kind.UNKNOWN_FACET, path, at_key=True, found=facet, expected=expected, suggestion=suggestion)


def _keys_at(node: Node, *path: str) -> tuple[str, ...]:
    found = descend(node, path)
    return tuple(found.entries) if isinstance(found, Mapping) else ()


def _facet_values(root: Mapping, rows: Rows) -> dict[str, set[str]]:
    """Every facet of the rows and every detail of the milestones with the values that they have."""
    values: dict[str, set[str]] = defaultdict(set)
    records = [row.node for row in rows.all] + [node for _, node in items_at(root, "milestones")]
    for record in records:
        for key in (*FACETS, Attribute.COLOUR):
            values[key].update(_texts(descend(record, (key,))))
        for group in ("facets", "details"):
            for name in _keys_at(record, group):
                values[name].update(_texts(descend(record, (group, name))))
    return {str(facet): texts for facet, texts in values.items() if texts}


def _texts(node: Node | None) -> Iterator[str]:
    match node:
        case Scalar(value=str(text)):
            yield text
        case Mapping():
            for entry in node.entries.values():
                yield from _texts(entry.node)


def doubts(rows: Rows, knowledge: Knowledge, report: Report) -> None:
    """Add what is odd but may be meant. Raises ``TooManyProblemsError``."""
    quantities = [model.quantity for model in knowledge.models]
    total, counted = knowledge.plant.total, sum(quantity or 0 for quantity in quantities)
    if total is not None and quantities and None not in quantities and total != counted:
        report.add(Kind.TOTAL_DIFFERS, ("plant", "total"), values={"total": total, "sum": counted})
    dated: list[tuple[Path, PartialDate | None]] = []
    for index, model in enumerate(knowledge.models):
        dated.append((("models", index, "production", "from"), model.production.start))
        dated.append((("models", index, "production", "to"), _known(model.production.end)))
    dated += [(("milestones", index, "date"), milestone.date) for index, milestone in enumerate(knowledge.milestones)]
    for path, day in dated:
        if day and later(day, knowledge.as_of):
            report.add(Kind.IN_THE_FUTURE, path, values={"as_of": str(knowledge.as_of)})
    for index, milestone in enumerate(knowledge.milestones):
        meant = rows.meant(milestone.row.code, milestone.row.name) if milestone.row else []
        if milestone.date and len(meant) == 1:
            production = knowledge.models[int(meant[0].path[1])].production
            start, end = production.start, _known(production.end)
            if (start and later(start, milestone.date)) or (end and later(milestone.date, end)):
                values: dict[str, str | int] = {"row": meant[0].key, "start": str(start or "…")}
                values["end"] = str(production.end or "…")
                report.add(Kind.OUTSIDE_PRODUCTION, ("milestones", index, "date"), values=values)


def _known(end: PartialDate | str | None) -> PartialDate | None:
    return end if isinstance(end, PartialDate) else None
