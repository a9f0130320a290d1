"""Queries as a few bytes and back, so that they can be kept where there is little room."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import msgpack

from knowledge import query as language
from knowledge.query import Query
from knowledge.schema import PartialDate

_CLASSES = {name: found for name, found in vars(language).items() if isinstance(found, type) and is_dataclass(found)}
"""Everything that a query is made of, by its name."""

_DATE = "date"


def encode(query: Query) -> bytes:
    """The query as bytes; ``decode`` gives an equal one."""
    packed: bytes = msgpack.packb(_packed(query))
    return packed


def decode(data: bytes) -> Query:
    """The query that was encoded; raises ``ValueError`` if these are no bytes of a query of this version."""
    try:
        found: Query = _unpacked(msgpack.unpackb(data, strict_map_key=True))
    except (msgpack.UnpackException, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError("no query") from error
    if not isinstance(found, Query):
        raise ValueError("no query")  # noqa: TRY004 - what is wrong is the bytes, whose type is right
    return found


def _packed(value: Any) -> Any:
    """Records are maps of one entry, ``{name: fields}``, without the last fields that have their default."""
    if isinstance(value, PartialDate):
        return {_DATE: str(value)}
    if isinstance(value, tuple):
        return [_packed(part) for part in value]
    if not is_dataclass(value):
        return value
    held = [(field, getattr(value, field.name)) for field in fields(value)]
    while held and held[-1][0].default is not MISSING and held[-1][0].default == held[-1][1]:
        held.pop()
    return {type(value).__name__: [_packed(part) for _, part in held]}


def _unpacked(value: Any) -> Any:
    match value:
        case dict():
            ((name, held),) = value.items()
            return PartialDate.parse(held) if name == _DATE else _CLASSES[name](*map(_unpacked, held))
        case list():
            return tuple(map(_unpacked, value))
        case _:
            return value
