"""From the bytes of a file to a document: YAML that a person writes, and nothing else of what YAML can do.

The values follow YAML 1.2, so ``no`` and ``2011-12`` are text. Anchors, aliases, tags and several documents are
refused, which also keeps a small file from growing into a huge one.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from knowledge.document import Entry, Mapping, Node, Path, Report, Scalar, Sequence, TooManyProblemsError, shown
from knowledge.problems import Kind, Shape

MAXIMUM_BYTES: Final = 5_000_000
"""Size of a knowledge file."""

MAXIMUM_DEPTH: Final = 20
"""Lists and mappings within each other."""

MAXIMUM_NODES: Final = 500_000
"""Keys, values, lists and mappings in a file; 20,000 models have some 420,000. What is read takes memory and time."""

MAXIMUM_ENTRIES: Final = 30_000
"""Items of one list, keys of one mapping, and nodes in one record, so that no single one costs as much as a file."""

RECORD_DEPTH: Final = 2
"""Where records are: in a list that is the value of a key."""

MAXIMUM_DIGITS: Final = 18
"""Digits of a number: what is longer stays text, so that arithmetic stays exact and quick."""

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The parser written in C where PyYAML has it, ten times as fast."""

_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_FORBIDDEN = re.compile(f"[{_CONTROL}]")
"""Control characters, halves of characters, and signs that turn the direction of writing around."""

_BLANK = re.compile(
    r"[\s\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff\uffa0\U000e0000-\U000e007f]+"
)
"""A text in which there is nothing to see."""

_LINE_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_WHOLE = re.compile(rf"[-+]?(0|[1-9][0-9]{{0,{MAXIMUM_DIGITS - 1}}})")
_DECIMAL = re.compile(
    rf"[-+]?(\.[0-9]{{1,{MAXIMUM_DIGITS}}}|(0|[1-9][0-9]{{0,{MAXIMUM_DIGITS - 1}}})(\.[0-9]{{0,{MAXIMUM_DIGITS}}})?)"
    r"([eE][-+]?[0-9]{1,2})?"
)
_CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read(data: bytes, loader: Any = LOADER) -> tuple[Mapping | None, Report]:
    """The document in ``data`` and its problems; none if what follows is better not looked at."""
    report = Report()
    try:
        text = _decoded(data, report)
        if text is not None:
            composed = _compose(text, report, loader)
            if isinstance(composed, Mapping):
                return composed, report
            if composed is not None:
                report.add(Kind.NOT_A_MAPPING, ())
            elif not report.problems:
                report.add(Kind.FILE_EMPTY, ())
    except TooManyProblemsError:
        pass
    return None, report


def _decoded(data: bytes, report: Report) -> str | None:
    if len(data) > MAXIMUM_BYTES:
        report.add(Kind.FILE_TOO_LARGE, (), values={"limit": MAXIMUM_BYTES})
        return None
    content = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        values: dict[str, str | int] = {"offset": error.start + len(data) - len(content)}
        found = f"0x{content[error.start]:02X}"
        report.add(Kind.NOT_UTF8, (), place=_place(len(before), _line_starts(before)), found=found, values=values)
        return None
    if _FORBIDDEN.search(text):
        starts = _line_starts(text)
        for match in _FORBIDDEN.finditer(text):
            place = _place(match.start(), starts)
            report.add(Kind.CONTROL_CHARACTER, (), place=place, found=f"U+{ord(match[0]):04X}")
        return None
    return text


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_BREAK.finditer(text))]


