"""A YAML document as a tree that knows at which line and column everything stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from knowledge.problems import MAXIMUM_NAMED, Kind, Problem, Shape, printable

MAXIMUM_PROBLEMS = 500
"""Problems that are collected of one file; of more only the number is told."""

MAXIMUM_EXPECTED = 12
"""Values that a problem lists as expected."""

MAXIMUM_COMPARED = 500_000
"""Names that misspelt ones are compared with in one file; when so many have been, nothing is suggested any more."""

SIMILAR = 70.0
"""How alike a misspelt word and the suggested one are at least, in percent."""

Path = tuple[str | int, ...]
"""Keys and list positions from the root to a node."""


@dataclass(slots=True)
class Scalar:
    """A single value. ``literal`` is how it is written, in quotes if it is quoted."""

    line: int
    column: int
    value: str | int | float | bool | None
    literal: str
    refused: bool = False
    """Something that has been reported already and stands for no value."""


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A key of a mapping, where it stands, and its value."""

    line: int
    column: int
    node: Node


@dataclass(slots=True)
class Mapping:
    """Keys with values."""

    line: int
    column: int
    entries: dict[str, Entry] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


class TooManyProblemsError(Exception):
    """More problems than anybody reads: looking for further ones is given up."""


@dataclass(slots=True)
class Report:
    """Collects the problems of one document."""

    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    overflowed: bool = False
    compared: int = 0
    touched: set[Path] = field(default_factory=set)
    """The paths of all problems, and everything around them."""

    def add(
        self,
        kind: Kind,
        path: Path,
        *,
        at_key: bool = False,
        place: tuple[int, int] | None = None,
        found: str | Shape | None = None,
        expected: tuple[str, ...] = (),
        suggestion: str | None = None,
        values: dict[str, str | int] | None = None,
    ) -> None:
        """Note a problem of the node at ``path``, or of its key. Raises ``TooManyProblemsError``."""
        if len(self.problems) >= MAXIMUM_PROBLEMS:
            self.overflowed = True
            raise TooManyProblemsError
        self.touched.update(path[:length] for length in range(len(path) + 1))
        node = descend(self.root, path)
        if place is None:
            entry = entry_at(self.root, path) if at_key else None
            marked = entry or node
            place = (marked.line, marked.column) if marked else (1, 1)
        found = shown(node) if found is None else found
        named = [printable(text, MAXIMUM_NAMED) for text in expected[:MAXIMUM_EXPECTED]]
        self.problems.append(
            Problem(
                kind,
                where(self.root, path[:-1] if at_key else path),
                *place,
                found=found if isinstance(found, Shape) else printable(found),
                expected=(*named, "…") if len(expected) > MAXIMUM_EXPECTED else tuple(named),
                suggestion=suggestion and printable(suggestion, MAXIMUM_NAMED),
                values=tuple(
                    (name, printable(value, MAXIMUM_NAMED) if isinstance(value, str) else value)
                    for name, value in (values or {}).items()
                ),
            )
        )

    def names(self, path: Path) -> bool:
        """Whether there is a problem at a path or further in already."""
        return path in self.touched

    def similar(self, text: str, options: Collection[str]) -> str | None:
        """The option that ``text`` is probably a misspelling of; none when too many have been compared already."""
        self.compared += len(options)
        return similar(text, tuple(options)) if self.compared <= MAXIMUM_COMPARED else None

    def sorted(self) -> tuple[Problem, ...]:
        """All problems in the order of the file, and at the end whether there may be more."""
        ordered = sorted(self.problems, key=lambda problem: (problem.line, problem.column))
        if self.overflowed:
            last = ordered[-1]
            ordered.append(
                Problem(Kind.MORE, line=last.line, column=last.column, values=(("limit", MAXIMUM_PROBLEMS),))
            )
        return tuple(ordered)


def similar(text: str, options: tuple[str, ...]) -> str | None:
    """The option that ``text`` is probably a misspelling of."""
    best = process.extractOne(text, options, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=SIMILAR)
    return best[0] if best else None


def descend(node: Node | None, path: Path) -> Node | None:
    """The node at a path; none if there is nothing."""
    for step in path:
        match node, step:
            case Mapping(), str() if step in node.entries:
                node = node.entries[step].node
            case Sequence(), int() if step < len(node.items):
                node = node.items[step]
            case _:
                return None
    return node


def entry_at(root: Node | None, path: Path) -> Entry | None:
    """The key that ``path`` ends with."""
    parent = descend(root, path[:-1])
    return parent.entries.get(str(path[-1])) if isinstance(parent, Mapping) and path else None


def text_at(node: Node | None, *path: str | int) -> str | None:
    """The text at a path; none if there is no text."""
    found = descend(node, path)
    return found.value if isinstance(found, Scalar) and isinstance(found.value, str) else None


def items_at(node: Node | None, key: str) -> Iterator[tuple[Path, Node]]:
    """The items of the list at a key with their paths, relative to ``node``; one value counts as a list of one."""
    found = descend(node, (key,))
    match found:
        case Sequence():
            yield from (((key, index), item) for index, item in enumerate(found.items))
        case Scalar():
            yield (key,), found


def plain(node: Node) -> object:
    """The tree as Python values. A key without a value is left out, since its value is then not known."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return tuple(map(plain, node.items))
        case Mapping():
            return {
                key: plain(entry.node)
                for key, entry in node.entries.items()
                if not isinstance(entry.node, Scalar) or entry.node.value is not None
            }


def shown(node: Node | None) -> str | Shape:
    """What a problem says that it found."""
    match node:
        case Scalar() if node.value is not None:
            return node.literal
        case Sequence():
            return Shape.LIST
        case Mapping():
            return Shape.MAPPING
        case _:
            return Shape.NOTHING


def label(node: Node | None) -> str | None:
    """How a row is called: its name and code, a milestone's number, a fact's or a source's id."""
    if not isinstance(node, Mapping):
        return None
    named = [entry.node for key in ("name", "number", "id", "code") if (entry := node.entries.get(key))]
    scalars = [node for node in named if isinstance(node, Scalar) and node.value is not None]
    texts = [scalar.value if isinstance(scalar.value, str) else scalar.literal for scalar in scalars]
    return printable(f"{texts[0]} ({texts[1]})" if len(texts) > 1 else texts[0]) if texts else None


_BARE_KEY = re.compile(r"[\w-]+")


def where(root: Node | None, path: Path) -> str:
    """A path as people read it: ``models[3] "X1 (E84)".production.to``."""
    said = ""
    node = root
    for step in path:
        node = descend(node, (step,))
        if isinstance(step, int):
            name = label(node)
            said += f"[{step}]" + (f' "{name}"' if name else "")
        elif _BARE_KEY.fullmatch(step) and len(step) <= 64:
            said += f".{step}" if said else step
        else:
            said += f'["{printable(step)}"]'
    return said
