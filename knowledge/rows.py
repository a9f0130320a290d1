"""The rows of ``models`` in a document, as far as they can be read, and what may point to them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.document import Mapping, Path, Scalar, descend, items_at, text_at
from knowledge.schema import key_of, title_of


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its place; what cannot be read of it is empty."""

    path: Path
    node: Mapping
    name: str
    title: str
    code: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that names the row without being an alias."""
        return tuple(filter(None, (self.name, self.title, self.code)))

    @property
    def key(self) -> str:
        """What tells the row from every other one."""
        return key_of(self.title, self.code)

    @property
    def reference(self) -> str:
        """What to write into the file to point to this row and no other."""
        return f"{{name: {self.name}, code: {self.code}}}" if self.code else f"{{name: {self.name}}}"


class Rows:
    """All rows with indexes by code and by name, the name with or without the brand."""

    def __init__(self, root: Mapping) -> None:
        self.all = tuple(_rows(root))
        self.complete = len(self.all) == sum(1 for _ in items_at(root, "models")) and all(map(_is_readable, self.all))
        """Whether every row's name and code can be read. Else a row that is not found may still be there."""
        self.by_code: dict[str, list[Row]] = defaultdict(list)
        self.by_name: dict[str, list[Row]] = defaultdict(list)
        self._by_both: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.all:
            if row.code:
                self.by_code[row.code].append(row)
            for name in {row.name, row.title} - {""}:
                self.by_name[name].append(row)
                if row.code:
                    self._by_both[row.code, name].append(row)

    def meant(self, code: str | None, name: str | None) -> list[Row]:
        """The rows with this code (if any) and this name (if any)."""
        if code is None:
            return self.by_name.get(name or "", [])
        return self.by_code.get(code, []) if name is None else self._by_both.get((code, name), [])


def _rows(root: Mapping) -> Iterator[Row]:
    for path, node in items_at(root, "models"):
        if isinstance(node, Mapping):
            name, code, brand = (text_at(node, key) for key in ("name", "code", "brand"))
            yield Row(path, node, name or "", title_of(name, brand) if name else "", code)


def _is_readable(row: Row) -> bool:
    code = descend(row.node, ("code",))
    is_left_out = code is None or (isinstance(code, Scalar) and code.value is None and not code.refused)
    return bool(row.name) and (row.code is not None or is_left_out)


def fold(name: str) -> str:
    """A name as it is compared: without case, accents, spaces and hyphens."""
    folded = name.casefold()
    if not folded.isascii():
        letters = (c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
        folded = "".join("-" if unicodedata.category(c) == "Pd" else c for c in letters)
    return "".join(folded.replace("-", " ").split())