def _place(offset: int, starts: list[int]) -> tuple[int, int]:
    """The line and column of a character, both from 1, in a text whose lines start at ``starts``."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@dataclass(slots=True)
class _Open:
    """A list or mapping that has not ended, and the key whose value comes next."""

    node: Sequence | Mapping
    path: Path
    key: Scalar | None = None
    refused: bool = False

    @property
    def next(self) -> Path:
        """The path of what comes next."""
        if isinstance(self.node, Sequence):
            return (*self.path, len(self.node.items))
        return self.path if self.key is None else (*self.path, str(self.key.value))

    @property
    def last(self) -> Path:
        """The path of what came last, where a mistake in form is mostly made."""
        return (
            (*self.path, len(self.node.items) - 1) if isinstance(self.node, Sequence) and self.node.items else self.next
        )


class _Composer:
    """Builds the tree from the parser's events. It holds a stack of its own, so depth cannot exhaust Python's."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0
        self.nodes = 0
        self.before_record = 0
        """Nodes that came before the record that is read, which is an item of one of the file's lists."""

    @property
    def path(self) -> Path:
        """The path of what comes next."""
        return self.open[-1].next if self.open else ()

    def take(self, event: Event) -> bool:
        """Add an event; false ends the reading."""
        if isinstance(event, CollectionEndEvent):
            done = self.open.pop()
            if done.refused and self.open:
                self.open[-1].key = Scalar(done.node.line, done.node.column, None, "", refused=True)
        elif isinstance(event, NodeEvent):
            self.nodes += 1
            return self._has_room(event) and self._node(event)
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._problem(Kind.SEVERAL_DOCUMENTS, event, path=())
                return False
        return True

    def _has_room(self, event: NodeEvent) -> bool:
        """Whether one node more may be read."""
        if len(self.open) <= RECORD_DEPTH:
            self.before_record = self.nodes
        node = self.open[-1].node if self.open else None
        entries = 0 if node is None else len(node.items) if isinstance(node, Sequence) else len(node.entries)
        if self.nodes > MAXIMUM_NODES:
            limit = MAXIMUM_NODES
        elif max(entries + 1, self.nodes - self.before_record) > MAXIMUM_ENTRIES:
            limit = MAXIMUM_ENTRIES
        else:
            return True
        self._problem(Kind.TOO_MANY_VALUES, event, path=self.path[:RECORD_DEPTH], values={"limit": limit})
        return False

    def _problem(
        self,
        kind: Kind,
        event: Event,
        found: str | Shape = "",
        path: Path | None = None,
        values: dict[str, str | int] | None = None,
    ) -> None:
        path = self.path if path is None else path
        self.report.add(kind, path, place=_place_of(event), found=found, values=values)

    def _node(self, event: NodeEvent) -> bool:
        line, column = _place_of(event)
        if isinstance(event, AliasEvent):
            self._problem(Kind.ALIAS, event, f"*{event.anchor}")
            self._attach(Scalar(line, column, None, "", refused=True), event)
            return True
        if event.anchor is not None:
            self._problem(Kind.ANCHOR, event, f"&{event.anchor}")
        if isinstance(event, ScalarEvent):
            self._attach(self._scalar(event, line, column), event)
            return True
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._problem(Kind.TAG, event, _written_tag(tag))
        path = self.path
        if len(self.open) >= MAXIMUM_DEPTH:
            self._problem(Kind.TOO_DEEP, event, path=path[:2], values={"limit": MAXIMUM_DEPTH})
            return False
        node = Mapping(line, column) if isinstance(event, MappingStartEvent) else Sequence(line, column)
        self.open.append(_Open(node, path, refused=self._attach(node, event)))
        return True

    def _scalar(self, event: ScalarEvent, line: int, column: int) -> Scalar:
        written = str(event.value)
        if event.tag is not None:
            self._problem(Kind.TAG, event, _written_tag(event.tag))
            return Scalar(line, column, None, "", refused=True)
        if found := _FORBIDDEN.search(written):
            self._problem(Kind.CONTROL_CHARACTER, event, f"U+{ord(found[0]):04X}")
            return Scalar(line, column, None, "", refused=True)
        if not written.isascii() and _BLANK.fullmatch(written):
            self._problem(Kind.CONTROL_CHARACTER, event, f"U+{ord(written.strip()[:1] or written[0]):04X}")
            return Scalar(line, column, None, "", refused=True)
        if event.implicit[0]:
            return Scalar(line, column, resolve(written), written)
        return Scalar(line, column, " ".join(written.split()), f'"{written}"')

    def _attach(self, node: Node, event: Event) -> bool:
        """Put a node into its place; true if it stands where a key should be and is none."""
        if not self.open:
            self.root = self.report.root = node
            return False
        frame = self.open[-1]
        if isinstance(frame.node, Sequence):
            frame.node.items.append(node)
        elif frame.key is None:
            return self._key(frame, frame.node, node, event)
        else:
            key, frame.key = frame.key, None
            if not key.refused:
                frame.node.entries[str(key.value)] = Entry(key.line, key.column, node)
        return False

    def _key(self, frame: _Open, mapping: Mapping, node: Node, event: Event) -> bool:
        if not isinstance(node, Scalar):
            self._problem(Kind.KEY_NOT_TEXT, event, shown(node))
            return True
        name = str(node.value) if node.literal.startswith('"') else node.literal
        frame.key = Scalar(node.line, node.column, name, node.literal, refused=node.refused)
        if not node.refused and name in mapping.entries:
            frame.key.refused = True
            first = mapping.entries[name]
            self._problem(Kind.DUPLICATE_KEY, event, name, self.path[:-1], {"first_line": str(first.line)})
        return False


def _place_of(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _written_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!", 1)


def resolve(written: str) -> str | int | float | bool | None:
    """The value of a scalar without quotes. Only what people write as a number is one: ``012``, ``0x1F``, ``1_000``,
    ``.inf`` and numbers of more than ``MAXIMUM_DIGITS`` digits are text."""
    if written in _CONSTANTS:
        return _CONSTANTS[written]
    if not written[0].isalpha():
        if _WHOLE.fullmatch(written):
            return int(written)
        if _DECIMAL.fullmatch(written):
            return float(written)
    return " ".join(written.split())


def _compose(text: str, report: Report, loader: Any) -> Node | None:
    composer = _Composer(report)
    parser = loader(text)
    try:
        while (event := parser.get_event()) is not None:
            if not composer.take(event):
                return None
    except yaml.MarkedYAMLError as error:
        _syntax(error, text, composer)
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the parser in Python lets those of int and chr pass
        node = composer.open[-1].node if composer.open else None
        place = (node.line, node.column) if node else (1, 1)
        report.add(Kind.SYNTAX, composer.path, place=place, found="", values={"detail": str(error)})
        return None
    finally:
        parser.dispose()
    return composer.root


_SYNTAX: Final[tuple[tuple[str, Kind, bool], ...]] = (
    ("mapping values are not allowed", Kind.STRAY_COLON, False),
    ("could not find expected ':'", Kind.MISSING_COLON, True),
    ("expected alphabetic or numeric character", Kind.RESERVED_CHARACTER, True),
    ("tab character", Kind.TAB, False),
    ("cannot start any token", Kind.RESERVED_CHARACTER, False),
    ("escape", Kind.BAD_ESCAPE, False),
    ("expected <block end>", Kind.UNEXPECTED, False),
    ("did not find expected key", Kind.UNEXPECTED, False),
    ("did not find expected '-' indicator", Kind.UNEXPECTED, False),
    ("sequence entries", Kind.UNEXPECTED, False),
)
"""What libyaml or its twin in Python says, what that mostly comes from, and whether the mistake stands where the
parser began (else where it stopped)."""


_OF_A_VALUE: Final = (Kind.RESERVED_CHARACTER, Kind.BAD_ESCAPE, Kind.OPEN_QUOTE)
"""Mistakes in the value that comes next; others are mostly made in what came last."""


def _syntax(error: yaml.MarkedYAMLError, text: str, composer: _Composer) -> None:
    problem, context = str(error.problem or ""), str(error.context or "")
    kind, at_start = next(((kind, start) for words, kind, start in _SYNTAX if words in problem), (Kind.SYNTAX, False))
    if kind is Kind.SYNTAX and "quoted scalar" in context:
        kind, at_start = Kind.OPEN_QUOTE, True
    elif kind is Kind.SYNTAX and "flow" in context:
        kind, at_start = Kind.OPEN_BRACKET, True
    marks = (error.context_mark, error.problem_mark) if at_start else (error.problem_mark, error.context_mark)
    mark = marks[0] or marks[1]
    found = text[mark.index : mark.index + 1] if mark else ""
    if kind is Kind.RESERVED_CHARACTER and found == "\t":
        kind = Kind.TAB
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    values: dict[str, str | int] = {"detail": problem} if kind is Kind.SYNTAX else {}
    path = composer.path if kind in _OF_A_VALUE or not composer.open else composer.open[-1].last
    composer.report.add(kind, path, place=place, found=found, values=values)
